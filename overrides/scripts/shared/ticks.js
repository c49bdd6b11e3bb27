// @ts-check
/* How far a reader is with a trust's policies: what they ticked as read, what they confirmed, their quizzes, their role and their academy. It is kept on this
   device, without a name, and told to nobody. */
const clausebookTicks = (() => {
  "use strict";

  /** @typedef {{role: string, academy: {id: string, name: string} | null, done: Record<string, string>, confirmed: Record<string, string>}} Ticks  of each policy the mark of the text that was read, or confirmed */

  /** @param {string} key @returns {any} */
  function stored(key) {
    try { return JSON.parse(localStorage.getItem(key) || "null"); } catch { return null; } // a browser that keeps nothing, or something that is not ours
  }

  /** @param {string} start */
  function keysOf(start) {
    try { return Object.keys(localStorage).filter(key => key.startsWith(start)); } catch { return []; }
  }

  /** @param {string} trust */
  function of(trust) {
    const key = `clausebook.reading.${trust}`;

    /** @returns {Ticks} */
    function read() {
      const found = stored(key), kept = {role: "", academy: null, done: {}, confirmed: {}};
      return found && typeof found.role === "string" && found.done && typeof found.done === "object" ? {...kept, ...found} : kept;
    }

    /** @param {Ticks} kept */
    function write(kept) {
      try { localStorage.setItem(key, JSON.stringify(kept)); } catch { /* a browser that keeps nothing */ }
    }

    /** @param {string} policy @param {string} mark */
    function confirm(policy, mark) {
      const kept = read();
      kept.confirmed[policy] = mark;
      write(kept);
    }

    /** All that this device has of the trust. */
    function forget() {
      [...keysOf(key), ...keysOf(`clausebook.quiz.${trust}.`)].forEach(one => { localStorage.removeItem(one); });
    }

    return {read, write, confirm, forget};
  }

  /** Whether the text that a box stands for is ticked. @param {Ticks} kept @param {HTMLElement} box */
  const has = (kept, box) => kept.done[box.dataset.cbDone || ""] === box.dataset.cbMark;

  /** @param {Ticks} kept @param {HTMLElement} box @param {boolean} ticked */
  function take(kept, box, ticked) {
    const policy = box.dataset.cbDone || "";
    if (ticked) { kept.done[policy] = box.dataset.cbMark || ""; } else { delete kept.done[policy]; }
  }

  /** A quiz as this device has it, with or without a personal link: one that is passed, else one that is begun, else null.
   * @param {string} id @param {string} mark @returns {QuizState | null} */
  function quiz(id, mark) {
    const found = keysOf(`clausebook.quiz.${id}.${mark}`).map(stored).filter(Boolean);
    return found.find(isOver) || found[0] || null;
  }

  /** Whether an attempt counts: passed, or handed in where HR marks it. @param {QuizState} state */
  const isOver = state => state.checked !== null && state.passed !== false;

  return {of, has, take, quiz, isOver};
})();
