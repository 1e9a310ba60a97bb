// A free seat of a circle that goes on: offered by its keeper by name, and taken by somebody new.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import * as act from "./acts.mjs";
import { startMend, visit } from "./lib.mjs";
import { lookClosely } from "./look.mjs";

/** The sample's newcomer. */
const NEW = "Noor Haddad";

let mend, movement;
after(async () => {
  await mend.stop();
  assert.deepEqual(mend.complaints(), []);
});

async function anew() {
  await mend?.stop();
  mend = await startMend(["demo", "--listen", "127.0.0.1:0"]);
  movement = `${mend.url}/m/sample`;
}

const as = async (who, work, options) => {
  const door = await mend.link(who);
  return visit(mend.url, async (page) => (await page.goto(door), await work(page)), { seconds: 180, ...options });
};

async function openOffers(page) {
  await page.goto(`${movement}/circles`);
  await act.follow(page, "Rowan");
  await act.follow(page, "Change name, time or place");
  await act.follow(page, "Offer a free seat");
  await act.arrive(page, "Offer a free seat");
}

async function offer(page, name) {
  await page.getByLabel("Who, by the name they have here").fill(name);
  await page.getByLabel("Everybody in the circle has said").check();
  await act.press(page, "Offer the seat");
}

/** One seat more, and new people with every meeting. */
async function makeRoom(page) {
  await page.getByLabel("Seats, free ones too").fill("7");
  await page.getByLabel("New people come in at every how many meetings").fill("1");
  await act.press(page, "Save");
  await act.says(page, "6 of 7 seats are taken.");
}

/** Offers a seat to the newcomer; false where chance has closed it, as it does with a few in each movement. */
async function offered(page) {
  await offer(page, NEW);
  await page.getByText(/The seat is offered|cannot be offered/).first().waitFor();
  return (await page.getByText("The seat is offered").count()) > 0;
}

/** The keeper's side, up to a seat that is offered. */
async function keeperOffers(page) {
  await openOffers(page);
  await lookClosely(page, "offer-1-full");
  await page.getByRole("main").getByRole("link", { name: "Change name, time or place" }).click();
  await makeRoom(page);
  await act.follow(page, "Offer a free seat");
  await lookClosely(page, "offer-2-form");
  await offer(page, "Nobody At All");
  await act.says(page, "A seat here cannot be offered to anybody by that name.");
  await lookClosely(page, "offer-3-nobody");
  await openOffers(page);
  if (!(await offered(page))) return false;
  await lookClosely(page, "offer-4-offered");
  return true;
}

test("a seat is offered by name and taken", async () => {
  let done = false;
  for (let tries = 0; tries < 5 && !done; tries++) {
    await anew();
    done = await as("keeper", keeperOffers, { allow: [/status of 409/] });
  }
  assert.ok(done, "chance closes one pair in a hundred, not this seat five times");
  await as("newcomer", async (page) => {
    await act.says(page, "A seat in the circle Rowan");
    await lookClosely(page, "offer-5-asked");
    await act.press(page, "Yes, I would");
    await act.says(page, "Your seat is yours.");
    await page.goto(`${movement}/circles`);
    await act.follow(page, "Rowan");
    await act.says(page, "7 of 7 seats are taken.");
  });
});
