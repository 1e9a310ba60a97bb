// After saving, and letting one piece go.

import { Offline } from "../api";
import type { Item, Vault } from "../open";
import { t } from "../texts/en";
import { h, Say } from "./dom";
import { told } from "./keys";

/** What the next page tells. */
let telling = "";

export function afterSaving(vault: Vault, to = "#/"): void {
  telling = vault.online && navigator.onLine ? t.saved : t.savedHere;
  location.hash = to;
}

export function tell(text: string): void {
  telling = text;
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
      tell(t.letGoDone);
      location.hash = "#/";
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
