// Every page that can be opened, by everybody who can open it, on a phone and on a desktop, in light and in dark:
// nobody is kept out, nothing sticks out, nothing is asked of another host, and it is small.
// Pages are found by following links; that none is missed is checked against the table of routes.

import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import * as act from "./acts.mjs";
import { startMend, transferred, visit } from "./lib.mjs";
import { lookClosely } from "./look.mjs";

const FIRST = 100_000; // bytes, with fonts, for somebody who was never here
const LATER = 20_000; // bytes, for every page after it
const MORE_LETTERS = "Piotr Zieliński"; // letters that the fonts of every page do not have
const VAULT = 120_000; // bytes, for the page of private writing with its one script
const SHEET = 2_500; // bytes, for every sheet to print

let mend, movement;
const doors = {};
const opened = new Set(); // paths that somebody looked at
const closely = new Set(); // what was looked at closely, so that the same page is not looked at twice
const wrong = []; // what was wrong, so that one wrong page does not hide the next

const box = mkdtempSync(join(tmpdir(), "mend-box-")); // letters of the sample movement

before(async () => {
  mend = await startMend(["demo", "--listen", "127.0.0.1:0", "--mail-to", box]);
  for (const who of ["steward", "keeper", "member", "newcomer"]) doors[who] = await mend.link(who);
  movement = `${mend.url}/m/sample`;
});
after(() => {
  rmSync(box, { recursive: true, force: true });
  assert.deepEqual(mend.complaints(), []);
});

/** The link in a letter of the sample movement that stops all of them. */
async function stopLink() {
  for (let tries = 0; tries < 900; tries++) {
    const letter = readdirSync(box).find((name) => name.endsWith(".eml"));
    if (letter) return /List-Unsubscribe: <([^>]+)>/.exec(readFileSync(join(box, letter), "utf8").replaceAll("\r\n ", " "))[1];
    await new Promise((done) => setTimeout(done, 100));
  }
  assert.fail("no letter came within a minute and a half");
}

/** Somebody comes in by their door, does something, and we hear at the end what was wrong with the pages. */
const asSomebody = (who, work, options) =>
  visit(
    mend.url,
    async (page) => {
      if (doors[who]) await page.goto(doors[who]);
      await work(page);
      const told = wrong.splice(0);
      assert.deepEqual(told, [], told.join("\n\n"));
    },
    { seconds: 420, ...options },
  );

/** A path without what is different for each thing. */
const shape = (path) =>
  path
    .replace(/\/[0-9a-f]{32,}(?=\/|$)/g, "/{id}")
    .replace(/\/[0-9A-Z]{20,}$/, "/{token}")
    .replace(/\/\d{4}-\d\d-\d\d(?=\/|$)/g, "/{day}")
    .replace(/\/(steps|words|practices)\/[\w.-]+/g, "/$1/{it}");

const ownLinks = (page) =>
  page
    .locator("a[href]")
    .evaluateAll((links) => links.map(({ href }) => href.replace(/#.*/, "")).filter((href) => href.startsWith(location.origin)));

/** Opens what links lead to, one page of each shape, and looks at each. `also` are pages without a link, `within` is where to stay. */
async function lookAround(page, who, { also = [], within = /^\// } = {}) {
  const waiting = [page.url(), ...also];
  const seen = new Set();
  while (waiting.length) {
    const address = waiting.shift();
    const path = new URL(address).pathname;
    if (seen.has(shape(path)) || !within.test(path) || /\/(feed|file|demo|export)(\/|$)|\.pdf$/.test(path)) continue;
    seen.add(shape(path));
    const bytes = await transferred(page, address);
    // Sheets are as many pages of paper as there are people.
    const pages = path.endsWith("/sheets") ? await page.locator("section.sheet").count() : 0;
    const most = path === "/vault" ? VAULT : LATER + pages * SHEET;
    if (bytes > most && seen.size > 1) wrong.push(`${path}: ${bytes} bytes`);
    // What can be done in the vault itself, vault.test.mjs looks at.
    if (path === "/vault") await page.getByText("One moment").waitFor({ state: "detached" });
    await lookOnce(page, who);
    waiting.push(...(await ownLinks(page)));
  }
  return seen;
}

/** Looks at the page that is open, if it was not looked at yet in exactly this form. */
async function lookOnce(page, who) {
  const path = new URL(page.url()).pathname;
  opened.add(path);
  const content = (await page.content()).replaceAll(/[0-9a-f]{32,}|Signed in as [^<]+/g, "");
  if (closely.has(content)) return;
  closely.add(content);
  const name = `${who}${shape(path).replaceAll(/[/{}]+/g, "-").replace(/-$/, "")}`;
  await lookClosely(page, name).catch(({ message }) => wrong.push(`${name}: ${message.split("\n+ actual")[0]}`));
}

test("a visitor", () => asSomebody("visitor", async (page) => {
  await page.goto(mend.url);
  await lookAround(page, "visitor");
}));

test("the way past the navigation leads into the page", () => asSomebody("visitor", async (page) => {
  await page.goto(`${mend.url}/sign-in`);
  for (const key of ["Tab", "Enter", "Tab"]) await page.keyboard.press(key);
  assert.ok(await page.evaluate(() => document.activeElement.matches("main *")));
}));

test("a steward, from a draft to the sheets", () => asSomebody("steward", async (page) => {
  await act.openPerson(page, movement, MORE_LETTERS); // now the browser has all the fonts
  const draft = await act.propose(page, movement);
  doors.joining = await act.makeJoiningLink(page, movement);
  await lookAround(page, "steward", { also: [`${mend.url}/movements/new`, `${mend.url}/movements?all`, `${mend.url}/prove?next=/account`] });

  const list = ["name,e-mail,groups", "Nia Vale,nia@example.org,Kitchen", ",nobody,", "Amara Okoye,amara@example.org,Outreach"];
  await act.lookAt(page, movement, act.asFile(list.join("\n")));
  await act.arrive(page, "What would change");
  await lookOnce(page, "steward-preview");

  await act.openPerson(page, movement, "Kenji Moriyama");
  doors.claim = await act.makeClaim(page);
  await lookOnce(page, "steward-claim-sheet");

  await act.confirm(page, draft);
  await lookAround(page, "steward-after", {
    also: [`${movement}/invitations/sheets`],
    within: /\/sample(\/circles.*|\/invitations.*)?$/,
  });
  doors.answer = (await act.answerLinks(page, movement))[0].link;
}));

for (const who of ["keeper", "member", "newcomer"]) {
  test(`a ${who}`, () => asSomebody(who, (page) => lookAround(page, who, { also: [`${mend.url}/movements?all`] })));
}

test("somebody with a sheet or a personal link in their hand", () => asSomebody("guest", async (page) => {
  await page.goto(doors.answer);
  await lookOnce(page, "guest-answer");
  await act.press(page, "Not this time");
  await lookOnce(page, "guest-said-no");
  await act.press(page, "Yes, I would");
  await lookOnce(page, "guest-said-yes");

  await page.goto(doors.joining);
  await page.getByText("If you like, say a little more").click();
  await lookOnce(page, "guest-joining");

  await page.goto(doors.claim);
  await lookOnce(page, "guest-claim");
  await act.ofAge(page);
  await page.getByLabel("Handle", { exact: true }).fill("kenji");
  await act.press(page, "Go on");
  await act.readWords(page);
  await lookClosely(page, "guest-claim-words");
  await page.getByLabel("Type the seven words").fill(await act.readWords(page));
  await act.press(page, "Go on");
  await act.readCode(page);
  await lookClosely(page, "guest-claim-code");
}));

test("somebody with a letter in their mailbox", () => asSomebody("guest", async (page) => {
  await page.goto(await stopLink());
  await lookOnce(page, "guest-letters");
  await act.press(page, "Stop all letters");
  await lookOnce(page, "guest-no-letters");
}));

test("whoever begins", async () => {
  const empty = await startMend(["serve", "--listen", "127.0.0.1:0"]);
  await visit(empty.url, async (page) => {
    await page.goto(empty.url);
    await lookClosely(page, "empty-landing");
    await page.goto(/https?:\/\/\S+/.exec(await empty.line(/\/begin\//))[0]);
    opened.add(new URL(page.url()).pathname);
    await lookClosely(page, "empty-begin");
  });
  await empty.stop();
});

test("pages that say no", () => asSomebody("visitor", async (page) => {
  for (const [path, title] of [
    ["/nowhere", "There is nothing here for you"],
    ["/m/sample/i/00", "There is nothing here for you"],
    [new URL(doors.steward).pathname, "This door was used already"],
    [new URL(doors.claim).pathname.replace(/\w{10}$/, "0000000000"), "This link does not open any more"],
    ["/m/sample/circles", "Sign in"],
  ]) {
    await page.goto(mend.url + path);
    await act.arrive(page, title);
    await lookOnce(page, `no${shape(path).replaceAll(/[/{}]+/g, "-")}`);
  }
}, { allow: [/status of 404/] }));

test("forms that come back, and a deed that is refused", async () => {
  const fresh = await startMend(["demo", "--listen", "127.0.0.1:0"]);
  await visit(fresh.url, async (page) => {
    await page.goto(await fresh.link("steward"));
    const own = page.url().replace(/\?.*/, "");
    await page.goto(`${own}/movement/edit`);
    await page.getByLabel("Time zone").fill("Nowhere/At-all");
    await act.press(page, "Save");
    await act.says(page, "Mend does not know this time zone.");
    await lookClosely(page, "back-movement");
    await page.goto(`${own}/people/new`);
    await page.getByLabel("Name", { exact: true }).fill("Somebody");
    await page.getByLabel("E-mail").fill("amara@example.org");
    await act.press(page, "Save");
    await act.says(page, "Somebody here has this address already.");
    await lookClosely(page, "back-person");
    await act.lookAt(page, own, act.asFile(""));
    await act.says(page, "There is nothing in this list.");
    await lookClosely(page, "back-import");
    await page.goto(`${fresh.url}/account`);
    await page.getByLabel(/^Type “/).fill("somebody else");
    await act.press(page, "Erase me");
    await act.says(page, "That is not your handle");
    await lookClosely(page, "back-erase");
    await page.goto(`${own}/movement`);
    await page.getByLabel("Another working group").fill("   ");
    await act.press(page, "Add");
    await act.arrive(page, "That did not work");
    await lookClosely(page, "refused");
  }, { allow: [/status of (409|422)/], seconds: 60 });
  await fresh.stop();
});

test("no page of the table was left out", async () => {
  const table = await readFile(new URL("../crates/app/src/web/policy.rs", import.meta.url), "utf8");
  const routes = [...table.matchAll(/^ +(\w+) +Get +"([^"]+)"/gm)].map(([, action, path]) => ({ action, path }));
  assert.ok(routes.length > 30, "the table can be read");
  const noPages = [
    ...["Asset", "Robots", "Ready", "DemoDoor", "Feed", "MyExport", "LiveFollow", "PackPdf"],
    ...["VaultWorker", "VaultState", "VaultIndex"],
    "StandIn", // opens only once a whole circle has said yes; hour.test.mjs looks at it
  ];
  const seen = (path) => {
    const pattern = new RegExp(`^${path.replaceAll(/\{\w+\}/g, "[^/]+")}$`);
    return [...opened].some((each) => pattern.test(each));
  };
  const missed = routes.filter(({ action, path }) => !noPages.includes(action) && !seen(path)).map(({ path }) => path);
  assert.deepEqual(missed, []);
});

test("a later page is small, even the first with a name in more letters", async (t) => {
  const fresh = await startMend(["demo", "--listen", "127.0.0.1:0"]);
  const [list, person] = await visit(fresh.url, async (page) => {
    await transferred(page, await fresh.link("steward")); // until the fonts of the first page are here
    const list = await transferred(page, `${page.url()}/people?q=${MORE_LETTERS}`);
    const person = await page.getByRole("link", { name: MORE_LETTERS }).evaluate(({ href }) => href);
    return [list, await transferred(page, person)];
  });
  await fresh.stop();
  t.diagnostic(`${MORE_LETTERS} in a list: ${list} bytes; as a heading: ${person} bytes`);
  assert.ok(list <= LATER && person <= LATER);
});

test("a first visit is small", async (t) => {
  const fresh = await startMend(["demo", "--listen", "127.0.0.1:0"]);
  const first = async (name, address) => {
    const bytes = await visit(fresh.url, (page) => transferred(page, address));
    t.diagnostic(`${name}: ${bytes} bytes with an empty cache`);
    assert.ok(bytes <= FIRST, `${name}: ${bytes} bytes`);
  };
  await first("/", fresh.url);
  await first("/sign-in", `${fresh.url}/sign-in`);
  await first("a member's Home", await fresh.link("member"));
  let link;
  await visit(fresh.url, async (page) => {
    await page.goto(await fresh.link("steward"));
    const own = page.url();
    await act.confirm(page, await act.propose(page, own));
    ({ link } = (await act.answerLinks(page, own)).find(({ name }) => name === MORE_LETTERS));
  });
  await first(`an invitation for ${MORE_LETTERS}`, link);
  await fresh.stop();
});
