// How long it takes to open one's writing: by words with nothing in it, and with a thousand entries, on a device that
// has none of them yet and on one that has. With scripts compiled and not.
//
//   node e2e/vault-speed.mjs [ROUNDS]

import { chromium } from "playwright-core";
import * as act from "./acts.mjs";
import { load } from "../vault/test/load.mjs";
import { startMend } from "./lib.mjs";
import * as v from "./vault-acts.mjs";

const ENTRIES = 1000;
const rounds = Number(process.argv[2] ?? 5);
const m = await load("bytes.ts", "keyring.ts", "envelope.ts");
const key = await import("../crates/app/assets/key.js");

const launch = (...flags) =>
  chromium.launch({ executablePath: process.env.MEND_CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", ...flags] });

/** Seals entries as a browser does, and hands them to the server. */
async function fill(page, mend, who) {
  const post = async (path, data) => (await page.request.post(mend.url + path, { data, headers: { origin: mend.url, "content-type": "application/json" } })).json();
  const state = await (await page.request.get(`${mend.url}/api/vault`)).json();
  const { auth, wrap } = await key.deriveFromWords(who.words, state.salt, state.iterations);
  const opened = await post("/api/vault/open", { auth, way: "words" });
  const ring = await m.openWay(wrap, m.fromBase64(opened.way), state.account, "words");
  const keys = await m.openKeys(ring, state.account, opened.turn, m.fromBase64(opened.body));
  const [epoch] = Object.keys(keys.journals);
  const guard = m.toBase64(await m.guardOf(ring));
  for (let at = 0; at < ENTRIES; at += 100) {
    const pieces = [];
    for (let one = at; one < at + 100; one++) {
      const object = m.newId();
      const time = new Date(Date.UTC(2026, 0, 1 + (one % 330), 12)).toISOString();
      const body = { form: "entry", text: `Entry ${one}. ${"What the day was like, in a few words. ".repeat(1 + (one % 12))}`, feelings: ["hope"] };
      const sealed = await m.seal(keys, { kind: "journal", object, epoch, seq: 1, time, body });
      pieces.push({ id: object, base: 0, until: null, body: m.toBase64(sealed) });
    }
    await post("/api/vault/pieces", { guard, pieces });
  }
}

/** Milliseconds from pressing the button until the list can be used, and until every entry is open. */
async function opening(page, secret, wanted) {
  await page.getByLabel("Seven words, or the printed code").fill(secret);
  return page.evaluate(
    (least) =>
      new Promise((done) => {
        const began = performance.now();
        let usable = 0;
        const look = () => {
          const heading = document.querySelector("h1")?.textContent === "Your writing";
          const shown = document.querySelectorAll("a.piece").length;
          if (heading && !usable && shown >= Math.min(least, 20)) usable = performance.now() - began;
          const more = document.querySelector("main")?.textContent.match(/Show (\d+) more/);
          const all = shown + Number(more?.[1] ?? 0);
          if (heading && all >= least) return done({ usable, all: performance.now() - began });
          requestAnimationFrame(look);
        };
        [...document.querySelectorAll("button")].find((button) => button.textContent === "Open").click();
        look();
      }),
    wanted,
  );
}

const median = (all) => all.sort((a, b) => a - b)[all.length >> 1];
const told = (all) => `${Math.round(median(all))} ms (${Math.round(Math.min(...all))} to ${Math.round(Math.max(...all))})`;

async function measured(mend, who, wanted, flags) {
  const browser = await launch(...flags);
  const fresh = [], known = [], whole = [];
  for (let round = 0; round < rounds; round++) {
    const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
    const page = await context.newPage();
    page.setDefaultTimeout(120_000);
    await act.signIn(page, mend.url, who.handle, who.words);
    await page.goto(`${mend.url}/vault`);
    const first = await opening(page, who.words, wanted);
    fresh.push(first.usable);
    whole.push(first.all);
    await page.waitForTimeout(1500);
    await page.reload();
    known.push((await opening(page, who.words, wanted)).usable);
    await context.close();
  }
  await browser.close();
  return { "a new device, usable list": told(fresh), "a new device, every entry": told(whole), "a known device, usable list": told(known) };
}

const mend = await startMend(["serve", "--listen", "127.0.0.1:0"]);
try {
  const browser = await launch();
  const page = await browser.newPage();
  const { steward } = await act.beginAnew(page, mend);
  await v.begin(page, mend.url, steward);
  await v.writeLine(page, "the first");
  await v.sent(page);
  const results = {};
  results["1 entry"] = await measured(mend, steward, 1, []);
  results["1 entry, scripts not compiled"] = await measured(mend, steward, 1, ["--js-flags=--jitless"]);
  await fill(page, mend, steward);
  results[`${ENTRIES} entries`] = await measured(mend, steward, ENTRIES, []);
  results[`${ENTRIES} entries, scripts not compiled`] = await measured(mend, steward, ENTRIES, ["--js-flags=--jitless"]);
  await browser.close();
  console.log(JSON.stringify(results, null, 2));
} finally {
  await mend.stop();
}
