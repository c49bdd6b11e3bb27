// @ts-check
/* The list of what to read: it shows what is for the reader's role, and keeps the role and the ticks on this device. */
(() => {
  "use strict";

  const {all, first, holds, scriptRuns, startAt} = clausebookDom;

  function start(form) {
    const key = `clausebook.reading.${form.dataset.cbReading}`, select = form.elements.role, status = first(form, "[data-cb-status]");
    /** @type {{role: string, done: Record<string, string>}} */
    let kept = read();
    form.hidden = false;
    scriptRuns(document.body, ".cb-reading [data-cb-needs-script]");
    select.value = kept.role;
    if (select.selectedIndex < 0) { select.value = ""; }
    select.addEventListener("change", () => { kept.role = select.value; keep(); show(); });
    all(document, "[data-cb-done]").forEach(box => {
      box.checked = kept.done[box.dataset.cbDone] === box.dataset.cbMark;
      box.addEventListener("change", () => {
        if (box.checked) { kept.done[box.dataset.cbDone] = box.dataset.cbMark; } else { delete kept.done[box.dataset.cbDone]; }
        keep();
        show();
      });
    });
    first(form, "[data-cb-forget]").addEventListener("click", () => {
      kept = {role: "", done: {}};
      try { localStorage.removeItem(key); } catch { /* nothing was kept */ }
      select.value = "";
      all(document, "[data-cb-done]").forEach(box => { box.checked = false; });
      show();
    });
    show();

    function read() {
      try {
        const found = JSON.parse(localStorage.getItem(key) || "null");
        if (found && typeof found.role === "string" && found.done && typeof found.done === "object") { return found; }
      } catch { /* a browser that keeps nothing, or something that is not ours */ }
      return {role: "", done: {}};
    }

    function keep() {
      try { localStorage.setItem(key, JSON.stringify(kept)); } catch { /* a browser that keeps nothing */ }
    }

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
