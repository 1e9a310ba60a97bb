// A clock of Mend's own, and the folder for its mails.

import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";

/** A folder for this run alone. */
export const folder = mkdtempSync(join(tmpdir(), "mend-mail-"));
after(() => rmSync(folder, { recursive: true, force: true }));

/** The library that gives a program a clock of its own, where the machine has it. */
export const faketime = readdirSync("/usr/lib", { withFileTypes: true })
  .map(({ name }) => `/usr/lib/${name}/faketime/libfaketimeMT.so.1`)
  .find((each) => existsSync(each));

/** A clock for Mend alone, which begins at ten in the morning in Lisbon and moves on when it is told to. */
export function clock() {
  const file = join(folder, `clock-${Math.random()}`);
  const morning = new Date();
  morning.setUTCHours(10, 0, 0, 0);
  let ahead = Math.round((morning - Date.now()) / 1000) + 24 * 3600;
  const set = () => writeFileSync(file, `+${ahead}s\n`);
  set();
  const env = { LD_PRELOAD: faketime, FAKETIME_TIMESTAMP_FILE: file, FAKETIME_NO_CACHE: "1", FAKETIME_DONT_FAKE_MONOTONIC: "1" };
  return { env, minutes: (n) => ((ahead += n * 60), set()) };
}

/** The mails in a folder, without their folds. */
export const mailbox = (box) =>
  readdirSync(box).filter((name) => name.endsWith(".eml")).map((name) => {
    const [head, ...body] = readFileSync(join(box, name), "utf8").split("\r\n\r\n");
    return { head: head.replaceAll("\r\n ", " "), body: body.join("\n\n").replaceAll("=\r\n", "").replaceAll("=3D", "=") };
  });

/** Those that ask for an answer. */
export const invitations = (box) => mailbox(box).filter(({ body }) => body.includes("/i/"));

/** Waits a minute at most, until something is found. */
export async function until(what, holds) {
  for (let n = 0; n < 600; n++) {
    const found = holds();
    if (found) return found;
    await new Promise((done) => setTimeout(done, 100));
  }
  assert.fail(`waited a minute for ${what}`);
}

/** How far Mend's clock is ahead of ours, in milliseconds, as its own head says. */
export async function ahead(page, mend) {
  const answer = await page.request.get(`${mend.url}/robots.txt`);
  return Date.parse(answer.headers().date) - Date.now();
}
