/* Pick your own: two to four trusts side by side on a topic, a question or the whole policy, and where the nearest wordings part. */
(function () {
  "use strict";

  var compare = window.clausebookCompare, element = compare.element;
  var ALIKE = 0.4; // of the longer words of two clauses, how many both have; below that they share little but their topic

  function flat(lists) { return [].concat.apply([], lists); }
  function nameOf(trust) { return trust.name; }

  // ——— Words

  function tokens(text) { return text.split(/\s+/).filter(Boolean); }
  function bare(word) { return word.toLowerCase().replace(/[‘’]/g, "'").replace(/^[^a-z0-9]+|[^a-z0-9]+$/g, ""); }

  function longerWords(clause) {
    clause.words = clause.words || new Set(tokens(compare.inFull(clause)).map(bare).filter(function (word) { return word.length > 3; }));
    return clause.words;
  }

  function alike(one, other) {
    var a = longerWords(one), b = longerWords(other), both = 0;
    a.forEach(function (word) { if (b.has(word)) { both += 1; } });
    return a.size + b.size ? 2 * both / (a.size + b.size) : 0;
  }

  // The longest run of words that stand in both in the same order: pairs of places.
  function inCommon(one, other) {
    var n = one.length, m = other.length, longest = [], pairs = [], i, j;
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
    var parts = [], alone = [];
    function close() {
      if (alone.length) {
        parts.push(element("span", {"class": "cb-only"}, [
          element("span", {"class": "cb-sr"}, ["[only here: "]), alone.join(" "), element("span", {"class": "cb-sr"}, ["]"])
        ]), " ");
      }
      alone = [];
    }
    words.forEach(function (word, place) {
      if (common.has(place)) { close(); parts.push(word + " "); } else { alone.push(word); }
    });
    close();
    return parts;
  }

  // What both say, as runs of two words or more.
  function shared(words, pairs) {
    var runs = [], last = null;
    pairs.forEach(function (pair) {
      if (last && pair[0] === last[0] + 1 && pair[1] === last[1] + 1) { runs[runs.length - 1].push(words[pair[0]]); } else { runs.push([words[pair[0]]]); }
      last = pair;
    });
    return runs.filter(function (run) { return run.length > 1; }).map(function (run) { return run.join(" ").replace(/[,;:.]$/, ""); });
  }

  // ——— Which clauses are the nearest to each other: each is the other's best

  function share(one, other) { return one.topics.some(function (topic) { return other.topics.indexOf(topic) >= 0; }); }

  function best(clause, others, onTopic) {
    var found = null, most = ALIKE;
    others.forEach(function (other) {
      var how = !onTopic || share(clause, other) ? alike(clause, other) : 0;
      if (how > most) { found = other; most = how; }
    });
    return found;
  }

  function nearestPairs(one, other, onTopic) {
    return one.map(function (clause) { return [clause, best(clause, other, onTopic)]; }).filter(function (pair) {
      return pair[1] && best(pair[1], one, onTopic) === pair[0];
    });
  }

  function pairShown(root, pair) {
    var words = pair.map(function (clause) { return tokens(compare.inFull(clause)); });
    var pairs = inCommon(words[0].map(bare), words[1].map(bare)), runs = shared(words[0], pairs);
    return element("article", {"class": "cb-pair"}, [
      element("p", {"class": "cb-source-note"}, ["Of " + words[0].length + " words and " + words[1].length + " words, " + pairs.length + " stand in both, in the same order."]),
      element("div", {"class": "cb-columns"}, pair.map(function (clause, side) {
        var common = new Set(pairs.map(function (both) { return both[side]; }));
        return element("blockquote", {"class": "cb-quote"}, [
          element("p", {}, [element("strong", {}, [clause.trust.name]), " ", compare.force(clause.force)]),
          element("p", {}, marked(words[side], common)), compare.cite(root, clause)
        ]);
      })),
      runs.length ? element("p", {}, ["In both: “" + runs.join("”, “") + "”."]) : null
    ]);
  }

  function nearest(root, trusts, clausesOf, onTopic) {
    var parts = [];
    trusts.forEach(function (one, index) {
      trusts.slice(index + 1).forEach(function (other) {
        if (!clausesOf(one).length || !clausesOf(other).length) { return; }
        var pairs = nearestPairs(clausesOf(one), clausesOf(other), onTopic);
        parts.push(element("h3", {}, [one.name + " and " + other.name]));
        parts = parts.concat(pairs.length ? pairs.map(function (pair) { return pairShown(root, pair); }) :
          element("p", {}, ["No clause of one is near in its wording to a clause of the other. They may still ask for the same."]));
      });
    });
    return !parts.length ? [] : [
      element("h2", {}, ["The nearest wordings, word by word"]),
      element("p", {"class": "cb-source-note"}, ["Clauses that are each other's nearest in their words" + (onTopic ? ", among those that share a topic" : "") +
        ". Words that do not stand in both in the same order are underlined. How many they share says nothing about which is better, or whether they mean the same." +
        (trusts.some(function (trust) { return trust.restated; }) ? " Restated policies are compared in our words, not in the trusts'." : "")])
    ].concat(parts);
  }

  // ——— Side by side

  function column(root, trust, level, parts) {
    return element("section", {"class": "cb-side"}, [element("h" + level, {}, [trust.name])].concat(parts));
  }

  function source(root, trust) {
    return element("p", {"class": "cb-cite"}, [
      element("a", {href: root + trust.policy}, [trust.title]), ", " + trust.dated + "." + (trust.restated ? " Restated by us." : "")
    ]);
  }

  function columns(root, trusts, level, partsOf) {
    return element("div", {"class": "cb-columns"}, trusts.map(function (trust) { return column(root, trust, level, partsOf(trust)); }));
  }

  function unsaid(trust, topic) {
    var unsaid = trust.unsaid[topic] || {is: "silent", says: []}, words = window.clausebookData.library.words;
    return [
      element("p", {"class": "cb-qa__answer"}, [element("span", {"class": "cb-answer cb-answer--" + unsaid.is}, [words.unsaid[unsaid.is]])]),
      element("p", {}, [words.unsaidMeans[unsaid.is]])
    ].concat(unsaid.says.map(function (part) { return element("p", {}, [part]); }));
  }

  function topicParts(root, trust, topic) {
    var clauses = compare.onTopic(trust, topic);
    return clauses.length ? clauses.map(function (clause) { return compare.quote(root, clause); }) : unsaid(trust, topic);
  }

  function showTopic(root, trusts, topic) {
    return [
      element("h2", {}, [topic.label]),
      element("p", {"class": "cb-cite"}, [element("a", {href: root + "compare/topics/" + topic.id + "/index.html"}, ["All trusts on this topic"])]),
      columns(root, trusts, 3, function (trust) { return topicParts(root, trust, topic.id).concat(source(root, trust)); })
    ].concat(nearest(root, trusts, function (trust) { return compare.onTopic(trust, topic.id); }, false));
  }

  function showQuestion(root, trusts, question) {
    return [
      element("h2", {}, [question.ask]),
      element("p", {"class": "cb-cite"}, [element("a", {href: root + "compare/questions/" + question.id + "/index.html"}, ["All trusts on this question"])]),
      columns(root, trusts, 3, function (trust) { return compare.positionOf(root, trust, question.id).concat(source(root, trust)); })
    ].concat(nearest(root, trusts, function (trust) {
      return trust.positions[question.id].clauses.map(function (id) { return trust.byId[id]; });
    }, false));
  }

  // Every clause once, under the first of its topics.
  function showPolicy(root, trusts, groups) {
    var topics = flat(groups.map(function (group) { return group.topics; }));
    var parts = [element("h2", {}, ["The whole policy"]), element("p", {"class": "cb-source-note"}, ["Each clause stands once, under the first of its topics."])];
    parts.push(columns(root, trusts, 3, function (trust) { return [source(root, trust)]; }));
    var list = element("ul", {"class": "cb-names"}, []);
    parts.push(element("nav", {"aria-label": "Topics of these policies"}, [list]));
    topics.forEach(function (topic) {
      var first = function (clause) { return clause.topics[0] === topic.id; };
      if (!trusts.some(function (trust) { return trust.outermost.some(first); })) { return; }
      list.append(element("li", {}, [element("a", {href: "#on-" + topic.id}, [topic.label])]));
      parts.push(element("h3", {id: "on-" + topic.id}, [topic.label]), columns(root, trusts, 4, function (trust) {
        var here = trust.outermost.filter(first), elsewhere = compare.onTopic(trust, topic.id).length;
        if (here.length) { return here.map(function (clause) { return compare.quote(root, clause); }); }
        return elsewhere ? [element("p", {}, ["What it says on this stands under other topics."])] : unsaid(trust, topic.id);
      }));
    });
    return parts.concat(nearest(root, trusts, function (trust) { return trust.outermost; }, true));
  }

  // ——— The form

  function fill(select, label, options) {
    select.append(element("option", {value: ""}, [label]));
    options.forEach(function (one) {
      select.append(one.options ? element("optgroup", {label: one.label}, one.options.map(option)) : option(one));
    });
    function option(one) { return element("option", {value: one.value}, [one.label]); }
  }

  function things(library) {
    return [{value: "policy", label: "The whole policy"}].concat(library.groups.map(function (group) {
      return {label: "Topics: " + group.label, options: group.topics.map(function (topic) { return {value: "topic." + topic.id, label: topic.label}; })};
    }), library.groups.map(function (group) {
      var ids = group.topics.map(function (topic) { return topic.id; });
      return {label: "Questions: " + group.label, options: library.questions.filter(function (one) { return ids.indexOf(one.topic) >= 0; }).map(function (one) {
        return {value: "question." + one.id, label: one.ask};
      })};
    }).filter(function (group) { return group.options.length; }));
  }

  function start(form) {
    var library = window.clausebookData.library, root = form.dataset.cbRoot;
    var result = document.querySelector("[data-cb-result]"), status = form.querySelector("[data-cb-status]"), asked = 0;
    Array.prototype.forEach.call(form.querySelectorAll("select[name=trusts]"), function (select, index) {
      fill(select, index < 2 ? "choose a trust" : "none", library.trusts.map(function (trust) { return {value: trust.id, label: trust.name}; }));
    });
    fill(form.elements.on, "choose what to compare", things(library));

    // What is missing or wrong in what the reader chose, in words; nothing where it can be shown.
    function lacking(ids, on) {
      var twice = ids.filter(function (id, index) { return ids.indexOf(id) !== index; })[0];
      if (twice) {
        return library.trusts.filter(function (trust) { return trust.id === twice; }).map(nameOf)[0] + " is chosen twice. A trust is compared with others: choose another in one of the two places.";
      }
      if (ids.length < 2) { return (ids.length ? "Choose a second trust" : "Choose two to four trusts") + (on ? "." : ", and what to compare."); }
      return on ? "" : "Choose what to compare: a topic, a question or the whole policy.";
    }

    function show(trusts, on) {
      var id = on.slice(on.indexOf(".") + 1);
      function called(one) { return one.id === id; }
      if (on === "policy") { return showPolicy(root, trusts, library.groups); }
      return on.indexOf("topic.") === 0 ? showTopic(root, trusts, flat(library.groups.map(function (group) { return group.topics; })).filter(called)[0]) :
        showQuestion(root, trusts, library.questions.filter(called)[0]);
    }

    window.clausebookView(form, {trusts: "trust", on: "topic, question or policy"}, function (chosen) {
      var ids = chosen.trusts || [], on = (chosen.on || [""])[0], wanting = lacking(ids, on), turn = asked += 1;
      status.textContent = wanting || "Loading …";
      result.replaceChildren();
      if (wanting) { return; }
      compare.load(root, ids, function (failed) {
        if (turn !== asked) { return; } // the reader has chosen something else since
        if (failed.length) {
          status.textContent = "The texts of " + failed.join(" and ") + " could not be loaded. Reload the page; if that does not help, this copy of the site is incomplete.";
          return;
        }
        var trusts = ids.map(compare.trust);
        result.replaceChildren.apply(result, show(trusts, on));
        status.textContent = "Side by side: " + trusts.map(nameOf).join(", ") + ".";
      });
    });
  }

  Array.prototype.forEach.call(document.querySelectorAll("form[data-cb-pick]"), start);
})();
