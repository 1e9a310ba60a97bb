// What every browser test stands on: Mend started fresh, a real browser that watches the page for us,
// and the checks that hold on every page. `harness.test.mjs` shows that each check can fail.
//
//   const mend = await startMend(["demo"]);
//   test("the steward sees the circles", () =>
//     visit(mend.url, async (page) => {
//       await page.goto(await mend.link("steward"));
//       await everyLook(page, () => assertAccessible(page));
//       await assertNoSidewaysScroll(page);
//       await shots(page, "circles");
//     }));
//
// MEND_BIN       the program to start (else ../target/debug/mend)
// MEND_DATABASE  a PostgreSQL address whose role may create databases; each start gets a new one
// MEND_TEST_DB   such an address too, for the tests that run on both engines
// MEND_CHROMIUM  the browser (else /usr/bin/chromium)
// MEND_SHOTS     where pictures go (else none are taken)

import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { after } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import jsQR from "jsqr";
import { chromium } from "playwright-core";
import { PNG } from "pngjs";

const run = promisify(execFile);
const here = fileURLToPath(new URL(".", import.meta.url));
const sleep = (ms) => new Promise((done) => setTimeout(done, ms));

// ---------------------------------------------------------------- Mend itself

const ADDRESS = /https?:\/\/(?:localhost|127\.0\.0\.1|\[::1\]|mend\.test):\d+/;
const started = new Set();
let count = 0;

/**
 * Start Mend in a new, empty folder and wait until it says where it is.
 * `args` is a list, or a function that gets the data folder and gives a list.
 * With `on`, a Mend that was started before, it is another program on the same data: beside it, or after it was killed.
 * Gives `url` (without a path), `lines` (all it has printed, growing), `data`, `line(pattern)`, `link(name)`,
 * `complaints()`, `stop()`, `kill()` (as a loss of power to the program), its `pid`, and its `database` where it has one.
 */
export async function startMend(args = ["demo"], { env = {}, seconds = 60, on = null } = {}) {
  const home = on?.home ?? (await mkdtemp(join(tmpdir(), "mend-e2e-")));
  const data = join(home, "data");
  await mkdir(data, { recursive: true });
  const told = { ...process.env, HOME: home, MEND_DATA: data, ...env };
  const database = on ? on.database : await freshDatabase(told.MEND_DATABASE);
  if (database) told.MEND_DATABASE = database.url;
  else delete told.MEND_DATABASE;

  const program = resolve(process.env.MEND_BIN ?? join(here, "../target/debug/mend"));
  const child = spawn(program, typeof args === "function" ? args(data) : args, {
    cwd: home,
    env: told,
    stdio: ["ignore", "pipe", "pipe"],
  });

  const lines = [];
  const listeners = new Set();
  const heard = () => listeners.forEach((listen) => listen());
  let ended = null;
  child.once("error", (error) => ((ended = `could not start: ${error.message}`), heard()));
  child.once("exit", (code, signal) => ((ended ??= `ended with ${signal ?? code}`), heard()));
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on("line", (line) => (lines.push(line), heard()));
  }

  /** The first line that matches, now or later. */
  const line = (pattern, within = seconds) =>
    new Promise((found, failed) => {
      const done = (act, value) => (clearTimeout(timer), listeners.delete(look), act(value));
      const give = (why) => done(failed, new Error(`${program} ${why}, and no line matched ${pattern}:\n${lines.join("\n")}`));
      const look = () => {
        const hit = lines.find((each) => pattern.test(each));
        if (hit !== undefined) done(found, hit);
        else if (ended !== null) setTimeout(() => (lines.some((each) => pattern.test(each)) ? look() : give(ended)), 50);
      };
      const timer = setTimeout(() => give(`said nothing new for ${within} s`), within * 1000);
      listeners.add(look);
      look();
    });

  let stopping;
  const stop = () => (stopping ??= stopOnce());
  const stopOnce = async () => {
    started.delete(stop);
    if (ended === null) {
      const gone = new Promise((done) => child.once("exit", done));
      child.kill("SIGTERM");
      const hard = setTimeout(() => child.kill("SIGKILL"), 5000);
      await gone;
      clearTimeout(hard);
    }
    if (on) return;
    await rm(home, { recursive: true, force: true });
    await database?.drop();
  };
  const kill = async () => {
    const gone = new Promise((done) => child.once("exit", done));
    child.kill("SIGKILL");
    await gone;
  };
  started.add(stop);

  try {
    const url = ADDRESS.exec(await line(ADDRESS))[0];
    /** The address printed beside a name, as in `steward   http://localhost:8080/demo/...`. */
    const link = async (name) => {
      const said = await line(new RegExp(`^\\s*${name}\\s+https?://`), 10);
      return /https?:\/\/\S+/.exec(said)[0];
    };
    /** What it has written into its log: with nothing wrong, nothing. */
    const complaints = () => lines.filter((each) => / (ERROR|WARN) |panicked/.test(each));
    return { url, lines, data, home, database, pid: child.pid, line, link, complaints, stop, kill };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The engines that can be tried here: a name for people, and what to start Mend with. */
export const ENGINES = [
  { engine: "a file", env: { MEND_DATABASE: "" } },
  ...(process.env.MEND_TEST_DB ? [{ engine: "PostgreSQL", env: { MEND_DATABASE: process.env.MEND_TEST_DB } }] : []),
];

/** A new PostgreSQL database beside the one named, or nothing when none is named. */
async function freshDatabase(base) {
  if (!base) return null;
  const name = `mend_e2e_${process.pid}_${++count}`;
  const sql = (text) => run("psql", [base, "--no-psqlrc", "--quiet", "--command", text]);
  await sql(`CREATE DATABASE ${name}`);
  const url = new URL(base);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => sql(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`) };
}

// ---------------------------------------------------------------- the browser

let launched = null;

/** The one browser of this test file. It is closed when the file's tests are done. */
export function browser() {
  launched ??= chromium.launch({
    executablePath: process.env.MEND_CHROMIUM ?? "/usr/bin/chromium",
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      // A page that asks for another host is found out, and the asking goes nowhere. mend.test stands for this machine
      // under a name for which a browser makes no keys without https.
      "--host-resolver-rules=MAP mend.test 127.0.0.1, MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1, EXCLUDE [::1]",
    ],
  });
  return launched;
}

after(async () => {
  for (const stop of [...started]) await stop();
  if (launched) await (await launched).close();
});

/**
 * Open a page, hand it to `act`, and fail if anything went wrong in it meanwhile (see `watch`).
 * Each visit is a stranger to the others: no cookies, no storage.
 */
export async function visit(
  origin,
  act,
  { allow = [], javaScript = true, width = 1200, height = 900, scheme = "light", seconds = 120, ...more } = {},
) {
  const context = await (await browser()).newContext({
    javaScriptEnabled: javaScript,
    viewport: { width, height },
    colorScheme: scheme,
    ...more,
  });
  context.setDefaultTimeout(30_000);
  const watching = watch(context, origin, { allow });
  let timer;
  const tooLong = new Promise((_, failed) => {
    timer = setTimeout(() => failed(new Error(`the visit took longer than ${seconds} s`)), seconds * 1000);
  });
  try {
    const page = await context.newPage();
    await watching.ready(page);
    const result = await Promise.race([act(page, { context, troubles: watching.troubles }), tooLong]);
    await sleep(100);
    watching.check();
    return result;
  } finally {
    clearTimeout(timer);
    await context.close();
  }
}

/**
 * Write down what no page of Mend may do: ask another host, break the content security policy or
 * Trusted Types, log an error, throw. `origins` is where Mend is, or a list, that may grow, where there are several; `allow` holds patterns for what a test causes on purpose.
 */
export function watch(context, origins, { allow = [] } = {}) {
  const homes = () => [origins].flat().map((origin) => new URL(origin).host);
  const troubles = [];
  const attached = new Map();
  const note = (text) => {
    if (!allow.some((pattern) => pattern.test(text))) troubles.push(text);
  };
  const asked = (address) => {
    const { protocol, host } = new URL(address);
    if (["data:", "blob:", "about:"].includes(protocol) || homes().includes(host)) return;
    note(`asked another host: ${address}`);
  };
  const attach = async (page) => {
    page.on("pageerror", (error) => note(`page error: ${error.message}`));
    page.on("websocket", (socket) => asked(socket.url()));
    const cdp = await context.newCDPSession(page);
    cdp.on("Audits.issueAdded", ({ issue }) => {
      const found = issue.details.contentSecurityPolicyIssueDetails;
      if (!found) return;
      const kind = found.contentSecurityPolicyViolationType;
      const name = kind.startsWith("kTrustedTypes") ? "Trusted Types" : "content security policy";
      const place = found.sourceCodeLocation?.url ?? page.url();
      note(`${name} (${found.violatedDirective}): ${found.blockedURL ?? kind} in ${place}`);
    });
    await cdp.send("Audits.enable");
  };
  const ready = (page) => {
    if (!attached.has(page)) attached.set(page, attach(page));
    return attached.get(page);
  };

  context.on("page", (page) => ready(page).catch(() => {})); // a page may close before we are attached
  context.on("request", (request) => asked(request.url()));
  context.on("console", (message) => {
    if (message.type() === "error") note(`console error: ${message.text()}`);
  });
  return {
    troubles,
    ready,
    check: () => assert.deepEqual(troubles, [], `The page did what it may not do:\n  ${troubles.join("\n  ")}`),
  };
}

// ---------------------------------------------------------------- bytes

/**
 * Open an address and count what comes over the line for it, as the browser does: heads and bodies, packed as they
 * were sent, fonts too. What the browser still has counts nothing.
 */
export async function transferred(page, address) {
  const cdp = await page.context().newCDPSession(page);
  const waiting = new Set();
  let bytes = 0;
  cdp.on("Network.requestWillBeSent", ({ requestId, redirectResponse, type }) => {
    if (type !== "EventSource") waiting.add(requestId); // A stream of events has no end.
    bytes += redirectResponse?.encodedDataLength ?? 0;
  });
  cdp.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    waiting.delete(requestId);
    bytes += encodedDataLength;
  });
  cdp.on("Network.loadingFailed", ({ requestId }) => waiting.delete(requestId));
  await cdp.send("Network.enable");
  await page.goto(address);
  do await page.evaluate(() => document.fonts.ready.then(() => true));
  while (waiting.size);
  await cdp.detach();
  return bytes;
}

// ---------------------------------------------------------------- looks

const SIZES = [
  { width: 390, height: 844 },
  { width: 1200, height: 900 },
];
const SCHEMES = ["light", "dark"];

/**
 * Run `act` on a phone and on a desktop, in light and in dark, then put the page back as it was.
 * Nothing moves meanwhile, so no colour or place is seen half way.
 */
export async function everyLook(page, act) {
  const before = page.viewportSize();
  const dark = await page.evaluate(() => matchMedia("(prefers-color-scheme: dark)").matches);
  const results = [];
  for (const size of SIZES) {
    for (const scheme of SCHEMES) {
      const label = `${size.width}-${scheme}`;
      await page.setViewportSize(size);
      await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
      try {
        results.push(await act({ ...size, scheme, label }));
      } catch (error) {
        error.message = `(${label}) ${error.message}`;
        throw error;
      }
    }
  }
  await page.setViewportSize(before);
  await page.emulateMedia({ colorScheme: dark ? "dark" : "light", reducedMotion: null });
  await drawn(page);
  return results;
}

/** Full-page pictures in every look, if somebody wants them. Gives their paths. */
export async function shots(page, name) {
  const folder = process.env.MEND_SHOTS;
  if (!folder) return [];
  await mkdir(folder, { recursive: true });
  return everyLook(page, async ({ label }) => {
    const path = join(folder, `${name}-${label}.png`);
    await page.screenshot({ path, fullPage: true, animations: "disabled" });
    return path;
  });
}

/**
 * Waits until the page has drawn itself in its new size. A page that is left before that may never draw the next one,
 * and then nothing on it can be pressed. Where scripts are off, nothing tells of it.
 */
async function drawn(page) {
  await page.evaluate(() => {
    if (matchMedia("(scripting: none)").matches) return null;
    const frames = new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    return Promise.race([frames, new Promise((done) => setTimeout(done, 2000))]);
  });
}

/** What sticks out sideways, at each width. An empty list is what we want. */
export async function noSidewaysScroll(page, widths = [320, 390, 1200]) {
  const before = page.viewportSize();
  const wide = [];
  for (const width of widths) {
    await page.setViewportSize({ width, height: 800 });
    const found = await page.evaluate(() => {
      const root = document.documentElement;
      if (root.scrollWidth <= innerWidth) return null;
      const out = [...document.querySelectorAll("body *")]
        .filter((each) => each.getBoundingClientRect().right > innerWidth + 0.5)
        .slice(0, 5)
        .map((each) => each.outerHTML.slice(0, 80));
      return { scrollWidth: root.scrollWidth, out };
    });
    if (found) wide.push({ width, ...found });
  }
  await page.setViewportSize(before);
  await drawn(page);
  return wide;
}

export async function assertNoSidewaysScroll(page, widths) {
  const wide = await noSidewaysScroll(page, widths);
  const told = wide.map((each) => `${each.scrollWidth} px at ${each.width} px: ${each.out.join(" ")}`);
  assert.deepEqual(wide, [], `${page.url()} scrolls sideways:\n  ${told.join("\n  ")}`);
}

// ---------------------------------------------------------------- accessibility

const axeSource = readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

// Where a test has switched scripts off, timers never fire, not even in axe's own world. Then "soon" becomes "right
// after this", and the long timers, which only give up waiting, are left out.
const TIMERS = `if (matchMedia("(scripting: none)").matches) {
  globalThis.setTimeout = (act, wait = 0) => { if (!wait) queueMicrotask(act); return 0 };
}`;

// A button on its way from pale to dark would be found too pale.
const AT_REST = `for (const moving of document.getAnimations()) try { moving.finish() } catch {}`;

/**
 * What axe finds against WCAG 2.2, levels A and AA. `rules` switches single rules on or off, `only` looks at no others.
 * It runs in a world of its own beside the page's, so the page keeps its content security policy.
 */
export async function axe(page, { rules = {}, only } = {}) {
  const options = {
    runOnly: only ? { type: "rule", values: only } : { type: "tag", values: STANDARDS },
    rules: only ? {} : { "target-size": { enabled: true }, ...rules }, // WCAG 2.2 asks for it; axe has it off by default
    resultTypes: ["violations"],
  };
  const inWorld = await axeWorld(page);
  await inWorld(AT_REST);
  return inWorld(`axe.run(document, ${JSON.stringify(options)}).then(({ violations }) =>
    violations.map(({ id, impact, help, nodes }) => ({ id, impact, help, nodes: nodes.map((node) =>
      ({ target: node.target.join(" "), html: node.html.slice(0, 160), why: node.failureSummary })) })))`);
}

const axeWorlds = new WeakMap();

/** Something to evaluate text with beside the page, where axe is at hand: the same world while the page stays open. */
async function axeWorld(page) {
  const known = axeWorlds.get(page);
  if (known && (await known("typeof axe").catch(() => "")) === "object") return known;
  const cdp = known?.cdp ?? (await page.context().newCDPSession(page));
  const { frameTree } = await cdp.send("Page.getFrameTree");
  const world = await cdp.send("Page.createIsolatedWorld", { frameId: frameTree.frame.id, worldName: "axe" });
  const inWorld = async (expression) => {
    const { result, exceptionDetails } = await cdp.send("Runtime.evaluate", {
      expression,
      contextId: world.executionContextId,
      awaitPromise: true,
      returnByValue: true,
    });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  };
  inWorld.cdp = cdp;
  axeWorlds.set(page, inWorld);
  await inWorld(TIMERS);
  await inWorld(`${await axeSource};0`);
  return inWorld;
}

export async function assertAccessible(page, options) {
  const found = await axe(page, options);
  const told = found.flatMap(({ id, help, nodes }) => nodes.map((node) => `${id} (${help}) at ${node.target}: ${node.html}`));
  assert.deepEqual(told, [], `${page.url()} keeps somebody out:\n  ${told.join("\n  ")}`);
}

// ---------------------------------------------------------------- QR codes

/**
 * The text in a QR code, or null when none can be read.
 * Takes an element of a page, the bytes of a PNG, the path of a PNG, or the text of an SVG.
 */
export async function decodeQr(thing) {
  const { data, width, height } = PNG.sync.read(await picture(thing));
  return jsQR(new Uint8ClampedArray(data), width, height)?.data ?? null;
}

async function picture(thing) {
  if (typeof thing.screenshot === "function") return thing.screenshot({ animations: "disabled" });
  if (Buffer.isBuffer(thing)) return thing;
  if (!thing.trimStart().startsWith("<")) return readFile(thing);
  const page = await (await browser()).newPage({ viewport: { width: 640, height: 640 } });
  try {
    await page.setContent(`<body style="margin:0;background:#fff"><style>svg{width:600px;height:600px}</style>${thing}`);
    return await page.locator("svg").screenshot();
  } finally {
    await page.close();
  }
}
