// What one has written, newest first, and what one can write.

import { pieceOf } from "../drafts";
import type { Item, Vault } from "../open";
import { daysOff, found, week } from "../rules";
import type { Refusal } from "../sync";
import { t } from "../texts/en";
import { field, h, live, stitch } from "./dom";

/** So many are shown at first; a long list would tire phones and eyes. */
const FIRST = 40;

const words = (value: unknown): string =>
  typeof value === "string" ? value : Array.isArray(value) ? value.map(words).join(" ") : value && typeof value === "object" ? Object.values(value).map(words).join(" ") : "";

/** The first line of a piece, for a list. */
function titleOf({ kind, body }: Item): string {
  const answers = (body.answers ?? {}) as Record<string, string>;
  const named = kind === "list" ? answers.alias : kind === "amends" ? answers.own : kind === "inventory" ? answers["what-happened"] : undefined;
  const text = words(named ?? body.text ?? Object.values(answers).find((answer) => typeof answer === "string" && answer.length > 5));
  const line = text.trim().split("\n")[0] ?? "";
  return line.length > 90 ? `${line.slice(0, 88)}…` : line || (kind ? t.kinds[kind] : t.listUnread);
}

/** Where a piece is opened. */
const addressOf = ({ kind, id }: Item): string => `#/${kind === "journal" ? "page" : (kind ?? "unread")}/${id}`;

const kindOf = ({ kind, body }: Item): string => (kind === "journal" && body.form === "line" ? t.lineKind : kind ? t.kinds[kind] : "");

export const newest = (items: Iterable<Item>): Item[] => [...items].sort((a, b) => b.time.localeCompare(a.time) || a.id.localeCompare(b.id));

function card(item: Item): HTMLElement {
  if (item.unread) return h("li.card", {}, h("a.piece", { href: addressOf(item) }, t.listUnread), h("p.soft", {}, t.unread[item.unread]));
  return h(
    "li.card.stack.tight",
    {},
    h("a.piece", { href: addressOf(item) }, titleOf(item)),
    h("p.soft", {}, kindOf(item), item.until ? ` · ${t.goes(item.until)}` : "", " ", item.waiting && h("span.tag.o", {}, t.listWaiting)),
    Boolean(item.body.beside) && h("p.note.i", {}, t.beside),
  );
}

/** Items under the weeks in which they were written. */
export function byWeek(items: Item[]): HTMLElement {
  const weeks = new Map<string, Item[]>();
  for (const item of items) {
    const its = item.time ? week(item.time) : "";
    weeks.set(its, [...(weeks.get(its) ?? []), item]);
  }
  const part = ([its, some]: [string, Item[]]) => [its && h("h3.week", {}, t.weekOf(its)), h("ul.plain.stack", {}, some.map(card))];
  return h("div.stack", {}, [...weeks].map(part));
}

function notes(vault: Vault): HTMLElement[] {
  const off = daysOff(new Date().toISOString().slice(0, 10), vault.today);
  return [
    !vault.line.online && h("p.note.o", { role: "status" }, t.listOffline),
    vault.line.refusal && h("p.note.o", { role: "status" }, refused(vault.line.refusal)),
    vault.local.full && h("p.note.o", { role: "status" }, t.listFull),
    vault.line.online && Math.abs(off) > 1 && h("p.note.i", {}, t.listClock(Math.abs(off))),
  ].filter(Boolean) as HTMLElement[];
}

const refused = ({ why, say }: Refusal): string => ({ long: t.refusedLong, full: t.refusedFull, other: t.refusedOther(say) })[why];

/** The page that everything begins from. Goes on to show what arrives while it is open. */
export function list(vault: Vault): HTMLElement {
  const search = h("input", { type: "search", autocomplete: "off" });
  const [above, below, drafts] = [h("div.stack.folds"), h("div.stack"), h("div.stack.folds")];
  const finding = field(t.listSearch, search, t.listSearchHint);
  let most = FIRST;
  const fill = () => {
    const all = newest(vault.items.values());
    const wanted = search.value.trim();
    const hits = wanted ? all.filter((item) => found(words(item.body), wanted)) : all;
    const more = h("button.btn", { type: "button", onclick: () => ((most += 200), fill()) }, t.listMore(hits.length - most));
    above.replaceChildren(...notes(vault));
    finding.hidden = !all.length;
    const none = h("p.soft", {}, all.length ? t.listNone : t.listEmpty);
    below.replaceChildren(hits.length ? byWeek(hits.slice(0, most)) : none, hits.length > most ? more : "");
  };
  search.addEventListener("input", fill);
  fill();
  live(below, fill);
  const there = (name: string) => !pieceOf(name) || vault.items.has(pieceOf(name)!);
  const begun = (name: string) => h("p.note.i", {}, h("a", { href: `#/${name}` }, t.listDraft));
  void vault.local.drafts().then((names) => drafts.append(...names.filter(there).map(begun)));
  return h(
    "div.narrow.stack",
    {},
    h("h1", {}, t.listTitle),
    above,
    drafts,
    h("nav.row", { "aria-label": t.listWrite }, h("a.btn.go", { href: "#/line" }, t.listLine), h("a.btn", { href: "#/page" }, t.listEntry)),
    h("ul.plain.sheets", {}, link("#/check", t.listCheck), link("#/inventory", t.listInventory), link("#/list", t.listList), link("#/amends", t.listAmends)),
    stitch(),
    h("section.stack", {}, h("h2", {}, t.listYours), finding, below),
    stitch(),
    h("div.row", {}, h("a.btn.quiet", { href: "#/ways" }, t.ways), h("a.btn.quiet", { href: "#/keep" }, t.keep)),
  );
}

const link = (to: string, name: string): HTMLElement => h("li", {}, h("a", { href: to }, name));
