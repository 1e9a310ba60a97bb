// The checks of lib.mjs, tried on small pages made here: each of them must be able to fail.

import assert from "node:assert/strict";
import { chmod, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import http from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { PNG } from "pngjs";
import {
  assertAccessible,
  assertNoSidewaysScroll,
  axe,
  decodeQr,
  everyLook,
  noSidewaysScroll,
  shots,
  startMend,
  transferred,
  visit,
} from "./lib.mjs";
import { lookClosely } from "./look.mjs";

const STRICT =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self'; " +
  "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";
const LOOSE = "script-src 'self' 'unsafe-inline'";

// `http://localhost/join`, drawn by another QR maker.
const QR = `
#######.##..#.#...#######
#.....#..#.###..#.#.....#
#.###.#.#..#.##...#.###.#
#.###.#...#..###..#.###.#
#.###.#..##...#.#.#.###.#
#.....#.#.#.###...#.....#
#######.#.#.#.#.#.#######
.........##...#.#........
#.#...##....#..#...#..#.#
#..##...#.#..#.##.##.#.##
.#..####..#..###.##..##.#
#..###.##.##..##.#####...
###...##..#....#..##....#
.#..##..#.#..#.##.##...##
####..##.#.#...#.######.#
.....#.#.#.....###.##....
###..###...####.#####..#.
........###.#...#...#.#.#
#######.##..###.#.#.##..#
#.....#...###..##...#..#.
#.###.#..##..#########..#
#.###.#...#..#...#..####.
#.###.#.##.#...#.#..#..##
#.....#...#..#..#####....
#######.##.###..###..#..#`.trim().split("\n");

const qrSvg = (rows) => {
  const squares = rows.flatMap((row, y) => [...row].flatMap((dot, x) => (dot === "#" ? `M${x + 4} ${y + 4}h1v1h-1z` : [])));
  const side = rows.length + 8;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${side} ${side}" width="200" height="200" role="img" aria-label="QR code">
    <rect width="${side}" height="${side}" fill="#fff"/><path d="${squares.join("")}"/></svg>`;
};

const html = (body, { lang = ' lang="en"', style = "" } = {}) =>
  `<!doctype html><html${lang}><head><title>A small page</title><link rel="icon" href="/icon.svg">${style}</head><body><main><h1>A small page</h1>${body}</main></body></html>`;
// A page that has what every page of Mend has; `part` is what may be wrong with it.
const whole = (part, { title = "A small page · Mend", style = "fine" } = {}) =>
  `<!doctype html><html lang="en"><head><title>${title}</title><link rel="icon" href="/icon.svg"><link rel="stylesheet" href="/${style}.css"></head>
   <body><a href="#main">Skip to the page</a><main id="main"><h1>A small page</h1>${part}</main></body></html>`;
const FIELD = '<p><label for="who">Who</label> <input id="who"></p><p><a href="/fine">A fine page</a></p>';
const sheet = (name) => ({ style: `<link rel="stylesheet" href="/${name}.css">` });

const routes = {
  "/fine": [STRICT, html('<p>Nothing is wrong here.</p><script src="/fine.js"></script>', sheet("fine"))],
  "/no-label": [STRICT, html('<form><input name="who"></form>')],
  "/no-language": [STRICT, html("<p>Which language is this?</p>", { lang: "" })],
  "/pale": [STRICT, html('<p class="pale">You can hardly read this.</p>', sheet("pale"))],
  "/tiny": [STRICT, html('<p class="tiny"><button>a</button><button>b</button></p>', sheet("tiny"))],
  "/foreign-image": [LOOSE, html('<img alt="" src="http://elsewhere.example/dot.png">')],
  "/foreign-fetch": [LOOSE, html('<script>fetch("http://127.0.0.1:9/ping").catch(() => {})</script>')],
  "/foreign-socket": [LOOSE, html('<script>new WebSocket("ws://127.0.0.1:9/")</script>')],
  "/foreign-image-stopped": [STRICT, html('<img alt="" src="http://elsewhere.example/dot.png">')],
  "/inline-script": [STRICT, html("<script>window.here = 1</script>")],
  "/inline-style": [STRICT, html('<p style="color: red">red</p>')],
  "/sink": [STRICT, html('<p id="target"></p><script src="/sink.js"></script>')],
  "/error": [LOOSE, html('<script>console.error("a thing broke")</script>')],
  "/throw": [LOOSE, html('<script>setTimeout(() => { throw new Error("nobody caught me") })</script>')],
  "/wide": [STRICT, html('<div class="wide">wide</div>', sheet("wide"))],
  "/rather-wide": [STRICT, html('<div class="rather-wide">rather wide</div>', sheet("wide"))],
  "/qr": [STRICT, html(qrSvg(QR))],
  "/kept": [STRICT, html('<script src="/kept.js"></script>')],
  "/kept.js": [STRICT, `/*${"x".repeat(50_000)}*/`, "text/javascript"],
  "/whole": [STRICT, whole(FIELD)],
  "/untitled": [STRICT, whole(FIELD, { title: "Mend" })],
  "/two-heads": [STRICT, whole(`${FIELD}<h1>Another</h1>`)],
  "/nameless": [STRICT, whole(`${FIELD}<input type="date">`)],
  "/no-ring": [STRICT, whole(FIELD, { style: "no-ring" })],
  "/covered": [STRICT, whole(`${FIELD}<div class="bar">Over everything</div>`, { style: "bar" })],
  "/squeezed": [STRICT, whole(`${FIELD}<p class="narrow">Climate justice</p>`, { style: "narrow" })],
  "/no-way-past": [STRICT, whole(FIELD).replace("Skip to the page", "Mend")],
  "/no-ring.css": [STRICT, ":focus-visible { outline: none }", "text/css"],
  "/narrow.css": [STRICT, ":focus-visible { outline: 2px solid } .narrow { width: 2rem; overflow-wrap: anywhere }", "text/css"],
  "/bar.css": [STRICT, ":focus-visible { outline: 2px solid } .bar { position: fixed; inset: 3rem 0 0; background: #fff }", "text/css"],
  "/fine.js": [STRICT, "document.documentElement.dataset.script = 'ran';", "text/javascript"],
  "/sink.js": [STRICT, "try { document.getElementById('target').innerHTML = '<b>x</b>' } catch {}", "text/javascript"],
  "/fine.css": [STRICT, ":root { color-scheme: light dark } a { color: inherit } :focus-visible { outline: 2px solid }", "text/css"],
  "/pale.css": [STRICT, "body { background: #fff } .pale { color: #ccc }", "text/css"],
  "/tiny.css": [STRICT, ".tiny button { width: 10px; height: 10px; padding: 0; border: 0; font-size: 8px }", "text/css"],
  "/wide.css": [STRICT, "body { margin: 0 } .wide { width: 1300px } .rather-wide { width: 350px }", "text/css"],
  "/icon.svg": [STRICT, '<svg xmlns="http://www.w3.org/2000/svg"/>', "image/svg+xml"],
};

let server, url;
before(async () => {
  server = http.createServer((request, response) => {
    const [policy, body, type = "text/html"] = routes[request.url] ?? [STRICT, "not here", "text/plain"];
    const keep = request.url === "/kept.js" ? "max-age=3600" : "no-store";
    const headers = { "content-type": `${type}; charset=utf-8`, "content-security-policy": policy, "cache-control": keep };
    response.writeHead(routes[request.url] ? 200 : 404, headers);
    response.end(body);
  });
  await new Promise((listening) => server.listen(0, "localhost", listening));
  url = `http://localhost:${server.address().port}`;
});
after(() => {
  server.close();
  server.closeAllConnections();
});

const goes = (path, options) => visit(url, (page) => page.goto(url + path), options);

test("a page with nothing wrong passes every check, under the strict policy", () =>
  visit(url, async (page) => {
    await page.goto(`${url}/fine`);
    assert.equal(await page.locator("html").getAttribute("data-script"), "ran");
    await everyLook(page, () => assertAccessible(page));
    await assertNoSidewaysScroll(page);
    const blocked = await page.evaluate(() => {
      try {
        return (document.body.innerHTML = "x");
      } catch (error) {
        return error.name;
      }
    });
    assert.equal(blocked, "TypeError", "axe left the page's own policy in force");
  }, { allow: [/^Trusted Types/, /TrustedHTML/] }));

for (const [path, rule] of [
  ["/no-label", "label"],
  ["/no-language", "html-has-lang"],
  ["/pale", "color-contrast"],
  ["/tiny", "target-size"],
]) {
  test(`axe finds ${rule}`, () =>
    visit(url, async (page) => {
      await page.goto(url + path);
      assert.deepEqual((await axe(page)).map(({ id }) => id), [rule]);
      await assert.rejects(assertAccessible(page), new RegExp(`keeps somebody out:\\s+${rule}`));
    }));
}

for (const [path, told] of [
  ["/foreign-image", /asked another host: http:\/\/elsewhere\.example\/dot\.png/],
  ["/foreign-fetch", /asked another host: http:\/\/127\.0\.0\.1:9\/ping/],
  ["/foreign-socket", /asked another host: ws:\/\/127\.0\.0\.1:9/],
  ["/foreign-image-stopped", /content security policy \(img-src\): http:\/\/elsewhere\.example/],
  ["/inline-script", /content security policy \(script-src-elem\)/],
  ["/inline-style", /content security policy \(style-src-attr\)/],
  ["/sink", /Trusted Types \(require-trusted-types-for\)/],
  ["/error", /console error: a thing broke/],
  ["/throw", /page error: nobody caught me/],
  ["/not-here", /console error: .*404/],
]) {
  test(`a visit to ${path} fails`, () => assert.rejects(goes(path), told));
}

test("a page with everything a page of Mend needs passes a close look", () =>
  visit(url, async (page) => {
    await page.goto(`${url}/whole`);
    await lookClosely(page, "whole");
  }));

for (const [path, told] of [
  ["/untitled", /the page has a title/],
  ["/two-heads", /one heading of the first level/],
  ["/nameless", /has a name[^]*Date/],
  ["/no-ring", /no outline: <input id="who">/],
  ["/covered", /covered or off the page: <input id="who">/],
  ["/squeezed", /breaks words for want of room[^]*Climate/],
  ["/no-way-past", /Tab reaches the way past the navigation first/],
]) {
  test(`a close look at ${path} fails`, () =>
    visit(url, async (page) => {
      await page.goto(url + path);
      await assert.rejects(lookClosely(page, "wrong"), told);
    }));
}

test("what comes over the line is counted, and what the browser kept is not", () =>
  visit(url, async (page) => {
    const first = await transferred(page, `${url}/kept`);
    const second = await transferred(page, `${url}/kept`);
    assert.ok(first > 50_000 && first < 52_000, `${first} bytes`);
    assert.ok(second > 0 && second < 2_000, `${second} bytes`);
  }));

test("a second page of the same visit is watched too", () =>
  assert.rejects(
    visit(url, async (page, { context }) => {
      await page.goto(`${url}/fine`);
      await (await context.newPage()).goto(`${url}/error`);
    }),
    /a thing broke/,
  ));

test("what a test causes on purpose can be allowed, and nothing else with it", async () => {
  await goes("/not-here", { allow: [/404/] });
  await assert.rejects(goes("/error", { allow: [/404/] }), /a thing broke/);
});

test("a page works with scripts switched off", () =>
  visit(url, async (page) => {
    await page.goto(`${url}/fine`);
    assert.equal(await page.locator("html").getAttribute("data-script"), null);
    await assertAccessible(page);
    await assertNoSidewaysScroll(page);
    await page.goto(`${url}/pale`);
    assert.deepEqual((await axe(page)).map(({ id }) => id), ["color-contrast"]);
  }, { javaScript: false }));

test("sideways scrolling is found at the width where it happens", () =>
  visit(url, async (page) => {
    await page.goto(`${url}/wide`);
    assert.deepEqual((await noSidewaysScroll(page)).map(({ width }) => width), [320, 390, 1200]);
    await page.goto(`${url}/rather-wide`);
    assert.deepEqual((await noSidewaysScroll(page)).map(({ width }) => width), [320]);
    await assert.rejects(assertNoSidewaysScroll(page), /350 px at 320 px: <div class="rather-wide">/);
  }));

test("every look is four looks, and the pictures have their sizes", async () => {
  const folder = await mkdtemp(join(tmpdir(), "mend-shots-"));
  const kept = process.env.MEND_SHOTS;
  process.env.MEND_SHOTS = folder;
  try {
    await visit(url, async (page) => {
      await page.goto(`${url}/fine`);
      const dark = () => page.evaluate(() => [innerWidth, matchMedia("(prefers-color-scheme: dark)").matches]);
      assert.deepEqual(await everyLook(page, dark), [[390, false], [390, true], [1200, false], [1200, true]]);
      assert.deepEqual(await dark(), [1200, false], "afterwards the page is as it was");
      await assert.rejects(everyLook(page, () => assert.fail("not on a phone")), /^AssertionError.*\(390-light\) not on a phone/s);
      const pictures = await Promise.all((await shots(page, "fine")).map(async (path) => PNG.sync.read(await readFile(path))));
      assert.deepEqual(pictures.map(({ width }) => width), [390, 390, 1200, 1200]);
      const corner = ({ data }) => data[0];
      assert.ok(corner(pictures[0]) > 200 && corner(pictures[1]) < 60, "light is light and dark is dark");
    });
  } finally {
    if (kept === undefined) delete process.env.MEND_SHOTS;
    else process.env.MEND_SHOTS = kept;
    await rm(folder, { recursive: true });
  }
});

test("a QR code is read from the page and from its SVG, and a spoilt one is not", () =>
  visit(url, async (page) => {
    await page.goto(`${url}/qr`);
    assert.equal(await decodeQr(page.locator("svg")), "http://localhost/join");
    assert.equal(await decodeQr(qrSvg(QR)), "http://localhost/join");
    assert.equal(await decodeQr(qrSvg(QR.map((row) => [...row].reverse().join("").replaceAll(".#", "#.")))), null);
  }));

// A stand-in for the program: it says what Mend says when it starts, then waits.
async function standIn(t, body) {
  const folder = await mkdtemp(join(tmpdir(), "mend-stand-in-"));
  const path = join(folder, "mend");
  await writeFile(path, `#!/usr/bin/env node\n${body}`);
  await chmod(path, 0o755);
  const kept = process.env.MEND_BIN;
  process.env.MEND_BIN = path;
  t.after(async () => {
    if (kept === undefined) delete process.env.MEND_BIN;
    else process.env.MEND_BIN = kept;
    await rm(folder, { recursive: true });
  });
}
const WAITS = "setInterval(() => {}, 1000);";

test("a started program is found by what it prints, and leaves nothing behind", async (t) => {
  await standIn(t, `
    console.log("Mend is open at http://localhost:4999");
    setTimeout(() => {
      console.log("  steward   http://localhost:4999/demo/abc");
      console.log("data " + process.env.MEND_DATA + " args " + process.argv.slice(2));
    }, 100);
    ${WAITS}`);
  const mend = await startMend((data) => ["demo", "--data", data]);
  assert.equal(mend.url, "http://localhost:4999");
  assert.equal(await mend.link("steward"), "http://localhost:4999/demo/abc");
  assert.match(await mend.line(/^data/), new RegExp(`data ${mend.data} args demo,--data,${mend.data}`));
  await stat(mend.data);
  await mend.stop();
  await assert.rejects(stat(mend.data), /ENOENT/);
});

test("a program that ends, or stays silent, fails with what it said", async (t) => {
  await standIn(t, 'console.error("the key file is missing"); process.exit(3);');
  await assert.rejects(startMend(), /ended with 3[^]*the key file is missing/);
  await standIn(t, `console.log("thinking"); ${WAITS}`);
  await assert.rejects(startMend(["demo"], { seconds: 1 }), /said nothing new for 1 s[^]*thinking/);
  process.env.MEND_BIN = "/nowhere/mend";
  await assert.rejects(startMend(), /could not start/);
});

test("with a PostgreSQL address, each start has a database of its own", { skip: !process.env.MEND_TEST_DB && "MEND_TEST_DB is not set" }, async (t) => {
  await standIn(t, `console.log(process.env.MEND_DATABASE + " http://localhost:4999"); ${WAITS}`);
  const env = { MEND_DATABASE: process.env.MEND_TEST_DB };
  const [one, two] = [await startMend([], { env }), await startMend([], { env })];
  assert.match(one.lines[0], /^postgres:\/\/\S+\/mend_e2e_\d+_\d+ /);
  assert.notEqual(one.lines[0], two.lines[0]);
  await one.stop();
  await two.stop();
});
