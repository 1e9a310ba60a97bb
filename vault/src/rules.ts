// Rules of private writing: plain functions on plain values. No clock, no dice, no page.

import type { Kind } from "./envelope";

/** After how many days something goes by itself, if its writer says nothing else; 0 is never. */
export const KEEP: Record<Kind, number> = { journal: 0, inventory: 180, list: 180, amends: 180, check: 30, note: 180 };

/** From this number on, a dial asks for grounding. */
export const HEAVY = 7;

/**
 * The day on which something goes: so many days from today, and then on to the next Monday, so that the server, which
 * must know the day, cannot tell one number of days from another by counting.
 */
export function until(today: string, days: number): string | null {
  if (days <= 0) return null;
  const day = new Date(`${today}T12:00:00Z`);
  day.setUTCDate(day.getUTCDate() + days);
  day.setUTCDate(day.getUTCDate() + ((8 - day.getUTCDay()) % 7));
  return day.toISOString().slice(0, 10);
}

/** The Monday of a day's week: what is shown of when something was written. */
export function week(day: string): string {
  const monday = new Date(`${day.slice(0, 10)}T12:00:00Z`);
  monday.setUTCDate(monday.getUTCDate() - ((monday.getUTCDay() + 6) % 7));
  return monday.toISOString().slice(0, 10);
}

export interface SafetyQuestion {
  key: string;
  otherwise: string;
}

/** What a line of the list says that the questions must not be able to talk away. */
export interface Known {
  flags: string[];
  wish: string;
}

/**
 * Where the nine questions lead: nowhere while one is open, "direct" for nine times yes, and otherwise the most careful
 * of the results that an answer or the list leads to. `careful` are the results, the most careful first.
 */
export function safety(questions: SafetyQuestion[], answers: Record<string, string>, careful: string[], known: Known): string | null {
  if (questions.some(({ key }) => !answers[key])) return null;
  const led = questions.filter(({ key }) => answers[key] !== "yes").map(({ otherwise }) => otherwise);
  if (known.flags.some((flag) => ["abuse", "minor", "legal"].includes(flag))) led.push("refer");
  if (known.flags.includes("power")) led.push("indirect");
  if (known.wish === "wants-none") led.push("living");
  return careful.find((result) => led.includes(result)) ?? "direct";
}

/** Whether "my part" stands without "not my part". */
export const tooMuchBlame = (answers: Record<string, unknown>): boolean =>
  Boolean(String(answers["my-part"] ?? "").trim()) && !String(answers["not-my-part"] ?? "").trim();

/** Whether every word that is looked for stands in a text, whatever its case and accents. */
export function found(text: string, wanted: string): boolean {
  const plain = (some: string) => some.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const inside = plain(text);
  return plain(wanted).split(/\s+/).every((word) => inside.includes(word));
}

/** How far a device's clock is off, in whole days. */
export const daysOff = (device: string, server: string): number =>
  Math.round((Date.parse(`${device}T12:00:00Z`) - Date.parse(`${server}T12:00:00Z`)) / 86_400_000);
