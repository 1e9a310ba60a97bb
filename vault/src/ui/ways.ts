// The ways in: what opens this place, where it is open, new words and a new code.

import { makeCode, makeSalt, makeWords, normaliseWords, readCode } from "../../../crates/app/assets/key.js";
import { ask, type State } from "../api";
import type { Vault } from "../open";
import { t } from "../texts/en";
import { act, crumb, field, form, h, Say, secret, stitch, unprinted } from "./dom";
import { addPasskey, canPasskey, renew } from "./keys";
import { goOn } from "./saving";
import { Told } from "./told";

export function ways(vault: Vault): HTMLElement {
  // What only the server knows comes when it answers; nobody has to wait for it.
  const more = h("div.stack.folds");
  const fill = (state: State | null) => more.replaceChildren(adding(vault, state), ...(state ? [stitch(), doors(state)] : []));
  void ask<State>("/api/vault").then(fill, () => fill(null));
  return h(
    "div.narrow.stack",
    {},
    crumb("#/", t.listTitle),
    h("h1", {}, t.waysTitle),
    h("p.lead", {}, t.waysLead),
    h("ul.plain.stack", {}, h("li.card", {}, t.waysWords), h("li.card", {}, t.waysCode), vault.state.passkeys.map(({ credential }) => passkey(vault, credential))),
    more,
    stitch(),
    h("section.stack", {}, h("h2", {}, t.waysNew), h("p", {}, t.waysNewWhat), h("div.row", {}, h("a.btn", { href: "#/ways/new" }, t.waysNewGo))),
    h("p.note.r", {}, t.beginLost),
  );
}

const HERE = "#/ways";

function passkey(vault: Vault, credential: string): HTMLElement {
  const drop = async (from: HTMLElement) => {
    await ask("/api/vault/passkeys/remove", { guard: vault.ring.guard, credential });
    vault.state.passkeys = vault.state.passkeys.filter((one) => one.credential !== credential);
    await vault.ring.remember();
    goOn(from, HERE, t.waysPasskeyDropped);
  };
  return h("li.card.stack", {}, h("p", {}, t.waysPasskey), act(t.waysPasskeyDrop, drop, ".quiet"));
}

function adding(vault: Vault, state: State | null): HTMLElement {
  const known = new Set(vault.state.passkeys.map(({ credential }) => credential));
  const others = (state?.passkeys ?? []).filter((credential) => !known.has(credential));
  const add = async (from: HTMLElement) => {
    await addPasskey(vault, others);
    goOn(from, HERE, t.waysPasskeyAdded);
  };
  const first = h("p.soft", {}, `${t.waysPasskeyFirst} `, h("a", { href: "/account" }, t.waysPasskeyAccount));
  const can = canPasskey() && others.length > 0;
  return h("div.stack", {}, h("p.soft", {}, t.waysPasskeyNone), can ? act(t.waysPasskeyAdd, add) : !known.size && first);
}

function doors({ doors: all }: State): HTMLElement {
  const close = async (from: HTMLElement) => {
    await ask("/api/vault/lock", { which: "others" });
    goOn(from, HERE, t.waysDoorsClosed);
  };
  const one = ({ day, here }: State["doors"][number]) => h("li", {}, t.waysDoor(day), " ", here && h("span.tag.m", {}, t.waysHere));
  const others = all.some(({ here }) => !here);
  return h("section.stack", {}, h("h2", {}, t.waysDoors), h("ul.plain", {}, all.map(one)), others && act(t.waysDoorsClose, close));
}

/** New words and a new code, each typed back once, proved by the old ones. */
export async function renewing(vault: Vault): Promise<HTMLElement> {
  const list = (await (await fetch("words.txt")).text()).trim().split("\n");
  const [words, code] = [makeWords(list), makeCode()];
  const [proof, againWords, againCode, say] = [secret(), secret(), secret(), new Say()];
  const work = async (from: HTMLElement) => {
    if (normaliseWords(againWords.value) !== normaliseWords(words.join(" "))) throw new Told(t.waysMismatchWords);
    if (String(readCode(againCode.value)) !== String(readCode(code))) throw new Told(t.waysMismatchCode);
    await renew(vault, proof.value, words.join(" "), code, makeSalt());
    for (const input of [proof, againWords, againCode]) input.value = "";
    // The words that were shown are not to be come back to.
    if (from.isConnected) history.replaceState(null, "", HERE);
    goOn(from, HERE, t.waysChanged);
  };
  const asking = form(
    ".card.stack",
    say,
    work,
    // Words are written by hand: on one sheet with the code, whoever finds it has both.
    h(
      "div.stack.no-print",
      {},
      h("h2", {}, t.waysNewWords),
      h("p", {}, t.waysNewWordsWhat),
      h("ol.words", { "data-words": "" }, words.map((word) => h("li", {}, word))),
      field(t.waysAgainWords, againWords),
    ),
    h("h2", {}, t.waysNewCode),
    h("p", {}, t.waysNewCodeWhat),
    h("output.code", { "data-code": "" }, code),
    h("div.row", {}, h("button.btn.quiet", { type: "button", onclick: () => print() }, t.waysPrintCode)),
    unprinted(field(t.waysAgainCode, againCode)),
    unprinted(field(t.waysProof, proof)),
    h("p.note.r", {}, t.beginLost),
    say.element,
    h("div.row", {}, h("button.btn.go", {}, t.waysFinish)),
  );
  return h("div.narrow.stack", {}, crumb(HERE, t.waysTitle), h("h1", {}, t.waysNew), h("p.lead.no-print", {}, t.waysNewWhat), asking);
}
