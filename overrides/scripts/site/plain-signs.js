// @ts-check
/* What is searched for is asked in the signs of a keyboard: phones and word processors put other apostrophes, quotation marks,
   dashes and spaces, which no index knows. */
const clausebookPlain = (() => {
  "use strict";

  function plain(text) {
    return text.replace(/[\u2018-\u201b\u02bc\u2032\u00b4`]/g, "'").replace(/[\u201c-\u201f\u00ab\u00bb\u2033]/g, '"')
      .replace(/[\u2010-\u2015\u2212]/g, "-").replace(/[\u00a0\u2000-\u200a\u202f\u205f\u3000]/g, " ")
      .replace(/[\u00ad\u200b-\u200d\u2060\ufeff]/g, "");
  }

  // Before the theme's own script reads the field.
  ["input", "keyup"].forEach(kind => {
    window.addEventListener(kind, (/** @type {any} */ event) => {
      const field = clausebookDom.within(event, ".md-search__input");
      if (event.isComposing || !field || plain(field.value) === field.value) { return; }
      const end = plain(field.value.slice(0, field.selectionEnd)).length;
      field.value = plain(field.value);
      field.setSelectionRange(end, end);
    }, true);
  });

  return plain;
})();
