// One circle of six from its invitations to the day after, as its people live it: letters in a mailbox, an answer by each,
// agreements, reminders, the hour itself on six screens of which half are phones, and the question afterwards.

import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import * as act from "./acts.mjs";
import { browser, startMend, visit, watch } from "./lib.mjs";
import { comeIn, endIt, holder, press, settled } from "./live-acts.mjs";
import { lookClosely } from "./look.mjs";
import { ahead, clock, faketime, folder, invitations, mailbox, until } from "./mail-acts.mjs";

const PEOPLE = ["Amara Okoye", ...[1, 2, 3, 4, 5].map((at) => `Person ${at}`)];
const LIST = ["name,groups,email", ...[1, 2, 3, 4, 5].map((at) => `Person ${at},Group ${(at % 2) + 1},person${at}@example.test`)];

/** A browser of somebody's own; every second person has a phone. */
async function device(mend, at, { allow = [] } = {}) {
  const size = at % 2 ? { width: 390, height: 844 } : { width: 1200, height: 900 };
  const context = await (await browser()).newContext({ viewport: size });
  context.setDefaultTimeout(30_000);
  const watching = watch(context, [mend.url], { allow });
  const page = await context.newPage();
  await watching.ready(page);
  return { page, close: async () => (watching.check(), context.close()) };
}

/** Everybody has a place of their own, from the link that a steward hands over. */
async function everybody(mend, steward, movement) {
  const devices = [steward];
  for (let at = 1; at < PEOPLE.length; at++) {
    await act.openPerson(steward.page, movement, PEOPLE[at]);
    const claim = await act.makeClaim(steward.page);
    const own = await device(mend, at);
    await own.page.goto(claim);
    await act.join(own.page, `person${at}`);
    devices.push(own);
  }
  return devices;
}

/** The circle meets every week, three days from now; its people are asked. */
async function invited(page, movement) {
  const draft = await act.propose(page, movement);
  await page.goto(draft);
  await act.follow(page, "Confirm and invite");
  await act.arrive(page, "Confirm and invite");
  await page.getByLabel("How often").selectOption("Every week");
  const day = new Date(Date.now() + 4 * 864e5).toLocaleDateString("en-GB", { weekday: "long" });
  await page.getByLabel("Weekday").selectOption(day);
  await page.getByLabel("At", { exact: true }).fill("19:00");
  await lookClosely(page, "hour-1-confirm");
  await act.press(page, "Make the circles");
  await act.arrive(page, "Invitations");
}

const invitationOf = (box, name) => invitations(box).find(({ head }) => head.includes(`To: ${name}`));

test("a circle of six, from the invitation to the day after", { skip: !faketime && "there is no libfaketime here", timeout: 600_000 }, async (t) => {
  const box = join(folder, "hour");
  const time = clock();
  const mend = await startMend(["serve", "--listen", "127.0.0.1:0", "--mail-to", box], { env: time.env });
  t.after(() => mend.stop());
  const first = await device(mend, 0);
  const { movement } = await act.beginAnew(first.page, mend, { groups: ["Group 1", "Group 2"] });
  await act.bringIn(first.page, movement, act.asFile(LIST.join("\n")));
  const devices = await everybody(mend, first, movement);
  const pages = devices.map(({ page }) => page);
  await invited(first.page, movement);

  // Five have an address and answer from their mailbox, without signing in; the steward answers on Home.
  time.minutes(7);
  await until("five invitations", () => invitations(box).length === 5);
  for (const [at, name] of PEOPLE.entries()) {
    const page = pages[at];
    if (at === 0) {
      await page.goto(movement);
      await lookClosely(page, "hour-2-asked");
      await act.press(page, "Yes, I would");
      continue;
    }
    const { body } = invitationOf(box, `person${at}@`) ?? assert.fail(`no letter to ${name}`);
    await visit(mend.url, async (mailbox) => {
      await mailbox.goto(/http\S+\/i\/[0-9a-f]{64}/.exec(body)[0]);
      if (at === 1) await lookClosely(mailbox, "hour-3-answer");
      await act.press(mailbox, "Yes, I would");
      await act.says(mailbox, "Your seat is yours");
    }, { javaScript: at % 2 === 0 });
  }

  // The keeper plans who keeps, everybody agrees.
  await first.page.goto(`${movement}/circles`);
  await first.page.locator(".asks h3 a").first().click();
  await act.says(first.page, "6 of 6 seats");
  const circle = first.page.url();
  for (const page of pages) {
    await page.goto(`${circle}/agreements`);
    await act.press(page, "I can live with it");
  }
  await act.says(first.page, "You have said");
  await first.page.reload();
  await act.says(first.page, "Everybody in the circle has agreed.");
  await lookClosely(pages[1], "hour-4-agreed");
  await first.page.goto(`${circle}/meetings`);
  await act.press(first.page, "Plan the keeping");
  await act.says(first.page, "Nobody has said yet that they would keep a meeting");
  await pages[2].goto(`${circle}/meetings`);
  await pages[2].locator("ul.asks h2 a").first().click();
  await act.press(pages[2], "I will keep it");
  await lookClosely(pages[2], "hour-5-keeping");

  // The reminder of the evening before names the hour alone.
  const when = await first.page.locator("ul.asks time").first().getAttribute("datetime");
  const minutesTo = async (before) => Math.round((Date.parse(when) - before * 60_000 - Date.now() - (await ahead(first.page, mend))) / 60_000);
  const letters = () => mailbox(box).length;
  const had = letters();
  await pages[3].goto(`${movement}/me/letters`);
  const soon = pages[3].getByRole("group", { name: "Two hours before a meeting" });
  await soon.getByLabel("A letter by mail").check();
  await act.press(pages[3], "Save");
  await act.says(pages[3], "Saved.");
  time.minutes(await minutesTo(24 * 60));
  await until("the letters of the evening before", () => letters() === had + 5);
  time.minutes(await minutesTo(119));
  await until("the one letter of two hours before", () => letters() === had + 6);
  for (const { head, body } of mailbox(box)) {
    assert.match(head, /^Subject: Something to look at$/m);
    assert.doesNotMatch(head + body, /Menders|circle|Group/i);
  }

  // The hour. Whoever keeps opens it, and everybody comes in from Home.
  time.minutes(await minutesTo(5));
  const keeper = await whoKeeps(pages, circle);
  await comeIn(keeper, `${circle}/live`);
  for (const page of pages.filter((page) => page !== keeper)) {
    await page.goto(movement);
    await act.says(page, "It is being held now.");
    if (page === pages[1]) await lookClosely(page, "hour-6-held-now");
    await act.follow(page, "Go into the circle");
    await comeIn(page, page.url());
  }
  await act.press(keeper, "Begin, and hold this order");
  for (const page of pages) await page.locator("#agenda .now").waitFor();
  await theHour(keeper, pages);
  await endIt(keeper);
  for (const page of pages) await act.arrive(page, "The circle has ended");
  await pages[2].getByLabel("Something you would like kept").fill("A lift on Friday");
  await act.press(pages[2], "Keep it");
  await lookClosely(pages[2], "hour-9-over");

  // A day later: nothing but the few facts is there, and the private question.
  time.minutes(26 * 60);
  await pages[3].goto(movement);
  await act.says(pages[3], "How did the circle leave you?");
  await lookClosely(pages[3], "hour-10-after");
  await pages[3].getByText("Heavier", { exact: true }).click();
  await pages[3].getByText("Would you like a call?").click();
  await act.press(pages[3], "Please call me");
  await act.says(pages[3], "You have asked whoever keeps it to call you.");
  await pages[2].goto(movement);
  await act.says(pages[2], `${PEOPLE[3]} would like a call from you`);
  await pages[1].goto(`${circle}/held`);
  await act.says(pages[1], "6 people, ");
  await act.says(pages[1], "A lift on Friday");
  await lookClosely(pages[1], "hour-11-held");
  for (const { close } of devices) await close();
  // It sees that its clock was moved, and says so.
  assert.deepEqual(mend.complaints().filter((line) => !line.includes("the clock of this machine jumped")), []);
});

/** The page of whoever may open the circle before its hour. */
async function whoKeeps(pages, circle) {
  for (const page of pages) {
    await page.goto(`${circle}/live`);
    const opens = await page.getByRole("button", { name: "Open the circle" }).count();
    const early = await page.getByLabel("We meet at another hour").count();
    if (opens && !early) return page;
  }
  return assert.fail("nobody can open the circle");
}

/** All parts of the hour, each round once around; in the second, somebody asks for company. */
async function theHour(keeper, pages) {
  const parts = await keeper.locator("#agenda li").count();
  let rounds = 0;
  for (let part = 1; part < parts; part++) {
    await press(keeper, "next");
    await keeper.waitForTimeout(450); // a second press within a double click counts as one
    if (await holder(keeper)) await aRound(keeper, pages, ++rounds);
  }
  assert.ok(rounds >= 3, `${rounds} rounds`);
}

async function aRound(keeper, pages, number) {
  if (number === 2) {
    await lookClosely(pages[1], "hour-7-round");
    const other = pages.find((page) => ![keeper, pages[1]].includes(page));
    await act.press(other, "Someone please stay with me");
    await act.says(other, "has been told, and nobody else");
    const said = (page) => page.getByText("Somebody asks that you stay with them.");
    await said(keeper).waitFor();
    const screens = await Promise.all(pages.map((page) => said(page).isVisible()));
    assert.equal(screens.filter(Boolean).length, 1, "one screen says so");
  }
  const had = [];
  for (;;) {
    const name = await holder(keeper);
    if (!name) break;
    had.push(name);
    await Promise.all(pages.map((page) => settled(page, name)));
    const own = await pageWithThePiece(pages);
    await press(own, "pass");
    await keeper.waitForFunction((was) => (document.querySelector("#seats .holds text")?.textContent ?? "") !== was, name);
  }
  assert.equal(new Set(had).size, 6, `everybody had the piece: ${had}`);
}

async function pageWithThePiece(pages) {
  for (const page of pages) {
    if (await page.locator('button[value="pass"][data-show="pass"]').first().isVisible()) return page;
  }
  return assert.fail("nobody has the piece");
}

test("whoever cannot come asks whether somebody may come for them, and each who is asked answers on Home", { timeout: 300_000 }, async () => {
  const mend = await startMend(["demo", "--listen", "127.0.0.1:0"]);
  const movement = `${mend.url}/m/sample`;
  // A door of the sample movement opens once, so everybody keeps their browser.
  const doors = new Map();
  const as = async (who, work) => {
    if (!doors.has(who)) {
      const own = await device(mend, doors.size, { allow: [/status of 409/] });
      await own.page.goto(await mend.link(who));
      doors.set(who, own);
    }
    const { page } = doors.get(who);
    await page.goto(movement);
    await work(page);
  };
  const newcomer = "Noor Haddad";
  let meeting;
  await as("member", async (page) => {
    await page.goto(`${movement}/circles`);
    await page.locator(".asks h3 a").first().click();
    await act.follow(page, "Meetings");
    await page.locator("ul.asks h2 a").nth(1).click();
    await act.says(page, "If somebody cannot come");
    meeting = page.url();
    await page.getByText("I cannot come, and somebody would come for me").click();
    await page.getByLabel("Who would come").fill("Nobody Of This Name");
    await act.press(page, "Ask them");
    await act.says(page, "Nobody can be asked by that name");
    await page.goBack();
    await page.getByText("I cannot come, and somebody would come for me").click();
    await page.getByLabel("Who would come").fill(newcomer);
    await lookClosely(page, "standin-ask");
    await act.press(page, "Ask them");
    await act.says(page, `You asked whether ${newcomer} may come for you.`);
    await lookClosely(page, "standin-waits");
  });
  await as("newcomer", async (page) => {
    await act.says(page, "asks you to come in their place");
    await lookClosely(page, "standin-come");
    await act.press(page, "Yes, gladly");
    await act.says(page, "Saved.");
  });
  await as("keeper", async (page) => {
    await act.says(page, `May ${newcomer} come in their place?`);
    await lookClosely(page, "standin-welcome");
    await page.getByRole("listitem").filter({ hasText: `May ${newcomer}` }).getByRole("button", { name: "Not this time" }).click();
    await act.says(page, "Saved.");
  });
  await as("member", async (page) => {
    await page.goto(meeting);
    await page.getByRole("heading", { name: "If somebody cannot come" }).waitFor();
    assert.equal(await page.getByText("You asked whether").count(), 0, "the question is gone, and nobody is named");
    // For the meeting after it, everybody says yes.
    await page.goto(movement);
    await page.goto(`${movement}/circles`);
    await page.locator(".asks h3 a").first().click();
    await act.follow(page, "Meetings");
    await page.locator("ul.asks h2 a").nth(2).click();
    await page.getByText("I cannot come, and somebody would come for me").click();
    await page.getByLabel("Who would come").fill(newcomer);
    await act.press(page, "Ask them");
    await act.says(page, `You asked whether ${newcomer} may come for you.`);
    meeting = page.url();
  });
  await as("newcomer", (page) => act.press(page, "Yes, gladly"));
  await as("keeper", async (page) => {
    await act.press(page, "Yes, gladly");
    await page.goto(meeting);
    const heard = page.getByRole("button", { name: "has said yes to me" });
    await lookClosely(page, "standin-paper");
    for (let left = await heard.count(); left > 0; left--) {
      await heard.first().click();
      await act.says(page, "Saved.");
      await page.goto(meeting);
    }
  });
  await as("newcomer", async (page) => {
    await act.says(page, "Everybody has said yes.");
    await act.follow(page, "See where and when");
    await act.arrive(page, "Circle");
    await lookClosely(page, "standin-comes");
  });
  for (const { close } of doors.values()) await close();
  assert.deepEqual(mend.complaints(), []);
  await mend.stop();
});
