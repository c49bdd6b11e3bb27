// @ts-check
/* What every played package does: says how far the reader is, keeps it with the learning platform, and tells the platform of
   the policy that is read and of each attempt at the quiz. How a platform is spoken to is in the adapter, which comes first (Platform in
   types.d.ts). */
(() => {
  "use strict";

  const {all, first, scriptRuns} = clausebookDom;
  const LONGEST = 4000; // SCORM 1.2 keeps 4,096 characters
  const LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";
  const platform = window.clausebookPlatform;
  const form = first(document, "form[data-cb-quiz]"); // a lesson of a course may have no quiz
  const tick = first(document, "[data-cb-read]"); // or nothing to read
  const said = first(document, "[data-cb-record]");
  const copies = all(document, "[data-cb-record-again]");
  const exit = first(document, "[data-cb-leave]");
  const mark = ((form || tick).dataset.digest || "").slice(0, 12) + (form ? form.dataset.mark : "");
  const cards = !form ? [] : form.dataset.pool.split(" ").map(id => {
    const own = form.querySelector(`[data-cb-question='${id}']`).dataset;
    return { id, kind: own.kind, options: own.options.split(" ") };
  });
  const now = { read: !tick, state: null, best: null };
  let link = { found: false, reviewing: false, mastery: null };
  let over = false;
  const AGAIN = 15; // seconds until what was not taken is reported again
  let again = null;

  function say(text, trouble) {
    [said, ...copies].forEach(place => {
      if (place.textContent !== text) { place.textContent = text; }
      place.dataset.state = trouble ? "trouble" : "";
    });
  }

  function isOver() { return now.state && now.state.checked === now.state.attempt && now.state.attempt + 1 >= (Number(form.dataset.attempts) || Infinity); }

  function result() {
    const best = now.best;
    return best ? `${(best.passed ? "passed, " : "not passed, ") + best.score} of ${best.count}` : "";
  }

  function toDo() {
    const open = [];
    if (form && !now.best) { open.push("answer the questions"); } else if (form && !now.best.passed && !isOver()) { open.push("try the questions again"); }
    if (!now.read) { open.push("confirm that you have read the policy"); }
    return open.length ? ` Still to do: ${open.join(", and ")}.` : !form || now.best.passed ? " Nothing is left to do: you may close this page." : " You have no attempts left: speak to whoever asked you to take the quiz.";
  }

  function tell(taken, answersRefused) {
    if (link.refused) { say("Your learning platform did not answer, so nothing is recorded. Close this page, and open it again from there.", true); return; }
    if (!link.found) { say("No learning platform was found, so nothing is recorded. The page works for you alone."); return; }
    if (link.reviewing) { say("Your learning platform opened this to look at: nothing is recorded."); return; }
    if (!taken) { say(`Your learning platform has not taken this yet. Keep this page open: it is reported again every ${AGAIN} seconds. If this goes on, sign in to the platform again in another tab, then come back to this page.`, true); return; }
    const parts = [tick && now.read ? "read" : "", result()].filter(Boolean);
    const kept = answersRefused ? " Your platform did not keep every single answer; the result counts." : "";
    say(parts.length ? `Reported to your learning platform: ${parts.join("; ")}.${kept}${toDo()}` : `Your learning platform records what you do here.${toDo()}`);
  }

  /* What stands in the form, as "question:letters": a letter is an option; of an order, with its place after it. */
  function packIds(ids) { return cards.flatMap((card, place) => ids.includes(card.id) ? [place.toString(36)] : []).join("."); }

  function unpackIds(text) { return (text ? text.split(".") : []).flatMap(place => cards[parseInt(place, 36)] ? [cards[parseInt(place, 36)].id] : []); }

  function packAnswers(answers) {
    return cards.map((card, place) => {
      const chosen = answers[card.id] || [];
      return chosen.length ? `${place.toString(36)}:${chosen.map(one => {
        const step = one.split("=");
        const id = card.kind === "order" ? step[0].split(".")[1] : one;
        return LETTERS.charAt(card.options.indexOf(id)) + (step[1] || "");
      }).join("")}` : "";
    }).filter(Boolean).join(";");
  }

  function unpackAnswers(text) {
    const answers = {};
    (text ? text.split(";") : []).forEach(part => {
      const halves = part.split(":");
      const card = cards[parseInt(halves[0], 36)];
      if (!card) { return; }
      const found = halves[1].match(card.kind === "order" ? /[a-z]\d+/g : /[a-z0-9]/g) || [];
      answers[card.id] = found.map(one => {
        const id = card.options[LETTERS.indexOf(one.charAt(0))];
        return card.kind === "order" ? `${card.id}.${id}=${one.slice(1)}` : id;
      });
    });
    return answers;
  }

  function pack() {
    const state = now.state;
    const kept = { mark, read: now.read, best: now.best && [now.best.score, now.best.count, now.best.pass, now.best.passed] };
    if (state) { kept.state = { seed: state.seed, attempt: state.attempt, role: state.role, checked: state.checked, finished: state.finished, at: state.at, seen: packIds(state.seen), answers: packAnswers(state.answers) }; }
    if (state && JSON.stringify(kept).length > LONGEST) { kept.state.answers = kept.state.seen = ""; }
    return JSON.stringify(kept);
  }

  function unpack(text) {
    let kept;
    try { kept = JSON.parse(text); } catch (error) { return; }
    if (!kept || kept.mark !== mark) { return; } // another text, or other questions: read it and answer them anew
    now.read = !tick || kept.read === true;
    now.best = kept.best && { score: kept.best[0], count: kept.best[1], pass: kept.best[2], passed: kept.best[3] };
    if (kept.state) {
      now.state = kept.state;
      now.state.seen = unpackIds(kept.state.seen);
      now.state.answers = unpackAnswers(kept.state.answers);
    }
  }

  function keep() { if (link.found && !link.reviewing) { platform.keep(pack()); } }

  /* With the words of its options; of true or false, whether what was chosen, and what is right, is the option that says true:
     the first of the file, unless that one says no. */
  function described(answer) {
    const fieldset = form.querySelector(`[data-cb-question='${answer.id}']`);
    const texts = {};
    answer.options.forEach(id => { texts[id] = fieldset.querySelector(`[data-cb-option='${id}'] span`).textContent.trim(); });
    const isTrue = function (id) { return (id === answer.options[0]) !== /^(false|no)\b/i.test(texts[answer.options[0]]); };
    const chosen = answer.kind === "order" ? answer.chosen : answer.options.filter(id => answer.chosen.includes(id));
    return { ...answer, chosen,
      text: answer.text.trim(), texts, chosenTruth: answer.chosen.length ? isTrue(answer.chosen[0]) : null, rightTruth: isTrue(answer.right[0])};
  }

  function report() {
    if (tick) { tick.disabled = link.found && now.read && Boolean(now.best || !form); } // what the platform has is not taken back
    if (!link.found || link.reviewing) { tell(true); return; }
    const best = now.best || { score: 0, count: 0, pass: 0, passed: false };
    platform.keep(pack());
    platform.report({ asks: Boolean(form), read: now.read, checked: form ? Boolean(now.best) : now.read, passed: best.passed, score: best.score, count: best.count, pass: best.pass, isOver: Boolean(isOver()) });
    deliver();
  }

  /* A platform's page may take what its server never gets: without a network nothing is asked of it. What was not taken is
     delivered again by itself, and as soon as the network is back. */
  function deliver() {
    window.clearTimeout(again);
    const told = function (taken, answersRefused) {
      tell(taken, answersRefused);
      if (!taken && !over) { again = window.setTimeout(report, AGAIN * 1000); }
    };
    if (navigator.onLine === false) { told(false); return; }
    platform.commit(told);
  }

  function load(names) {
    if (!names.length) { return; }
    const script = document.createElement("script");
    script.src = names[0];
    script.addEventListener("load", () => { load(names.slice(1)); });
    document.body.appendChild(script);
  }

  function leave() {
    if (over || !link.found) { return; }
    over = true;
    window.clearTimeout(again);
    keep();
    platform.leave(() => { if (platform.back) { window.location.href = platform.back; } });
  }

  /* The platform's own pass mark counts: whoever set it there meant it. */
  function adoptMastery(mastery) {
    const count = Number(form.dataset.count);
    if (!mastery || mastery > 1) { return; }
    form.dataset.pass = Math.min(count, Math.max(1, Math.ceil(mastery * count - 1e-9)));
    first(document, "[data-cb-pass-mark]").textContent = form.dataset.pass;
  }

  /* Read, check, confirm: one part stands on the screen, whichever the address leads into. */
  function showPart(part) {
    all(document, "[data-cb-part]").forEach(one => { one.toggleAttribute("data-away", one !== part); });
    all(document, ".cb-parts a").forEach(way => {
      if (part.querySelector(way.hash)) { way.setAttribute("aria-current", "step"); } else { way.removeAttribute("aria-current"); }
    });
  }

  function followAddress() {
    const target = document.getElementById(decodeURIComponent(window.location.hash.slice(1))), part = target && target.closest("[data-cb-part]");
    if (!part) { return; }
    showPart(part);
    target.scrollIntoView();
    target.focus({ preventScroll: true });
  }

  /* Where the reader was: whoever has passed confirms, whoever has begun the questions goes on with them. */
  function startParts() {
    const part = id => first(document, `[data-cb-part][aria-labelledby=${id}]`), begun = now.best || (now.state && now.state.seen.length);
    if (!part("Read")) { return; }
    showPart(part(form && begun ? now.best && now.best.passed ? "Say" : "Quiz" : "Read"));
    window.addEventListener("hashchange", followAddress);
    followAddress();
  }

  function start(found) {
    link = found;
    if (found.kept) { unpack(found.kept); }
    startParts();
    if (form) { startQuiz(); }
    if (tick) {
      tick.checked = now.read;
      tick.addEventListener("change", () => { now.read = tick.checked; report(); });
    }
    window.addEventListener("online", () => { if (again !== null) { report(); } });
    window.addEventListener("pagehide", leave);
    window.addEventListener("pageshow", event => { if (event.persisted && over) { window.location.reload(); } });
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden" && link.found && !link.reviewing && !over) { platform.commit(() => {}); }
    });
    exit.hidden = !platform.back;
    exit.querySelector("button").addEventListener("click", leave);
    if ((tick && now.read) || now.best) { report(); } else { tell(true); }
  }

  function startQuiz() {
    adoptMastery(link.mastery);
    window.clausebookKept = {
      read() { return now.state; },
      write(state) { now.state = state; keep(); },
      forget() { now.state = null; keep(); }
    };
    form.addEventListener("clausebook:start", (/** @type {CustomEvent} */ event) => { now.state = event.detail.state; keep(); });
    form.addEventListener("clausebook:checked", (/** @type {CustomEvent} */ event) => {
      const detail = event.detail;
      now.state = detail.state;
      if (!now.best || detail.score > now.best.score) {
        now.best = { score: detail.score, count: detail.count, pass: detail.pass, passed: detail.passed };
      }
      if (link.found && !link.reviewing) {
        platform.answered({ number: detail.state.attempt + 1, passed: detail.passed, answers: detail.answers.map(described) });
      }
      report();
    });
    load(["codec.js", "marking.js", "quiz-draw.js", "quiz-steps.js", "quiz.js"]);
  }

  scriptRuns(document, "[data-cb-needs-player]");
  platform.connect(start);
})();
