// @ts-check
/* Where the words that staff use are not those of the policies: what they come under there, below what a search found.
   A site's search/everyday-words.js says which topic a word leads to and where the policies deal with it. It is loaded when
   somebody begins to search, from a folder too. */
const clausebookEveryday = (() => {
  "use strict";

  const {element, first, startAt} = clausebookDom;
  const NAME = "everyday words";
  const LONGEST = 7; // words that one entry may have
  const SHOWN = 5; // policies that one topic names where a page compares all of them
  const TOO_COMMON = clausebookDom.words("about allowed does from have must should that there they this what when will with would your");
  const data = window.clausebookData = window.clausebookData || {};
  const root = new URL("../../", /** @type {HTMLScriptElement} */ (document.currentScript).src).href;
  let waiting = null;

  /** Calls `done` with what the site knows; never, where it cannot be had: a search then finds what it finds without. */
  function load(done) {
    if (data[NAME]) { done(data[NAME]); return; }
    if (waiting) { waiting.push(done); return; }
    waiting = [done];
    const script = element("script", {src: `${root}search/everyday-words.js`});
    script.addEventListener("load", () => { waiting.forEach(one => one(data[NAME])); });
    document.head.append(script);
  }

  const wordsOf = text => clausebookPlain(text).toLowerCase().replace(/'/g, "").split(/[^\p{L}\p{N}]+/u).filter(Boolean);

  // The everyday words in what was typed, the longest at each place; "snap chat" and "log in" are "Snapchat" and "log-in".
  function find(known, typed) {
    const asked = wordsOf(typed), found = [];
    const byLetters = new Map(known.words.map(one => [one[1], one]));
    for (let from = 0; from < asked.length;) {
      let to = Math.min(asked.length, from + LONGEST);
      while (to > from && !byLetters.has(asked.slice(from, to).join(""))) { to -= 1; }
      if (to > from) { found.push(byLetters.get(asked.slice(from, to).join(""))); }
      from = Math.max(to, from + 1);
    }
    return found;
  }

  // How many letters must be put in, left out or changed to make one word of the other.
  function edits(one, other) {
    let before = Array.from({length: other.length + 1}, (_, n) => n);
    for (let i = 1; i <= one.length; i += 1) {
      const row = [i];
      for (let j = 1; j <= other.length; j += 1) {
        row.push(Math.min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (one[i - 1] === other[j - 1] ? 0 : 1)));
      }
      before = row;
    }
    return before[other.length];
  }

  // From 0 to 1: two words that begin alike, or of which one is a slip of the other.
  function likeness(one, other) {
    const longer = Math.max(one.length, other.length);
    const same = Array.from(one).findIndex((letter, n) => letter !== other[n]);
    const begins = same < 0 ? one.length : same;
    const slips = edits(one, other);
    return Math.max(begins > 3 ? begins / longer : 0, slips <= (Math.min(one.length, other.length) > 5 ? 2 : 1) ? 1 - slips / longer : 0);
  }

  const places = (known, topic, trust) => known.topics[topic][2].filter(place => !trust || known.policies[place[0]][2] === trust);

  // The topics whose names, or whose everyday words, are most like what was typed; only such as a policy deals with.
  function nearest(known, typed, trust) {
    const asked = wordsOf(typed).filter(word => word.length > 3 && !TOO_COMMON.includes(word));
    const scores = {};
    function weigh(text, topics) {
      const score = Math.max(0, ...wordsOf(text).filter(word => word.length > 3).flatMap(word => asked.map(one => likeness(one, word))));
      topics.filter(topic => places(known, topic, trust).length).forEach(topic => { scores[topic] = Math.max(score, scores[topic] || 0); });
    }
    known.words.forEach(([word, , topics]) => { weigh(word, topics); });
    Object.keys(known.topics).forEach(topic => { weigh(known.topics[topic][0], [topic]); });
    return Object.keys(scores).filter(topic => scores[topic] > 0.55).sort((one, other) => scores[other] - scores[one]).slice(0, 3);
  }

  // A topic with the policies that deal with it, each as a link to the place.
  function line(known, topic, trust) {
    const [label, page] = known.topics[topic], found = places(known, topic, trust);
    const most = page ? SHOWN : found.length;
    const links = found.slice(0, most).map(([policy, address, name]) => {
      const [title, folder] = known.policies[policy];
      return element("li", {}, [element("a", {href: root + folder + address}, [`${title}: ${name}`])]);
    });
    return element("li", {}, [
      page ? element("a", {href: root + page}, [label]) : element("b", {}, [label]),
      element("ul", {}, [...links, found.length > most && element("li", {}, [`and ${found.length - most} more: see “${label}”`])])
    ]);
  }

  const list = (known, topics, trust) => element("ul", {}, topics.map(topic => line(known, topic, trust)));

  // What one everyday word comes under: first what the policies deal with, then what none of them does.
  function explain(known, [word, , topics], trust) {
    const dealt = topics.filter(topic => places(known, topic, trust).length);
    const others = topics.filter(topic => !dealt.includes(topic)).map(topic => known.topics[topic][0]).join("; ");
    const intro = dealt.length ? "Not stated here: " : `“${word}” comes under topics that are not stated here: `;
    return [
      dealt.length && element("p", {}, [`In the policies, “${word}” comes under:`]), dealt.length && list(known, dealt, trust),
      others && element("p", {}, [`${intro}${others}. Ask first.`])
    ].filter(Boolean);
  }

  /**
   * Fills `box` with what the everyday words in `typed` come under; where there are none, and `isNone`, with the nearest topics.
   * Says whether a policy states something of what was typed.
   */
  function show(box, known, typed, isNone, trust = "") {
    const found = find(known, typed);
    const near = isNone && !found.length ? nearest(known, typed, trust) : [];
    const states = found.some(([, , topics]) => topics.some(topic => places(known, topic, trust).some(place => place[3])));
    const parts = found.flatMap(one => explain(known, one, trust));
    if (near.length) { parts.push(element("p", {}, ["Nearest topics:"]), list(known, near, trust)); }
    if (isNone && typed && !states) { parts.push(element("p", {}, ["See also: ", element("a", {href: root + known.rest[1]}, [known.rest[0]])])); }
    box.replaceChildren(...parts);
    return states;
  }

  // The theme's own search, at the top of each page: our list stands below its list.
  startAt(".md-search-result", result => {
    const field = first(document, ".md-search__input"), meta = first(result, ".md-search-result__meta");
    const none = JSON.parse(first(document, "#__config").textContent).translations["search.result.none"];
    const box = element("div", {"class": "cb-everyday md-typeset", "aria-live": "polite"});
    result.append(box);
    let last = "";

    function update(known) {
      const typed = field.value.trim(), isNone = meta.textContent === none, now = `${isNone} ${typed}`;
      if (now === last) { return; }
      last = now;
      meta.hidden = show(box, known, typed, isNone) && isNone; // the policies do state something
    }

    const updated = () => load(update);
    new MutationObserver(updated).observe(meta, {childList: true, characterData: true, subtree: true});
    ["focus", "input", "keyup"].forEach(kind => { field.addEventListener(kind, updated); });
    first(document, ".md-search__form").addEventListener("reset", () => { setTimeout(updated); });
    // A link to the page that is open would leave the search lying over it.
    box.addEventListener("click", event => {
      if (clausebookDom.within(event, "a")) { first(document, "[data-md-toggle=search]").click(); }
    });
  });

  return {load, show};
})();
