// @ts-check
/* Moving from one trust to another: what gets stricter, looser, new or unsaid, question by question. */
(() => {
  "use strict";

  const compare = clausebookCompare, {element, startAt} = clausebookDom;

  // The kinds of difference in the order in which a reader wants them; `open` where each line is shown in full at once.
  function kinds(from, to) {
    return [
      {id: "stricter", heading: `Stricter at ${to}`, about: `${to}'s answer is the stricter word. Read the reasons: conditions differ as well.`, open: true},
      {id: "looser", heading: `Looser at ${to}`, about: `${to}'s answer is the looser word. Read the reasons: conditions differ as well.`, open: true},
      {id: "new", heading: `New at ${to}`, about: `${from} does not say anything on this; ${to} does.`, open: true},
      {id: "unsaid", heading: `Not said at ${to}`, about: `${to} does not say. That is not permission: ask first.`, open: true},
      {id: "different", heading: "Different, and neither stricter nor looser", about: "The answers differ, but they speak of what the trust may do or of what the policy says of itself, or do not lie on one scale.", open: true},
      {id: "damaged", heading: "Cannot be told", about: "One of the two documents is damaged where it would say. Ask first.", open: true},
      {id: "same", heading: "The same word", about: "Both answer with the same word. Their conditions may still differ: read both."},
      {id: "neither", heading: "Neither says", about: "Both are silent, or have no policy here on it. Ask first."}
    ];
  }

  function kindOf(question, from, to) {
    const before = from.positions[question.id].answer, after = to.positions[question.id].answer;
    if (before === "unreadable" || after === "unreadable") { return "damaged"; }
    const silent = [before, after].map(answer => ["silent", "not-covered", "not-looked-at"].includes(answer));
    if (silent[0] && silent[1]) { return "neither"; }
    if (silent[0]) { return "new"; }
    if (silent[1]) { return "unsaid"; }
    if (before === after) { return "same"; }
    if (!(before in question.strictness && after in question.strictness)) { return "different"; }
    return question.strictness[after] > question.strictness[before] ? "stricter" : "looser";
  }

  function line(root, question, from, to, open) {
    const sides = element("div", {"class": "cb-columns"}, [from, to].map((trust, index) => element("section", {"class": "cb-side"}, [
        element("h4", {}, [(index ? "To " : "From ") + trust.name])
      ].concat(compare.positionOf(root, trust, question.id)))));
    const link = element("a", {href: compare.pageOf(root, "questions", question)}, [question.ask]);
    if (open) { return element("article", {"class": "cb-qa"}, [element("h3", {}, [link]), sides]); }
    return element("details", {}, [element("summary", {}, [question.ask]), element("p", {"class": "cb-cite"}, [
      element("a", {href: compare.pageOf(root, "questions", question)}, ["All trusts on this question"])
    ]), sides]);
  }

  function topicsOnlyIn(library, one, other) {
    return library.groups.flatMap(group => group.topics).filter(topic => compare.onTopic(one, topic.id).length && !compare.onTopic(other, topic.id).length && !other.unsaid[topic.id]);
  }

  function topicList(root, from, to, topics) {
    return element("ul", {}, topics.map(topic => element("li", {}, [element("a", {href: `${root}compare/pick/index.html#trusts=${from.id},${to.id}&on=topic.${topic.id}`}, [topic.label])])));
  }

  function show(root, library, from, to) {
    const found = {}, parts = [], counts = [], others = [];
    library.questions.forEach(question => {
      const kind = kindOf(question, from, to);
      (found[kind] = found[kind] || []).push(question);
    });
    kinds(from.name, to.name).forEach(kind => {
      const questions = found[kind.id] || [];
      if (!questions.length) { return; }
      counts.push(element("li", {}, [element("a", {href: `#${kind.id}`}, [kind.heading]), `: ${questions.length}`]));
      parts.push(element("h2", {id: kind.id}, [kind.heading]), element("p", {}, [kind.about]));
      questions.forEach(question => { parts.push(line(root, question, from, to, kind.open)); });
    });
    [[to, from, "topics-new", `Topics that only ${to.name} speaks of`], [from, to, "topics-unsaid", `Topics that only ${from.name} speaks of`]].forEach(side => {
      const topics = topicsOnlyIn(library, side[0], side[1]);
      if (!topics.length) { return; }
      others.push(element("li", {}, [element("a", {href: `#${side[2]}`}, [side[3]]), `: ${topics.length}`]));
      parts.push(element("h2", {id: side[2]}, [side[3]]), topicList(root, from, to, topics));
    });
    const topics = library.groups.reduce((sum, group) => sum + group.topics.length, 0);
    return [
      element("p", {}, [`Of ${library.questions.length} questions that staff and union reps ask:`]), element("ul", {}, counts)
    ].concat(others.length ? [element("p", {}, [`Of ${topics} topics:`]), element("ul", {}, others)] : [], [
      compare.policiesOf(root, from), compare.policiesOf(root, to)
    ], parts);
  }

  function start(form) {
    const library = window.clausebookData.library, root = form.dataset.cbRoot;
    const result = document.querySelector("[data-cb-result]"), status = form.querySelector("[data-cb-status]");
    let asked = 0;
    ["from", "to"].forEach(name => {
      form.elements[name].append(element("option", {value: ""}, ["choose a trust"]));
      library.trusts.forEach(trust => { form.elements[name].append(element("option", {value: trust.id}, [trust.name])); });
    });

    form.querySelector("[data-cb-swap]").addEventListener("click", () => {
      const from = form.elements.from.value;
      form.elements.from.value = form.elements.to.value;
      form.elements.to.value = from;
      form.elements.to.dispatchEvent(new Event("input", {bubbles: true}));
    });

    clausebookView(form, {from: "trust", to: "trust"}, chosen => {
      const from = (chosen.from || [])[0], to = (chosen.to || [])[0], turn = asked += 1;
      result.replaceChildren();
      if (!from || !to) { status.textContent = "Choose the trust that you leave and the one that you go to."; return; }
      if (from === to) { status.textContent = "That is one trust twice: nothing changes. Choose another in one of the two places."; return; }
      status.textContent = "Loading …";
      compare.load(root, [from, to], failed => {
        if (turn !== asked) { return; } // the reader has chosen something else since
        if (failed.length) {
          status.textContent = `The texts of ${failed.join(" and ")} could not be loaded. Reload the page; if that does not help, this copy of the site is incomplete.`;
          return;
        }
        result.replaceChildren(...show(root, library, compare.trust(from), compare.trust(to)));
        status.textContent = `From ${compare.trust(from).name} to ${compare.trust(to).name}.`;
      });
    });
  }

  startAt("form[data-cb-moving]", start);
})();
