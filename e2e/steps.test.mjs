// The steps and what lies beside them, as people walk them without a script: reading, marking, rewording with a
// gentle warning, asking and promising. Each page is looked at closely on its way.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import * as act from "./acts.mjs";
import { startMend, visit } from "./lib.mjs";
import { lookClosely } from "./look.mjs";

let mend, movement;
const doors = {};

before(async () => {
  mend = await startMend(["demo", "--listen", "127.0.0.1:0"]);
  for (const who of ["steward", "keeper", "member", "newcomer"]) doors[who] = await mend.link(who);
  movement = `${mend.url}/m/sample`;
});
after(() => assert.deepEqual(mend.complaints(), []));

const as = (who, work, options) =>
  visit(mend.url, async (page) => (await page.goto(doors[who]), await work(page)), { seconds: 240, ...options });

/** Looking closely runs a checker in the page; the forms themselves need no script, as the tests of the program show. */
const asMember = (work) => as("member", work, { allow: [/status of (409|422)/] });

const inDays = (days) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

test("a member walks the path, marks a step, turns the dial, asks and promises", () => asMember(async (page) => {
  await act.follow(page, "Steps");
  await act.arrive(page, "The path");
  await lookClosely(page, "steps-path");

  await act.follow(page, "We choose to care for the whole");
  await act.press(page, "I am at this step");
  await act.says(page, "You are here");
  await lookClosely(page, "steps-three");

  await page.goto(`${movement}/steps/6`);
  await page.getByLabel("7", { exact: true }).check();
  await act.press(page, "What next?");
  await act.says(page, "You said 7");
  assert.equal(page.url(), `${movement}/steps/ready#ready`, "no number stands in the address");
  await lookClosely(page, "steps-dial");

  await page.goto(`${movement}/asks`);
  await lookClosely(page, "asks");
  await page.getByLabel("What do you need?").fill("Could somebody feed my cat on Saturday?");
  await page.getByLabel("By which day?").fill(inDays(4));
  await act.press(page, "Ask them");
  await act.says(page, "Tick between one person");
  assert.equal(await page.getByLabel("What do you need?").inputValue(), "Could somebody feed my cat on Saturday?");
  await lookClosely(page, "asks-again");
  await page.getByLabel(/^Lena/).check();
  await act.press(page, "Ask them");
  await act.says(page, "Nobody has taken it yet.");

  await page.goto(`${movement}/commitments`);
  await page.getByLabel("What do you promise?").fill("I go home by nine.");
  await page.getByLabel("Last day").fill(inDays(20));
  await act.press(page, "Make it");
  await act.says(page, "I go home by nine.");
  await lookClosely(page, "commitments");
  await page.getByRole("button", { name: "Let go of it: I go home by nine." }).click();
  await act.says(page, "Let go of. Nobody is told");
  assert.equal(await page.getByText("I go home by nine.").count(), 0);

  await page.goto(`${movement}/care`);
  await page.getByRole("textbox").first().fill("many");
  await act.press(page, "Save");
  await act.says(page, "Write a number of hours");
  await page.getByRole("textbox").first().fill("2.5");
  await act.press(page, "Save");
  assert.equal(await page.getByRole("textbox").first().inputValue(), "2.5");
  await lookClosely(page, "care");

  await page.goto(`${movement}/practices`);
  await lookClosely(page, "practices");
  await page.goto(`${movement}/practices/quiet-minute`);
  await lookClosely(page, "practice");
  await act.follow(page, "Not this one");
  await act.arrive(page, "Weather report");
}));

test("the keeper says yes to the ask on Home, and finds the circle's own words", async () => {
  await as("keeper", async (page) => {
    await page.goto(movement);
    const card = page.getByRole("listitem").filter({ hasText: "feed my cat" });
    await lookClosely(page, "home-with-asks");
    await card.getByRole("button", { name: "Yes, I can" }).click();
    await act.says(page, "They see your name beside their ask now.");
    await findsTheWordsOfTheCircle(page);
  });
});

async function findsTheWordsOfTheCircle(page) {
  await page.goto(`${movement}/circles`);
  await act.follow(page, "Rowan");
  await act.follow(page, "Shown to the circle");
  await act.says(page, "Sundays");
  await lookClosely(page, "circle-shared");
  await page.goBack();
  await act.follow(page, "Read the whole step");
  await act.says(page, "that Rowan could help you to keep");
  await page.getByText("For the keeper: the circle's own words").click();
  await lookClosely(page, "circle-step");
  await act.follow(page, "Change the words");
  await act.arrive(page, "Our own words");
  await lookClosely(page, "circle-words");
}

test("a steward rewords a question, is warned gently, keeps it, and goes back", () => as("steward", async (page) => {
  await page.goto(`${movement}/steps/2/words`);
  await act.follow(page, "For the circle, 1");
  await lookClosely(page, "wording");
  await page.getByLabel("Your words").fill("Who was wiser than the loudest of us?");
  await act.press(page, "Save");
  await act.says(page, "This could hurt somebody");
  await lookClosely(page, "wording-warned");
  await act.press(page, "Save anyway");
  await act.says(page, "Who was wiser than the loudest of us?");
  await lookClosely(page, "words");
  await act.follow(page, "For the circle, 1");
  await act.press(page, "Back to the original");
  await act.says(page, "The original is back.");
  assert.equal(await page.getByText("Who was wiser").count(), 0);
}, { allow: [/status of 422/] }));

test("every form of it works without a script", () => as("newcomer", async (page) => {
  await page.goto(`${movement}/steps/4`);
  await act.press(page, "I am at this step");
  await page.getByLabel("Words for me").selectOption("plain");
  await act.press(page, "Save");
  await act.says(page, "Saved.");
  await page.goto(`${movement}/steps/6`);
  await page.getByLabel("0", { exact: true }).check();
  await act.press(page, "What next?");
  await act.says(page, "“Not yet” is a whole answer.");
  await page.goto(`${movement}/care`);
  await act.press(page, "Save");
  await act.says(page, "Saved.");
}, { javaScript: false }));
