// When it is heavy: grounding, and people. Mend is no helpline, and says so.

import type { Movement } from "../api";
import type { Practice } from "../practice";
import { t } from "../texts/en";
import { h } from "./dom";

/** The people to turn to that one's movements have written down. */
export function people(movements: Movement[]): HTMLElement {
  const all = movements.flatMap(({ help }) => help);
  const list = all.map(({ who, kind, how }) => {
    const link = kind === "call" ? h("a", { href: `tel:${how}` }, how) : kind === "open" ? h("a", { href: safe(how), rel: "noreferrer" }, how) : how;
    return h("li", {}, h("strong", {}, who), how ? ": " : "", link);
  });
  return h("section.stack", {}, h("h3", {}, t.groundHelp), list.length ? h("ul.plain.stack", {}, list) : h("p.soft", {}, t.groundNoHelp));
}

/** Only a page of the net may be opened. */
const safe = (address: string): string => (/^https?:\/\//i.test(address) ? address : `https://${address}`);

/** What is shown from the number on that asks for it. `stop` keeps a draft and ends the writing. */
export function grounding(practice: Practice, movements: Movement[], stop: (() => void) | null): HTMLElement {
  const { title, lead, stop: stopping, contact, danger, honest, text } = practice.grounding;
  return h(
    "div.note.o.stack",
    { role: "region", "aria-label": title },
    // Where there is nothing to stop any more, the page itself has this title.
    stop && h("h2", {}, title),
    h("p", {}, lead),
    stop && h("div.row", {}, h("button.btn.go", { type: "button", onclick: stop }, stopping)),
    h("p", {}, contact),
    people(movements),
    h("p", {}, danger),
    text.map((one) => h("details", {}, h("summary", {}, one.title), h("ul.plain.why", {}, one.lines.map((line) => h("li", {}, line))), h("p", {}, one.contact))),
    h("p.soft", {}, honest),
  );
}
