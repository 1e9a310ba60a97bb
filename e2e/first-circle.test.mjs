// The main job, on a real list of people: from an empty folder to a first circle, in one sitting.
// A steward, an invited person without an account, and a person who takes their place, each in a browser of their own.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { test } from "node:test";
import { promisify } from "node:util";
import * as act from "./acts.mjs";
import { ENGINES, assertAccessible, assertNoSidewaysScroll, decodeQr, shots, startMend, transferred, visit } from "./lib.mjs";

const run = promisify(execFile);

for (const { engine, env } of ENGINES) {
  test(`from an empty folder to a first circle, with ${engine}`, async (t) => {
    const began = performance.now();
    const mend = await startMend(["serve", "--listen", "127.0.0.1:0"], { env });
    const story = { mend, t, ...steps(t) };
    try {
      await visit(mend.url, (page) => steward(page, story), { seconds: 300 });
    } finally {
      await mend.stop();
      assert.deepEqual(mend.complaints(), []);
    }
    t.diagnostic(`the whole job took ${((performance.now() - began) / 1000).toFixed(1)} s`);
  });
}

/** Steps of one story: after the first that fails, the others are left out. */
function steps(t) {
  let failed = false;
  const step = (name, work) =>
    t.test(name, { skip: failed && "an earlier step failed" }, async (t) => {
      failed = true;
      await work(t);
      failed = false;
    });
  return { step };
}

async function steward(page, story) {
  const { mend, step, t } = story;
  const begin = /https?:\/\/\S+/.exec(await mend.line(/\/begin\//))[0];
  const stranger = (work) => visit(mend.url, work);
  let movement, draft, invited;

  await step("the printed link leads to an account, and the words stay in the browser", async () => {
    const sent = [];
    page.on("request", (request) => sent.push(`${request.url()} ${request.postData() ?? ""}`));
    await page.goto(begin);
    await act.arrive(page, "Begin here");
    await shots(page, "begin");
    story.steward = await act.join(page, "amara");
    const said = sent.join("\n").toLowerCase();
    for (const word of story.steward.words.split(" ")) assert.ok(!said.includes(word), "a word was sent");
    assert.ok(!said.includes(story.steward.code.toLowerCase()) && !said.includes(story.steward.code.replaceAll("-", "").toLowerCase()));
    assert.deepEqual(await page.evaluate(() => [localStorage.length, sessionStorage.length]), [0, 0]);
  });

  await step("a movement is begun, with its zone and some of its groups", async () => {
    const groups = ["Group 001", "Group 002", "Kitchen"];
    movement = await act.beginMovement(page, { name: "Volunteers", by: "Amara Okoye", groups });
    await act.says(page, /^Good (morning|day|evening), Amara/);
    await shots(page, "first-home");
    await page.goto(`${movement}/movement`);
    for (const group of groups) await act.says(page, group);
  });

  await step("a list is looked at, and nothing is written before it is confirmed", async () => {
    await act.lookAt(page, movement, act.ROSTER);
    assert.deepEqual(await act.facts(page.locator("dl")), { new: "311", changed: "0", unchanged: "0", "with a problem": "0" });
    await shots(page, "import-preview");
    const second = await page.context().newPage();
    await second.goto(`${movement}/people`);
    await act.says(second, "One person.");
    await second.close();
    await act.press(page, "Bring in 311 people");
    await act.says(page, "The list is in.");
    await act.says(page, "312 people.");
  });

  await step("the list of people says what the file said", async () => {
    await act.openPerson(page, movement, "Shai Silva");
    assert.equal(await page.getByLabel("E-mail").inputValue(), "shai.silva@example.org");
    assert.ok(await page.getByLabel("Group 106", { exact: true }).isChecked());
  });

  await step("the same list again changes nothing", async () => {
    await act.lookAt(page, movement, act.ROSTER);
    assert.deepEqual(await act.facts(page.locator("dl")), { new: "0", changed: "0", unchanged: "311", "with a problem": "0" });
    await act.says(page, "There is nothing to bring in");
  });

  await step("circles are proposed: everybody has a seat, and the page tells the truth about groups", async () => {
    draft = await act.propose(page, movement);
    const rings = await act.ringsOf(page);
    const sizes = rings.map(({ people }) => people.length);
    assert.ok(sizes.every((size) => size >= 5 && size <= 7), `sizes ${sizes}`);
    const addresses = new Set(rings.flatMap(({ people }) => people.map(({ address }) => address)));
    assert.equal(addresses.size, 312);
    const together = rings.reduce((sum, { people }) => sum + pairsOfOneGroup(people), 0);
    const said = await page.getByText("of one working group sit together. No seating").textContent();
    const [, reached, bound] = /^(\d+) pairs of one .* can have fewer(?: than (\d+)(?:\.|, so .*\.)|: that is proved\.)$/.exec(said);
    assert.equal(Number(reached), together, "the page counts as we do");
    assert.ok(Number(bound ?? reached) <= together);
    t.diagnostic(`${rings.length} circles; ${said}`);
    await assertNoSidewaysScroll(page);
    await assertAccessible(page);
    await shots(page, "draft-312");
  });

  await step("somebody is moved by hand to another seat", async () => {
    const [from] = await act.ringsOf(page);
    const who = from.people[0];
    await page.goto(who.address);
    await act.arrive(page, `Where could ${who.name} sit?`);
    await act.says(page, "sits here now");
    await shots(page, "seat-312");
    const possible = page.getByRole("button", { name: /^Move .*circle \d+$/ });
    assert.ok((await possible.count()) > 40, "most seats are possible");
    const to = Number(/\d+/.exec(await possible.first().getAttribute("aria-label"))[0]);
    await possible.first().click();
    await act.says(page, "Moved.");
    const rings = await act.ringsOf(page);
    const has = (number) => rings.find((ring) => ring.number === number).people.some(({ address }) => address === who.address);
    assert.ok(has(to) && !has(from.number));
    assert.equal(rings.flatMap(({ people }) => people).length, 312);
    await assertSmall(t, page, "a draft of 52 circles", draft);
    await assertSmall(t, page, "a seat among 52 circles", who.address);
  });

  await step("the circles are confirmed, and everybody gets an invitation", async () => {
    await act.confirm(page, draft);
    await act.says(page, "312 invitations can be answered");
    await shots(page, "invitations");
  });

  await step("there is one sheet for each person, and its QR code is the link below it", async () => {
    const links = await act.answerLinks(page, movement);
    assert.equal(links.length, 312);
    assert.equal(new Set(links.map(({ link }) => link)).size, 312);
    invited = links.find(({ name }) => name === "Shai Silva");
    const sheet = page.locator("section.sheet").filter({ hasText: invited.link });
    const code = sheet.getByRole("img", { name: "QR code of the answer link" });
    assert.equal(await decodeQr(code), invited.link);
    await page.emulateMedia({ colorScheme: "dark" });
    assert.equal(await decodeQr(code), invited.link, "in the dark too");
    await page.emulateMedia({ colorScheme: "light" });
    assert.ok(invited.link.startsWith(`${mend.url}/m/`));
  });

  await step("the file for a mail program holds the same links", async () => {
    const answer = await act.invitationFile(page, movement);
    const lines = (await answer.text()).trim().split("\n");
    assert.match(lines[0], /^name,email,circle,first,link\r?$/);
    assert.equal(lines.length, 1 + 312);
    const line = lines.find((each) => each.startsWith("Shai Silva,shai.silva@example.org,"));
    assert.ok(line.includes("19:00 (Europe/Lisbon)") && line.trim().endsWith(invited.link));
  });

  await step("somebody without an account says “Not this time”, thinks again and says yes", () =>
    stranger(async (guest) => {
      await guest.goto(invited.link);
      await act.arrive(guest, "Shai Silva, would you like a seat in a circle?");
      await shots(guest, "answer");
      await act.press(guest, "Not this time");
      await act.arrive(guest, "Thank you for saying");
      await guest.goto(invited.link);
      await act.arrive(guest, "Shai Silva, would you like a seat in a circle?");
      await act.press(guest, "Yes, I would");
      await act.arrive(guest, "Your seat is yours");
      await shots(guest, "answered");
    }));

  let claim;
  await step("the steward makes a personal link for them, as a QR code", async () => {
    await act.openPerson(page, movement, "Shai Silva");
    claim = await act.makeClaim(page);
    assert.equal(await decodeQr(page.getByRole("img", { name: "QR code of the personal link" })), claim);
    await shots(page, "claim-sheet");
  });

  await step("they take their place with it, and their calendar says 19:00 in winter and summer", () =>
    stranger(async (own) => {
      await own.goto(claim);
      await act.arrive(own, "Are you Shai Silva?");
      story.shai = await act.join(own, "shai");
      await act.says(own, "Welcome.");
      await act.says(own, /^Circle /);
      await shots(own, "home-with-circle");
      await own.goto(`${movement}/me/calendar`);
      await shots(own, "calendar");
      const feed = (await own.locator("#feed-link").textContent()).trim();
      await assertCalendar(await (await fetch(feed)).text());
    }));

  await step("they sign in by their words however typed, and by their code", () =>
    stranger(async (own) => {
      const { words, code } = story.shai;
      const oddly = `  ${words.toUpperCase().split(" ").join("  -  ")}\t`;
      await act.signIn(own, mend.url, " SHAI ", oddly);
      await act.arrive(own, /^Good (morning|day|evening), Shai\.$/);
      await act.signOut(own);
      await own.goto(`${movement}/me`);
      await act.arrive(own, "Sign in");
      await act.signIn(own, mend.url, "shai", code.toLowerCase().replaceAll("-", " "));
      await act.arrive(own, /^Good /);
    }));

  await step("wrong words get a sentence, and the handle stays", () =>
    visit(
      mend.url,
      async (own) => {
        await own.goto(`${mend.url}/sign-in`);
        await act.trySignIn(own, "shai", "one two three four five six seven");
        await act.says(own, "The handle and the words do not belong together.");
        assert.equal(await own.getByLabel("Handle", { exact: true }).inputValue(), "shai");
        await shots(own, "sign-in-wrong");
        await act.trySignIn(own, "shai", story.shai.words);
        await own.waitForURL(/\/m\//);
      },
      { allow: [/422/] },
    ));

  await step("they erase themselves, and nothing names them any more", () =>
    visit(
      mend.url,
      async (own) => {
        await act.signIn(own, mend.url, "shai", story.shai.words);
        await own.goto(`${mend.url}/account`);
        await own.getByLabel("Type “shai” to erase yourself").fill("shai");
        await act.press(own, "Erase me");
        await act.says(own, "You are erased.");
        await own.goto(`${mend.url}/sign-in`);
        await act.trySignIn(own, "shai", story.shai.words);
        await act.says(own, "The handle and the words do not belong together.");
        await page.goto(`${movement}/people?q=Silva`);
        assert.equal(await page.getByRole("link", { name: "Shai Silva" }).count(), 0);
        await act.says(page, "311 people.");
        assert.ok(!(await act.answerLinks(page, movement)).some(({ name }) => name === "Shai Silva"));
      },
      { allow: [/422/] },
    ));

  await step("neither link opens a second time", () =>
    stranger(async (late) => {
      await late.goto(begin);
      await act.arrive(late, "This link has been used");
      await act.says(late, "Mend is set up already");
      await late.goto(claim);
      await act.arrive(late, "This link does not open any more");
    }));

  await step("pages stay small with many people", async () => {
    await assertSmall(t, page, "people, 100 of 311", `${movement}/people`);
    await assertSmall(t, page, "52 circles", `${movement}/circles`);
    await assertSmall(t, page, "the movement with 121 groups", `${movement}/movement`);
    await assertSmall(t, page, "a person with 121 groups", `${movement}/people/new`);
    await assertSmall(t, page, "311 sheets to print", `${movement}/invitations/sheets`, 311 * 2_500);
  });
}

/** A page that is not the first: the browser has the style and the fonts already. */
async function assertSmall(t, page, name, address, most = 20_000) {
  const bytes = await transferred(page, address);
  t.diagnostic(`${name}: ${bytes} bytes`);
  assert.ok(bytes <= most, `${name}: ${bytes} bytes`);
}

/** Pairs of people who share a working group. */
function pairsOfOneGroup(people) {
  const share = (one, other) => one.groups.some((group) => other.groups.includes(group));
  return people.flatMap((one, at) => people.slice(at + 1).filter((other) => share(one, other))).length;
}

/** What a calendar program that is not ours reads in the feed. */
async function assertCalendar(text) {
  const [event, ...more] = await readFeed(text);
  assert.deepEqual(more, []);
  assert.equal(event.zone, "Europe/Lisbon");
  assert.match(event.start, /T19:00:00$/);
  assert.match(event.end, /T20:00:00$/);
  assert.equal(event.rule, "FREQ=MONTHLY;BYDAY=2TU");
  assert.equal(event.next.length, 24);
  for (const { wall, by_feed, by_zone } of event.next) {
    const at = new Date(`${wall}Z`);
    assert.match(wall, /T19:00:00$/);
    assert.ok(at.getUTCDay() === 2 && at.getUTCDate() > 7 && at.getUTCDate() < 15, `${wall} is a second Tuesday`);
    assert.equal(by_feed, by_zone, `the feed's rules and the zone's agree at ${wall}`);
  }
  assert.deepEqual([...new Set(event.next.map(({ by_zone }) => by_zone))].sort(), [0, 1], "winter and summer");
}

async function readFeed(text) {
  const script = new URL("read_feed.py", import.meta.url).pathname;
  for (const python of ["python3", "/usr/bin/python3"]) {
    const has = await run(python, ["-c", "import icalendar, dateutil"]).catch(() => null);
    if (!has) continue;
    const reading = run(python, [script]);
    reading.child.stdin.end(text);
    return JSON.parse((await reading).stdout);
  }
  throw new Error("no python3 with icalendar and dateutil is here");
}
