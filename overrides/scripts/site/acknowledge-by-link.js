// @ts-check
/* What a personal link opens: the link is read and checked here, and the receipt is made here. Nothing is sent, nothing is kept.
   The link stands in the fragment of the address, which no server sees; personal-link.js reads it. generator/clausebook/acknowledgements/ reads what is written here. */
(() => {
  "use strict";

  const {inWords, scriptRuns, startAt} = clausebookDom;
  const {bytesOf, readLink, readSlip, receiptLine} = clausebookCodec;
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

  /* "good", "bad", or "unknown" where this browser cannot say: on plain HTTP it may have no cryptography. */
  function checkSignature(link, keys) {
    const known = keys[link.says.key];
    if (!known) { return Promise.resolve("bad"); }
    if (!window.crypto || !window.crypto.subtle) { return Promise.resolve("unknown"); }
    return window.crypto.subtle.importKey("raw", bytesOf(known), { name: "Ed25519" }, false, ["verify"]).then(key => window.crypto.subtle.verify("Ed25519", key, bytesOf(link.signature), new TextEncoder().encode(link.signed))).then(fits => fits ? "good" : "bad", () => "unknown");
  }

  function start(part) {
    const data = part.dataset;
    const opened = moment();
    let checked = [];
    const verdict = part.querySelector("[data-cb-verdict]");
    const usable = part.querySelector("[data-cb-usable]");
    const out = part.querySelector("[data-cb-receipt]");
    const fragment = window.clausebookLink;
    let longReceipt = "";
    let link = null;

    function say(texts) { clausebookDom.say(verdict, texts); }

    /* Why the link cannot be used, in words; nothing where it can. */
    function unusable(signature) {
      const says = link.says;
      if (signature === "bad") { return "This link was changed after it was issued, or was not issued by this trust. Ask HR for a new one."; }
      if (says.trust !== data.trust || says.policy !== data.policy) { return "This link is for another trust or another policy. Open it as it stands in the message that you got."; }
      if (says.revision !== data.revision) { return `This link is for revision ${says.revision}. In force now is revision ${data.revision}: ask HR for a new link.`; }
      if (says.digest !== data.digest) { return "The text on this site is not the one that the link was issued for. Tell HR before you sign."; }
      if (today() > says.expires) { return `This link expired on ${inWords(says.expires)}. Ask HR for a new one.`; }
      return "";
    }

    function open(signature) {
      const why = unusable(signature);
      if (why) { say([why, "Until then you can read the policy, practise with the quiz, or print the form below."]); return; }
      checked = (signature === "good" ? ["signature"] : []).concat(["dates", "digest"]);
      const told = [signature === "good" ? "This link is HR's, and it was not changed."
        : "This browser could not check here who signed the link, because this page has no https address or the browser is old. HR checks it when your receipt arrives."];
      if (Date.now() < Date.parse(`${link.says.issued}T00:00:00Z`) - A_DAY) { told.push("The clock of this device stands before the day on which the link was issued. HR goes by the day on which your receipt arrives."); }
      say(told);
      part.querySelector("[data-cb-dates]").textContent = `Please acknowledge by ${inWords(link.says.due)}. The link works until ${inWords(link.says.expires)}, and is for you alone: do not pass it on.`;
      layDates(document.querySelectorAll("[data-cb-by-when]"));
      usable.hidden = false;
      layReading();
      layQuiz();
    }

    /* The page tells one day: of several campaigns, nobody but HR knows here which one asks this person. */
    function layDates(rows) {
      if (rows.length === 1) { rows[0].textContent = `${inWords(link.says.due)}, which is your own date`; return; }
      rows.forEach(row => { row.parentNode.hidden = true; });
    }

    function layReading() {
      const since = link.says.since && part.querySelector(`[data-cb-since='${link.says.since}']`);
      part.querySelector("[data-cb-whole]").hidden = Boolean(since);
      if (since) { since.hidden = false; }
    }

    function shown() {
      return link.says.since && part.querySelector(`[data-cb-since='${link.says.since}']`) ? link.says.since : "whole";
    }

    /* Which quiz is asked for: the whole one, or the one on what changed since. */
    function quizOf() {
      const delta = shown() !== "whole" && pairs(data.quizzes)[shown()];
      const parts = delta ? delta.split("/") : [];
      return delta ? { id: parts[0], mark: parts[1], path: `${data.toSite + parts.slice(2).join("/")}/index.html`, since: shown() }
        : { id: data.quiz, mark: data.quizMark, path: data.toQuiz, since: "" };
    }

    function asksForQuiz() { return Boolean(data.quiz) && (link.says.quiz === "learn" || link.says.quiz === "sealed"); }

    function takenHere() {
      const quiz = quizOf();
      try {
        const state = JSON.parse(localStorage.getItem(`clausebook.quiz.${quiz.id}.${quiz.mark}.${fragment.slice(-12)}`));
        if (!state || state.checked === null) { return null; }
        if (link.says.quiz === "learn" && !state.passed) { return null; }
        return { answers: state.chosen, attempt: state.attempt, finished: state.finished, mark: quiz.mark, role: state.role, seed: state.seed, since: quiz.since };
      } catch (error) { return null; }
    }

    function takenElsewhere() {
      const slip = readSlip(part.querySelector("[data-cb-quiz-line]").value);
      if (!slip || slip.trust !== data.trust || slip.policy !== data.policy) { return null; }
      return { answers: slip.answers, attempt: slip.attempt, finished: slip.finished, mark: slip.mark, role: slip.role, seed: slip.seed, since: slip.since };
    }

    function quizTaken() { return asksForQuiz() ? takenHere() || takenElsewhere() : null; }

    function layQuiz() {
      if (!asksForQuiz()) { return; }
      const section = part.querySelector("[data-cb-part=quiz]");
      section.hidden = false;
      section.querySelector("[data-cb-quiz-state]").textContent = quizTaken()
        ? "Done: your answers go into your receipt, and HR marks them."
        : link.says.quiz === "sealed" ? "Take the quiz, then come back here. HR marks your answers." : "Pass the quiz, then come back here.";
      section.querySelector("[data-cb-to-quiz]").href = `${quizOf().path}#${fragment}`;
    }

    function problem(words, field) {
      const box = part.querySelector("[data-cb-problem]");
      box.textContent = words;
      box.hidden = !words;
      if (words) { field.focus(); }
    }

    function make(outcome, name, unclear, question) {
      const line = receiptLine({
        checked, digest: data.digest, link: `r1.${link.says.ref}.${link.signature}`, name, opened, outcome, policy: data.policy,
        question, quiz: quizTaken(), revision: data.revision, shown: shown(), signed: moment(), statement: data.statement,
        trust: data.trust, unclear
      });
      out.hidden = false;
      const said = outcome === "acknowledged" ? `${name} acknowledges the ${data.title}, revision ${data.revision}.`
        : `${name} does not understand ${unclear.length === 1 ? "a clause" : `${unclear.length} clauses`} of the ${data.title}, revision ${data.revision}, and has not signed.`;
      out.querySelector("[data-cb-receipt-says]").textContent = `${said} It has not been sent to anybody: pass it on now.`;
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
      const begun = `mailto:${data.mail}?subject=${encodeURIComponent(`Acknowledgement: ${data.title}, revision ${data.revision}`)}&body=`;
      longReceipt = (begun + line).length > LONGEST_ADDRESS ? line : "";
      mail.href = begun + (longReceipt ? encodeURIComponent("Paste your receipt here, in place of this line.") : line);
    }

    function copyLongReceipt() {
      if (!longReceipt) { return; }
      const status = out.querySelector("[data-cb-receipt-status]");
      clausebookDom.copy(longReceipt, copied => {
        status.textContent = copied ? "Your receipt is copied. Paste it into the email." : "Copy the line above, and paste it into the email.";
      });
    }

    function sign(event) {
      event.preventDefault();
      const form = event.target;
      const name = form.elements.person.value.trim();
      problem("", null);
      if (asksForQuiz() && !quizTaken()) { problem("The quiz comes first.", part.querySelector("[data-cb-to-quiz]")); return; }
      if (!name) { problem("Type your full name.", form.elements.person); return; }
      if (!form.elements.agreed.checked) { problem("Tick the statement if it is true of you.", form.elements.agreed); return; }
      make("acknowledged", name, [], "");
    }

    function askAbout(event) {
      event.preventDefault();
      const form = event.target;
      const name = form.elements.person.value.trim();
      const clauses = Array.from(form.elements.clauses.selectedOptions, option => option.value);
      form.elements.person.required = form.elements.clauses.required = true;
      if (!name || !clauses.length) {
        form.elements.person.value = name;
        form.reportValidity();
        return;
      }
      make("not-understood", name, clauses, form.elements.question.value.trim());
    }

    function wire() {
      clausebookPassOn(out, { copied: "Now pass it on.", file: `receipt-${data.trust}-${data.policy}-${data.revision}.txt`, print: "receipt" });
      part.querySelector("[data-cb-sign]").addEventListener("submit", sign);
      part.querySelector("[data-cb-unclear]").addEventListener("submit", askAbout);
      if (data.quiz) { part.querySelector("[data-cb-quiz-line]").addEventListener("input", layQuiz); }
      if (out.querySelector("[data-cb-mail]")) { out.querySelector("[data-cb-mail]").addEventListener("click", copyLongReceipt); }
      window.addEventListener("pageshow", () => { if (link && !usable.hidden) { layQuiz(); } });
    }

    if (!fragment) {
      say(["HR sends each member of staff a personal link to acknowledge this policy. You opened this page without one.",
        "You can read the policy, practise with the quiz, or print the form below. To acknowledge here, open the link in HR's message."]);
      return;
    }
    link = readLink(fragment);
    if (!link) {
      say(["The link is damaged: a part of it is missing or was changed. Open it again as it stands in HR's message, or ask HR for a new one."]);
      return;
    }
    wire();
    checkSignature(link, pairs(data.keys)).then(open);
  }

  scriptRuns();
  startAt("[data-cb-link]", start);
})();
