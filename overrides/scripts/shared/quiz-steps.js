// @ts-check
/* One question a screen: which one stands there, how far the reader is, and the buttons that lead on. Without this script the quiz is one form. */
const clausebookSteps = (() => {
  "use strict";

  const {all, first, scriptRuns} = clausebookDom;

  /** @param {HTMLFormElement} form */
  function of(form) {
    const progress = first(form, "progress"), status = first(form, "[data-cb-said]");
    /** @param {string} what */
    const button = what => first(form, `[data-cb-do=${what}]`);
    /** @type {HTMLElement | null} */
    let tapped = null; // the option that a finger or a mouse is on: arrow keys only look at options, a tap means one

    form.dataset.steps = "";
    scriptRuns(document.body, "[data-cb-needs-script]");
    form.addEventListener("pointerdown", event => { tapped = clausebookDom.within(event, "[data-cb-option]"); });
    form.addEventListener("keydown", () => { tapped = null; });

    /** @param {string} attribute */
    function unset(attribute) { all(form, `[${attribute}]`).forEach(one => { one.removeAttribute(attribute); }); }

    /**
     * Puts one question on the screen, and below the bar what was right of the one before.
     * @param {QuizCard[]} asked
     * @param {number} place
     * @param {QuizCard | null} before
     */
    function show(asked, place, before) {
      form.dataset.steps = place ? "on" : "begun";
      unset("data-now");
      unset("data-before");
      asked[place].fieldset.dataset.now = "";
      if (before) { before.fieldset.dataset.before = ""; } else { tell(""); }
      progress.max = asked.length;
      progress.value = place + 1;
      button("back").hidden = place === 0;
    }

    /** Nothing is asked any more, or not now: the result stands alone. */
    function end() {
      form.dataset.steps = "over";
      unset("data-now");
      unset("data-before");
    }

    /** What the main button says, and the quiet one that goes on without it; nothing where there is none. @param {string} main @param {string} skip */
    function offer(main, skip) {
      first(form, "[type=submit]").textContent = main;
      button("skip").textContent = skip;
      button("skip").hidden = !skip;
    }

    /** The question that stands there is read out, and is seen from its top. @param {QuizCard} card */
    function enter(card) {
      form.scrollIntoView();
      first(card.fieldset, "[data-cb-head]").focus({ preventScroll: true });
    }

    /** @param {string} text */
    function tell(text) { status.textContent = text; }

    /** Whether an option of this question was just tapped. @param {QuizCard} card */
    const isTapped = card => tapped !== null && card.fieldset.contains(tapped);

    return {show, end, offer, enter, tell, isTapped};
  }

  return {of};
})();
