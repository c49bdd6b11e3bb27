// @ts-check
/* The academy that a reader works at: chosen once by opening its list, kept on this device, and from then on the first way that a page of
   the trust offers. Without JavaScript every academy is a link. */
(() => {
  "use strict";

  const {all, element, first, startAt} = clausebookDom;

  /** On an academy's own list: this is the reader's, until they say otherwise. @param {HTMLElement} part */
  function remember(part) {
    const ticks = clausebookTicks.of(part.dataset.trust), kept = ticks.read(), button = first(part, "button"), told = first(part, "[role=status]");
    const own = {id: part.dataset.cbAcademyHere, name: part.dataset.name};
    ticks.write({...kept, academy: own});
    part.hidden = false;
    button.addEventListener("click", () => {
      ticks.write({...ticks.read(), academy: null});
      told.textContent = "Forgotten. Choose your academy from the list.";
      button.hidden = true;
    });
  }

  /** On a page of the trust: the way to the text of the reader's academy. @param {HTMLElement} part */
  function lead(part) {
    const {academy} = clausebookTicks.of(part.dataset.cbAcademies).read(), own = (part.dataset.own || "").split(" ");
    const told = part.querySelector("p");
    if (!academy || !told) { return; }
    if (!own.includes(academy.id)) {
      told.textContent = `${academy.name} uses the trust’s text as it is.`;
      return;
    }
    const link = element("a", {href: part.dataset.to.replace("ACADEMY", academy.id), class: "cb-button"}, [`Go to ${academy.name}’s`]);
    told.replaceChildren("This is the trust’s own text. ", link);
  }

  /** On the list of academies. @param {HTMLElement} list */
  function mark(list) {
    const {academy} = clausebookTicks.of(list.dataset.cbAcademyList).read();
    all(list, "[data-cb-academy]").forEach(link => {
      if (academy && link.dataset.cbAcademy === academy.id) { link.after(" (yours, on this device)"); }
    });
  }

  startAt("[data-cb-academy-here]", remember);
  startAt("div[data-cb-academies]", lead);
  startAt("ul[data-cb-academy-list]", mark);
})();
