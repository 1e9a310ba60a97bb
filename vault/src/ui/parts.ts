// Parts that several forms have: the dial, feelings, how long to keep, saving with a draft behind it.

import type { Kind } from "../envelope";
import type { Vault } from "../open";
import type { Practice } from "../practice";
import { HEAVY, KEEP, until } from "../rules";
import { t } from "../texts/en";
import { field, h, newName } from "./dom";
import { grounding, people } from "./help";

/** Eleven buttons from 0 to 10, none of them pressed until one is. */
export function dial(question: string, practice: Practice, value: number | null, chosen: (value: number | null) => void, ends = true): HTMLElement {
  const name = newName("dial");
  const one = (label: string, at: number | null) =>
    h("label.dial", {}, h("input", { type: "radio", name, value: at ?? "", checked: at === value, onchange: () => chosen(at) }), h("span", {}, label));
  const { low, high, note } = practice.distress;
  return h(
    "fieldset.field",
    {},
    h("legend", {}, question),
    ends && h("p.hint", {}, `${low}. ${high}. ${note}`),
    h("div.dials", {}, Array.from({ length: 11 }, (_, at) => one(String(at), at)), one(t.dialNone, null)),
  );
}

/** The dial for distress, with what helps where it is heavy. */
export function distress(question: string, practice: Practice, vault: Vault, value: number | null, chosen: (value: number | null) => void, stop: () => void): HTMLElement {
  const place = h("div.folds", { "aria-live": "polite" });
  const look = (now: number | null) =>
    place.replaceChildren(...(now !== null && now >= HEAVY ? [grounding(practice, vault.state.movements, stop)] : []));
  look(value);
  const turned = (now: number | null) => {
    look(now);
    chosen(now);
  };
  return h("div.stack", {}, dial(question, practice, value, turned), place);
}

/** The list of feelings, as many as fit, with whom to turn to beside it. */
export function feelings(practice: Practice, vault: Vault, value: string[], own: string, chosen: (value: string[], own: string) => void): HTMLElement {
  const picked = new Set(value);
  const word = h("input", { type: "text", value: own, maxlength: 200 });
  word.value = own;
  const tell = () => chosen([...picked], word.value);
  word.addEventListener("input", tell);
  const box = (key: string, label: string) => {
    const turned = ({ target }: { target: HTMLInputElement }) => {
      if (target.checked) picked.add(key);
      else picked.delete(key);
      tell();
    };
    return h("label.check", {}, h("input", { type: "checkbox", checked: picked.has(key), onchange: turned }), h("span", {}, label));
  };
  const group = ({ title, words }: Practice["feelings"]["group"][number]) =>
    h("fieldset", {}, h("legend", {}, title), h("div.feelings", {}, words.map(({ key, word: label }) => box(key, label))));
  return h(
    "details",
    { open: value.length > 0 || own !== "" },
    h("summary", {}, practice.feelings.title),
    h("p.hint", {}, practice.feelings.lead),
    h("div.stack", {}, practice.feelings.group.map(group), field(t.entryFeelingsOwn, word), people(vault.state.movements)),
  );
}

/** How long something of a kind is kept, if nobody says otherwise. */
export const keepDays = (vault: Vault, kind: Kind): number => vault.setting<Record<string, number>>("keep", {})[kind] ?? KEEP[kind];

/** How long to keep a piece. Gives what was chosen when it is asked. */
export function keeping(vault: Vault, kind: Kind, now: string | null | undefined): { element: HTMLElement; until: () => string | null } {
  const select = h("select", {});
  if (now) select.append(h("option", { value: "as-is" }, t.keepAs(now)));
  const wanted = now === undefined ? keepDays(vault, kind) : 0;
  for (const [days, label] of t.keepChoices) select.append(h("option", { value: days, selected: !now && days === wanted }, label));
  const chosen = () => (select.value === "as-is" ? (now ?? null) : until(vault.today, Number(select.value)));
  return { element: field(t.keepUntil, select, t.keepHint), until: chosen };
}

/** Keeps what is being typed as a sealed draft, a moment after the last key. */
export class Draft<T> {
  /** The one that was touched last, for when the page is left or locked. */
  private static latest: Draft<any> | null = null;

  static flush = async (): Promise<void> => {
    if (Draft.latest?.timer) await Draft.latest.now();
  };

  private timer = 0;
  private kept: Promise<void> = Promise.resolve();

  constructor(
    private readonly vault: Vault,
    private readonly name: string,
    private readonly value: () => T,
  ) {}

  touch = (): void => {
    Draft.latest = this;
    clearTimeout(this.timer);
    this.timer = window.setTimeout(this.now, 400);
  };

  now = (): Promise<void> => {
    clearTimeout(this.timer);
    this.timer = 0;
    const { vault, name, value } = this;
    if (vault.isOpen) this.kept = this.kept.then(async () => void (await vault.local.keepDraft(name, value())));
    return this.kept;
  };

  /** What was typed is saved as a piece now. */
  async done(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = 0;
    await this.kept;
    await this.vault.local.dropDraft(this.name);
  }
}
