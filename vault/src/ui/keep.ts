// Taking everything along, how long things stay, and destroying: by year, by kind, all.

import { Encrypter, generateX25519Identity, identityToRecipient } from "age-encryption";
import { type Bytes, utf8 } from "../bytes";
import { KINDS } from "../envelope";
import { Ended, type Item, type Vault } from "../open";
import type { Practice } from "../practice";
import { readable } from "../readable";
import { t } from "../texts/en";
import { crumb, field, form, h, newName, Say, stitch } from "./dom";
import { newest } from "./list";
import { keepDays } from "./parts";
import { goOn } from "./saving";

export function keepPage(vault: Vault, practice: Practice): HTMLElement {
  return h("div.narrow.stack", {}, crumb("#/", t.listTitle), h("h1.no-print", {}, t.keepTitle), exporting(vault, practice), h("div.stack.no-print", {}, stitch(), defaults(vault), stitch(), destroying(vault)));
}

// Export

function exporting(vault: Vault, practice: Practice): HTMLElement {
  const say = new Say();
  const place = h("div.stack.folds", { "aria-live": "polite" });
  const name = newName("export");
  const radio = (key: string, word: string, checked = false) => h("label.check", {}, h("input", { type: "radio", name, value: key, checked }), h("span", {}, word));
  const plain = h("input", { type: "checkbox" });
  const work = async (asked: HTMLElement) => {
    const kind = asked.querySelector<HTMLInputElement>(`input[name=${name}]:checked`)?.value === "json" ? "json" : "txt";
    const dials = await vault.local.dials();
    const whole = (item: Item): Item => ({ ...item, body: { ...item.body, ...dials[item.id] } });
    const items = newest(vault.items.values()).filter(({ unread }) => !unread).map(whole);
    const text = kind === "json" ? JSON.stringify({ mend: 1, day: vault.today, pieces: items.map(bare) }, null, 2) : readable(items, practice, vault.today);
    const file = `mend-writing-${vault.today}.${kind}`;
    if (plain.checked) return download(file, utf8(text), place);
    const key = await generateX25519Identity();
    const sealing = new Encrypter();
    sealing.addRecipient(await identityToRecipient(key));
    download(`${file}.age`, (await sealing.encrypt(utf8(text))) as Bytes, place);
    place.append(instruction(key, `${file}.age`));
  };
  const asking = form(
    ".card.stack",
    say,
    work,
    h("fieldset.field", {}, h("legend", {}, t.exportForm), radio("txt", t.exportText, true), radio("json", t.exportJson)),
    h("label.check", {}, plain, h("span", {}, t.exportPlain)),
    say.element,
    h("div.row", {}, h("button.btn.go", {}, t.exportGo)),
  );
  const unread = [...vault.items.values()].filter(({ unread }) => unread).length;
  const lacks = [!vault.line.online && t.exportOffline, unread > 0 && t.exportUnread(unread)].filter(Boolean);
  const above = h("div.stack.no-print", {}, h("h2", {}, t.exportTitle), h("p", {}, t.exportWhat), lacks.map((lack) => h("p.note.o", {}, lack)), asking);
  return h("section.stack", {}, above, place);
}

const bare = ({ id, kind, time, until, body }: Item) => ({ id, kind, time, until, body });

function download(name: string, bytes: Bytes, place: HTMLElement): void {
  const address = URL.createObjectURL(new Blob([bytes], { type: "application/octet-stream" }));
  const link = h("a.btn", { href: address, download: name }, name);
  place.replaceChildren(h("div.row", {}, link));
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10 * 60_000);
}

/** What to print beside the file. */
function instruction(key: string, file: string): HTMLElement {
  return h(
    "div.sheet.card",
    {},
    h("h3", {}, t.exportKey),
    h("p.link", { "data-key": "" }, key),
    h("p", {}, t.exportKeyWhat),
    h("p", {}, t.exportHow),
    h("ol.prose", {}, t.exportSteps(file).map((step) => h("li", {}, step))),
    h("div.row", {}, h("button.btn.quiet", { type: "button", onclick: () => print() }, t.waysPrint)),
  );
}

// How long things stay

function defaults(vault: Vault): HTMLElement {
  const say = new Say();
  const selects = KINDS.map((kind) => {
    const now = keepDays(vault, kind);
    const select = h("select", { "data-kind": kind }, t.keepChoices.map(([days, word]) => h("option", { value: days, selected: days === now }, word)));
    return field(t.kinds[kind]!, select);
  });
  const work = async (asked: HTMLElement) => {
    const all = [...asked.querySelectorAll("select")].map((select) => [select.dataset.kind!, Number(select.value)]);
    await vault.set("keep", Object.fromEntries(all));
    say.say(t.defaultsSaved);
  };
  const asking = form(".stack", say, work, selects, say.element, h("div.row", {}, h("button.btn", {}, t.save)));
  return h("section.stack", {}, h("h2", {}, t.defaultsTitle), h("p", {}, t.defaultsWhat), asking);
}

// Destroying

const yearOf = ({ time }: Item): string => time.slice(0, 4);

function destroying(vault: Vault): HTMLElement {
  const items = () => [...vault.items.values()];
  const years = [...new Set(items().filter(({ time }) => time).map(yearOf))].sort();
  const kinds = KINDS.filter((kind) => items().some((item) => item.kind === kind));
  const select = h(
    "select",
    {},
    years.map((year) => h("option", { value: `year ${year}` }, t.destroyYear(year))),
    kinds.map((kind) => h("option", { value: `kind ${kind}` }, t.destroyKind(t.kinds[kind]!))),
    h("option", { value: "all" }, t.destroyAll),
  );
  const count = h("p.soft", { role: "status" });
  const [sure, say] = [h("input", { type: "checkbox" }), new Say()];
  const some = () => items().filter((item) => meant(select.value, item));
  const look = () => (count.textContent = t.destroyCount(some().length));
  select.addEventListener("change", () => ((sure.checked = false), look()));
  look();
  const work = async (asked: HTMLElement) => {
    if (!sure.checked) return say.say(t.destroyUnsure, "error");
    if (select.value === "all") {
      await vault.end();
      return vault.trouble(new Ended());
    }
    await vault.destroy(some().map(({ id }) => id), Object.keys(vault.ring.keys.journals).filter((epoch) => meantKey(select.value, epoch)));
    goOn(asked, "#/", t.destroyDone);
  };
  const asking = form(
    ".card.stack",
    say,
    work,
    field(t.destroyWhich, select),
    count,
    h("label.check", {}, sure, h("span", {}, t.destroySure)),
    say.element,
    h("div.row", {}, h("button.btn.grave", {}, t.destroyGo)),
  );
  return h("section.stack", {}, h("h2", {}, t.destroyTitle), h("p", {}, t.destroyWhat), asking);
}

function meant(which: string, item: Item): boolean {
  const [by, value] = which.split(" ");
  return by === "all" || (by === "year" ? yearOf(item) === value : item.kind === value);
}

/** Which keys go: those of the kind, or those of the year; none of what only a newer version can read. */
export function meantKey(which: string, epoch: string): boolean {
  const [by, value] = which.split(" ");
  const [kind, year] = epoch.split("-");
  return KINDS.some((known) => known === kind) && (by === "year" ? year : kind) === value;
}
