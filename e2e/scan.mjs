// Looks for a text wherever a server could have left it, in every coding that it could stand in.

import { open, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

/** The bytes under which a text could stand: as it is, UTF-16, hexadecimal, for an address, base64 at each alignment. */
export function codings(text) {
  const plain = Buffer.from(text);
  const all = { plain, utf16: Buffer.from(text, "utf16le"), hex: Buffer.from(plain.toString("hex")), HEX: Buffer.from(plain.toString("hex").toUpperCase()), address: Buffer.from(encodeURIComponent(text)), form: Buffer.from(new URLSearchParams({ a: text }).toString().slice(2)) };
  for (const shift of [0, 1, 2]) {
    const signs = Buffer.concat([Buffer.alloc(shift), plain]).toString("base64").replace(/=+$/, "");
    // The first and last signs depend on what stands beside it.
    const inside = signs.slice(shift ? 4 : 0, -1 - ((plain.length + shift) % 3 ? 1 : 0));
    all[`base64+${shift}`] = Buffer.from(inside);
    all[`base64url+${shift}`] = Buffer.from(inside.replaceAll("+", "-").replaceAll("/", "_"));
  }
  return all;
}

/** What of some texts is found in some bytes: `word (coding)`. */
export function found(bytes, texts) {
  const hits = [];
  for (const text of texts) for (const [coding, signs] of Object.entries(codings(text))) if (bytes.includes(signs)) hits.push(`${text} (${coding})`);
  return [...new Set(hits)];
}

/** Every file below a folder, with its bytes. */
export async function* files(folder) {
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath ?? entry.path, entry.name);
    yield [path, await readFile(path).catch(() => Buffer.alloc(0))];
  }
}

/** The memory that a process writes, in parts: what a seized running machine would yield. */
export async function* memory(pid) {
  const maps = (await readFile(`/proc/${pid}/maps`, "utf8")).split("\n");
  const mem = await open(`/proc/${pid}/mem`, "r");
  try {
    for (const line of maps) {
      const part = /^([0-9a-f]+)-([0-9a-f]+) rw\S* \S+ \S+ \S+\s*(.*)$/.exec(line);
      if (!part || part[3].startsWith("[v")) continue;
      const [from, to] = [BigInt(`0x${part[1]}`), BigInt(`0x${part[2]}`)];
      const step = 8n << 20n;
      for (let at = from; at < to; at += step) {
        // A little more than a step, so that nothing is cut in two.
        const length = Number((to - at < step + 4096n ? to - at : step + 4096n));
        const bytes = Buffer.alloc(length);
        // Some pages are set aside and cannot be read; the test that looks for the public word sees if none can.
        const read = await mem.read(bytes, 0, length, Number(at)).catch(() => null);
        if (read?.bytesRead) yield [`memory ${part[3] || part[1]}`, bytes.subarray(0, read.bytesRead)];
      }
    }
  } finally {
    await mem.close();
  }
}
