// What people do in these tests, found by what the pages say. Each act starts on a page that offers it
// and ends on the page that answers.

import assert from "node:assert/strict";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";

export const ROSTER = fileURLToPath(new URL("data/roster.csv", import.meta.url));

const button = (page, name) => page.getByRole("button", { name, exact: typeof name === "string" });
const link = (page, name) => page.getByRole("link", { name, exact: typeof name === "string" });

export const press = (page, name) => button(page, name).click();
export const follow = (page, name) => link(page, name).first().click();
export const heading = (page) => page.getByRole("heading", { level: 1 });
export const told = (page) => page.getByRole("main").getByRole("status").first();

/** Says whether the page has this sentence, and waits until it has. */
export const says = (page, text) => page.getByText(text).first().waitFor();

/** Waits for the page with this heading. */
export const arrive = (page, text) => page.getByRole("heading", { level: 1, name: text }).waitFor();

/** Makes an account where a page offers it. `before` fills what else the first step asks for. */
export async function join(page, handle, { before = async () => {}, older = true, after = /\/m\/|\/movements/ } = {}) {
  await before();
  if (older) await ofAge(page);
  await page.getByLabel("Handle", { exact: true }).fill(handle);
  await press(page, "Go on");
  const words = await readWords(page);
  await page.getByLabel("Type the seven words").fill(words);
  await press(page, "Go on");
  const code = await readCode(page);
  await page.getByLabel("Type the code").fill(code);
  await press(page, "Finish");
  await page.waitForURL(after);
  return { handle, words, code };
}

/** Says "I am 18 or older" where a page asks. */
export async function ofAge(page) {
  const asked = page.getByLabel("I am 18 or older");
  if (await asked.count()) await asked.check();
}

/** The seven words, once they are there to be read. */
export async function readWords(page) {
  await page.getByRole("heading", { name: "These are your seven words" }).waitFor();
  const words = await page.locator("[data-words] li").allTextContents();
  assert.equal(words.length, 7);
  return words.join(" ");
}

/** The printed code, once it is there to be read. */
export async function readCode(page) {
  await page.getByRole("heading", { name: "This is your second key" }).waitFor();
  return page.locator("[data-code]").textContent();
}

/** Types a handle and words or a code into the form for signing in, and sends it. */
export async function trySignIn(page, handle, secret) {
  await page.getByLabel("Handle", { exact: true }).fill(handle);
  await page.getByLabel("Seven words, or the printed code").fill(secret);
  await press(page, "Sign in");
}

export async function signIn(page, url, handle, secret) {
  await page.goto(`${url}/sign-in`);
  await trySignIn(page, handle, secret);
  await page.waitForURL(/\/m\/|\/movements/);
}

export async function signOut(page) {
  await press(page, "Sign out");
  await page.waitForURL((address) => address.pathname === "/");
}

/** Begins a movement. Gives the address of its Home. */
export async function beginMovement(page, { name, by, zone = "Europe/Lisbon", groups = [] }) {
  await arrive(page, "Begin a movement");
  await page.getByLabel("Name of the movement").fill(name);
  await page.getByLabel("Your name").fill(by);
  await page.getByLabel("Time zone").fill(zone);
  await page.getByLabel("Working groups").fill(groups.join("\n"));
  await ofAge(page);
  await press(page, "Begin");
  await page.waitForURL(/\/help\/edit/);
  await follow(page, "Later");
  await page.waitForURL(/\/m\/\w+$/);
  return page.url();
}

/** Chooses a list and looks at what would change. `file` is a path, or `{ name, mimeType, buffer }`. */
export async function lookAt(page, movement, file) {
  await page.goto(`${movement}/people/import`);
  await page.getByLabel("A list as a file").setInputFiles(typeof file === "string" ? resolve(file) : file);
  await press(page, "Look at it first");
}

/** A text as a file that somebody chooses. */
export const asFile = (text, name = "list.csv") => ({ name, mimeType: "text/csv", buffer: Buffer.from(text) });

/** Brings in a list of people. */
export async function bringIn(page, movement, file) {
  await lookAt(page, movement, file);
  await press(page, /^Bring in (one person|\d+ people)$/);
  await says(page, "The list is in.");
}

/** From the circles' page to a draft. */
export async function propose(page, movement) {
  await page.goto(`${movement}/circles`);
  await press(page, "Propose circles");
  await arrive(page, "A draft of circles");
  return page.url().replace(/\?.*/, "");
}

/** The circles of a draft, as its page shows them: number, people with their groups, seats. */
export function ringsOf(page) {
  return page.locator("section").filter({ has: page.getByRole("heading", { name: /^Circle \d+$/ }) }).evaluateAll((cards) =>
    cards.map((card) => ({
      number: Number(/\d+/.exec(card.querySelector("h2").textContent)[0]),
      people: [...card.querySelectorAll("li")].map((item) => ({
        name: item.querySelector("a").textContent,
        address: item.querySelector("a").href,
        groups: item.querySelector("small").textContent.split(", ").filter(Boolean),
      })),
    })),
  );
}

/** A list of terms, as `{ term: text }`. */
export const facts = (list) =>
  list.evaluate((dl) => {
    const pair = (term) => [term.textContent, term.nextElementSibling.textContent];
    return Object.fromEntries([...dl.querySelectorAll("dt")].map(pair));
  });

/** Confirms a draft as it is offered. */
export async function confirm(page, draft) {
  await page.goto(draft);
  await follow(page, "Confirm and invite");
  await arrive(page, "Confirm and invite");
  await press(page, "Make the circles");
  await arrive(page, "Invitations");
}

/** The file for a mail program, as text. */
export async function invitationFile(page, movement) {
  const headers = { origin: new URL(movement).origin };
  return page.context().request.post(`${movement}/invitations/file`, { headers });
}

/** The links that are printed on the sheets, by name of the person. */
export async function answerLinks(page, movement) {
  await page.goto(`${movement}/invitations/sheets`);
  return page.locator("section.sheet").evaluateAll((sheets) =>
    sheets.map((sheet) => ({
      name: sheet.querySelector("h2").textContent.split(", would you")[0],
      link: sheet.querySelector(".link").textContent.trim(),
    })),
  );
}

/** A steward's page of one person, found by name. */
export async function openPerson(page, movement, name) {
  await page.goto(`${movement}/people`);
  await page.getByLabel("Find by name or group").fill(name);
  await press(page, "Find");
  await page.getByRole("rowheader").getByRole("link", { name, exact: true }).first().click();
  await arrive(page, name);
}

/** A steward makes a personal link on a person's page. Gives the link that is printed. */
export async function makeClaim(page) {
  await press(page, "Make a personal link");
  await page.getByRole("heading", { level: 1, name: /^For / }).waitFor();
  return (await page.locator("#claim-link").textContent()).trim();
}

/** A steward makes the joining link. Gives the link that stands on its sheet. */
export async function makeJoiningLink(page, movement) {
  await page.goto(`${movement}/joining`);
  // The sample movement has one already.
  const make = button(page, "Make a joining link");
  if (await make.count()) await make.click();
  await follow(page, "The sheet with the code");
  await arrive(page, "Ask for a place with us");
  return (await page.locator("#joining-link").textContent()).trim();
}

/** From the link that a new instance prints to a movement. Gives the address of its Home, and how its steward signs in. */
export async function beginAnew(page, mend, { name = "Menders", by = "Amara Okoye", handle = "amara", groups } = {}) {
  await page.goto(/https?:\/\/\S+/.exec(await mend.line(/\/begin\//))[0]);
  const steward = await join(page, handle);
  return { steward, movement: await beginMovement(page, { name, by, groups }) };
}

/** A list of so many people in so many groups. */
export const listOf = (people, groups = 4) =>
  asFile(["name,groups", ...Array.from({ length: people }, (_, at) => `Person ${at + 1},Group ${(at % groups) + 1}`)].join("\n"));
