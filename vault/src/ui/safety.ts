// The nine questions before amends, and where they lead. They are answered again whenever one likes.

import type { Vault } from "../open";
import type { Practice } from "../practice";
import { safety } from "../rules";
import { t } from "../texts/en";
import { h, newName } from "./dom";
import { people } from "./help";
import type { Filled } from "./sheet";

export function safetyPart(vault: Vault, practice: Practice, filled: Filled, touch: () => void): HTMLElement {
  const { title, lead, answers, question } = practice.safety;
  const given = (filled.safety ??= {});
  const place = h("div", { "aria-live": "polite" });
  const look = () => place.replaceChildren(result(vault, practice, filled));
  const one = ({ key, question: asks, hint }: Practice["safety"]["question"][number]) => {
    const name = newName("safety");
    const box = (answer: { key: string; word: string }) => {
      const change = () => ((given[key] = answer.key), look(), touch());
      return h("label.check", {}, h("input", { type: "radio", name, checked: given[key] === answer.key, onchange: change }), h("span", {}, answer.word));
    };
    return h("li", {}, h("fieldset.field", {}, h("legend", {}, asks), hint && h("p.hint", {}, hint), h("div.row", {}, answers.map(box))));
  };
  look();
  const part = h("section.stack", { "aria-label": title }, h("h2", {}, title), h("p", {}, lead), h("ol.safety.stack", {}, question.map(one)), place);
  // The line that the plan is about may change above.
  queueMicrotask(() => part.closest("form")?.addEventListener("line", look));
  return part;
}

function result(vault: Vault, practice: Practice, filled: Filled): HTMLElement {
  const line = filled.from ? (vault.items.get(filled.from)?.body as unknown as Filled | undefined) : undefined;
  const known = { flags: (line?.answers?.flags as string[] | undefined) ?? [], wish: String(line?.answers?.["contact-wish"] ?? "") };
  const careful = practice.safety.result.map(({ key }) => key);
  const led = safety(practice.safety.question, filled.safety ?? {}, careful, known);
  filled.result = led;
  const found = practice.safety.result.find(({ key }) => key === led);
  if (!found) return h("p.soft", {}, t.safetyOpen);
  const kind = found.key === "direct" ? "m" : found.key === "refer" ? "r" : "o";
  return h(
    `div.note.${kind}`,
    {},
    h("small", {}, t.safetyResult),
    h("h3", {}, found.title),
    h("p", {}, found.text),
    (known.flags.length > 0 || known.wish === "wants-none") && h("p.soft", {}, t.safetyKnown),
    found.key === "refer" && people(vault.state.movements),
  );
}
