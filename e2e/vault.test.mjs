// Sealed writing as people meet it: making a place, writing, opening it again, without a line, on two devices, with
// everything that goes wrong.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import * as act from "./acts.mjs";
import { startMend, transferred, visit } from "./lib.mjs";
import { lookClosely } from "./look.mjs";
import * as v from "./vault-acts.mjs";

const { PHONE, NO_LINE, REFUSED } = v;

let mend, account, asWriter;
before(async () => {
  mend = await startMend(["serve", "--listen", "127.0.0.1:0"]);
  ({ account, asWriter } = v.writers(mend));
});
after(() => assert.deepEqual(mend.complaints(), []));

/** The same person on another device. */
const elsewhere = (who, work, options) => v.opened(mend, who, work, { width: 1200, height: 900, ...options });

test("a place is made with both ways, and opened by either however it is typed", () =>
  visit(
    mend.url,
    async (page) => {
      await page.goto(`${mend.url}/vault`);
      await act.says(page, "Sign in first");
      const who = await account(page);
      await page.goto(`${mend.url}/vault`);
      await act.says(page, "If you lose both, your writing is gone. Nobody can open it for you");
      await act.says(page, "Leave out what could convict you or others.");
      await lookClosely(page, "vault-begin");
      await page.getByLabel("Your seven words").fill(who.words);
      await page.getByLabel("Your printed code").fill(who.code.replace(/^./, (c) => (c === "7" ? "8" : "7")));
      await act.press(page, "Make my place");
      await act.says(page, "This is not the code that belongs to your account");
      await page.getByLabel("Your printed code").fill(who.code);
      await act.press(page, "Make my place");
      await act.arrive(page, "Your writing");
      await v.writeLine(page, "The kettle was the kindest part of today.");

      const accents = who.words.replaceAll("o", "ó").replaceAll(" ", " — ").toUpperCase();
      for (const secret of [accents, who.code.toLowerCase().replaceAll("-", " ")]) {
        await page.reload();
        await v.open(page, secret);
        await act.arrive(page, "Your writing");
        assert.deepEqual(await v.titles(page), ["The kettle was the kindest part of today."]);
      }
      await act.press(page, "Lock now");
      await act.says(page, "Locked. You can close this page.");
      await v.open(page, who.words.split(" ").reverse().join(" "));
      await act.says(page, "do not open it");
      await lookClosely(page, "vault-wrong");
      await v.open(page, "one two three");
      await act.says(page, "neither seven words nor a whole code");
    },
    { ...PHONE, allow: REFUSED },
  ));

test("every page of the vault, in every look", () =>
  asWriter(
    async (page, { who }) => {
      await lookClosely(page, "vault-empty");
      await v.write(page, "I said yes again.\nAnd my shoulders knew.");
      for (const [hash, heading, name] of [
        ["#/line", "One private line", "line"],
        ["#/page", "A page", "page"],
        ["#/check", "Two minutes for today", "check"],
        ["#/inventory", "An honest look", "looks"],
        ["#/inventory/new", "An honest look", "inventory"],
        ["#/list", "Who may have been hurt", "list"],
        ["#/list/new", "Who may have been hurt", "list-new"],
        ["#/amends", "A plan to put something right", "amends"],
        ["#/amends/new", "A plan to put something right", "amends-new"],
        ["#/ways", "Ways in", "ways"],
        ["#/ways/new", "New words and a new code", "renew"],
        ["#/keep", "Keep and let go", "keep"],
        ["#/", "Your writing", "writing"],
      ]) {
        await v.go(page, hash);
        await act.arrive(page, heading);
        if (name === "page") {
          await v.turn(page, "How heavy is it right now?", 8);
          await page.getByText("What do I feel?").click();
          await page.getByLabel("A question to begin with").selectOption({ index: 3 });
        }
        await lookClosely(page, `vault-${name}`);
      }
      await page.reload();
      await act.arrive(page, "Your private writing");
      await lookClosely(page, "vault-locked");
      await v.open(page, who.words);
      await act.arrive(page, "Your writing");
    },
    { seconds: 300 },
  ));

test("the vault comes within 120 KB, and other pages stay as small as they were", () =>
  asWriter(async (page) => {
    const bytes = await transferred(page, `${mend.url}/vault`);
    assert.ok(bytes < 120_000, `${bytes} bytes`);
  }));

test("what is begun survives a closed tab, and stands nowhere on the device in plain words", () =>
  asWriter(async (page, { who, context }) => {
    await v.go(page, "#/page");
    await act.arrive(page, "A page");
    await page.getByLabel("What you want to write").fill("half a thought about heather");
    await page.waitForTimeout(700);
    await page.close();
    const again = await context.newPage();
    await v.unlock(again, mend.url, who.words);
    await again.getByRole("link", { name: "You had begun something" }).click();
    await act.arrive(again, "A page");
    assert.equal(await again.getByLabel("What you want to write").inputValue(), "half a thought about heather");
    const kept = await again.evaluate(everythingKept);
    assert.ok(kept.length > 1000 && !kept.includes("heather") && !kept.includes(who.words.split(" ")[3]), "the device keeps ciphertext");
    await act.press(again, "Save");
    await act.arrive(again, "Your writing");
    await again.getByRole("link", { name: "You had begun something" }).waitFor({ state: "detached" });
  }));

/** Runs in the page: all that this origin keeps on the device, as one text. */
async function everythingKept() {
  const database = await new Promise((done) => (indexedDB.open("mend-vault").onsuccess = ({ target }) => done(target.result)));
  const texts = [JSON.stringify({ ...localStorage }), JSON.stringify({ ...sessionStorage })];
  for (const name of database.objectStoreNames) {
    const all = await new Promise((done) => (database.transaction(name).objectStore(name).getAll().onsuccess = ({ target }) => done(target.result)));
    for (const one of all) texts.push(JSON.stringify(one, (_, value) => (value instanceof Uint8Array ? String.fromCharCode(...value) : value)));
  }
  return texts.join("\n");
}

test("without a line one opens, writes and closes; later everything is there once", () =>
  asWriter(
    async (page, { who, context }) => {
      await v.writeLine(page, "with a line");
      await v.keptHere(page);
      await context.setOffline(true);
      await v.writeLine(page, "without a line");
      await act.says(page, "Saved on this device");
      await page.close();

      const later = await context.newPage();
      await later.goto(`${mend.url}/vault`);
      await act.says(later, "There is no line");
      await lookClosely(later, "vault-locked-offline");
      await v.open(later, who.words);
      await act.arrive(later, "Your writing");
      await v.writeLine(later, "still without");
      await act.says(later, "not sent yet");
      await lookClosely(later, "vault-offline");
      assert.deepEqual((await v.titles(later)).sort(), ["still without", "with a line", "without a line"]);
      await later.close();

      await context.setOffline(false);
      const back = await context.newPage();
      await v.unlock(back, mend.url, who.words);
      await v.sent(back);
      await elsewhere(who, async (other) => {
        await other.getByText("still without").waitFor();
        assert.deepEqual((await v.titles(other)).sort(), ["still without", "with a line", "without a line"]);
      });
    },
    { allow: NO_LINE },
  ));

test("an answer that is lost on the way doubles nothing", () =>
  asWriter(
    async (page, { who }) => {
      let lost = 0;
      await page.route("**/api/vault/pieces", async (route) => {
        if (route.request().method() !== "POST" || lost) return route.continue();
        lost++;
        await route.fetch();
        await route.abort();
      });
      await v.writeLine(page, "sent once or twice");
      await act.says(page, "not sent yet");
      const [piece] = await page.locator("a.piece").all();
      await piece.click();
      await act.arrive(page, "A page of yours");
      await page.getByLabel("What you want to write").fill("sent once or twice, and changed");
      await act.press(page, "Save");
      await act.arrive(page, "Your writing");
      await v.sent(page);
      await elsewhere(who, async (other) => {
        await other.getByText("sent once or twice, and changed").waitFor();
        assert.deepEqual(await v.titles(other), ["sent once or twice, and changed"]);
      });
      assert.equal(lost, 1);
    },
    { allow: [/ERR_FAILED/, /Failed to fetch/, /status of 409/] },
  ));

test("of two devices that change one page at once, both are kept as two entries", () =>
  asWriter(async (page, { who, context }) => {
    await v.write(page, "before");
    await elsewhere(who, async (laptop) => {
      await laptop.getByText("before").waitFor();
      await context.setOffline(true);
      for (const [device, text] of [[laptop, "on the laptop"], [page, "on the phone"]]) {
        await device.locator("a.piece").first().click();
        await act.arrive(device, "A page of yours");
        await device.getByLabel("What you want to write").fill(text);
        await act.press(device, "Save");
        await act.arrive(device, "Your writing");
      }
      await context.setOffline(false);
      await page.getByText("on the laptop").waitFor({ timeout: 30_000 });
      assert.deepEqual((await v.titles(page)).sort(), ["on the laptop", "on the phone"]);
      await act.says(page, "Written on two devices at once");
      await lookClosely(page, "vault-beside");
      await v.meet(laptop);
      await laptop.getByText("on the phone").waitFor();
      assert.deepEqual((await v.titles(laptop)).sort(), ["on the laptop", "on the phone"]);
    });
  }, { allow: NO_LINE }));

test("ten idle minutes lock it, and a touch puts that off", () =>
  asWriter(async (page, { who, context }) => {
    await page.close();
    const other = await context.newPage();
    await other.clock.install();
    await v.unlock(other, mend.url, who.words);
    await act.arrive(other, "Your writing");
    await other.clock.runFor(9 * 60_000);
    await other.mouse.click(5, 5);
    await other.clock.runFor(9 * 60_000);
    assert.ok(await other.getByRole("heading", { name: "Your writing" }).isVisible());
    await other.clock.runFor(61_000);
    await act.says(other, "Nothing happened here for ten minutes");
  }));

test("locking in one tab locks the others", () =>
  asWriter(async (page, { who, context }) => {
    const other = await context.newPage();
    await v.unlock(other, mend.url, who.words);
    await act.arrive(other, "Your writing");
    await act.press(page, "Lock now");
    await act.arrive(other, "Your private writing");
  }));

test("new words open it and sign in; the old ones do neither, and the other device is told", () =>
  asWriter(
    async (page, { who }) => {
      await v.writeLine(page, "older than the words");
      await elsewhere(who, async (laptop) => {
        await v.go(page, "#/ways/new");
        await act.arrive(page, "New words and a new code");
        const words = (await page.locator("[data-words] li").allTextContents()).join(" ");
        const code = await page.locator("[data-code]").textContent();
        await page.getByLabel("Type the seven words").fill(words);
        await page.getByLabel("Type the code").fill(code);
        await page.getByLabel("Your words or code as they are now").fill(words);
        await act.press(page, "Finish");
        await act.says(page, "These are not your words or code of today");
        await page.getByLabel("Your words or code as they are now").fill(who.code);
        await act.press(page, "Finish");
        await act.says(page, "Your new words and code are in force");
        await page.reload();
        await v.open(page, who.words);
        await act.says(page, "do not open it");
        await v.open(page, code);
        await act.arrive(page, "Ways in");
        await v.go(page, "#/");
        await act.arrive(page, "Your writing");
        await page.getByText("older than the words").waitFor();
        await v.meet(laptop);
        await act.says(laptop, "You were signed out");
        await act.follow(laptop, "Sign in");
        await act.trySignIn(laptop, who.handle, who.words);
        await act.says(laptop, "do not belong together");
        await act.trySignIn(laptop, who.handle, words);
        await laptop.waitForURL((address) => address.pathname === "/vault");
        await v.open(laptop, words);
        await laptop.getByText("older than the words").waitFor();
      }, { allow: [...REFUSED, /status of 401/] });
    },
    { allow: REFUSED },
  ));

test("a page that is too heavy stops with people to turn to", () =>
  asWriter(async (page) => {
    await v.go(page, "#/page");
    await act.arrive(page, "A page");
    await page.getByLabel("What you want to write").fill("too much");
    await v.turn(page, "How heavy is it right now?", 6);
    assert.equal(await page.getByRole("button", { name: "Stop writing" }).count(), 0);
    await v.turn(page, "How heavy is it right now?", 7);
    await act.says(page, "People to turn to");
    await act.says(page, "Night line");
    await act.press(page, "Stop writing");
    await act.arrive(page, "This is a lot right now");
    await act.says(page, "kept as a draft");
    await lookClosely(page, "vault-stopped");
  }));

test("a device without room goes on, and says so", () =>
  asWriter(async (page, { who, context }) => {
    await page.close();
    const full = await context.newPage();
    await full.addInitScript(() => {
      const put = IDBObjectStore.prototype.put;
      IDBObjectStore.prototype.put = function (...all) {
        if (this.name === "meta") return put.apply(this, all);
        throw new DOMException("no room", "QuotaExceededError");
      };
    });
    await v.unlock(full, mend.url, who.words);
    await v.writeLine(full, "kept by the server alone");
    await act.says(full, "no room left");
    await v.sent(full);
    assert.ok(await full.getByText("no room left").isVisible(), "it is said for as long as it is so");
    await lookClosely(full, "vault-full");
    await elsewhere(who, (other) => other.getByText("kept by the server alone").waitFor());
  }));

test("a clock that is a year off changes neither the day nor the key", () =>
  asWriter(async (page, { who, context }) => {
    await page.close();
    const wrong = await context.newPage();
    await wrong.clock.setSystemTime(Date.now() + 366 * 86_400_000);
    await v.unlock(wrong, mend.url, who.words);
    await v.writeLine(wrong, "dated by the server");
    await act.says(wrong, "The clock of this device is about 366 days off");
    const year = new Date().getFullYear();
    await wrong.getByRole("heading", { name: String(year) }).first().waitFor();
  }));

test("taking it off a device asks first where something would be lost", () =>
  asWriter(
    async (page, { context }) => {
      await v.writeLine(page, "kept");
      await context.setOffline(true);
      await v.writeLine(page, "waiting");
      await act.press(page, "Lock now");
      await page.getByText("This is not my device").click();
      await act.press(page, "Take them off this device");
      await act.says(page, "has not reached the server yet");
      await lookClosely(page, "vault-forget");
      await page.getByLabel("Take it off all the same").check();
      await act.press(page, "Take them off this device");
      await act.says(page, "They are off this device");
      assert.equal((await page.evaluate(everythingKept)).trim(), "{}\n{}");
    },
    { allow: NO_LINE },
  ));

test("whoever signs in with words alone is told what to do about the code", () =>
  visit(mend.url, async (page) => {
    await account(page);
    await page.goto(`${mend.url}/vault`);
    await act.follow(page, "New words and code");
    await act.arrive(page, "New words and code");
  }, PHONE));
