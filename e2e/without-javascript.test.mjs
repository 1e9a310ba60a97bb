// With scripts switched off, every page is there and every form does its work.
// Only making keys needs a script; the two pages that do say so.

import assert from "node:assert/strict";
import { test } from "node:test";
import * as act from "./acts.mjs";
import { assertAccessible, shots, startMend, visit } from "./lib.mjs";

const plainly = (mend, work) => visit(mend.url, work, { javaScript: false });

async function demo(t) {
  const mend = await startMend(["demo", "--listen", "127.0.0.1:0"]);
  t.after(async () => {
    await mend.stop();
    assert.deepEqual(mend.complaints(), []);
  });
  return mend;
}

async function saysItNeedsAScript(page) {
  const note = page.locator("noscript p");
  assert.ok(await note.isVisible());
  assert.match(await note.textContent(), /^Signing in needs JavaScript/);
}

test("the pages for signing in and for joining say plainly that they need JavaScript", async (t) => {
  const mend = await demo(t);
  await plainly(mend, async (page) => {
    await page.goto(`${mend.url}/sign-in`);
    await saysItNeedsAScript(page);
    assert.ok(await page.getByRole("button", { name: "Sign in" }).isDisabled(), "nothing typed can be sent");
    await page.getByLabel("Handle", { exact: true }).fill("amara");
    await page.getByLabel("Seven words, or the printed code").fill("one two three four five six seven");
    await page.getByLabel("Seven words, or the printed code").press("Enter");
    assert.equal(page.url(), `${mend.url}/sign-in`, "not by the Enter key either");
    await assertAccessible(page);
    await shots(page, "no-script-sign-in");
    await page.goto(await mend.link("steward"));
    await act.openPerson(page, `${mend.url}/m/sample`, "Kenji Moriyama");
    const claim = await act.makeClaim(page);
    await act.signOut(page);
    await page.goto(claim);
    await saysItNeedsAScript(page);
    assert.ok(await page.getByRole("button", { name: "Go on" }).isDisabled());
    await assertAccessible(page);
    await shots(page, "no-script-join");
  });
});

test("a member's own forms work", async (t) => {
  const mend = await demo(t);
  await plainly(mend, async (page) => {
    await page.goto(await mend.link("member"));
    await act.follow(page, "My place");
    await page.getByLabel("Name", { exact: true }).fill("Mina P.");
    await page.getByLabel("Languages").fill("en, pt");
    await page.getByLabel(/^I am willing to keep a circle/).check();
    await act.press(page, "Save");
    await act.says(page, "Saved.");
    assert.equal(await page.getByLabel("Name", { exact: true }).inputValue(), "Mina P.");
    assert.ok(await page.getByLabel(/^I am willing to keep a circle/).isChecked());

    await page.goto(`${mend.url}/m/sample/me/hours`);
    const ticked = page.getByRole("checkbox", { checked: true });
    while (await ticked.count()) await ticked.first().uncheck();
    await page.getByLabel("Tuesday 19:00").check();
    await act.press(page, "Save");
    await act.says(page, "One hour of the week.");

    await page.goto(`${mend.url}/m/sample/me/wishes`);
    await page.getByLabel(/^Part of a name/).fill("emeka");
    await act.press(page, "Find");
    await page.getByLabel("Emeka Nwosu").check();
    await act.press(page, "Save");
    await act.says(page, "Saved.");
    await page.goto(`${mend.url}/m/sample/me/wishes`);
    assert.ok(await page.getByLabel("Emeka Nwosu").isChecked());

    await page.goto(`${mend.url}/m/sample/me/calendar`);
    const old = await page.locator("#feed-link").textContent();
    await act.press(page, "Make a new address");
    await act.says(page, "You have a new address.");
    assert.notEqual(await page.locator("#feed-link").textContent(), old);
    assert.equal((await fetch(old.trim())).status, 404);

    await act.signOut(page);
    await page.goto(`${mend.url}/m/sample/me`);
    await act.arrive(page, "Sign in");
  });
});

test("a keeper changes their circle", async (t) => {
  const mend = await demo(t);
  await plainly(mend, async (page) => {
    await page.goto(await mend.link("keeper"));
    await act.follow(page, "See the hour");
    await act.follow(page, "Change name, time or place");
    await page.getByLabel("Weekday").selectOption("Thursday");
    await page.getByLabel("At", { exact: true }).fill("18:30");
    await page.getByLabel("In a room", { exact: true }).check();
    await page.getByLabel("Room", { exact: true }).fill("The blue room");
    await act.press(page, "Save");
    await act.says(page, "Every second Thursday of the month at 18:30, Europe/Lisbon");
    await act.says(page, "The blue room");
  });
});

test("a steward brings in people, proposes, moves, confirms and prints", async (t) => {
  const mend = await demo(t);
  const movement = `${mend.url}/m/sample`;
  await plainly(mend, async (page) => {
    await page.goto(await mend.link("steward"));
    await act.bringIn(page, movement, act.asFile("name;groups\nNia Vale;Kitchen\nÉlodie Ō;Outreach, Kitchen\n"));
    await act.says(page, "50 people.");

    await page.goto(`${movement}/people/new`);
    await page.getByLabel("Name", { exact: true }).fill("Added by hand");
    await page.getByLabel("Kitchen").check();
    await act.press(page, "Save");
    await act.says(page, "Saved.");

    await page.goto(`${movement}/movement`);
    await page.getByLabel("Another working group").fill("Night shift");
    await act.press(page, "Add");
    await act.says(page, "Added.");
    await page.getByLabel("Let somebody serve for a year").selectOption("Lena Hofmann");
    await act.press(page, "Let them serve");
    await act.says(page, "They can act as a steward now.");

    const draft = await act.propose(page, movement);
    await page.goto((await act.ringsOf(page))[0].people[0].address);
    await page.getByRole("button", { name: /^Move .*circle \d+$/ }).first().click();
    await act.says(page, "Moved.");
    await act.confirm(page, draft);
    await act.says(page, "The circles are there.");
    const links = await act.answerLinks(page, movement);
    assert.equal(links.length, 38, "51 people, thirteen of whom sit in a circle");
    await page.goto(links[0].link);
    await act.press(page, "Not this time");
    await act.arrive(page, "Thank you for saying");
    await act.press(page, "Yes, I would");
    await act.arrive(page, "Your seat is yours");
  });
});

test("a steward takes things back: a draft, a group, a person, a circle", async (t) => {
  const mend = await demo(t);
  const movement = `${mend.url}/m/sample`;
  await plainly(mend, async (page) => {
    await page.goto(await mend.link("steward"));
    await act.propose(page, movement);
    const seed = () => page.getByText(/^Seed \d+/).textContent();
    const first = await seed();
    await act.press(page, "Try another seating");
    await act.arrive(page, "A draft of circles");
    assert.notEqual(await seed(), first);
    await page.locator("summary", { hasText: "Let go of the draft" }).click();
    await act.press(page, "Let go of the draft");
    await act.says(page, "The draft is gone.");

    await page.goto(`${movement}/movement`);
    await act.follow(page, "Outreach");
    await page.getByLabel("Name of the group").fill("Reaching out");
    await act.press(page, "Save");
    await act.says(page, "Reaching out");
    await act.follow(page, "Reaching out");
    await act.press(page, "Take the group out");
    await act.says(page, "Taken out.");
    assert.equal(await page.getByText("Reaching out").count(), 0);

    await act.openPerson(page, movement, "Kenji Moriyama");
    await act.press(page, "Take them out");
    await act.says(page, "47 people.");

    await page.goto(`${movement}/circles`);
    await act.follow(page, "Rowan");
    await act.follow(page, "Change name, time or place");
    await page.getByLabel("Yes, this circle has come to its end").check();
    await act.press(page, "End the circle");
    await act.says(page, "The circle has ended.");
    assert.equal(await page.getByText("Rowan").count(), 0);
  });
});

test("somebody erases themselves", async (t) => {
  const mend = await demo(t);
  await plainly(mend, async (page) => {
    await page.goto(await mend.link("member"));
    await page.goto(`${mend.url}/account`);
    const label = page.getByLabel(/^Type “.+” to erase yourself$/);
    await label.fill(/“(.+)”/.exec(await page.getByText(/^Type “/).textContent())[1]);
    await act.press(page, "Erase me");
    await act.says(page, "You are erased.");
    await page.goto(`${mend.url}/m/sample`);
    await act.arrive(page, "Sign in");
  });
});

test("somebody answers from their own Home", async (t) => {
  const mend = await demo(t);
  const movement = `${mend.url}/m/sample`;
  await plainly(mend, async (page) => {
    await page.goto(await mend.link("steward"));
    await act.confirm(page, await act.propose(page, movement));
  });
  await plainly(mend, async (page) => {
    await page.goto(await mend.link("newcomer"));
    await act.says(page, /^A seat in the circle /);
    await act.press(page, "Yes, I would");
    await act.says(page, "Your seat is yours.");
    await act.follow(page, "See the hour");
    await act.says(page, "Noor Haddad");
  });
});

test("every page has its heading and its content", async (t) => {
  const mend = await demo(t);
  await plainly(mend, async (page) => {
    await page.goto(await mend.link("steward"));
    const own = ["", "/circles", "/invitations", "/me", "/me/hours", "/me/wishes", "/me/calendar", "/movement"];
    const stewards = ["/movement/edit", "/people", "/people/new", "/people/import"];
    const inside = [...own, ...stewards].map((path) => `${mend.url}/m/sample${path}`);
    for (const address of [...inside, `${mend.url}/about`, `${mend.url}/account`]) {
      await page.goto(address);
      assert.ok(await act.heading(page).isVisible(), address);
      assert.equal(await page.getByText("JavaScript").count(), 0, `${address} needs no script and says nothing of one`);
      const dead = await page.locator("button:disabled:visible").count();
      assert.equal(dead, 0, `${address} has a button that does nothing`);
    }
  });
});
