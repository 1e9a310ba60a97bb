// The browser's age and the one of the Rust side are one format: a thousand random files each way, and the published
// test vectors in both.
//
// MEND_AGE_LINES  the example `age_lines` of the program (else ../target/debug/examples/age_lines)

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { randomBytes, randomInt } from "node:crypto";
import { createHash } from "node:crypto";
import { createInterface } from "node:readline";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { inflateSync } from "node:zlib";
import { armor, Decrypter, Encrypter, generateX25519Identity, identityToRecipient } from "age-encryption";
import * as vectors from "cctv-age";
import { load } from "./load.mjs";

const FILES = 1000;
let rust, answers, m;

before(async () => {
  m = await load("envelope.ts");
  const program = process.env.MEND_AGE_LINES ?? fileURLToPath(new URL("../../target/debug/examples/age_lines", import.meta.url));
  rust = spawn(program, { stdio: ["pipe", "pipe", "inherit"] });
  answers = createInterface({ input: rust.stdout })[Symbol.asyncIterator]();
});
after(() => rust.stdin.end());

async function other(act, key, bytes) {
  rust.stdin.write(`${act} ${key} ${Buffer.from(bytes).toString("base64")}\n`);
  const { value = "no answer" } = await answers.next();
  if (value.startsWith("no ")) throw new Error(value);
  return Buffer.from(value, "base64");
}

const seal = async (recipient, bytes) => {
  const sealing = new Encrypter();
  sealing.addRecipient(recipient);
  return sealing.encrypt(new Uint8Array(bytes));
};
const open = async (identity, bytes) => {
  const opening = new Decrypter();
  opening.addIdentity(identity);
  return Buffer.from(await opening.decrypt(new Uint8Array(bytes)));
};

test(`${FILES} random files open on the other side, each way`, { timeout: 300_000 }, async () => {
  for (let file = 0; file < FILES; file++) {
    const identity = await generateX25519Identity();
    const recipient = await identityToRecipient(identity);
    // Mostly small, some across the 64 KiB at which age begins a new part.
    const bytes = randomBytes(file % 50 === 0 ? randomInt(60_000, 140_000) : randomInt(0, 6000));
    assert.deepEqual(await other("open", identity, await seal(recipient, bytes)), bytes, `file ${file} to the Rust side`);
    assert.deepEqual(await open(identity, await other("seal", recipient, bytes)), bytes, `file ${file} from the Rust side`);
  }
});

test("another key opens nothing on either side", async () => {
  const [mine, theirs] = [await generateX25519Identity(), await generateX25519Identity()];
  const sealed = await seal(await identityToRecipient(mine), Buffer.from("mine"));
  await assert.rejects(other("open", theirs, sealed));
  await assert.rejects(open(theirs, sealed));
});

/** A published vector: what is expected, with what, and the file. */
function vector(bytes) {
  const buffer = Buffer.from(bytes);
  const end = buffer.indexOf("\n\n");
  const pairs = buffer.subarray(0, end).toString().split("\n").map((line) => line.split(": "));
  const all = (name) => pairs.filter(([key]) => key === name).map(([, value]) => value);
  const body = buffer.subarray(end + 2);
  const file = all("compressed")[0] === "zlib" ? inflateSync(body) : body;
  return { expect: all("expect")[0], payload: all("payload")[0], identities: all("identity"), passphrases: all("passphrase"), armored: all("armored")[0] === "yes", file };
}

const ALL = Object.entries(vectors.default ?? vectors);

for (const [how, made] of [["", (identity) => identity], [", also with the browser's own keys", (identity) => m.asKey(identity)]]) test(`every published vector ends here as it says${how}`, { timeout: 300_000 }, async () => {
  let tried = 0;
  for (const [name, bytes] of ALL) {
    const { expect, payload, identities, passphrases, armored, file } = vector(bytes);
    const opening = new Decrypter();
    for (const identity of identities) opening.addIdentity(await made(identity));
    for (const passphrase of passphrases) opening.addPassphrase(passphrase);
    let plain = null;
    try {
      plain = await opening.decrypt(armored ? armor.decode(file.toString("latin1")) : new Uint8Array(file));
    } catch {
      assert.notEqual(expect, "success", `${name} should open`);
    }
    if (plain) {
      assert.equal(expect, "success", `${name} should be refused: ${expect}`);
      assert.equal(createHash("sha256").update(plain).digest("hex"), payload, name);
    }
    tried++;
  }
  assert.ok(tried > 90, `${tried} vectors`);
});

// The `age` crate still reads the way in which the first versions of age wrote a part without a body. Mend only writes
// the present one, and the browser refuses the old one.
const READ_ALL_THE_SAME = ["stanza_missing_body", "stanza_missing_final_line"];

test("every published vector for X25519 ends on the Rust side as it says", async () => {
  let tried = 0;
  for (const [name, bytes] of ALL) {
    const { expect, payload, identities, passphrases, armored, file } = vector(bytes);
    if (armored || passphrases.length || identities.length !== 1 || !identities[0].startsWith("AGE-SECRET-KEY-1")) continue;
    if (READ_ALL_THE_SAME.includes(name)) continue;
    const plain = await other("open", identities[0], file).catch(() => null);
    assert.equal(plain !== null, expect === "success", `${name}: ${expect}`);
    if (plain) assert.equal(createHash("sha256").update(plain).digest("hex"), payload, name);
    tried++;
  }
  assert.ok(tried > 50, `${tried} vectors`);
});
