// @ts-check
/* Copies the address of a clause. Without JavaScript the same element is a plain link to it. */
(() => {
  "use strict";

  // A screen reader speaks what changes in a region that stood there before; the same words appear beside the link.
  const region = document.createElement("div");
  region.setAttribute("role", "status");
  region.className = "cb-sr";

  function say(link, words) {
    let beside = link.parentNode.querySelector("[data-cb-copied]");
    if (!beside) {
      beside = document.createElement("span");
      beside.setAttribute("data-cb-copied", "");
      beside.setAttribute("aria-hidden", "true");
      beside.className = "cb-copied";
      link.parentNode.appendChild(beside);
    }
    beside.textContent = words;
    region.textContent = words;
    window.setTimeout(() => { beside.textContent = ""; region.textContent = ""; }, 4000);
  }

  if (document.querySelector("a[data-cb-copy]")) { document.querySelector("main").appendChild(region); }

  document.addEventListener("click", event => {
    const link = clausebookDom.within(event, "a[data-cb-copy]");
    if (!link || !navigator.clipboard || event.ctrlKey || event.metaKey || event.shiftKey) { return; }
    event.preventDefault();
    history.replaceState(null, "", link.getAttribute("href"));
    clausebookDom.copy(link.href, copied => say(link, copied ? "Link copied." : "Copy it from the address bar."));
  });
})();
