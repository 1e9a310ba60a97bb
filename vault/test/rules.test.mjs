// The rules of private writing: where nine questions lead, how long things stay, what is asked for before saving.

import assert from "node:assert/strict";
import { before, test } from "node:test";
import { load } from "./load.mjs";

let r;
before(async () => (r = await load("rules.ts")));

const QUESTIONS = [
  ["risk", "refer"],
  ["no-contact", "living"],
  ["abuse", "refer"],
  ["power", "indirect"],
  ["for-them", "letter"],
  ["own-acts", "not-now"],
  ["can-hear-no", "not-now"],
  ["supporter", "not-now"],
  ["no-case", "refer"],
].map(([key, otherwise]) => ({ key, otherwise }));
const CAREFUL = ["refer", "living", "not-now", "letter", "indirect", "direct"];
const NOTHING = { flags: [], wish: "unknown" };
const yes = Object.fromEntries(QUESTIONS.map(({ key }) => [key, "yes"]));
const lead = (answers, known = NOTHING) => r.safety(QUESTIONS, answers, CAREFUL, known);

test("nine times yes leads to asking directly, and one open question nowhere", () => {
  assert.equal(lead(yes), "direct");
  for (const { key } of QUESTIONS) assert.equal(lead({ ...yes, [key]: undefined }), null, key);
});

test("every no and every unsure leads where the question says", () => {
  for (const { key, otherwise } of QUESTIONS) {
    for (const answer of ["no", "unsure"]) assert.equal(lead({ ...yes, [key]: answer }), otherwise, key);
  }
});

test("of several the most careful result holds", () => {
  assert.equal(lead({ ...yes, "for-them": "no", risk: "unsure" }), "refer");
  assert.equal(lead({ ...yes, power: "no", "for-them": "no" }), "letter");
  assert.equal(lead(Object.fromEntries(QUESTIONS.map(({ key }) => [key, "no"]))), "refer");
});

test("what the list says cannot be talked away by nine times yes", () => {
  for (const flag of ["abuse", "minor", "legal"]) assert.equal(lead(yes, { flags: [flag], wish: "open" }), "refer", flag);
  assert.equal(lead(yes, { flags: ["power"], wish: "open" }), "indirect");
  assert.equal(lead(yes, { flags: [], wish: "wants-none" }), "living");
  assert.equal(lead(yes, { flags: ["power"], wish: "wants-none" }), "living");
});

test("something goes on a Monday, never before its days are over and less than a week after", () => {
  for (let days = 1; days < 400; days += 13) {
    const gone = r.until("2026-12-01", days);
    const after = (Date.parse(gone) - Date.parse("2026-12-01")) / 86_400_000;
    assert.equal(new Date(`${gone}T12:00:00Z`).getUTCDay(), 1);
    assert.ok(after >= days && after < days + 7, `${days}: ${after}`);
  }
  assert.equal(r.until("2026-12-01", 0), null);
});

test("what is kept without a word stays as long as the handbook says", () => {
  assert.deepEqual(r.KEEP, { journal: 0, inventory: 180, list: 180, amends: 180, check: 30, note: 180 });
});

test("a part of one's own asks for what was not", () => {
  assert.equal(r.tooMuchBlame({ "my-part": "I shouted" }), true);
  assert.equal(r.tooMuchBlame({ "my-part": "I shouted", "not-my-part": " " }), true);
  assert.equal(r.tooMuchBlame({ "my-part": "I shouted", "not-my-part": "the hour" }), false);
  assert.equal(r.tooMuchBlame({ "my-part": "  " }), false);
});

test("words are found whatever their case and accents, all of them", () => {
  assert.ok(r.found("Die Küche, spät", "kuche SPAT"));
  assert.ok(!r.found("Die Küche", "kuche garten"));
});

test("weeks begin on Monday and a clock's error is told in days", () => {
  assert.equal(r.week("2026-12-01"), "2026-11-30");
  assert.equal(r.week("2026-11-29T23:59:00Z"), "2026-11-23");
  assert.equal(r.daysOff("2027-12-01", "2026-12-01"), 365);
});
