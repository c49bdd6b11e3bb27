/* SCORM 2004 4th edition (ADL, Run-Time Environment 4th edition 1.1, 2009). Options are named by their own ids. Completed is said
   when the policy is read and the quiz is passed, or no attempt is left: Moodle ends an attempt that is completed, so that a better
   one would count for nothing. The score is in per cent: Moodle takes the raw one as the grade. Nothing is ever taken back. */
(function () {
  "use strict";

  var LONGEST = 230; // a description has 250 characters, its language tag among them
  var scorm = window.clausebookScorm;
  var begun = Date.now();
  var lms = null;
  var quiet = false; // opened to look at: nothing may be set
  var wasPassed = false;
  var wasComplete = false;
  var best = null;
  var next = 0;

  function response(answer, ids, truth) {
    return answer.kind === "true-false" ? String(truth) : ids.map(scorm.id).join("[,]");
  }

  /* For whoever reads the answers: the question, and the words of what is right. */
  function described(answer) {
    var right = answer.right.map(function (id) { return answer.texts[id]; }).join(answer.kind === "order" ? ", then " : "; ");
    var text = answer.text + " Right: " + right;
    return text.length > LONGEST ? text.slice(0, LONGEST - 1) + "…" : text;
  }

  function share(number) { return String(Math.round(number * 1e7) / 1e7); }

  function connect(done) {
    var api = scorm.find("API_1484_11");
    lms = api && scorm.speak(api, { begin: "Initialize", get: "GetValue", set: "SetValue", commit: "Commit", end: "Terminate" });
    if (!lms || !lms.begin()) { lms = null; done({ found: false, refused: Boolean(api), reviewing: false, mastery: null, kept: null }); return; }
    var mode = lms.get("cmi.mode");
    quiet = mode === "review" || mode === "browse";
    wasPassed = lms.get("cmi.success_status") === "passed";
    wasComplete = lms.get("cmi.completion_status") === "completed";
    best = wasPassed ? Number(lms.get("cmi.score.scaled")) || 0 : null;
    next = Number(lms.get("cmi.interactions._count")) || 0;
    if (!quiet && !wasComplete) { lms.set("cmi.completion_status", "incomplete"); }
    done({ found: true, reviewing: quiet, mastery: Number(lms.get("cmi.scaled_passing_score")) || null, kept: lms.get("cmi.suspend_data") });
  }

  function answered(attempt) {
    var time = new Date().toISOString().slice(0, 19) + ".0Z";
    attempt.answers.forEach(function (answer) {
      var at = "cmi.interactions." + next + ".";
      lms.offer(at + "id", attempt.number + "_" + scorm.id(answer.id));
      lms.offer(at + "type", { order: "sequencing", "true-false": "true-false" }[answer.kind] || "choice");
      lms.offer(at + "timestamp", time);
      lms.offer(at + "correct_responses.0.pattern", response(answer, answer.right, answer.rightTruth));
      if (answer.chosen.length) { lms.offer(at + "learner_response", response(answer, answer.chosen, answer.chosenTruth)); }
      lms.offer(at + "result", answer.isRight ? "correct" : "incorrect");
      lms.offer(at + "weighting", "1");
      lms.offer(at + "description", "{lang=en-GB}" + described(answer));
      next += 1;
    });
  }

  function report(result) {
    if (result.checked) {
      var scaled = result.score / result.count;
      if (!wasPassed || scaled >= best) {
        lms.set("cmi.score.min", "0");
        lms.set("cmi.score.max", "100");
        lms.set("cmi.score.raw", Math.round(1e4 * scaled) / 100);
        lms.set("cmi.score.scaled", share(scaled));
        best = scaled;
      }
      if (result.passed || !wasPassed) { lms.set("cmi.success_status", result.passed ? "passed" : "failed"); }
      wasPassed = wasPassed || result.passed;
    }
    if (result.checked && result.read && (result.passed || result.isOver || wasPassed)) {
      lms.set("cmi.completion_status", "completed");
      wasComplete = true;
    }
  }

  function leave(told) {
    var time = scorm.split((Date.now() - begun) / 1000);
    if (!quiet) {
      lms.set("cmi.session_time", "PT" + time[0] + "H" + time[1] + "M" + time[2] + "S");
      lms.set("cmi.exit", "suspend"); // a platform may begin anew what was left for good
      lms.commit();
    }
    lms.end();
    told();
  }

  window.clausebookPlatform = {
    connect: connect,
    keep: function (text) { lms.set("cmi.suspend_data", text); },
    answered: answered,
    report: report,
    commit: function (told) { told(lms.commit(), lms.refused()); },
    leave: leave
  };
})();
