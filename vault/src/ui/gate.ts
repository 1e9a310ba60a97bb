// Before anything is open: signing in, making one's place, opening it.

import type { State } from "../api";
import { Device, type Kept, type Waiting } from "../device";
import type { Vault } from "../open";
import { t } from "../texts/en";
import { act, field, form, h, Say, secret, stitch } from "./dom";
import { begin, canPasskey, open, openByPasskey } from "./keys";

/** A page with one sentence and perhaps a way on. */
export function plain(title: string, lead: string, way?: { to: string; name: string }): HTMLElement {
  return h("div.narrow.stack", {}, h("h1", {}, title), h("p.lead", {}, lead), way && h("div.row", {}, h("a.btn.go", { href: way.to }, way.name)));
}

/** Makes one's place: what it is, what it is not, both ways typed once. */
export function beginning(state: State, done: (vault: Vault) => void, why: string): HTMLElement {
  const [words, code, say] = [secret(), secret(), new Say(t.beginMaking)];
  code.setAttribute("autocapitalize", "characters");
  const work = async () => {
    const vault = await begin(state, words.value, code.value);
    words.value = code.value = "";
    done(vault);
  };
  const typing = form(
    ".card.stack",
    say,
    work,
    field(t.beginWords, words, t.openHint),
    field(t.beginCode, code, t.beginCodeHint),
    say.element,
    h("p.readers", {}, t.readersMe),
    h("div.row", {}, h("button.btn.go", {}, t.beginGo)),
  );
  return h(
    "div.narrow.stack",
    {},
    h("h1", {}, t.beginTitle),
    why && h("p.note.i", { role: "status" }, why),
    h("p.lead", {}, t.beginLead),
    h("p", {}, t.beginWays),
    h("p.note.r", {}, h("strong", {}, t.beginLost)),
    h("p.note.o", {}, t.beginLaw),
    typing,
    h("p.soft", {}, t.beginNoCode, " ", h("a", { href: "/account/words" }, t.beginNoCodeGo)),
    stitch(),
    h("p.soft", {}, t.beginHonest),
  );
}

/** Opens what is locked. `why` says why it is. */
export function locked(state: State | null, local: Kept | null, done: (vault: Vault) => void, why: string): HTMLElement {
  const device = new Device((state ?? local)!.account);
  const [typed, say] = [secret(), new Say()];
  const by = (act: () => Promise<Vault>) => async () => {
    const vault = await act();
    typed.value = "";
    done(vault);
  };
  const words = by(() => open(state, device, typed.value));
  const typing = form(
    ".card.stack",
    say,
    words,
    field(t.openLabel, typed, t.openHint),
    say.element,
    h("div.row", {}, h("button.btn.go", {}, t.openGo)),
  );
  const passkeys = (state?.keyring ?? local)?.passkeys ?? [];
  return h(
    "div.narrow.stack",
    {},
    h("h1", {}, t.openTitle),
    h("p.lead", {}, t.openLead((state ?? local)!.handle)),
    why && h("p.note.i", { role: "status" }, why),
    !state && h("p.note.o", {}, t.openOffline),
    typing,
    passkeys.length > 0 && canPasskey() && act(t.openPasskey, by(() => openByPasskey(state, device))),
    h("p.soft", {}, t.openLost),
    local && forgetting(device),
  );
}

/** Takes what is kept off the device; asks twice where something would be lost. */
function forgetting(device: Device): HTMLElement {
  const say = new Say();
  const sure = h("input", { type: "checkbox" });
  const asked = h("label.check", { hidden: true }, sure, h("span", {}, t.forgetSure));
  const forget = async () => {
    const waiting = await device.all<Waiting>("waiting").catch(() => []);
    if (waiting.length && !sure.checked) {
      asked.hidden = false;
      return say.say(t.forgetWaiting, "error");
    }
    await device.forget();
    say.say(t.forgetDone);
  };
  return h("details", {}, h("summary", {}, t.forgetTitle), h("div.stack", {}, h("p", {}, t.forgetWhat), asked, h("div.row", {}, h("button.btn", { type: "button", onclick: forget }, t.forgetGo)), say.element));
}
