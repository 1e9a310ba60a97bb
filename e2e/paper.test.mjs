// What comes out of a printer: one page for each person, nothing of the screen around it, and the right hour.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import * as act from "./acts.mjs";
import { startMend, visit } from "./lib.mjs";

async function demo(t) {
  const mend = await startMend(["demo", "--listen", "127.0.0.1:0"]);
  t.after(() => mend.stop());
  return mend;
}

/** How many pages of paper the open page takes. */
async function pages(page, format) {
  const pdf = await page.pdf({ format });
  return pdf.toString("latin1").match(/\/Type\s*\/Page\b/g).length;
}

/** What is printed of the frame around every page: nothing. */
async function assertBare(page) {
  await page.emulateMedia({ media: "print" });
  for (const part of ["navigation", "button", "contentinfo"]) {
    assert.equal(await page.getByRole(part).count(), 0, `no ${part} is printed`);
  }
  await page.emulateMedia({ media: null });
}

test("invitations and personal links take one page each, on A4 and on Letter", async (t) => {
  const mend = await demo(t);
  await visit(mend.url, async (page) => {
    await page.goto(await mend.link("steward"));
    const movement = page.url();
    await act.openPerson(page, movement, "Kenji Moriyama");
    await act.makeClaim(page);
    for (const format of ["A4", "Letter"]) assert.equal(await pages(page, format), 1);
    await assertBare(page);
    await act.confirm(page, await act.propose(page, movement));
    const { length } = await act.answerLinks(page, movement);
    for (const format of ["A4", "Letter"]) assert.equal(await pages(page, format), length);
    await assertBare(page);
  });
});

test("a steward who lives elsewhere prints the hour of the circle, not their own", async (t) => {
  const mend = await demo(t);
  await visit(mend.url, async (page) => {
    await page.goto(await mend.link("steward"));
    const movement = page.url();
    await page.goto(`${movement}/me`);
    assert.equal(await page.getByLabel("Time zone").inputValue(), "Africa/Lagos");
    await act.confirm(page, await act.propose(page, movement));
    await act.answerLinks(page, movement);
    const sheet = page.locator("section.sheet").filter({ hasText: "Kenji Moriyama" });
    const { "First meeting": first } = await act.facts(sheet.locator("dl"));
    assert.match(first, / \d\d:00 \(Europe\/Lisbon\)$/, "on the sheet");
    const file = await (await act.invitationFile(page, movement)).text();
    assert.match(file, /^Kenji Moriyama,.* \d\d:00 \(Europe\/Lisbon\)",/m, "in the file");
  });
});

test("a circle's hour takes six pages at most, on A4 and on Letter", async (t) => {
  const mend = await demo(t);
  await visit(mend.url, async (page) => {
    await page.goto(await mend.link("member"));
    await page.goto(`${page.url().replace(/\?.*/, "")}/circles`);
    await page.locator(".asks h3 a").first().click();
    await act.follow(page, "The hour on paper");
    for (const format of ["A4", "Letter"]) assert.ok((await pages(page, format)) <= 6, `${await pages(page, format)} pages of ${format}`);
    await assertBare(page);
  });
});

test("a circle's hour is a PDF with tags, from a program that was built with them", async (t) => {
  const mend = await demo(t);
  await visit(mend.url, async (page) => {
    await page.goto(await mend.link("member"));
    await page.goto(`${page.url().replace(/\?.*/, "")}/circles`);
    await page.locator(".asks h3 a").first().click();
    await act.follow(page, "The hour on paper");
    const link = page.getByRole("link", { name: "As a PDF" });
    assert.equal(await link.count(), 1, "the tests need a program built with --features pdf");
    const answer = await page.request.get(new URL(await link.getAttribute("href"), page.url()).href);
    assert.equal(answer.headers()["content-type"], "application/pdf");
    const folder = await mkdtemp(join(tmpdir(), "mend-paper-"));
    t.after(() => rm(folder, { recursive: true }));
    const file = join(folder, "pack.pdf");
    await writeFile(file, await answer.body());
    assert.match(execFileSync("pdfinfo", [file]).toString(), /^Tagged: +yes$/m);
    const said = execFileSync("pdfinfo", ["-struct-text", file]).toString();
    for (const part of ["H1", "H2", "Table", "TH", "L (", "LI"]) assert.ok(said.includes(part), `${part} in ${said.slice(0, 800)}`);
    assert.ok(said.includes("Words for the keeper"));
  });
});
