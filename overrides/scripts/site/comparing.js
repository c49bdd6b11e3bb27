// @ts-check
/* What the pages that compare trusts of a reader's choice share: the trusts' texts, and how a clause and an answer are shown. */
const clausebookCompare = (() => {
  "use strict";

  const {element} = clausebookDom;
  /** @type {Record<string, any>} */
  const data = window.clausebookData = window.clausebookData || {};

  // Loads the trusts that are not here yet, then calls `done` with those that could not be had. A script opens from a folder too.
  function load(root, ids, done) {
    const missing = ids.filter(id => !data[`trust ${id}`]), failed = [];
    let waiting = missing.length;
    if (!waiting) { done(failed); }
    missing.forEach(id => {
      const script = element("script", {src: `${root}compare/data/trusts/${id}.js`});
      function ended() { waiting -= 1; if (!waiting) { done(failed); } }
      script.addEventListener("load", ended);
      script.addEventListener("error", () => { failed.push(id); ended(); });
      document.head.append(script);
    });
  }

  // The trust with every clause by its policy's place and its id, each with its lead-ins, its policy and the section it stands in.
  function trust(id) {
    const found = data[`trust ${id}`];
    if (!found.byId) {
      found.id = id;
      found.byId = {};
      found.outermost = [];
      found.sections.forEach(section => {
        section.clauses.forEach(clause => {
          found.outermost.push(clause);
          place(clause, [], [], section);
        });
      });
    }
    return found;

    function place(clause, leadIn, goesOn, section) {
      clause.leadIn = leadIn;
      clause.goesOn = goesOn;
      clause.section = section.heading;
      clause.trust = found;
      clause.policy = found.policies[section.policy];
      found.byId[`${section.policy}#${clause.id}`] = clause;
      clause.items.forEach(item => { place(item, leadIn.concat(clause.text), (clause.after ? [clause.after] : []).concat(goesOn), section); });
    }
  }

  function below(clause) {
    return [clause.text].concat(clause.items.map(below).join("; ") || [], clause.after || []).join(" ");
  }

  // The words with the lead-ins, with all that hangs from them, and with what goes on after the lists they stand in.
  function inFull(clause) { return clause.leadIn.concat(below(clause), clause.goesOn).join(" "); }

  // The clauses of a trust on a topic: of those that hang from each other the outermost.
  function onTopic(found, topic) {
    function within(clause) {
      return clause.topics.includes(topic) ? [clause] : clause.items.flatMap(within);
    }
    return found.outermost.flatMap(within);
  }

  function force(modality) {
    return element("span", {"class": `cb-force cb-force--${modality}`}, [data.library.words.force[modality]]);
  }

  // What an answer comes to by what the question asks, and what that means for staff.
  function verdictAndTone(question, found) {
    return data.library.verdicts[data.library.questions.find(one => one.id === question).verdicts][found];
  }

  function verdict(question, found) { return verdictAndTone(question, found)[0]; }

  // The verdict, coloured by what it means for staff; beside it how strongly it is put.
  function said(question, found) {
    const words = data.library.words, [comesTo, tone] = verdictAndTone(question, found), strength = words.strength[found];
    return [
      element("span", {"class": `cb-answer cb-tone--${tone}`}, [words.verdict[comesTo]]),
      strength && " ", strength && element("span", {"class": "cb-strength"}, [strength])
    ];
  }

  function answer(question, position) {
    return element("p", {"class": "cb-qa__answer"}, [
      ...said(question, position.answer), " ",
      position.conflict && element("span", {"class": "cb-conflict"}, [position.differ ? "policies differ" : "contradicts itself"])
    ]);
  }

  function items(clause) {
    if (!clause.items.length) { return null; }
    return element("ul", {"class": "cb-items"}, clause.items.map(item => element("li", {}, [item.force !== clause.force && force(item.force), item.force !== clause.force && " ", item.text, items(item), item.after && ` ${item.after}`])));
  }

  function cite(root, clause) {
    const name = clause.number ? `Clause ${clause.number}${clause.counted ? " (counted)" : ""}` : clause.section;
    return element("p", {"class": "cb-cite"}, [
      element("a", {href: `${root + clause.policy.page}#${clause.id}`}, [name]), clause.lines && `, source ${clause.lines}`,
      clause.trust.policies.length > 1 && ` · ${clause.policy.title}`
    ]);
  }

  // A clause as evidence: with its lead-ins, its force, its number, and the way to it.
  function quote(root, clause) {
    const words = [force(clause.force), " "];
    clause.leadIn.forEach(lead => { words.push(element("span", {"class": "cb-lead-in"}, [lead]), " "); });
    const rest = [clause.after].concat(clause.goesOn).filter(Boolean).map(text => element("p", {"class": "cb-after"}, [text]));
    return element("blockquote", {"class": "cb-quote"}, [element("p", {}, words.concat(clause.text)), items(clause), rest, cite(root, clause)].flat());
  }

  // The clauses of an answer, which a narrow screen shows only on demand: otherwise a reader scrolls past most of them.
  function evidence(root, clauses) {
    if (!clauses.length) { return null; }
    const summary = element("summary", {}, [clauses.length === 1 ? "The clause" : `The ${clauses.length} clauses`]);
    const details = /** @type {HTMLDetailsElement} */ (element("details", {"class": "cb-evidence"}, [summary].concat(clauses.map(clause => quote(root, clause)))));
    details.open = window.matchMedia("(min-width: 45em)").matches;
    return details;
  }

  // The answer, the reasons and the clauses, policy by policy; where no policy says, what was searched for, and: ask first.
  function positionOf(root, found, question) {
    const position = found.positions[question], means = data.library.words.answerMeans[position.answer];
    const parts = [answer(question, position), element("p", {"class": "cb-advice"}, [position.advice])];
    if (position.answer === "silent") {
      parts.push(element("p", {}, [`${position.says.length > 1 ? "No policy says" : "The policy does not say"}. We searched for “${position.searched.join("”, “")}”. That is not permission.`]));
    } else if (position.answer === "unreadable") {
      parts.push(element("p", {}, ["The document is damaged where it would say."]));
    } else if (means) { parts.push(element("p", {}, [means])); }
    position.says.forEach(says => {
      const policy = found.policies[says.policy];
      if (position.says.length > 1) { parts.push(element("p", {}, [element("strong", {}, [`${policy.title}: `]), ...said(question, says.answer)])); }
      if (says.because) { parts.push(element("p", {}, [says.because])); }
      if (says.conflict) {
        parts.push(element("p", {"class": "cb-source-note"}, [`Clauses of this policy disagree. Both sides follow. ${says.ruling || "The trust has recorded no ruling that we know of."}`]));
      }
      says.front.forEach(text => { parts.push(element("p", {}, [text, " ", element("span", {"class": "cb-cite"}, ["Front matter"])])); });
      parts.push(evidence(root, says.clauses.map(key => found.byId[key])));
    });
    return parts;
  }

  // The clauses that bear on a question.
  function clausesOf(found, question) {
    return found.positions[question].says.flatMap(says => says.clauses).map(key => found.byId[key]);
  }

  // The hub's page of a topic or a question; what follows the double hyphen says of which kind of policy it is asked here.
  function pageOf(root, folder, one) { return `${root}compare/${folder}/${one.id.split("--")[0]}/index.html`; }

  // The policies of a trust, each with its date and the way to it.
  function policiesOf(root, found) {
    return element("p", {"class": "cb-cite"}, [`${found.name}: `].concat(found.policies.flatMap((policy, index) => [
      index ? " · " : "", element("a", {href: root + policy.page}, [policy.title]), `, ${policy.dated}${policy.restated ? ", restated by us" : ""}`
    ])));
  }

  // What changes for a reader from one trust's answer to another's, each a word of the library.
  function kindOf(question, before, after) {
    if (before === "unreadable" || after === "unreadable") { return "damaged"; }
    const silent = [before, after].map(word => ["silent", "not-covered", "not-looked-at"].includes(word));
    if (silent[0] && silent[1]) { return "neither"; }
    if (silent[0]) { return "new"; }
    if (silent[1]) { return "unsaid"; }
    if (before === after) { return "same"; }
    if (!(before in question.strictness && after in question.strictness)) { return "different"; }
    return question.strictness[after] > question.strictness[before] ? "stricter" : "looser";
  }

  // The questions by kind of change from one trust to another; texts need not be here yet.
  function changesBetween(from, to) {
    const library = data.library, places = [from, to].map(id => library.trusts.findIndex(one => one.id === id)), found = {};
    library.questions.forEach(question => {
      const words = places.map(place => library.answers[question.id][place].split(" ")[0]), kind = kindOf(question, words[0], words[1]);
      (found[kind] = found[kind] || []).push(question);
    });
    return found;
  }

  // Numbers to be seen at a glance, each with its words and, where there is more to read, the way there.
  function tiles(rows) {
    return element("ul", {"class": "cb-tiles"}, rows.map(row => element("li", {}, [
      element("strong", {}, [String(row.count)]), " ", row.to ? element("a", {href: row.to}, [row.words]) : row.words
    ])));
  }

  // What can be done with what was put together: all of it opened, and printed or saved as a PDF by the browser.
  function actions(result) {
    const open = element("button", {type: "button", "class": "cb-button cb-button--quiet"}, ["Open everything"]);
    const print = element("button", {type: "button", "class": "cb-button cb-button--quiet"}, ["Print or save as PDF"]);
    open.addEventListener("click", () => {
      const folded = clausebookDom.all(result, "details"), opens = folded.some(one => !one.open);
      folded.forEach(one => { one.open = opens; });
      open.textContent = opens ? "Fold everything" : "Open everything";
    });
    print.addEventListener("click", () => { window.print(); });
    return element("p", {"class": "cb-actions"}, [open, " ", print]);
  }

  // Every two trusts, in both directions where `ordered`; nothing where they are too many to be listed.
  function pairsOf(trusts, ordered) {
    if (trusts.length > 6) { return []; }
    return trusts.flatMap((one, place) => trusts.filter((other, index) => ordered ? other !== one : index > place).map(other => [one, other]));
  }

  return {answer, kindOf, changesBetween, tiles, actions, pairsOf, load, trust, inFull, onTopic, quote, cite, positionOf, clausesOf, policiesOf, pageOf, force, said, verdict};
})();
