// @ts-check
/* Turns the form into a confirmation that the reader emails, shares, saves, prints or copies. Nothing is sent from here, and no name is kept. */
(() => {
  "use strict";

  const {all, first, scriptRuns, startAt} = clausebookDom;

  function start(form) {
    const out = first(document, "[data-cb-statement]"), text = first(out, "textarea");
    const signs = all(form, "[data-cb-signs]").map(one => one.dataset), ticks = clausebookTicks.of(form.dataset.trust);

    /* The quiz of a policy as this device has it, where it is passed: it goes into the confirmation. */
    function quizOf({quiz, quizMark}) {
      const state = quiz ? clausebookTicks.quiz(quiz, quizMark) : null;
      return state && clausebookTicks.isOver(state) ? state : null;
    }

    function statement() {
      const now = new Date();
      return [
        form.dataset.statement,
        "",
        `Name: ${form.elements.person.value.trim()}`,
        `Role or academy: ${form.elements.place.value.trim() || "not given"}`,
        ...signs.flatMap(sign => [
          `Policy: ${sign.policy}`,
          `Revision: ${sign.revision}`,
          quizOf(sign) && `Quiz: ${quizOf(sign).told}`
        ].filter(Boolean)),
        `Date and time on this device: ${now.toISOString().slice(0, 16).replace("T", " ")} UTC`,
        "",
        "For HR:",
        ...signs.flatMap(sign => [`Digest of its text (SHA-256): ${sign.digest}`, quizOf(sign) && quizOf(sign).line].filter(Boolean))
      ].join("\n");
    }

    function make() {
      form.elements.person.value = form.elements.person.value.trim(); // blanks are no name
      if (!form.reportValidity()) { return false; }
      text.value = statement();
      out.hidden = false;
      clausebookPassOn.fit(text);
      signs.forEach(sign => { ticks.confirm(sign.id, sign.digest.slice(0, 12)); });
      first(out, "h2").focus();
      return true;
    }

    function tellQuiz() {
      const told = first(form, "[data-cb-quiz-told]"), passed = signs.filter(quizOf);
      told.hidden = !passed.length;
      told.textContent = passed.length ? `Your quiz result goes with it. ${passed.map(sign => quizOf(sign).told).join(" ")}` : "";
    }

    form.hidden = false;
    scriptRuns();
    tellQuiz();
    form.addEventListener("submit", event => { event.preventDefault(); });
    clausebookPassOn(out, {
      copied: "Paste it into a message to whoever asked you for it.", file: form.dataset.file, mail: {to: form.dataset.mail, subject: form.dataset.subject}
    }, {buttons: form, ready: make});
  }

  startAt("form[data-cb-acknowledge]", start);
})();
