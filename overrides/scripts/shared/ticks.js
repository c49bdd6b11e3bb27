// @ts-check
/* What a reader ticked as read of a trust's policies, and their role: kept on this device, and told to nobody. */
const clausebookTicks = (() => {
  "use strict";

  /** @typedef {{role: string, done: Record<string, string>}} Ticks  `done` holds of each policy the mark of the text that was read */

  /** @param {string} trust */
  function of(trust) {
    const key = `clausebook.reading.${trust}`;

    /** @returns {Ticks} */
    function read() {
      try {
        const found = JSON.parse(localStorage.getItem(key) || "null");
        if (found && typeof found.role === "string" && found.done && typeof found.done === "object") { return found; }
      } catch { /* a browser that keeps nothing, or something that is not ours */ }
      return {role: "", done: {}};
    }

    /** @param {Ticks} kept */
    function write(kept) {
      try { localStorage.setItem(key, JSON.stringify(kept)); } catch { /* a browser that keeps nothing */ }
    }

    function forget() {
      try { localStorage.removeItem(key); } catch { /* nothing was kept */ }
    }

    return {read, write, forget};
  }

  /** Whether the text that a box stands for is ticked. @param {Ticks} kept @param {HTMLElement} box */
  const has = (kept, box) => kept.done[box.dataset.cbDone || ""] === box.dataset.cbMark;

  /** @param {Ticks} kept @param {HTMLElement} box @param {boolean} ticked */
  function take(kept, box, ticked) {
    const policy = box.dataset.cbDone || "";
    if (ticked) { kept.done[policy] = box.dataset.cbMark || ""; } else { delete kept.done[policy]; }
  }

  return {of, has, take};
})();
