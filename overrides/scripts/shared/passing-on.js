// @ts-check
/* What can be done with a text that a reader is to pass on: copy it, save it, print it. Nothing is sent. */
const clausebookPassOn = (() => {
  "use strict";

  /**
   * @param {HTMLElement} out  holds the text's field, the buttons and a status
   * @param {{copied: string, file: string, text?: () => string, print?: string}} told  what is said after copying; the name of the file, and
   *   what stands in it if that is more than the field; what the style sheet prints alone
   */
  function passOn(out, told) {
    /** @type {HTMLTextAreaElement} */
    const field = clausebookDom.first(out, "textarea");
    const status = clausebookDom.first(out, "[role=status]");
    /** @param {string} what @param {() => void} act */
    const on = (what, act) => clausebookDom.first(out, `[data-cb-do=${what}]`).addEventListener("click", act);

    on("copy", () => {
      clausebookDom.copy(field.value, copied => {
        if (!copied) { field.select(); }
        status.textContent = copied ? `Copied. ${told.copied}` : "Copying did not work here: the text is selected, copy it yourself.";
      });
    });
    on("save", () => {
      const link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob([`${told.text ? told.text() : field.value}\n`], { type: "text/plain" }));
      link.download = told.file;
      link.click();
      status.textContent = `Saved as ${told.file} in your downloads.`;
    });
    on("print", () => {
      if (told.print) { document.body.dataset.cbPrint = told.print; }
      window.print();
      delete document.body.dataset.cbPrint;
    });
  }

  /** All of a text shows, on any screen. @param {HTMLTextAreaElement} field */
  passOn.fit = field => {
    field.style.height = "auto";
    field.style.height = `${field.scrollHeight + field.offsetHeight - field.clientHeight}px`;
  };

  return passOn;
})();
