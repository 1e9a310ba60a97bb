// The log at its most talkative: routes, states and causes, and nothing that names somebody or opens a door.

import assert from "node:assert/strict";
import { test } from "node:test";
import * as act from "./acts.mjs";
import { ENGINES, startMend, visit } from "./lib.mjs";

const PEOPLE = ["Zinnia Quillfeather", "Oswin Barrowclough", "Peregrine Thistlewood"];
const LIST = ["name,email,groups", ...PEOPLE.map((name) => `${name},${name.split(" ")[1].toLowerCase()}@secret.example,Nightjar crew`)].join("\n");

/** What stands in a link after its last slash, in pieces that a log could hold. */
const secretOf = (link) => new URL(link).pathname.split("/").pop();

for (const { engine, env } of ENGINES) {
  test(`the log names nobody and holds no secret, with ${engine}`, async (t) => {
    const mend = await startMend(["serve", "-vv", "--listen", "127.0.0.1:0"], { env });
    t.after(() => mend.stop());
    const secrets = [...PEOPLE.flatMap((name) => name.split(" ")), "quillhandle", "secret.example", "Nightjar", "Menders of the Marsh", "127.0.0.1:", "Mozilla"];

    await visit(mend.url, async (page, { context }) => {
      const names = { name: "Menders of the Marsh", by: "Zinnia Quillfeather", handle: "quillhandle" };
      const { steward, movement } = await act.beginAnew(page, mend, names);
      secrets.push(steward.words, ...steward.words.split(" ").filter((word) => word.length > 6), steward.code, movement.split("/m/")[1]);
      await act.bringIn(page, movement, act.asFile(LIST));
      await act.openPerson(page, movement, PEOPLE[1]);
      secrets.push(secretOf(await act.makeClaim(page)));
      await act.confirm(page, await act.propose(page, movement));
      const links = await act.answerLinks(page, movement);
      for (const { link } of links) secrets.push(secretOf(link));
      await page.goto(links[0].link);
      await act.press(page, "Yes, I would");
      await act.says(page, "Your seat is yours");
      await page.goto(`${movement}/people?q=Thistlewood`);
      for (const { value } of await context.cookies()) secrets.push(value);

      // What goes wrong is logged with its cause, and that names nobody either.
      const headers = { origin: mend.url };
      for (const path of [`/m/nightjar-crew-of-quillhandle`, `/sign-in?next=/Thistlewood`]) await page.request.get(mend.url + path);
      for (const data of ["{", '{"handle":"quillhandle"', "handle=quillhandle"]) {
        await page.request.post(`${mend.url}/sign-in`, { headers: { ...headers, "content-type": "application/json" }, data });
      }
      await act.signOut(page);
      await page.goto(`${mend.url}/sign-in`);
      await act.trySignIn(page, "quillhandle", "not the right words at all here");
      await page.locator("[data-say]").filter({ hasText: /\S/ }).waitFor();
      await page.getByRole("button", { name: "Sign in", disabled: false }).waitFor();
      await act.trySignIn(page, "quillhandle", steward.words);
      await page.waitForURL(/\/m\//);
    }, { allow: [/status of 4\d\d/] });

    const log = mend.lines.filter((line) => / (ERROR|WARN|INFO|DEBUG|TRACE) /.test(line)).join("\n");
    for (const route of ["/m/{movement}/people", "/m/{movement}/i/{token}", "/sign-in"]) {
      assert.ok(log.includes(route), `the log says nothing of ${route}:\n${log}`);
    }
    const told = secrets.filter((secret) => log.toLowerCase().includes(secret.toLowerCase()));
    assert.deepEqual(told, []);
  });
}
