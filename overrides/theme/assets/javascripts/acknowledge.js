/* Turns the form into a statement that the reader can copy, save or print. Nothing is sent from here. */
(function () {
  "use strict";

  function start(form) {
    var out = document.querySelector("[data-cb-statement]");
    var text = out.querySelector("textarea");
    var status = out.querySelector("[role=status]");

    function statement() {
      var now = new Date();
      return [
        form.dataset.statement,
        "",
        "Name: " + form.elements.person.value.trim(),
        "Role or academy: " + (form.elements.place.value.trim() || "not given"),
        "Policy: " + form.dataset.policy,
        "Revision: " + form.dataset.revision,
        "Digest of its text (SHA-256): " + form.dataset.digest,
        "Date and time on this device: " + now.toISOString().slice(0, 16).replace("T", " ") + " UTC"
      ].join("\n");
    }

    function make(event) {
      event.preventDefault();
      form.elements.person.value = form.elements.person.value.trim(); // blanks are no name
      if (!form.reportValidity()) { return; }
      text.value = statement();
      out.hidden = false;
      status.textContent = "Your statement is ready. It has not been sent to anybody: copy, save or print it now.";
      out.querySelector("h2").focus();
    }

    function copy() {
      text.select();
      var done = function () { status.textContent = "Copied. Paste it into a message to whoever asked you for it."; };
      var failed = function () { status.textContent = "Copying did not work here: the text is selected, copy it yourself."; };
      if (navigator.clipboard) { navigator.clipboard.writeText(text.value).then(done, failed); } else { failed(); }
    }

    function save() {
      var link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob([text.value + "\n"], { type: "text/plain" }));
      link.download = "acknowledgement.txt";
      link.click();
      status.textContent = "Saved as acknowledgement.txt in your downloads.";
    }

    form.hidden = false;
    Array.prototype.forEach.call(document.querySelectorAll("[data-cb-without-script]"), function (part) { part.hidden = true; });
    form.addEventListener("submit", make);
    out.querySelector("[data-cb-do=copy]").addEventListener("click", copy);
    out.querySelector("[data-cb-do=save]").addEventListener("click", save);
    out.querySelector("[data-cb-do=print]").addEventListener("click", function () { window.print(); });
  }

  Array.prototype.forEach.call(document.querySelectorAll("form[data-cb-acknowledge]"), start);
})();
