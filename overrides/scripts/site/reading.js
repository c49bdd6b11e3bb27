// @ts-check
/* The list of what to read: it shows what is for the reader's role, and keeps the role and the ticks on this device. */
(() => {
  "use strict";

  const {all, first, holds, scriptRuns, startAt} = clausebookDom;

  function start(form) {
    const ticks = clausebookTicks.of(form.dataset.cbReading), select = form.elements.role, status = first(form, "[data-cb-status]");
    let kept = ticks.read();
    form.hidden = false;
    scriptRuns(document.body, ".cb-reading [data-cb-needs-script]");
    select.value = kept.role;
    if (select.selectedIndex < 0) { select.value = ""; }
    select.addEventListener("change", () => { kept.role = select.value; ticks.write(kept); show(); });
    all(document, "[data-cb-done]").forEach(box => {
      box.checked = clausebookTicks.has(kept, box);
      box.addEventListener("change", () => { clausebookTicks.take(kept, box, box.checked); ticks.write(kept); show(); });
    });
    document.addEventListener("clausebook:forgotten", () => {
      kept = ticks.read();
      select.value = "";
      all(document, "[data-cb-done]").forEach(box => { box.checked = false; });
      show();
    });
    show();

    function show() {
      const role = select.value;
      all(document, "[data-roles]").forEach(item => { item.hidden = role !== "" && !holds(item.dataset.roles, role); });
      const boxes = all(document, "[data-cb-done]").filter(box => !box.closest("[data-roles]").hidden);
      const done = boxes.filter(box => box.checked).length;
      status.textContent = boxes.length ? `${done} of ${boxes.length} done.` : "Nothing here is asked of this role.";
    }
  }

  startAt("form[data-cb-reading]", start);
})();
