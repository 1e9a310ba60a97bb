// Letters over a real line: a mail server from the distribution in every kind of safety, and a walk from an invitation
// to an answer with nothing but what lies in a mailbox.

import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import * as act from "./acts.mjs";
import { startMend, visit } from "./lib.mjs";
import { lookClosely } from "./look.mjs";
import { ahead, clock, faketime, folder, invitations, mailbox, until } from "./mail-acts.mjs";

const run = promisify(execFile);
const here = fileURLToPath(new URL(".", import.meta.url));
const program = resolve(process.env.MEND_BIN ?? join(here, "../target/debug/mend"));
const servers = new Set();
after(() => {
  for (const server of servers) server.kill();
});

// Debian's own python has Debian's aiosmtpd.
const python = ["/usr/bin/python3", "python3"].find((each) => each === "python3" || existsSync(each));

/** A mail server; gives its port and the mails it has got so far. */
async function mailServer(...args) {
  const child = spawn(python, [join(here, "mail_server.py"), ...args], { stdio: ["ignore", "pipe", "inherit"] });
  servers.add(child);
  const mails = [];
  const port = await new Promise((found, failed) => {
    child.once("exit", (code) => failed(new Error(`the mail server ended with ${code}`)));
    createInterface({ input: child.stdout }).on("line", (line) => {
      const said = JSON.parse(line);
      said.port ? found(said.port) : mails.push(said);
    });
  });
  return { port, mails };
}

/** Tries mail by command; what it says, and whether it went. */
async function trial(address, options, env = {}) {
  const args = ["mail", "test", address, "--mail-from", "post@mend.test", ...options];
  try {
    const { stdout } = await run(program, args, { env: { ...process.env, ...env } });
    return { went: true, says: stdout };
  } catch ({ code, stderr }) {
    assert.equal(code, 2, stderr);
    return { went: false, says: stderr };
  }
}

/** A certificate for this machine that only an authority of our own vouches for. */
async function certificate() {
  const [key, cert] = [join(folder, "key.pem"), join(folder, "cert.pem")];
  await run("openssl", [
    "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
    "-subj", "/CN=mail.test", "-addext", "subjectAltName=IP:127.0.0.2,DNS:localhost",
    "-addext", "basicConstraints=critical,CA:FALSE", "-keyout", key, "-out", cert,
  ]);
  return { key, cert };
}

test("a server on this machine takes a letter without more ado", async () => {
  const { port, mails } = await mailServer();
  const told = await trial("ana@example.test", ["--smtp", `smtp://localhost:${port}`]);
  assert.ok(told.went, told.says);
  assert.equal(mails.length, 1);
  assert.match(mails[0].mail, /^Subject: Something to look at\r?$/m);
});

test("each answer of a server is told in plain words", async () => {
  const { port } = await mailServer();
  const here = ["--smtp", `smtp://localhost:${port}`];
  for (const [address, options, words] of [
    ["ana@elsewhere.test", here, /hands nothing on for us .*“5\.7\.1 Relay access denied”/],
    ["nobody@example.test", here, /no mailbox at this address/],
    ["not an address", here, /no mailbox at this address/],
    ["ana@example.test", ["--smtp", "smtp://localhost:1"], /Nobody answers/],
    ["ana@example.test", ["--smtp", "smtp://no-such-host.invalid"], /No mail server has this name/],
    ["ana@example.test", ["--smtp", `smtp://127.0.0.2:${port}`], /Nobody answers/],
    ["ana@example.test", ["--smtp", `smtps://localhost:${port}`], /No secure line/],
  ]) {
    const told = await trial(address, options);
    assert.ok(!told.went, `${address} ${options}`);
    assert.match(told.says, words);
  }
});

test("far away nothing is said before the line is secure, and a login is needed where it is", async () => {
  const { key, cert } = await certificate();
  const login = join(folder, "login");
  for (const [kind, scheme] of [["starttls", "smtp"], ["always", "smtps"]]) {
    const safe = ["--host", "127.0.0.2", "--tls", kind, "--cert", cert, "--key", key];
    const { port, mails } = await mailServer(...safe, "--login", "mend:right");
    const there = ["--smtp", `${scheme}://127.0.0.2:${port}`];
    const trusted = [...there, "--smtp-ca", cert];

    assert.match((await trial("ana@example.test", there)).says, /No secure line/);
    assert.match((await trial("ana@example.test", trusted)).says, /takes no letters|does not let us in/);
    writeFileSync(login, "mend\nwrong\n");
    assert.match((await trial("ana@example.test", [...trusted, "--smtp-login", login])).says, /does not let us in/);
    assert.equal(mails.length, 0);

    writeFileSync(login, "mend\nright\n");
    const told = await trial("ana@example.test", [...trusted, "--smtp-login", login]);
    assert.ok(told.went, told.says);
    const env = { MEND_SMTP_USER: "mend", MEND_SMTP_PASSWORD: "right" };
    assert.ok((await trial("ana@example.test", trusted, env)).went);
    assert.deepEqual(mails.map(({ tls }) => tls), [true, true]);
  }
});

test("a server that offers no secure line far away is told nothing", async () => {
  const { port, mails } = await mailServer("--host", "127.0.0.2");
  assert.match((await trial("ana@example.test", ["--smtp", `smtp://127.0.0.2:${port}`])).says, /No secure line/);
  assert.equal(mails.length, 0);
});

test("a password on the command line is refused", async () => {
  const told = await trial("ana@example.test", ["--smtp", "smtp://ana:secret@mail.test"]);
  assert.ok(!told.went && /--smtp-login/.test(told.says) && !/secret/.test(told.says), told.says);
});

test("letters need an address that works elsewhere", async () => {
  const { code, stderr } = await run(program, ["serve", "--smtp", "smtp://mail.test", "--mail-from", "post@mend.test", "--data", join(folder, "none")]).catch((e) => e);
  assert.equal(code, 2);
  assert.match(stderr, /--public-url/);
});

// ---------------------------------------------------------------- a walk through a mailbox

test("from an invitation in a mailbox to a seat, and to no letters at all", { skip: !faketime && "there is no libfaketime here" }, async (t) => {
  const box = join(folder, "box");
  const time = clock();
  const mend = await startMend(["demo", "--listen", "127.0.0.1:0", "--mail-to", box], { env: time.env });
  t.after(() => mend.stop());
  const movement = `${mend.url}/m/sample`;
  let invitation;

  await visit(mend.url, async (page) => {
    await page.goto(await mend.link("steward"));
    await act.confirm(page, await act.propose(page, movement));
    assert.deepEqual(invitations(box), [], "the first five minutes are for second thoughts");
    const others = await until("letters of the sample movement", () => mailbox(box).length && mailbox(box));
    for (const { body } of others) assert.match(body, /something has changed/);
    time.minutes(7);
    const mails = await until("invitations", () => invitations(box).length > 5 && invitations(box));
    for (const { head, body } of mails) {
      assert.match(head, /^Subject: Something to look at$/m);
      assert.doesNotMatch(head + body, /Climate|Justice|circle|seat|meeting/i);
      assert.equal(body.match(/\/i\/[0-9a-f]{64}/g)?.length, 1);
    }
    invitation = mails[0];
    await page.goto(`${movement}/mail`);
    await act.says(page, "Letters are written as files");
    await lookClosely(page, "mail-folder");
    await act.press(page, "Send me a letter");
    await act.says(page, "The letter lies in the folder for mail.");
    await lookClosely(page, "mail-tried");
    await page.goto(`${movement}/wave`);
    await lookClosely(page, "wave-none");
    await page.getByLabel("Its last day").fill(new Date(Date.now() + 20 * 864e5).toISOString().slice(0, 10));
    await act.press(page, "Declare the wave");
    await act.says(page, "A wave is on until");
    await lookClosely(page, "wave-on");
    await page.goto(movement);
    await lookClosely(page, "wave-home");
    await page.goto(`${movement}/circles`);
    await page.getByRole("main").locator("ul.asks a").first().click();
    await act.says(page, "Twenty minutes");
    await lookClosely(page, "wave-circle");
  }, { seconds: 300 });

  // Whoever opens the mail has no account here, and no script.
  await visit(mend.url, async (page) => {
    await page.goto(/http\S+\/i\/[0-9a-f]{64}/.exec(invitation.body)[0]);
    await act.press(page, "Yes, I would");
    await act.says(page, "Your seat is yours");
    const stop = /^List-Unsubscribe: <(\S+)>$/m.exec(invitation.head)[1];
    assert.match(invitation.head, /^List-Unsubscribe-Post: List-Unsubscribe=One-Click$/m);
    await page.goto(stop);
    await lookClosely(page, "letters-stop");
    await act.press(page, "Stop all letters");
    await act.arrive(page, "No more letters");
    await lookClosely(page, "letters-stopped");
  }, { javaScript: false, seconds: 200 });

  await visit(mend.url, async (page) => {
    await page.goto(await mend.link("member"));
    await page.goto(`${movement}/me/letters`);
    await lookClosely(page, "letters-choices");
    await page.getByRole("group", { name: "Two hours before" }).getByLabel("A letter by mail").check();
    await page.getByLabel("One mail a day", { exact: true }).check();
    await act.press(page, "Save");
    await act.says(page, "Saved.");
    assert.ok(await page.getByLabel("One mail a day", { exact: true }).isChecked());
  }, { seconds: 200 });
  assert.deepEqual(mend.complaints(), []);
});

// ---------------------------------------------------------------- the day after

test("the question after a circle opens on this device alone", { skip: !faketime && "there is no libfaketime here" }, async (t) => {
  const time = clock();
  // The second Tuesday of the month at 19:00 is over since a day and an hour.
  const mend = await startMend(["demo", "--listen", "127.0.0.1:0"], { env: time.env });
  t.after(() => mend.stop());
  const movement = `${mend.url}/m/sample`;
  await visit(mend.url, async (page, { context }) => {
    await page.goto(await mend.link("member"));
    // The circle that is being held now is over, and the next one of its series is told.
    time.minutes(24 * 60);
    await page.reload();
    // A meeting has an hour; an ask has only a day.
    const when = await page.locator('ul.asks time[datetime*="T"]').first().getAttribute("datetime");
    const faked = Date.now() + (await ahead(page, mend));
    time.minutes(Math.round((Date.parse(when) - faked) / 60000) + 26 * 60);
    await page.goto(movement);
    await act.says(page, "How did the circle leave you?");
    await lookClosely(page, "after-closed");
    const asked = [];
    context.on("request", (request) => asked.push(request.url()));
    for (const answer of ["Lighter", "The same", "Heavier"]) {
      await page.getByText(answer, { exact: true }).click();
    }
    await act.says(page, "it is nobody's failing");
    assert.deepEqual(asked, [], "nothing is sent");
    await page.getByText("Would you like a call?").click();
    await lookClosely(page, "after-open");
    await page.getByLabel("How and when to reach you").fill("in the evening, 0351 000");
    await act.press(page, "Please call me");
    await act.says(page, "You have asked whoever keeps it to call you.");
    await lookClosely(page, "after-asked");
  }, { seconds: 300, javaScript: false });
  await visit(mend.url, async (page) => {
    await page.goto(await mend.link("keeper"));
    await act.says(page, "would like a call from you");
    await lookClosely(page, "call-card");
    await act.press(page, "Done");
    await act.says(page, "Thank you for looking after it.");
  }, { seconds: 200 });
});
