// Odd files and hostile names: they are refused in words, or shown as the plain text they are, on every page.

import assert from "node:assert/strict";
import { test } from "node:test";
import * as act from "./acts.mjs";
import { assertAccessible, assertNoSidewaysScroll, shots, startMend, visit } from "./lib.mjs";

async function start(t, args) {
  const mend = await startMend([...args, "--listen", "127.0.0.1:0"]);
  t.after(async () => {
    await mend.stop();
    assert.deepEqual(mend.complaints(), []);
  });
  return mend;
}
const demo = (t) => start(t, ["demo"]);

// ---------------------------------------------------------------- files

test("a file that cannot be read is refused in words, and nothing is written", async (t) => {
  const mend = await demo(t);
  const movement = `${mend.url}/m/sample`;
  const bytes = (name, buffer) => ({ name, mimeType: "text/csv", buffer });
  await visit(mend.url, async (page) => {
    await page.goto(await mend.link("steward"));
    for (const [file, said] of [
      [bytes("list.xls", Buffer.from("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "latin1")), "This is a spreadsheet of a kind that Mend does not read"],
      [bytes("list.xlsx", Buffer.from("PK\x03\x04 and so on", "latin1")), "The file breaks off or is damaged"],
      [act.asFile(""), "There is nothing in this list."],
      [act.asFile("\n\n\n"), "There is nothing in this list."],
      [bytes("picture.csv", Buffer.from([137, 80, 78, 71, 13, 10, 26, 10, 0, 255])), "it holds more than text"],
      [act.asFile(`${"a,".repeat(10_000)}name\n`), "more than 400 columns"],
      [act.asFile(`name,notes\n${"Nia Vale,quiet\n".repeat(210_000)}`), "more than Mend takes at once"],
      [bytes("long.csv", Buffer.alloc(33 * 1024 * 1024, "name\n")), "larger than 32 MB"],
    ]) {
      await act.lookAt(page, movement, file);
      await act.says(page, said);
      assert.equal(await page.getByLabel("A list as a file").getAttribute("aria-invalid"), "true");
    }
    await shots(page, "import-refused");
    await page.goto(`${movement}/people`);
    await act.says(page, "48 people.");
  }, { allow: [/status of (413|422)/], seconds: 90 });
});

test("a quotation mark that is not closed swallows nobody", async (t) => {
  const mend = await demo(t);
  const text = 'name,notes,e-mail\nNia Vale,"quiet,nia@example.org\nBo Reyes,fine,bo@example.org\nCy Marsh,fine,cy@example.org\n';
  await visit(mend.url, async (page) => {
    await page.goto(await mend.link("steward"));
    await act.lookAt(page, `${mend.url}/m/sample`, act.asFile(text));
    await act.says(page, "The file breaks off or is damaged");
  }, { allow: [/status of 422/] });
});

test("rows with a problem are named with their line, and the others can be brought in", async (t) => {
  const mend = await demo(t);
  const movement = `${mend.url}/m/sample`;
  const rows = [
    "name,e-mail",
    "Nia Vale,nia@example.org",
    ",nobody@example.org",
    "Bo Reyes,not an address",
    "Cy Marsh,nia@example.org",
    `${"x".repeat(81)},long@example.org`,
    "Dee,dee@example.org,and,more",
  ];
  await visit(mend.url, async (page) => {
    await page.goto(await mend.link("steward"));
    await act.lookAt(page, movement, act.asFile(rows.join("\n")));
    assert.deepEqual(await act.facts(page.locator("dl")), { new: "1", changed: "0", unchanged: "0", "with a problem": "5" });
    for (const line of [3, 4, 5, 6, 7]) await act.says(page, `Line ${line}:`);
    await act.press(page, "Bring in one person");
    await act.says(page, "49 people.");
  });
});

test("a file of three megabytes is read to its end", async (t) => {
  const mend = await demo(t);
  const movement = `${mend.url}/m/sample`;
  const row = (at) => `Person ${at},"${"notes nobody needs ".repeat(50)}"`;
  const file = act.asFile(["name,notes", ...Array.from({ length: 3200 }, (_, at) => row(at))].join("\n"));
  assert.ok(file.buffer.length > 3_000_000);
  await visit(mend.url, async (page) => {
    await page.goto(await mend.link("steward"));
    await act.bringIn(page, movement, file);
    await act.says(page, "3248 people.");
    await page.getByLabel("Find by name or group").fill("person 3199");
    await act.press(page, "Find");
    await page.getByRole("link", { name: "Person 3199" }).waitFor();
  });
});

// ---------------------------------------------------------------- names

// What was typed, and what pages show of it: marks that turn the direction of text are gone.
const NAMES = [
  ["<img src=x onerror=alert(1)>"],
  ["</script></title><script>alert(1)</script>"],
  ["W".repeat(80)],
  ["\u202eevil\u202c Zoe", "evil Zoe"],
  ["👩🏽‍🌾 Noor 🦋"],
  ["مريم العلي"],
  ["=cmd()"],
  ["+1 555"],
  ["-2+3"],
  ["@SUM(A1)"],
  ['O\'Brien "; DROP TABLE person; --'],
  ["&lt;b&gt; &amp; { $name } {{7*7}}"],
].map(([typed, shown = typed]) => ({ typed, shown }));
const GROUPS = ["<b onmouseover=alert(1)>Kitchen</b>", "G".repeat(80), "=HYPERLINK()", "\u202eNight\u202c shift"];

const cell = (text) => `"${text.replaceAll('"', '""')}"`;
const row = ({ typed }, at) => `${cell(typed)},${cell(GROUPS[at % GROUPS.length])}`;
const hostileList = () => act.asFile(["name,groups", ...NAMES.map(row)].join("\n"));

const wrong = []; // what was wrong, so that one wrong page does not hide the next

/** The page that is open shows these names as they are, does nothing else with them, and keeps its shape. */
async function harmless(page, names, picture) {
  await look(page, names).catch(({ message }) => wrong.push(`${picture}: ${message.split("\n+ actual")[0]}`));
  await shots(page, `hostile-${picture}`);
}

async function look(page, names) {
  const text = await page.locator("main").evaluate((main) => {
    const typed = [...main.querySelectorAll("input")].map(({ value }) => value);
    return [main.textContent, ...typed].join(" ");
  });
  const missing = names.filter((name) => !text.includes(name));
  assert.deepEqual(missing, [], `${page.url()} shows every name`);
  assert.ok(!/[\u202a-\u202e\u2066-\u2069]/.test(text), `${page.url()} has no mark that turns text`);
  assert.equal(await page.locator("main :is(img, script, b[onmouseover])").count(), 0, `${page.url()} made an element of a name`);
  await assertNoSidewaysScroll(page);
  await assertAccessible(page);
}

test("hostile names are harmless on every page where a name stands", async (t) => {
  const mend = await start(t, ["serve"]);
  await visit(mend.url, async (page, { troubles }) => {
    page.on("dialog", (dialog) => (troubles.push(`a name opened a dialog: ${dialog.message()}`), dialog.dismiss()));
    const { movement } = await act.beginAnew(page, mend, { name: "<script>alert(1)</script>", by: "<i>Amara</i> Okoye" });
    await harmless(page, ["<i>Amara</i>", "<script>alert(1)</script>"], "home");
    const shown = NAMES.map(({ shown }) => shown);
    const everybody = [...shown, "<i>Amara</i> Okoye"];

    await act.lookAt(page, movement, hostileList());
    await harmless(page, shown.slice(0, 8), "preview");
    await act.press(page, "Bring in 12 people");
    await harmless(page, everybody, "people");
    for (const name of shown) {
      await act.openPerson(page, movement, name);
      if (name === shown[0] || name === shown[2]) await harmless(page, [name], "person");
    }
    await act.openPerson(page, movement, shown[2]);
    const claim = await act.makeClaim(page);
    await harmless(page, [shown[2]], "claim-sheet");
    await page.goto(claim);
    await harmless(page, [shown[2]], "claim");
    await page.goto(`${movement}/movement`);
    await harmless(page, ["<b onmouseover=alert(1)>Kitchen</b>", "G".repeat(80), "Night shift"], "movement");
    await act.follow(page, "G".repeat(80));
    await harmless(page, ["G".repeat(80)], "group");
    await page.goto(`${movement}/me/wishes`);
    for (const [part, name] of [["<script", shown[1]], ["WWW", shown[2]]]) {
      await page.getByLabel(/^Part of a name/).fill(part);
      await act.press(page, "Find");
      await harmless(page, [name], "wishes");
    }

    const draft = await act.propose(page, movement);
    await harmless(page, everybody, "draft");
    await page.goto((await act.ringsOf(page))[0].people[0].address);
    await harmless(page, everybody, "seat");
    await act.confirm(page, draft);
    const invited = await act.answerLinks(page, movement);
    await harmless(page, everybody, "sheets");
    for (const { name, link } of invited) {
      await page.goto(link);
      if (name === shown[0] || name === shown[2]) await harmless(page, [name], "answer");
      await act.press(page, "Yes, I would");
      await act.arrive(page, "Your seat is yours");
    }

    await page.goto(`${movement}/circles`);
    const links = await page.getByRole("listitem").getByRole("link").evaluateAll((all) => all.map(({ href }) => href));
    const circles = links.filter((href) => /circles\/\w{32}$/.test(href));
    assert.equal(circles.length, 2);
    for (const [at, circle] of circles.entries()) {
      await page.goto(`${circle}/edit`);
      await page.getByLabel("Name of the circle").fill(at ? "C".repeat(80) : NAMES[0].typed);
      await page.getByLabel("In a room and online").check();
      await page.getByLabel("Room", { exact: true }).fill("javascript:alert(1)");
      if (at) await page.getByLabel("Address on the net").fill(`https://${"long".repeat(40)}.example`);
      await act.press(page, "Save");
      await harmless(page, [at ? "C".repeat(80) : NAMES[0].shown], `circle-${at}`);
      assert.equal(await page.locator('a[href^="javascript"]').count(), 0);
      await page.goto(`${circle}/pack`);
      await harmless(page, [], `circle-pack-${at}`);
    }
    await page.goto(`${movement}/circles`);
    await harmless(page, [NAMES[0].shown, "C".repeat(80)], "circles");
    await page.goto(movement);
    await harmless(page, ["<script>alert(1)</script>"], "home-with-circle");
    assert.deepEqual(wrong, [], wrong.join("\n\n"));
  }, { seconds: 120 });
});

test("a name that a spreadsheet would take for a formula is plain in the file", async (t) => {
  const mend = await start(t, ["serve"]);
  await visit(mend.url, async (page) => {
    const { movement } = await act.beginAnew(page, mend, { by: "=Amara()" });
    await act.bringIn(page, movement, hostileList());
    await act.confirm(page, await act.propose(page, movement));
    const text = await (await act.invitationFile(page, movement)).text();
    const table = readTable(text);
    assert.equal(table.length, 1 + 13);
    for (const line of table) assert.deepEqual(line.filter((each) => /^[=+\-@\t\r]/.test(each)), []);
    const names = new Set(table.map(([name]) => name));
    for (const name of ["'=cmd()", "'+1 555", "'-2+3", "'@SUM(A1)", "'=Amara()", NAMES[0].shown, NAMES[10].shown]) assert.ok(names.has(name), name);
  });
});

/** A table of comma-separated values, cells in quotes included. */
function readTable(text) {
  const rows = [[]];
  for (const [, quoted, plain, mark] of text.trim().matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g)) {
    rows.at(-1).push(quoted?.replaceAll('""', '"') ?? plain);
    if (mark === "") break;
    if (mark !== ",") rows.push([]);
  }
  return rows;
}
