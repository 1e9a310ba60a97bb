// Making pages: elements from code, texts as texts. Nothing here takes markup.

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

/** Puts a view in place of the one before, and tells screen readers by going to its heading. */
export function show(view: HTMLElement, { quiet = false } = {}): void {
  main().replaceChildren(view);
  scrollTo(0, 0);
  if (quiet) return;
  const heading = view.querySelector<HTMLElement>("h1");
  heading?.setAttribute("tabindex", "-1");
  heading?.focus();
}

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

/** Where a view says what happened. */
export class Say {
  readonly element = h("p.say.folds", { role: "status" });

  say(text: string, kind: "" | "error" | "busy" = ""): void {
    this.element.textContent = text;
    this.element.dataset.kind = kind;
  }
}

/** Runs one piece of work at a time; meanwhile the buttons of the form rest. */
export async function once(form: HTMLElement, say: Say, busy: string, work: () => Promise<unknown>, told: (trouble: unknown) => string): Promise<void> {
  if (form.getAttribute("aria-busy") === "true") return;
  const buttons = [...form.querySelectorAll("button")];
  const held = document.activeElement as HTMLElement | null;
  const rest = (yes: boolean) => {
    form.setAttribute("aria-busy", String(yes));
    for (const button of buttons) button.disabled = yes;
  };
  rest(true);
  say.say(busy, "busy");
  try {
    await work();
    if (say.element.dataset.kind === "busy") say.say("");
  } catch (trouble) {
    say.say(told(trouble), "error");
  } finally {
    rest(false);
    if (document.activeElement === document.body && held?.isConnected) held.focus();
  }
}
