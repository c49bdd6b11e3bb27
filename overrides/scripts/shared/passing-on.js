// @ts-check
/* What can be done with a text that a reader is to pass on: copy it, save it, print it. Nothing is sent. */
const clausebookPassOn = (() => {
  "use strict";

  /**
   * @param {HTMLElement} out  holds the text's field and a status
   * @param {{copied: string, file: string, text?: () => string, print?: string, mail?: {to: string, subject: string}}} told  what is said after
   *   copying; the name of the file, and what stands in it if that is more than the field; what the style sheet prints alone; whom to email
   * @param {{buttons?: HTMLElement, ready?: () => boolean}} [by]  where the buttons are, if not in `out`; whether there is a text, asked before each
   */
  function passOn(out, told, by = {}) {
    /** @type {HTMLTextAreaElement} */
    const field = clausebookDom.first(out, "textarea");
    const status = clausebookDom.first(out, "[role=status]"), buttons = by.buttons || out;
    const whole = () => told.text ? told.text() : field.value;
    /** @param {string} what @param {() => void} act */
    const on = (what, act) => clausebookDom.all(buttons, `[data-cb-do=${what}]`).forEach(button => {
      button.hidden = what === "share" && !navigator.share;
      button.addEventListener("click", (/** @type {Event} */ event) => {
        if (button.type === "submit") { event.preventDefault(); }
        if (!by.ready || by.ready()) { act(); }
      });
    });

    on("copy", () => {
      clausebookDom.copy(field.value, copied => {
        const folded = field.closest("details");
        if (!copied && folded) { folded.open = true; }
        if (!copied) { field.select(); }
        status.textContent = copied ? `Copied. ${told.copied}` : "Copying did not work here: the text is selected, copy it yourself.";
      });
    });
    on("save", () => {
      const link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob([`${whole()}\n`], { type: "text/plain" }));
      link.download = told.file;
      link.click();
      status.textContent = `Saved as ${told.file} in your downloads. No one else has it yet: send it to HR.`;
    });
    on("print", () => {
      if (told.print) { document.body.dataset.cbPrint = told.print; }
      window.print();
      delete document.body.dataset.cbPrint;
      status.textContent = "No one else has it yet: hand in the printed page.";
    });
    on("share", () => {
      navigator.share({title: told.mail ? told.mail.subject : told.file, text: whole()}).then(
        () => { status.textContent = "You shared it. This page cannot see who got it."; },
        () => { status.textContent = "You have not shared it."; });
    });
    on("email", () => {
      const {to, subject} = told.mail || {to: "", subject: told.file};
      const link = document.createElement("a");
      link.href = `mailto:${to}?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(whole())}`;
      link.click();
      status.textContent = `Your email program opens. Send the email${to ? ` to ${to}` : " to HR"}: until then no one has it.`;
    });
  }

  /** All of a text shows, on any screen. @param {HTMLTextAreaElement} field */
  passOn.fit = field => {
    field.style.height = "auto";
    field.style.height = `${field.scrollHeight + field.offsetHeight - field.clientHeight}px`;
  };

  return passOn;
})();
