/* Filters the changes of a page, leads from one to the next, and takes "I last signed on" to the page of that step. Without JavaScript all stand below each other. */
(function () {
  "use strict";

  function list(found) { return Array.prototype.slice.call(found); }
  function holds(words, word) { return (" " + words + " ").indexOf(" " + word + " ") >= 0; }

  function start(form) {
    var changes = list(document.querySelectorAll("[data-cb-change]"));
    var status = form.querySelector("[data-cb-status]"), signed = form.querySelector("[data-cb-signed-on]");

    var current = null;

    function shown() { return changes.filter(function (change) { return !change.hidden; }); }

    function apply(chosen) {
      changes.forEach(function (change) {
        change.hidden = !((!chosen.role || holds(change.dataset.roles, chosen.role[0])) &&
          (!chosen.kind || holds(change.dataset.kinds, chosen.kind[0])) && (!chosen.asks || "asks" in change.dataset));
      });
      var count = shown().length;
      status.textContent = count === changes.length ? "Showing all " + count + " changes." :
        "Showing " + count + " of " + changes.length + " changes." + (count ? "" : " Nothing changed there.");
    }

    // From the change that has the focus, or from the one that was led to last.
    function go(by) {
      var all = shown(), at = all.indexOf(document.activeElement.closest("[data-cb-change]") || current);
      var to = all[at < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(all.length - 1, Math.max(0, at + by))];
      if (!to) { return; }
      current = to;
      to.tabIndex = -1;
      to.focus({preventScroll: true});
      to.scrollIntoView({block: "start"});
      status.textContent = "Change " + (all.indexOf(to) + 1) + " of " + all.length + (all.length < changes.length ? " shown." : ".");
    }

    list(form.querySelectorAll("[data-cb-step]")).forEach(function (button) {
      button.addEventListener("click", function () { go(Number(button.dataset.cbStep)); });
    });
    document.addEventListener("keydown", function (event) {
      var by = {ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1}[event.key];
      if (!by || !event.target.matches("[data-cb-change]") || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) { return; }
      event.preventDefault();
      go(by);
    });

    // Whether a text that is dated by a day, month or year had begun for certain by a day.
    function begun(from, day) { return Boolean(from) && from + "-12-31".slice(from.length - 4) <= day; }

    // The step from the newest revision that had begun for certain by the day on which the reader signed.
    if (signed) {
      signed.addEventListener("change", function () {
        var links = list(document.querySelectorAll("a[data-cb-signed]"));
        var link = links.filter(function (one) { return begun(one.dataset.cbSigned, signed.value); })[0];
        if (!signed.value) { return; }
        if (begun(form.dataset.cbNow, signed.value)) {
          status.textContent = "The text that is in force had begun by then: nothing has changed since.";
          return;
        }
        if (link) { location.href = link.href + location.hash; return; } // with the role that was chosen
        status.textContent = "No revision that we hold had begun by then. Compare with the oldest one, or read the whole policy.";
      });
    }
    window.clausebookView(form, {role: "role", kind: "kind of change", asks: "choice"}, apply);
  }

  list(document.querySelectorAll("form[data-cb-changes]")).forEach(start);
})();
