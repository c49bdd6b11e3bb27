/* Shows only the clauses that bind a role or have a force, and says how many. Without JavaScript every clause is shown. */
(function () {
  "use strict";

  // Each heading with all that stands below it up to the next: a section without a clause to show is hidden whole.
  function sectionsOf(headings) {
    return Array.prototype.map.call(headings, function (heading) {
      var parts = [heading];
      while (parts[parts.length - 1].nextElementSibling && parts[parts.length - 1].nextElementSibling.tagName !== "H2") {
        parts.push(parts[parts.length - 1].nextElementSibling);
      }
      return parts;
    });
  }

  function start(form) {
    var clauses = Array.prototype.slice.call(document.querySelectorAll("[data-cb-clause]"));
    var sections = sectionsOf(document.querySelectorAll(".md-content h2"));
    var status = form.querySelector("[role=status]");
    var role = form.querySelector("select[name=role]");
    var forces = Array.prototype.slice.call(form.querySelectorAll("input[name=force]"));

    function holds(list, word) { return (" " + list + " ").indexOf(" " + word + " ") >= 0; }

    function apply() {
      var wanted = forces.filter(function (box) { return box.checked; }).map(function (box) { return box.value; });
      var shown = 0, count = 0;
      clauses.forEach(function (clause) {
        var fits = (!role.value || holds(clause.dataset.binds, role.value)) &&
          (!wanted.length || wanted.some(function (force) { return holds(clause.dataset.force, force); }));
        clause.hidden = !fits;
        count += Number(clause.dataset.count);
        if (fits) { shown += Number(clause.dataset.count); }
      });
      sections.forEach(function (parts) {
        var clauses = parts.filter(function (part) { return part.matches("[data-cb-clause]"); });
        var empty = clauses.length && clauses.every(function (clause) { return clause.hidden; });
        parts.forEach(function (part) {
          if (!part.matches("[data-cb-clause]")) { part.hidden = empty; }
        });
      });
      status.textContent = shown === count ? "Showing all " + count + " clauses." :
        "Showing " + shown + " of " + count + " clauses." + (shown ? "" : " Nothing fits, in what can be read: ask first, or show all again.");
    }

    form.hidden = false;
    form.addEventListener("change", apply);
    form.addEventListener("submit", function (event) { event.preventDefault(); });
    form.addEventListener("reset", function () { window.setTimeout(apply, 0); });

    // An address that points to a clause always shows it, whatever is filtered.
    function reveal() {
      var target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
      var hidden = target && target.closest("[hidden]");
      if (hidden) { form.reset(); window.setTimeout(function () { target.scrollIntoView(); }, 20); }
    }
    window.addEventListener("hashchange", reveal);
    document.addEventListener("click", function (event) {
      if (event.target.closest && event.target.closest("a[href^='#']")) { window.setTimeout(reveal, 0); }
    });
    apply();
    reveal();
  }

  Array.prototype.forEach.call(document.querySelectorAll("form[data-cb-filter]"), start);
})();
