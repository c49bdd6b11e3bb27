// @ts-check
/* The personal link in the address of this page: read once, whatever came along with it, and taken out of the address bar, where others
   could read or copy it. It stays with this entry of the tab's history, so that reloading and going back still know it. Nothing is kept. */
(() => {
  "use strict";

  const {linkIn} = clausebookCodec;

  function keep(text) {
    try { window.history.replaceState({ clausebookLink: text }, "", window.location.href.split("#")[0]); } catch (error) { /* it stays where it is */ }
  }

  const found = linkIn(window.location.hash.slice(1));
  const state = window.history.state;
  const text = found ? found.text : (state && state.clausebookLink) || "";
  if (found && found.whole) { keep(text); }

  window.addEventListener("hashchange", () => {
    if (linkIn(window.location.hash.slice(1))) { window.location.reload(); return; } // another link: the page starts again for it
    if (text && !window.history.state) { // a place on this page: the form stays as it is, and so does the link
      try { window.history.replaceState({ clausebookLink: text }, ""); } catch (error) { /* nothing is lost but by reloading */ }
    }
  });

  window.addEventListener("popstate", event => { // back to what another link opened
    if (event.state && event.state.clausebookLink && event.state.clausebookLink !== text) { window.location.reload(); }
  });

  window.clausebookLink = text;
})();
