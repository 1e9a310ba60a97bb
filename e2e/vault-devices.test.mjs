// What holds between the devices of one person, and on a device that can do less: where writing is open, what stays
// on one device, how long things stay, and a browser that compiles no scripts.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { chromium } from "playwright-core";
import * as act from "./acts.mjs";
import { startMend, visit, watch } from "./lib.mjs";
import { lookClosely } from "./look.mjs";
import * as v from "./vault-acts.mjs";

const UNLOCK = 2_000; // milliseconds, without a compiler

let mend, who, movement;
before(async () => {
  mend = await startMend(["serve", "--listen", "127.0.0.1:0"]);
  await visit(mend.url, async (page) => {
    ({ steward: who, movement } = await act.beginAnew(page, mend));
    await v.begin(page, mend.url, who);
    await v.write(page, "the first page");
    await v.sent(page);
  });
});
after(() => assert.deepEqual(mend.complaints(), []));

const signedIn = (work, options) => v.signedIn(mend, who, work, options);
const opened = (work, options) => v.opened(mend, who, work, options);

test("Home leads to one private line", () =>
  signedIn(async (page) => {
    await page.goto(movement);
    await act.follow(page, "Write one private line");
    await v.open(page, who.words);
    await act.arrive(page, "One private line");
    await page.keyboard.type("A minute for me.");
    await page.keyboard.press("Enter");
    await act.arrive(page, "Your writing");
    await page.getByText("A minute for me.").waitFor();
  }));

test("every place where it is open is listed, and all the others can be locked from one", () =>
  opened(async (phone) => {
    await opened(async (laptop) => {
      await v.go(phone, "#/ways");
      await act.arrive(phone, "Ways in");
      const doors = phone.locator("section", { hasText: "Where it is open" }).getByRole("listitem");
      await doors.nth(1).waitFor();
      assert.equal(await doors.filter({ hasText: "this one" }).count(), 1);
      await lookClosely(phone, "vault-doors");
      await act.press(phone, "Sign out and lock everywhere else");
      await act.says(phone, "It is locked everywhere else.");
      await doors.first().waitFor();
      assert.equal(await doors.count(), 1);
      await v.meet(laptop);
      await act.says(laptop, "You were signed out");
      await lookClosely(laptop, "vault-signed-out");
      assert.equal(await laptop.getByText("the first page").count(), 0);
    }, { width: 1200, height: 900, allow: [/status of 401/] });
  }));

test("the numbers of the dial stay on the device on which they were turned", () =>
  opened(async (phone, { context }) => {
    await v.go(phone, "#/page");
    await act.arrive(phone, "A page");
    await v.turn(phone, "How heavy is it right now?", 5);
    await phone.getByLabel("What you want to write").fill("heavy, then lighter");
    await v.turn(phone, "And after writing?", 3);
    await act.press(phone, "Save");
    await act.arrive(phone, "Your writing");
    await v.sent(phone);
    await phone.close();

    const turned = async (page) => {
      await page.getByRole("link", { name: "heavy, then lighter" }).click();
      await act.arrive(page, "A page of yours");
      const chosen = await page.locator(".dial input:checked").evaluateAll((all) => all.map(({ value }) => value));
      await v.go(page, "#/");
      await act.arrive(page, "Your writing");
      return chosen;
    };
    const again = await context.newPage();
    await v.unlock(again, mend.url, who.words);
    assert.deepEqual(await turned(again), ["5", "3"]);
    await opened(async (laptop) => {
      await laptop.getByText("heavy, then lighter").waitFor();
      assert.deepEqual(await turned(laptop), ["", ""]);
    });
  }));

test("what was only begun of a piece goes with it", () =>
  opened(async (page) => {
    await v.write(page, "soon gone");
    await page.getByRole("link", { name: "soon gone" }).click();
    await act.arrive(page, "A page of yours");
    await page.getByLabel("What you want to write").fill("soon gone, and changed");
    await page.waitForTimeout(700);
    const begun = () =>
      page.evaluate(async () => {
        const database = await new Promise((done) => (indexedDB.open("mend-vault").onsuccess = ({ target }) => done(target.result)));
        return new Promise((done) => (database.transaction("drafts").objectStore("drafts").getAllKeys().onsuccess = ({ target }) => done(target.result.length)));
      });
    assert.equal(await begun(), 1);
    await act.press(page, "Destroy this");
    await act.press(page, "Yes, destroy it");
    await act.says(page, "It is destroyed.");
    assert.equal(await begun(), 0);
  }));

test("things stay as long as is said, and a wish of one's own holds on every device", () =>
  opened(async (page) => {
    const kept = async (hash, heading) => {
      await v.go(page, hash);
      await act.arrive(page, heading);
      return page.getByLabel("Keep it").evaluate(({ selectedOptions }) => selectedOptions[0].textContent);
    };
    assert.equal(await kept("#/page", "A page"), "until I let it go");
    for (const [hash, heading] of [["#/inventory/new", "An honest look"], ["#/list/new", "Who may have been hurt"], ["#/amends/new", "A plan to put something right"]]) {
      assert.equal(await kept(hash, heading), "about half a year");
      await act.says(page, "Do not write down what could convict you or others.");
    }
    assert.equal(await kept("#/check", "Two minutes for today"), "about a month");
    await v.go(page, "#/keep");
    await act.arrive(page, "Keep and let go");
    await page.getByLabel("Check", { exact: true }).selectOption("about a year");
    await page.locator("form", { has: page.getByLabel("Check", { exact: true }) }).getByRole("button").click();
    await act.says(page, "Kept.");
    await opened(async (laptop) => {
      await v.go(laptop, "#/check");
      await act.arrive(laptop, "Two minutes for today");
      assert.equal(await laptop.getByLabel("Keep it").evaluate(({ selectedOptions }) => selectedOptions[0].textContent), "about a year");
    });
  }));

test("it opens within two seconds where scripts are not compiled, and everything works there", async () => {
  const browser = await chromium.launch({ executablePath: process.env.MEND_CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu", "--js-flags=--jitless"] });
  try {
    const context = await browser.newContext({ viewport: v.PHONE });
    const watching = watch(context, mend.url);
    const page = await context.newPage();
    await watching.ready(page);
    await act.signIn(page, mend.url, who.handle, who.words);
    await page.goto(`${mend.url}/vault`);
    assert.equal(await page.evaluate(() => typeof WebAssembly), "undefined", "nothing is compiled");
    await page.getByLabel("Seven words, or the printed code").fill(who.words);
    const took = await page.evaluate(async () => {
      const began = performance.now();
      [...document.querySelectorAll("button")].find((button) => button.textContent === "Open").click();
      while (document.querySelector("h1")?.textContent !== "Your writing") await new Promise(requestAnimationFrame);
      return performance.now() - began;
    });
    assert.ok(took < UNLOCK, `${Math.round(took)} ms`);
    await v.write(page, "written without a compiler");
    await v.sent(page);
    await page.reload();
    await v.open(page, who.code);
    await page.getByText("written without a compiler").waitFor();
    watching.check();
  } finally {
    await browser.close();
  }
});
