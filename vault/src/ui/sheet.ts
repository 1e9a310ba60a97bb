// The inventories: sheets of questions with a list before each. Nothing in them flows on by itself.

import { draftName } from "../drafts";
import type { Kind } from "../envelope";
import type { Item, Vault } from "../open";
import type { Practice, Question, Sheet } from "../practice";
import { tooMuchBlame } from "../rules";
import { t } from "../texts/en";
import { crumb, field, form, h, live, newName, Say } from "./dom";
import { besides, parted, stopping } from "./entry";
import { byWeek, newest } from "./list";
import { dial, distress, Draft, feelings, keeping } from "./parts";
import { safetyPart } from "./safety";
import { afterSaving, destroying } from "./saving";

export type Answers = Record<string, string | string[] | number | null>;
export type SheetKind = "inventory" | "list" | "amends" | "check";

export interface Filled {
  answers: Answers;
  /** What it was begun from: a piece of another sheet. */
  from?: string;
  period?: "day" | "week";
  safety?: Record<string, string>;
  before?: number | null;
  after?: number | null;
  [more: string]: unknown;
}

const texts = {
  inventory: { make: t.inventoryNew, none: t.inventoryNone },
  list: { make: t.listNew, none: t.listNoneYet },
  amends: { make: t.amendsNew, none: t.amendsNone },
};

/** Everything of one sheet. */
export function overview(vault: Vault, practice: Practice, kind: "inventory" | "list" | "amends"): HTMLElement {
  const sheet = practice[kind];
  const place = h("div.stack");
  const fill = () => {
    const all = newest(vault.items.values()).filter((item) => item.kind === kind);
    const none = h("p.soft", {}, texts[kind].none);
    place.replaceChildren(...(kind === "inventory" ? mineAndOurs(all) : [all.length ? byWeek(all) : none]));
  };
  fill();
  return h(
    "div.narrow.stack",
    {},
    crumb("#/", t.listTitle),
    h("h1", {}, sheet.title),
    h("p.lead", {}, sheet.lead),
    cautions(sheet),
    h("div.row", {}, h("a.btn.go", { href: `#/${kind}/new` }, texts[kind].make)),
    live(place, fill),
  );
}

function mineAndOurs(all: Item[]): HTMLElement[] {
  const scope = ({ body }: Item) => (body as unknown as Filled).answers?.scope ?? "mine";
  const part = (title: string, wanted: string) => {
    const some = all.filter((item) => scope(item) === wanted);
    return h("section.stack", {}, h("h2", {}, title), some.length ? byWeek(some) : h("p.soft", {}, t.inventoryNone));
  };
  return [part(t.inventoryMine, "mine"), part(t.inventoryOurs, "ours")];
}

/** One sheet to fill in: new, begun from another piece, or one that is there. */
export async function fillIn(vault: Vault, practice: Practice, kind: SheetKind, id?: string, from?: string): Promise<HTMLElement> {
  const item = id ? vault.items.get(id) : undefined;
  const name = draftName(kind, id, from);
  const dial = id && (await vault.local.dials())[id];
  const filled: Filled = { answers: {}, from, ...(item?.body as object | undefined), ...dial, ...(await vault.local.draft<object>(name)) };
  const draft = new Draft(vault, name, () => filled);
  const stop = stopping(draft);
  const say = new Say();
  const keep = keeping(vault, kind, item ? item.until : undefined);
  const save = async (asked: HTMLElement) => {
    if (!isFilled(filled.answers)) return say.say(t.empty, "error");
    if (kind === "inventory" && tooMuchBlame(filled.answers)) {
      asked.querySelector<HTMLElement>('[data-key="not-my-part"]')?.focus();
      return say.say(t.inventoryBlame, "error");
    }
    const [body, turned] = parted(filled);
    const kept = await vault.save(kind, body, keep.until(), id);
    await vault.local.keepDial(kept, turned);
    await draft.done();
    afterSaving(vault, asked, kind === "check" ? "#/" : nextOf(kind, kept, filled));
  };
  const sheet = practice[kind];
  const asking = form(
    ".stack",
    say,
    save,
    kind === "check" && period(filled, draft),
    kind === "amends" && whichLine(vault, filled, draft),
    kind !== "check" && distress(t.dialBefore, practice, vault, filled.before ?? null, (before) => ((filled.before = before), draft.touch()), stop),
    questions(sheet, practice, vault, filled.answers, draft.touch),
    kind === "amends" && safetyPart(vault, practice, filled, draft.touch),
    kind !== "check" && distress(t.dialAfter, practice, vault, filled.after ?? null, (after) => ((filled.after = after), draft.touch()), stop),
    keep.element,
    say.element,
    h("p.readers", {}, t.readersMe),
    h("div.row", {}, h("button.btn.go", {}, t.save), kind === "check" && h("a.btn.quiet", { href: "#/" }, t.checkSkip)),
  );
  const back = kind === "check" ? crumb("#/", t.listTitle) : crumb(`#/${kind}`, sheet.title);
  return h("div.narrow.stack", {}, back, h("h1", {}, headOf(kind, sheet, filled)), h("p.lead", {}, sheet.lead), cautions(sheet), besides(item), asking, onward(kind, item), item && destroying(vault, item));
}

const headOf = (kind: SheetKind, sheet: Sheet, { period: of }: Filled): string => (kind === "check" && of === "week" ? (sheet.title_week ?? sheet.title) : sheet.title);

/** What to be careful about; on each of the sheets, that no lock helps in a court. */
const cautions = ({ caution, stop }: Partial<Sheet>): HTMLElement => h("div.note.o.stack.tight", {}, h("p", {}, h("strong", {}, t.law)), (caution || stop) && h("p", {}, [caution, stop].filter(Boolean).join(" ")));

const isFilled = (answers: Answers): boolean => Object.values(answers).some((answer) => (Array.isArray(answer) ? answer.length : answer !== null && String(answer).trim()));

/** Back to what was saved where there is a choice to make with it, else to the sheet's list. */
const nextOf = (kind: SheetKind, id: string, { answers }: Filled): string =>
  kind === "inventory" && ["talk", "list", "raise"].includes(String(answers.next)) ? `#/inventory/${id}` : `#/${kind}`;

/** What can be made of a piece that is there: always a link, never by itself. */
function onward(kind: SheetKind, item: Item | undefined): HTMLElement | null {
  if (!item) return null;
  const next = String((item.body as unknown as Filled).answers?.next ?? "");
  const way = (to: string, name: string) => h("div.row", {}, h("a.btn", { href: to }, name));
  if (kind === "inventory" && next === "list") return way(`#/list/new/${item.id}`, t.inventoryToList);
  if (kind === "inventory" && next === "raise") return way(`#/raise/${item.id}`, t.inventoryToRaise);
  if (kind === "inventory" && next === "talk") return h("p.note.i", {}, t.inventoryTalk);
  if (kind === "list") return way(`#/amends/new/${item.id}`, t.listPlan);
  return null;
}

function period(filled: Filled, draft: Draft<unknown>): HTMLElement {
  const name = newName("period");
  filled.period ??= "day";
  const one = (key: "day" | "week", word: string) =>
    h("label.check", {}, h("input", { type: "radio", name, checked: filled.period === key, onchange: () => ((filled.period = key), draft.touch()) }), h("span", {}, word));
  return h("fieldset.field", {}, h("legend", {}, t.checkFor), one("day", t.checkDay), one("week", t.checkWeek));
}

/** Which line of the list a plan is about. */
function whichLine(vault: Vault, filled: Filled, draft: Draft<unknown>): HTMLElement {
  const word = ({ body }: Item) => String((body as unknown as Filled).answers?.alias || t.aliasEmpty);
  const select = h("select");
  const fill = () => {
    const lines = newest(vault.items.values()).filter(({ kind }) => kind === "list");
    const options = lines.map((line) => h("option", { value: line.id, selected: line.id === filled.from }, word(line)));
    if (options.length + 1 !== select.options.length) select.replaceChildren(h("option", { value: "" }, t.amendsNoLine), ...options);
  };
  fill();
  live(select, () => (fill(), select.form?.dispatchEvent(new Event("line"))));
  const turned = () => {
    filled.from = select.value || undefined;
    select.form?.dispatchEvent(new Event("line"));
    draft.touch();
  };
  select.addEventListener("change", turned);
  return field(t.amendsWhich, select);
}

/** The questions of a sheet, each with its kind of answer. */
export function questions(sheet: Sheet, practice: Practice, vault: Vault, answers: Answers, touch: () => void): HTMLElement {
  const set = (key: string, value: Answers[string]) => {
    answers[key] = value;
    touch();
  };
  return h("div.stack", {}, sheet.question.map((question) => one(question, practice, vault, answers, set)));
}

function one(question: Question, practice: Practice, vault: Vault, answers: Answers, set: (key: string, value: Answers[string]) => void): HTMLElement {
  const { key, question: asks, hint, answer } = question;
  const now = answers[key];
  if (answer === "text") return textual(question, String(now ?? ""), (text) => set(key, text));
  if (answer === "dial") return dial(hint ? `${asks}. ${hint}` : asks, practice, (now as number | null) ?? null, (value) => set(key, value), false);
  if (answer === "feelings") {
    const own = String(answers[`${key}-own`] ?? "");
    return feelings(practice, vault, (now as string[] | null) ?? [], own, (all, word) => (set(key, all), set(`${key}-own`, word)));
  }
  return choosing(question, now, (value) => set(key, value));
}

function textual({ key, question, hint }: Question, value: string, set: (text: string) => void): HTMLElement {
  const short = ["alias", "clear-with"].includes(key);
  const input = short ? h("input", { type: "text", maxlength: 100, autocomplete: "off", "data-key": key }) : h("textarea.brief", { rows: 2, maxlength: 20_000, "data-key": key });
  input.value = value;
  input.addEventListener("input", () => set(input.value));
  return field(question, input, hint);
}

function choosing({ question, hint, answer, choices = [] }: Question, now: Answers[string] | undefined, set: (value: Answers[string]) => void): HTMLElement {
  const [name, many] = [newName("choice"), answer === "many"];
  const picked = new Set(Array.isArray(now) ? now : now ? [String(now)] : []);
  const turned = (key: string, on: boolean) => {
    if (!many) picked.clear();
    if (on) picked.add(key);
    else picked.delete(key);
    set(many ? [...picked] : key);
  };
  const box = ({ key, word }: { key: string; word: string }) => {
    const change = ({ target }: { target: HTMLInputElement }) => turned(key, target.checked);
    return h("label.check", {}, h("input", { type: many ? "checkbox" : "radio", name, checked: picked.has(key), onchange: change }), h("span", {}, word));
  };
  return h("fieldset.field", {}, h("legend", {}, question), hint && h("p.hint", {}, hint), choices.map(box));
}

/** Chooses what of an inventory to raise one day; it ends in a sealed note of one's own. */
export function raise(vault: Vault, practice: Practice, id: string): HTMLElement {
  const item = vault.items.get(id);
  const answers = ((item?.body as unknown as Filled | undefined)?.answers ?? {}) as Answers;
  const asked = practice.inventory.question.filter(({ key, answer }) => answer === "text" && String(answers[key] ?? "").trim());
  const picked = new Set<string>();
  const box = ({ key, question }: Question) => {
    const change = ({ target }: { target: HTMLInputElement }) => (target.checked ? picked.add(key) : picked.delete(key));
    return h("label.check", {}, h("input", { type: "checkbox", onchange: change }), h("span", {}, h("strong", {}, question), h("br"), String(answers[key])));
  };
  const own = h("textarea", { rows: 4, maxlength: 20_000 });
  const say = new Say();
  const keep = keeping(vault, "note", undefined);
  const save = async (from: HTMLElement) => {
    const chosen = asked.filter(({ key }) => picked.has(key)).map(({ key, question }) => `${question}\n${String(answers[key])}`);
    const text = [...chosen, own.value.trim()].filter(Boolean).join("\n\n");
    if (!text) return say.say(t.empty, "error");
    await vault.save("note", { text, from: id }, keep.until());
    afterSaving(vault, from);
  };
  const asking = form(
    ".stack",
    say,
    save,
    h("fieldset.field", {}, h("legend", {}, t.raiseTitle), asked.map(box)),
    field(t.raiseNote, own),
    keep.element,
    say.element,
    h("p.readers", {}, t.readersMe),
    h("div.row", {}, h("button.btn.go", {}, t.raiseGo)),
  );
  return h("div.narrow.stack", {}, crumb(`#/inventory/${id}`, practice.inventory.title), h("h1", {}, t.raiseTitle), h("p.lead", {}, t.raiseLead), cautions({}), asking);
}

/** A sealed note, as it was kept. */
export function note(vault: Vault, id: string): HTMLElement {
  const item = vault.items.get(id);
  const lines = String(item?.body.text ?? "").split("\n");
  return h("div.narrow.stack", {}, crumb("#/", t.listTitle), h("h1", {}, t.noteTitle), h("p.lead", {}, t.noteLead), h("div.card.prose", {}, lines.map((line) => h("p", {}, line))), item && destroying(vault, item));
}

export const isSheet = (kind: string): kind is SheetKind & Kind => ["inventory", "list", "amends", "check"].includes(kind);
