// @ts-check
/* Read, check, confirm: says on a trust's first page how far the reader is, and what this device keeps of it. */
(() => {
  "use strict";

  const {all, element, first, startAt} = clausebookDom;

  /** Who goes on from a text has read it. @param {HTMLElement} link */
  function startNext(link) {
    const ticks = clausebookTicks.of(link.dataset.trust);
    link.addEventListener("click", () => {
      const kept = ticks.read();
      clausebookTicks.take(kept, link, true);
      ticks.write(kept);
    });
  }

  /** The steps of one policy, each as done or not, and how far its quiz is. @param {DOMStringMap} data */
  function stepsOf(data) {
    const kept = clausebookTicks.of(data.trust).read(), state = data.quiz ? clausebookTicks.quiz(data.quiz, data.quizMark) : null;
    const isBegun = state && state.checked === null && (state.at > 0 || Object.keys(state.answers).length > 0);
    return {
      read: kept.done[data.cbJourney] === data.cbMark,
      check: Boolean(state && clausebookTicks.isOver(state)),
      confirm: kept.confirmed[data.cbJourney] === data.cbMark,
      at: isBegun ? `question ${state.at + 1} of ${data.count}` : ""
    };
  }

  /** What is done of it, in words. @param {DOMStringMap} data */
  function wordsOf(data) {
    const steps = stepsOf(data);
    return [steps.read && "read", steps.check ? "quiz done" : steps.at && `quiz: ${steps.at}`, steps.confirm && "confirmed"].filter(Boolean).join(", ");
  }

  /** The three steps of a trust with one policy. @param {HTMLElement} list */
  function layList(list) {
    const steps = stepsOf(list.dataset), items = all(list, "[data-cb-step]"), status = first(document, "[data-cb-journey-status]");
    const open = items.filter(item => !steps[item.dataset.cbStep]);
    items.forEach(item => {
      const done = !open.includes(item);
      first(item, "[data-cb-state]").textContent = done ? "done" : "";
      item.toggleAttribute("data-done", done);
      first(item, ".cb-button").classList.toggle("cb-button--quiet", item !== open[0] && open.length < items.length);
    });
    const check = first(list, "[data-cb-step=check] .cb-button");
    if (check && steps.at && !steps.check) { check.textContent = `Go on with ${steps.at}`; }
    status.hidden = open.length === items.length && !steps.at;
    status.textContent = `${items.length - open.length} of ${items.length} done.`;
  }

  function lay() {
    startAt("ol[data-cb-journey]", layList);
    startAt("li[data-cb-journey]", item => {
      const told = wordsOf(item.dataset), line = first(item, "[data-cb-state]");
      line.textContent = told ? `On this device: ${told}.` : "";
    });
    startAt("[data-cb-kept]", layKept);
  }

  /** @param {HTMLElement} part */
  function layKept(part) {
    const kept = clausebookTicks.of(part.dataset.cbKept).read(), role = first(document, `#cb-my-role option[value="${CSS.escape(kept.role)}"]`);
    const lines = all(document, "[data-cb-journey]").map(({dataset}) => ({title: dataset.title, told: wordsOf(dataset)})).filter(one => one.told);
    const told = [kept.academy && `Your academy: ${kept.academy.name}.`, kept.role && `Your role: ${role ? role.textContent : kept.role}.`, ...lines.map(one => `${one.title}: ${one.told}.`)].filter(Boolean);
    first(part, "ul").replaceChildren(...told.map(text => element("li", {}, [text])));
    first(part, "[data-cb-kept-none]").hidden = told.length > 0;
  }

  startAt("a[data-cb-reads]", startNext);
  startAt("[data-cb-kept]", part => {
    part.hidden = false;
    first(part, "[data-cb-forget]").addEventListener("click", () => {
      clausebookTicks.of(part.dataset.cbKept).forget();
      document.dispatchEvent(new Event("clausebook:forgotten"));
      lay();
      first(part, "[role=status]").textContent = "Deleted. This device keeps nothing of your reading.";
    });
    first(part, "summary").addEventListener("click", lay); // what was ticked since
  });
  window.addEventListener("pageshow", lay);
})();
