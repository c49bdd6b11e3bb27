// @ts-check
/* Says which revision was in force on a day. Without JavaScript the table says the same. */
(() => {
  "use strict";

  function start(form) {
    const rows = clausebookDom.all(document, "[data-cb-period]");
    const day = form.querySelector("input"), status = form.querySelector("[data-cb-status]");

    // What is dated by a month or a year may have begun on any day of it.
    function begins(row, value) {
      const from = row.dataset.from;
      return !from ? "unknown" : from.length < value.length && value.startsWith(from) ? "perhaps" : from <= value ? "yes" : "no";
    }

    day.addEventListener("input", () => {
      rows.forEach(row => { row.removeAttribute("aria-current"); });
      if (!day.value) { status.textContent = ""; return; }
      const found = rows.find(row => begins(row, day.value) !== "no");
      if (!found) { status.textContent = "No revision that we hold had begun by then."; return; }
      const name = found.cells[0].textContent, how = begins(found, day.value), before = rows[rows.indexOf(found) + 1];
      found.setAttribute("aria-current", "true");
      status.textContent = how === "yes" ? `${name} was in force.` :
        how === "unknown" ? `${name} does not say from when it holds: it cannot be told.` :
          `${name} began at some time in ${found.cells[2].textContent}, so on that day it was ${name}${before ? ` or ${before.cells[0].textContent}` : " or nothing that we hold"}.`;
    });
    form.hidden = false;
  }

  clausebookDom.startAt("form[data-cb-as-at]", start);
})();
