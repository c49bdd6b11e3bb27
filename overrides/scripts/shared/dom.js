// @ts-check
/* What our scripts do with a page again and again. */
const clausebookDom = (() => {
  "use strict";

  /**
   * The elements below `root` that `selector` fits, in the order of the page.
   * @template {Element} [E=any]
   * @param {ParentNode} root
   * @param {string} selector
   * @returns {E[]}
   */
  const all = (root, selector) => Array.from(root.querySelectorAll(selector));

  /** The first of them, or null; as the page has it, whatever kind of element that is. @param {ParentNode} root @param {string} selector @returns {any} */
  const first = (root, selector) => root.querySelector(selector);

  /** Where in `selector` something happened, or null. @param {Event} event @param {string} selector @returns {any} */
  const within = (event, selector) => event.target instanceof Element ? event.target.closest(selector) : null;

  /**
   * Calls `start` with each element of the page that `selector` fits: where a script begins.
   * @param {string} selector
   * @param {(element: any) => void} start
   */
  const startAt = (selector, start) => { all(document, selector).forEach(found => start(found)); };

  /** Shows what needs a script (`needs`, a selector), and hides what stands there for want of one.
   * @param {ParentNode} [root]
   * @param {string} [needs] */
  function scriptRuns(root, needs) {
    if (root && needs) { all(root, needs).forEach(part => { part.hidden = false; }); }
    all(document, "[data-cb-without-script]").forEach(part => { part.hidden = true; });
  }

  /** The words of an attribute's list. @param {string | undefined} text @returns {string[]} */
  const words = text => text ? text.split(" ").filter(Boolean) : [];

  /** Whether a list of words holds one. @param {string | undefined} list @param {string} word */
  const holds = (list, word) => words(list).includes(word);

  /**
   * An element; a text among `children` is text, never HTML, and what is nothing is left out.
   * @param {string} name
   * @param {Record<string, string>} [attributes]
   * @param {(Node | string | false | null | undefined)[]} [children]
   * @returns {HTMLElement}
   */
  function element(name, attributes = {}, children = []) {
    const made = document.createElement(name);
    Object.keys(attributes).forEach(key => { made.setAttribute(key, attributes[key]); });
    children.forEach(child => { if (child) { made.append(child); } });
    return made;
  }

  /** Puts one paragraph for each text in the place of what `box` holds. @param {Element} box @param {string[]} texts */
  const say = (box, texts) => { box.replaceChildren(...texts.map(text => element("p", {}, [text]))); };

  /** Copies a text, then says whether that worked. @param {string} text @param {(copied: boolean) => void} told */
  function copy(text, told) {
    if (!navigator.clipboard) { told(false); return; } // on plain HTTP there is none
    navigator.clipboard.writeText(text).then(() => told(true), () => told(false));
  }

  /** A day as 2026-11-21, in words. @param {string} day */
  const inWords = day => new Date(`${day}T12:00:00Z`).toLocaleDateString("en-GB", {day: "numeric", month: "long", year: "numeric", timeZone: "UTC"});

  return {all, first, within, startAt, scriptRuns, words, holds, element, say, copy, inWords};
})();
