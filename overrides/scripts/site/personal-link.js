/* The personal link in the address of this page: read once, whatever came along with it, and taken out of the address bar, where others
   could read or copy it. It stays with this entry of the tab's history, so that reloading and going back still know it. Nothing is kept. */
(function () {
  "use strict";

  var WITHOUT_WIDTH = /[\s\u00ad\u200b-\u200f\u2060\ufeff]/g;

  function decoded(text) {
    for (var times = 0; times < 3; times += 1) { // a rewritten link may be encoded more than once
      try {
        var plain = decodeURIComponent(text);
        if (plain === text) { break; }
        text = plain;
      } catch (error) { break; }
    }
    return text;
  }

  /* The link as HR wrote it, where all of it is there: its signature has 86 signs, and what follows them is not part of it. What begins
     like a link and is none is given back as it is. */
  function linkIn(fragment) {
    var text = decoded(fragment).replace(WITHOUT_WIDTH, "");
    var whole = /a1\.[A-Za-z0-9_-]{1,2000}\.[A-Za-z0-9_-]{86}/.exec(text);
    if (whole) { return { text: whole[0], whole: true }; }
    return /^[^A-Za-z0-9]*a1\./.test(text) ? { text: text, whole: false } : null;
  }

  function keep(text) {
    try { window.history.replaceState({ clausebookLink: text }, "", window.location.href.split("#")[0]); } catch (error) { /* it stays where it is */ }
  }

  var found = linkIn(window.location.hash.slice(1));
  var state = window.history.state;
  var text = found ? found.text : (state && state.clausebookLink) || "";
  if (found && found.whole) { keep(text); }

  window.addEventListener("hashchange", function () {
    if (linkIn(window.location.hash.slice(1))) { window.location.reload(); return; } // another link: the page starts again for it
    if (text && !window.history.state) { // a place on this page: the form stays as it is, and so does the link
      try { window.history.replaceState({ clausebookLink: text }, ""); } catch (error) { /* nothing is lost but by reloading */ }
    }
  });

  window.addEventListener("popstate", function (event) { // back to what another link opened
    if (event.state && event.state.clausebookLink && event.state.clausebookLink !== text) { window.location.reload(); }
  });

  window.clausebookLink = text;
})();
