// The ways in: what opens this place, where it is open, new words and a new code.

import { makeCode, makeSalt, makeWords, normaliseWords, readCode } from "../../../crates/app/assets/key.js";
import { ask, type State } from "../api";
import type { Vault } from "../open";
import { t } from "../texts/en";
import { crumb, field, h, once, Say, show, stitch, unprinted } from "./dom";
import { addPasskey, canPasskey, renew, Told, told } from "./keys";

export async function ways(vault: Vault, said = ""): Promise<void> {
  const state = await ask<State>("/api/vault").catch(() => null);
  show(
    h(
      "div.narrow.stack",
      {},
      crumb("#/", t.listTitle),
      h("h1", {}, t.waysTitle),
      said && h("p.note.m", { role: "status" }, said),
      h("p.lead", {}, t.waysLead),
      h("ul.plain.stack", {}, h("li.card", {}, t.waysWords), h("li.card", {}, t.waysCode), vault.state.passkeys.map(({ credential }) => passkey(vault, credential))),
      adding(vault, state),
      stitch(),
      state && doors(vault, state),
      stitch(),
      h("section.stack", {}, h("h2", {}, t.waysNew), h("p", {}, t.waysNewWhat), h("div.row", {}, h("a.btn", { href: "#/ways/new" }, t.waysNewGo))),
      h("p.note.r", {}, t.beginLost),
    ),
  );
}

/** A form with one button. */
function act(name: string, work: () => Promise<unknown>, kind = ""): HTMLElement {
  const say = new Say();
  const form = h("form.stack", { onsubmit: (event: Event) => (event.preventDefault(), void once(form, say, t.busy, work, told)) });
  form.append(h("div.row", {}, h(`button.btn${kind}` as "button", {}, name)), say.element);
  return form;
}

function passkey(vault: Vault, credential: string): HTMLElement {
  const drop = async () => {
    await ask("/api/vault/passkeys/remove", { guard: vault.proof, credential });
    vault.state.passkeys = vault.state.passkeys.filter((one) => one.credential !== credential);
    await vault.rememberWays();
    await ways(vault, t.waysPasskeyDropped);
  };
  return h("li.card.stack", {}, h("p", {}, t.waysPasskey), act(t.waysPasskeyDrop, drop, ".quiet"));
}

function adding(vault: Vault, state: State | null): HTMLElement {
  const known = new Set(vault.state.passkeys.map(({ credential }) => credential));
  const others = (state?.passkeys ?? []).filter((credential) => !known.has(credential));
  const add = async () => {
    await addPasskey(vault, others);
    await ways(vault, t.waysPasskeyAdded);
  };
  const first = h("p.soft", {}, `${t.waysPasskeyFirst} `, h("a", { href: "/account" }, t.waysPasskeyAccount));
  const can = canPasskey() && others.length > 0;
  return h("div.stack", {}, h("p.soft", {}, t.waysPasskeyNone), can ? act(t.waysPasskeyAdd, add) : !known.size && first);
}

function doors(vault: Vault, { doors: all }: State): HTMLElement {
  const close = async () => {
    await ask("/api/vault/lock", { which: "others" });
    await ways(vault, t.waysDoorsClosed);
  };
  const one = ({ day, here }: State["doors"][number]) => h("li", {}, t.waysDoor(day), " ", here && h("span.tag.m", {}, t.waysHere));
  const others = all.some(({ here }) => !here);
  return h("section.stack", {}, h("h2", {}, t.waysDoors), h("ul.plain", {}, all.map(one)), others && act(t.waysDoorsClose, close));
}

const typed = () => h("input", { type: "text", autocomplete: "off", autocapitalize: "none", spellcheck: "false", required: true });

/** New words and a new code, each typed back once, proved by the old ones. */
export async function renewing(vault: Vault): Promise<void> {
  const list = (await (await fetch("words.txt")).text()).trim().split("\n");
  const [words, code] = [makeWords(list), makeCode()];
  const [proof, againWords, againCode, say] = [typed(), typed(), typed(), new Say()];
  const work = async () => {
    if (normaliseWords(againWords.value) !== normaliseWords(words.join(" "))) throw new Told(t.waysMismatchWords);
    if (String(readCode(againCode.value)) !== String(readCode(code))) throw new Told(t.waysMismatchCode);
    await renew(vault, proof.value, words.join(" "), code, makeSalt());
    for (const input of [proof, againWords, againCode]) input.value = "";
    history.replaceState(null, "", "#/ways");
    await ways(vault, t.waysChanged);
  };
  const form = h(
    "form.card.stack",
    { onsubmit: (event: Event) => (event.preventDefault(), void once(form, say, t.busy, work, told)) },
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
  show(h("div.narrow.stack", {}, crumb("#/ways", t.waysTitle), h("h1", {}, t.waysNew), h("p.lead.no-print", {}, t.waysNewWhat), form));
}
