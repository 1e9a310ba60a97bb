// Making pages: elements from code, texts as texts. Nothing here takes markup.

import { t } from "../texts/en";
import { told } from "./told";

export type Child = Node | string | number | false | null | undefined | Child[];
type Value = string | number | boolean | undefined | ((event: any) => unknown);

/** `h("p.note.i", { id: "x", onclick: act }, "text")`. */
export function h<K extends keyof HTMLElementTagNameMap>(what: K | `${K}.${string}`, attributes: Record<string, Value> = {}, ...children: Child[]): HTMLElementTagNameMap[K] {
  const [tag, ...classes] = what.split(".");
  const element = document.createElement(tag!) as HTMLElementTagNameMap[K];
  if (classes.length) element.className = classes.join(" ");
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== undefined) element.setAttribute(name, String(value));
  }
  append(element, children);
  return element;
}

function append(element: HTMLElement, children: Child[]): void {
  for (const child of children) {
    if (Array.isArray(child)) append(element, child);
    else if (child !== false && child !== null && child !== undefined) element.append(child as Node | string);
  }
}

const main = () => document.getElementById("main")!;

/** Puts a view in place of the one before, and goes to where one types first, or tells screen readers by its heading. */
export function show(view: HTMLElement, { quiet = false } = {}): void {
  main().replaceChildren(view);
  scrollTo(0, 0);
  if (quiet) return;
  const heading = view.querySelector<HTMLElement>("h1");
  heading?.setAttribute("tabindex", "-1");
  (view.querySelector<HTMLElement>("[data-first]") ?? heading)?.focus();
}

/** Runs `act` whenever something has changed, as long as the element is on the page. */
export function live<E extends HTMLElement>(element: E, act: () => void): E {
  element.dataset.live = "";
  element.addEventListener("changed", act);
  return element;
}

/** Something has changed that the page may show. */
export const refresh = (): void => main().querySelectorAll("[data-live]").forEach((element) => element.dispatchEvent(new Event("changed")));

let ids = 0;

export const newName = (of: string): string => `${of}-${++ids}`;

/** A label, a hint, an input. */
export function field(label: string, input: HTMLElement, hint?: string): HTMLElement {
  input.id ||= newName("field");
  const described = hint ? `${input.id}-hint` : undefined;
  if (described) input.setAttribute("aria-describedby", described);
  return h("div.field", {}, h("label", { for: input.id }, label), hint ? h("p.hint", { id: described }, hint) : null, input);
}

/** What is on the page and not on paper. */
export const unprinted = (element: HTMLElement): HTMLElement => (element.classList.add("no-print"), element);

export const crumb = (to: string, name: string): HTMLElement =>
  h("nav.crumbs", { "aria-label": "Back" }, h("ol", {}, h("li", {}, h("a", { href: to }, name))));

export const stitch = (): HTMLElement => h("hr.stitch");

/** Where words or a code are typed. */
export const secret = (): HTMLInputElement => h("input", { type: "text", autocomplete: "off", autocapitalize: "none", spellcheck: "false", required: true });

/** Where a view says what happened; `busy` is what it says meanwhile. */
export class Say {
  readonly element = h("p.say.folds", { role: "status" });

  constructor(readonly busy: string = t.busy) {}

  say(text: string, kind: "" | "error" | "busy" = ""): void {
    this.element.textContent = text;
    this.element.dataset.kind = kind;
  }
}

type Work = (form: HTMLFormElement) => Promise<unknown>;

/** A form that does one piece of work when it is sent: `form(".card.stack", say, save, …)`. */
export function form(style: string, say: Say, work: Work, ...children: Child[]): HTMLFormElement {
  const made = h(`form${style}` as "form", { onsubmit: (event: Event) => (event.preventDefault(), void once(made, say, work)) }, children);
  return made;
}

/** A form with one button. */
export function act(name: string, work: Work, kind = ""): HTMLFormElement {
  const say = new Say();
  return form(".stack", say, work, h("div.row", {}, h(`button.btn${kind}` as "button", {}, name)), say.element);
}

/** Runs one piece of work at a time; meanwhile the buttons of the form rest. */
async function once(form: HTMLFormElement, say: Say, work: Work): Promise<void> {
  if (form.getAttribute("aria-busy") === "true") return;
  const buttons = [...form.querySelectorAll("button")];
  const held = document.activeElement as HTMLElement | null;
  const rest = (yes: boolean) => {
    form.setAttribute("aria-busy", String(yes));
    for (const button of buttons) button.disabled = yes;
  };
  rest(true);
  say.say(say.busy, "busy");
  try {
    await work(form);
    if (say.element.dataset.kind === "busy") say.say("");
  } catch (trouble) {
    say.say(told(trouble), "error");
  } finally {
    rest(false);
    if (document.activeElement === document.body && held?.isConnected) held.focus();
  }
}
