// Keys that are new, and keys that are gone: made without a line, on a device without room, destroyed on another device.

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

/** What a device that has met the server shows. */
const shown = async (page, ...texts) => {
  for (const text of texts) await page.getByText(text).waitFor();
  assert.deepEqual((await v.titles(page)).sort(), [...texts].sort());
};

/** Closes the vault and opens it in another tab of the same device. */
async function again(page, context, who) {
  await page.close();
  const next = await context.newPage();
  await v.unlock(next, mend.url, who.words);
  await act.arrive(next, "Your writing");
  return next;
}

test("keys made without a line open what they sealed each time it is opened, and reach the server", () =>
  asWriter(
    async (first, { who, context }) => {
      await v.writeLine(first, "with a line");
      await v.sent(first);
      await v.keptHere(first);
      await context.setOffline(true);
      await v.check(first, "the first check");
      const second = await again(first, context, who);
      await shown(second, "with a line", "the first check");
      await v.check(second, "the second check");
      const third = await again(second, context, who);
      await shown(third, "with a line", "the first check", "the second check");
      await context.setOffline(false);
      await v.meet(third);
      await v.sent(third);
      await v.opened(mend, who, (other) => shown(other, "with a line", "the first check", "the second check"));
    },
    { allow },
  ));

test("two tabs without a line that need the same new key lose neither piece", () =>
  asWriter(
    async (one, { who, context }) => {
      const other = await context.newPage();
      await v.unlock(other, mend.url, who.words);
      await act.arrive(other, "Your writing");
      await v.keptHere(other);
      await context.setOffline(true);
      await v.check(one, "in one tab");
      await v.check(other, "in the other tab");
      await act.press(one, "Lock now");
      await act.arrive(other, "Your private writing");
      await other.close();
      await context.setOffline(false);
      const later = await again(one, context, who);
      await v.sent(later);
      await v.opened(mend, who, (laptop) => shown(laptop, "in one tab", "in the other tab"));
    },
    { allow },
  ));

test("on a device that keeps nothing a new key goes to the server, or nothing is sealed with it", () =>
  asWriter(
    async (page, { who, context }) => {
      await page.close();
      const full = await context.newPage();
      await full.addInitScript(() => {
        IDBObjectStore.prototype.put = () => {
          throw new DOMException("no room", "QuotaExceededError");
        };
      });
      await v.unlock(full, mend.url, who.words);
      await act.arrive(full, "Your writing");
      await v.check(full, "sealed with a new key");
      await v.sent(full);
      await v.beginCheck(full, "the next one");
      await act.press(full, "Save");
      await act.arrive(full, "Your writing");
      await v.go(full, "#/page");
      await act.arrive(full, "A page");
      await full.getByLabel("What you want to write").fill("not without a key");
      await context.setOffline(true);
      await act.press(full, "Save");
      await act.says(full, "needs a new key, and there is neither room for it on this device nor a line");
      await lookClosely(full, "vault-no-key");
      assert.equal(await full.getByLabel("What you want to write").inputValue(), "not without a key");
      await context.setOffline(false);
      await act.press(full, "Save");
      await act.arrive(full, "Your writing");
      await v.sent(full);
      await v.opened(mend, who, (other) => shown(other, "sealed with a new key", "the next one", "not without a key"));
    },
    { allow },
  ));

/** All pieces that the server has, as it keeps them. */
const stored = (page) =>
  page.evaluate(async () => {
    const { pieces } = await (await fetch("/api/vault/pieces")).json();
    const headers = { "Content-Type": "application/json" };
    const body = JSON.stringify({ ids: pieces.map(([id]) => id) });
    return (await (await fetch("/api/vault/pieces/read", { method: "POST", headers, body })).json()).pieces;
  });

/** A server that brings destroyed pieces up again cannot have them opened, on any device. */
const staysShut = (who, pieces, kept) =>
  v.signedIn(mend, who, async (page) => {
    await page.route("**/api/vault/pieces", async (route) => {
      const answer = await route.fetch();
      const said = await answer.json();
      said.gone = [];
      said.pieces.push(...pieces.map(({ id, version, until }) => [id, version, until]));
      await route.fulfill({ response: answer, json: said });
    });
    await page.route("**/api/vault/pieces/read", async (route) => {
      const answer = await route.fetch();
      const said = await answer.json();
      said.pieces.push(...pieces);
      await route.fulfill({ response: answer, json: said });
    });
    await v.unlock(page, mend.url, who.words);
    await act.arrive(page, "Your writing");
    await act.says(page, "Its key was destroyed");
    for (const text of kept) await page.getByText(text).waitFor();
    assert.equal(await page.getByText("Its key was destroyed").count(), pieces.length);
  });

for (const closed of [false, true]) {
  test(`a year that another device destroyed does not come back, and nothing written meanwhile is lost, ${closed ? "closed" : "open"}`, () =>
    asWriter(
      async (first, { who, context }) => {
        let phone = first;
        await v.writeLine(phone, "of the old key");
        await v.sent(phone);
        const old = await stored(phone);
        assert.equal(old.length, 1);
        await v.keptHere(phone);
        await context.setOffline(true);
        await v.check(phone, "of a new key");
        await v.writeLine(phone, "written meanwhile");
        if (closed) await act.press(phone, "Lock now");
        await v.opened(mend, who, async (laptop) => {
          await laptop.getByText("of the old key").waitFor();
          await v.destroy(laptop, `Everything from ${new Date().getFullYear()}`);
        });
        await context.setOffline(false);
        if (closed) phone = await again(phone, context, who);
        await v.meet(phone);
        await v.sent(phone);
        await shown(phone, "of a new key", "written meanwhile");
        await v.opened(mend, who, (other) => shown(other, "of a new key", "written meanwhile"));
        await staysShut(who, old, ["of a new key", "written meanwhile"]);
      },
      { allow },
    ));
}

test("a key that arrived although no answer came, and was destroyed then, does not come back", () =>
  asWriter(
    async (phone, { who, context }) => {
      await v.keptHere(phone);
      await phone.route("**/api/vault/keyring", async (route) => {
        await route.fetch();
        await context.setOffline(true);
        await route.abort();
      });
      await v.check(phone, "of a key that arrived");
      await act.says(phone, "not sent yet");
      await phone.close();
      let old;
      await v.opened(mend, who, async (laptop) => {
        await v.check(laptop, "of the same key");
        await v.sent(laptop);
        old = await stored(laptop);
        await v.destroy(laptop, "All of: Check");
      });
      await context.setOffline(false);
      const later = await context.newPage();
      await v.unlock(later, mend.url, who.words);
      await act.arrive(later, "Your writing");
      await v.writeLine(later, "with a line again");
      await v.sent(later);
      await shown(later, "of a key that arrived", "with a line again");
      await staysShut(who, old, ["of a key that arrived", "with a line again"]);
    },
    { allow: [...allow, /ERR_FAILED/] },
  ));
