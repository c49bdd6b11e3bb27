// @ts-check
/* SCORM 1.2 (ADL, Run-Time Environment 1.2, 2001) and SCORM 2004 4th edition (Run-Time Environment 4th edition 1.1, 2009); the form says
   which of them its package is. A platform may end an attempt that failed or is completed, as Moodle does, so that a better one would
   count for nothing: nothing final is said until the policy is read and the quiz is passed, or no attempt is left. SCORM 1.2 has one
   status for both, and a platform may work it out from the score alone: until then it gets no score either. Passed is never taken back.
   A lesson without a quiz is completed once it is read. */
(() => {
  "use strict";

  const FARTHEST = 500; // frames upwards, as many as SCORM 2004 4th edition allows (RTE 3.3.6.1)
  const LONGEST = 230; // a description has 250 characters, its language tag among them
  const LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";
  const FINAL = ["passed", "failed", "completed"];

  /** @param {number} number */
  const two = number => String(number).padStart(2, "0");
  /** An id that every platform takes: Moodle refuses others than letters, digits, underscores and dots. @param {string} id */
  const plainId = id => id.replace(/-/g, "_");

  /* What the two versions call the same, and how each writes it. In 1.2 an option is one letter, in the order of the file: it knows
     answers of one character only. */
  const VERSIONS = {
    "1.2": {
      api: "API", calls: {begin: "LMSInitialize", get: "LMSGetValue", set: "LMSSetValue", commit: "LMSCommit", end: "LMSFinish"},
      mode: "cmi.core.lesson_mode", completion: "cmi.core.lesson_status", success: "cmi.core.lesson_status", score: "cmi.core.score",
      exit: "cmi.core.exit", sessionTime: "cmi.core.session_time", mastery: "cmi.student_data.mastery_score", masteryIn: 100,
      at: "time", response: "student_response", wrong: "wrong", separator: ",", truths: {true: "t", false: "f"}, is2004: false,
      /** @param {Answer} answer @param {string} id */
      option: (answer, id) => LETTERS.charAt(answer.options.indexOf(id)),
      /** @param {Date} now */
      moment: now => [now.getHours(), now.getMinutes(), now.getSeconds()].map(two).join(":"),
      /** @param {number} hours @param {number} minutes @param {number} seconds */
      duration: (hours, minutes, seconds) => `${String(Math.min(hours, 9999)).padStart(4, "0")}:${two(minutes)}:${two(seconds)}`
    },
    "2004": {
      api: "API_1484_11", calls: {begin: "Initialize", get: "GetValue", set: "SetValue", commit: "Commit", end: "Terminate"},
      mode: "cmi.mode", completion: "cmi.completion_status", success: "cmi.success_status", score: "cmi.score",
      exit: "cmi.exit", sessionTime: "cmi.session_time", mastery: "cmi.scaled_passing_score", masteryIn: 1,
      at: "timestamp", response: "learner_response", wrong: "incorrect", separator: "[,]", truths: {true: "true", false: "false"}, is2004: true,
      /** @param {Answer} answer @param {string} id */
      option: (answer, id) => plainId(id),
      /** @param {Date} now */
      moment: now => `${now.toISOString().slice(0, 19)}.0Z`,
      /** @param {number} hours @param {number} minutes @param {number} seconds */
      duration: (hours, minutes, seconds) => `PT${hours}H${minutes}M${seconds}S`
    }
  };

  const named = /** @type {HTMLElement} */ (document.querySelector("[data-scorm]"));
  const version = VERSIONS[/** @type {"1.2" | "2004"} */ (named.dataset.scorm)];
  const begun = Date.now();
  /** @type {any} */
  let api = null;
  let quiet = false; // opened to look at: nothing may be set
  let wasPassed = false;
  let best = 0; // per cent
  let next = 0;
  let trouble = false;
  let refused = false;

  /** @param {any} start @param {string} name */
  function upwards(start, name) {
    let frame = start;
    for (let count = 0; frame && count <= FARTHEST; count += 1) {
      try { if (frame[name]) { return frame[name]; } } catch (error) { return null; } // a frame of another host says nothing
      if (frame === frame.parent) { return null; }
      frame = frame.parent;
    }
    return null;
  }

  /** The object `name` of this window's parents, or else of whoever opened it. @param {string} name */
  function find(name) {
    let opener = null;
    try { opener = window.opener || window.top?.opener; } catch (error) { opener = null; }
    return upwards(window, name) || (opener ? upwards(opener, name) : null);
  }

  /** No answer, and an exception, are both "". @param {keyof typeof version.calls} name @param {string[]} values */
  function call(name, ...values) {
    try { return String(api[version.calls[name]](...values)); } catch (error) { return ""; }
  }

  /** @param {string} element */
  function get(element) {
    const value = call("get", element);
    return value === "undefined" || value === "null" ? "" : value;
  }

  /** @param {string} element @param {string | number} value */
  const isTaken = (element, value) => call("set", element, String(value)) === "true";
  /** @param {string} element @param {string | number} value */
  const set = (element, value) => { if (!isTaken(element, value)) { trouble = true; } };
  /** What a platform need not take: answers. @param {string} element @param {string | number} value */
  const offer = (element, value) => { if (!isTaken(element, value)) { refused = true; } };

  function committed() {
    const done = call("commit", "") === "true" && !trouble;
    trouble = false;
    return done;
  }

  /** @param {(found: Connected) => void} done */
  function connect(done) {
    api = find(version.api);
    if (!api || call("begin", "") !== "true") { done({found: false, refused: Boolean(api), reviewing: false, mastery: null, kept: null}); return; }
    quiet = ["review", "browse"].includes(get(version.mode));
    wasPassed = get(version.success) === "passed";
    best = wasPassed ? Number(get(`${version.score}.raw`)) || 0 : 0;
    next = Number(get("cmi.interactions._count")) || 0;
    if (!quiet && !FINAL.includes(get(version.completion))) { set(version.completion, "incomplete"); }
    done({found: true, reviewing: quiet, mastery: (Number(get(version.mastery)) || 0) / version.masteryIn || null, kept: get("cmi.suspend_data")});
  }

  /** @param {Answer} answer @param {string[]} ids @param {boolean | null} truth */
  function response(answer, ids, truth) {
    return answer.kind === "true-false" ? version.truths[truth ? "true" : "false"] : ids.map(id => version.option(answer, id)).join(version.separator);
  }

  /** For whoever reads the answers: the question, and the words of what is right. @param {Answer} answer */
  function described(answer) {
    const right = answer.right.map(id => answer.texts[id]).join(answer.kind === "order" ? ", then " : "; ");
    const text = `${answer.text} Right: ${right}`;
    return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
  }

  /** @param {Attempt} attempt */
  function answered(attempt) {
    const moment = version.moment(new Date());
    attempt.answers.forEach(answer => {
      const at = `cmi.interactions.${next}.`;
      offer(`${at}id`, `${attempt.number}_${plainId(answer.id)}`);
      offer(`${at}type`, answer.kind === "order" ? "sequencing" : answer.kind === "true-false" ? "true-false" : "choice");
      offer(at + version.at, moment);
      offer(`${at}correct_responses.0.pattern`, response(answer, answer.right, answer.rightTruth));
      if (answer.chosen.length) { offer(at + version.response, response(answer, answer.chosen, answer.chosenTruth)); }
      offer(`${at}result`, answer.isRight ? "correct" : version.wrong);
      offer(`${at}weighting`, "1");
      if (version.is2004) { offer(`${at}description`, `{lang=en-GB}${described(answer)}`); }
      next += 1;
    });
  }

  /** @param {Result} result */
  function report(result) {
    if (!result.asks) {
      if (result.read) { set(version.completion, "completed"); }
      return;
    }
    const isFinal = result.read && (result.passed || result.isOver || wasPassed);
    if (!result.checked || !(isFinal || version.is2004)) { return; }
    const share = result.score / result.count, raw = Math.round(1e4 * share) / 100; // Moodle takes the raw one as the grade
    if (!wasPassed || raw >= best) {
      set(`${version.score}.min`, "0");
      set(`${version.score}.max`, "100");
      set(`${version.score}.raw`, raw);
      if (version.is2004) { set(`${version.score}.scaled`, Math.round(1e7 * share) / 1e7); }
      best = raw;
    }
    if (result.passed || !wasPassed) { set(version.success, result.passed ? "passed" : "failed"); }
    wasPassed = wasPassed || result.passed;
    if (version.is2004 && result.read && (wasPassed || result.isOver)) { set(version.completion, "completed"); }
  }

  /** @param {() => void} told */
  function leave(told) {
    const seconds = Math.floor((Date.now() - begun) / 1000);
    if (!quiet) {
      set(version.sessionTime, version.duration(Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60));
      set(version.exit, "suspend"); // a platform may begin anew what was left for good
      committed();
    }
    call("end", "");
    told();
  }

  window.clausebookPlatform = {
    connect, answered, report, leave,
    keep: text => set("cmi.suspend_data", text),
    commit: told => told(committed(), refused)
  };
})();
