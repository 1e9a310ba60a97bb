// What one does in a live circle, in a browser.

import * as act from "./acts.mjs";

/** Comes in, and waits until the ring is there. */
export async function comeIn(page, address) {
  await page.goto(address);
  const again = page.getByText("It ended too early", { exact: true });
  if (await again.count()) await again.click();
  const meant = page.getByLabel("We meet at another hour");
  if (await meant.count()) await meant.check();
  await page.getByRole("button", { name: /^(Open the circle|Come in)$/ }).click();
  await page.locator("#ring").waitFor();
}

/** Who has the piece, as a page shows it. */
export const holder = (page) => page.locator("#seats .holds text").first().textContent({ timeout: 2_000 }).catch(() => "");

/** Presses a button by its deed, in the page's own time. Gives when. */
export const press = (page, deed) =>
  page.evaluate((deed) => {
    const button = [...document.querySelectorAll("button[name=deed]")].find(({ value, hidden }) => value === deed && !hidden);
    const at = Date.now();
    button.click();
    return at;
  }, deed);

/** Waits until a page shows that somebody has the piece. */
export const settled = (page, name) =>
  page.waitForFunction((name) => (document.querySelector("#seats .holds text")?.textContent ?? "") === name, name);

/** Ends the circle for everybody, from the keeper's page. */
export async function endIt(page) {
  await page.getByText("For the keeper", { exact: true }).click();
  await page.getByLabel("Yes, the circle ends here").check();
  await act.press(page, "End the circle");
}
