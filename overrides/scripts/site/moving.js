// @ts-check
/* Moving from one trust to another: what gets stricter, looser, new or unsaid, question by question. */
(() => {
  "use strict";

  const compare = clausebookCompare, {element, startAt} = clausebookDom;

  // The kinds of difference in the order in which a reader wants them; `folded` where little is to be done about them.
  function kinds(from, to) {
    return [
      {id: "stricter", tile: "stricter", heading: `Stricter at ${to}`, about: `${to} asks more of you, or allows you less. Read the reasons: conditions differ as well.`},
      {id: "looser", tile: "less strict", heading: `Less strict at ${to}`, about: `${to} asks less of you, or allows you more. Read the reasons: conditions differ as well.`},
      {id: "new", tile: "new", heading: `New at ${to}`, about: `${from} does not say anything on this. ${to} does.`},
      {id: "unsaid", tile: "no longer stated", heading: `Not stated at ${to}`, about: `${to} does not say. That is not permission: ask first.`},
      {id: "different", tile: "different in another way", heading: "Different, but neither stricter nor less strict", about: "The answers differ. They are about what the trust may do or what the policy says of itself, or cannot be put in order."},
      {id: "damaged", tile: "can't be read", heading: "Can't be read", about: "One of the two documents is damaged where it would say. Ask first."},
      {id: "same", tile: "the same", heading: "The same answer", about: "Both give the same answer. Their conditions may still differ: read both.", folded: true},
      {id: "neither", tile: "stated by neither", heading: "Not stated by either", about: "Neither says, or neither has a policy here on it. Ask first.", folded: true}
    ];
  }

  // A question with both answers in a line, and the reasons and clauses folded below it.
  function line(root, question, from, to) {
    const sides = element("div", {"class": "cb-columns"}, [from, to].map((trust, index) => element("section", {"class": "cb-side"}, [
        element("h4", {}, [(index ? "To " : "From ") + trust.name])
      ].concat(compare.positionOf(root, trust, question.id)))));
    const answers = [from, to].map(trust => element("div", {}, [element("span", {}, [trust.name]), compare.answer(question.id, trust.positions[question.id])]));
    return element("details", {"class": "cb-change-line"}, [
      element("summary", {}, [element("h3", {}, [question.ask]), element("div", {"class": "cb-from-to"}, answers)]),
      sides, element("p", {"class": "cb-cite"}, [element("a", {href: compare.pageOf(root, "questions", question)}, ["All trusts on this question"])])
    ]);
  }

  function topicsOnlyIn(library, one, other) {
    return library.groups.flatMap(group => group.topics).filter(topic => compare.onTopic(one, topic.id).length && !compare.onTopic(other, topic.id).length && !other.unsaid[topic.id]);
  }

  function topicList(root, from, to, topics) {
    return element("ul", {}, topics.map(topic => element("li", {}, [element("a", {href: `${root}compare/pick/index.html#trusts=${from.id},${to.id}&on=topic.${topic.id}`}, [topic.label])])));
  }

  function show(root, library, result, from, to) {
    const found = compare.changesBetween(from.id, to.id), parts = [];
    const all = kinds(from.name, to.name), there = all.filter(kind => found[kind.id]);
    const told = all.filter((kind, place) => place < 4 || found[kind.id]); // that nothing is stricter is news as well
    there.forEach(kind => {
      const lines = found[kind.id].map(question => line(root, question, from, to));
      const heading = element("h2", {id: kind.id}, [`${kind.heading}: ${lines.length}`]), about = element("p", {}, [kind.about]);
      if (kind.folded) {
        parts.push(element("details", {"class": "cb-kind-fold"}, [element("summary", {}, [heading]), about].concat(lines)));
      } else {
        parts.push(heading, about, ...lines);
      }
    });
    const topics = library.groups.reduce((sum, group) => sum + group.topics.length, 0), others = [];
    [[to, from, "topics-new"], [from, to, "topics-unsaid"]].forEach(side => {
      const only = topicsOnlyIn(library, side[0], side[1]);
      if (!only.length) { return; }
      others.push({count: only.length, words: `only in ${side[0].name}`, to: `#${side[2]}`});
      parts.push(element("details", {"class": "cb-kind-fold"}, [
        element("summary", {}, [element("h2", {id: side[2]}, [`Topics that only ${side[0].name} deals with: ${only.length}`])]), topicList(root, from, to, only)
      ]));
    });
    return [
      element("h2", {}, [`From ${from.name} to ${to.name}`]),
      element("p", {}, [`Of ${library.questions.length} questions, at ${to.name}:`]),
      compare.tiles(told.map(kind => ({count: (found[kind.id] || []).length, words: kind.tile, to: found[kind.id] && `#${kind.id}`})))
    ].concat(others.length ? [element("p", {}, [`Of ${topics} topics:`]), compare.tiles(others)] : [], [
      compare.actions(result), compare.policiesOf(root, from), compare.policiesOf(root, to)
    ], parts);
  }

  // Before anything is chosen: every move, or, where the trusts are many, every move from the one that is chosen.
  function overview(library, from) {
    const old = library.trusts.find(trust => trust.id === from);
    const pairs = old ? library.trusts.filter(trust => trust !== old).map(trust => [old, trust]) : compare.pairsOf(library.trusts, true);
    if (!pairs.length) { return []; }
    return [element("h2", {}, ["Every move in numbers"]), element("ul", {"class": "cb-listed"}, pairs.map(([one, other]) => {
      const found = compare.changesBetween(one.id, other.id);
      const counts = kinds(one.name, other.name).slice(0, 4).filter(kind => found[kind.id]).map(kind => `${found[kind.id].length} ${kind.tile}`);
      return element("li", {}, [element("a", {href: `#from=${one.id}&to=${other.id}`}, [`From ${one.name} to ${other.name}`]), `: ${counts.join(", ") || "nothing changes"}`]);
    }))];
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
      if (!from || !to) {
        status.textContent = "Choose the trust that you leave and the one that you go to.";
        result.replaceChildren(...overview(library, from));
        return;
      }
      if (from === to) { status.textContent = "That is one trust twice: nothing changes. Choose another in one of the two places."; return; }
      status.textContent = "Loading …";
      compare.load(root, [from, to], failed => {
        if (turn !== asked) { return; } // the reader has chosen something else since
        if (failed.length) {
          status.textContent = `The texts of ${failed.join(" and ")} could not be loaded. Reload the page; if that does not help, this copy of the site is incomplete.`;
          return;
        }
        result.replaceChildren(...show(root, library, result, compare.trust(from), compare.trust(to)));
        status.textContent = `From ${compare.trust(from).name} to ${compare.trust(to).name}.`;
      });
    });
  }

  startAt("form[data-cb-moving]", start);
})();
