// A server that is slow or says no: no page comes over another, every refusal is told, and one bad piece holds back
// no other. And pieces that cannot be read: they go one by one.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import * as act from "./acts.mjs";
import { startMend } from "./lib.mjs";
import { lookClosely } from "./look.mjs";
import * as v from "./vault-acts.mjs";

const allow = [...v.NO_LINE, ...v.REFUSED];

let mend, asWriter;
before(async () => {
  mend = await startMend(["serve", "--listen", "127.0.0.1:0"]);
  ({ asWriter } = v.writers(mend));
});
after(() => assert.deepEqual(mend.complaints(), []));

/** Answers to an address wait until they are let go. Gives what lets them go, and waits until they have arrived. */
async function held(page, address) {
  let go;
  const gone = new Promise((done) => (go = done));
  await page.route(address, async (route) => {
    await gone;
    await route.continue();
  });
  return async () => {
    const arrived = page.waitForResponse(address);
    go();
    await (await arrived).finished();
    await page.waitForTimeout(300);
  };
}

for (const [hash, address] of [["#/ways", "**/api/vault"], ["#/ways/new", "**/words*.txt"]]) {
  test(`a page that waits for the server does not come over what is typed elsewhere: ${hash}`, () =>
    asWriter(
      async (page) => {
        const letGo = await held(page, address);
        const asked = page.waitForRequest(address);
        await v.go(page, hash);
        await asked;
        await v.go(page, "#/page");
        await act.arrive(page, "A page");
        await page.getByLabel("What you want to write").fill("while it was on its way");
        await letGo();
        assert.equal(await page.getByLabel("What you want to write").inputValue(), "while it was on its way");
      },
      { serviceWorkers: "block" },
    ));
}

test("a page that was on its way when the vault was locked does not appear", () =>
  asWriter(
    async (page) => {
      const letGo = await held(page, "**/words*.txt");
      const asked = page.waitForRequest("**/words*.txt");
      await v.go(page, "#/ways/new");
      await asked;
      await act.press(page, "Lock now");
      await act.says(page, "Locked. You can close this page.");
      await letGo();
      assert.ok(await page.getByLabel("Seven words, or the printed code").isVisible());
      assert.equal(await page.locator("[data-words]").count(), 0);
    },
    { serviceWorkers: "block" },
  ));

test("a save that takes long leads nobody away from where they went meanwhile", () =>
  asWriter(async (page) => {
    const letGo = await held(page, "**/api/vault/keyring");
    await v.beginCheck(page, "needs a new key");
    const asked = page.waitForRequest("**/api/vault/keyring");
    await act.press(page, "Save");
    await asked;
    await v.go(page, "#/page");
    await act.arrive(page, "A page");
    await page.getByLabel("What you want to write").fill("begun meanwhile");
    await letGo();
    assert.equal(await page.getByLabel("What you want to write").inputValue(), "begun meanwhile");
    await v.go(page, "#/");
    await page.getByText("needs a new key").waitFor();
  }));

test("a full server is told, with what to do, until there is room", () =>
  asWriter(
    async (page, { who }) => {
      const full = (route) =>
        route.request().method() === "POST" ? route.fulfill({ status: 409, json: { word: "full", say: "There is no more room." } }) : route.continue();
      await page.route("**/api/vault/pieces", full);
      await v.writeLine(page, "waits for room");
      await act.says(page, "The server has no more room for your writing");
      await lookClosely(page, "vault-refused");
      await v.writeLine(page, "waits too");
      await act.says(page, "It is sent as soon as the server takes it.");
      await page.unroute("**/api/vault/pieces", full);
      await v.meet(page);
      await v.sent(page);
      assert.equal(await page.getByText("The server has no more room").count(), 0);
      await v.opened(mend, who, async (other) => {
        await other.getByText("waits for room").waitFor();
        await other.getByText("waits too").waitFor();
      });
    },
    { allow },
  ));

/** Runs in the page: makes the first piece that waits larger than the server takes. */
async function grow() {
  const database = await new Promise((done) => (indexedDB.open("mend-vault").onsuccess = ({ target }) => done(target.result)));
  const store = database.transaction("waiting", "readwrite").objectStore("waiting");
  await new Promise((done) => {
    store.openCursor().onsuccess = ({ target: { result: cursor } }) => {
      cursor.update({ ...cursor.value, body: new Uint8Array(600_000) }).onsuccess = done;
    };
  });
}

test("a piece that is too large for the server is told, and holds back no other", () =>
  asWriter(
    async (page, { who, context }) => {
      await v.keptHere(page);
      await context.setOffline(true);
      const texts = ["the first of three", "the second of three", "the third of three"];
      for (const text of texts) await v.writeLine(page, text);
      await act.press(page, "Lock now");
      await act.says(page, "Locked. You can close this page.");
      await page.evaluate(grow);
      await context.setOffline(false);
      await v.unlock(page, mend.url, who.words);
      await act.says(page, "is larger than the server takes");
      await v.opened(mend, who, async (other) => {
        await other.locator("a.piece").nth(1).waitFor();
        const there = await v.titles(other);
        assert.equal(there.length, 2);
        assert.ok(there.every((title) => texts.includes(title)), String(there));
      });
    },
    { allow },
  ));

test("what is too long for one piece is not saved, and stays on the page", () =>
  asWriter(async (page) => {
    await v.go(page, "#/page");
    await act.arrive(page, "A page");
    const text = page.getByLabel("What you want to write");
    // A sign that takes six bytes in JSON: no other text within the page's bound is as large.
    await text.fill("\u0001".repeat(90_000));
    await act.press(page, "Save");
    await act.says(page, "This is more than one piece can hold. Please make two of it.");
    assert.equal((await text.inputValue()).length, 90_000);
    await text.fill("語".repeat(90_000));
    await act.press(page, "Save");
    await act.arrive(page, "Your writing");
    await v.sent(page);
  }));

test("what cannot be read is destroyed with no kind, but by itself", () =>
  asWriter(async (page, { who }) => {
    await v.writeLine(page, "can be read");
    await v.check(page, "made elsewhere");
    await v.sent(page);
    const unread = await page.evaluate(() => document.querySelector('a.piece[href^="#/check"]').hash.slice(-32));
    await v.signedIn(mend, who, async (other) => {
      // For this device the check is as one that a newer version made: nothing in it can be read.
      await other.route("**/api/vault/pieces/read", async (route) => {
        const answer = await route.fetch();
        const said = await answer.json();
        for (const piece of said.pieces) if (piece.id === unread) piece.body = piece.body.slice(0, 100);
        await route.fulfill({ response: answer, json: said });
      });
      await v.unlock(other, mend.url, who.words);
      await act.says(other, "A piece that cannot be read");
      await v.destroy(other, "All of: Page");
      await act.says(other, "A piece that cannot be read");
      const there = () => other.evaluate(async () => (await (await fetch("/api/vault/pieces")).json()).pieces.map(([id]) => id));
      assert.deepEqual(await there(), [unread]);

      await v.go(other, `#/page/${unread}`);
      await act.arrive(other, "A piece that cannot be read");
      await lookClosely(other, "vault-unread");
      await act.press(other, "Destroy this");
      await act.press(other, "Yes, destroy it");
      await act.says(other, "It is destroyed.");
      assert.deepEqual(await there(), []);
    });
  }));
