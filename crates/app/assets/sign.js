// Wires the forms that need keys: signing in and joining. Also the two small buttons, print and copy.
// Never: puts words or codes in a request, an address or a store; leaves a form half sent.
// See: `key.js` for the derivation. All texts that people read stand in the page, in `data-*` attributes.
//
// A page renders the buttons of both forms `disabled`, so that nothing typed can be sent before this file has taken over.

import {
  LEAST_ITERATIONS,
  deriveFromCode,
  deriveFromWords,
  makeCode,
  makeSalt,
  makeWords,
  normaliseWords,
  readCode,
  shapeOf,
} from "./key.js";

/** Something to tell the person: the name of a text in the form's data, or the server's own words. */
class Trouble extends Error {
  constructor(name, { say, field } = {}) {
    super(name);
    this.say = say;
    this.field = field;
  }
}

const forms = { "sign-in": wireSignIn, join: wireJoin };
for (const form of document.querySelectorAll("form[data-mend]")) forms[form.dataset.mend]?.(form);
for (const button of document.querySelectorAll('[data-mend="print"], [data-print]')) wirePrint(button);
for (const button of document.querySelectorAll('[data-mend="copy"]')) wireCopy(button);

// Signing in ------------------------------------------------------------------------------------------------------

function wireSignIn(form) {
  const secret = form.querySelector("[name=words]");
  // Without its name the browser itself can never send it.
  secret.removeAttribute("name");
  if (!ready(form)) return;
  form.addEventListener("submit", () => once(form, () => signIn(form, secret)));
}

async function signIn(form, secret) {
  const handle = form.elements.handle.value;
  const way = shapeOf(secret.value);
  if (!way) throw refused(secret, "shape");
  const { salt, iterations } = await post(form.dataset.start, { handle });
  const { auth, wrap } = await derive(way, secret.value, salt, iterations);
  wrap.fill(0);
  const { next } = await post(form.getAttribute("action"), { handle, auth, way });
  secret.value = "";
  return leave(next);
}

async function derive(way, typed, salt, iterations) {
  try {
    return await (way === "code" ? deriveFromCode(typed, salt) : deriveFromWords(typed, salt, iterations));
  } catch {
    throw new Trouble("weak");
  }
}

// Joining ---------------------------------------------------------------------------------------------------------

function wireJoin(form) {
  const steps = [...form.querySelectorAll("[data-step]")];
  const again = { words: form.querySelector("[data-again-words]"), code: form.querySelector("[data-again-code]") };
  for (const input of Object.values(again)) input.removeAttribute("name");
  if (!ready(form)) return;

  const join = { form, steps, again, at: 0, reached: 0, list: null, words: [], code: "" };
  // Inputs of hidden steps must not stop the form; each step is checked when it is left.
  form.noValidate = true;
  history.replaceState({ step: 0 }, "");
  addEventListener("popstate", ({ state }) => {
    // A jump within the page, such as the skip link's, has no step and changes none.
    if (Number.isInteger(state?.step)) show(join, Math.min(state.step, join.reached));
  });
  addEventListener("beforeunload", (event) => join.words.length && event.preventDefault());
  form.addEventListener("submit", () => once(form, () => forward(join)));
  form.addEventListener("click", (event) => {
    if (event.target.closest("[data-next]")) once(form, () => forward(join));
    if (event.target.closest("[data-back]")) history.back();
    if (event.target.closest("[data-roll]")) roll(join);
  });
}

/** Leaves the step at hand if it is in order: for the next one or, from the last, for the server. */
async function forward(join) {
  const wanting = inputsOf(join.steps[join.at]).find((input) => !input.checkValidity());
  if (wanting) return void wanting.reportValidity();
  const checks = [prepare, checkWords, checkCode];
  await checks[join.at](join);
  if (join.at === join.steps.length - 1) return send(join);

  const next = join.at + 1;
  join.reached = Math.max(join.reached, next);
  history.pushState({ step: next }, "");
  show(join, next);
}

async function prepare(join) {
  if (join.words.length) return;
  join.list = await load(join.form.dataset.list);
  join.code = makeCode();
  join.form.querySelector("[data-code]").textContent = join.code;
  roll(join);
}

function roll(join) {
  join.words = makeWords(join.list);
  const items = join.words.map((word) => Object.assign(document.createElement("li"), { textContent: word }));
  join.form.querySelector("[data-words]").replaceChildren(...items);
  join.again.words.value = "";
  say(join.form, "rolled");
}

function checkWords({ words, again }) {
  const same = normaliseWords(again.words.value) === normaliseWords(words.join(" "));
  if (!same) throw refused(again.words, "mismatchWords");
}

function checkCode({ code, again }) {
  const same = String(readCode(again.code.value)) === String(readCode(code));
  if (!same) throw refused(again.code, "mismatchCode");
}

async function send(join) {
  const { form, words, code } = join;
  const salt = makeSalt();
  const byWords = await deriveFromWords(words.join(" "), salt, LEAST_ITERATIONS);
  const byCode = await deriveFromCode(code, salt);
  byWords.wrap.fill(0);
  byCode.wrap.fill(0);
  const named = Object.fromEntries(new FormData(form));
  const keys = { salt, iterations: LEAST_ITERATIONS, auth_words: byWords.auth, auth_code: byCode.auth };
  try {
    const { next } = await post(form.getAttribute("action"), { ...named, ...keys });
    forget(join);
    return leave(next);
  } catch (trouble) {
    returnTo(join, trouble.field);
    throw trouble;
  }
}

/** Goes back to the input that the server refused, if it named one; words and code are kept. */
function returnTo(join, field) {
  const has = (step) => inputsOf(step).find((input) => input.name === field);
  const step = field ? join.steps.findIndex(has) : -1;
  if (step < 0) return;
  history.pushState({ step }, "");
  show(join, step);
  refused(has(join.steps[step]));
}

function show(join, at) {
  join.at = at;
  join.steps.forEach((step, place) => (step.hidden = place !== at));
  say(join.form);
  const heading = join.steps[at].querySelector("h1, h2, h3");
  heading.tabIndex = -1;
  heading.focus();
}

/** Lets go of what must not stay. Text in a browser cannot be wiped, only dropped. */
function forget(join) {
  Object.assign(join, { words: [], code: "" });
  join.form.querySelector("[data-words]").replaceChildren();
  join.form.querySelector("[data-code]").textContent = "";
  for (const input of Object.values(join.again)) input.value = "";
}

// Both forms ------------------------------------------------------------------------------------------------------

/** Opens a form for use; where the browser has no keys to offer, says so and leaves it closed. */
function ready(form) {
  const able = window.isSecureContext && Boolean(globalThis.crypto?.subtle);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", (event) => event.target.removeAttribute("aria-invalid"));
  rest(form, !able);
  if (!able) say(form, "insecure", "error");
  // A page that comes back from the browser's memory must not stay busy.
  addEventListener("pageshow", (event) => event.persisted && rest(form, !able));
  return able;
}

/** Runs one piece of work at a time. Meanwhile the buttons rest; whatever happens, what was typed stays. */
async function once(form, work) {
  if (form.getAttribute("aria-busy") === "true") return;
  const held = document.activeElement;
  rest(form, true);
  say(form, "busy", "busy");
  try {
    if (await work()) return;
    rest(form, false);
    if (form.querySelector('[data-say][data-kind="busy"]')) say(form);
  } catch (trouble) {
    rest(form, false);
    say(form, trouble instanceof Trouble ? trouble.message : "wrong", "error", trouble.say);
  }
  // A button that was disabled has lost the focus.
  if (document.activeElement === document.body) held?.focus();
}

function rest(form, yes) {
  form.setAttribute("aria-busy", yes);
  for (const button of form.querySelectorAll("button")) button.disabled = yes;
}

/** Shows one of the form's texts by its name, or the server's own; nothing at all without a name. */
function say(form, name, kind = "", own = undefined) {
  const text = own ?? (name ? (form.dataset[name] ?? form.dataset.wrong) : "");
  for (const place of form.querySelectorAll("[data-say]")) {
    place.textContent = text ?? "";
    place.dataset.kind = kind;
  }
}

function refused(input, name) {
  input.setAttribute("aria-invalid", "true");
  input.focus();
  return new Trouble(name);
}

function inputsOf(step) {
  return [...step.querySelectorAll("input, select, textarea")];
}

async function post(address, body) {
  const headers = { "Content-Type": "application/json", Accept: "application/json" };
  const answer = await reach(address, { method: "POST", headers, body: JSON.stringify(body) });
  const said = await answer.json().catch(() => null);
  if (answer.ok && said) return said;
  throw new Trouble(answer.status < 500 ? "wrong" : "offline", said ?? {});
}

async function load(address) {
  const answer = await reach(address, {});
  if (!answer.ok) throw new Trouble("offline");
  return (await answer.text()).trim().split("\n");
}

async function reach(address, how) {
  try {
    return await fetch(address, { ...how, credentials: "same-origin", redirect: "error" });
  } catch {
    throw new Trouble("offline");
  }
}

/** Goes where the server says, if that is on this server. Says yes, so that the form stays at rest. */
function leave(next) {
  const to = new URL(next, location.href);
  location.assign(to.origin === location.origin ? to : "/");
  return true;
}

// Small buttons ---------------------------------------------------------------------------------------------------

// Both are rendered `hidden`, because without this file they would do nothing.

function wirePrint(button) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}

function wireCopy(button) {
  if (!navigator.clipboard) return;
  const [label, done] = [button.textContent, button.dataset.done];
  button.hidden = false;
  button.setAttribute("aria-live", "polite");
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.of).textContent.trim());
    button.textContent = done ?? label;
    setTimeout(() => (button.textContent = label), 2000);
  });
}
