// @ts-check
/* What a personal link opens: the link is read and checked here, and the receipt is made here. Nothing is sent. Only the ticks of what was
   read are kept, on this device, where the list of what to read on the trust's first page has them too.
   The link stands in the fragment of the address, which no server sees; personal-link.js reads it. generator/clausebook/acknowledgements/ reads what is written here. */
(() => {
  "use strict";

  const {all, first, holds, inWords, say, scriptRuns, startAt, words} = clausebookDom;
  const {bytesOf, readLink, readSlip, receiptLine} = clausebookCodec;
  const {markOf} = clausebookQuiz;
  const A_DAY = 86400000; // milliseconds
  const LONGEST_ADDRESS = 1900; // signs; a mail program may cut what is longer

  function moment() { return `${new Date().toISOString().slice(0, 19)}Z`; }
  function two(number) { return (`0${number}`).slice(-2); }

  /* The day on this device's wall, as HR's days are: not that of UTC. */
  function today() {
    const now = new Date();
    return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
  }
  function pairs(text) {
    const found = {};
    text.split(" ").filter(Boolean).forEach(pair => { found[pair.split("=")[0]] = pair.slice(pair.indexOf("=") + 1); });
    return found;
  }
  function listed(names) { return names.length > 1 ? `${names.slice(0, -1).join(", ")} and ${names[names.length - 1]}` : names.join(""); }
  function counted(number, one) { return number === 1 ? `a ${one}` : `${number} ${one}s`; }

  /* "good", "bad", or "unknown" where this browser cannot say: on plain HTTP it may have no cryptography. */
  function checkSignature(link, keys) {
    const known = keys[link.says.key];
    if (!known) { return Promise.resolve("bad"); }
    if (!window.crypto || !window.crypto.subtle) { return Promise.resolve("unknown"); }
    return window.crypto.subtle.importKey("raw", bytesOf(known), { name: "Ed25519" }, false, ["verify"]).then(key => window.crypto.subtle.verify("Ed25519", key, bytesOf(link.signature), new TextEncoder().encode(link.signed))).then(fits => fits ? "good" : "bad", () => "unknown");
  }

  /* One policy of the link: what is to be read of it, its quiz, and what is asked about it. */
  function policyOf(part, link, fragment, toSite) {
    const data = part.dataset, clauses = first(part, "[data-cb-clauses]"), line = first(part, "[data-cb-quiz-line]");
    const says = link.says.policies.find(one => one.policy === data.cbPolicy);
    const theirs = Object.entries(pairs(data.texts || "")).find(one => one[1].slice(0, 16) === says.digest);
    const [academy, digest] = theirs && says.digest !== data.digest.slice(0, 16) ? theirs : ["", data.digest];

    /* Why it cannot be signed by this link, in words; nothing where it can. */
    function unusable() {
      if (says.revision !== data.revision) { return `This link is for revision ${says.revision}. In force now is revision ${data.revision}: ask HR for a new link.`; }
      if (says.digest !== digest.slice(0, 16)) { return "The text on this site is not the one that the link was issued for. Tell HR before you sign."; }
      return "";
    }

    function ofAcademy() { return `${toSite}at/${academy}/${data.cbPolicy}/acknowledge/index.html`; }

    function delta() { return says.since && part.querySelector(`[data-cb-since='${says.since}']`); }
    function shown() { return delta() ? says.since : "whole"; }

    function layReading() {
      first(part, "[data-cb-whole]").hidden = Boolean(delta());
      if (delta()) { delta().hidden = false; }
      all(part, "[data-cb-own]").forEach(told => { told.hidden = !academy; });
      all(part, "[data-cb-count]").forEach(told => { told.hidden = Boolean(academy); });
      all(part, "[data-cb-mark]").forEach(box => { box.dataset.cbMark = digest.slice(0, 12); });
      all(clauses, "option[data-cb-at]").filter(one => one.dataset.cbAt !== academy).forEach(one => { one.remove(); });
      all(part, "[data-cb-read]").forEach(way => {
        if (academy) { way.href = ofAcademy(); }
        way.hash = fragment;
      });
    }

    /* Which quiz is asked for: the whole one, or the one on what changed since. */
    function quizOf() {
      const own = shown() !== "whole" && pairs(data.quizzes)[shown()], parts = own ? own.split("/") : [];
      return own ? { id: parts[0], mark: parts[1], path: `${toSite + parts.slice(2).join("/")}/index.html`, since: shown() }
        : { id: data.quiz, mark: data.quizMark, path: data.toQuiz, since: "" };
    }

    function asksForQuiz() { return Boolean(data.quiz) && link.says.quizzes !== "one" && (link.says.quiz === "learn" || link.says.quiz === "sealed"); }

    function takenElsewhere() {
      const slip = readSlip(line.value);
      if (!slip || slip.trust !== link.says.trust || slip.policy !== data.cbPolicy) { return null; }
      return { answers: slip.answers, attempt: slip.attempt, finished: slip.finished, mark: slip.mark, role: slip.role, seed: slip.seed, since: slip.since };
    }

    function quizTaken() { return asksForQuiz() ? takenHere(quizOf(), link, fragment) || takenElsewhere() : null; }

    function layQuiz() {
      if (asksForQuiz()) { layQuizPart(first(part, "[data-cb-part=quiz]"), quizTaken(), `${quizOf().path}#${fragment}`, link); }
    }

    function unclear() { return Array.from(clauses.selectedOptions, option => option.value); }

    function layUnclear() {
      const asked = unclear().length;
      first(part, "[data-cb-asked]").textContent = asked ? `You ask about ${counted(asked, "clause")}, and do not confirm this policy yet.` : "";
    }

    function entry() {
      const asked = unclear();
      return {
        digest, outcome: asked.length ? "not-understood" : "acknowledged", policy: data.cbPolicy,
        question: asked.length ? first(part, "[data-cb-question]").value.trim() : "", quiz: asked.length ? null : quizTaken(), revision: data.revision,
        shown: shown(), unclear: asked
      };
    }

    clauses.addEventListener("change", layUnclear);
    if (line) { line.addEventListener("input", layQuiz); }
    return {
      part, unusable, layReading, layQuiz, asksForQuiz, quizTaken, unclear, entry, digest, policy: data.cbPolicy,
      elsewhere: academy && !part.querySelector("[data-cb-to-do]") ? `${ofAcademy()}#${fragment}` : "",
      name: `${data.title}, revision ${data.revision}`
    };
  }

  function takenHere(quiz, link, fragment) {
    try {
      const state = JSON.parse(localStorage.getItem(`clausebook.quiz.${quiz.id}.${quiz.mark}.${fragment.slice(-12)}`) || "null");
      if (!state || state.checked === null) { return null; }
      if (link.says.quiz === "learn" && !state.passed) { return null; }
      return { answers: state.chosen, attempt: state.attempt, finished: state.finished, mark: quiz.mark, role: state.role, seed: state.seed, since: quiz.since };
    } catch (error) { return null; }
  }

  function layQuizPart(section, taken, way, link) {
    section.hidden = false;
    first(section, "[data-cb-quiz-state]").textContent = taken ? "Done: your answers go with your confirmation, and HR marks them."
      : link.says.quiz === "sealed" ? "Take the quiz, then come back here. HR marks your answers." : "Pass the quiz, then come back here.";
    first(section, "[data-cb-to-quiz]").href = way;
  }

  function start(part) {
    const data = part.dataset;
    const opened = moment();
    let checked = [];
    const verdict = part.querySelector("[data-cb-verdict]");
    const usable = part.querySelector("[data-cb-usable]");
    const form = part.querySelector("[data-cb-sign]");
    const out = part.querySelector("[data-cb-receipt]");
    const oneQuiz = part.querySelector("[data-cb-one-quiz]");
    const fragment = window.clausebookLink;
    const ticks = clausebookTicks.of(data.trust);
    let longReceipt = "";
    let link = null;
    /** @type {ReturnType<typeof policyOf>[]} */
    let policies = [];

    /* The page of a policy that is signed elsewhere, together with others: here it is only read. */
    function isOnTheWay() { return holds(data.lists, link.says.campaign); }

    /* Why the link cannot be used here, in words; nothing where it can. */
    function unusable(signature) {
      const says = link.says, asked = new Set(says.policies.map(one => one.policy));
      if (signature === "bad") { return "This link was changed after it was issued, or was not issued by this trust. Ask HR for a new one."; }
      const here = all(part, "[data-cb-policy]").filter(one => asked.has(one.dataset.cbPolicy));
      if (says.trust !== data.trust || !here.length || !(holds(data.campaigns, says.campaign) || isOnTheWay())) { return "This link is for another trust or another policy. Open it as it stands in the message that you got."; }
      if (today() > says.expires) { return `This link expired on ${inWords(says.expires)}. Ask HR for a new one.`; }
      return "";
    }

    function open(signature) {
      const why = unusable(signature) || layPolicies();
      if (why) { say(verdict, [why, "Until then you can read the policy, practise with the quiz, or print the form below."]); return; }
      checked = (signature === "good" ? ["signature"] : []).concat(["dates", "digest"]);
      const told = [signature === "good" ? "This is your genuine link from HR."
        : "This browser could not check here who signed the link, because this page has no https address or the browser is old. HR checks it when your confirmation arrives."];
      if (Date.now() < Date.parse(`${link.says.issued}T00:00:00Z`) - A_DAY) { told.push("The clock of this device is behind the day on which HR made the link. HR goes by the day on which your confirmation arrives."); }
      say(verdict, told);
      part.querySelector("[data-cb-dates]").textContent = `Confirm by ${inWords(link.says.due)}. The link works until ${inWords(link.says.expires)} and is for you only: do not share it.`;
      layDates(document.querySelectorAll("[data-cb-by-when]"));
      usable.hidden = false;
      layWay();
      layQuizzes();
      goToForm();
    }

    /* Shows what the link asks for. Says why where nothing of it can be signed. */
    function layPolicies() {
      const reasons = [];
      policies = [];
      all(part, "[data-cb-policy]").forEach(found => {
        const asked = link.says.policies.some(one => one.policy === found.dataset.cbPolicy);
        found.hidden = !asked;
        if (!asked) { return; }
        const one = policyOf(found, link, fragment, data.toSite), why = one.unusable(), note = first(found, "[data-cb-not-usable]");
        if (why) { reasons.push(why); }
        if (why && note) {
          note.textContent = why;
          note.hidden = false;
          first(found, "[data-cb-to-do]").hidden = true;
        }
        if (why) { return; }
        if (one.elsewhere) { window.location.replace(one.elsewhere); }
        one.layReading();
        layTick(one);
        all(found, "[data-cb-read-here]").forEach(told => { told.hidden = !clausebookTicks.has(ticks.read(), told); });
        policies.push(one);
      });
      layProgress();
      return policies.length ? "" : reasons[0];
    }

    function layTick(one) {
      const box = first(one.part, "input[data-cb-done]");
      if (!box) { return; }
      box.checked = clausebookTicks.has(ticks.read(), box);
      box.addEventListener("change", () => {
        const kept = ticks.read();
        clausebookTicks.take(kept, box, box.checked);
        ticks.write(kept);
        layProgress();
      });
      layProgress();
    }

    function layProgress() {
      const boxes = all(part, "[data-cb-policy]:not([hidden]) input[data-cb-done]"), line = first(part, "[data-cb-progress]");
      line.hidden = !boxes.length;
      line.textContent = `${boxes.filter(box => box.checked).length} of ${boxes.length} read. Your ticks stay on this device.`;
    }

    /* On a policy's own page: whether it is signed here, or in a list to which the reader goes back. */
    function layWay() {
      const back = first(part, "[data-cb-back]"), onTheWay = isOnTheWay();
      if (form) { form.hidden = onTheWay; }
      all(part, "[data-cb-unclear]").forEach(details => { details.hidden = onTheWay; });
      if (!back) { return; }
      back.hidden = !onTheWay;
      all(back, "[data-cb-to-list]").forEach(way => { way.href = `${data.toSite}acknowledge/${link.says.campaign}/index.html#${fragment}`; });
      const read = first(back, "[data-cb-done]");
      read.addEventListener("click", () => {
        const kept = ticks.read();
        clausebookTicks.take(kept, read, true);
        ticks.write(kept);
      });
    }

    /* The page tells one day: of several campaigns, nobody but HR knows here which one asks this person. */
    function layDates(rows) {
      if (rows.length === 1) { rows[0].textContent = `${inWords(link.says.due)}, which is your own date`; return; }
      rows.forEach(row => { row.parentNode.hidden = true; });
    }

    function asksForOne() {
      return oneQuiz && oneMarks().length && link.says.quizzes === "one" && (link.says.quiz === "learn" || link.says.quiz === "sealed");
    }

    /* The marks of the questions on what the link asks for: none where the staff take no quiz on any of it. */
    function oneMarks() {
      return words(oneQuiz.dataset.marks).filter(one => link.says.policies.some(({policy}) => one.startsWith(`${policy}=`)));
    }

    function oneMark() { return markOf(words(oneQuiz.dataset.marks), link.says.policies.map(one => one.policy)); }
    function oneTaken() { return asksForOne() ? takenHere({id: oneQuiz.dataset.quiz, mark: oneMark(), since: ""}, link, fragment) : null; }

    /* Who has passed the quiz has read it: the form is what comes next. */
    function goToForm() {
      const asking = policies.filter(one => one.asksForQuiz());
      const done = asksForOne() ? oneTaken() : asking.length && asking.every(one => one.quizTaken());
      if (done && form && !form.hidden) { form.scrollIntoView(); }
    }

    function layQuizzes() {
      policies.forEach(one => one.layQuiz());
      if (asksForOne()) { layQuizPart(oneQuiz, oneTaken(), `${oneQuiz.dataset.toQuiz}#${fragment}`, link); }
    }

    function problem(says, field) {
      const box = part.querySelector("[data-cb-problem]");
      box.textContent = says;
      box.hidden = !says;
      if (says) { field.focus(); }
    }

    function make(name, signed) {
      const line = receiptLine({
        campaign: link.says.campaign, checked, link: `r1.${link.says.ref}.${link.signature}`, name, opened, policies: policies.map(one => one.entry()),
        quiz: signed.length ? oneTaken() : null, signed: moment(), statement: data.statement, trust: data.trust
      });
      const told = signed.length ? [`${name} confirms reading the ${listed(signed.map(one => one.name))}.`] : [];
      policies.filter(one => !signed.includes(one)).forEach(one => {
        told.push(`${name} does not understand ${counted(one.unclear().length, "clause")} of the ${one.name}, and has not confirmed it.`);
      });
      out.hidden = false;
      signed.forEach(one => { ticks.confirm(one.policy, one.digest.slice(0, 12)); });
      say(out.querySelector("[data-cb-receipt-says]"), [...told, "No one has it yet: send it to HR now."]);
      out.querySelector("[data-cb-receipt-line]").value = line;
      out.querySelector("[data-cb-receipt-printed]").textContent = line;
      out.querySelector("[data-cb-receipt-status]").textContent = "";
      layMail(line);
      out.querySelector("h2").focus();
    }

    /* A receipt that is too long for an address is copied instead, and the email says where to paste it. */
    function layMail(line) {
      const mail = out.querySelector("[data-cb-mail]");
      if (!mail) { return; }
      const begun = `mailto:${form.dataset.mail}?subject=${encodeURIComponent(`Acknowledgement: ${policies.map(one => one.name).join("; ")}`)}&body=`;
      longReceipt = (begun + line).length > LONGEST_ADDRESS ? line : "";
      mail.href = begun + (longReceipt ? encodeURIComponent("Paste your confirmation here, in place of this line.") : line);
    }

    function copyLongReceipt() {
      if (!longReceipt) { return; }
      const status = out.querySelector("[data-cb-receipt-status]");
      clausebookDom.copy(longReceipt, copied => {
        status.textContent = copied ? "Your confirmation is copied. Paste it into the email." : "Copy the code, and paste it into the email.";
      });
    }

    /* What is not understood is not signed, and needs neither quiz nor tick. */
    function sign(event) {
      event.preventDefault();
      const name = form.elements.person.value.trim(), signed = policies.filter(one => !one.unclear().length);
      const first_ = signed.find(one => one.asksForQuiz() && !one.quizTaken());
      problem("", null);
      if (first_) { problem(policies.length > 1 ? `The quiz on the ${first_.name} comes first.` : "The quiz comes first.", first(first_.part, "[data-cb-to-quiz]")); return; }
      if (signed.length && asksForOne() && !oneTaken()) { problem("The quiz comes first.", first(oneQuiz, "[data-cb-to-quiz]")); return; }
      if (!name) { problem("Type your full name.", form.elements.person); return; }
      if (signed.length && !form.elements.agreed.checked) { problem("Tick the statement if it is true of you.", form.elements.agreed); return; }
      make(name, signed);
    }

    function wire() {
      window.addEventListener("pageshow", () => { if (link && !usable.hidden) { layQuizzes(); } });
      if (!form) { return; }
      const [one, ...more] = link.says.policies, of = more.length ? link.says.campaign : `${one.policy}-${one.revision}`;
      clausebookPassOn(out, { copied: "Now send it to HR.", file: `receipt-${data.trust}-${of}.txt`, print: "receipt" });
      form.addEventListener("submit", sign);
      if (out.querySelector("[data-cb-mail]")) { out.querySelector("[data-cb-mail]").addEventListener("click", copyLongReceipt); }
    }

    if (!fragment) {
      say(verdict, ["HR sends each member of staff a personal link to confirm this. You opened this page without one.",
        "You can read, practise with the quiz, or print the form below. To confirm here, open the link in HR's email."]);
      return;
    }
    link = readLink(fragment);
    if (!link) {
      say(verdict, ["The link is damaged: a part of it is missing or was changed. Open it again as it stands in HR's message, or ask HR for a new one."]);
      return;
    }
    wire();
    checkSignature(link, pairs(data.keys)).then(open);
  }

  scriptRuns();
  startAt("[data-cb-link]", start);
})();
