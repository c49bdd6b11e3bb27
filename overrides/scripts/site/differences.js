// @ts-check
/* What differs between academies, for one academy, one policy, or both; the choice is in the address. */
(() => {
  "use strict";

  const {all, startAt} = clausebookDom;

  function start(form) {
    const policies = all(document, "[data-cb-differs]"), status = form.querySelector("[data-cb-status]");

    function apply(chosen) {
      const academy = (chosen.academy || [""])[0], policy = (chosen.policy || [""])[0];
      policies.forEach(part => {
        const lines = all(part, "[data-academy]");
        lines.forEach(line => { line.hidden = academy !== "" && line.dataset.academy !== academy; });
        part.hidden = (policy !== "" && part.dataset.cbDiffers !== policy) || lines.every(line => line.hidden);
      });
      const shown = policies.filter(part => !part.hidden).length;
      status.textContent = shown ? `Showing ${shown} of ${policies.length} polic${policies.length === 1 ? "y" : "ies"}.` : "Nothing differs there: it is the trust’s text as it is.";
    }

    clausebookView(form, {academy: "academy", policy: "policy"}, apply);
  }

  startAt("form[data-cb-differences]", start);
})();
