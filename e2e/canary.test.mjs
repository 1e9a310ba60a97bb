// Twelve secrets typed into every field of the vault, and the keys to them: none of it is anywhere that the server
// keeps, sends or holds in memory. The same scan finds a word from a public field, so it can see.

import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readdir, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import * as act from "./acts.mjs";
import { ENGINES, startMend, visit } from "./lib.mjs";
import { codings, files, found, memory } from "./scan.mjs";
import * as v from "./vault-acts.mjs";

const run = promisify(execFile);
const program = resolve(process.env.MEND_BIN ?? fileURLToPath(new URL("../target/debug/mend", import.meta.url)));

const SECRETS = Array.from({ length: 12 }, (_, at) => `canary${String.fromCharCode(97 + at)} zephyrine${at * 7919}marl`);
/** What all of them hold, for files that are too large to look for each. */
const CORE = "zephyrine";
const CONTROL = "Marlowgate Kingfishers";

test("the scan finds a text in every coding", () => {
  for (const [name, bytes] of Object.entries(codings(SECRETS[3]))) {
    const around = Buffer.concat([Buffer.from("xx"), bytes, Buffer.from("yy")]);
    assert.ok(found(around, [SECRETS[3]]).length, name);
  }
  for (const shift of [0, 1, 2, 3, 4]) {
    const coded = Buffer.from(Buffer.from(`${"z".repeat(shift)}${SECRETS[3]} and more`).toString("base64"));
    assert.ok(found(coded, [SECRETS[3]]).length, `base64 behind ${shift}`);
  }
  assert.deepEqual(found(Buffer.from("nothing of that kind"), SECRETS), []);
});

for (const { engine, env } of ENGINES) {
  test(`no secret is anywhere but in its writer's browser, with ${engine}`, { timeout: 300_000 }, async (t) => {
    const temp = await mkdtemp(join(tmpdir(), "mend-canary-"));
    const mend = await startMend(["serve", "-vv", "--listen", "127.0.0.1:0", "--mail-to", join(temp, "mail")], { env: { ...env, TMPDIR: temp } });
    const letGo = env.MEND_DATABASE ? await keepLog() : () => {};
    t.after(async () => {
      letGo();
      await mend.stop();
      await rm(temp, { recursive: true, force: true });
    });
    const began = Date.now();
    const bodies = [];
    const keys = [];
    await visit(mend.url, async (page, { context }) => {
      context.on("request", (request) => bodies.push(`${request.url()} ${JSON.stringify(request.headers())} ${request.postData() ?? ""}`));
      const { steward, movement } = await act.beginAnew(page, mend, { name: CONTROL, by: "Nia Vale" });
      keys.push(steward.words, steward.words.replaceAll(" ", ""), steward.code, steward.code.replaceAll("-", ""));
      await v.begin(page, mend.url, steward);
      await typeEverything(page);
      keys.push(...(await exportedKey(page)));
      const during = await memoryHits(mend.pid, keys);
      assert.deepEqual(during, [], "in memory while it is open");
      await act.press(page, "Lock now");
      await act.arrive(page, "Your private writing");
      await page.goto(movement);
      assert.ok(await page.getByText(CONTROL).first().isVisible());
    }, { seconds: 200, allow: [/status of 4/] });

    const wanted = [...SECRETS, ...keys, "AGE-SECRET-KEY-"];
    const look = (name, bytes) => found(bytes, wanted).map((hit) => `${name}: ${hit}`);
    const seen = new Set();
    const control = (name, bytes) => found(bytes, [CONTROL]).length && seen.add(name);

    const sent = Buffer.from(bodies.join("\n"));
    assert.deepEqual(look("a request", sent), []);
    control("requests", sent);
    const log = Buffer.from(mend.lines.join("\n"));
    assert.ok(log.length > 1000, "the log is talkative");
    assert.deepEqual(look("the log", log), []);

    const hits = await memoryHits(mend.pid, keys, seen);
    assert.deepEqual(hits, [], "in memory afterwards");

    // Files: the data with its write-ahead log, everything beside it, temporary files, and a backup without a seal.
    let many = 0;
    const backups = join(temp, "backups");
    await mkdir(backups);
    if (env.MEND_DATABASE) {
      const { stdout } = await run("pg_dump", [await mighty(mend.database.url)], { maxBuffer: 1 << 28 });
      assert.deepEqual(look("the dump", Buffer.from(stdout)), []);
      control("the dump", Buffer.from(stdout));
      for await (const [path, bytes] of databaseFiles(mend.database.url, began)) {
        many++;
        assert.deepEqual(found(bytes, [CORE, ...keys]).map((hit) => `${path}: ${hit}`), []);
        control(path.includes("pg_wal") ? "the database's log" : "files", bytes);
      }
    } else {
      await run(program, ["backup", "--data", mend.data, "--to", backups, "--open"]);
    }
    for (const folder of [join(mend.data, ".."), temp]) {
      for await (const [path, bytes] of files(folder)) {
        many++;
        assert.deepEqual(look(path, bytes), []);
        control(path.startsWith(backups) ? "backups" : "files", bytes);
      }
    }
    const must = ["requests", "memory", "files", ...(env.MEND_DATABASE ? ["the dump", "the database's log"] : ["backups"])];
    assert.deepEqual(must.filter((place) => !seen.has(place)), [], "the scan sees the public word in each of these");
    t.diagnostic(`${SECRETS.length} secrets and ${keys.length} keys in ${bodies.length} requests, ${many} files, ${log.length} bytes of log: no hit`);
  });
}

/** The same database as whoever may see all of it: row security would hide rows from a dump. */
async function mighty(database) {
  const asked = process.env.MEND_TEST_SUPERUSER_DB;
  assert.ok(asked, "MEND_TEST_SUPERUSER_DB names who may see all of a database");
  return Object.assign(new URL(asked), { pathname: new URL(database).pathname }).href;
}

/** Lets the database throw nothing of its log away, until what this gives is called. */
async function keepLog() {
  const psql = spawn("psql", [process.env.MEND_TEST_SUPERUSER_DB, "--no-psqlrc", "--quiet"], { stdio: ["pipe", "pipe", "inherit"] });
  psql.stdin.write(`SELECT pg_create_physical_replication_slot('mend_canary_${process.pid}', true, true);\n`);
  await once(psql.stdout, "data");
  return () => psql.stdin.end();
}

/** The files of a database at the server, and those of its log that were written since. */
async function* databaseFiles(database, since) {
  const ask = async (sql) => (await run("psql", [await mighty(database), "--no-psqlrc", "--tuples-only", "--no-align", "--command", sql])).stdout.trim();
  await ask("CHECKPOINT");
  const [folder, own] = (await ask("SELECT current_setting('data_directory') || '|' || pg_relation_filepath('pg_class')")).split("|");
  for await (const [path, bytes] of files(join(folder, own, ".."))) yield [path, bytes];
  for (const name of await readdir(join(folder, "pg_wal"))) {
    const path = join(folder, "pg_wal", name);
    const about = await stat(path);
    if (about.isFile() && about.mtimeMs >= since - 1000) yield [path, await readFile(path)];
  }
}

async function memoryHits(pid, keys, seen) {
  const hits = [];
  for await (const [name, bytes] of memory(pid)) {
    hits.push(...found(bytes, [...SECRETS, ...keys]).map((hit) => `${name}: ${hit}`));
    if (found(bytes, [CONTROL]).length) seen?.add("memory");
  }
  return hits;
}

/** Every field of the form that is still empty, so that none goes unseen. */
async function typeIntoTheRest(page, secret) {
  const details = page.locator("main form details:not([open]) > summary");
  while (await details.count()) await details.first().click();
  const fields = page.locator("main form :is(textarea, input[type=text])");
  let typed = 0;
  for (const field of await fields.all()) {
    if (await field.inputValue()) continue;
    await field.fill(secret);
    typed++;
  }
  return typed;
}

/** Each secret into a field of its own; the last one is only looked for, the one before only begun. */
async function typeEverything(page) {
  let typed = 0;
  const save = async (heading) => {
    const before = await page.evaluate(() => location.hash);
    await act.press(page, "Save");
    await page.waitForFunction((was) => location.hash !== was, before);
    if (heading) await act.arrive(page, heading);
  };
  await v.writeLine(page, SECRETS[0]);
  await v.go(page, "#/page");
  await act.arrive(page, "A page");
  await page.getByLabel("What you want to write").fill(`Dear page,\n${SECRETS[1]}`);
  await page.getByText("What do I feel?").click();
  await page.getByLabel("Another word").fill(SECRETS[2]);
  typed += await typeIntoTheRest(page, SECRETS[2]);
  await save("Your writing");

  await v.go(page, "#/inventory/new");
  await act.arrive(page, "An honest look");
  await page.getByLabel("What happened?").fill(SECRETS[3]);
  await page.getByLabel("What was my part?").fill(SECRETS[4]);
  await page.getByLabel("What was not my part?").fill(SECRETS[5]);
  typed += await typeIntoTheRest(page, SECRETS[3]);
  await page.getByRole("group", { name: "What next?" }).getByLabel("I would like to raise it").check();
  await save();
  await act.follow(page, "Choose what to raise");
  await page.getByLabel("In your own words").fill(SECRETS[6]);
  await act.press(page, "Keep as a sealed note");
  await act.arrive(page, "Your writing");

  await v.go(page, "#/list/new");
  await page.getByLabel("A word of my own for them").fill(SECRETS[7]);
  typed += await typeIntoTheRest(page, SECRETS[7]);
  await save("Who may have been hurt");
  await v.go(page, "#/amends/new");
  await page.getByLabel("What will I own").fill(SECRETS[8]);
  typed += await typeIntoTheRest(page, SECRETS[8]);
  await save("A plan to put something right");
  await v.go(page, "#/check");
  await page.getByLabel("Is there something to clear up").fill(SECRETS[9]);
  typed += await typeIntoTheRest(page, SECRETS[9]);
  assert.ok(typed >= 18, `${typed} fields more`);
  await save("Your writing");
  await v.go(page, "#/page");
  await act.arrive(page, "A page");
  await page.getByLabel("What you want to write").fill(SECRETS[10]);
  await page.waitForTimeout(700);
  await v.go(page, "#/");
  await act.arrive(page, "Your writing");
  await page.getByLabel("Find in your writing").fill(SECRETS[11]);
  await v.sent(page);
}

async function exportedKey(page) {
  await v.go(page, "#/keep");
  const waiting = page.waitForEvent("download");
  await act.press(page, "Make the file");
  await waiting;
  return [await page.locator("[data-key]").textContent()];
}
