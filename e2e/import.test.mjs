// Bringing in lists: pasted, with columns that have to be told, and long ones that take a while.

import assert from "node:assert/strict";
import { test } from "node:test";
import * as act from "./acts.mjs";
import { startMend, visit } from "./lib.mjs";
import { lookClosely } from "./look.mjs";

async function demo(t) {
  const mend = await startMend(["demo", "--listen", "127.0.0.1:0"]);
  t.after(() => mend.stop());
  return mend;
}

test("a pasted list is looked at and brought in", async (t) => {
  const mend = await demo(t);
  const movement = `${mend.url}/m/sample`;
  await visit(mend.url, async (page) => {
    await page.goto(await mend.link("steward"));
    await page.goto(`${movement}/people/import`);
    await page.getByText("Or paste a list").click();
    await page.getByLabel("Names or e-mail addresses").fill("Nia Vale <nia@example.org>, bo.reyes@example.org");
    await act.press(page, "Look at it first");
    await act.says(page, "This looks like a list of e-mail addresses");
    await lookClosely(page, "import-pasted");
    await act.press(page, "Bring in 2 people");
    await act.says(page, "The list is in.");
    await page.goBack();
    await act.says(page, "The list is in.");
  });
});

test("columns are told once, seen in the next list, and forgotten", async (t) => {
  const mend = await demo(t);
  const movement = `${mend.url}/m/sample`;
  await visit(mend.url, async (page) => {
    await page.goto(await mend.link("steward"));
    await act.lookAt(page, movement, act.asFile("Wie,Waar,Hoe\nNia Vale,Kitchen,nia@example.org\n"));
    await act.says(page, "No column says who people are.");
    await lookClosely(page, "import-unnamed");
    await page.getByLabel("Wie").selectOption({ label: "name" });
    await page.getByLabel("Hoe").selectOption({ label: "e-mail" });
    await act.press(page, "Look again with these");
    await page.getByRole("button", { name: "Bring in one person" }).waitFor();
    await lookClosely(page, "import-told");
    await act.lookAt(page, movement, act.asFile("Wie,Waar,Hoe\nBo Reyes,Garden,bo@example.org\n"));
    await act.says(page, "You chose this for an earlier list");
    await page.goto(`${movement}/people/import`);
    await lookClosely(page, "import-known");
    await act.press(page, /^Forget/);
    await act.says(page, "Forgotten.");
    assert.equal(await page.getByText("Lists that Mend knows").count(), 0);
  });
});

test("a long list shows how far it is, without a script", async (t) => {
  const mend = await demo(t);
  const movement = `${mend.url}/m/sample`;
  const rows = Array.from({ length: 20_000 }, (_, at) => `Person ${at},person${at}@example.org,Group ${at % 9}`);
  await visit(mend.url, async (page) => {
    await page.goto(await mend.link("steward"));
    await act.lookAt(page, movement, act.asFile(["name,e-mail,groups", ...rows].join("\n")));
    await act.press(page, "Bring in 20000 people");
    await act.says(page, "of 20000 rows are in.");
    // The page asks for itself again every few seconds, which would end the closer look.
    const still = async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, headers: { ...response.headers(), refresh: "" } });
    };
    await page.route("**/people/import/*", still);
    await page.reload();
    await act.says(page, "of 20000 rows are in.");
    await lookClosely(page, "import-under-way");
    await page.unroute("**/people/import/*", still);
    await act.follow(page, "See how far it is");
    await page.getByText("The list is in.").waitFor({ timeout: 120_000 });
    await act.says(page, "20048 people");
  }, { javaScript: false, seconds: 240 });
});
