// @ts-check
/* Finds a question by its words, by everyday words for its topic, or by its answer; and copies an answer with its source and address. */
(() => {
  "use strict";

  const {all, copy, first, startAt, within} = clausebookDom;
  const plainly = text => clausebookPlain(text).toLowerCase().replace(/\s+/g, " ").trim();
  // What a reader sees: words for a screen reader alone repeat the question.
  const told = part => {
    const shown = part.cloneNode(true);
    all(shown, ".cb-sr").forEach(hidden => { hidden.remove(); });
    return shown.textContent.replace(/\s+/g, " ").trim();
  };

  function start(form) {
    const articles = all(document, "article.cb-qa"), field = form.elements.find, status = first(form, "[data-cb-status]");
    const texts = new Map(articles.map(article => [article, plainly(`${article.dataset.cbWords} ${article.textContent}`)]));

    function apply() {
      const sought = plainly(field.value).split(" ").filter(Boolean);
      articles.forEach(article => { article.hidden = !sought.every(word => texts.get(article).includes(word)); });
      all(document, ".md-typeset > h2").forEach(heading => {
        const own = [];
        for (let next = heading.nextElementSibling; next && next.tagName !== "H2"; next = next.nextElementSibling) {
          if (next.matches("article.cb-qa")) { own.push(next); }
        }
        heading.hidden = own.length > 0 && own.every(article => article.hidden);
      });
      const shown = articles.filter(article => !article.hidden).length;
      status.textContent = !sought.length ? "" : shown ? `${shown} of ${articles.length} questions.` :
        "No question has these words. That does not mean it is allowed: ask first.";
    }

    field.addEventListener("input", apply);
    form.addEventListener("submit", event => { event.preventDefault(); });
    form.hidden = false;
    apply();
  }

  function textOf(article, button) {
    const question = first(article, "h3"), address = new URL(location.href);
    address.hash = question.id;
    address.search = "";
    return [first(question, ".headerlink") ? question.firstChild.textContent : told(question), ...all(article, "[data-cb-told]").map(told), button.dataset.cbCites, address.href].join("\n");
  }

  startAt("form[data-cb-questions]", start);
  startAt("[data-cb-copy-answer]", button => { button.hidden = false; });
  document.addEventListener("click", event => {
    const button = within(event, "[data-cb-copy-answer]");
    if (!button) { return; }
    let said = button.parentNode.querySelector("[role=status]");
    if (!said) {
      said = document.createElement("span");
      said.setAttribute("role", "status");
      button.after(said);
    }
    copy(textOf(button.closest("article"), button), copied => {
      said.textContent = copied ? " Copied." : " Copying did not work here. Select the text and copy it.";
    });
  });
})();
