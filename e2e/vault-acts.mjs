// What people do in the vault, found by what its pages say.

import * as act from "./acts.mjs";
import { visit } from "./lib.mjs";

export const PHONE = { width: 390, height: 844 };
export const NO_LINE = [/ERR_INTERNET_DISCONNECTED/, /Failed to fetch/];
export const REFUSED = [/status of 4(22|29|09)/];

/** Somebody who has an account, signed in on a device that never saw them. */
export const signedIn = (mend, who, work, options = {}) =>
  visit(
    mend.url,
    async (page, more) => {
      await act.signIn(page, mend.url, who.handle, who.words);
      await work(page, more);
    },
    { ...PHONE, ...options },
  );

/** The same, with the writing open. */
export const opened = (mend, who, work, options = {}) =>
  signedIn(
    mend,
    who,
    async (page, more) => {
      await unlock(page, mend.url, who.words);
      await act.arrive(page, "Your writing");
      await work(page, more);
    },
    options,
  );

/** People of one movement, each new and with a place in the vault. */
export function writers(mend) {
  let people = 0;
  let first;

  /** The first makes the movement; the others come by a personal link. */
  async function account(page) {
    people++;
    if (!first) {
      const { steward, movement } = await act.beginAnew(page, mend, { by: "Amara Okoye" });
      first = { movement, steward };
      await page.goto(`${movement}/help/edit`);
      await page.getByRole("textbox").first().fill("Night line: +351 800 000 000");
      await act.press(page, "Save");
      return steward;
    }
    const claim = await visit(mend.url, async (other) => {
      await act.signIn(other, mend.url, first.steward.handle, first.steward.words);
      await act.bringIn(other, first.movement, act.asFile(`name\nWriter ${people}`));
      await act.openPerson(other, first.movement, `Writer ${people}`);
      return act.makeClaim(other);
    });
    await page.goto(claim);
    return act.join(page, `writer.${people}`, { after: /\/m\/[^/]+$/ });
  }

  const asWriter = (work, options = {}) =>
    visit(
      mend.url,
      async (page, more) => {
        const who = await account(page);
        await begin(page, mend.url, who);
        await work(page, { who, ...more });
      },
      { ...PHONE, ...options },
    );

  return { account, asWriter };
}

/** Makes one's place: both ways typed once. */
export async function begin(page, url, { words, code }) {
  await page.goto(`${url}/vault`);
  await act.arrive(page, "A place that only you can read");
  await page.getByLabel("Your seven words").fill(words);
  await page.getByLabel("Your printed code").fill(code);
  await act.press(page, "Make my place");
  await act.arrive(page, "Your writing");
}

/** Opens what is locked, by words or by code. */
export async function open(page, secret) {
  await page.getByLabel("Seven words, or the printed code").fill(secret);
  await act.press(page, "Open");
}

export async function unlock(page, url, secret, hash = "") {
  await page.goto(`${url}/vault${hash}`);
  await open(page, secret);
}

/** Goes to one of the vault's pages by its address. */
export async function go(page, hash) {
  await page.evaluate((to) => (location.hash = to), hash);
}

async function save(page) {
  await act.press(page, "Save");
  await act.arrive(page, "Your writing");
}

/** Writes a page and saves it. */
export async function write(page, text) {
  await go(page, "#/page");
  await act.arrive(page, "A page");
  await page.getByLabel("What you want to write").fill(text);
  await save(page);
}

export async function writeLine(page, text) {
  await go(page, "#/line");
  await act.arrive(page, "One private line");
  await page.getByLabel("Your line").fill(text);
  await save(page);
}

/** Two minutes for today, with one good moment. */
export async function check(page, text) {
  await beginCheck(page, text);
  await save(page);
}

export async function beginCheck(page, text) {
  await go(page, "#/check");
  await act.arrive(page, "Two minutes for today");
  await page.getByLabel("A good moment").fill(text);
}

/** Destroys what the page about it calls so. */
export async function destroy(page, label) {
  await go(page, "#/keep");
  await act.arrive(page, "Keep and let go");
  await page.getByLabel("What", { exact: true }).selectOption({ label });
  await page.getByLabel("I know that this cannot be undone.").check();
  await act.press(page, "Destroy");
  await act.says(page, "It is destroyed.");
}

/** Waits until this device opens the vault without a line. */
export async function keptHere(page) {
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
  await page.waitForFunction(async () => (await caches.keys()).some((name) => name.startsWith("mend ")));
}

/** Chooses a number on a dial by the question before it. */
export const turn = (page, question, number) => page.getByRole("group", { name: question }).getByRole("radio", { name: String(number), exact: true }).check({ force: true });

/** The first lines of what is shown. */
export const titles = (page) => page.locator("a.piece").allTextContents();

/** Waits until the server has everything. */
export const sent = (page) => page.locator(".tag", { hasText: "not sent yet" }).first().waitFor({ state: "detached" });

/** Has the vault meet the server now. */
export const meet = (page) => page.evaluate(() => dispatchEvent(new Event("online")));
