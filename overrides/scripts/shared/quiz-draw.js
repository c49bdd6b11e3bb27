// @ts-check
/* The draw of a quiz: from a seed the same questions and options in the same order as generator/clausebook/quizzes/draw.py. */
const clausebookQuiz = (() => {
  "use strict";

  /**
   * What the draw knows of a question.
   * @typedef {{id: string, group: string, mustKnow: boolean, isSaid: boolean, roles: string[]}} Card
   */

  const SAID_TO_UNSAID = 3;
  const ASK_FIRST = "ask-first";

  /** Whole numbers of 32 bits without end, from a seed. @param {string} seed */
  function numbersOf(seed) {
    let block = 0;
    /** @type {number[]} */
    let words = [];
    return () => {
      if (!words.length) { words = clausebookCodec.sha256(`${seed}#${block}`); block += 1; }
      return words.shift() ?? 0;
    };
  }

  /** @template T @param {T[]} items @param {string} seed @returns {T[]} */
  function shuffle(items, seed) {
    const mixed = items.slice();
    const next = numbersOf(seed);
    for (let last = mixed.length - 1; last > 0; last -= 1) {
      const other = next() % (last + 1);
      [mixed[last], mixed[other]] = [mixed[other], mixed[last]];
    }
    return mixed;
  }

  /** Must-know first; of these, and then of the others, one of each group, then a second of each. @template {Card} C @param {C[]} cards @returns {C[]} */
  function spread(cards) {
    /** @type {Record<string, number>} */
    const met = {};
    return cards.map(card => {
      const kind = (card.mustKnow ? "0 " : "1 ") + card.group;
      met[kind] = (met[kind] || 0) + 1;
      return {card, later: card.mustKnow ? 0 : 1, rank: met[kind]};
    }).sort((one, other) => one.later - other.later || one.rank - other.rank).map(one => one.card); // stable: ECMAScript 2019
  }

  /** @template {Card} C @param {C[]} cards @param {string} seed @param {number} deck @returns {C[]} */
  function deal(cards, seed, deck) {
    const mixed = shuffle(cards, `${seed}/deck/${deck}`);
    const unsaid = spread(mixed.filter(card => !card.isSaid));
    /** @type {C[]} */
    const dealt = [];
    spread(mixed.filter(card => card.isSaid)).forEach((card, place) => {
      dealt.push(card);
      if ((place + 1) % SAID_TO_UNSAID === 0) { dealt.push(...unsaid.splice(0, 1)); }
    });
    return dealt.concat(unsaid);
  }

  /**
   * The cards of one attempt, counted from 0.
   * @template {Card} C
   * @param {C[]} pool  in the order of the author's file
   * @param {string} seed
   * @param {number} attempt
   * @param {number} count
   * @param {string} role  the reader's, or nothing
   * @returns {C[]}
   */
  function drawQuestions(pool, seed, attempt, count, role) {
    const cards = pool.filter(card => !card.roles.length || card.roles.includes(role));
    const most = Math.min(count, cards.length);
    /** @type {C[]} */
    let waiting = [];
    /** @type {C[]} */
    let drawn = [];
    let deck = 0;
    for (let round = 0; round <= attempt; round += 1) {
      drawn = [];
      while (drawn.length < most) {
        if (!waiting.length) { waiting = deal(cards, seed, deck); deck += 1; }
        const [card] = waiting.splice(0, 1);
        if (!drawn.includes(card)) { drawn.push(card); }
      }
    }
    return drawn;
  }

  /**
   * The ids of a question's options in the order in which they are shown.
   * @param {string} id
   * @param {string} kind
   * @param {string[]} options  in the order of the author's file
   * @param {string} seed
   * @param {number} attempt
   */
  function drawOptions(id, kind, options, seed, attempt) {
    const own = options.filter(option => option !== ASK_FIRST);
    let shown = own;
    if (kind !== "true-false") {
      shown = shuffle(own, `${seed}/${attempt}/${id}`);
      if (kind === "order" && shown.join() === own.join()) { shown = shown.slice(1).concat(shown[0]); }
    }
    return shown.concat(options.filter(option => option === ASK_FIRST));
  }

  return {drawQuestions, drawOptions};
})();
