// @ts-check
/* Filters the changes of a page, leads from one to the next, and takes "I last signed on" to the page of that step. Without JavaScript all stand below each other. */
(() => {
  "use strict";

  const {all, holds, startAt, within} = clausebookDom;

  function start(form) {
    const changes = all(document, "[data-cb-change]");
    const placed = /** @type {HTMLDetailsElement | null} */ (document.querySelector("[data-cb-placed]")); // what says the same elsewhere, folded
    const status = form.querySelector("[data-cb-status]"), signed = form.querySelector("[data-cb-signed-on]");

    let current = null;

    function shown() { return changes.filter(change => !change.hidden); }

    function apply(chosen) {
      changes.forEach(change => {
        change.hidden = !((!chosen.role || holds(change.dataset.roles, chosen.role[0])) &&
          (!chosen.kind || holds(change.dataset.kinds, chosen.kind[0])) && (!chosen.asks || "asks" in change.dataset));
      });
      const count = shown().length;
      if (placed) {
        placed.hidden = !placed.querySelector("[data-cb-change]:not([hidden])");
        placed.open = Boolean(chosen.kind);
      }
      status.textContent = count === changes.length ? `Showing all ${count} changes.` :
        `Showing ${count} of ${changes.length} changes.${count ? "" : " Nothing changed there."}`;
    }

    // From the change that has the focus, or from the one that was led to last.
    function go(by) {
      const those = shown(), at = those.indexOf(document.activeElement.closest("[data-cb-change]") || current);
      const to = those[at < 0 ? (by > 0 ? 0 : those.length - 1) : Math.min(those.length - 1, Math.max(0, at + by))];
      if (!to) { return; }
      current = to;
      if (placed && placed.contains(to)) { placed.open = true; }
      to.tabIndex = -1;
      to.focus({preventScroll: true});
      to.scrollIntoView({block: "start"});
      status.textContent = `Change ${those.indexOf(to) + 1} of ${those.length}${those.length < changes.length ? " shown." : "."}`;
    }

    all(form, "[data-cb-step]").forEach(button => {
      button.addEventListener("click", () => { go(Number(button.dataset.cbStep)); });
    });
    document.addEventListener("keydown", event => {
      const by = {ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1}[event.key];
      if (!by || within(event, "[data-cb-change]") !== event.target || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) { return; }
      event.preventDefault();
      go(by);
    });

    // Whether a text that is dated by a day, month or year had begun for certain by a day.
    function begun(from, day) { return Boolean(from) && from + "-12-31".slice(from.length - 4) <= day; }

    // The step from the newest revision that had begun for certain by the day on which the reader signed.
    if (signed) {
      signed.addEventListener("change", () => {
        const links = all(document, "a[data-cb-signed]");
        const link = links.find(one => begun(one.dataset.cbSigned, signed.value));
        if (!signed.value) { return; }
        if (begun(form.dataset.cbNow, signed.value)) {
          status.textContent = "The text that is in force had begun by then: nothing has changed since.";
          return;
        }
        if (link) { location.href = link.href + location.hash; return; } // with the role that was chosen
        status.textContent = "No revision that we hold had begun by then. Compare with the oldest one, or read the whole policy.";
      });
    }
    clausebookView(form, {role: "role", kind: "kind of change", asks: "choice"}, apply);
  }

  startAt("form[data-cb-changes]", start);
})();
