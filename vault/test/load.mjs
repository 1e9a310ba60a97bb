// The vault's own modules, bundled for Node as they are for the browser.

import { build } from "esbuild";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const source = (name) => fileURLToPath(new URL(`../src/${name}`, import.meta.url));

/** Everything that some modules export, in one. */
export async function load(...names) {
  const folder = await mkdtemp(join(tmpdir(), "mend-vault-"));
  const entry = names.map((name) => `export * from ${JSON.stringify(source(name))};`).join("\n");
  const file = join(folder, "bundle.mjs");
  const { outputFiles } = await build({
    stdin: { contents: entry, resolveDir: fileURLToPath(new URL("..", import.meta.url)), loader: "ts" },
    bundle: true,
    write: false,
    format: "esm",
    platform: "neutral",
    mainFields: ["module", "main"],
    conditions: ["import"],
  });
  await writeFile(file, outputFiles[0].contents);
  try {
    return await import(pathToFileURL(file));
  } finally {
    await rm(folder, { recursive: true });
  }
}
