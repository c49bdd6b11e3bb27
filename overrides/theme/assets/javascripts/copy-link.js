/* Copies the address of a clause. Without JavaScript the same element is a plain link to it. */
(function () {
  "use strict";

  function say(link, words) {
    var status = link.parentNode.querySelector("[data-cb-copied]");
    if (!status) {
      status = document.createElement("span");
      status.setAttribute("data-cb-copied", "");
      status.setAttribute("role", "status");
      status.className = "cb-copied";
      link.parentNode.appendChild(status);
    }
    status.textContent = words;
    window.setTimeout(function () { status.textContent = ""; }, 4000);
  }

  document.addEventListener("click", function (event) {
    var link = event.target.closest && event.target.closest("a[data-cb-copy]");
    if (!link || !navigator.clipboard || event.ctrlKey || event.metaKey || event.shiftKey) { return; }
    event.preventDefault();
    history.replaceState(null, "", link.getAttribute("href"));
    navigator.clipboard.writeText(link.href).then(
      function () { say(link, "Link copied."); },
      function () { say(link, "Copy it from the address bar."); }
    );
  });
})();
