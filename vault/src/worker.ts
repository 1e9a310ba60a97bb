// Keeps the vault's page and files, so that it opens without a line. Data never passes through here.
// The program puts the addresses of its own files in place of their names.

// The types of a worker and of a page do not go together in one program.
const scope = self as any;

const FILES = [
  "/vault",
  "vault.js",
  "mend.css",
  "practice.json",
  "words.txt",
  "icon.svg",
  "atkinson-latin.woff2",
  "fraunces-latin.woff2",
];
const SHELF = `mend ${FILES.join(" ")}`;

scope.addEventListener("install", (event: any) => event.waitUntil(fill().then(() => scope.skipWaiting())));
scope.addEventListener("activate", (event: any) => event.waitUntil(tidy().then(() => scope.clients.claim())));
scope.addEventListener("fetch", (event: any) => {
  const { pathname, origin } = new URL(event.request.url);
  if (event.request.method !== "GET" || origin !== scope.location.origin) return;
  if (pathname === "/vault") event.respondWith(newest(event.request));
  else if (FILES.includes(pathname)) event.respondWith(kept(event.request));
});

async function fill() {
  const shelf = await caches.open(SHELF);
  await shelf.addAll(FILES.map((name) => new Request(name, { cache: "no-cache" })));
}

async function tidy() {
  for (const name of await caches.keys()) if (name.startsWith("mend ") && name !== SHELF) await caches.delete(name);
}

/** The page as the server has it now; without a line, the one that is kept. */
async function newest(request: Request) {
  try {
    return await fetch(request);
  } catch {
    return (await caches.match("/vault")) ?? Response.error();
  }
}

/** Files whose address carries their hash are the same for ever. */
async function kept(request: Request) {
  return (await caches.match(request)) ?? fetch(request);
}
