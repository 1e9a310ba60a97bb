// One line, one page: free writing with a question from a step or none, feelings, the dial before and after.

import { draftName } from "../drafts";
import type { Dial } from "../local";
import type { Item, Vault } from "../open";
import type { Practice } from "../practice";
import { t } from "../texts/en";
import { crumb, field, form, h, Say } from "./dom";
import { distress, Draft, feelings, keeping } from "./parts";
import { afterSaving, destroying } from "./saving";
import { grounding } from "./help";

interface Entry extends Dial {
  form: "entry" | "line";
  step: number | null;
  prompt: string;
  text: string;
  feelings: string[];
  feelingsOwn: string;
}

const EMPTY: Entry = { form: "entry", step: null, prompt: "", text: "", feelings: [], feelingsOwn: "", before: null, after: null };

/** The most characters of one piece. */
export const MOST = 100_000;

/** What is sealed and sent, and what stays on this device. */
export function parted<T extends Partial<Dial>>({ before = null, after = null, ...body }: T): [Omit<T, keyof Dial>, Dial] {
  return [body, { before, after }];
}

/** The page that is shown when writing was stopped because it was heavy. */
export const stopped = (vault: Vault, practice: Practice): HTMLElement =>
  h(
    "div.narrow.stack",
    {},
    h("h1", {}, practice.grounding.title),
    h("p.soft", {}, t.groundKept),
    grounding(practice, vault.state.movements, null),
    h("div.row", {}, h("a.btn", { href: "#/" }, t.groundBack)),
  );

/** Keeps what was begun, and goes there. */
export const stopping = (draft: Draft<unknown>) => async (): Promise<void> => {
  await draft.now();
  location.hash = "#/stopped";
};

/** One private line, in a minute. */
export async function line(vault: Vault): Promise<HTMLElement> {
  const entry: Entry = { ...EMPTY, form: "line", ...(await vault.local.draft<Partial<Entry>>(draftName("line"))) };
  const text = h("input", { type: "text", maxlength: 500, autocomplete: "off", "data-first": "" });
  text.value = entry.text;
  const draft = new Draft(vault, draftName("line"), () => entry);
  text.addEventListener("input", () => ((entry.text = text.value), draft.touch()));
  const say = new Say();
  const save = async (from: HTMLElement) => {
    if (!entry.text.trim()) return say.say(t.empty, "error");
    await vault.save("journal", parted(entry)[0], keep.until());
    await draft.done();
    afterSaving(vault, from);
  };
  const keep = keeping(vault, "journal", undefined);
  const asking = form(
    ".card.stack",
    say,
    save,
    field(t.lineLabel, text),
    say.element,
    h("p.readers", {}, t.readersMe),
    h("div.row", {}, h("button.btn.go", {}, t.save)),
  );
  return h("div.narrow.stack", {}, crumb("#/", t.listTitle), h("h1", {}, t.lineTitle), h("p.lead", {}, t.lineLead), asking);
}

/** A page: new, or one that is there. */
export async function page(vault: Vault, practice: Practice, id?: string): Promise<HTMLElement> {
  const item = id ? vault.items.get(id) : undefined;
  const name = draftName("page", id);
  const dial = id && (await vault.local.dials())[id];
  const entry: Entry = { ...EMPTY, ...(item?.body as Partial<Entry>), ...dial, ...(await vault.local.draft<Partial<Entry>>(name)) };
  const draft = new Draft(vault, name, () => entry);
  const change = (some: Partial<Entry>) => (Object.assign(entry, some), draft.touch());
  const stop = stopping(draft);
  const text = h("textarea", { rows: 10, maxlength: MOST });
  text.value = entry.text;
  text.addEventListener("input", () => change({ text: text.value }));
  const keep = keeping(vault, "journal", item ? item.until : undefined);
  const say = new Say();
  const save = async (from: HTMLElement) => {
    if (!entry.text.trim() && !entry.feelings.length) return say.say(t.empty, "error");
    const [body, turned] = parted({ ...item?.body, ...entry });
    const kept = await vault.save("journal", body, keep.until(), id);
    await vault.local.keepDial(kept, turned);
    await draft.done();
    afterSaving(vault, from);
  };
  const asking = form(
    ".stack",
    say,
    save,
    prompts(practice, entry, change),
    distress(t.dialBefore, practice, vault, entry.before, (before) => change({ before }), stop),
    field(t.entryText, text, t.drafting),
    feelings(practice, vault, entry.feelings, entry.feelingsOwn, (all, own) => change({ feelings: all, feelingsOwn: own })),
    distress(t.dialAfter, practice, vault, entry.after, (after) => change({ after }), stop),
    keep.element,
    say.element,
    h("p.readers", {}, t.readersMe),
    h("div.row", {}, h("button.btn.go", {}, t.save)),
  );
  const title = item ? t.entryEdit : t.entryTitle;
  return h("div.narrow.stack", {}, crumb("#/", t.listTitle), h("h1", {}, title), besides(item), asking, item && destroying(vault, item));
}

/** Says of a piece that another was written at the same time. */
export const besides = (item: Item | undefined): HTMLElement | null => (item?.body.beside ? h("p.note.i", {}, t.beside) : null);

/** A question of one of the steps to begin with, or none. The one chosen stands above the text. */
function prompts(practice: Practice, entry: Entry, change: (some: Partial<Entry>) => void): HTMLElement {
  const select = h("select", {}, h("option", { value: "" }, t.entryNoPrompt));
  for (const { number, title, prompts: all } of practice.steps) {
    const options = all.map((prompt) => h("option", { value: prompt, selected: prompt === entry.prompt }, prompt));
    select.append(h("optgroup", { label: t.entryStep(number, title) }, options));
  }
  const shown = h("p.lead.prompt.folds", { "aria-live": "polite" }, entry.prompt);
  const cautions = h("ul.plain.why.folds");
  const look = () => {
    const step = practice.steps.find(({ prompts: all }) => all.includes(select.value));
    shown.textContent = select.value;
    cautions.replaceChildren(...(step?.cautions ?? []).map((caution) => h("li", {}, caution)));
    return step;
  };
  look();
  select.addEventListener("change", () => change({ prompt: select.value, step: look()?.number ?? null }));
  return h("div.stack", {}, field(t.entryPrompt, select), shown, cautions);
}
