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

  document.addEventListener("click", event => {
    const link = within(event, "a.cb-defined");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) { return; }
    const shown = link.nextElementSibling && link.nextElementSibling.matches(".cb-explained") ? link.nextElementSibling : null;
    const says = shown ? "" : meaningOf(link);
    if (!shown && !says) { return; }
    event.preventDefault();
    event.stopPropagation();
    link.setAttribute("aria-expanded", String(!shown));
    if (shown) { shown.remove(); return; }
    link.after(element("span", {"class": "cb-explained", role: "note"}, [says]));
  }, true);
})();
