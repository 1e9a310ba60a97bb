// What the vault asks of the server. Everything that goes there is ciphertext, ids, versions, days, and proofs.

/** The network or the server is not there. */
export class Offline extends Error {}

/** Nobody is signed in any more. */
export class SignedOut extends Error {}

/** The server says no; `word` tells why, `say` is its own sentence. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    readonly word: string,
    readonly say: string,
  ) {
    super(word);
  }
}

export interface Help {
  who: string;
  kind: "call" | "open" | "read";
  how: string;
}

export interface Movement {
  address: string;
  name: string;
  help: Help[];
}

export interface Keyring {
  turn: number;
  body: string;
  passkeys: { credential: string; body: string }[];
}

/** What the server says before anything is open. */
export interface State {
  account: string;
  handle: string;
  salt: string;
  iterations: number;
  day: string;
  keyring: Keyring | null;
  passkeys: string[];
  doors: { day: string; here: boolean }[];
  movements: Movement[];
}

export interface Stored {
  id: string;
  version: number;
  until: string | null;
  body: string;
}

export interface Index {
  turn: number | null;
  pieces: [string, number, string | null][];
  gone: string[];
  day: string;
}

export type KeptAnswer = { version?: number; clash?: Stored; gone?: true };

export async function ask<T>(path: string, body?: unknown): Promise<T> {
  const answer = await reach(path, body);
  if (answer.type === "opaqueredirect" || answer.status === 401) throw new SignedOut();
  const said = await answer.json().catch(() => null);
  if (answer.ok && said) return said as T;
  if (answer.status >= 500 && answer.status !== 507) throw new Offline();
  throw new Refused(answer.status, said?.word ?? "", said?.say ?? "");
}

async function reach(path: string, body?: unknown): Promise<Response> {
  const headers = { "Content-Type": "application/json", Accept: "application/json" };
  const how: RequestInit = { credentials: "same-origin", redirect: "manual", cache: "no-store", headers };
  const sent = body === undefined ? how : { ...how, method: "POST", body: JSON.stringify(body) };
  // A line that is there and carries nothing is no line; what has begun to come may take its time.
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), body === undefined ? 20_000 : 60_000);
  try {
    return await fetch(path, { ...sent, signal: patience.signal });
  } catch {
    throw new Offline();
  } finally {
    clearTimeout(timer);
  }
}
