// @ts-check
/* What an answer is worth: as generator/clausebook/quizzes/marking.py marks it again from the slip. */
const clausebookMarking = (() => {
  "use strict";

  /**
   * Whether an answer is right: an order in that order alone; of several right options all of them and no other.
   * @param {string} kind
   * @param {string[]} chosen  nothing where the question has no whole answer
   * @param {string[]} right
   */
  function isRight(kind, chosen, right) {
    if (kind === "order") { return chosen.join(" ") === right.join(" "); }
    return chosen.length > 0 && chosen.slice().sort().join(" ") === right.slice().sort().join(" ");
  }

  /** How many right answers are a pass, of a quiz that asks `count`. @param {number} pass @param {number} count */
  const passMark = (pass, count) => Math.min(pass, count);

  /** The options that were chosen and are wrong, and whether a right one is missing. @param {string[]} chosen @param {string[]} right */
  const wrongOf = (chosen, right) => chosen.filter(id => !right.includes(id));

  return {isRight, passMark, wrongOf};
})();
