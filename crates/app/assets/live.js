// Moves the page of a live circle on: hears what changed, sends what is done, counts the seconds of a turn down.
// Never: keeps anything; asks the device what time it is (the server says how many seconds are left); makes a sound.
// See: `live/told.rs` for what one line of data holds, `live/ring.rs` for the ring. Without this file every button
// still works, and the page is loaded again.

const page = document.querySelector('[data-mend="live"]');
const all = (what) => document.querySelectorAll(what);
const QUIET = 25_000; // the server says every ten seconds that it is still there

let known = Number(page.dataset.version);
let turn = null; // seconds left, and when that was said by the clock that only goes forward
let begun = null;
let source = null;
let heard = 0;
let wait = 250;
let again = 0;

// Following ---------------------------------------------------------------------------------------------------------

function follow() {
  clearTimeout(again);
  source?.close();
  source = new EventSource(page.dataset.follow);
  heard = performance.now();
  source.addEventListener("open", () => line(true));
  source.addEventListener("message", ({ data }) => (line(true), show(JSON.parse(data))));
  source.addEventListener("still", () => line(true));
  source.addEventListener("over", over);
  source.addEventListener("error", lost);
}

/** Tries again by itself, later and later, and not all at once with the others. */
function lost() {
  source.close();
  line(false);
  again = setTimeout(follow, wait * (0.75 + Math.random() / 2));
  wait = Math.min(wait * 2, 8_000);
}

function line(there) {
  heard = performance.now();
  if (there) wait = 250;
  const notice = document.getElementById("lost");
  if (notice) notice.hidden = there;
}

// A phone that slept may hold a line that is long dead.
const awake = () => document.visibilityState === "visible" && follow();
document.addEventListener("visibilitychange", awake);
addEventListener("online", awake);
addEventListener("pageshow", ({ persisted }) => persisted && awake());
setInterval(() => performance.now() - heard > QUIET && lost(), 5_000);

function over() {
  source.close();
  location.replace(page.dataset.follow.replace(/\/follow$/, ""));
}

// Showing -----------------------------------------------------------------------------------------------------------

function show(told) {
  if (told.version < known) return;
  if (told.shape !== page.dataset.shape) return location.reload();
  known = told.version;
  turn = told.left === null ? null : { left: told.left, since: performance.now(), paused: told.paused, say: told.say };
  begun = told.age === null ? null : performance.now() - told.age * 1000;
  for (const one of all("[data-say]")) say(one, told.say[one.dataset.say.replace("-", "_")] ?? "");
  for (const one of all("[data-show]")) one.hidden = !told.show.includes(one.dataset.show);
  for (const one of all("input[name=seen]")) one.value = known;
  if (page.dataset.shape === "door") return;
  ring(told);
  agenda(told.agenda);
  lines(told.lines, told.show.includes("counted"));
  calls(told.calls);
  choose("seat", told.absent);
  choose("unseat", told.handed);
  choose("co-keep", told.here);
  choose("carer", told.here);
  if (!turn) say(document.getElementById("hub"), told.say.hub);
  count();
}

/** Only what is another sentence is said: a screen reader must not hear the same again. */
function say(one, text) {
  if (one.dataset.age !== undefined) one.dataset.text = text;
  else if (one.textContent !== text) one.textContent = text;
}

function svg(name, attributes, text) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  if (text !== undefined) made.textContent = text;
  return made;
}

function ring({ ring: seats, view, thread, say: { ring: label } }) {
  const picture = document.getElementById("ring");
  picture.setAttribute("viewBox", view);
  picture.setAttribute("aria-label", label);
  for (const [key, value] of Object.entries(thread)) picture.querySelector(".thread").setAttribute(key, value);
  document.getElementById("seats").replaceChildren(...seats.map((seat) => {
    const group = svg("g", { class: seat.class });
    group.append(
      svg("circle", { cx: seat.x, cy: seat.y, r: seat.r }),
      svg("text", { x: seat.x, y: seat.y + 6 }, seat.name),
    );
    return group;
  }));
  const mark = (seat) => svg("text", { class: "soft mark", x: seat.x, y: seat.y + 58 }, seat.mark);
  document.getElementById("marks").replaceChildren(...seats.map(mark));
}

function lines(said, counted) {
  const list = document.getElementById("lines");
  list.className = counted ? "counted" : "";
  list.hidden = !said.length;
  const same = list.children.length === said.length && said.every((line, at) => list.children[at].textContent === line);
  if (same) return;
  list.replaceChildren(...said.map((line) => {
    const item = document.createElement("li");
    item.textContent = line;
    return item;
  }));
}

function agenda(parts) {
  [...all("#agenda > li")].forEach((item, at) => {
    const { minutes, mark, class: kind } = parts[at];
    item.className = kind;
    item.querySelector(".minutes b").textContent = minutes;
    const tag = item.lastElementChild;
    tag.hidden = !mark;
    tag.className = kind === "done" ? "tag m" : "tag r";
    tag.textContent = mark;
  });
}

function calls(open) {
  const form = document.getElementById("calls");
  for (const button of form.querySelectorAll("button")) button.remove();
  form.append(...open.map(({ id, name }) => {
    const button = document.createElement("button");
    Object.assign(button, { className: "btn", name: "deed", value: `hear ${id}` });
    button.textContent = `${name}: ${form.dataset.text}`;
    return button;
  }));
}

function choose(word, people) {
  const form = document.querySelector(`[data-choice="${word}"]`);
  const select = form.querySelector("select");
  form.hidden = !people.length;
  const same = select.options.length === people.length && people.every(({ id }, at) => select.options[at].value === id);
  if (!same) select.replaceChildren(...people.map(({ id, name }) => new Option(name, id)));
}

/** The seconds of a turn, softly: words and a colour, and never a sound. */
function count() {
  const clock = document.querySelector("[data-age]");
  if (clock?.dataset.text) {
    const minute = begun === null ? 0 : Math.floor((performance.now() - begun) / 60_000);
    const text = clock.dataset.text.replace("#", minute);
    if (clock.textContent !== text) clock.textContent = text;
  }
  const left = document.getElementById("left");
  if (!left) return;
  const gone = turn && !turn.paused ? (performance.now() - turn.since) / 1000 : 0;
  const seconds = turn ? Math.ceil(turn.left - gone) : null;
  left.textContent = turn ? `${Math.floor(Math.max(seconds, 0) / 60)}:${String(Math.max(seconds, 0) % 60).padStart(2, "0")}` : "";
  const kind = !turn || seconds > 30 ? "" : seconds > 0 ? "soon" : "late";
  document.getElementById("ring").dataset.time = kind;
  if (turn) say(document.getElementById("hub"), turn.say[kind || "hub"]);
}
setInterval(count, 250);

// Doing -------------------------------------------------------------------------------------------------------------

const DOUBLE = 400;
let latest = { word: "", at: 0 };

const fresh = () => crypto.getRandomValues(new Uint8Array(16)).reduce((all, byte) => all + byte.toString(16).padStart(2, "0"), "");

async function act(form, submitter) {
  const sent = new URLSearchParams(new FormData(form, submitter));
  const leaves = sent.get("deed") === "leave";
  const headers = { Accept: "application/json" };
  // The same deed is sent once more if no answer came; the server knows it again by its mark.
  for (const pause of [400, 1200, 0]) {
    try {
      const answer = await fetch(form.action, { method: "POST", headers, body: sent, redirect: "error" });
      if (!answer.ok && answer.status !== 409) return location.reload();
      const said = await answer.json();
      if (said.over) return over();
      if (leaves) return location.reload();
      if (said.told) show(said.told);
      return refuse(said.refused ?? said.say ?? "");
    } catch {
      if (pause) await new Promise((done) => setTimeout(done, pause));
    }
  }
  line(false);
}

function refuse(why) {
  const notice = document.getElementById("refused");
  notice.textContent = why;
  notice.hidden = !why;
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  const mark = form.querySelector?.("input[name=id]");
  if (!mark) return; // Coming in loads another page.
  event.preventDefault();
  // Pressing again means it again; a double click does not, even where the button under it has changed.
  const word = event.submitter?.value ?? "";
  if (word === latest.word && performance.now() - latest.at < DOUBLE) return;
  latest = { word, at: performance.now() };
  mark.value = fresh();
  act(form, event.submitter);
});

for (const one of all("#reload")) one.hidden = true;
for (const one of all("[data-age]")) begun = performance.now() - Number(one.dataset.age) * 1000;
follow();
