/* Marks the quiz on the page. Nothing is sent; the reader's progress stays in the reader's own browser. */
(function () {
  "use strict";

  function start(form) {
    var key = "clausebook.quiz." + form.dataset.cbQuiz;
    var questions = Array.prototype.slice.call(form.querySelectorAll("fieldset"));
    var summary = form.querySelector("[data-cb-summary]");
    var pass = Number(form.dataset.pass);

    function chosen(question) { return question.querySelector("input:checked"); }

    function save() {
      var answers = {};
      questions.forEach(function (question) {
        var option = chosen(question);
        if (option) { answers[option.name] = option.value; }
      });
      try { localStorage.setItem(key, JSON.stringify(answers)); } catch (error) { /* a browser that keeps nothing */ }
    }

    function restore() {
      var answers = {};
      try { answers = JSON.parse(localStorage.getItem(key)) || {}; } catch (error) { /* nothing kept */ }
      Object.keys(answers).forEach(function (name) {
        Array.prototype.forEach.call(form.querySelectorAll("input"), function (option) {
          if (option.name === name && option.value === answers[name]) { option.checked = true; }
        });
      });
    }

    function mark(question) {
      var option = chosen(question);
      var verdict = question.querySelector("[data-cb-verdict]");
      var right = Boolean(option) && option.value === question.dataset.right;
      verdict.textContent = !option ? "Not answered." : right ? "Correct." : "Not correct.";
      question.dataset.state = !option ? "open" : right ? "right" : "wrong";
      question.querySelector("details").open = true;
      return right;
    }

    function check(event) {
      event.preventDefault();
      var wrong = questions.filter(function (question) { return !mark(question); });
      var score = questions.length - wrong.length;
      summary.textContent = "";
      var heading = document.createElement("h2");
      heading.textContent = score + " of " + questions.length + " correct. " +
        (score >= pass ? "That is a pass." : "The pass mark is " + pass + ".");
      summary.appendChild(heading);
      if (wrong.length) {
        var words = document.createElement("p");
        words.textContent = "Look again at:";
        var list = document.createElement("ul");
        wrong.forEach(function (question) {
          var item = document.createElement("li");
          var link = document.createElement("a");
          link.href = "#" + question.id;
          link.addEventListener("click", function (event) {
            event.preventDefault();
            question.scrollIntoView();
            question.querySelector("input").focus({ preventScroll: true });
          });
          link.textContent = question.querySelector("legend").textContent.trim().replace(/\s+/g, " ");
          item.appendChild(link);
          list.appendChild(item);
        });
        summary.appendChild(words);
        summary.appendChild(list);
      }
      summary.hidden = false;
      summary.focus({ preventScroll: true });
      summary.scrollIntoView(); // its top: the score comes first, however long the list
    }

    function again() {
      questions.forEach(function (question) {
        question.querySelector("[data-cb-verdict]").textContent = "";
        question.querySelector("details").open = false;
        delete question.dataset.state;
      });
      summary.hidden = true;
      try { localStorage.removeItem(key); } catch (error) { /* nothing kept */ }
      window.setTimeout(function () { questions[0].querySelector("input").focus(); }, 0);
    }

    Array.prototype.forEach.call(form.querySelectorAll("[data-cb-needs-script]"), function (part) { part.hidden = false; });
    Array.prototype.forEach.call(document.querySelectorAll("[data-cb-without-script]"), function (part) { part.hidden = true; });
    restore();
    form.addEventListener("change", function (event) {
      save();
      var question = event.target.closest("fieldset"); // another choice: what was said of the last one no longer holds
      question.querySelector("[data-cb-verdict]").textContent = "";
      delete question.dataset.state;
    });
    form.addEventListener("submit", check);
    form.addEventListener("reset", again);
  }

  Array.prototype.forEach.call(document.querySelectorAll("form[data-cb-quiz]"), start);
})();
