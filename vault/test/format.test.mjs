// The format: what each side sealed opens here, and nothing that was touched opens at all.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { before, test } from "node:test";
import { load } from "./load.mjs";

let m, key, vectors;
before(async () => {
  m = await load("bytes.ts", "keyring.ts", "envelope.ts", "ring.ts");
  key = await import("../../crates/app/assets/key.js");
  vectors = JSON.parse(await readFile(new URL("../../crates/seal/keyring.json", import.meta.url), "utf8"));
});

async function ringsOf(vector) {
  const byWords = await key.deriveFromWords(vector.words, vector.salt, vector.iterations);
  const byCode = await key.deriveFromCode(vector.code, vector.salt);
  return [
    await m.openWay(byWords.wrap, m.fromBase64(vector.by_words), vector.account, "words"),
    await m.openWay(byCode.wrap, m.fromBase64(vector.by_code), vector.account, "code"),
  ];
}

for (const side of ["rust", "browser"]) {
  test(`what was sealed on one side opens here by words and by code: ${side}`, async () => {
    const vector = vectors[side];
    for (const ring of await ringsOf(vector)) {
      assert.equal(m.toBase64(await m.guardOf(ring)), vector.guard);
      const keys = await m.openKeys(ring, vector.account, vector.turn, m.fromBase64(vector.keyring));
      const piece = await new m.Opener(keys).open(m.fromBase64(vector.envelope), vector.object, vector.seq);
      assert.equal(piece.body.text, vector.text);
    }
  });
}

const made = async (body = { text: "a" }, seq = 1) => {
  const keys = m.newKeys();
  const object = m.newId();
  const { epoch } = await m.journalKey(keys, "journal", "2026");
  const sealed = await m.seal(keys, { kind: "journal", object, epoch, seq, time: "2026-12-01T10:00:00Z", body });
  return { keys, object, seq, sealed, opener: new m.Opener(keys) };
};

const refused = (act, why) => assert.rejects(act, (trouble) => !why || trouble.why === why);

// 50 take some minutes: MEND_ENVELOPES=50 npm test --prefix vault
const ENVELOPES = Number(process.env.MEND_ENVELOPES ?? 3);

test(`every single-bit flip of ${ENVELOPES} envelopes is refused`, { timeout: 3_600_000 }, async (t) => {
  let tries = 0;
  for (let file = 0; file < ENVELOPES; file++) {
    const { opener, object, seq, sealed } = await made({ text: "x".repeat(file * 9) });
    assert.equal((await opener.open(sealed, object, seq)).body.text.length, file * 9);
    for (let bit = 0; bit < sealed.length * 8; bit++) {
      const bad = sealed.slice();
      bad[bit >> 3] ^= 1 << (bit & 7);
      await refused(opener.open(bad, object, seq));
      tries++;
    }
  }
  assert.ok(tries > ENVELOPES * 5000, `${tries} flips`);
  t.diagnostic(`${tries} flips`);
});

test("an envelope in another place, of another version, of somebody else, cut short or empty is refused", async () => {
  const { opener, object, seq, sealed, keys } = await made();
  await refused(opener.open(sealed, m.newId(), seq), "foreign");
  await refused(opener.open(sealed, object, seq + 1), "foreign");
  const other = { ...m.newKeys(), journals: keys.journals };
  await refused(new m.Opener(other).open(sealed, object, seq), "foreign");
  await refused(new m.Opener(m.newKeys()).open(sealed, object, seq), "key");
  for (const length of [0, 1, 20, 100, 200, sealed.length - 1]) await refused(opener.open(sealed.slice(0, length), object, seq));
});

test("stored sizes fall only on padded sizes", async () => {
  const sizes = new Set();
  for (let length = 0; length < 900; length += 7) sizes.add((await made({ text: "y".repeat(length) })).sealed.length);
  assert.ok(sizes.size <= 26, `${sizes.size} sizes`);
  const inside = [...sizes].map((size) => size - Math.min(...sizes) + 512);
  for (const size of inside) assert.equal(m.padded(size), size);
});

test("a keyring of another turn, account or ring key, a newer or an older one is refused", async () => {
  const [ring, account] = [m.random(32), m.newId()];
  const sealed = await m.sealKeys(ring, account, 5, m.newKeys());
  await m.openKeys(ring, account, 5, sealed, 5);
  await refused(m.openKeys(ring, account, 4, sealed), "wrong");
  await refused(m.openKeys(ring, m.newId(), 5, sealed), "wrong");
  await refused(m.openKeys(m.random(32), account, 5, sealed), "wrong");
  await refused(m.openKeys(ring, account, 5, sealed, 6), "older");
  const newer = sealed.slice();
  newer[0] = 2;
  await refused(m.openKeys(ring, account, 5, newer), "newer");
  const later = await m.sealKeys(ring, account, 5, { ...m.newKeys(), v: 2 });
  await refused(m.openKeys(ring, account, 5, later), "newer");
  for (const length of [0, 1, 12, 28, sealed.length - 1]) await refused(m.openKeys(ring, account, 5, sealed.slice(0, length)));
});

test("a keyring keeps what it does not know", async () => {
  const [ring, account] = [m.random(32), m.newId()];
  const keys = { ...m.newKeys(), peers: { one: "pinned" } };
  const opened = await m.openKeys(ring, account, 1, await m.sealKeys(ring, account, 1, keys));
  assert.deepEqual(opened, keys);
});

test("a way opens only for its account, kind and credential", async () => {
  const [kek, ring, account] = [m.random(32), m.random(32), m.newId()];
  const way = await m.makeWay(kek, ring, account, "passkey", "one");
  assert.deepEqual(await m.openWay(kek, way, account, "passkey", "one"), ring);
  await refused(m.openWay(kek, way, account, "passkey", "two"), "wrong");
  await refused(m.openWay(kek, way, account, "words"), "wrong");
  await refused(m.openWay(kek, way, m.newId(), "passkey", "one"), "wrong");
});

test("two devices that made the key of a year each keep both", () => {
  const merged = m.withGrown({ "journal-2026": "a" }, { "journal-2026": "b", "check-2026": "c" });
  assert.deepEqual(merged, { "journal-2026": "a", "journal-2026-2": "b", "check-2026": "c" });
  assert.deepEqual(m.withGrown(merged, { "journal-2026": "b" }), merged, "and not twice");
});
