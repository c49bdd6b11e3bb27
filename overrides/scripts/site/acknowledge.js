// @ts-check
/* Turns the form into a statement that the reader can copy, save or print. Nothing is sent from here. */
(() => {
  "use strict";

  function start(form) {
    const out = clausebookDom.first(document, "[data-cb-statement]");
    const text = out.querySelector("textarea");
    const status = out.querySelector("[role=status]");

    function statement() {
      const now = new Date();
      return [
        form.dataset.statement,
        "",
        `Name: ${form.elements.person.value.trim()}`,
        `Role or academy: ${form.elements.place.value.trim() || "not given"}`,
        ...clausebookDom.all(form, "[data-cb-signs]").flatMap(({dataset}) => [
          `Policy: ${dataset.policy}`,
          `Revision: ${dataset.revision}`,
          `Digest of its text (SHA-256): ${dataset.digest}`
        ]),
        `Date and time on this device: ${now.toISOString().slice(0, 16).replace("T", " ")} UTC`
      ].join("\n");
    }

    function make(event) {
      event.preventDefault();
      form.elements.person.value = form.elements.person.value.trim(); // blanks are no name
      if (!form.reportValidity()) { return; }
      text.value = statement();
      out.hidden = false;
      clausebookPassOn.fit(text);
      status.textContent = "Your statement is ready. It has not been sent to anybody: copy, save or print it now.";
      out.querySelector("h2").focus();
    }

    form.hidden = false;
    clausebookDom.scriptRuns();
    form.addEventListener("submit", make);
    clausebookPassOn(out, { copied: "Paste it into a message to whoever asked you for it.", file: form.dataset.file });
  }

  clausebookDom.startAt("form[data-cb-acknowledge]", start);
})();
