// @ts-check
/* Explains a word where it stands, by what the page says of it elsewhere. Without JavaScript the word is a link to that place. */
(() => {
  "use strict";

  const {element, first, within} = clausebookDom;

  // What explains the word that a link is on: the words of the glossary, or those of the policy's own clause.
  function meaningOf(link) {
    const target = document.getElementById(link.hash.slice(1));
    const words = target && (first(target, "dd") || first(target.closest("[data-cb-clause]") || target, ".cb-text") || target);
    return words && words.textContent.trim();
  }

  /** What is shown below a text, by the link that shows it. @type {WeakMap<Element, HTMLElement>} */
  const notes = new WeakMap();

  function show(link, says) {
    const block = link.closest("p, li, td") || link, note = element("span", {"class": "cb-explained", role: "note"}, [says]);
    if (block.matches("p")) { block.after(note); } else { block.append(note); }
    notes.set(link, note);
  }

  document.addEventListener("click", event => {
    const link = within(event, "a.cb-defined");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) { return; }
    const shown = notes.get(link), says = shown ? "" : meaningOf(link);
    if (!shown && !says) { return; }
    event.preventDefault();
    event.stopPropagation();
    link.setAttribute("aria-expanded", String(!shown));
    if (shown) { shown.remove(); notes.delete(link); } else { show(link, `${link.textContent}: ${says}`); }
  }, true);
})();
