// Comparing a server's vault with the program's, from outside.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { createServer } from "node:http";
import { resolve } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { startMend } from "./lib.mjs";

const run = promisify(execFile);
const program = resolve(process.env.MEND_BIN ?? fileURLToPath(new URL("../target/debug/mend", import.meta.url)));
const verify = (url) => run(program, ["verify", url]).then(({ stdout }) => [0, stdout], ({ code, stdout, stderr }) => [code, stdout + stderr]);

/** A server that gives out what Mend does, but for one change. */
async function lying(mend, change) {
  const server = createServer(async (request, response) => {
    const answer = await fetch(mend.url + request.url);
    const body = Buffer.from(await answer.arrayBuffer());
    const headers = { "content-security-policy": answer.headers.get("content-security-policy") };
    const [said, also] = change(request.url, body, headers) ?? [body, headers];
    response.writeHead(answer.status, also);
    response.end(said);
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  return { url: `http://127.0.0.1:${server.address().port}`, stop: () => server.close() };
}

test("an honest server's vault is the same, and every change is named", async (t) => {
  const mend = await startMend(["serve", "--listen", "127.0.0.1:0"]);
  t.after(() => mend.stop());
  const [code, said] = await verify(mend.url);
  assert.equal(code, 0, said);
  assert.match(said, /is the one of this program/);

  const lies = {
    "a script with one byte more": (path, body, headers) => (/vault\.\w+\.js/.test(path) ? [Buffer.concat([body, Buffer.from(" ")]), headers] : null),
    "a page that loads another script": (path, body, headers) => (path === "/vault" ? [Buffer.from(body.toString().replace("</head>", '<script src="/x.js"></script></head>')), headers] : null),
    "another worker": (path, body, headers) => (path === "/vault/worker.js" ? [Buffer.from("self"), headers] : null),
    "a laxer policy": (path, body, headers) => (path === "/vault" ? [body, { "content-security-policy": headers["content-security-policy"].replace("script-src 'self'", "script-src *") }] : null),
  };
  for (const [name, change] of Object.entries(lies)) {
    const liar = await lying(mend, change);
    const [code, said] = await verify(liar.url);
    liar.stop();
    assert.equal(code, 2, `${name}: ${said}`);
    assert.match(said, /DIFFERS.*\n/, name);
    assert.match(said, /do not type your words there/, name);
  }
});

test("what is no address or does not answer is said so", async () => {
  for (const wrong of ["ftp://example", "--help-me", "file:///etc/passwd"]) assert.notEqual((await verify(wrong))[0], 0, wrong);
  const [code, said] = await verify("http://127.0.0.1:9");
  assert.equal(code, 2);
  assert.match(said, /did not answer/);
});
