/* What overrides/scripts/shared works out, held against the vectors that tests/test_scripts.py lets Python write: node --test, VECTORS names the file. */
"use strict";
const assert = require("node:assert/strict");
const fs = require("node:fs");
const path = require("node:path");
const test = require("node:test");
const vm = require("node:vm");

const SHARED = path.join(__dirname, "../../overrides/scripts/shared");
for (const name of ["dom.js", "codec.js", "marking.js", "quiz-draw.js"]) { // classic scripts, in the order of a page
  vm.runInThisContext(fs.readFileSync(path.join(SHARED, name), "utf8"), {filename: name});
}
const {clausebookDom: dom, clausebookCodec: codec, clausebookMarking: marking, clausebookQuiz: quiz} = vm.runInThisContext(
  "({clausebookDom, clausebookCodec, clausebookMarking, clausebookQuiz})"
);
const vectors = JSON.parse(fs.readFileSync(process.env.VECTORS, "utf8"));

test("a seed gives the same questions and the same order of options", () => {
  for (const {pool, count, draws} of vectors.quizzes) {
    for (const {seed, attempt, role, drawn} of draws) {
      const questions = quiz.drawQuestions(pool, seed, attempt, count, role);
      assert.deepEqual(questions.map(one => [one.id, quiz.drawOptions(one.id, one.kind, one.options, seed, attempt)]), drawn);
    }
  }
});

test("whoever owes some of a campaign's policies is asked the same", () => {
  for (const {pool, marks, owed, draw, wanted, cards, policies, count, pass, mark} of vectors.narrowed) {
    const found = quiz.narrow(pool, marks, owed, draw, wanted);
    assert.deepEqual({...found, cards: found.cards.map(one => one.id)}, {cards, policies, count, pass, mark});
    assert.equal(quiz.markOf(marks, owed), mark);
  }
});

test("an answer is worth the same", () => {
  for (const {kind, chosen, right, isRight} of vectors.answers) {
    assert.equal(marking.isRight(kind, chosen, right), isRight, `${kind}: ${chosen} of ${right}`);
  }
  for (const {pass, count, least} of vectors.passes) { assert.equal(marking.passMark(pass, count), least); }
  assert.deepEqual(marking.wrongOf(["a", "b"], ["b", "c"]), ["a"]);
});

test("a text has the same canonical form, digest and base64url", () => {
  for (const {value, canonical, digest, encoded} of vectors.texts) {
    assert.equal(codec.canonical(value), canonical);
    assert.equal(codec.digest(canonical), digest);
    assert.equal(codec.encode(canonical), encoded);
    assert.deepEqual(codec.decode(encoded), value);
  }
});

test("a receipt is the same line", () => {
  for (const {says, line} of vectors.receipts) { assert.equal(codec.receiptLine(says), line); }
});

test("a slip is the same line, and is read out of whatever was copied along with it", () => {
  for (const {says, line} of vectors.slips) {
    assert.equal(codec.slipLine(says), line);
    assert.deepEqual(codec.readSlip(`Dear HR,\n${line.slice(0, 30)}\n${line.slice(30)}`), says);
  }
  for (const text of ["", "quiz1.", "quiz1.AAAA", "nothing of ours"]) { assert.equal(codec.readSlip(text), null); }
});

test("a personal link is read whole, however it was wrapped, and damage is told", () => {
  const {line, says, signed, signature} = vectors.link;
  assert.deepEqual(codec.readLink(line), {says, signed, signature});
  assert.equal(codec.readLink(`${line}x`), null);
  assert.equal(codec.readLink(line.slice(0, -1)), null);
  for (const fragment of [line, encodeURIComponent(line), encodeURIComponent(encodeURIComponent(line)), `${line}&utm=1`, `\u200b${line.slice(0, 40)} ${line.slice(40)}`]) {
    assert.deepEqual(codec.linkIn(fragment), {text: line, whole: true});
  }
  assert.deepEqual(codec.linkIn(line.slice(0, 60)), {text: line.slice(0, 60), whole: false});
  assert.equal(codec.linkIn("section-4"), null);
});

test("a list of words holds whole words", () => {
  assert.ok(dom.holds("staff managers", "staff"));
  assert.ok(!dom.holds("staff-governors", "staff"));
  assert.deepEqual(dom.words(""), []);
  assert.deepEqual(dom.words("one  two"), ["one", "two"]);
});
