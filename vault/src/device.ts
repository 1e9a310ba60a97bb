// What stays on this device, so that writing works without a line: ciphertext, and who it belongs to.
// Never: a key or a word that is not sealed.

import type { Bytes } from "./bytes";
import type { Movement } from "./api";

/** What is needed to open without a line. */
export interface Kept {
  account: string;
  handle: string;
  salt: string;
  iterations: number;
  turn: number;
  body: string;
  ways: { words?: string; code?: string };
  passkeys: { credential: string; body: string }[];
  movements: Movement[];
}

export interface LocalPiece {
  id: string;
  version: number;
  until: string | null;
  body: Bytes;
}

/** Something written here that the server does not have yet. */
export interface Waiting {
  id: string;
  base: number;
  until: string | null;
  body: Bytes;
  /** What was sent last and may have arrived although no answer came. */
  tried?: Bytes;
}

const STORES = ["meta", "pieces", "waiting", "drafts"] as const;
export type Store = (typeof STORES)[number];

let opened: Promise<IDBDatabase> | null = null;

function database(): Promise<IDBDatabase> {
  opened ??= new Promise((resolve, reject) => {
    const asked = indexedDB.open("mend-vault", 1);
    asked.onupgradeneeded = () => STORES.forEach((name) => asked.result.createObjectStore(name));
    asked.onsuccess = () => {
      // Another tab may want a newer shape; it must not wait for this one.
      asked.result.onversionchange = () => asked.result.close();
      resolve(asked.result);
    };
    asked.onerror = () => reject(asked.error);
  });
  return opened;
}

/** Runs a request in a transaction of its own, and waits until it is on the disk. */
async function run<T>(store: Store, mode: IDBTransactionMode, act: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const transaction = (await database()).transaction(store, mode);
  const asked = act(transaction.objectStore(store));
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve(asked.result);
    transaction.onabort = () => reject(transaction.error ?? asked.error);
    transaction.onerror = () => reject(transaction.error ?? asked.error);
  });
}

const range = (account: string) => IDBKeyRange.bound(`${account}/`, `${account}/\uffff`);

/** One account's part of the device. */
export class Device {
  constructor(readonly account: string) {}

  /** Whoever opened something here last. */
  static who = (): Promise<string | undefined> => run("meta", "readonly", (store) => store.get("who")).catch(() => undefined);

  private key = (name: string) => `${this.account}/${name}`;

  get = <T>(store: Store, name: string): Promise<T | undefined> => run(store, "readonly", (all) => all.get(this.key(name)));

  all = <T>(store: Store): Promise<T[]> => run(store, "readonly", (all) => all.getAll(range(this.account)));

  put = (store: Store, name: string, value: unknown): Promise<unknown> => run(store, "readwrite", (all) => all.put(value, this.key(name)));

  /** Many in one go: a transaction for each would take longer than all else. */
  async putAll(store: Store, values: { id: string }[]): Promise<void> {
    if (!values.length) return;
    await run(store, "readwrite", (all) => values.map((value) => all.put(value, this.key(value.id))).at(-1)!);
  }

  drop = (store: Store, name: string): Promise<unknown> => run(store, "readwrite", (all) => all.delete(this.key(name)));

  async names(store: Store): Promise<string[]> {
    const keys = await run(store, "readonly", (all) => all.getAllKeys(range(this.account)));
    return keys.map((key) => String(key).slice(this.account.length + 1));
  }

  async keep(kept: Kept): Promise<void> {
    await this.put("meta", "kept", kept);
    await run("meta", "readwrite", (all) => all.put(this.account, "who"));
  }

  kept = (): Promise<Kept | undefined> => this.get<Kept>("meta", "kept");

  /** The highest turn of the keyring that this device has met. */
  highest = async (): Promise<number> => (await this.get<number>("meta", "highest")) ?? 0;

  async met(turn: number): Promise<void> {
    if (turn > (await this.highest())) await this.put("meta", "highest", turn);
  }

  /** Takes everything of this account off the device. */
  async forget(): Promise<void> {
    for (const store of STORES) await run(store, "readwrite", (all) => all.delete(range(this.account)));
    await run("meta", "readwrite", (all) => all.delete("who"));
  }
}
