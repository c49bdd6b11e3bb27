// @ts-check
/* Filters a matrix, keeps what was chosen in the address, and moves from cell to cell by arrow keys. Without JavaScript it is a plain table.
   All answers come from compare/data/library.js; the page has columns for as many trusts as one reads at a time. */
(() => {
  "use strict";

  const WHAT = {trusts: "trust", from: "column", group: "group", asked: "kind of reader", answer: "answer", force: "force", differ: "choice", contradicts: "choice"};
  const {all: list, element, holds, startAt, within} = clausebookDom;

  function plainly(text) { return clausebookPlain(text).toLowerCase(); }

  // What a row says: of each trust all that its cell tells, without the marks beside the answer or the forces, and what one filters by.
  function readRow(row, all, verdictOf) {
    const id = row.cells[0].id, says = all[id].map(told => told.replace(/^[0-9]+ | (conflict|differ)$/g, ""));
    return {
      element: row, id, group: row.dataset.group, askedBy: row.dataset.askedBy,
      text: plainly(row.dataset.text), tells: all[id], says, comesTo: says.map(word => verdictOf(id, word))
    };
  }

  // A cell as content/pages writes it.
  function cellOf(matrix, row, index) {
    const trust = matrix.trusts[index], told = row.tells[index].split(" "), shown = [], data = {"data-trust": trust.id, "data-name": trust.name};
    const isAnswer = matrix.kind === "questions", unsaid = matrix.words.unsaid[told[0]];
    if (isAnswer || unsaid) {
      shown.push(...(isAnswer ? clausebookCompare.said(row.id, told[0]) : [element("span", {"class": "cb-answer cb-tone--unknown"}, [unsaid])]));
      if (told[1]) { shown.push(" ", element("span", {"class": "cb-conflict"}, [told[1] === "differ" ? "policies differ" : "contradicts itself"])); }
      if (isAnswer) { data["data-answer"] = told[0]; }
    } else {
      told.slice(1).forEach(force => { shown.push(element("span", {"class": `cb-force cb-force--${force}`}, [matrix.words.force[force]]), " "); });
      shown.push(element("span", {"class": "cb-count"}, [told[0] + (told[0] === "1" ? " clause" : " clauses")]));
    }
    shown.push(element("span", {"class": "cb-sr"}, [`, ${trust.name}: ${row.element.cells[0].textContent.trim()}`]));
    return element("td", data, [element("a", {"class": "cb-cell", href: `${matrix.root}compare/${matrix.kind}/${row.id.split("--")[0]}/index.html#${trust.id}`}, shown)]);
  }

  // Gives every table the columns of these trusts, if it has others.
  function showColumns(matrix, shown) {
    if (shown.join() === matrix.shown.join()) { return; }
    matrix.shown = shown;
    matrix.tables.forEach(table => {
      table.parentNode.classList.toggle("cb-table--many", shown.length > 7);
      replaceCells(table.tHead.rows[0], shown.map(index => {
        const trust = matrix.trusts[index];
        return element("th", {scope: "col", "data-trust": trust.id}, [element("a", {href: `${matrix.root + trust.id}/index.html`}, [trust.name])]);
      }));
    });
    matrix.rows.forEach(row => {
      replaceCells(row.element, shown.map(index => cellOf(matrix, row, index)));
    });
  }

  function replaceCells(row, cells) {
    list(row, "[data-trust]").forEach(cell => { cell.remove(); });
    row.append(...cells);
  }

  function fits(row, chosen, trusts) {
    const wanted = chosen.answer || chosen.force;
    const says = trusts.map(index => row.says[index]);
    return (!chosen.group || row.group === chosen.group[0]) &&
      (!chosen.asked || holds(row.askedBy, chosen.asked[0])) &&
      (!wanted || trusts.some(index => holds(row.comesTo[index], wanted[0]))) &&
      (!chosen.differ || says.some(words => words !== says[0])) &&
      (!chosen.contradicts || trusts.some(index => / (conflict|differ)$/.test(row.tells[index]))) &&
      (!chosen.text || plainly(chosen.text[0]).split(/\s+/).every(word => row.text.includes(word)));
  }

  function counted(shown, count, what) {
    if (shown === 1 && count === 1) { return `1 ${what.slice(0, -1)}`; }
    return `${shown === count ? `all ${count}` : `${shown} of ${count}`} ${what}`;
  }

  // Which of the chosen trusts have columns: as many as fit, from the one on that the reader asked for.
  function columnsOf(form, chosen, trusts) {
    const most = Number(form.dataset.cbColumns);
    let from = chosen.from ? Number(chosen.from[0]) : 1;
    if (from > trusts.length) { from = 1; }
    if (form.elements.from) { form.elements.from.closest("p").hidden = trusts.length <= most; }
    return trusts.slice(from - 1, from - 1 + most);
  }

  function startFilter(form) {
    const data = window.clausebookData.library, kind = form.dataset.cbMatrix;
    const all = data.trusts.map((trust, index) => index);
    const ids = data.trusts.map(trust => trust.id);
    const matrix = {
      kind, root: form.dataset.cbRoot, words: data.words, trusts: data.trusts, shown: all.slice(0, form.dataset.cbColumns),
      tables: list(document, ".cb-matrix"),
      rows: list(document, ".cb-matrix tbody tr").map(row => kind === "questions" ? readRow(row, data.answers, clausebookCompare.verdict) : readRow(row, data.forces, (_, forces) => forces))
    };
    const rows = matrix.rows, find = form.querySelector("[data-cb-find]");

    function apply(chosen) {
      let shown = 0;
      const trusts = chosen.trusts ? chosen.trusts.map(id => ids.indexOf(id)) : all;
      const columns = columnsOf(form, chosen, trusts);
      rows.forEach(row => {
        row.element.hidden = !fits(row, chosen, trusts);
        if (!row.element.hidden) { shown += 1; }
      });
      matrix.tables.forEach(table => {
        const region = table.parentNode;
        region.hidden = region.previousElementSibling.hidden = !table.querySelector("tbody tr:not([hidden])");
      });
      showColumns(matrix, columns);
      form.querySelector("[data-cb-status]").textContent = `Showing ${counted(shown, rows.length, kind)}, ${ 
        counted(trusts.length, all.length, "trusts")}${columns.length < trusts.length ? `, the columns of ${columns.length} of them.` : "." 
        }${shown ? "" : chosen.differ && trusts.length === 1 ? " Nothing fits: one trust alone cannot differ. Choose another beside it." :
          " Nothing fits all that you chose: take something away, or show all."}`;
    }

    function narrow() {
      const word = plainly(find.value.trim());
      list(form, ".cb-filter__trusts label").forEach(label => {
        if (label.control !== find) { label.hidden = !plainly(label.textContent).includes(word) && !label.control.checked; }
      });
    }

    list(document, "[data-cb-pager]").forEach(pager => { pager.hidden = true; }); // the form turns the pages
    if (find) {
      find.addEventListener("input", narrow);
      form.querySelector("[data-cb-all]").addEventListener("click", () => { find.value = ""; narrow(); });
    }
    clausebookView(form, WHAT, apply);
  }

  // The nearest cell in `row` that is shown, from the one at `index` on in steps of `by`.
  function shownCell(row, index, by) {
    while (row.cells[index] && !row.cells[index].getClientRects().length) { index += by; }
    return row.cells[index];
  }

  // Arrow keys are one more way between the cells' links: Tab still meets each of them in its order.
  function move(event) {
    const cell = within(event, ".cb-matrix tbody a") && within(event, "td, th");
    if (!cell || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) { return; }
    const rows = list(document, ".cb-matrix tbody tr:not([hidden])"), row = cell.parentNode;
    const beside = rows.indexOf(row) + {ArrowUp: -1, ArrowDown: 1}[event.key];
    const to = {
      ArrowLeft() { return shownCell(row, cell.cellIndex - 1, -1); },
      ArrowRight() { return shownCell(row, cell.cellIndex + 1, 1); },
      ArrowUp() { return rows[beside] && rows[beside].cells[cell.cellIndex]; },
      ArrowDown() { return rows[beside] && rows[beside].cells[cell.cellIndex]; },
      Home() { return row.cells[0]; },
      End() { return shownCell(row, row.cells.length - 1, -1); }
    }[event.key];
    if (!to) { return; }
    event.preventDefault();
    if (to()) { to().querySelector("a").focus(); }
  }

  document.addEventListener("keydown", move);
  startAt("form[data-cb-matrix]", startFilter);
})();
