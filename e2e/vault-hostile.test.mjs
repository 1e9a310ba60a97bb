// A server that lies: the vault refuses each lie in words and opens nothing. And passkeys, which are never the only way.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import * as act from "./acts.mjs";
import { startMend, visit } from "./lib.mjs";
import { lookClosely } from "./look.mjs";
import * as v from "./vault-acts.mjs";

const { REFUSED } = v;

let mend, who;
before(async () => {
  mend = await startMend(["serve", "--listen", "127.0.0.1:0"]);
  await visit(mend.url, async (page) => {
    who = (await act.beginAnew(page, mend)).steward;
    await v.begin(page, mend.url, who);
    await v.writeLine(page, "first line");
    await v.sent(page);
    await v.writeLine(page, "second line");
    await v.sent(page);
  });
});
after(() => assert.deepEqual(mend.complaints(), []));

const signedIn = (work, options) => v.signedIn(mend, who, work, options);

/** The server's answer to one address, changed on the way. */
const lie = (page, address, change) =>
  page.route(address, async (route) => {
    const answer = await route.fetch();
    const said = await answer.json();
    await route.fulfill({ response: answer, json: change(said) ?? said });
  });

const bytes = (text) => Buffer.from(text, "base64url");
const flip = (text) => {
  const all = bytes(text);
  all[all.length - 1] ^= 1;
  return all.toString("base64url");
};

const LIES = {
  "fewer turns of derivation": ["**/api/vault", (said) => void (said.iterations = 1000), "asked for less protection"],
  "another account": ["**/api/vault", (said) => void (said.account = "0".repeat(32)), "do not open it"],
  "another salt": ["**/api/vault", (said) => void (said.salt = "A".repeat(22)), "do not open it"],
  "a changed keyring": ["**/api/vault/open", (said) => void (said.body = flip(said.body)), "do not open it"],
  "a keyring cut short": ["**/api/vault/open", (said) => void (said.body = said.body.slice(0, 20)), "did not arrive whole"],
  "a keyring of a newer version": ["**/api/vault/open", (said) => void (said.body = Buffer.concat([Buffer.from([9]), bytes(said.body).subarray(1)]).toString("base64url")), "newer version"],
  "a changed way": ["**/api/vault/open", (said) => void (said.way = flip(said.way)), "do not open it"],
  "a planted way": ["**/api/vault/open", (said) => void (said.way = Buffer.alloc(61, 1).toString("base64url")), "do not open it"],
  "a keyring of another turn": ["**/api/vault/open", (said) => void (said.turn += 1), "do not open it"],
};

for (const [name, [address, change, told]] of Object.entries(LIES)) {
  test(`the vault refuses ${name}`, () =>
    signedIn(async (page) => {
      await lie(page, address, change);
      await v.unlock(page, mend.url, who.words);
      await act.says(page, told);
      assert.ok(await page.getByRole("heading", { name: "Your private writing" }).isVisible());
    }, { allow: REFUSED }));
}

test("an old keyring is refused by a device that has met a newer one", () =>
  signedIn(async (page) => {
    let old;
    await page.route("**/api/vault/open", async (route) => {
      const answer = await route.fetch();
      const said = await answer.json();
      old ??= said;
      await route.fulfill({ response: answer, json: old });
    });
    await v.unlock(page, mend.url, who.words);
    await act.arrive(page, "Your writing");
    await v.check(page, "a key of another journal");
    await v.sent(page);
    await page.reload();
    await v.open(page, who.words);
    await act.says(page, "an older copy of your keys");
    await lookClosely(page, "vault-older");
  }));

const changes = {
  "pieces put in each other's place": (said) => {
    const [one, two] = said.pieces;
    [one.body, two.body] = [two.body, one.body];
  },
  "a changed piece": (said) => void (said.pieces[0].body = flip(said.pieces[0].body)),
  "a piece cut short": (said) => void (said.pieces[0].body = said.pieces[0].body.slice(0, 100)),
  "a planted piece": (said) => void (said.pieces[0].body = Buffer.from("age-encryption.org/v1\n-> X25519 planted\n---\n").toString("base64url")),
  "another version": (said) => void (said.pieces[0].version += 1),
};

for (const [name, change] of Object.entries(changes)) {
  test(`the vault shows nothing of ${name}, and says so`, () =>
    signedIn(async (page) => {
      await lie(page, "**/api/vault/pieces/read", change);
      await v.unlock(page, mend.url, who.words);
      await act.says(page, "A piece that cannot be read");
      await lookClosely(page, `vault-${name.replaceAll(/\W+/g, "-")}`);
    }));
}

test("a piece that the server holds back is brought to it again", () =>
  signedIn(async (page) => {
    await v.unlock(page, mend.url, who.words);
    await page.getByText("first line").waitFor();
    let asked = 0;
    await page.route("**/api/vault/pieces", async (route) => {
      if (route.request().method() === "POST") return (asked++, route.continue());
      const answer = await route.fetch();
      const said = await answer.json();
      said.pieces = said.pieces.slice(1);
      await route.fulfill({ response: answer, json: said });
    });
    await v.meet(page);
    await page.waitForTimeout(1500);
    assert.ok(asked > 0, "it was sent again");
    assert.ok((await v.titles(page)).includes("first line"));
  }));

// Passkeys

async function device(page, { prf = true } = {}) {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send("WebAuthn.enable");
  const options = { protocol: "ctap2", ctap2Version: "ctap2_1", transport: "internal", hasResidentKey: true, hasUserVerification: true, isUserVerified: true, hasPrf: prf };
  const { authenticatorId } = await cdp.send("WebAuthn.addVirtualAuthenticator", { options });
  return { cdp, authenticatorId };
}

async function withPasskey(page, options) {
  const virtual = await device(page, options);
  await page.goto(`${mend.url}/account`);
  await act.press(page, "Add a passkey on this device");
  await act.says(page, "This device knows you now.");
  await v.unlock(page, mend.url, who.words, "#/ways");
  await act.arrive(page, "Ways in");
  await act.press(page, "Let a passkey open it");
  return virtual;
}

test("a passkey opens it, and not any more once it was taken away here, removed there, or deleted on the device", () =>
  signedIn(async (page) => {
    const { cdp, authenticatorId } = await withPasskey(page);
    await act.says(page, "This passkey opens your writing now.");
    await page.reload();
    await act.press(page, "Open with a passkey");
    await act.arrive(page, "Ways in");

    await cdp.send("WebAuthn.clearCredentials", { authenticatorId });
    await page.reload();
    await act.press(page, "Open with a passkey");
    await act.says(page, /told to stop|does not open your writing/);
    await v.open(page, who.words);
    await act.arrive(page, "Ways in");
    await act.press(page, "Take it away");
    await act.says(page, "does not open your writing any more");
    await page.reload();
    await act.arrive(page, "Your private writing");
    assert.equal(await page.getByRole("button", { name: "Open with a passkey" }).count(), 0);
  }, { allow: REFUSED }));

test("a passkey that was removed from the account opens nothing here either", () =>
  signedIn(async (page) => {
    await withPasskey(page);
    await act.says(page, "This passkey opens your writing now.");
    await lookClosely(page, "vault-passkey");
    await page.goto(`${mend.url}/vault`);
    await act.arrive(page, "Your private writing");
    await page.getByRole("button", { name: "Open with a passkey" }).waitFor();
    await lookClosely(page, "vault-locked-passkey");
    await page.goto(`${mend.url}/account`);
    while (await page.getByRole("button", { name: "Remove", exact: true }).count()) await page.getByRole("button", { name: "Remove", exact: true }).first().click();
    await page.goto(`${mend.url}/vault`);
    await act.arrive(page, "Your private writing");
    assert.equal(await page.getByRole("button", { name: "Open with a passkey" }).count(), 0);
    await v.open(page, who.code);
    await act.arrive(page, "Your writing");
  }));

test("a device whose passkeys cannot do it says so, and the words go on working", () =>
  signedIn(async (page) => {
    await withPasskey(page, { prf: false });
    await act.says(page, "cannot do that");
    await page.reload();
    await v.open(page, who.words);
    await act.arrive(page, "Ways in");
  }));
