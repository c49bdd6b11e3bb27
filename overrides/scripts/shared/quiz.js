// @ts-check
/* A quiz in the page: draws the questions of an attempt, asks one at a time, marks each where the page may know what is right, and makes the slip.
   Nothing is sent. What the reader chose is kept in their own browser, or by the learning platform that plays a package:
   such a platform is told of it by the events "clausebook:start" and "clausebook:checked", and keeps it as window.clausebookKept. */
(() => {
  "use strict";

  const {all, element, first, startAt, within, words} = clausebookDom;
  const {isRight: isRightAnswer, passMark, wrongOf} = clausebookMarking;
  const draw = clausebookQuiz;

  /** @param {string} key @returns {Kept} */
  function keptIn(key) {
    return window.clausebookKept || {
      read() { try { return JSON.parse(localStorage.getItem(key) || "null"); } catch (error) { return null; } },
      write(state) { try { localStorage.setItem(key, JSON.stringify(state)); } catch (error) { /* a browser that keeps nothing */ } },
      forget() { try { localStorage.removeItem(key); } catch (error) { /* nothing kept */ } }
    };
  }

  function newSeed() {
    const numbers = window.crypto && window.crypto.getRandomValues ? window.crypto.getRandomValues(new Uint32Array(3))
      : [Math.random() * 4294967296, Date.now(), Math.random() * 4294967296];
    return Array.from(numbers, number => Math.floor(number).toString(36)).join("");
  }

  /** @param {HTMLFormElement} form */
  function start(form) {
    const data = form.dataset;
    const sealed = data.mode === "sealed";
    const most = Number(data.attempts) || Infinity;
    // Whoever came by a personal link has a quiz of their own, also on a device that others use.
    const own = window.clausebookLink ? `.${window.clausebookLink.slice(-12)}` : "";
    const holder = first(form, "[data-cb-questions]");
    const summary = first(form, "[data-cb-summary]");
    const slip = first(document, "[data-cb-slip]");
    const roles = first(form, "[data-cb-role]");
    /** @type {QuizCard[]} */
    let asked = []; // the fieldsets of this attempt, in their order
    /** @type {QuizState} */
    let state;
    const steps = clausebookSteps.of(form);

    const cards = all(form, "[data-cb-question]").map(fieldset => {
      const told = fieldset.dataset;
      return {
        id: told.cbQuestion, policy: told.policy || "", kind: told.kind, group: told.group, mustKnow: "mustKnow" in told, isSaid: "said" in told,
        roles: words(told.roles), options: words(told.options), right: words(told.right), fieldset
      };
    });
    const pool = words(data.pool); // the order of the author's file, in which the deck lies before it is shuffled
    cards.sort((one, other) => pool.indexOf(one.id) - pool.indexOf(other.id));
    const asks = data.texts ? JSON.parse(data.texts) : null; // of a campaign's quiz: each policy with its revision and digest
    const whole = { cards, count: Number(data.count), pass: Number(data.pass), mark: data.mark || "" };
    const owed = asks && owedIn();
    const quiz = owed ? draw.narrow(cards, words(data.marks), owed, Number(data.draw), Number(data.wanted)) : whole;
    const {count, pass} = quiz;
    const kept = keptIn(`clausebook.quiz.${data.cbQuiz}.${quiz.mark}${own}`);
    if (owed) { tellOwed(owed); }

    /** The policies that the reader's personal link asks for, where it asks for fewer than the campaign. */
    function owedIn() {
      const link = window.clausebookLink ? clausebookCodec.readLink(window.clausebookLink) : null;
      if (!link || link.says.campaign !== data.campaign || !Array.isArray(link.says.policies)) { return null; }
      const named = link.says.policies.map((/** @type {{policy: string}} */ one) => one.policy);
      const those = asks.map((/** @type {{policy: string}} */ one) => one.policy).filter((/** @type {string} */ policy) => named.includes(policy));
      return those.length && those.length < asks.length ? those : null;
    }

    /** @param {string[]} those */
    function tellOwed(those) {
      all(document, "[data-cb-of]").filter(item => !those.includes(item.dataset.cbOf)).forEach(item => { item.remove(); });
      /** @type {Record<string, number>} */
      const numbers = { count: quiz.count, pass: quiz.pass, pool: quiz.cards.length };
      all(document, "[data-cb-told]").forEach(place => { place.textContent = numbers[place.dataset.cbTold]; });
    }

    /** @param {string} role @returns {QuizState} */
    function fresh(role) { return { seed: newSeed(), attempt: 0, role: role || "", answers: {}, seen: [], at: 0, checked: null, finished: "" }; }

    /** What is chosen, as [option…]: of an order, every option in its place, or nothing while that is not whole. @param {QuizCard} card @returns {string[]} */
    function chosen(card) {
      if (card.kind !== "order") {
        return all(card.fieldset, "input:checked").map(input => input.value);
      }
      /** @type {string[]} */
      const placed = [];
      all(card.fieldset, "select").forEach(select => {
        if (select.value) { placed[Number(select.value) - 1] = select.name.split(".")[1]; }
      });
      return placed.filter(Boolean).length === card.options.length ? placed : [];
    }

    /** As it stands in the form, half-finished or not. @param {QuizCard} card @returns {string[]} */
    function standing(card) {
      return card.kind === "order"
        ? all(card.fieldset, "select").filter(select => select.value).map(select => `${select.name}=${select.value}`)
        : chosen(card);
    }

    /** @param {QuizCard} card @param {string[]} values */
    function stand(card, values) {
      all(card.fieldset, "input").forEach(input => { input.checked = values.includes(input.value); });
      all(card.fieldset, "select").forEach(select => {
        const value = values.find(one => one.startsWith(`${select.name}=`));
        select.value = value ? value.slice(select.name.length + 1) : "";
      });
    }

    /** @param {QuizCard} card */
    function isRight(card) { return isRightAnswer(card.kind, chosen(card), card.right); }

    function lay() {
      asked = draw.drawQuestions(quiz.cards, state.seed, state.attempt, count, state.role);
      cards.forEach(card => {
        stand(card, []);
        unmark(card);
        card.fieldset.hidden = true;
        card.fieldset.disabled = true;
      });
      asked.forEach((card, place) => {
        const options = first(card.fieldset, "[data-cb-options]");
        card.fieldset.hidden = false;
        card.fieldset.disabled = false;
        holder.appendChild(card.fieldset);
        draw.drawOptions(card.id, card.kind, card.options, state.seed, state.attempt).forEach(id => {
          options.appendChild(first(options, `[data-cb-option='${id}']`));
        });
        all(card.fieldset, "[data-cb-number]").forEach(number => { number.textContent = place + 1; });
        all(card.fieldset, "[data-cb-total]").forEach(total => { total.textContent = asked.length; });
        stand(card, state.answers[card.id] || []);
        if (isSeen(card)) { mark(card); }
      });
      lock();
      laySheet();
      form.dispatchEvent(new CustomEvent("clausebook:start", { bubbles: true, detail: { state } }));
    }

    /** Whether the reader has been told what is right. @param {QuizCard} card */
    function isSeen(card) { return state.seen.includes(card.id); }

    /** Whether it still waits for an answer. @param {QuizCard} card */
    function isOpen(card) { return sealed ? !chosen(card).length : !isSeen(card); }

    /** Whoever has seen the answer to a question does not change theirs. */
    function lock() {
      asked.forEach(card => {
        all(card.fieldset, "input, select").forEach(field => { field.disabled = isSeen(card); });
      });
      if (roles) { roles.disabled = state.seen.length > 0; }
    }

    /** @param {number} place @param {QuizCard | null} [before]  the one that was just answered */
    function goTo(place, before) {
      state.at = place;
      kept.write(state);
      view(before || null);
      steps.enter(asked[place]);
    }

    /** @param {QuizCard | null} before */
    function view(before) {
      summary.hidden = true;
      makeSlip(false);
      steps.show(asked, state.at, before);
      offer();
    }

    /** The buttons say what comes next. */
    function offer() {
      const last = state.at === asked.length - 1, next = last ? "" : "Next question";
      if (state.checked === state.attempt) { steps.offer("Back to your result", next); return; }
      if (sealed || isSeen(asked[state.at])) { steps.offer(next || (sealed ? "Finish" : "See your result"), ""); return; }
      steps.offer("Check answer", "Skip");
    }

    /** The next question, or after the last the result. @param {QuizCard | null} before */
    function goOn(before) {
      if (state.at + 1 >= asked.length) { seeResult(); return; }
      goTo(state.at + 1, before);
    }

    /** What is answered is checked where this page knows what is right: whoever was right goes on at once. */
    function answerNow() {
      const card = asked[state.at];
      if (state.checked === state.attempt) { seeResult(); return; }
      save();
      if (sealed || isSeen(card)) { goOn(null); return; }
      if (!chosen(card).length) {
        first(card.fieldset, "[data-cb-verdict]").textContent = standing(card).length ? "Give each step a place of its own." : "Choose an answer first, or skip this question.";
        first(card.fieldset, "[data-cb-verdict]").focus();
        return;
      }
      state.seen.push(card.id);
      kept.write(state);
      const right = mark(card);
      lock();
      offer();
      if (right) {
        steps.tell(`Question ${state.at + 1}: right.`);
        goOn(card);
      } else {
        steps.show(asked, state.at, null);
        first(card.fieldset, "[data-cb-verdict]").focus();
      }
    }

    function laySheet() {
      const sheet = first(document, ".cb-answer-sheet ol");
      if (!sheet) { return; }
      all(sheet, "li").forEach(item => { item.hidden = true; });
      asked.forEach(card => {
        const item = first(sheet, `[data-cb-answer='${card.id}']`);
        item.hidden = false;
        sheet.appendChild(item);
      });
    }

    /** Says of each option, in words, whether it is right and whether it was chosen. @param {QuizCard} card @param {string[]} those */
    function markOptions(card, those) {
      card.options.forEach(id => {
        const isChosen = those.includes(id), right = card.right.includes(id);
        if (card.kind === "order" || !(isChosen || right)) { return; }
        const option = first(card.fieldset, `[data-cb-option='${id}']`);
        const word = document.createElement("span");
        word.className = "cb-mark";
        word.textContent = isChosen ? `Your answer: ${right ? "right" : "not right"}` : "Right answer";
        option.dataset.marked = right ? "right" : "wrong";
        first(option, "label").append(" ", word);
      });
    }

    /** @param {QuizCard} card */
    function unmark(card) {
      first(card.fieldset, "[data-cb-verdict]").textContent = "";
      all(card.fieldset, ".cb-mark").forEach(word => { word.remove(); });
      all(card.fieldset, "[data-marked]").forEach(option => { delete option.dataset.marked; });
      delete card.fieldset.dataset.state;
      all(card.fieldset, ".cb-answer-key").forEach(details => { details.open = false; details.hidden = true; });
    }

    function save() {
      state.answers = {};
      asked.forEach(card => {
        const values = standing(card);
        if (values.length) { state.answers[card.id] = values; }
      });
      kept.write(state);
    }

    /** Says what is right, and why; what was right stays folded. @param {QuizCard} card */
    function mark(card) {
      const those = chosen(card), right = isRight(card), wrong = right || card.kind === "order" ? [] : wrongOf(those, card.right);
      const says = wrong.map(id => first(card.fieldset, `[data-cb-says='${id}'] span`)).filter(Boolean).map(item => item.textContent);
      if (!right && card.kind !== "order" && !wrong.length) { says.push("Something is missing: more of these are right."); }
      unmark(card);
      first(card.fieldset, "[data-cb-verdict]").textContent = [right ? `Question ${asked.indexOf(card) + 1}: right.` : "Not right.", ...says].join(" ");
      card.fieldset.dataset.state = right ? "right" : "wrong";
      markOptions(card, those);
      all(card.fieldset, ".cb-answer-key").forEach(details => { details.hidden = false; details.open = !right; });
      return right;
    }

    /** The situation with the question: "May you?" alone says nothing. @param {QuizCard} card */
    function askedOf(card) {
      return all(card.fieldset, "[data-cb-head] :is([data-cb-situation], strong)").map(part => part.textContent).join(" ");
    }

    /** @param {QuizCard} card */
    function linkTo(card) {
      const of = first(card.fieldset, ".cb-quiz__policy");
      const link = element("a", {href: `#${card.fieldset.id}`}, [`${of ? `${of.textContent}, ` : ""}${asked.indexOf(card) + 1}. ${askedOf(card)}`]);
      link.addEventListener("click", event => {
        event.preventDefault();
        goTo(asked.indexOf(card));
      });
      return element("li", {}, [link]);
    }

    /** @param {string} heading @param {string[]} texts @param {QuizCard[]} those @param {Record<string, boolean>} offered  which of its buttons */
    function tell(heading, texts, those, offered) {
      const details = first(summary, "[data-cb-details]");
      first(summary, "[data-cb-result]").textContent = heading;
      clausebookDom.say(details, texts);
      if (those.length) { details.append(element("ul", {}, those.map(linkTo))); }
      all(summary, "[data-cb-offer]").forEach(button => { button.hidden = !offered[button.dataset.cbOffer]; });
      summary.hidden = false;
      steps.end();
    }

    /** @param {number} score */
    function result(score) {
      const out = `${score} of ${asked.length} right.`;
      if (data.mode === "self-check") { return out; }
      return score >= passing() ? `You passed: ${out}` : `${out} You need ${passing()} to pass.`;
    }

    function passing() { return passMark(pass, asked.length); }

    function show() {
      const wrong = sealed ? [] : asked.filter(card => !isRight(card));
      const left = most - state.attempt - 1;
      const passed = !sealed && asked.length - wrong.length >= passing();
      const done = passed || data.mode !== "learn";
      if (sealed) {
        tell("You have answered every question.", ["HR marks your answers. Send HR the code below: nothing was sent from here."], [], {next: true, look: true});
      } else {
        const told = wrong.length ? ["Look again at:"] : [];
        if (!done && left <= 0) { told.unshift(`You have used all ${most} attempts. Read the policy again, and speak to whoever asked you to take the quiz.`); }
        tell(result(asked.length - wrong.length), told, wrong, {next: done, again: left > 0, look: true});
      }
      makeSlip(sealed || (passed && data.mode === "learn"));
      return passed;
    }

    /** After the last question: what is still open is named, and nothing is counted before all is answered. */
    function finish() {
      save();
      const open = asked.filter(isOpen);
      if (open.length) {
        tell(open.length === 1 ? "One question has no answer yet." : `${open.length} questions have no answer yet.`, ["Answer every question to see your result:"], open, {});
        focusSummary();
        return;
      }
      state.finished = `${new Date().toISOString().slice(0, 16)}Z`;
      state.checked = state.attempt;
      state.chosen = answersGiven();
      const passed = show();
      state.passed = passed;
      state.told = sealed ? "All questions answered; HR marks them." : result(asked.filter(isRight).length);
      state.line = line("");
      kept.write(state);
      focusSummary();
      form.dispatchEvent(new CustomEvent("clausebook:checked", {
        bubbles: true,
        detail: {
          state, passed, pass: passing(), count: asked.length, attemptsLeft: most - state.attempt - 1,
          score: sealed ? null : asked.filter(isRight).length,
          answers: asked.map(card => ({
              id: card.id, kind: card.kind, options: card.options, chosen: chosen(card), right: card.right, isRight: !sealed && isRight(card),
              text: first(card.fieldset, "[data-cb-head] strong").textContent
            }))
        }
      }));
    }

    /** What was checked is checked: a second look at the result counts no second time. */
    function seeResult() {
      if (state.checked === state.attempt) { show(); focusSummary(); } else { finish(); }
    }

    function focusSummary() {
      summary.focus({ preventScroll: true });
      summary.scrollIntoView(); // its top: the score comes first, however long the list
    }

    /** @param {boolean} ready */
    function makeSlip(ready) {
      if (!slip) { return; }
      slip.hidden = !ready;
      if (!ready) { return; }
      const fact = (/** @type {string} */ name) => first(slip, `[data-cb-fact='${name}']`);
      const name = first(slip, "[data-cb-name]").value.trim();
      fact("name").textContent = name || "not given";
      fact("finished").textContent = `${state.finished.replace("T", " ").replace("Z", " UTC")}, by this device's clock`;
      if (fact("result")) { fact("result").textContent = `${result(asked.filter(isRight).length)} Attempt ${state.attempt + 1}.`; }
      first(slip, "[data-cb-line]").value = line(name);
      first(slip, "[data-cb-line-printed]").textContent = line(name);
    }

    function answersGiven() {
      /** @type {Record<string, string[]>} */
      const answers = {};
      asked.forEach(card => { answers[card.id] = chosen(card); });
      return answers;
    }

    /** What generator/clausebook/quizzes/slips.py reads. @param {string} name */
    function line(name) {
      if (asks) {
        const policies = asks.filter((/** @type {{policy: string}} */ one) => !owed || owed.includes(one.policy));
        return clausebookCodec.slipLine({
          answers: answersGiven(), attempt: state.attempt, campaign: data.campaign, finished: state.finished, mark: quiz.mark, name,
          policies, role: state.role, seed: state.seed, trust: data.trust
        });
      }
      return clausebookCodec.slipLine({
        answers: answersGiven(), attempt: state.attempt, digest: data.digest, finished: state.finished, mark: data.mark, name,
        policy: data.policy, revision: data.revision, role: state.role, seed: state.seed, since: data.since || "", trust: data.trust
      });
    }

    function again() {
      state = { ...fresh(state.role), seed: state.seed, attempt: state.attempt + 1 };
      kept.write(state);
      begin(`Attempt ${state.attempt + 1}.`);
    }

    /** @param {string} news */
    function begin(news) {
      lay();
      view(null);
      steps.tell(news);
      steps.enter(asked[0]);
    }

    function forget() {
      kept.forget();
      state = fresh("");
      if (roles) { roles.value = ""; }
      if (slip) { first(slip, "[data-cb-name]").value = ""; }
      begin("Your answers are deleted from this device.");
    }

    function wireSlip() {
      first(slip, "[data-cb-name]").addEventListener("input", () => { makeSlip(true); });
      clausebookPassOn(slip, {
        copied: "Paste it into a message to whoever asked you for it.",
        file: asks ? `quiz-${data.campaign}.txt` : `quiz-${data.policy}-${data.revision}.txt`,
        print: "slip",
        text() {
          const facts = all(slip, ".cb-facts > div").map(row => `${row.children[0].textContent}: ${row.children[1].textContent}`);
          return `${facts.join("\n")}\n\n${first(slip, "[data-cb-line]").value}`;
        }
      });
    }

    state = { ...fresh(""), ...kept.read() };
    if (roles) { roles.value = state.role; }
    if (slip) { wireSlip(); }
    lay();
    state.at = Math.min(state.at, asked.length - 1);
    view(null);
    if (state.checked === state.attempt) { show(); }
    form.addEventListener("change", event => {
      if (!within(event, "[data-cb-question]")) { return; }
      state.checked = null; // what was said of it no longer holds
      save();
      const card = asked[state.at];
      if (!isSeen(card)) { unmark(card); }
      if (steps.isTapped(card) && (card.kind === "single" || card.kind === "true-false") && !(sealed && state.at === asked.length - 1)) { answerNow(); }
    });
    if (roles) {
      roles.addEventListener("change", () => {
        state = { ...fresh(roles.value), seed: state.seed, attempt: state.attempt };
        kept.write(state);
        lay();
        view(null);
        steps.tell("The questions now suit your choice.");
      });
    }
    form.addEventListener("submit", event => { event.preventDefault(); answerNow(); });
    /** @param {string} what @param {() => void} act */
    const on = (what, act) => first(form, `[data-cb-do=${what}]`).addEventListener("click", act);
    on("back", () => { goTo(state.at - 1); });
    on("skip", () => { goOn(null); });
    on("look", () => { goTo(0); });
    on("again", again);
    on("forget", forget);
  }

  startAt("form[data-cb-quiz]", start);

  if (window.clausebookLink) { // a personal link, on its way to the page where it is signed
    const {readLink} = clausebookCodec, link = readLink(window.clausebookLink);
    startAt("a[data-cb-acknowledge]", next => {
      const way = link && words(next.dataset.ways).find(one => one.startsWith(`${link.says.campaign}=`));
      if (way) { next.href = way.slice(way.indexOf("=") + 1); }
      next.hash = window.clausebookLink;
    });
  }
})();
