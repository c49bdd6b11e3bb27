// @ts-check
/* Filters the review desk by trust and kind, and then shows all that fits. Without JavaScript a heading's further notes open on demand. */
(() => {
  "use strict";

  const {all, first, startAt} = clausebookDom;

  function start(form) {
    const found = all(document, "[data-cb-finding]"), status = form.querySelector("[data-cb-status]");

    function apply(chosen) {
      const isChosen = Boolean(chosen.trust || chosen.kind);
      found.forEach(one => {
        one.hidden = Boolean((chosen.trust && one.dataset.trust !== chosen.trust[0]) || (chosen.kind && one.dataset.kind !== chosen.kind[0]));
      });
      all(document, "[data-cb-group]").forEach(group => {
        group.hidden = isChosen && !group.querySelector("[data-cb-finding]:not([hidden])");
      });
      all(document, "[data-cb-rest]").forEach(rest => {
        rest.open = isChosen;
        rest.hidden = !rest.querySelector("[data-cb-finding]:not([hidden])");
        first(rest, "summary").hidden = isChosen;
      });
      const shown = found.filter(one => !one.hidden).length;
      status.textContent = `Showing ${shown === found.length ? `all ${shown}` : `${shown} of ${found.length}`} notes.`;
    }

    clausebookView(form, {trust: "trust", kind: "kind"}, apply);
  }

  startAt("form[data-cb-desk]", start);
})();
