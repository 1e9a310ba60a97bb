// The group inventory, as a circle goes through it: chosen for one meeting, on paper, held live, and written down by
// those with a seat. Each page is looked at closely on its way.

import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, test } from "node:test";
import * as act from "./acts.mjs";
import { startMend, visit } from "./lib.mjs";
import { lookClosely } from "./look.mjs";

const TITLE = "The group looks at itself";
let mend, movement;

// A door opens once, so each test has a movement of its own.
beforeEach(async () => {
  mend = await startMend(["demo", "--listen", "127.0.0.1:0"]);
  movement = `${mend.url}/m/sample`;
});
afterEach(async () => {
  await mend.stop();
  assert.deepEqual(mend.complaints(), []);
});

const as = async (who, work, options) => {
  const door = await mend.link(who);
  return visit(mend.url, async (page) => (await page.goto(door), await work(page)), { seconds: 240, ...options });
};

const inDays = (days) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

async function openCircle(page) {
  await page.goto(`${movement}/circles`);
  await act.follow(page, "Rowan");
  await act.arrive(page, "Rowan");
}

async function openInventory(page) {
  await openCircle(page);
  await act.follow(page, "Group inventory");
  await act.arrive(page, TITLE);
}

/** Chooses it for the meeting that comes next but so many. */
async function choose(page, skip = 0) {
  await openCircle(page);
  await act.follow(page, "Meetings");
  await page.locator("ul.asks h2 a").nth(skip).click();
  await page.getByLabel("Step, or group inventory").selectOption(TITLE);
  await act.press(page, "Save");
  await act.says(page, "Saved.");
}

/** How many pages of paper the open page takes. */
async function pages(page, format) {
  const pdf = await page.pdf({ format });
  if (process.env.MEND_SHOTS) await writeFile(join(process.env.MEND_SHOTS, `inventory-${format}.pdf`), pdf);
  return pdf.toString("latin1").match(/\/Type\s*\/Page\b/g).length;
}

test("the keeper chooses it for one meeting, and the agenda and the sheets follow", () => as("keeper", async (page) => {
  await choose(page, 1);
  await act.says(page, TITLE);
  await lookClosely(page, "inventory-meetings");
  await page.getByRole("listitem").filter({ hasText: TITLE }).getByRole("link").click();
  await act.says(page, "Writing it down");
  await lookClosely(page, "inventory-meeting");

  await choose(page);
  await openCircle(page);
  await act.says(page, TITLE);
  await lookClosely(page, "inventory-circle");
  await act.follow(page, "The hour on paper");
  await act.says(page, "What could we stop?");
  await act.says(page, "What is well, and stays?");
  await lookClosely(page, "inventory-pack");
  for (const format of ["A4", "Letter"]) assert.ok((await pages(page, format)) <= 7, `${await pages(page, format)} pages of ${format}`);
}));

test("it is held live, part by part, and leads to what is written down", () => as("keeper", async (page) => {
  // The circle that is held in the sample movement ends, so that another can begin.
  await openCircle(page);
  await act.follow(page, "Go into the circle");
  await page.getByText("For the keeper", { exact: true }).click();
  await page.getByLabel("Yes, the circle ends here for everybody").check();
  await act.press(page, "End the circle");
  await act.arrive(page, "The circle has ended");
  await choose(page);
  await openCircle(page);
  await act.follow(page, "Go into the circle");
  const again = page.getByText("It ended too early", { exact: true });
  if (await again.count()) await again.click();
  await page.getByLabel("We meet at another hour").check();
  await act.press(page, "Open the circle");
  await act.press(page, "Begin the whole hour all the same");
  const next = async (part, heading = part) => {
    await page.getByRole("button", { name: `Go on: ${part}` }).click();
    await act.arrive(page, heading);
    await page.waitForTimeout(500); // The same button twice in a moment is one press.
  };
  await act.arrive(page, "Opening");
  await next("Twelve questions");
  await act.says(page, "What could we stop?");
  await lookClosely(page, "inventory-live-questions");
  await next("Quiet");
  await next("Choosing");
  await next("First round", "How did hurts come up among us");
  await lookClosely(page, "inventory-live-round");
  await next("Second round");
  assert.equal(await page.getByRole("link", { name: "Write it down" }).count(), 0);
  await next("Writing it down");
  await lookClosely(page, "inventory-live-write");
  await act.follow(page, "Write it down");
  await page.getByLabel("What is well, and stays?").fill("We looked.");
  await act.press(page, "Save");
  await act.says(page, "We looked.");
}));

test("everybody in the circle writes without a script, and what somebody else wrote is never lost", async () => {
  await as("member", async (page) => {
    await openInventory(page);
    await act.says(page, "We eat together before we talk about work.");
    await page.getByRole("link", { name: /^Write down .* to / }).first().click();
    await page.getByLabel("What is well, and stays?").fill("We say no to each other and laugh.\nThere is soup.");
    await page.getByLabel("What asks for care?").fill("Decisions were quick.");
    await page.getByLabel("We look again on").fill(inDays(30));
    await act.press(page, "Save");
    await act.says(page, "Saved.");
    await act.says(page, "There is soup.");

    // The keeper has had the form before them since before the next change.
    await as("keeper", async (other) => {
      await openInventory(other);
      await other.getByRole("link", { name: /^Change it/ }).first().click();
      await page.getByRole("link", { name: /^Change it/ }).first().click();
      await page.getByLabel("What do we try?").fill("Two days for each decision.");
      await act.press(page, "Save");
      await act.says(page, "Two days for each decision.");
      await other.getByLabel("What do we stop?").fill("Meetings after ten.");
      await act.press(other, "Save");
      await act.says(other, "Somebody of your circle saved something else meanwhile.");
      await act.says(other, "Two days for each decision.");
      assert.equal(await other.getByLabel("What do we stop?").inputValue(), "Meetings after ten.");
      await other.getByLabel("What do we try?").fill("Two days for each decision.");
      await act.press(other, "Save");
      await act.says(other, "Meetings after ten.");
    }, { javaScript: false, allow: [/status of 422/] });

    await openInventory(page);
    await act.says(page, "Meetings after ten.");
    await page.getByRole("link", { name: /^Change it/ }).first().click();
    await page.getByText("Destroy it").first().click();
    await page.getByLabel("Yes, we let go of this").check();
    await act.press(page, "Destroy it");
    await act.says(page, "Taken out.");
    assert.equal(await page.getByText("Meetings after ten.").count(), 0);
  }, { javaScript: false });
});

test("its pages look as they should", () => as("member", async (page) => {
  await openInventory(page);
  await lookClosely(page, "inventory-list");
  await page.getByRole("link", { name: /^Write down .* to / }).first().click();
  await lookClosely(page, "inventory-empty");
  await act.press(page, "Save");
  await act.says(page, "There is nothing to keep yet.");
  await lookClosely(page, "inventory-nothing");
  await openInventory(page);
  await page.getByRole("link", { name: /^Change it/ }).first().click();
  await page.getByText("Destroy it").first().click();
  await lookClosely(page, "inventory-written");
}, { allow: [/status of 422/] }));

test("a steward without a seat finds no way to it", () => as("steward", async (page) => {
  await openCircle(page);
  const own = page.url();
  assert.equal(await page.getByRole("link", { name: "Group inventory" }).count(), 0);
  const reply = await page.goto(`${own}/inventory`);
  assert.equal(reply.status(), 404);
}, { allow: [/status of 404/] }));
