// What goes wrong in life: no line, a second click, a step back, two tabs, old links.
// Nothing happens twice or by halves, and the page says what to do.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { createServer } from "node:net";
import { join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";
import * as act from "./acts.mjs";
import { ENGINES, assertAccessible, shots, startMend, visit } from "./lib.mjs";

const run = promisify(execFile);

async function start(t, args, options) {
  const mend = await startMend(args, options);
  t.after(async () => {
    await mend.stop();
    assert.deepEqual(mend.complaints(), []);
  });
  return mend;
}
const demo = (t) => start(t, ["demo", "--listen", "127.0.0.1:0"]);
const serve = (t, env) => start(t, ["serve", "--listen", "127.0.0.1:0"], { env });

const FOREVER_AGO = `import sqlite3, sys
base = sqlite3.connect(sys.argv[1])
base.execute(f"UPDATE {sys.argv[2]} SET ends_at = 1")
base.commit()`;
/** Lets what stands in a table have ended long ago. */
const end = (mend, table) => run("python3", ["-c", FOREVER_AGO, join(mend.data, "mend.db"), table]);

// ---------------------------------------------------------------- no line

test("with no line, signing in keeps what was typed and says so", async (t) => {
  const mend = await serve(t);
  await visit(mend.url, async (page, { context }) => {
    const { steward } = await act.beginAnew(page, mend);
    await act.signOut(page);
    await page.goto(`${mend.url}/sign-in`);
    await context.setOffline(true);
    await act.trySignIn(page, "amara", steward.words);
    await act.says(page, "Nothing was sent: there is no line to the server.");
    assert.equal(await page.getByLabel("Handle", { exact: true }).inputValue(), "amara");
    assert.equal(await page.getByLabel("Seven words, or the printed code").inputValue(), steward.words);
    await shots(page, "offline-sign-in");
    await context.setOffline(false);
    await act.press(page, "Sign in");
    await page.waitForURL(/\/m\//);
  }, { allow: [/ERR_INTERNET_DISCONNECTED/] });
});

test("with no line, making an account keeps the words and goes on afterwards", async (t) => {
  const mend = await serve(t);
  await visit(mend.url, async (page, { context }) => {
    await page.goto(/https?:\/\/\S+/.exec(await mend.line(/\/begin\//))[0]);
    await page.getByLabel("Handle", { exact: true }).fill("amara");
    await context.setOffline(true);
    await act.press(page, "Go on");
    await act.says(page, "Nothing was sent: there is no line to the server.");
    await context.setOffline(false);
    await act.press(page, "Go on");
    const words = await act.readWords(page);
    await page.getByLabel("Type the seven words").fill("these are not the words you know");
    await act.press(page, "Go on");
    await act.says(page, "These are not the same words in the same order.");
    await page.getByLabel("Type the seven words").fill(words);
    await act.press(page, "Go on");
    const code = await act.readCode(page);
    await act.press(page, "Back");
    assert.equal(await act.readWords(page), words, "a step back loses nothing");
    await act.press(page, "Go on");
    assert.equal(await act.readCode(page), code);
    await page.getByLabel("Type the code").fill(code);
    await context.setOffline(true);
    await act.press(page, "Finish");
    await act.says(page, "Nothing was sent: there is no line to the server.");
    await context.setOffline(false);
    await act.press(page, "Finish");
    await act.arrive(page, "Begin a movement");
  }, { allow: [/ERR_INTERNET_DISCONNECTED/] });
});

// ---------------------------------------------------------------- twice, and back

/** Presses a button twice on a slow line: the server gets the form twice, and the browser hears the second answer only. */
async function twice(page, name) {
  let sent = 0;
  let first;
  const heard = new Promise((done) => (first = done));
  await page.route("**", async (route) => {
    const request = route.request();
    if (request.method() !== "POST" || ++sent > 1) return route.continue();
    const headers = { ...(await request.allHeaders()), "sec-fetch-site": "same-origin" };
    first(await fetch(request.url(), { method: "POST", headers, body: request.postDataBuffer(), redirect: "manual" }));
  });
  // The mouse reaches only what is in sight.
  await page.getByRole("button", { name }).scrollIntoViewIfNeeded();
  const box = await page.getByRole("button", { name }).boundingBox();
  const press = () => page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
  await press();
  assert.equal((await heard).status, 303, "the first was done");
  const answered = page.waitForResponse((response) => response.request().method() === "POST");
  await press();
  assert.equal((await answered).status(), 303, "the second was taken kindly");
  await page.waitForLoadState();
  await page.unroute("**");
  assert.equal(sent, 2);
}

for (const { engine, env } of ENGINES) {
  test(`a double click does it once, and back does it no second time, with ${engine}`, async (t) => {
    const mend = await serve(t, env);
    await visit(mend.url, async (page) => {
      await page.goto(/https?:\/\/\S+/.exec(await mend.line(/\/begin\//))[0]);
      await page.getByLabel("Handle", { exact: true }).fill("amara");
      await act.press(page, "Go on");
      await page.getByLabel("Type the seven words").fill(await act.readWords(page));
      await act.press(page, "Go on");
      await page.getByLabel("Type the code").fill(await act.readCode(page));
      await page.getByRole("button", { name: "Finish" }).dblclick();
      const movement = await act.beginMovement(page, { name: "Menders", by: "Amara Okoye" });

      await act.lookAt(page, movement, act.listOf(23));
      await twice(page, "Bring in 23 people");
      await act.says(page, "The list is in.");
      await act.says(page, "24 people.");
      await page.goBack();
      await act.heading(page).waitFor();
      await page.goto(`${movement}/people`);
      await act.says(page, "24 people.");

      await page.goto(`${movement}/circles`);
      await twice(page, "Propose circles");
      await act.arrive(page, "A draft of circles");
      const rings = await act.ringsOf(page);
      assert.equal(rings.length, 4);
      await act.follow(page, "Confirm and invite");
      await twice(page, "Make the circles");
      await act.arrive(page, "Invitations");
      await act.says(page, "24 invitations can be answered");
      await page.goBack();
      await act.heading(page).waitFor();
      await shots(page, "back-after-confirming");
      const again = page.getByRole("button", { name: "Make the circles" });
      if (await again.count()) await again.click();
      await page.goto(`${movement}/circles`);
      assert.equal(await page.getByText("0 of 6 seats are taken.").count(), 4, "there are four circles, not eight");

      const [{ link }] = await act.answerLinks(page, movement);
      await page.goto(link);
      await twice(page, "Yes, I would");
      await act.arrive(page, "Your seat is yours");
      await page.goto(`${movement}/circles`);
      assert.equal(await page.getByText("1 of 6 seats are taken.").count(), 1);
    }, { allow: [/status of 404/] });
  });

  test(`two tabs move one person, and they sit once, with ${engine}`, async (t) => {
    const mend = await serve(t, env);
    await visit(mend.url, async (page, { context }) => {
      const { movement } = await act.beginAnew(page, mend);
      await act.bringIn(page, movement, act.listOf(29));
      const draft = await act.propose(page, movement);
      const who = (await act.ringsOf(page))[0].people[0];
      const other = await context.newPage();
      await page.goto(who.address);
      await other.goto(who.address);
      const seats = (tab) => tab.getByRole("button", { name: /^Move .*circle \d+$/ });
      await Promise.all([seats(page).first().click(), seats(other).last().click()]);
      await act.heading(page).waitFor();
      await act.heading(other).waitFor();
      await page.goto(draft);
      const people = (await act.ringsOf(page)).flatMap((ring) => ring.people.map(({ address }) => address));
      assert.equal(people.length, 30);
      assert.equal(new Set(people).size, 30);

      await other.goto(who.address);
      await act.confirm(page, draft);
      await seats(other).first().click();
      await act.arrive(other, "This is over");
      await page.goto(`${movement}/invitations`);
      await act.says(page, "30 invitations can be answered");
    }, { allow: [/status of (404|409)/] });
  });
}

test("signing out in a second tab, the first says so and nothing is written", async (t) => {
  const mend = await demo(t);
  await visit(mend.url, async (page, { context }) => {
    await page.goto(await mend.link("member"));
    await page.goto(`${mend.url}/m/sample/me`);
    await page.getByLabel("Name", { exact: true }).fill("Changed afterwards");
    const other = await context.newPage();
    await other.goto(`${mend.url}/m/sample`);
    await act.signOut(other);
    await act.press(page, "Save");
    await act.arrive(page, "Please sign in");
    await shots(page, "signed-out-elsewhere");
    await page.goBack();
    await act.heading(page).waitFor();
    await page.goto(`${mend.url}/m/sample/me`);
    await act.arrive(page, "Sign in");
  }, { allow: [/status of 401/] });
});

// ---------------------------------------------------------------- links

test("forged links open nothing", async (t) => {
  const mend = await demo(t);
  const movement = `${mend.url}/m/sample`;
  await visit(mend.url, async (page) => {
    await page.goto(await mend.link("steward"));
    await act.confirm(page, await act.propose(page, movement));
    const [one, other] = (await act.answerLinks(page, movement)).map(({ link }) => link);
    const swapped = one.slice(0, -32) + other.slice(-32);
    const turned = one.slice(0, -1) + (one.endsWith("0") ? "1" : "0");
    const feed = `${movement}/feed/${"0".repeat(64)}.ics`;
    const elsewhere = `${mend.url}/m/elsewhere/i/${one.slice(-64)}`;
    const short = [`${movement}/i/`, `${movement}/claim/AAAA`, `${mend.url}/begin/AAAA`];
    for (const forged of [swapped, turned, elsewhere, feed, ...short]) {
      await page.goto(forged);
      await act.arrive(page, "There is nothing here for you");
    }
  }, { allow: [/status of 404/] });
});

test("a link that has ended says so, and so does a session", async (t) => {
  const mend = await serve(t);
  await visit(mend.url, async (page) => {
    const { movement, steward } = await act.beginAnew(page, mend);
    await act.bringIn(page, movement, act.listOf(11));
    await act.openPerson(page, movement, "Person 7");
    const claim = await act.makeClaim(page);
    await act.confirm(page, await act.propose(page, movement));
    const [{ link }] = await act.answerLinks(page, movement);
    await page.goto(link);
    await end(mend, "invitation");
    await act.press(page, "Yes, I would");
    await act.says(page, "Its time is over, or the circle has changed.");
    await page.goto(link);
    await act.arrive(page, "This invitation has ended");
    await end(mend, "claim");
    await page.goto(claim);
    await act.arrive(page, "This link does not open any more");
    await end(mend, "session");
    await page.goto(`${movement}/people`);
    await act.arrive(page, "Sign in");
    await act.trySignIn(page, "amara", steward.words);
    await act.arrive(page, "People");
  }, { allow: [/status of (404|409)/] });
});

test("a personal link is not for somebody who has a place already", async (t) => {
  const mend = await demo(t);
  let claim;
  await visit(mend.url, async (page) => {
    await page.goto(await mend.link("steward"));
    await act.openPerson(page, `${mend.url}/m/sample`, "Kenji Moriyama");
    claim = await act.makeClaim(page);
    await page.goto(claim);
    await act.ofAge(page);
    await act.press(page, "Go on with this account");
    await act.says(page, "You have a place in this movement already");
  }, { allow: [/status of 409/] });
  await visit(mend.url, async (page) => {
    await page.goto(claim);
    await act.arrive(page, "Are you Kenji Moriyama?");
  });
});

// ---------------------------------------------------------------- forms that come back

test("a person added by hand with a wrong address can be put right and saved", async (t) => {
  const mend = await demo(t);
  const movement = `${mend.url}/m/sample`;
  await visit(mend.url, async (page) => {
    await page.goto(await mend.link("steward"));
    await page.goto(`${movement}/people/new`);
    await page.getByLabel("Name", { exact: true }).fill("Nia Vale");
    await page.getByLabel("E-mail").fill("amara@example.org");
    await act.press(page, "Save");
    await act.says(page, "Somebody here has this address already.");
    await page.getByLabel("E-mail").fill("nia@example.org");
    await act.press(page, "Save");
    await act.says(page, "Saved.");
    await act.arrive(page, "Nia Vale");
  }, { allow: [/status of 422/] });
});

// ---------------------------------------------------------------- no secure line

test("where the browser makes no keys, the page says so and nothing can be sent", async (t) => {
  const port = await freePort();
  const mend = await start(t, ["serve", "--listen", `127.0.0.1:${port}`, "--public-url", `https://mend.test:${port}`]);
  const plain = `http://mend.test:${port}`;
  await visit(plain, async (page) => {
    await page.goto(`${plain}/sign-in`);
    assert.equal(await page.evaluate(() => isSecureContext), false);
    await act.says(page, "Your browser has no secure line to this page, so it cannot make keys. Use the https address.");
    assert.ok(await page.getByRole("button", { name: "Sign in" }).isDisabled());
    await page.getByLabel("Seven words, or the printed code").fill("one two three four five six seven");
    await page.getByLabel("Seven words, or the printed code").press("Enter");
    assert.equal(page.url(), `${plain}/sign-in`);
    await assertAccessible(page);
    await shots(page, "insecure-sign-in");
    await page.goto(plain + /\/begin\/\S+/.exec(await mend.line(/\/begin\//))[0]);
    await act.says(page, "Your browser has no secure line to this page");
    assert.ok(await page.getByRole("button", { name: "Go on" }).isDisabled());
  }, { allow: [/Cross-Origin-Opener-Policy header has been ignored/, /origin-keyed|Origin-Agent-Cluster/] });
});

test("under another name, Mend says which address to use", async (t) => {
  const mend = await serve(t);
  const other = mend.url.replace("localhost", "mend.test");
  await visit(other, async (page) => {
    const answer = await page.goto(`${other}/sign-in`);
    assert.equal(answer.status(), 421);
    await act.says(page, "This is not the address of a Mend that runs here.");
  }, { allow: [/status of 421/, /Cross-Origin-Opener-Policy header has been ignored/] });
});

async function freePort() {
  const server = createServer();
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.address();
  await new Promise((closed) => server.close(closed));
  return port;
}
