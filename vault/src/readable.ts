// Everything that somebody wrote as one text that any editor opens, without Mend.

import type { Item } from "./open";
import type { Practice, Question } from "./practice";
import { t } from "./texts/en";

const rule = "-".repeat(60);

/** One text of all pieces, newest first. */
export function readable(items: Item[], practice: Practice, day: string): string {
  const head = `${t.exportHead} ${t.day(day)}`;
  return [head, ...items.filter(({ unread }) => !unread).map((item) => piece(item, practice))].join(`\n\n${rule}\n\n`) + "\n";
}

function piece(item: Item, practice: Practice): string {
  const { kind, time, body } = item;
  const lines = [`${time.slice(0, 10)}  ${kind && t.kinds[kind]}`];
  const add = (name: string, value: unknown) => {
    const said = words(value);
    if (said) lines.push(`\n${name}\n${said}`);
  };
  if (body.prompt) lines.push(`\n${String(body.prompt)}`);
  if (body.text) lines.push(`\n${String(body.text)}`);
  const felt = named(body.feelings as string[] | undefined, practice);
  add(practice.feelings.title, [...felt, body.feelingsOwn].filter(Boolean));
  add(t.dialBefore, body.before);
  const answers = (body.answers ?? {}) as Record<string, unknown>;
  for (const question of questionsOf(kind, practice)) add(question.question, answered(question, answers[question.key], practice));
  const safety = (body.safety ?? {}) as Record<string, string>;
  for (const { key, question } of practice.safety.question) add(question, safety[key]);
  add(t.safetyResult, practice.safety.result.find(({ key }) => key === body.result)?.title);
  add(t.dialAfter, body.after);
  return lines.join("\n");
}

const questionsOf = (kind: Item["kind"], practice: Practice): Question[] =>
  kind === "inventory" || kind === "list" || kind === "amends" || kind === "check" ? practice[kind].question : [];

function answered({ answer, choices = [] }: Question, value: unknown, practice: Practice): unknown {
  if (answer === "feelings") return named(value as string[] | undefined, practice);
  const word = (key: string) => choices.find((choice) => choice.key === key)?.word ?? key;
  return Array.isArray(value) ? value.map(word) : choices.length && value ? word(String(value)) : value;
}

function named(keys: string[] | undefined, practice: Practice): string[] {
  const all = practice.feelings.group.flatMap((group) => group.words);
  return (keys ?? []).map((key) => all.find((one) => one.key === key)?.word ?? key);
}

const words = (value: unknown): string => (Array.isArray(value) ? value.map(String).join(", ") : value === null || value === undefined ? "" : String(value).trim());
