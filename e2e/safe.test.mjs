// Asking for a place on a phone with two stewards who look at it, and locking a movement and opening it again.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import * as act from "./acts.mjs";
import { decodeQr, startMend, visit } from "./lib.mjs";
import { lookClosely } from "./look.mjs";

const PHONE = { width: 390, height: 844, seconds: 240 };

let mend, movement;
const people = {};

before(async () => {
  mend = await startMend(["serve", "--listen", "127.0.0.1:0"]);
});
after(async () => {
  await mend.stop();
  assert.deepEqual(mend.complaints(), []);
});

/** Somebody signs in with their words and does something. */
const as = (who, work, options) =>
  visit(
    mend.url,
    async (page) => {
      await act.signIn(page, mend.url, people[who].handle, people[who].words);
      await work(page);
    },
    { ...PHONE, ...options },
  );

test("a movement begins with the list of outside help, and a second steward", async () => {
  let claim;
  await visit(mend.url, async (page) => {
    await page.goto(/https?:\/\/\S+/.exec(await mend.line(/\/begin\//))[0]);
    people.amara = await act.join(page, "amara");
    await lookClosely(page, "begin");
    await page.getByLabel("Name of the movement").fill("Menders");
    await page.getByLabel("Your name").fill("Amara Okoye");
    await page.getByLabel("Time zone").fill("Europe/Lisbon");
    await act.ofAge(page);
    await act.press(page, "Begin");
    await act.says(page, "Your movement has begun.");
    await lookClosely(page, "begun-help");
    await act.follow(page, "Later");
    await act.says(page, "Nobody here knows whom to turn to yet");
    movement = page.url();
    await page.goto(`${movement}/joining`);
    await act.says(page, "You are the only steward, and it takes two");
    await lookClosely(page, "joining-only-steward");
    await page.goto(`${movement}/people/new`);
    await page.getByLabel("Name", { exact: true }).fill("Mina Petrova");
    await act.press(page, "Save");
    claim = await act.makeClaim(page);
  }, PHONE);
  await visit(mend.url, async (page) => {
    await page.goto(claim);
    people.mina = await act.join(page, "mina", { after: /told=welcome/ });
  }, PHONE);
  await as("amara", async (page) => {
    await page.goto(`${movement}/movement`);
    await page.getByLabel("Let somebody serve for a year").selectOption("Mina Petrova");
    await act.press(page, "Let them serve");
    await act.says(page, "They can act as a steward now.");
    await lookClosely(page, "movement");
  });
});

test("somebody asks for a place on a phone, and two stewards let them in", async () => {
  let link;
  await as("amara", async (page) => {
    link = await act.makeJoiningLink(page, movement);
    assert.equal(await decodeQr(page.getByRole("img", { name: "QR code of the joining link" })), link);
    await lookClosely(page, "joining-sheet");
  });
  await visit(mend.url, async (page, { context }) => {
    await page.goto(link);
    await act.arrive(page, "Ask for a place here");
    await page.getByLabel("Your name").fill("Kim Duarte");
    await page.getByText("If you like, say a little more").click();
    await page.getByLabel("Who do you know here?").fill("Mina, from the kitchen");
    await page.getByLabel("Pronouns").fill("they");
    await lookClosely(page, "joining-ask");
    await act.ofAge(page);
    people.kim = await act.join(page, "kim", { after: /\/movements/ });
    await act.says(page, "Two people will look at it.");
    await lookClosely(page, "joining-waits");
    await page.goto(`${movement}/circles`);
    await act.arrive(page, "There is nothing here for you");

    await as("amara", async (steward) => {
      await act.says(steward, "One person asks for a place.");
      await lookClosely(steward, "home-asked");
      await act.follow(steward, "Look");
      await act.says(steward, "Mina, from the kitchen");
      await lookClosely(steward, "joining-steward");
      await act.press(steward, "Yes: Kim Duarte");
      await act.says(steward, "Your yes is noted.");
      assert.equal(await steward.getByRole("button", { name: "Yes: Kim Duarte" }).count(), 0);
    });
    await page.goto(`${mend.url}/movements`);
    await act.says(page, "Two people will look at it.");
    await as("mina", async (steward) => {
      await steward.goto(`${movement}/joining`);
      await act.says(steward, "Amara Okoye said yes.");
      await lookClosely(steward, "joining-second");
      await act.press(steward, "Yes: Kim Duarte");
      await act.says(steward, "They are in.");
    });
    await page.goto(`${mend.url}/movements`);
    await act.says(page, "You are new here.");
    assert.equal((await context.cookies()).length, 1);
  }, { ...PHONE, allow: [/status of 404/] });
});

test("safeguarding asks for a text and a lead who agrees", async () => {
  await as("amara", async (page) => {
    await page.goto(`${movement}/safeguarding`);
    await lookClosely(page, "safe-off");
    await act.follow(page, "Set up safeguarding");
    await page.getByLabel("The text").fill("Always two adults.\nTell Mina when something worries you.");
    await page.getByLabel("The lead").selectOption("Mina Petrova");
    await lookClosely(page, "safe-edit");
    await act.press(page, "Save and ask them");
    await act.says(page, "until the lead has agreed");
  });
  await as("mina", async (page) => {
    await act.says(page, "You are asked to be the safeguarding lead.");
    await lookClosely(page, "home-lead-asked");
    await page.goto(`${movement}/safeguarding`);
    await lookClosely(page, "safe-lead");
    await act.press(page, "Yes, I agree to this");
    await act.says(page, "People under 18 can have a place here.");
    await lookClosely(page, "safe-on");
  });
  let claim;
  await as("amara", async (page) => {
    await page.goto(`${movement}/people/new`);
    await page.getByLabel("Name", { exact: true }).fill("Lou Young");
    await act.press(page, "Save");
    claim = await act.makeClaim(page);
  });
  await visit(mend.url, async (page) => {
    await page.goto(claim);
    await page.getByLabel(/^I am under 18/).check();
    await lookClosely(page, "claim-age");
    await act.join(page, "lou", { before: () => page.getByLabel(/^I am under 18/).check(), older: false, after: /told=welcome/ });
    await page.goto(`${movement}/me`);
    await act.says(page, "Only you, the stewards and the safeguarding lead can see that.");
    await lookClosely(page, "me-under-18");
  }, PHONE);
});

test("a steward locks the movement, and two open it again", async () => {
  const gone = { allow: [/status of 503/] };
  await visit(mend.url, async (kim) => {
    await act.signIn(kim, mend.url, "kim", people.kim.words);
    await as("amara", async (page) => {
      await page.goto(`${movement}/movement`);
      await act.follow(page, "Lock the movement");
      await lookClosely(page, "lock-offer");
      await page.getByLabel("I want to lock the movement now").check();
      await act.press(page, "Lock it now");
      await act.arrive(page, "The movement is locked");
      await act.says(page, "in about 24 hours");
      await lookClosely(page, "locked-own");

      // Kim's open page answers nothing any more, and neither does a fresh sign-in.
      await kim.goto(`${movement}/circles`);
      await kim.waitForURL(/\/sign-in/);
      await act.signIn(kim, mend.url, "kim", people.kim.words);
      await act.arrive(kim, "This movement is locked for now");
      assert.equal(await kim.getByText("Look after the lock").count(), 0);
      await lookClosely(kim, "locked-member");

      await act.press(page, "Ask to open it now");
      await act.says(page, "It opens as soon as another steward says so too.");
      await page.goto(movement);
      await act.arrive(page, "This movement is locked for now");
    }, gone);
    await as("mina", async (page) => {
      await act.follow(page, "Look after the lock");
      await act.says(page, "Amara Okoye asks to open it now.");
      await lookClosely(page, "locked-second");
      await act.press(page, "Open it now");
      await act.says(page, "The movement is open again.");
    }, gone);
    await kim.goto(movement);
    await act.says(kim, "You are new here.");
  }, { ...PHONE, ...gone });
});
