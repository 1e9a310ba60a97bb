// The inventories, and taking everything along or letting it go.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { promisify } from "node:util";
import * as act from "./acts.mjs";
import { shots, startMend, visit } from "./lib.mjs";
import { lookClosely } from "./look.mjs";
import * as v from "./vault-acts.mjs";

const run = promisify(execFile);
const PHONE = { width: 390, height: 844 };

let mend;
before(async () => (mend = await startMend(["demo", "--listen", "127.0.0.1:0"])));
after(() => assert.deepEqual(mend.complaints(), []));

/** The member of the sample movement, whose writing opens with what the demo prints. */
const asMember = (work, options = {}) =>
  visit(
    mend.url,
    async (page, more) => {
      const words = (await mend.line(/^ +words +/)).replace(/^ +words +/, "").trim();
      await act.signIn(page, mend.url, "mina", words);
      await v.unlock(page, mend.url, words);
      await act.arrive(page, "Your writing");
      await work(page, { words, ...more });
    },
    { ...PHONE, ...options },
  );

const save = (page) => act.press(page, "Save");
const box = (page, group, name) => page.getByRole("group", { name: group }).getByLabel(name, { exact: true });

test("the sample movement's writing opens with the printed words", () =>
  asMember(async (page) => {
    await page.getByText("I offered to do the minutes again").waitFor();
    assert.ok((await v.titles(page)).length >= 6);
    await lookClosely(page, "vault-many");
    await v.go(page, "#/inventory");
    await page.getByRole("heading", { name: "Ours, as a group" }).waitFor();
    await act.says(page, "We decided at eleven at night");
    await lookClosely(page, "vault-looks-many");
    await v.go(page, "#/");
    await page.getByLabel("Find in your writing").fill("SOUP tarpaulin");
    await page.waitForFunction(() => document.querySelectorAll("a.piece").length === 1);
    assert.deepEqual(await v.titles(page), ["The rain, the soup, the four of us under one tarpaulin."]);
    await page.getByLabel("Find in your writing").fill("nowhere at all");
    await act.says(page, "Nothing has these words in it.");
    await lookClosely(page, "vault-found-nothing");
  }));

test("my part is not saved before what was not mine was asked", () =>
  asMember(async (page) => {
    await v.go(page, "#/inventory/new");
    await act.arrive(page, "An honest look");
    await box(page, "Is this mine or ours?", "mine").check();
    await page.getByLabel("What happened?").fill("I forgot the keys.");
    await page.getByLabel("What was my part?").fill("I did not write it down.");
    await save(page);
    await act.says(page, "Please also write what was not your part");
    assert.ok(await page.getByLabel("What was not my part?").evaluate((it) => it === document.activeElement));
    await lookClosely(page, "vault-blame");
    await page.getByLabel("What was not my part?").fill("Nobody had a second set.");
    await box(page, "What next?", "it may belong on my list (step 8)").check();
    await save(page);
    await act.follow(page, "Begin a line on my list from this");
    await act.arrive(page, "Who may have been hurt");
    assert.equal(await page.getByLabel("A word of my own for them").inputValue(), "", "nothing flows on by itself");
  }));

test("nine times yes does not talk away what the list says", () =>
  asMember(async (page) => {
    await v.go(page, "#/list/new");
    await page.getByLabel("A word of my own for them").fill("the blue door");
    await box(page, "Is any of this part of it?", "somebody under 18").check();
    await save(page);
    await page.getByRole("link", { name: "the blue door" }).click();
    await act.follow(page, "Make a plan for this line");
    await act.arrive(page, "A plan to put something right");
    await act.says(page, "When all nine are answered");
    const questions = page.locator("ol.safety > li");
    assert.equal(await questions.count(), 9);
    for (const question of await questions.all()) await question.getByLabel("yes", { exact: true }).check();
    await page.getByRole("heading", { name: "With help from outside" }).waitFor();
    await lookClosely(page, "vault-refer");
    await act.says(page, "People to turn to");
    await page.getByLabel("About which line of your list?").selectOption({ label: "none of them" });
    await page.getByRole("heading", { name: "Ask them directly" }).waitFor();
    await questions.nth(4).getByLabel("unsure").check();
    await page.getByRole("heading", { name: "A letter held back" }).waitFor();
    await page.getByLabel("What will I own, without a “but”?").fill("I shut it in their face.");
    await save(page);
    await page.getByRole("link", { name: "I shut it in their face." }).waitFor();
  }));

test("raising hands over only what was picked, and for now to nobody", () =>
  asMember(async (page) => {
    await v.go(page, "#/inventory/new");
    await page.getByLabel("What happened?").fill("The hall was locked.");
    await page.getByLabel("What part did the set-up have?").fill("One key for forty people.");
    await box(page, "What next?", "I would like to raise it, so that it can be mended").check();
    await save(page);
    await act.follow(page, "Choose what to raise");
    await act.arrive(page, "What would you like to raise?");
    await page.getByLabel("What part did the set-up have?").check();
    await lookClosely(page, "vault-raise");
    await act.press(page, "Keep as a sealed note");
    await act.arrive(page, "Your writing");
    await page.locator("li.card", { hasText: "Note" }).getByRole("link").first().click();
    await act.arrive(page, "A note to raise");
    await lookClosely(page, "vault-note");
    const note = await page.locator(".prose").textContent();
    assert.ok(note.includes("One key for forty people.") && !note.includes("The hall was locked."), note);
  }));

test("two minutes of checking ask for nothing", () =>
  asMember(async (page) => {
    await v.go(page, "#/check");
    await save(page);
    await act.says(page, "There is nothing to save yet.");
    await page.getByLabel("A good moment").fill("The first fig.");
    await v.turn(page, "Sleep", 4);
    await save(page);
    await act.arrive(page, "Your writing");
    const card = page.locator("li.card", { hasText: "The first fig." });
    await card.getByText("goes on").waitFor();
  }));

/** Presses the button, takes the file, and gives its name and bytes. */
async function taken(page) {
  const waiting = page.waitForEvent("download");
  await act.press(page, "Make the file");
  const download = await waiting;
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
}

test("everything opens with the ordinary age program and a text editor", () =>
  asMember(async (page) => {
    const folder = await mkdtemp(join(tmpdir(), "mend-export-"));
    try {
      await v.go(page, "#/keep");
      const { name, bytes } = await taken(page);
      assert.match(name, /^mend-writing-\d{4}-\d\d-\d\d\.txt\.age$/);
      const key = await page.locator("[data-key]").textContent();
      await act.says(page, "Get the free program “age”");
      await act.says(page, `age --decrypt --identity key.txt --output writing.txt ${name}`);
      await lookClosely(page, "vault-exported");
      await page.emulateMedia({ media: "print" });
      assert.ok(await page.locator("[data-key]").isVisible());
      assert.deepEqual(await page.locator("main :is(button, input, select, summary, h1)").filter({ visible: true }).allTextContents(), [], "what is printed is the key and how to use it");
      await shots(page, "vault-export-print");
      await page.emulateMedia({ media: null });
      await writeFile(join(folder, name), bytes);
      await writeFile(join(folder, "key.txt"), key);
      await run("age", ["--decrypt", "--identity", "key.txt", "--output", "writing.txt", name], { cwd: folder });
      const text = await readFile(join(folder, "writing.txt"), "utf8");
      for (const line of ["I offered to do the minutes again", "The rain, the soup", "the green scarf", "Laughing at the printer", "not part of"].slice(0, 4)) {
        assert.ok(text.includes(line), line);
      }
      await page.getByLabel("For another program: JSON").check();
      await page.getByLabel("Without a seal").check();
      const json = await taken(page);
      assert.match(json.name, /\.json$/);
      const all = JSON.parse(json.bytes.toString());
      const there = await page.evaluate(async () => (await (await fetch("/api/vault/pieces")).json()).pieces.map(([id]) => id));
      assert.ok(there.length >= 6);
      assert.deepEqual(all.pieces.map(({ id }) => id).sort(), there.sort(), "every piece that the server has");
      assert.ok(all.pieces.every((piece) => piece.kind && piece.time && piece.body));
    } finally {
      await rm(folder, { recursive: true });
    }
  }));

test("destroying goes by kind, by year and whole, after being asked", () =>
  asMember(async (page, { words }) => {
    await v.go(page, "#/keep");
    const what = page.getByLabel("What", { exact: true });
    await what.selectOption({ label: "All of: List" });
    await act.press(page, "Destroy");
    await act.says(page, "Please tick the box first.");
    await page.getByLabel("I know that this cannot be undone.").check();
    await act.press(page, "Destroy");
    await act.says(page, "It is destroyed.");
    assert.equal(await page.getByText("the green scarf").count(), 0);
    await page.reload();
    await v.open(page, words);
    await page.getByText("The rain, the soup").waitFor();
    assert.equal(await page.getByText("the green scarf").count(), 0);

    await page.getByRole("link", { name: "The rain, the soup" }).click();
    await act.press(page, "Destroy this");
    await act.press(page, "Keep it");
    await act.press(page, "Destroy this");
    await lookClosely(page, "vault-destroy-one");
    await act.press(page, "Yes, destroy it");
    await act.says(page, "It is destroyed.");
    assert.equal(await page.getByText("The rain, the soup").count(), 0);

    await v.go(page, "#/keep");
    const years = await what.locator("option").filter({ hasText: "Everything from" }).allTextContents();
    for (const year of years) await v.destroy(page, year);
    await act.says(page, "Nothing is here yet");
    await v.writeLine(page, "a fresh key");
    await v.go(page, "#/keep");
    await what.selectOption({ label: "Everything, and the keys" });
    await page.getByLabel("I know that this cannot be undone.").check();
    await act.press(page, "Destroy");
    await act.arrive(page, "A place that only you can read");
    await act.says(page, "Everything is destroyed, and the keys with it.");
  }));
