/* Filters a matrix, keeps what was chosen in the address, and moves from cell to cell by arrow keys. Without JavaScript it is a plain table. */
(function () {
  "use strict";

  var WHAT = {trusts: "trust", group: "group", asked: "kind of reader", answer: "answer", force: "force", differ: "choice"};

  function list(found) { return Array.prototype.slice.call(found); }
  function holds(words, word) { return (" " + words + " ").indexOf(" " + word + " ") >= 0; }
  function plainly(text) { return text.toLowerCase().replace(/[‘’]/g, "'"); }
  function fieldsOf(form) { return list(form.querySelectorAll("input, select")); }

  function decoded(text) {
    try { return decodeURIComponent(text.replace(/\+/g, " ")); } catch (malformed) { return text; }
  }

  // What a row says, read once: with 500 trusts there are too many cells to ask again at each key.
  function readRow(element) {
    var says = {};
    list(element.cells).slice(1).forEach(function (cell) { says[cell.dataset.trust] = cell.dataset.answer || cell.dataset.forces; });
    return {element: element, group: element.dataset.group, askedBy: element.dataset.askedBy, text: plainly(element.dataset.text), says: says};
  }

  // What the form says: lists of values by the fields' names. A field that asks for nothing is left out.
  function chosenIn(form) {
    var chosen = {};
    fieldsOf(form).forEach(function (field) {
      var value = field.type === "checkbox" && !field.checked ? "" : field.value.trim();
      if (value) { chosen[field.name] = (chosen[field.name] || []).concat(value); }
    });
    return chosen;
  }

  function fragmentOf(chosen) {
    return Object.keys(chosen).map(function (name) {
      return name + "=" + chosen[name].map(encodeURIComponent).join(",").replace(/%20/g, "+");
    }).join("&");
  }

  function clear(form) {
    fieldsOf(form).forEach(function (field) {
      if (field.type === "checkbox") { field.checked = false; } else { field.value = ""; }
    });
  }

  // Sets the fields of one name to one value, if they have it.
  function choose(fields, value) {
    var first = fields[0], known = first.tagName === "SELECT" ? list(first.options) : fields;
    var found = known.filter(function (one) { return one.value === value; })[0];
    if (first.type === "checkbox") { if (found) { found.checked = true; } return Boolean(found); }
    if (first.type === "search" || found) { first.value = value; return true; }
    return false;
  }

  // Sets the form to what a fragment says, and returns what it asks for in vain, in words.
  function restore(form, fragment) {
    var unknown = [], met = [];
    clear(form);
    fragment.split("&").filter(Boolean).forEach(function (part) {
      var name = decoded(part.split("=")[0]), value = part.slice(part.split("=")[0].length + 1);
      var fields = fieldsOf(form).filter(function (field) { return field.name === name; });
      if (!fields.length) { unknown.push("no filter “" + name + "”"); return; }
      if (met.indexOf(name) >= 0) { unknown.push("no place for a second “" + name + "”"); return; }
      met.push(name);
      (fields[0].type === "checkbox" ? value.split(",") : [value]).map(decoded).filter(Boolean).forEach(function (one) {
        if (!choose(fields, one)) { unknown.push("no " + WHAT[name] + " “" + one + "”"); }
      });
    });
    return unknown;
  }

  // One rule for all cells of the trusts that are not shown, in a sheet of our own: no cell is touched.
  function showColumns(sheet, shown, count) {
    var names = shown.map(function (trust) { return '[data-trust="' + trust + '"]'; }).join(", ");
    var rule = shown.length < count ? ".cb-matrix [data-trust]:not(" + names + ") { display: none !important; }" : "";
    if (sheet.rule === rule) { return; }
    while (sheet.css.cssRules.length) { sheet.css.deleteRule(0); }
    if (rule) { sheet.css.insertRule(rule); }
    sheet.rule = rule;
  }

  function fits(row, chosen, trusts) {
    var wanted = chosen.answer || chosen.force;
    var says = trusts.map(function (trust) { return row.says[trust]; });
    return (!chosen.group || row.group === chosen.group[0]) &&
      (!chosen.asked || holds(row.askedBy, chosen.asked[0])) &&
      (!wanted || says.some(function (words) { return holds(words, wanted[0]); })) &&
      (!chosen.differ || says.some(function (words) { return words !== says[0]; })) &&
      (!chosen.text || plainly(chosen.text[0]).split(/\s+/).every(function (word) { return row.text.indexOf(word) >= 0; }));
  }

  function counted(shown, count, what) { return (shown === count ? "all " + count : shown + " of " + count) + " " + what; }

  function startFilter(form) {
    var tables = list(document.querySelectorAll(".cb-matrix"));
    var rows = list(document.querySelectorAll(".cb-matrix tbody tr")).map(readRow);
    var all = list(form.querySelectorAll("input[name=trusts]")).map(function (box) { return box.value; });
    var sheet = {css: new CSSStyleSheet(), rule: ""};
    var problem = form.querySelector("[data-cb-problem]"), copied = form.querySelector("[data-cb-copied]");
    var writing;

    function apply() {
      var chosen = chosenIn(form), trusts = chosen.trusts || all, shown = 0;
      rows.forEach(function (row) {
        row.element.hidden = !fits(row, chosen, trusts);
        if (!row.element.hidden) { shown += 1; }
      });
      tables.forEach(function (table) {
        var region = table.parentNode;
        region.hidden = region.previousElementSibling.hidden = !table.querySelector("tbody tr:not([hidden])");
      });
      showColumns(sheet, trusts, all.length);
      form.querySelector("[data-cb-status]").textContent = "Showing " + counted(shown, rows.length, form.dataset.cbMatrix) + ", " +
        counted(trusts.length, all.length, "trusts") + "." +
        (shown ? "" : chosen.differ && trusts.length === 1 ? " Nothing fits: one trust alone cannot differ. Choose another beside it." :
          " Nothing fits all that you chose: take something away, or show all.");
    }

    function address() {
      var fragment = fragmentOf(chosenIn(form));
      return location.href.split("#")[0] + (fragment && "#" + fragment);
    }

    function write() { window.clearTimeout(writing); history.replaceState(history.state, "", address()); }

    function changed() {
      problem.hidden = true;
      apply();
      window.clearTimeout(writing);
      writing = window.setTimeout(write, 200); // browsers refuse an address that changes at every key
    }

    // A fragment with "=" is a view; any other is the place of a row or a group, which is shown whatever is filtered.
    function read(event) {
      var fragment = location.hash.slice(1), isView = !fragment || fragment.indexOf("=") >= 0;
      var target = !isView && document.getElementById(decoded(fragment));
      var unknown = isView ? restore(form, fragment) : target ? [] : ["nothing called “" + decoded(fragment) + "”"];
      var jumps = target && (!event || target.closest("[hidden]"));
      window.clearTimeout(writing);
      if (jumps) { clear(form); }
      problem.hidden = !unknown.length;
      problem.textContent = unknown.length ? "There is " + unknown.join(" and ") + " here; " +
        (Object.keys(chosenIn(form)).length ? "the rest was applied." : "everything is shown.") : "";
      apply();
      if (jumps) { target.scrollIntoView(); }
    }

    function copy() {
      write();
      function say(words) { copied.textContent = words; window.setTimeout(function () { copied.textContent = ""; }, 4000); }
      if (!navigator.clipboard) { say("Copy it from the address bar."); return; }
      navigator.clipboard.writeText(address()).then(function () { say("Link copied."); }, function () { say("Copy it from the address bar."); });
    }

    document.adoptedStyleSheets = list(document.adoptedStyleSheets).concat(sheet.css);
    form.addEventListener("input", changed);
    form.addEventListener("submit", function (event) { event.preventDefault(); });
    form.querySelector("[data-cb-all]").addEventListener("click", function () { clear(form); changed(); });
    form.querySelector("[data-cb-copy-view]").addEventListener("click", copy);
    window.addEventListener("hashchange", read);
    form.hidden = false;
    read();
  }

  // The nearest cell in `row` that is shown, from the one at `index` on in steps of `by`.
  function shownCell(row, index, by) {
    while (row.cells[index] && !row.cells[index].getClientRects().length) { index += by; }
    return row.cells[index];
  }

  // Arrow keys are one more way between the cells' links: Tab still meets each of them in its order.
  function move(event) {
    var cell = event.target.matches(".cb-matrix tbody a") && event.target.closest("td, th");
    if (!cell || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) { return; }
    var rows = list(document.querySelectorAll(".cb-matrix tbody tr:not([hidden])")), row = cell.parentNode;
    var beside = rows.indexOf(row) + {ArrowUp: -1, ArrowDown: 1}[event.key];
    var to = {
      ArrowLeft: function () { return shownCell(row, cell.cellIndex - 1, -1); },
      ArrowRight: function () { return shownCell(row, cell.cellIndex + 1, 1); },
      ArrowUp: function () { return rows[beside] && rows[beside].cells[cell.cellIndex]; },
      ArrowDown: function () { return rows[beside] && rows[beside].cells[cell.cellIndex]; },
      Home: function () { return row.cells[0]; },
      End: function () { return shownCell(row, row.cells.length - 1, -1); }
    }[event.key];
    if (!to) { return; }
    event.preventDefault();
    if (to()) { to().querySelector("a").focus(); }
  }

  document.addEventListener("keydown", move);
  if ("adoptedStyleSheets" in document) { list(document.querySelectorAll("form[data-cb-matrix]")).forEach(startFilter); }
})();
