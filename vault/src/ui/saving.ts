// After saving, and letting one piece go.

import { Offline } from "../api";
import type { Item, Vault } from "../open";
import { t } from "../texts/en";
import { h, Say } from "./dom";
import { told } from "./told";

/** What the next page tells. */
let telling = "";

/** Goes on from a page, if it is still there, and has the next one tell what happened. */
export function goOn(from: HTMLElement, to: string, text: string): void {
  telling = text;
  if (!from.isConnected) return;
  if (location.hash === to) dispatchEvent(new Event("hashchange"));
  else location.hash = to;
}

export function afterSaving({ line }: Vault, from: HTMLElement, to = "#/"): void {
  const here = line.refusal ? t.savedUnsent : t.savedHere;
  goOn(from, to, line.online && navigator.onLine && !line.refusal ? t.saved : here);
}

/** What was just done, once. */
export function toldOnce(): HTMLElement | null {
  const text = telling;
  telling = "";
  return text ? h("p.note.m", { role: "status" }, text) : null;
}

/** A button that destroys one piece, after asking. */
export function destroying(vault: Vault, item: Item): HTMLElement {
  const say = new Say();
  const place = h("div.row");
  const go = async () => {
    try {
      await vault.destroy([item.id]);
      goOn(place, "#/", t.letGoDone);
    } catch (trouble) {
      say.say(trouble instanceof Offline ? t.letGoOffline : told(trouble), "error");
    }
  };
  const ask = () => {
    const no = h("button.btn", { type: "button", onclick: rest }, t.letGoNo);
    place.replaceChildren(h("p", {}, t.letGoSure), h("button.btn.grave", { type: "button", onclick: go }, t.letGoYes), no);
    no.focus();
  };
  const rest = () => {
    place.replaceChildren(h("button.btn.quiet", { type: "button", onclick: ask }, t.letGo));
    place.querySelector("button")?.focus();
  };
  place.append(h("button.btn.quiet", { type: "button", onclick: ask }, t.letGo));
  return h("div.stack", {}, place, say.element);
}
