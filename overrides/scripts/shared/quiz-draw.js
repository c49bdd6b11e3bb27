/* The draw of a quiz: from a seed the same questions and options in the same order as generator/clausebook/quizzes/draw.py.
   SHA-256 is written out (FIPS 180-4), because a browser has none of its own on a plain-HTTP intranet. */
(function () {
  "use strict";

  var SAID_TO_UNSAID = 3;
  var ASK_FIRST = "ask-first";

  function primeRoots(count, power) {
    var found = [];
    for (var number = 2; found.length < count; number += 1) {
      var prime = true;
      for (var divisor = 2; divisor * divisor <= number; divisor += 1) { if (number % divisor === 0) { prime = false; } }
      if (prime) {
        var root = Math.pow(number, power);
        found.push(((root - Math.floor(root)) * 4294967296) | 0);
      }
    }
    return found;
  }

  var ROUND = primeRoots(64, 1 / 3);
  var START = primeRoots(8, 1 / 2);

  function turn(word, by) { return (word >>> by) | (word << (32 - by)); }

  /* The eight words of 32 bits of a text's SHA-256. */
  function sha256(text) {
    var bytes = Array.prototype.slice.call(new TextEncoder().encode(text));
    var length = bytes.length;
    bytes.push(128);
    while (bytes.length % 64 !== 56) { bytes.push(0); }
    for (var shift = 56; shift >= 0; shift -= 8) { bytes.push(Math.floor(length * 8 / Math.pow(2, shift)) & 255); }
    var state = START.slice();
    for (var block = 0; block < bytes.length; block += 64) {
      var words = [];
      for (var i = 0; i < 64; i += 1) {
        if (i < 16) {
          var at = block + i * 4;
          words[i] = (bytes[at] << 24) | (bytes[at + 1] << 16) | (bytes[at + 2] << 8) | bytes[at + 3];
        } else {
          var older = words[i - 15];
          var newer = words[i - 2];
          var small0 = turn(older, 7) ^ turn(older, 18) ^ (older >>> 3);
          var small1 = turn(newer, 17) ^ turn(newer, 19) ^ (newer >>> 10);
          words[i] = (words[i - 16] + small0 + words[i - 7] + small1) | 0;
        }
      }
      var a = state[0], b = state[1], c = state[2], d = state[3], e = state[4], f = state[5], g = state[6], h = state[7];
      for (var j = 0; j < 64; j += 1) {
        var first = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + ROUND[j] + words[j]) | 0;
        var second = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
        h = g; g = f; f = e; e = (d + first) | 0; d = c; c = b; b = a; a = (first + second) | 0;
      }
      state = [a, b, c, d, e, f, g, h].map(function (word, place) { return (word + state[place]) | 0; });
    }
    return state.map(function (word) { return word >>> 0; });
  }

  function numbersOf(seed) {
    var block = 0;
    var words = [];
    return function () {
      if (!words.length) { words = sha256(seed + "#" + block); block += 1; }
      return words.shift();
    };
  }

  function shuffle(items, seed) {
    var mixed = items.slice();
    var next = numbersOf(seed);
    for (var last = mixed.length - 1; last > 0; last -= 1) {
      var other = next() % (last + 1);
      var held = mixed[last];
      mixed[last] = mixed[other];
      mixed[other] = held;
    }
    return mixed;
  }

  function spread(cards) {
    var met = {};
    return cards.map(function (card) {
      var kind = (card.mustKnow ? "0 " : "1 ") + card.group;
      met[kind] = (met[kind] || 0) + 1;
      return { card: card, later: card.mustKnow ? 0 : 1, rank: met[kind] };
    }).sort(function (one, other) { // stable: ECMAScript 2019
      return one.later - other.later || one.rank - other.rank;
    }).map(function (one) { return one.card; });
  }

  function deal(cards, seed, deck) {
    var mixed = shuffle(cards, seed + "/deck/" + deck);
    var unsaid = spread(mixed.filter(function (card) { return !card.isSaid; }));
    var dealt = [];
    spread(mixed.filter(function (card) { return card.isSaid; })).forEach(function (card, place) {
      dealt.push(card);
      if ((place + 1) % SAID_TO_UNSAID === 0 && unsaid.length) { dealt.push(unsaid.shift()); }
    });
    return dealt.concat(unsaid);
  }

  /* The cards of one attempt, counted from 0. A card is {id, group, mustKnow, isSaid, roles}. */
  function drawQuestions(pool, seed, attempt, count, role) {
    var cards = pool.filter(function (card) { return !card.roles.length || card.roles.indexOf(role) >= 0; });
    var most = Math.min(count, cards.length);
    var waiting = [];
    var deck = 0;
    var drawn = [];
    for (var round = 0; round <= attempt; round += 1) {
      drawn = [];
      while (drawn.length < most) {
        if (!waiting.length) { waiting = deal(cards, seed, deck); deck += 1; }
        var card = waiting.shift();
        if (drawn.indexOf(card) < 0) { drawn.push(card); }
      }
    }
    return drawn;
  }

  /* The ids of a question's options in the order in which they are shown. */
  function drawOptions(id, kind, options, seed, attempt) {
    var own = options.filter(function (option) { return option !== ASK_FIRST; });
    var shown = own;
    if (kind !== "true-false") {
      shown = shuffle(own, seed + "/" + attempt + "/" + id);
      if (kind === "order" && shown.join() === own.join()) { shown = shown.slice(1).concat(shown[0]); }
    }
    return shown.concat(options.filter(function (option) { return option === ASK_FIRST; }));
  }

  window.clausebookQuiz = { drawQuestions: drawQuestions, drawOptions: drawOptions, sha256: sha256 };
})();
