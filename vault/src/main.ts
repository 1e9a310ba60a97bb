// The vault: a page of its own, the same for everybody, in which private writing is open for as long as it is needed.
// Never: keys outside of memory; anything of another host; code from text.
// See: `open.ts` for what is open, `ring.ts` for its keys, `sync.ts` for the server, `keyring.ts` and `envelope.ts` for
// the format, `ui/` for the pages.

import { ask, Offline, SignedOut, type State } from "./api";
import { Device, type Kept } from "./device";
import { type Practice, practice } from "./practice";
import { Ended, type Vault } from "./open";
import { Stale } from "./ring";
import { line, page, stopped } from "./ui/entry";
import { beginning, locked, plain } from "./ui/gate";
import { h, refresh, show } from "./ui/dom";
import { keepPage } from "./ui/keep";
import { list } from "./ui/list";
import { Draft } from "./ui/parts";
import { toldOnce } from "./ui/saving";
import { fillIn, isSheet, note, overview, raise } from "./ui/sheet";
import { told } from "./ui/told";
import { unread } from "./ui/unread";
import { renewing, ways } from "./ui/ways";
import { t } from "./texts/en";

const IDLE = 10 * 60_000;
const OFTEN = 60_000;

let vault: Vault | null = null;
let busySince = Date.now();
const tabs = "BroadcastChannel" in window ? new BroadcastChannel("mend-vault") : null;

let latest = 0;

/** Takes the page over: from now on, what others still wait for is not shown any more. Says whether that holds. */
function claim(): () => boolean {
  const mine = ++latest;
  return () => mine === latest;
}

async function start(why = ""): Promise<void> {
  const still = claim();
  const view = await gate(why).catch((trouble) => plain(t.openTitle, told(trouble)));
  if (still()) show(view);
}

/** What is shown before anything is open. */
async function gate(why: string): Promise<HTMLElement> {
  if (!window.isSecureContext || !crypto.subtle) return plain(t.insecureTitle, t.insecure);
  const [state, signedOut] = await stateNow();
  const who = state?.account ?? (await Device.who());
  const local = (who && (await new Device(who).kept().catch(() => undefined))) || null;
  if (signedOut) return plain(t.signInTitle, why || t.signInLead, { to: "/sign-in?next=/vault", name: t.signInGo });
  if (!state && !local) return plain(t.openTitle, t.offline);
  places((state ?? local)!.movements);
  if (state && !state.keyring) return beginning(state, opened, why);
  return locked(state, local, opened, why);
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
    if (trouble instanceof Ended) return void lock(t.destroyedAll);
    console.error(trouble);
  };
  now.line.online = navigator.onLine;
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
  claim();
  await Draft.flush().catch(() => {});
  if (now.line.online) void ask("/api/vault/lock", { which: "own" }).catch(() => {});
  places(now.state.movements);
  now.lock();
  if (tell) tabs?.postMessage("lock");
  show(h("div.narrow.stack", {}, h("h1", {}, t.openTitle), h("p.lead", {}, t.busy)), { quiet: true });
  void start(why);
}

// Pages

/** Shows the page that the address names, unless it is left or locked before the page is there. */
async function route(): Promise<void> {
  const now = vault;
  if (!now) return;
  const [still, hash] = [claim(), location.hash];
  const put = (view: HTMLElement): boolean => {
    const wanted = still() && vault === now && now.isOpen && location.hash === hash;
    if (wanted) show(view);
    return wanted;
  };
  const back = { to: "#/", name: t.back };
  const view = await pageOf(now, put).catch((trouble) => plain(t.listTitle, told(trouble), back));
  if (!put(view)) return;
  now.changed = refresh;
  const said = toldOnce();
  if (said) document.getElementById("main")?.prepend(said);
}

/** The page that the address names. `wait` shows another until it is there. */
async function pageOf(now: Vault, wait: (view: HTMLElement) => void): Promise<HTMLElement> {
  const [place = "", what, from] = location.hash.replace(/^#\/?/, "").split("/");
  const words = await practice().catch(() => Promise.reject(new Offline()));
  if (place === "keep") {
    // A page about everything there is comes when everything is there.
    wait(plain(t.keepTitle, t.keepWait));
    await now.whole;
  }
  return open(now, words, place, what, from);
}

function open(now: Vault, words: Practice, place: string, what?: string, from?: string): HTMLElement | Promise<HTMLElement> {
  const item = what ? now.items.get(what) : undefined;
  const known = item && what;
  if (item?.unread) return unread(now, item);
  if (what && ID.test(what) && !known) return list(now);
  if (place === "line") return line(now);
  if (place === "page") return page(now, words, known);
  if (place === "stopped") return stopped(now, words);
  if (place === "ways") return what === "new" ? renewing(now) : ways(now);
  if (place === "keep") return keepPage(now, words);
  if (place === "raise" && known) return raise(now, words, known);
  if (place === "note" && known) return note(now, known);
  if (isSheet(place)) {
    if (place === "check" || known) return fillIn(now, words, place, known);
    return what === "new" ? fillIn(now, words, place, undefined, from) : overview(now, words, place);
  }
  return list(now);
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
void start();
