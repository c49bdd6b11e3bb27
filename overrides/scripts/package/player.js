/* What every played package does: says how far the reader is, keeps it with the learning platform, and tells the platform of
   the policy that is read and of each attempt at the quiz. How a platform is spoken to is in the adapter, which comes first:

   clausebookPlatform.connect(done)     done({found, refused, reviewing, mastery, kept}): mastery is a share of 1 or null, kept what keep() had
   clausebookPlatform.keep(text)        to be given back when the reader comes again
   clausebookPlatform.answered(attempt) {number, passed, answers: [{id, kind, text, options, texts, chosen, right, isRight, chosenTruth, rightTruth}]}
   clausebookPlatform.report(result)    {read, checked, passed, score, count, pass, isOver}: the best attempt so far, and whether none is left
   clausebookPlatform.commit(told)      told(true, refused) when the platform has it; `refused` where it did not take single answers
   clausebookPlatform.leave(told)       once, at the end
   clausebookPlatform.back              where to go then, if anywhere */
(function () {
  "use strict";

  var LONGEST = 4000; // SCORM 1.2 keeps 4,096 characters
  var LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";
  var platform = window.clausebookPlatform;
  var form = document.querySelector("form[data-cb-quiz]");
  var tick = document.querySelector("[data-cb-read]");
  var said = document.querySelector("[data-cb-record]");
  var copies = document.querySelectorAll("[data-cb-record-again]");
  var exit = document.querySelector("[data-cb-leave]");
  var mark = form.dataset.digest.slice(0, 12) + form.dataset.mark;
  var cards = form.dataset.pool.split(" ").map(function (id) {
    var own = form.querySelector("[data-cb-question='" + id + "']").dataset;
    return { id: id, kind: own.kind, options: own.options.split(" ") };
  });
  var now = { read: false, state: null, best: null };
  var link = { found: false, reviewing: false };
  var over = false;
  var AGAIN = 15; // seconds until what was not taken is reported again
  var again = null;

  function say(text, trouble) {
    [said].concat(Array.prototype.slice.call(copies)).forEach(function (place) {
      if (place.textContent !== text) { place.textContent = text; }
      place.dataset.state = trouble ? "trouble" : "";
    });
  }

  function isOver() { return now.state && now.state.checked === now.state.attempt && now.state.attempt + 1 >= (Number(form.dataset.attempts) || Infinity); }

  function result() {
    var best = now.best;
    return best ? (best.passed ? "passed, " : "not passed, ") + best.score + " of " + best.count : "";
  }

  function toDo() {
    var open = [];
    if (!now.best) { open.push("answer the questions"); } else if (!now.best.passed && !isOver()) { open.push("try the questions again"); }
    if (!now.read) { open.push("say that you have read the policy"); }
    return open.length ? " Still to do: " + open.join(", and ") + "." : now.best.passed ? " Nothing is left to do: you may close this page." : " You have no attempts left: speak to whoever asked you to take the quiz.";
  }

  function tell(taken, answersRefused) {
    if (link.refused) { say("Your learning platform did not answer, so nothing is recorded. Close this page, and open it again from there.", true); return; }
    if (!link.found) { say("No learning platform was found, so nothing is recorded. The page works for you alone."); return; }
    if (link.reviewing) { say("Your learning platform opened this to look at: nothing is recorded."); return; }
    if (!taken) { say("Your learning platform has not taken this yet. Keep this page open: it is reported again every " + AGAIN + " seconds. If this goes on, sign in to the platform again in another tab, then come back to this page.", true); return; }
    var parts = [now.read ? "read" : "", result()].filter(Boolean);
    var kept = answersRefused ? " Your platform did not keep every single answer; the result counts." : "";
    say(parts.length ? "Reported to your learning platform: " + parts.join("; ") + "." + kept + toDo() : "Your learning platform records what you do here." + toDo());
  }

  /* What stands in the form, as "question:letters": a letter is an option; of an order, with its place after it. */
  function packAnswers(answers) {
    return cards.map(function (card, place) {
      var chosen = answers[card.id] || [];
      return chosen.length ? place.toString(36) + ":" + chosen.map(function (one) {
        var step = one.split("=");
        var id = card.kind === "order" ? step[0].split(".")[1] : one;
        return LETTERS.charAt(card.options.indexOf(id)) + (step[1] || "");
      }).join("") : "";
    }).filter(Boolean).join(";");
  }

  function unpackAnswers(text) {
    var answers = {};
    (text ? text.split(";") : []).forEach(function (part) {
      var halves = part.split(":");
      var card = cards[parseInt(halves[0], 36)];
      if (!card) { return; }
      var found = halves[1].match(card.kind === "order" ? /[a-z]\d+/g : /[a-z0-9]/g) || [];
      answers[card.id] = found.map(function (one) {
        var id = card.options[LETTERS.indexOf(one.charAt(0))];
        return card.kind === "order" ? card.id + "." + id + "=" + one.slice(1) : id;
      });
    });
    return answers;
  }

  function pack() {
    var state = now.state;
    var kept = { mark: mark, read: now.read, best: now.best && [now.best.score, now.best.count, now.best.pass, now.best.passed] };
    if (state) { kept.state = { seed: state.seed, attempt: state.attempt, role: state.role, checked: state.checked, finished: state.finished, answers: packAnswers(state.answers) }; }
    if (state && JSON.stringify(kept).length > LONGEST) { kept.state.answers = ""; }
    return JSON.stringify(kept);
  }

  function unpack(text) {
    var kept;
    try { kept = JSON.parse(text); } catch (error) { return; }
    if (!kept || kept.mark !== mark) { return; } // another text, or other questions: read it and answer them anew
    now.read = kept.read === true;
    now.best = kept.best && { score: kept.best[0], count: kept.best[1], pass: kept.best[2], passed: kept.best[3] };
    if (kept.state) {
      now.state = kept.state;
      now.state.answers = unpackAnswers(kept.state.answers);
    }
  }

  function keep() { if (link.found && !link.reviewing) { platform.keep(pack()); } }

  /* With the words of its options; of true or false, whether what was chosen, and what is right, is the option that says true:
     the first of the file, unless that one says no. */
  function described(answer) {
    var fieldset = form.querySelector("[data-cb-question='" + answer.id + "']");
    var texts = {};
    answer.options.forEach(function (id) { texts[id] = fieldset.querySelector("[data-cb-option='" + id + "'] span").textContent.trim(); });
    var isTrue = function (id) { return (id === answer.options[0]) !== /^(false|no)\b/i.test(texts[answer.options[0]]); };
    var chosen = answer.kind === "order" ? answer.chosen : answer.options.filter(function (id) { return answer.chosen.indexOf(id) >= 0; });
    return Object.assign({}, answer, {
      chosen: chosen,
      text: answer.text.trim(), texts: texts, chosenTruth: answer.chosen.length ? isTrue(answer.chosen[0]) : null, rightTruth: isTrue(answer.right[0])
    });
  }

  function report() {
    tick.disabled = link.found && now.read && Boolean(now.best); // what the platform has is not taken back
    if (!link.found || link.reviewing) { tell(true); return; }
    var best = now.best || { score: 0, count: 0, pass: 0, passed: false };
    platform.keep(pack());
    platform.report({ read: now.read, checked: Boolean(now.best), passed: best.passed, score: best.score, count: best.count, pass: best.pass, isOver: Boolean(isOver()) });
    deliver();
  }

  /* A platform's page may take what its server never gets: without a network nothing is asked of it. What was not taken is
     delivered again by itself, and as soon as the network is back. */
  function deliver() {
    window.clearTimeout(again);
    var told = function (taken, answersRefused) {
      tell(taken, answersRefused);
      if (!taken && !over) { again = window.setTimeout(report, AGAIN * 1000); }
    };
    if (navigator.onLine === false) { told(false); return; }
    platform.commit(told);
  }

  function load(names) {
    if (!names.length) { return; }
    var script = document.createElement("script");
    script.src = names[0];
    script.addEventListener("load", function () { load(names.slice(1)); });
    document.body.appendChild(script);
  }

  function leave() {
    if (over || !link.found) { return; }
    over = true;
    window.clearTimeout(again);
    keep();
    platform.leave(function () { if (platform.back) { window.location.href = platform.back; } });
  }

  /* The platform's own pass mark counts: whoever set it there meant it. */
  function adoptMastery(mastery) {
    var count = Number(form.dataset.count);
    if (!mastery || mastery > 1) { return; }
    form.dataset.pass = Math.min(count, Math.max(1, Math.ceil(mastery * count - 1e-9)));
    document.querySelector("[data-cb-pass-mark]").textContent = form.dataset.pass;
  }

  function start(found) {
    link = found;
    adoptMastery(found.mastery);
    if (found.kept) { unpack(found.kept); }
    window.clausebookKept = {
      read: function () { return now.state; },
      write: function (state) { now.state = state; keep(); },
      forget: function () { now.state = null; keep(); }
    };
    form.dataset.live = "live"; // answers show once they are checked
    tick.checked = now.read;
    tick.addEventListener("change", function () { now.read = tick.checked; report(); });
    form.addEventListener("clausebook:start", function (event) { now.state = event.detail.state; keep(); });
    form.addEventListener("clausebook:checked", function (event) {
      var detail = event.detail;
      now.state = detail.state;
      if (!now.best || detail.score > now.best.score) {
        now.best = { score: detail.score, count: detail.count, pass: detail.pass, passed: detail.passed };
      }
      if (link.found && !link.reviewing) {
        platform.answered({ number: detail.state.attempt + 1, passed: detail.passed, answers: detail.answers.map(described) });
      }
      report();
    });
    window.addEventListener("online", function () { if (again !== null) { report(); } });
    window.addEventListener("pagehide", leave);
    window.addEventListener("pageshow", function (event) { if (event.persisted && over) { window.location.reload(); } });
    document.addEventListener("visibilitychange", function () {
      if (document.visibilityState === "hidden" && link.found && !link.reviewing && !over) { platform.commit(function () {}); }
    });
    exit.hidden = !platform.back;
    exit.querySelector("button").addEventListener("click", leave);
    load(["quiz-draw.js", "quiz.js"]);
    if (now.read || now.best) { report(); } else { tell(true); }
  }

  Array.prototype.forEach.call(document.querySelectorAll("[data-cb-needs-player]"), function (part) { part.hidden = false; });
  Array.prototype.forEach.call(document.querySelectorAll("[data-cb-without-script]"), function (part) { part.hidden = true; });
  platform.connect(start);
})();
