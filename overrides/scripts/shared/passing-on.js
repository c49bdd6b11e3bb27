/* What can be done with a text that a reader is to pass on: copy it, save it, print it. Nothing is sent. */
(function () {
  "use strict";

  /* `out` holds the text's field, the buttons and a status. `told.copied` is said after copying; `told.file` names the file,
     `told.text` gives what stands in it, and `told.print` is what the style sheet prints alone. */
  function passOn(out, told) {
    var field = out.querySelector("textarea");
    var status = out.querySelector("[role=status]");
    var on = function (what, act) { out.querySelector("[data-cb-do=" + what + "]").addEventListener("click", act); };

    on("copy", function () {
      var failed = function () {
        field.select();
        status.textContent = "Copying did not work here: the text is selected, copy it yourself.";
      };
      if (!navigator.clipboard) { failed(); return; }
      navigator.clipboard.writeText(field.value).then(function () { status.textContent = "Copied. " + told.copied; }, failed);
    });
    on("save", function () {
      var link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob([(told.text ? told.text() : field.value) + "\n"], { type: "text/plain" }));
      link.download = told.file;
      link.click();
      status.textContent = "Saved as " + told.file + " in your downloads.";
    });
    on("print", function () {
      if (told.print) { document.body.dataset.cbPrint = told.print; }
      window.print();
      delete document.body.dataset.cbPrint;
    });
  }

  /* All of a text shows, on any screen. */
  passOn.fit = function (field) {
    field.style.height = "auto";
    field.style.height = field.scrollHeight + field.offsetHeight - field.clientHeight + "px";
  };

  window.clausebookPassOn = passOn;
})();
