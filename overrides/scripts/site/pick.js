// @ts-check
/* Pick your own: two to four trusts side by side on a topic, a question or whole policies, and where the nearest wordings part. */
(() => {
  "use strict";

  const compare = clausebookCompare, {all, element, startAt} = clausebookDom;
  const ALIKE = 0.4; // of the longer words of two clauses, how many both have; below that they share little but their topic

  function nameOf(trust) { return trust.name; }

  // ——— Words

  function tokens(text) { return text.split(/\s+/).filter(Boolean); }
  function bare(word) { return word.toLowerCase().replace(/[‘’]/g, "'").replace(/^[^a-z0-9]+|[^a-z0-9]+$/g, ""); }

  function longerWords(clause) {
    clause.words = clause.words || new Set(tokens(compare.inFull(clause)).map(bare).filter(word => word.length > 3));
    return clause.words;
  }

  function alike(one, other) {
    const a = longerWords(one), b = longerWords(other);
    let both = 0;
    a.forEach(word => { if (b.has(word)) { both += 1; } });
    return a.size + b.size ? 2 * both / (a.size + b.size) : 0;
  }

  // The longest run of words that stand in both in the same order: pairs of places.
  function inCommon(one, other) {
    const n = one.length, m = other.length, longest = [], pairs = [];
    let i, j;
    for (i = n; i >= 0; i -= 1) {
      longest[i] = new Uint16Array(m + 1);
      for (j = m - 1; j >= 0 && i < n; j -= 1) {
        longest[i][j] = one[i] === other[j] ? longest[i + 1][j + 1] + 1 : Math.max(longest[i + 1][j], longest[i][j + 1]);
      }
    }
    for (i = 0, j = 0; i < n && j < m;) {
      if (one[i] === other[j]) { pairs.push([i, j]); i += 1; j += 1; } else if (longest[i + 1][j] >= longest[i][j + 1]) { i += 1; } else { j += 1; }
    }
    return pairs;
  }

  // The words as one run of text, with those marked that are not in `common`.
  function marked(words, common) {
    const parts = [];
    let alone = [];
    function close() {
      if (alone.length) {
        parts.push(element("span", {"class": "cb-only"}, [
          element("span", {"class": "cb-sr"}, ["[only here: "]), alone.join(" "), element("span", {"class": "cb-sr"}, ["]"])
        ]), " ");
      }
      alone = [];
    }
    words.forEach((word, place) => {
      if (common.has(place)) { close(); parts.push(`${word} `); } else { alone.push(word); }
    });
    close();
    return parts;
  }

  // What both say, as runs of two words or more.
  function shared(words, pairs) {
    const runs = [];
    let last = null;
    pairs.forEach(pair => {
      if (last && pair[0] === last[0] + 1 && pair[1] === last[1] + 1) { runs[runs.length - 1].push(words[pair[0]]); } else { runs.push([words[pair[0]]]); }
      last = pair;
    });
    return runs.filter(run => run.length > 1).map(run => run.join(" ").replace(/[,;:.]$/, ""));
  }

  // ——— Which clauses are the nearest to each other: each is the other's best

  function share(one, other) { return one.topics.some(topic => other.topics.includes(topic)); }

  function best(clause, others, onTopic) {
    let found = null, most = ALIKE;
    others.forEach(other => {
      const how = !onTopic || share(clause, other) ? alike(clause, other) : 0;
      if (how > most) { found = other; most = how; }
    });
    return found;
  }

  function nearestPairs(one, other, onTopic) {
    return one.map(clause => [clause, best(clause, other, onTopic)]).filter(pair => pair[1] && best(pair[1], one, onTopic) === pair[0]);
  }

  function pairShown(root, pair) {
    const words = pair.map(clause => tokens(compare.inFull(clause)));
    const pairs = inCommon(words[0].map(bare), words[1].map(bare)), runs = shared(words[0], pairs);
    return element("article", {"class": "cb-pair"}, [
      element("p", {"class": "cb-source-note"}, [`Of ${words[0].length} words and ${words[1].length} words, ${pairs.length} stand in both, in the same order.`]),
      element("div", {"class": "cb-columns"}, pair.map((clause, side) => {
        const common = new Set(pairs.map(both => both[side]));
        return element("blockquote", {"class": "cb-quote"}, [
          element("p", {}, [element("strong", {}, [clause.trust.name]), " ", compare.force(clause.force)]),
          element("p", {}, marked(words[side], common)), compare.cite(root, clause)
        ]);
      })),
      runs.length ? element("p", {}, [`In both: “${runs.join("”, “")}”.`]) : null
    ]);
  }

  function nearest(root, trusts, clausesOf, onTopic) {
    let parts = [];
    trusts.forEach((one, index) => {
      trusts.slice(index + 1).forEach(other => {
        if (!clausesOf(one).length || !clausesOf(other).length) { return; }
        const pairs = nearestPairs(clausesOf(one), clausesOf(other), onTopic);
        parts.push(element("h3", {}, [`${one.name} and ${other.name}`]));
        parts = parts.concat(pairs.length ? pairs.map(pair => pairShown(root, pair)) :
          element("p", {}, ["No clause of one is near in its wording to a clause of the other. They may still ask for the same."]));
      });
    });
    return !parts.length ? [] : [
      element("h2", {}, ["The nearest wordings, word by word"]),
      element("p", {"class": "cb-source-note"}, [`Clauses that are each other's nearest in their words${onTopic ? ", among those that share a topic" : "" 
        }. Words that do not stand in both in the same order are underlined. How many they share says nothing about which is better, or whether they mean the same.${ 
        trusts.some(trust => trust.policies.some(policy => policy.restated)) ? " Restated policies are compared in our words, not in the trusts'." : ""}`])
    ].concat(parts);
  }

  // ——— Side by side

  function column(root, trust, level, parts) {
    return element("section", {"class": "cb-side"}, [element(`h${level}`, {}, [trust.name])].concat(parts));
  }

  function columns(root, trusts, level, partsOf) {
    return element("div", {"class": "cb-columns"}, trusts.map(trust => column(root, trust, level, partsOf(trust))));
  }

  function unsaid(trust, topic) {
    const told = trust.unsaid[topic] || {is: "silent", says: []}, words = window.clausebookData.library.words;
    return [
      element("p", {"class": "cb-qa__answer"}, [element("span", {"class": "cb-answer cb-tone--unknown"}, [words.unsaid[told.is]])]),
      element("p", {}, [words.unsaidMeans[told.is]])
    ].concat(told.says.map(part => element("p", {}, [part])));
  }

  function topicParts(root, trust, topic) {
    const clauses = compare.onTopic(trust, topic);
    return clauses.length ? clauses.map(clause => compare.quote(root, clause)) : unsaid(trust, topic);
  }

  function showTopic(root, trusts, topic) {
    return [
      element("h2", {}, [topic.label]),
      element("p", {"class": "cb-cite"}, [element("a", {href: compare.pageOf(root, "topics", topic)}, ["All trusts on this topic"])]),
      columns(root, trusts, 3, trust => topicParts(root, trust, topic.id).concat(compare.policiesOf(root, trust)))
    ].concat(nearest(root, trusts, trust => compare.onTopic(trust, topic.id), false));
  }

  function showQuestion(root, trusts, question) {
    return [
      element("h2", {}, [question.ask]),
      element("p", {"class": "cb-cite"}, [element("a", {href: compare.pageOf(root, "questions", question)}, ["All trusts on this question"])]),
      columns(root, trusts, 3, trust => compare.positionOf(root, trust, question.id).concat(compare.policiesOf(root, trust)))
    ].concat(nearest(root, trusts, trust => compare.clausesOf(trust, question.id), false));
  }

  function says(library, question, trust) {
    return library.answers[question.id][library.trusts.findIndex(one => one.id === trust.id)].split(" ");
  }

  // Trust by trust what there is, in numbers. Stricter than each of the others: of what a reader does, as in moving.
  function inNumbers(library, trusts) {
    const questions = library.questions, nothing = ["silent", "not-covered", "not-looked-at", "unreadable"];
    function stricter(trust) {
      return questions.filter(question => trusts.every(other => other === trust || compare.kindOf(question, says(library, question, other)[0], says(library, question, trust)[0]) === "stricter")).length;
    }
    const rows = [
      {name: "Clauses", of: trust => Object.keys(trust.byId).length},
      {name: `Questions answered, of ${questions.length}`, of: trust => questions.filter(question => !nothing.includes(says(library, question, trust)[0])).length},
      {name: "Answered by no one else here", of: trust => questions.filter(question => trusts.every(other => (other === trust) !== nothing.includes(says(library, question, other)[0]))).length},
      {name: trusts.length > 2 ? "Stricter than all the others" : "Stricter than the other", of: stricter},
      {name: "Contradicts itself", of: trust => questions.filter(question => says(library, question, trust).length > 1).length}
    ];
    return element("div", {"class": "cb-table", role: "region", "aria-label": "In numbers", tabindex: "0"}, [element("table", {"class": "cb-brief"}, [
      element("caption", {"class": "cb-sr"}, ["In numbers"]),
      element("thead", {}, [element("tr", {}, [element("td", {}, [])].concat(trusts.map(trust => element("th", {scope: "col"}, [trust.name]))))]),
      element("tbody", {}, rows.map(row => element("tr", {}, [element("th", {scope: "row"}, [row.name])].concat(trusts.map(trust => element("td", {}, [String(row.of(trust))]))))))
    ])]);
  }

  function differing(library, trusts) {
    return library.questions.filter(question => trusts.some(trust => says(library, question, trust)[0] !== says(library, question, trusts[0])[0]));
  }

  function whereTheyDiffer(root, library, trusts) {
    const questions = differing(library, trusts);
    return element("details", {"class": "cb-kind-fold"}, [
      element("summary", {}, [element("h3", {}, [`Questions that they answer differently: ${questions.length} of ${library.questions.length}`])])
    ].concat(questions.map(question => element("div", {"class": "cb-change-line"}, [
      element("h4", {}, [element("a", {href: `#trusts=${trusts.map(trust => trust.id)}&on=question.${question.id}`}, [question.ask])]),
      element("div", {"class": "cb-from-to"}, trusts.map(trust => element("div", {}, [element("span", {}, [trust.name]), compare.answer(question.id, trust.positions[question.id])])))
    ]))));
  }

  // The whole policies: first in numbers, then every clause once, folded under the first of its topics.
  function showPolicy(root, library, trusts, result) {
    const parts = [], wordings = nearest(root, trusts, trust => trust.outermost, true);
    library.groups.flatMap(group => group.topics).forEach(topic => {
      const first = function (clause) { return clause.topics[0] === topic.id; };
      if (!trusts.some(trust => trust.outermost.some(first))) { return; }
      const counts = trusts.map(trust => `${trust.name} ${trust.outermost.filter(first).length}`).join(", ");
      parts.push(element("details", {"class": "cb-change-line"}, [
        element("summary", {}, [element("h3", {id: `on-${topic.id}`}, [topic.label]), " ", element("span", {}, [counts])]), columns(root, trusts, 4, trust => {
          const here = trust.outermost.filter(first), elsewhere = compare.onTopic(trust, topic.id).length;
          if (here.length) { return here.map(clause => compare.quote(root, clause)); }
          return elsewhere ? [element("p", {}, ["What it says on this is under other topics."])] : unsaid(trust, topic.id);
        })
      ]));
    });
    return [
      element("h2", {}, [`${trusts.map(nameOf).join(" · ")}: whole policies`]), inNumbers(library, trusts), whereTheyDiffer(root, library, trusts),
      compare.actions(result)
    ].concat(trusts.map(trust => compare.policiesOf(root, trust)), [
      element("h2", {}, ["Every clause, topic by topic"]),
      element("p", {"class": "cb-source-note"}, ["The numbers say how many clauses each trust has, those in lists not counted. Each clause is listed once, under the first of its topics."])
    ], parts, wordings.length ? [element("details", {"class": "cb-kind-fold"}, [element("summary", {}, [wordings[0]])].concat(wordings.slice(1)))] : []);
  }

  // Before anything is chosen: every two trusts, and on how many questions they differ.
  function overview(library) {
    const pairs = compare.pairsOf(library.trusts, false);
    return !pairs.length ? [] : [element("h2", {}, ["Two trusts, whole policies"]), element("ul", {"class": "cb-listed"}, pairs.map(pair => element("li", {}, [
      element("a", {href: `#trusts=${pair.map(trust => trust.id)}&on=policy`}, [pair.map(nameOf).join(" and ")]),
      `: different answers to ${differing(library, pair).length} of ${library.questions.length} questions`
    ])))];
  }

  // ——— The form

  function fill(select, label, options) {
    select.append(element("option", {value: ""}, [label]));
    options.forEach(one => {
      select.append(one.options ? element("optgroup", {label: one.label}, one.options.map(option)) : option(one));
    });
    function option(one) { return element("option", {value: one.value}, [one.label]); }
  }

  function things(library) {
    return [{value: "policy", label: "Whole policies"}].concat(library.groups.map(group => ({label: `Topics: ${group.label}`, options: group.topics.map(topic => ({value: `topic.${topic.id}`, label: topic.label}))})), library.groups.map(group => {
      const ids = group.topics.map(topic => topic.id);
      return {label: `Questions: ${group.label}`, options: library.questions.filter(one => ids.includes(one.topic)).map(one => ({value: `question.${one.id}`, label: one.ask}))};
    }).filter(group => group.options.length));
  }

  function start(form) {
    const library = window.clausebookData.library, root = form.dataset.cbRoot;
    const result = document.querySelector("[data-cb-result]"), status = form.querySelector("[data-cb-status]");
    let asked = 0;
    all(form, "select[name=trusts]").forEach((select, index) => {
      fill(select, index < 2 ? "choose a trust" : "none", library.trusts.map(trust => ({value: trust.id, label: trust.name})));
    });
    fill(form.elements.on, "choose what to compare", things(library));

    // What is missing or wrong in what the reader chose, in words; nothing where it can be shown.
    function lacking(ids, on) {
      const twice = ids.find((id, index) => ids.indexOf(id) !== index);
      if (twice) {
        return `${nameOf(library.trusts.find(trust => trust.id === twice))} is chosen twice. A trust is compared with others: choose another in one of the two places.`;
      }
      if (ids.length < 2) { return (ids.length ? "Choose a second trust" : "Choose two to four trusts") + (on ? "." : ", and what to compare."); }
      return on ? "" : "Choose what to compare: a topic, a question or whole policies.";
    }

    function show(trusts, on) {
      const id = on.slice(on.indexOf(".") + 1);
      function called(one) { return one.id === id; }
      if (on === "policy") { return showPolicy(root, library, trusts, result); }
      return on.startsWith("topic.") ? showTopic(root, trusts, library.groups.flatMap(group => group.topics).find(called)) :
        showQuestion(root, trusts, library.questions.find(called));
    }

    clausebookView(form, {trusts: "trust", on: "topic, question or policy"}, chosen => {
      const ids = chosen.trusts || [], on = (chosen.on || [""])[0], wanting = lacking(ids, on), turn = asked += 1;
      status.textContent = wanting || "Loading …";
      result.replaceChildren(...(ids.length || on ? [] : overview(library)));
      if (wanting) { return; }
      compare.load(root, ids, failed => {
        if (turn !== asked) { return; } // the reader has chosen something else since
        if (failed.length) {
          status.textContent = `The texts of ${failed.join(" and ")} could not be loaded. Reload the page; if that does not help, this copy of the site is incomplete.`;
          return;
        }
        const trusts = ids.map(compare.trust);
        result.replaceChildren(...show(trusts, on));
        status.textContent = `Side by side: ${trusts.map(nameOf).join(", ")}.`;
      });
    });
  }

  startAt("form[data-cb-pick]", start);
})();
