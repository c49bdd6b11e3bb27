/* SCORM 1.2 (ADL, Run-Time Environment 1.2, 2001). An option is named by one letter, in the order of the file: a, b, c…, because
   the format knows answers of one character only. lesson_status stays incomplete, and no score is set, until the policy is read
   and the quiz is passed, or no attempt is left: a platform may work out failed from the score alone, and Moodle ends an attempt
   that failed, so that a better one would count for nothing. Passed is never taken back. */
(function () {
  "use strict";

  var LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";
  var scorm = window.clausebookScorm;
  var begun = Date.now();
  var lms = null;
  var quiet = false; // opened to look at: nothing may be set
  var wasPassed = false;
  var bestRaw = null;
  var next = 0;

  function response(answer, ids, truth) {
    if (answer.kind === "true-false") { return truth ? "t" : "f"; }
    var letters = ids.map(function (id) { return LETTERS.charAt(answer.options.indexOf(id)); });
    return letters.join(",");
  }

  function connect(done) {
    var api = scorm.find("API");
    lms = api && scorm.speak(api, { begin: "LMSInitialize", get: "LMSGetValue", set: "LMSSetValue", commit: "LMSCommit", end: "LMSFinish" });
    if (!lms || !lms.begin()) { lms = null; done({ found: false, refused: Boolean(api), reviewing: false, mastery: null, kept: null }); return; }
    var mode = lms.get("cmi.core.lesson_mode");
    var status = lms.get("cmi.core.lesson_status");
    quiet = mode === "review" || mode === "browse";
    wasPassed = status === "passed";
    bestRaw = wasPassed ? Number(lms.get("cmi.core.score.raw")) || 0 : null;
    next = Number(lms.get("cmi.interactions._count")) || 0;
    if (!quiet && ["passed", "failed", "completed"].indexOf(status) < 0) { lms.set("cmi.core.lesson_status", "incomplete"); }
    done({ found: true, reviewing: quiet, mastery: (Number(lms.get("cmi.student_data.mastery_score")) || 0) / 100 || null, kept: lms.get("cmi.suspend_data") });
  }

  function answered(attempt) {
    var clock = new Date();
    var time = [clock.getHours(), clock.getMinutes(), clock.getSeconds()].map(scorm.two).join(":");
    attempt.answers.forEach(function (answer) {
      var at = "cmi.interactions." + next + ".";
      lms.offer(at + "id", attempt.number + "_" + scorm.id(answer.id));
      lms.offer(at + "type", { order: "sequencing", "true-false": "true-false" }[answer.kind] || "choice");
      lms.offer(at + "time", time);
      lms.offer(at + "correct_responses.0.pattern", response(answer, answer.right, answer.rightTruth));
      if (answer.chosen.length) { lms.offer(at + "student_response", response(answer, answer.chosen, answer.chosenTruth)); }
      lms.offer(at + "result", answer.isRight ? "correct" : "wrong");
      lms.offer(at + "weighting", "1");
      next += 1;
    });
  }

  function report(result) {
    if (!result.read || !result.checked || !(result.passed || result.isOver || wasPassed)) { return; }
    var raw = Math.round(10000 * result.score / result.count) / 100;
    if (!wasPassed || raw >= bestRaw) {
      lms.set("cmi.core.score.min", "0");
      lms.set("cmi.core.score.max", "100");
      lms.set("cmi.core.score.raw", raw);
      bestRaw = raw;
    }
    if (result.passed || !wasPassed) { lms.set("cmi.core.lesson_status", result.passed ? "passed" : "failed"); }
    wasPassed = wasPassed || result.passed;
  }

  function leave(told) {
    var time = scorm.split((Date.now() - begun) / 1000);
    if (!quiet) {
      lms.set("cmi.core.session_time", ("000" + time[0]).slice(-4) + ":" + scorm.two(time[1]) + ":" + scorm.two(time[2]));
      lms.set("cmi.core.exit", "suspend"); // a platform may begin anew what was left for good
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
