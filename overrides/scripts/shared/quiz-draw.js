// @ts-check
/* The draw of a quiz: from a seed the same questions and options in the same order as generator/clausebook/quizzes/draw.py. */
const clausebookQuiz = (() => {
  "use strict";

  /**
   * What the draw knows of a question.
   * @typedef {{id: string, policy: string, group: string, mustKnow: boolean, isSaid: boolean, roles: string[]}} Card
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
   * The cards of one attempt, counted from 0: of a quiz over several policies a share from each policy's deck.
   * @template {Card} C
   * @param {C[]} pool  in the order of the author's file
   * @param {string} seed
   * @param {number} attempt
   * @param {number} count
   * @param {string} role  the reader's, or nothing
   * @returns {C[]}
   */
  function drawQuestions(pool, seed, attempt, count, role) {
    /** @type {Map<string, C[]>} */
    const decks = new Map();
    pool.filter(card => !card.roles.length || card.roles.includes(role)).forEach(card => {
      decks.set(card.policy, [...decks.get(card.policy) || [], card]);
    });
    const cards = [...decks.values()];
    const shares = shareOut(cards.map(deck => deck.length), cards.map(deck => deck.filter(card => card.mustKnow).length), count);
    return [...decks.keys()].flatMap((policy, place) => drawAttempt(cards[place], policy ? `${seed}/${policy}` : seed, attempt, shares[place]));
  }

  /**
   * How many of `count` questions each deck gives: one each; then must-know ones, then others, the next from a deck that has given the fewest.
   * @param {number[]} sizes  of the decks
   * @param {number[]} known  how many of each must be known
   * @param {number} count
   */
  function shareOut(sizes, known, count) {
    const shares = sizes.map(() => 0);
    const most = [sizes.map(() => 1), known, sizes];
    for (let left = count; left && most.length;) {
      const open = shares.flatMap((share, place) => share < most[0][place] ? [place] : []);
      if (open.length) {
        shares[open.reduce((best, place) => shares[place] < shares[best] ? place : best)] += 1;
        left -= 1;
      } else { most.shift(); }
    }
    return shares;
  }

  /** @template {Card} C @param {C[]} cards @param {string} seed @param {number} attempt @param {number} most @returns {C[]} */
  function drawAttempt(cards, seed, attempt, most) {
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

  /**
   * What a quiz over several policies is for somebody who owes only some of them.
   * @template {Card} C
   * @param {C[]} pool
   * @param {string[]} marks  `policy=mark` of each policy, in the campaign's order
   * @param {string[]} owed  the policies
   * @param {number} draw  how many questions are drawn where there are so many
   * @param {number} wanted  how many right answers pass, of a whole draw
   */
  function narrow(pool, marks, owed, draw, wanted) {
    const kept = marks.map(one => one.split("=")).filter(([policy]) => owed.includes(policy));
    const cards = pool.filter(card => kept.some(([policy]) => policy === card.policy));
    const count = Math.min(Math.max(draw, kept.length), cards.filter(card => !card.roles.length).length);
    const pass = Math.min(count, Math.ceil(wanted * count / draw));
    return {cards, policies: kept.map(([policy]) => policy), count, pass, mark: markOf(marks, owed)};
  }

  /** The mark of the pool that somebody is asked from who owes only some policies. @param {string[]} marks @param {string[]} owed */
  function markOf(marks, owed) {
    const lines = marks.filter(one => owed.includes(one.split("=")[0])).map(one => one.replace("=", " "));
    return clausebookCodec.digest(lines.join("\n")).slice(0, 12);
  }

  return {drawQuestions, drawOptions, narrow, markOf};
})();
