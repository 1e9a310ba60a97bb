// Builds the vault into the program's own files, and writes down their SHA-256. With --check it writes nothing and
// fails if what is committed differs.

import { build } from "esbuild";
import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const assets = (name) => here(`../crates/app/assets/${name}`);

async function bundle(entry, { iife = false } = {}) {
  const { outputFiles } = await build({
    entryPoints: [here(entry)],
    absWorkingDir: here("."),
    bundle: true,
    write: false,
    minify: true,
    charset: "utf8",
    format: iife ? "iife" : "esm",
    target: ["es2022"],
    legalComments: "none",
    logLevel: "warning",
  });
  return Buffer.from(outputFiles[0].contents);
}

const files = {
  "vault.js": await bundle("src/main.ts"),
  "worker.js": await bundle("src/worker.ts", { iife: true }),
  "vault.html": await readFile(here("src/vault.html")),
};
const sum = (bytes) => createHash("sha256").update(bytes).digest("hex");
const sums = Object.entries(files).map(([name, bytes]) => `${sum(bytes)}  ${name}\n`).join("");
files["vault.sha256"] = Buffer.from(sums);

const differing = [];
for (const [name, bytes] of Object.entries(files)) {
  const committed = await readFile(assets(name)).catch(() => Buffer.alloc(0));
  if (!committed.equals(bytes)) differing.push(name);
}
if (process.argv.includes("--check")) {
  if (differing.length) {
    console.error(`These differ from what vault/ builds: ${differing.join(", ")}. Run: npm run build --prefix vault`);
    process.exit(1);
  }
  console.log(sums.trim());
} else {
  for (const [name, bytes] of Object.entries(files)) await writeFile(assets(name), bytes);
  console.log(sums.trim());
}
