// What people are told: every sentence has its place, and whatever goes wrong has its sentence.

import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { before, test } from "node:test";
import { load } from "./load.mjs";

const SOURCE = new URL("../src/", import.meta.url);

let m;
before(async () => (m = await load("texts/en.ts", "api.ts", "keyring.ts", "ring.ts", "open.ts", "drafts.ts", "ui/told.ts")));

test("every text is used", async () => {
  const names = (await readdir(SOURCE, { recursive: true })).filter((name) => name.endsWith(".ts"));
  const source = (await Promise.all(names.map((name) => readFile(new URL(name, SOURCE), "utf8")))).join("\n");
  const used = new Set([...source.matchAll(/\bt\.(\w+)/g)].map(([, key]) => key));
  const unused = (texts) => Object.keys(texts).filter((key) => !used.has(key));
  assert.deepEqual(unused(m.t), []);
  assert.deepEqual(unused({ ...m.t, nobodySaysThis: "" }), ["nobodySaysThis"], "and this test can fail");
});

test("whatever goes wrong has a sentence of its own", () => {
  const troubles = [
    new m.Offline(),
    new m.SignedOut(),
    new m.Stale(),
    new m.TooLong(),
    new m.NoRoom(),
    new m.Refused(409, "full", "No more room."),
    new m.Refused(413, "", ""),
    ...["wrong", "newer", "older", "damaged"].map((why) => new m.Closed(why)),
    new TypeError("nobody thought of this"),
  ];
  const said = troubles.map(m.told);
  assert.equal(new Set(said).size, troubles.length, said.join("\n"));
  assert.match(m.told(new m.SignedOut()), /sign in again/);
  assert.match(m.told(new m.Stale()), /another device/);
  assert.equal(said.indexOf(m.t.broken), troubles.length - 1);
});

test("a draft is named after the page it was begun on, and only a change of a piece names that piece", () => {
  const id = "0123456789abcdef".repeat(2);
  const name = (...all) => [m.draftName(...all), m.pieceOf(m.draftName(...all))];
  assert.deepEqual(name("line"), ["line", undefined]);
  assert.deepEqual(name("page"), ["page", undefined]);
  assert.deepEqual(name("page", id), [`page/${id}`, id]);
  assert.deepEqual(name("check"), ["check", undefined]);
  assert.deepEqual(name("list"), ["list/new", undefined]);
  assert.deepEqual(name("list", undefined, id), [`list/new/${id}`, undefined]);
  assert.deepEqual(name("amends", id), [`amends/${id}`, id]);
});
