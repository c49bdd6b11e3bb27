// @ts-check
/* Shows only the clauses that bind a role or have a force, and says how many. What is chosen stands in the address, as its query,
   so that it outlives a reload and a link to a place on the page. Without JavaScript every clause is shown. */
(() => {
  "use strict";

  const {all, holds, startAt, within} = clausebookDom;

  const level = heading => Number((/^H([2-5])$/.exec(heading.tagName) || [])[1] || 9);

  // Each heading with all that stands below it up to the next of its level or a higher one: a section without a clause to show is hidden whole.
  function sectionsOf(headings) {
    return headings.map(heading => {
      const parts = [heading];
      let next = heading.nextElementSibling;
      while (next && level(next) > level(heading)) {
        parts.push(next);
        next = next.nextElementSibling;
      }
      return parts;
    });
  }

  function start(form) {
    const clauses = all(document, "[data-cb-clause]");
    const sections = sectionsOf([...all(document, ".md-content h2"), ...all(document, ".md-content h2 ~ :is(h3, h4, h5)")]);
    const outermost = sections.filter(parts => parts[0].tagName === "H2");
    const status = form.querySelector("[role=status]");
    const role = form.querySelector("select[name=role]");
    const forces = all(form, "input[name=force]");

    // What the links between sections call each section.
    const names = {};
    startAt(".cb-turn a", link => {
      names[link.hash.slice(1)] = link.textContent.replace(/^(Previous|Next): /, "");
    });

    function read() {
      const asks = new URLSearchParams(location.search), wanted = (asks.get("force") || "").split(",");
      role.value = asks.get("role") || "";
      if (role.selectedIndex < 0) { role.value = ""; }
      forces.forEach(box => { box.checked = wanted.includes(box.value); });
    }

    function write() {
      const asks = new URLSearchParams(location.search), wanted = forces.filter(box => box.checked);
      asks.delete("role");
      asks.delete("force");
      if (role.value) { asks.set("role", role.value); }
      if (wanted.length) { asks.set("force", wanted.map(box => box.value).join(",")); }
      const query = asks.toString().replace(/%2C/g, ",");
      history.replaceState(history.state, "", location.pathname + (query && `?${query}`) + location.hash);
    }

    // The way on from a section leads to the next one that is shown.
    function turn() {
      const shown = outermost.filter(parts => !parts[0].hidden);
      shown.forEach((parts, place) => {
        [["prev", "Previous: ", shown[place - 1]], ["next", "Next: ", shown[place + 1]]].forEach(way => {
          const link = parts[parts.length - 1].querySelector(`a[rel=${way[0]}]`);
          if (!link) { return; }
          link.hidden = !way[2];
          if (!way[2]) { return; }
          link.setAttribute("href", `#${way[2][0].id}`); // link.hash would write a whole address, without the query
          link.textContent = way[1] + names[way[2][0].id];
        });
      });
    }

    function apply() {
      const wanted = forces.filter(box => box.checked).map(box => box.value);
      let shown = 0, count = 0;
      clauses.forEach(clause => {
        const fits = (!role.value || holds(clause.dataset.binds, role.value)) &&
          (!wanted.length || wanted.some(force => holds(clause.dataset.force, force)));
        clause.hidden = !fits;
        count += Number(clause.dataset.count);
        if (fits) { shown += Number(clause.dataset.count); }
      });
      sections.forEach(parts => {
        const own = parts.filter(part => part.matches("[data-cb-clause]"));
        const empty = own.length && own.every(clause => clause.hidden);
        parts.forEach(part => {
          if (!part.matches("[data-cb-clause]")) { part.hidden = empty; }
        });
      });
      turn();
      status.textContent = shown === count ? `Showing all ${count} clauses.` :
        `Showing ${shown} of ${count} clauses.${shown ? "" : " Nothing fits, in what can be read: ask first, or show all again."}`;
    }

    form.hidden = false;
    form.addEventListener("change", () => { write(); apply(); });
    form.addEventListener("submit", event => { event.preventDefault(); });
    form.addEventListener("reset", () => { window.setTimeout(() => { write(); apply(); }, 0); });

    // An address that points to a clause, or to a section, shows it whatever is filtered; all else stays filtered.
    function reveal() {
      const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
      if (!target || !target.closest("[hidden]")) { return; }
      const around = sections.filter(parts => parts.some(part => part.contains(target)));
      around.forEach(parts => { parts[0].hidden = false; });
      const own = around.pop() || [];
      const isHeading = own[0] === target;
      own.forEach(part => { if (isHeading || !part.matches("[data-cb-clause]") || part.contains(target)) { part.hidden = false; } });
      turn();
      window.setTimeout(() => { target.scrollIntoView(); }, 20);
    }
    window.addEventListener("hashchange", reveal);
    document.addEventListener("click", event => {
      if (within(event, "a[href^='#']")) { window.setTimeout(reveal, 0); }
    });
    window.addEventListener("popstate", () => { read(); apply(); reveal(); });
    read();
    apply();
    reveal();
  }

  startAt("form[data-cb-filter]", start);
})();
