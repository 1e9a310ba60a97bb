// The words for private writing, as the program serves them: the same for everybody.

export interface Choice {
  key: string;
  word: string;
}

export interface Question {
  key: string;
  question: string;
  hint?: string;
  answer: "text" | "one" | "many" | "feelings" | "dial";
  choices?: Choice[];
}

export interface Sheet {
  title: string;
  title_week?: string;
  lead: string;
  caution?: string;
  stop?: string;
  question: Question[];
}

export interface Practice {
  feelings: { title: string; lead: string; group: { key: string; title: string; words: Choice[] }[] };
  distress: { question: string; low: string; high: string; note: string };
  grounding: {
    title: string;
    lead: string;
    stop: string;
    honest: string;
    contact: string;
    danger: string;
    text: { key: string; title: string; lines: string[]; contact: string }[];
  };
  inventory: Sheet;
  list: Sheet;
  amends: Sheet;
  check: Sheet;
  safety: {
    title: string;
    lead: string;
    answers: Choice[];
    question: { key: string; question: string; hint?: string; otherwise: string }[];
    result: { key: string; title: string; text: string }[];
  };
  steps: { number: number; title: string; prompts: string[]; cautions: string[] }[];
}

let loaded: Promise<Practice> | null = null;

/** The address is put here by the program, in place of the name. */
export function practice(): Promise<Practice> {
  loaded ??= fetch("practice.json").then((answer) => answer.json());
  return loaded.catch((trouble) => {
    loaded = null;
    throw trouble;
  });
}
