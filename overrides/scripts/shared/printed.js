/* Says on a printed page on which day it was printed. Without JavaScript it bears the trust's name alone. */
(function () {
  "use strict";

  window.addEventListener("beforeprint", function () {
    var day = new Date().toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric" });
    Array.prototype.forEach.call(document.querySelectorAll("[data-cb-printed]"), function (place) {
      place.textContent = " · Printed on " + day;
    });
  });
})();
