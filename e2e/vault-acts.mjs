// What people do in the vault, found by what its pages say.

import * as act from "./acts.mjs";

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

/** Writes a page and saves it. */
export async function write(page, text) {
  await go(page, "#/page");
  await act.arrive(page, "A page");
  await page.getByLabel("What you want to write").fill(text);
  await act.press(page, "Save");
  await act.arrive(page, "Your writing");
}

export async function writeLine(page, text) {
  await go(page, "#/line");
  await act.arrive(page, "One private line");
  await page.getByLabel("Your line").fill(text);
  await act.press(page, "Save");
  await act.arrive(page, "Your writing");
}

/** Chooses a number on a dial by the question before it. */
export const turn = (page, question, number) => page.getByRole("group", { name: question }).getByRole("radio", { name: String(number), exact: true }).check({ force: true });

/** The first lines of what is shown. */
export const titles = (page) => page.locator("a.piece").allTextContents();
