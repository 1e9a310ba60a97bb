// On a phone: joining by words, a passkey beside them, and the day the phone is lost.

import assert from "node:assert/strict";
import { test } from "node:test";
import * as act from "./acts.mjs";
import { assertAccessible, shots, startMend, visit } from "./lib.mjs";

const PHONE = { width: 390, height: 844 };

/** A device with a screen lock, as the browser's own test interface offers it. */
async function device(page) {
  const client = await page.context().newCDPSession(page);
  await client.send("WebAuthn.enable");
  const options = { protocol: "ctap2", transport: "internal", hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true };
  const { authenticatorId } = await client.send("WebAuthn.addVirtualAuthenticator", { options });
  const keys = async () => (await client.send("WebAuthn.getCredentials", { authenticatorId })).credentials;
  const locked = (yes) => client.send("WebAuthn.setUserVerified", { authenticatorId, isUserVerified: !yes });
  return { keys, locked };
}

test("somebody joins by words, adds a passkey, signs in by it, and loses the phone", async (t) => {
  const mend = await startMend(["serve", "--listen", "127.0.0.1:0"]);
  t.after(async () => {
    await mend.stop();
    assert.deepEqual(mend.complaints(), []);
  });
  let steward;
  await visit(mend.url, async (page) => {
    const phone = await device(page);
    ({ steward } = await act.beginAnew(page, mend));
    await page.goto(`${mend.url}/account`);
    await assertAccessible(page);
    await shots(page, "account");
    await act.press(page, "Add a passkey on this device");
    await act.says(page, "This device knows you now.");
    assert.equal((await phone.keys()).length, 1);
    await act.signOut(page);

    await page.goto(`${mend.url}/sign-in?next=/account`);
    await assertAccessible(page);
    await shots(page, "sign-in-passkey");
    await phone.locked(true);
    await act.press(page, "Sign in with a passkey");
    await page.getByRole("button", { name: "Sign in with a passkey", disabled: false }).waitFor();
    assert.ok(page.url().includes("/sign-in"), "a locked device opens nothing");
    await phone.locked(false);
    await act.press(page, "Sign in with a passkey");
    await page.waitForURL(`${mend.url}/account`);
  }, { ...PHONE, allow: [/NotAllowedError/] });

  // The phone is gone. On another device the code from paper opens the account, and locks the phone out.
  await visit(mend.url, async (page) => {
    await device(page);
    await page.goto(`${mend.url}/sign-in?next=/account`);
    await act.trySignIn(page, "amara", steward.code);
    await page.waitForURL(`${mend.url}/account`);
    await act.press(page, "Sign out everywhere else");
    await act.says(page, "That browser is signed out.");
    await act.press(page, "Remove");
    await act.says(page, "The passkey opens nothing here any more.");
    assert.equal(await page.getByRole("button", { name: "Remove", exact: true }).count(), 0);

    await act.follow(page, "New words and code");
    await act.press(page, "Go on");
    const words = await act.readWords(page);
    await page.getByLabel("Type the seven words").fill(words);
    await act.press(page, "Go on");
    await page.getByLabel("Type the code").fill(await act.readCode(page));
    await act.press(page, "Finish");
    await act.says(page, "Your new words and code are in force.");
    await act.signOut(page);
    await page.goto(`${mend.url}/sign-in`);
    await act.trySignIn(page, "amara", steward.words);
    await act.says(page, "do not belong together");
    await act.trySignIn(page, "amara", words);
    await page.waitForURL(/\/m\//);
  }, { ...PHONE, allow: [/status of 422/] });
});

test("whoever has just joined may make a passkey at once, and comes in by it the next time", async (t) => {
  const mend = await startMend(["serve", "--listen", "127.0.0.1:0"]);
  t.after(() => mend.stop());
  await visit(mend.url, async (page) => {
    await device(page);
    const { movement } = await act.beginAnew(page, mend);
    await page.goto(`${movement}/people/new`);
    await page.getByLabel("Name", { exact: true }).fill("Juno Castellanos");
    await act.press(page, "Save");
    await act.openPerson(page, movement, "Juno Castellanos");
    const link = await act.makeClaim(page);
    await act.signOut(page);

    await page.goto(link);
    await act.join(page, "juno");
    await act.says(page, "Next time, without typing");
    await assertAccessible(page);
    await shots(page, "joined-passkey");
    const home = new URL(page.url()).pathname;
    await act.press(page, "Add a passkey on this device");
    await act.says(page, "This device knows you now.");
    assert.equal(new URL(page.url()).pathname, home);
    await act.signOut(page);

    await page.goto(`${mend.url}/sign-in?next=${home}`);
    await act.press(page, "Sign in with a passkey");
    await page.waitForURL(`${mend.url}${home}`);
    await act.says(page, "Juno");
  }, PHONE);
});

test("a passkey that was removed opens nothing", async (t) => {
  const mend = await startMend(["serve", "--listen", "127.0.0.1:0"]);
  t.after(() => mend.stop());
  await visit(mend.url, async (page) => {
    await device(page);
    await act.beginAnew(page, mend);
    await page.goto(`${mend.url}/account`);
    await act.press(page, "Add a passkey on this device");
    await act.says(page, "This device knows you now.");
    await act.press(page, "Remove");
    await act.signOut(page);
    await page.goto(`${mend.url}/sign-in`);
    await act.press(page, "Sign in with a passkey");
    await act.says(page, "This passkey is not known here");
  }, { ...PHONE, allow: [/status of 422/] });
});
