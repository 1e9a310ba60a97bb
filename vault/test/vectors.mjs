// Makes the browser's half of crates/seal/keyring.json anew.

import { readFile, writeFile } from "node:fs/promises";
import { load } from "./load.mjs";

const file = new URL("../../crates/seal/keyring.json", import.meta.url);
const { newKeys, random, toBase64, toHex, journalKey, seal, makeWay, sealKeys, guardOf } = await load("bytes.ts", "keyring.ts", "envelope.ts");
const key = await import("../../crates/app/assets/key.js");

const [account, words, salt, code] = [toHex(random(16)), "abacus violin cinema stitch mosaic oxygen zoom", key.makeSalt(), key.makeCode()];
const [ring, keys, object] = [random(32), newKeys(), toHex(random(16))];
const text = "Written in a browser: é, 雨, \"quotes\"\nand a second line.";
const { epoch } = await journalKey(keys, "journal", "2026");
const envelope = await seal(keys, { kind: "journal", object, epoch, seq: 3, time: "2026-12-01T10:00:00Z", body: { text } });
const byWords = await key.deriveFromWords(words, salt, 600_000);
const byCode = await key.deriveFromCode(code, salt);
const all = JSON.parse(await readFile(file, "utf8").catch(() => "{}"));
all.browser = {
  account,
  words,
  code,
  salt,
  iterations: 600_000,
  turn: 2,
  by_words: toBase64(await makeWay(byWords.wrap, ring, account, "words")),
  by_code: toBase64(await makeWay(byCode.wrap, ring, account, "code")),
  keyring: toBase64(await sealKeys(ring, account, 2, keys)),
  guard: toBase64(await guardOf(ring)),
  object,
  seq: 3,
  envelope: toBase64(envelope),
  text,
};
await writeFile(file, `${JSON.stringify(all, null, 2)}\n`);
