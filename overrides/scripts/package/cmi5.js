// @ts-check
/* cmi5 (AICC, cmi5 Specification Profile for xAPI, Quartz 1st edition; the numbers are its sections). Each question of an attempt
   is an "answered" statement. A session may say "passed" or "failed" once, and "passed" never gives way to "failed" (9.3): so a
   pass is told at once, and a failure when the session ends without one. */
(() => {
  "use strict";

  const VERB = "http://adlnet.gov/expapi/verbs/";
  const CMI5 = "https://w3id.org/xapi/cmi5/context/";
  const STATE = "clausebook";
  const NEEDED = ["endpoint", "fetch", "actor", "registration", "activityId"];
  const asked = {};
  let token = "";
  let launch = {};
  let begun = Date.now();
  let quiet = false; // launched to browse or to review: nothing but that it began and ended
  let known = { kept: "", completed: false, passed: false }; // of this registration, in the State API
  const session = { completed: false, passed: false, failed: null };
  let outbox = [];
  let saving = null;
  const platform = {};

  function call(address, options) {
    options.headers = { Authorization: `Basic ${token}`, "X-Experience-API-Version": "1.0.3" };
    if (options.body) { options.headers["Content-Type"] = "application/json"; }
    return fetch(asked.endpoint.replace(/\/?$/, "/") + address, options).then(answer => {
      if (!answer.ok && answer.status !== 404) { throw new Error(String(answer.status)); }
      return answer;
    });
  }

  function query(values) {
    return Object.keys(values).map(name => `${name}=${encodeURIComponent(values[name])}`).join("&");
  }

  function stateOf(name) {
    return `activities/state?${query({ activityId: asked.activityId, agent: JSON.stringify(asked.actor), registration: asked.registration, stateId: name })}`;
  }

  function read(address) {
    return call(address, { cache: "no-store" }).then(answer => answer.status === 404 ? null : answer.json());
  }

  function uuid() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 15) | 64;
    bytes[8] = (bytes[8] & 63) | 128;
    const digits = Array.from(bytes, byte => byte.toString(16).padStart(2, "0")).join("");
    return digits.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
  }

  function duration() { return `PT${((Date.now() - begun) / 1000).toFixed(2)}S`; }

  /* The context that the platform gave, with what is added to its lists and its extensions; nothing in it is overwritten (10.2.1). */
  function contextWith(activities, extensions) {
    const context = JSON.parse(JSON.stringify(launch.contextTemplate || {}));
    context.registration = asked.registration;
    context.contextActivities = context.contextActivities || {};
    Object.keys(activities).forEach(name => {
      context.contextActivities[name] = [context.contextActivities[name] || [], activities[name]].flat();
    });
    context.extensions = { ...extensions, ...context.extensions};
    return context;
  }

  function statement(verb, object, context, result) {
    const made = { id: uuid(), actor: asked.actor, verb: { id: VERB + verb, display: { "en": verb } }, object, context, timestamp: new Date().toISOString() };
    if (result) { made.result = result; }
    return made;
  }

  /* A statement that cmi5 defines: about this unit, in its categories (9.6.2). */
  function defined(verb, result) {
    const isJudged = result && ("success" in result || "completion" in result);
    const category = [{ id: `${CMI5}categories/cmi5` }].concat(isJudged ? [{ id: `${CMI5}categories/moveon` }] : []);
    const extensions = {};
    if (result && "success" in result && typeof launch.masteryScore === "number") { extensions[`${CMI5}extensions/masteryscore`] = launch.masteryScore; }
    return statement(verb, { objectType: "Activity", id: asked.activityId }, contextWith({ category }, extensions), result);
  }

  function judged(best) {
    return defined(best.passed ? "passed" : "failed", {
      success: best.passed, duration: duration(),
      score: { scaled: Math.round(10000 * best.score / best.count) / 10000, raw: best.score, min: 0, max: best.count }
    });
  }

  function post(statements) {
    return call("statements", { method: "POST", body: JSON.stringify(statements), keepalive: true }).then(answer => {
      if (!answer.ok) { throw new Error(String(answer.status)); }
    });
  }

  function save() {
    clearTimeout(saving);
    return call(stateOf(STATE), { method: "PUT", body: JSON.stringify(known), keepalive: true });
  }

  function connect(done) {
    const lost = function (refused) { done({ found: false, refused, reviewing: false, mastery: null, kept: null }); };
    const given = new URLSearchParams(window.location.search);
    NEEDED.forEach(name => { asked[name] = given.get(name); });
    if (NEEDED.some(name => !asked[name])) { lost(false); return; }
    try { asked.actor = JSON.parse(asked.actor); } catch (error) { lost(true); return; }
    fetch(asked.fetch, { method: "POST" }).then(answer => answer.json()).then(answer => {
      token = answer["auth-token"];
      if (!token) { throw new Error(answer["error-text"]); } // the address works once: a reload is no new session (8.2)
      return read(stateOf("LMS.LaunchData"));
    }).then(data => {
      launch = data || {};
      quiet = launch.launchMode === "Browse" || launch.launchMode === "Review";
      return read(`agents/profile?${query({ agent: JSON.stringify(asked.actor), profileId: "cmi5LearnerPreferences" })}`).catch(() => null);
    }).then(() => 
       read(stateOf(STATE)) // the preferences are asked for as 11.0 demands; there is one language, and no sound
    ).then(kept => {
      known = kept || known;
      begun = Date.now();
      return post([defined("initialized")]);
    }).then(() => {
      if (/^https?:/.test(launch.returnURL || "")) { platform.back = launch.returnURL; }
      done({ found: true, reviewing: quiet, mastery: typeof launch.masteryScore === "number" ? launch.masteryScore : null, kept: known.kept });
    }).catch(() => { lost(true); });
  }

  function keep(text) {
    known.kept = text;
    clearTimeout(saving);
    saving = setTimeout(() => { save().catch(() => { /* the next step saves again */ }); }, 500);
  }

  function response(answer, ids, truth) { return answer.kind === "true-false" ? String(truth) : ids.join("[,]"); }

  function answered(attempt) {
    const iri = clausebookDom.first(document, "form[data-cb-quiz]").dataset.iri;
    attempt.answers.forEach(answer => {
      const definition = {
        type: "http://adlnet.gov/expapi/activities/cmi.interaction",
        description: { "en-GB": answer.text },
        interactionType: { order: "sequencing", "true-false": "true-false" }[answer.kind] || "choice",
        correctResponsesPattern: [response(answer, answer.right, answer.rightTruth)]
      };
      if (answer.kind !== "true-false") {
        definition.choices = answer.options.map(id => ({ id, description: { "en-GB": answer.texts[id] } }));
      }
      const result = { success: answer.isRight };
      if (answer.chosen.length) { result.response = response(answer, answer.chosen, answer.chosenTruth); }
      outbox.push(statement("answered", { objectType: "Activity", id: `${iri}:questions:${answer.id}`, definition },
        contextWith({ parent: [{ objectType: "Activity", id: asked.activityId }] }, {}), result));
    });
    session.failed = attempt.passed ? null : session.failed || {};
  }

  function report(result) {
    if (!result.checked) { return; }
    if (result.passed && !known.passed && !session.passed) {
      outbox.push(judged(result));
      session.passed = true;
    } else if (!result.passed && session.failed) {
      session.failed = result;
    }
    if (result.read && !known.completed && !session.completed) {
      outbox.push(defined("completed", { completion: true, duration: duration() }));
      session.completed = true;
    }
  }

  function sent(statements) {
    outbox = outbox.filter(one => !statements.includes(one));
    known.passed = known.passed || session.passed;
    known.completed = known.completed || session.completed;
  }

  function commit(told) {
    const statements = outbox.slice();
    (statements.length ? post(statements) : Promise.resolve()).then(() => {
      sent(statements);
      return save();
    }).then(() => { told(true); }, () => { told(false); });
  }

  function leave(told) {
    const last = outbox.slice();
    if (session.failed && session.failed.count && !session.passed && !known.passed) { last.push(judged(session.failed)); }
    last.push(defined("terminated", { duration: duration() }));
    sent(outbox);
    const saved = quiet ? Promise.resolve() : save();
    Promise.all([saved.catch(() => null), post(last)]).then(told, told);
  }

  platform.connect = connect;
  platform.keep = keep;
  platform.answered = answered;
  platform.report = report;
  platform.commit = commit;
  platform.leave = leave;
  window.clausebookPlatform = platform;
})();
