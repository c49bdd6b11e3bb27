// @ts-check
/* Shows what a reader must do, or the whole policy, for a role and with the words that they look for, and says how many clauses that is.
   What is chosen stands in the address, as its query, so that it outlives a reload and a link to a place on the page.
   Without JavaScript every clause is shown. */
(() => {
  "use strict";

  const {all, copy, first, holds, startAt, within} = clausebookDom;
  const RULES = ["must", "must-not", "should", "should-not", "must-know"];

  const plainly = text => clausebookPlain(text).toLowerCase().replace(/\s+/g, " ");

  // What a clause says itself, without what is told about it: the nearest clauses of other trusts use the same words.
  const ownWords = clause => Array.from(clause.children).filter(part => !part.matches(".cb-meta")).map(part => part.textContent).join(" ");

  const level = heading => Number((/^H([2-5])$/.exec(heading.tagName) || [])[1] || 9);

  // Each heading with all that stands below it up to the next of its level or a higher one: a section without a clause to show is hidden whole.
  function sectionsOf(headings) {
    return headings.map(heading => {
      const parts = [heading];
      let next = heading.nextElementSibling;
      while (next && level(next) > level(heading) && !next.matches(".cb-next, .cb-terms")) { // these stand below the text
        parts.push(next);
        next = next.nextElementSibling;
      }
      return parts;
    });
  }

  function start(form) {
    const clauses = all(document, "[data-cb-clause]");
    const sections = sectionsOf([...all(document, ".md-typeset > h2"), ...all(document, ".md-typeset > h2 ~ :is(h3, h4, h5)")]);
    const outermost = sections.filter(parts => parts[0].tagName === "H2");
    const fields = form.elements, types = all(form, "input[name=force]"), known = types.map(box => box.value);
    const usual = form.hasAttribute("data-cb-rules") ? "rules" : "all", ticks = clausebookTicks.of(form.dataset.cbTrust);
    const texts = new Map(clauses.map(clause => [clause, plainly(ownWords(clause))]));

    const printed = first(document, "[data-cb-filtered]");

    // What the links between sections call each section.
    const names = {};
    startAt(".cb-turn a", link => {
      names[link.hash.slice(1)] = link.textContent.replace(/^(Previous|Next): /, "");
    });

    // Which of the two views is shown; neither where types of rule are chosen.
    function view(name) { all(form, "input[name=show]").forEach(box => { box.checked = box.value === name; }); }

    function read() {
      const asks = new URLSearchParams(location.search), wanted = (asks.get("force") || "").split(",").filter(force => known.includes(force));
      view(wanted.length ? "" : ["rules", "all"].includes(asks.get("show")) ? asks.get("show") : usual);
      fields.role.value = asks.get("role") || (asks.has("show") ? "" : ticks.read().role);
      if (fields.role.selectedIndex < 0) { fields.role.value = ""; }
      fields.find.value = asks.get("find") || "";
      types.forEach(box => { box.checked = wanted.includes(box.value); });
      first(form, "[data-cb-more]").open = Boolean(fields.role.value || fields.find.value || wanted.length) || window.matchMedia("(min-width: 60em)").matches;
    }

    // The types of rule that are shown; none for the whole policy.
    function wantedTypes() {
      return fields.show.value === "rules" ? RULES : types.filter(box => box.checked).map(box => box.value);
    }

    function address() {
      const asks = new URLSearchParams(location.search), chosen = fields.show.value;
      const says = {show: chosen, role: fields.role.value, force: chosen ? "" : wantedTypes().join(","), find: fields.find.value.trim()};
      Object.keys(says).forEach(name => { if (says[name]) { asks.set(name, says[name]); } else { asks.delete(name); } });
      return `${location.pathname}?${asks.toString().replace(/%2C/g, ",")}${location.hash}`;
    }

    function write() { history.replaceState(history.state, "", address()); }

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
      const wanted = wantedTypes(), sought = plainly(fields.find.value).split(" ").filter(Boolean);
      let shown = 0, count = 0;
      clauses.forEach(clause => {
        const fits = (!fields.role.value || holds(clause.dataset.binds, fields.role.value)) &&
          (!wanted.length || wanted.some(force => holds(clause.dataset.force, force))) &&
          sought.every(word => texts.get(clause).includes(word));
        clause.hidden = !fits;
        count += Number(clause.dataset.count);
        if (fits) { shown += Number(clause.dataset.count); }
      });
      sections.forEach(parts => {
        const own = parts.filter(part => part.matches("[data-cb-clause]"));
        const empty = own.length && own.every(clause => clause.hidden) && !parts.some(part => part.matches(".cb-gap"));
        parts.forEach(part => {
          if (!part.matches("[data-cb-clause]")) { part.hidden = empty; }
        });
      });
      turn();
      say(shown, count);
    }

    function say(shown, count) {
      const only = `${shown} of ${count} clauses`, rules = fields.show.value === "rules" ? ": what you must, must not, should and should not do" : "";
      first(form, "[data-cb-status]").textContent = shown === count ? `Showing all ${count} clauses.` :
        `Showing ${only}${rules}.${shown ? "" : " Nothing fits. That does not mean it is allowed: ask first, or show everything."}`;
      printed.hidden = shown === count;
      printed.textContent = `This is not the whole policy. It shows ${only}${rules}.`;
    }

    function changed() { write(); apply(); }

    form.hidden = false;
    form.addEventListener("change", event => {
      if (event.target.name === "force") { view(types.some(box => box.checked) ? "" : "all"); }
      if (event.target.name === "show") { types.forEach(box => { box.checked = false; }); }
      if (event.target === fields.role) { ticks.write({...ticks.read(), role: fields.role.value}); }
      changed();
    });
    let writing;
    fields.find.addEventListener("input", () => { // browsers refuse an address that changes at every key
      apply();
      window.clearTimeout(writing);
      writing = window.setTimeout(write, 300);
    });
    form.addEventListener("submit", event => { event.preventDefault(); });
    first(form, "[data-cb-all]").addEventListener("click", () => { form.reset(); changed(); });
    first(form, "[data-cb-print-page]").addEventListener("click", () => { window.print(); });
    first(form, "[data-cb-copy-view]").addEventListener("click", () => {
      write();
      copy(location.href, copied => {
        const told = first(form, "[data-cb-copied]");
        told.textContent = copied ? "Link copied." : "Copy it from the address bar.";
        window.setTimeout(() => { told.textContent = ""; }, 4000);
      });
    });

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
