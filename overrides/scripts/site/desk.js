// @ts-check
/* Filters the review desk by trust and kind. Without JavaScript everything stands below each other. */
(() => {
  "use strict";

  const {all, startAt} = clausebookDom;

  function start(form) {
    const found = all(document, "[data-cb-finding]"), status = form.querySelector("[data-cb-status]");

    function apply(chosen) {
      found.forEach(one => {
        one.hidden = Boolean((chosen.trust && one.dataset.trust !== chosen.trust[0]) || (chosen.kind && one.dataset.kind !== chosen.kind[0]));
      });
      all(document, "[data-cb-group]").forEach(group => {
        group.hidden = Boolean(chosen.trust || chosen.kind) && !group.querySelector("[data-cb-finding]:not([hidden])");
      });
      const shown = found.filter(one => !one.hidden).length;
      status.textContent = `Showing ${shown === found.length ? `all ${shown}` : `${shown} of ${found.length}`} notes.`;
    }

    clausebookView(form, {trust: "trust", kind: "kind"}, apply);
  }

  startAt("form[data-cb-desk]", start);
})();
