// @ts-check
/* Says on a printed page on which day it was printed. Without JavaScript it bears the trust's name alone. */
(() => {
  "use strict";

  window.addEventListener("beforeprint", () => {
    const day = new Date().toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric" });
    clausebookDom.startAt("[data-cb-printed]", place => { place.textContent = ` · Printed on ${day}`; });
  });
})();
