// The vault: a page of its own, the same for everybody, in which private writing is open for as long as it is needed.
// Never: keys outside of memory; anything of another host; code from text.
// See: `open.ts` for what is open, `keyring.ts` and `envelope.ts` for the format, `ui/` for the pages.

import { ask, Offline, SignedOut, type State } from "./api";
import { Device, type Kept } from "./device";
import { type Practice, practice } from "./practice";
import { Stale, type Vault } from "./open";
import { line, page } from "./ui/entry";
import { beginning, locked, plain } from "./ui/gate";
import { h, show } from "./ui/dom";
import { keepPage } from "./ui/keep";
import { told } from "./ui/keys";
import { list } from "./ui/list";
import { Draft } from "./ui/parts";
import { toldOnce } from "./ui/saving";
import { fillIn, isSheet, note, overview, raise } from "./ui/sheet";
import { renewing, ways } from "./ui/ways";
import { t } from "./texts/en";

const IDLE = 10 * 60_000;
const OFTEN = 60_000;

let vault: Vault | null = null;
let busySince = Date.now();
const tabs = "BroadcastChannel" in window ? new BroadcastChannel("mend-vault") : null;

async function start(why = ""): Promise<void> {
  if (!window.isSecureContext || !crypto.subtle) return plain(t.insecureTitle, t.insecure);
  const [state, signedOut] = await stateNow();
  const who = state?.account ?? (await Device.who());
  const local = (who && (await new Device(who).kept().catch(() => undefined))) || null;
  if (signedOut) return plain(t.signInTitle, why || t.signInLead, { to: "/sign-in?next=/vault", name: t.signInGo });
  if (!state && !local) return plain(t.openTitle, t.offline);
  places((state ?? local)!.movements);
  if (state && !state.keyring) return beginning(state, opened);
  locked(state, local, opened, why);
}

/** What the server says; nothing without a line. */
async function stateNow(): Promise<[State | null, boolean]> {
  try {
    return [await ask<State>("/api/vault"), false];
  } catch (trouble) {
    if (trouble instanceof SignedOut) return [null, true];
    if (trouble instanceof Offline) return [null, false];
    throw trouble;
  }
}

async function opened(now: Vault): Promise<void> {
  vault = now;
  busySince = Date.now();
  vault.trouble = (trouble) => {
    if (trouble instanceof SignedOut) return void lock(t.signedOutLocked);
    if (trouble instanceof Stale) return void lock(t.staleLocked);
    console.error(trouble);
  };
  now.online = navigator.onLine;
  places(now.state.movements);
  now.whole = now.load().then(() => (now.changed(), now.sync()));
  // A piece that the address names must be there before its page is shown.
  if (ID.test(location.hash)) await now.whole;
  await route();
  await now.whole;
}

const ID = /[0-9a-f]{32}/;

/** Lets go of the keys and of everything on the page. */
async function lock(why: string, tell = true): Promise<void> {
  const now = vault;
  if (!now) return;
  vault = null;
  await Draft.flush().catch(() => {});
  if (now.online) void ask("/api/vault/lock", { which: "own" }).catch(() => {});
  places(now.state.movements);
  now.lock();
  if (tell) tabs?.postMessage("lock");
  show(h("div.narrow.stack", {}, h("h1", {}, t.openTitle), h("p.lead", {}, t.busy)), { quiet: true });
  void start(why);
}

// Pages

async function route(): Promise<void> {
  const now = vault;
  if (!now) return;
  now.changed = () => {};
  const [place = "", what, from] = location.hash.replace(/^#\/?/, "").split("/");
  const words = await practice().catch(() => null);
  if (!words) return plain(t.listTitle, t.offline, { to: "#/", name: t.back });
  await open(now, words, place, what, from).catch((trouble) => plain(t.listTitle, told(trouble), { to: "#/", name: t.back }));
  const said = toldOnce();
  if (said) document.getElementById("main")?.prepend(said);
}

async function open(now: Vault, words: Practice, place: string, what?: string, from?: string): Promise<void> {
  const known = what && now.items.has(what) ? what : undefined;
  if (what && ID.test(what) && !known) return list(now);
  if (place === "line") return line(now);
  if (place === "page") return page(now, words, known);
  if (place === "ways") return what === "new" ? renewing(now) : ways(now);
  if (place === "keep") return whole(now, () => keepPage(now, words));
  if (place === "raise" && known) return raise(now, words, known);
  if (place === "note" && known) return note(now, known);
  if (isSheet(place)) {
    if (place === "check" || known) return fillIn(now, words, place, known);
    return what === "new" ? fillIn(now, words, place, undefined, from) : overview(now, words, place);
  }
  return list(now);
}

/** A page about everything there is comes when everything is there. */
async function whole(now: Vault, page: () => void): Promise<void> {
  const hash = location.hash;
  plain(t.keepTitle, t.keepWait);
  await now.whole;
  if (now.isOpen && location.hash === hash) page();
}

/** The way back to one's movements, and the lock, on every page. */
function places(movements: Kept["movements"]): void {
  const back = movements.map(({ address, name }) => h("a", { href: `/m/${address}` }, `${t.navHome} ${name}`));
  const button = h("button.btn.quiet", { type: "button", onclick: () => lock(t.locked) }, t.lockNow);
  document.getElementById("places")?.replaceChildren(...(vault ? [button] : []));
  document.getElementById("foot")?.replaceChildren(...back, h("a", { href: "/account" }, t.waysPasskeyAccount));
}

// Time

/** Ten minutes without a touch lock it. Timers sleep in the background, so the clock is asked. */
function watch(): void {
  for (const touch of ["pointerdown", "keydown", "input"]) addEventListener(touch, () => (busySince = Date.now()), { passive: true });
  const look = () => {
    if (vault && Date.now() - busySince >= IDLE) lock(t.idleLocked);
  };
  setInterval(look, 5000);
  document.addEventListener("visibilitychange", () => (look(), void Draft.flush()));
  setInterval(() => document.visibilityState === "visible" && void vault?.sync(), OFTEN);
  addEventListener("online", () => void vault?.sync());
  addEventListener("pageshow", (event) => event.persisted && !vault && void start());
  tabs?.addEventListener("message", () => lock(t.locked, false));
}

/** Keeps the page for days without a line. The one address that may become a script here. */
function keepWithoutALine(): void {
  if (!("serviceWorker" in navigator) || !window.isSecureContext) return;
  const address = "/vault/worker.js";
  const types = (window as any).trustedTypes;
  const allowed = types ? types.createPolicy("mend-worker", { createScriptURL: () => address }).createScriptURL(address) : address;
  navigator.serviceWorker.register(allowed, { scope: "/vault" }).catch(() => {});
}

addEventListener("hashchange", () => void (location.hash === "#main" || route()));
document.getElementById("skip")?.addEventListener("click", (event) => {
  event.preventDefault();
  const main = document.getElementById("main")!;
  main.tabIndex = -1;
  main.focus();
});
watch();
keepWithoutALine();
start().catch((trouble) => plain(t.openTitle, told(trouble)));
