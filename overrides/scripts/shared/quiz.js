/* A quiz in the page: draws the questions of an attempt, marks them where the page may know what is right, and makes the slip.
   Nothing is sent. What the reader chose is kept in their own browser, or by the learning platform that plays a package:
   such a platform is told of it by the events "clausebook:start" and "clausebook:checked", and keeps it as window.clausebookKept. */
(function () {
  "use strict";

  var draw = window.clausebookQuiz;

  function each(list, act) { Array.prototype.forEach.call(list, act); }
  function all(root, selector) { return Array.prototype.slice.call(root.querySelectorAll(selector)); }
  function words(text) { return text ? text.split(" ") : []; }

  function keptIn(key) {
    return window.clausebookKept || {
      read: function () { try { return JSON.parse(localStorage.getItem(key)); } catch (error) { return null; } },
      write: function (state) { try { localStorage.setItem(key, JSON.stringify(state)); } catch (error) { /* a browser that keeps nothing */ } },
      forget: function () { try { localStorage.removeItem(key); } catch (error) { /* nothing kept */ } }
    };
  }

  function newSeed() {
    var numbers = window.crypto && window.crypto.getRandomValues ? window.crypto.getRandomValues(new Uint32Array(3))
      : [Math.random() * 4294967296, Date.now(), Math.random() * 4294967296];
    return Array.prototype.map.call(numbers, function (number) { return Math.floor(number).toString(36); }).join("");
  }

  function start(form) {
    var data = form.dataset;
    var sealed = data.mode === "sealed";
    var count = Number(data.count);
    var pass = Number(data.pass);
    var most = Number(data.attempts) || Infinity;
    // Whoever came by a personal link has a quiz of their own, also on a device that others use.
    var own = window.clausebookLink ? "." + window.clausebookLink.slice(-12) : "";
    var kept = keptIn("clausebook.quiz." + data.cbQuiz + "." + data.mark + own);
    var holder = form.querySelector("[data-cb-questions]");
    var summary = form.querySelector("[data-cb-summary]");
    var said = form.querySelector("[data-cb-said]");
    var slip = document.querySelector("[data-cb-slip]");
    var roles = form.querySelector("[data-cb-role]");
    var asked = []; // the fieldsets of this attempt, in their order
    var state;

    var cards = all(form, "[data-cb-question]").map(function (fieldset) {
      var own = fieldset.dataset;
      return {
        id: own.cbQuestion, kind: own.kind, group: own.group, mustKnow: "mustKnow" in own, isSaid: "said" in own,
        roles: words(own.roles), options: words(own.options), right: words(own.right), fieldset: fieldset
      };
    });
    var pool = words(data.pool); // the order of the author's file, in which the deck lies before it is shuffled
    cards.sort(function (one, other) { return pool.indexOf(one.id) - pool.indexOf(other.id); });

    function fresh(role) { return { seed: newSeed(), attempt: 0, role: role || "", answers: {}, checked: null, finished: "" }; }

    /* What is chosen, as [option…]: of an order, every option in its place, or nothing while that is not whole. */
    function chosen(card) {
      if (card.kind !== "order") {
        return all(card.fieldset, "input:checked").map(function (input) { return input.value; });
      }
      var placed = [];
      all(card.fieldset, "select").forEach(function (select) {
        if (select.value) { placed[Number(select.value) - 1] = select.name.split(".")[1]; }
      });
      return placed.filter(Boolean).length === card.options.length ? placed : [];
    }

    /* As it stands in the form, half-finished or not. */
    function standing(card) {
      return card.kind === "order"
        ? all(card.fieldset, "select").filter(function (select) { return select.value; }).map(function (select) { return select.name + "=" + select.value; })
        : chosen(card);
    }

    function stand(card, values) {
      all(card.fieldset, "input").forEach(function (input) { input.checked = values.indexOf(input.value) >= 0; });
      all(card.fieldset, "select").forEach(function (select) {
        var value = values.filter(function (one) { return one.indexOf(select.name + "=") === 0; })[0];
        select.value = value ? value.slice(select.name.length + 1) : "";
      });
    }

    function isRight(card) {
      var those = chosen(card);
      return card.kind === "order" ? those.join(" ") === card.right.join(" ")
        : those.length > 0 && those.slice().sort().join(" ") === card.right.slice().sort().join(" ");
    }

    function lay() {
      asked = draw.drawQuestions(cards, state.seed, state.attempt, count, state.role);
      cards.forEach(function (card) {
        stand(card, []);
        unmark(card);
        card.fieldset.hidden = true;
        card.fieldset.disabled = true;
      });
      asked.forEach(function (card, place) {
        var options = card.fieldset.querySelector("[data-cb-options]");
        card.fieldset.hidden = false;
        card.fieldset.disabled = false;
        holder.appendChild(card.fieldset);
        draw.drawOptions(card.id, card.kind, card.options, state.seed, state.attempt).forEach(function (id) {
          options.appendChild(options.querySelector("[data-cb-option='" + id + "']"));
        });
        each(card.fieldset.querySelectorAll("[data-cb-number]"), function (number) { number.textContent = place + 1; });
        stand(card, state.answers[card.id] || []);
      });
      lock(false);
      laySheet();
      form.dispatchEvent(new CustomEvent("clausebook:start", { bubbles: true, detail: { state: state } }));
    }

    /* An attempt that was marked is over: whoever has seen the answers goes on with other questions. */
    function lock(locked) {
      if (locked) { form.dataset.locked = "locked"; } else { delete form.dataset.locked; }
      asked.forEach(function (card) {
        each(card.fieldset.querySelectorAll("input, select"), function (field) { field.disabled = locked; });
      });
      if (roles) { roles.disabled = locked; }
      each(form.querySelectorAll("[type=submit], [data-cb-do=clear]"), function (button) { button.hidden = locked; });
    }

    function laySheet() {
      var sheet = document.querySelector(".cb-answer-sheet ol");
      if (!sheet) { return; }
      each(sheet.children, function (item) { item.hidden = true; });
      asked.forEach(function (card) {
        var item = sheet.querySelector("[data-cb-answer='" + card.id + "']");
        item.hidden = false;
        sheet.appendChild(item);
      });
    }

    /* Says of each option, in words, whether it is right and whether it was chosen. */
    function markOptions(card, those) {
      card.options.forEach(function (id) {
        var isChosen = those.indexOf(id) >= 0, right = card.right.indexOf(id) >= 0;
        if (card.kind === "order" || !(isChosen || right)) { return; }
        var option = card.fieldset.querySelector("[data-cb-option='" + id + "']");
        var word = document.createElement("span");
        word.className = "cb-mark";
        word.textContent = isChosen ? "Your answer: " + (right ? "correct" : "not correct") : "Correct answer";
        option.dataset.marked = right ? "right" : "wrong";
        option.querySelector("label").append(" ", word);
      });
    }

    function unmark(card) {
      card.fieldset.querySelector("[data-cb-verdict]").textContent = "";
      each(card.fieldset.querySelectorAll(".cb-mark"), function (word) { word.remove(); });
      each(card.fieldset.querySelectorAll("[data-marked]"), function (option) { delete option.dataset.marked; });
      delete card.fieldset.dataset.state;
      each(card.fieldset.querySelectorAll("details"), function (details) { details.open = false; details.hidden = true; });
    }

    function save() {
      state.answers = {};
      asked.forEach(function (card) {
        var values = standing(card);
        if (values.length) { state.answers[card.id] = values; }
      });
      kept.write(state);
    }

    function mark(card) {
      var those = chosen(card);
      var verdict = card.fieldset.querySelector("[data-cb-verdict]");
      var right = isRight(card);
      var text = right ? "Correct." : "Not correct.";
      if (!right && card.kind !== "order") {
        var wrong = those.filter(function (id) { return card.right.indexOf(id) < 0; });
        wrong.forEach(function (id) {
          var item = card.fieldset.querySelector("[data-cb-says='" + id + "'] span");
          if (item) { text += " " + item.textContent; }
        });
        if (!wrong.length) { text += " Something is missing: more of these are right."; }
      }
      unmark(card);
      verdict.textContent = text;
      card.fieldset.dataset.state = right ? "right" : "wrong";
      markOptions(card, those);
      each(card.fieldset.querySelectorAll("details"), function (details) { details.hidden = false; details.open = !right; });
      return right;
    }

    function linkTo(card) {
      var item = document.createElement("li");
      var link = document.createElement("a");
      link.href = "#" + card.fieldset.id;
      link.textContent = card.fieldset.querySelector("[data-cb-number]").textContent + ". " + card.fieldset.querySelector("legend strong").textContent;
      link.addEventListener("click", function (event) {
        event.preventDefault();
        card.fieldset.scrollIntoView();
        var target = form.dataset.locked ? card.fieldset.querySelector("[data-cb-verdict]") : card.fieldset.querySelector("input, select");
        target.focus({ preventScroll: true });
      });
      item.appendChild(link);
      return item;
    }

    function tell(heading, words, those) {
      var details = summary.querySelector("[data-cb-details]");
      summary.querySelector("[data-cb-result]").textContent = heading;
      details.textContent = "";
      words.forEach(function (text) {
        var paragraph = document.createElement("p");
        paragraph.textContent = text;
        details.appendChild(paragraph);
      });
      if (those.length) {
        var list = document.createElement("ul");
        those.forEach(function (card) { list.appendChild(linkTo(card)); });
        details.appendChild(list);
      }
      summary.hidden = false;
    }

    function result(score) {
      var out = score + " of " + asked.length + " correct.";
      if (data.mode === "self-check") { return out; }
      return out + (score >= passing() ? " That is a pass." : " The pass mark is " + passing() + ".");
    }

    function passing() { return Math.min(pass, asked.length); }

    function show() {
      var wrong = sealed ? [] : asked.filter(function (card) { return !mark(card); });
      var left = most - state.attempt - 1;
      var passed = !sealed && asked.length - wrong.length >= passing();
      if (sealed) {
        tell("Your answers are complete.", ["HR marks them. Pass on the line below: until you do, nobody has it."], []);
      } else {
        var told = wrong.length ? ["Look again at:"] : [];
        if (!passed && data.mode === "learn" && left <= 0) {
          told.unshift("You have used all " + most + " attempts. Read the policy again, and speak to whoever asked you to take the quiz.");
        }
        tell(result(asked.length - wrong.length), told, wrong);
      }
      form.querySelector("[data-cb-do=again]").hidden = sealed || left <= 0;
      makeSlip(sealed || (passed && data.mode === "learn"));
      lock(data.mode === "learn");
      return passed;
    }

    function check(event) {
      event.preventDefault();
      save();
      var open = asked.filter(function (card) { return !chosen(card).length; });
      if (open.length) { // marked, it would give away the answers to all of them
        tell(open.length === 1 ? "One question has no answer yet." : open.length + " questions have no answer yet.", ["Answer every question, then choose “" + (sealed ? "Finish" : "Check answers") + "”:"], open);
        open.filter(function (card) { return standing(card).length; }).forEach(function (card) {
          card.fieldset.querySelector("[data-cb-verdict]").textContent = "Give each step a place of its own.";
        });
        focusSummary();
        return;
      }
      state.finished = new Date().toISOString().slice(0, 16) + "Z";
      state.checked = state.attempt;
      state.chosen = answersGiven();
      var passed = show();
      state.passed = passed;
      kept.write(state);
      focusSummary();
      form.dispatchEvent(new CustomEvent("clausebook:checked", {
        bubbles: true,
        detail: {
          state: state, passed: passed, pass: passing(), count: asked.length, attemptsLeft: most - state.attempt - 1,
          score: sealed ? null : asked.filter(isRight).length,
          answers: asked.map(function (card) {
            return {
              id: card.id, kind: card.kind, options: card.options, chosen: chosen(card), right: card.right, isRight: !sealed && isRight(card),
              text: card.fieldset.querySelector("legend strong").textContent
            };
          })
        }
      }));
    }

    function focusSummary() {
      summary.focus({ preventScroll: true });
      summary.scrollIntoView(); // its top: the score comes first, however long the list
    }

    function makeSlip(ready) {
      if (!slip) { return; }
      slip.hidden = !ready;
      form.querySelector("[data-cb-to-slip]").hidden = !ready;
      if (!ready) { return; }
      var fact = function (name) { return slip.querySelector("[data-cb-fact='" + name + "']"); };
      var name = slip.querySelector("[data-cb-name]").value.trim();
      fact("name").textContent = name || "not given";
      fact("finished").textContent = state.finished.replace("T", " ").replace("Z", " UTC") + ", by this device's clock";
      if (fact("result")) { fact("result").textContent = result(asked.filter(isRight).length) + " Attempt " + (state.attempt + 1) + "."; }
      slip.querySelector("[data-cb-line]").value = line(name);
      slip.querySelector("[data-cb-line-printed]").textContent = line(name);
    }

    function answersGiven() {
      var answers = {};
      asked.forEach(function (card) { answers[card.id] = chosen(card); });
      return answers;
    }

    /* quiz1.<base64url of JSON>: what generator/clausebook/quizzes/slips.py reads. */
    function line(name) {
      var record = {
        answers: answersGiven(), attempt: state.attempt, digest: data.digest, finished: state.finished, mark: data.mark, name: name,
        policy: data.policy, revision: data.revision, role: state.role, seed: state.seed, since: data.since || "", trust: data.trust
      };
      var bytes = new TextEncoder().encode(JSON.stringify(record));
      var text = "";
      bytes.forEach(function (byte) { text += String.fromCharCode(byte); });
      return "quiz1." + btoa(text).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
    }

    function again() {
      state = { seed: state.seed, attempt: state.attempt + 1, role: state.role, answers: {}, checked: null, finished: "" };
      kept.write(state);
      begin("Attempt " + (state.attempt + 1) + ": " + asked.length + " questions.");
    }

    function begin(news) {
      summary.hidden = true;
      makeSlip(false);
      lay();
      said.textContent = news;
      focusFirst();
    }

    function focusFirst() {
      var first = asked[0].fieldset;
      first.scrollIntoView();
      first.querySelector("input, select").focus({ preventScroll: true });
    }

    function clear() {
      state.answers = {};
      kept.write(state);
      asked.forEach(function (card) { stand(card, []); unmark(card); });
      summary.hidden = true;
      makeSlip(false);
      said.textContent = "Your answers are cleared.";
      focusFirst();
    }

    function forget() {
      kept.forget();
      state = fresh("");
      if (roles) { roles.value = ""; }
      if (slip) { slip.querySelector("[data-cb-name]").value = ""; }
      begin("Forgotten: this browser keeps nothing of this quiz.");
    }

    function wireSlip() {
      slip.querySelector("[data-cb-name]").addEventListener("input", function () { makeSlip(true); });
      window.clausebookPassOn(slip, {
        copied: "Paste it into a message to whoever asked you for it.",
        file: "quiz-" + data.policy + "-" + data.revision + ".txt",
        print: "slip",
        text: function () {
          var facts = all(slip, ".cb-facts > div").map(function (row) { return row.children[0].textContent + ": " + row.children[1].textContent; });
          return facts.join("\n") + "\n\n" + slip.querySelector("[data-cb-line]").value;
        }
      });
    }

    state = kept.read() || fresh("");
    if (roles) { roles.value = state.role; }
    each(form.querySelectorAll("[data-cb-needs-script]"), function (part) { part.hidden = false; });
    each(document.querySelectorAll("[data-cb-without-script]"), function (part) { part.hidden = true; });
    if (slip) { wireSlip(); }
    lay();
    if (state.checked === state.attempt) { show(); }
    form.addEventListener("change", function (event) {
      var fieldset = event.target.closest("[data-cb-question]");
      if (!fieldset) { return; }
      state.checked = null; // what was said of it no longer holds
      save();
      cards.filter(function (card) { return card.fieldset === fieldset; }).forEach(unmark);
      makeSlip(false);
    });
    if (roles) {
      roles.addEventListener("change", function () {
        state = { seed: state.seed, attempt: state.attempt, role: roles.value, answers: {}, checked: null, finished: "" };
        kept.write(state);
        summary.hidden = true;
        makeSlip(false);
        lay();
        said.textContent = "The questions now suit your choice.";
      });
    }
    form.addEventListener("submit", check);
    form.querySelector("[data-cb-do=again]").addEventListener("click", again);
    form.querySelector("[data-cb-do=clear]").addEventListener("click", clear);
    form.querySelector("[data-cb-do=forget]").addEventListener("click", forget);
  }

  each(document.querySelectorAll("form[data-cb-quiz]"), start);

  if (window.clausebookLink) { // a personal link, on its way to the page where it is signed
    each(document.querySelectorAll("a[data-cb-acknowledge]"), function (link) { link.hash = window.clausebookLink; });
  }
})();
