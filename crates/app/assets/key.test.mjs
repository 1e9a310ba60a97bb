// Holds key.js to the same bytes as the Rust side: `node --test crates/app/assets/`.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import * as key from "./key.js";

const vectors = JSON.parse(await readFile(new URL("../../seal/vectors.json", import.meta.url), "utf8"));
const list = (await readFile(new URL("./words.txt", import.meta.url), "utf8")).trim().split("\n");
const base64 = (bytes) => Buffer.from(bytes).toString("base64url");

test("words typed in any way have one normal form", () => {
  for (const of of vectors.words) {
    for (const typed of [...of.typed, ...of.typed_in_a_browser]) {
      assert.equal(key.normaliseWords(typed), of.normal);
      assert.equal(key.shapeOf(typed), "words");
    }
    assert.equal(key.normaliseWords(of.normal), of.normal);
  }
});

test("words give the bytes that the server's side gives", async () => {
  for (const of of vectors.words) {
    const typed = [...of.typed, ...of.typed_in_a_browser].at(-1);
    const { auth, wrap } = await key.deriveFromWords(typed, of.salt, of.iterations);
    assert.deepEqual([auth, base64(wrap)], [of.auth, of.wrap]);
  }
});

test("codes give the bytes that the server's side gives", async () => {
  for (const of of vectors.codes) {
    for (const typed of of.typed) {
      const { auth, wrap } = await key.deriveFromCode(typed, of.salt);
      assert.deepEqual([auth, base64(wrap)], [of.auth, of.wrap]);
      assert.equal(key.shapeOf(typed), "code");
    }
  }
});

test("a code may be typed with other dashes, spaces and wide letters", () => {
  const plain = key.readCode("000G4-0R40M-30E20-9185G-R38E1W");
  assert.deepEqual(key.readCode("000G4\u20130r40m\u00a030e20\u20119185g\u2212\uff3238E1W"), plain);
});

test("what is not words or a code is refused", async () => {
  const salt = vectors.codes[0].salt;
  for (const typed of vectors.refused_words) {
    assert.equal(key.shapeOf(typed), null);
    await assert.rejects(key.deriveFromWords(typed, salt, key.LEAST_ITERATIONS), RangeError);
  }
  for (const typed of vectors.refused_codes) {
    assert.equal(key.readCode(typed), null);
    await assert.rejects(key.deriveFromCode(typed, salt), RangeError);
  }
});

test("a server can ask for neither fewer turns nor absurdly many, nor choose another salt", async () => {
  const { normal, salt } = vectors.words[0];
  for (const count of [0, 1, 599_999, 10_000_001, 600_000.5, NaN, "600000", null, undefined]) {
    await assert.rejects(key.deriveFromWords(normal, salt, count), RangeError);
  }
  for (const other of ["", "AAAA", salt + "AA"]) {
    await assert.rejects(key.deriveFromWords(normal, other, key.LEAST_ITERATIONS), RangeError);
  }
});

test("both sides pin the same limits", () => {
  assert.equal(key.LEAST_WORDS, vectors.least_words);
  assert.equal(key.LEAST_ITERATIONS, vectors.least_iterations);
  assert.equal(key.MOST_ITERATIONS, vectors.most_iterations);
});

test("the list is whole, and no two words share a normal form", () => {
  assert.equal(list.length, 7776);
  assert.equal(new Set(list.map(key.normaliseWords)).size, 7776);
  assert.throws(() => key.makeWords(list.slice(1)), RangeError);
  assert.throws(() => key.makeWords([...list.slice(1), list[1]]), RangeError);
});

test("words are drawn evenly from the whole list", () => {
  const draws = 700_000;
  const seen = new Map(list.map((word) => [word, 0]));
  for (const word of key.makeWords(list, draws)) seen.set(word, seen.get(word) + 1);
  const expected = draws / list.length;
  const chi = [...seen.values()].reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
  // Chi-square with 7775 degrees of freedom: mean 7775, deviation 125; six deviations either way never fail by chance.
  assert.ok(Math.abs(chi - 7775) < 750, `chi-square ${chi}`);
});

test("made words, codes and salts have the shape that is read back", () => {
  for (let at = 0; at < 200; at++) {
    const code = key.makeCode();
    assert.match(code, /^([0-9A-HJKMNP-TV-Z]{5}-){4}[0-9A-HJKMNP-TV-Z]{6}$/);
    assert.equal(key.readCode(code).length, 16);
    assert.equal(key.shapeOf(code), "code");
    assert.equal(key.shapeOf(key.makeWords(list).join(" ")), "words");
    assert.match(key.makeSalt(), /^[\w-]{22}$/);
  }
});

test("making and reading a code never loses a bit", () => {
  const real = crypto.getRandomValues;
  try {
    for (let bit = 0; bit < 128; bit++) {
      const only = new Uint8Array(16);
      only[bit >> 3] = 1 << (bit & 7);
      crypto.getRandomValues = (into) => (into.set(only), into);
      assert.deepEqual(key.readCode(key.makeCode()), only);
    }
  } finally {
    crypto.getRandomValues = real;
  }
});
