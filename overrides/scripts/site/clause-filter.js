/* Shows only the clauses that bind a role or have a force, and says how many. What is chosen stands in the address, as its query,
   so that it outlives a reload and a link to a place on the page. Without JavaScript every clause is shown. */
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

    // What the links between sections call each section.
    var names = {};
    Array.prototype.forEach.call(document.querySelectorAll(".cb-turn a"), function (link) {
      names[link.hash.slice(1)] = link.textContent.replace(/^(Previous|Next): /, "");
    });

    function read() {
      var asks = new URLSearchParams(location.search), wanted = (asks.get("force") || "").split(",");
      role.value = asks.get("role") || "";
      if (role.selectedIndex < 0) { role.value = ""; }
      forces.forEach(function (box) { box.checked = wanted.indexOf(box.value) >= 0; });
    }

    function write() {
      var asks = new URLSearchParams(location.search), wanted = forces.filter(function (box) { return box.checked; });
      asks.delete("role");
      asks.delete("force");
      if (role.value) { asks.set("role", role.value); }
      if (wanted.length) { asks.set("force", wanted.map(function (box) { return box.value; }).join(",")); }
      var query = asks.toString().replace(/%2C/g, ",");
      history.replaceState(history.state, "", location.pathname + (query && "?" + query) + location.hash);
    }

    // The way on from a section leads to the next one that is shown.
    function turn() {
      var shown = sections.filter(function (parts) { return !parts[0].hidden; });
      shown.forEach(function (parts, place) {
        [["prev", "Previous: ", shown[place - 1]], ["next", "Next: ", shown[place + 1]]].forEach(function (way) {
          var link = parts[parts.length - 1].querySelector("a[rel=" + way[0] + "]");
          if (!link) { return; }
          link.hidden = !way[2];
          if (!way[2]) { return; }
          link.setAttribute("href", "#" + way[2][0].id); // link.hash would write a whole address, without the query
          link.textContent = way[1] + names[way[2][0].id];
        });
      });
    }

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
      turn();
      status.textContent = shown === count ? "Showing all " + count + " clauses." :
        "Showing " + shown + " of " + count + " clauses." + (shown ? "" : " Nothing fits, in what can be read: ask first, or show all again.");
    }

    form.hidden = false;
    form.addEventListener("change", function () { write(); apply(); });
    form.addEventListener("submit", function (event) { event.preventDefault(); });
    form.addEventListener("reset", function () { window.setTimeout(function () { write(); apply(); }, 0); });

    // An address that points to a clause, or to a section, shows it whatever is filtered; all else stays filtered.
    function reveal() {
      var target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
      if (!target || !target.closest("[hidden]")) { return; }
      var own = sections.filter(function (parts) { return parts.some(function (part) { return part.contains(target); }); })[0] || [];
      var isHeading = own[0] === target;
      own.forEach(function (part) { if (isHeading || !part.matches("[data-cb-clause]") || part.contains(target)) { part.hidden = false; } });
      turn();
      window.setTimeout(function () { target.scrollIntoView(); }, 20);
    }
    window.addEventListener("hashchange", reveal);
    document.addEventListener("click", function (event) {
      if (event.target.closest && event.target.closest("a[href^='#']")) { window.setTimeout(reveal, 0); }
    });
    window.addEventListener("popstate", function () { read(); apply(); reveal(); });
    read();
    apply();
    reveal();
  }

  Array.prototype.forEach.call(document.querySelectorAll("form[data-cb-filter]"), start);
})();
