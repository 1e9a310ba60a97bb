// What holds on every page, whoever looks at it: the checks that `every-page.test.mjs` makes, one page at a time.

import assert from "node:assert/strict";
import { assertAccessible, assertNoSidewaysScroll, everyLook, shots } from "./lib.mjs";

/** Looks at the page that is open, in every look. `name` names its pictures. */
export async function lookClosely(page, name) {
  assert.match(await page.title(), /^\S.* · Mend$/, "the page has a title");
  assert.equal(await page.locator("h1:visible").count(), 1, "the page has one heading of the first level");
  assert.equal(await page.getByRole("main").count(), 1, "the page has one main part");
  assert.deepEqual(await nameless(page), [], "every control and picture has a name");
  await everyLook(page, async ({ width, scheme }) => {
    // In the dark the colours are others, and nothing else is.
    await assertAccessible(page, scheme === "dark" ? { only: ["color-contrast"] } : {});
    if (scheme === "dark") return;
    await assertKeyboard(page, { seen: width < 600 ? 25 : 10 });
    const broken = await page.evaluate(brokenWords);
    assert.deepEqual(broken, [], `${page.url()} breaks words for want of room: ${broken.join(", ")}`);
  });
  await assertNoSidewaysScroll(page);
  await shots(page, name);
}

const FIELDS = ["textbox", "searchbox", "combobox", "listbox", "checkbox", "radio", "spinbutton", "slider", "Date", "InputTime"];
const NAMED = ["button", "link", "image", ...FIELDS];

/** What a screen reader would call only by its kind. */
async function nameless(page) {
  const cdp = await page.context().newCDPSession(page);
  const { nodes } = await cdp.send("Accessibility.getFullAXTree");
  await cdp.detach();
  return nodes
    .filter(({ ignored, role, name }) => !ignored && NAMED.includes(role?.value) && !name?.value?.trim())
    .map(({ role, backendDOMNodeId }) => `${role.value} ${backendDOMNodeId}`);
}

/**
 * Tab reaches the way past the navigation first; then each stop can be seen: it has an outline, and nothing lies over it.
 * Looks at so many stops as `seen` says.
 */
async function assertKeyboard(page, { seen }) {
  await page.evaluate(() => {
    // As if the page had just been opened: Tab goes on from its beginning.
    document.body.tabIndex = -1;
    document.body.focus();
    document.body.removeAttribute("tabindex");
    scrollTo(0, 0);
  });
  const trouble = [];
  for (let stop = 0; stop < seen; stop++) {
    await page.keyboard.press("Tab");
    const at = await page.evaluate(focused);
    if (!at) break;
    if (stop === 0) assert.equal(at.says, "Skip to the page", "Tab reaches the way past the navigation first");
    if (!at.outlined) trouble.push(`no outline: ${at.what}`);
    if (!at.uncovered) trouble.push(`covered or off the page: ${at.what}`);
  }
  await page.evaluate(() => document.activeElement.blur());
  assert.deepEqual(trouble, [], `${page.url()}: the focus cannot be seen`);
}

/** Runs in the page: what has the focus, and whether it can be seen. Nothing when the focus has left the page. */
function focused() {
  const it = document.activeElement;
  if (!it || it === document.body) return null;
  const box = it.getBoundingClientRect();
  const ringed = (element) => {
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
    return (outlineStyle !== "none" && parseFloat(outlineWidth) >= 2) || boxShadow !== "none";
  };
  // A box and its words are one thing.
  const belongs = (hit) => hit && (it.contains(hit) || hit.closest("label")?.control === it);
  const spots = [0.1, 0.5, 0.9].flatMap((x) => [0.1, 0.5, 0.9].map((y) => [box.left + box.width * x, box.top + box.height * y]));
  const around = [it, it.parentElement, it.closest("label, td"), it.closest("td")].filter(Boolean);
  // The small button in a field for a time has the focus itself, out of our sight, and a ring that the browser draws.
  const outlined = !it.matches(":focus") || (it.matches(":focus-visible") && around.some(ringed));
  return {
    says: it.textContent.trim().slice(0, 60),
    what: it.outerHTML.slice(0, 100),
    outlined,
    uncovered: spots.some(([x, y]) => belongs(document.elementFromPoint(x, y))),
  };
}

/** Runs in the page: ordinary words that go on in the next line without a hyphen, because they were given too little room. */
function brokenWords() {
  const texts = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  const broken = [];
  while (texts.nextNode()) {
    const text = texts.currentNode;
    if (text.parentElement.closest(".link, svg, .visually-hidden, textarea, datalist")) continue;
    for (const { 0: word, index } of text.data.matchAll(/\p{L}{2,15}(?![\p{L}\p{N}@.:/-])/gu)) {
      const range = document.createRange();
      range.setStart(text, index);
      range.setEnd(text, index + word.length);
      const lines = new Set([...range.getClientRects()].map(({ top }) => Math.round(top)));
      if (lines.size > 1) broken.push(word);
    }
  }
  return broken;
}
