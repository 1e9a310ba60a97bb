// Sealed writing while it is open: what was written is in memory here, and nowhere else.
// Never: writes a key or a word to the device or the network unsealed.
// See: `ring.ts` for the keys, `sync.ts` for the server.

import { ask } from "./api";
import { type Bytes, newId } from "./bytes";
import type { Device, Kept, LocalPiece, Waiting } from "./device";
import { type Kind, Opener, seal, Unread } from "./envelope";
import type { Local } from "./local";
import { Ring, withGrown } from "./ring";
import { staled, Sync } from "./sync";

/** One piece as pages show it. */
export interface Item {
  id: string;
  version: number;
  until: string | null;
  /** Nothing where it could not be read. */
  kind: Kind | null;
  time: string;
  body: Body;
  /** Not at the server yet. */
  waiting: boolean;
  /** Why it could not be read. */
  unread?: Unread["why"];
}

type Body = Record<string, unknown>;

/** So many pieces are opened before the page gets a breath. */
export const AT_A_TIME = 40;
/** The largest piece that the server takes, in bytes. */
export const LARGEST = 512 * 1024;

/** Everything was destroyed. */
export class Ended extends Error {}

/** More than one piece can hold. */
export class TooLong extends Error {}

export class Vault {
  readonly items = new Map<string, Item>();
  /** Called whenever something has changed that a page may show. */
  changed: () => void = () => {};
  /** What a page does about something that went wrong while nobody asked. */
  trouble: (trouble: unknown) => void = () => {};
  /** Done when everything is here that the device and the server have. */
  whole: Promise<void> = Promise.resolve();
  readonly state: Kept;
  readonly device: Device;
  readonly local: Local;
  readonly line = new Sync(this);
  private ready: Promise<unknown> = Promise.resolve();

  private constructor(
    readonly ring: Ring,
    /** The day at the server, or what this device says where there is no line. */
    public today: string,
  ) {
    ({ state: this.state, device: this.device, local: this.local } = ring);
    this.local.told = () => this.changed();
  }

  /** Opens with a ring key. */
  static async open(state: Kept, key: Bytes, today: string): Promise<Vault> {
    return new Vault(await Ring.open(state, key), today);
  }

  lock(): void {
    this.ring.lock();
    this.items.clear();
    this.changed = () => {};
  }

  get isOpen(): boolean {
    return this.ring.isOpen;
  }

  // Settings that travel with the keyring.

  setting<T>(name: string, otherwise: T): T {
    return (this.ring.keys.settings as Record<string, T> | undefined)?.[name] ?? otherwise;
  }

  async set(name: string, value: unknown): Promise<void> {
    await this.inTurn(() => this.ring.save((keys) => ({ ...keys, settings: { ...(keys.settings as object | undefined), [name]: value } })));
  }

  // Reading

  /** Everything that is on the device, from the shelf of titles where there is one; the rest is opened at leisure. */
  async load(): Promise<void> {
    for (const item of (await this.local.noted<Item[]>("shelf")) ?? []) this.items.set(item.id, item);
    const pieces = await this.device.all<LocalPiece>("pieces").catch(() => []);
    const waiting = await this.device.all<Waiting>("waiting").catch(() => []);
    const there = new Set([...pieces, ...waiting].map(({ id }) => id));
    for (const id of this.items.keys()) if (!there.has(id)) this.items.delete(id);
    const fresh = pieces.filter(({ id, version }) => this.items.get(id)?.version !== version);
    await this.openAll(fresh, false);
    const { keys, past } = this.ring;
    const older = { ...keys, journals: withGrown(keys.journals, past) };
    await this.openAll(waiting.map((one) => ({ ...one, version: one.base + 1 })), true, older);
    this.ring.past = {};
  }

  async openAll(pieces: LocalPiece[], waiting: boolean, keys = this.ring.keys): Promise<void> {
    const opener = new Opener(keys);
    for (let at = 0; at < pieces.length; at += AT_A_TIME) {
      const some = pieces.slice(at, at + AT_A_TIME);
      for (const item of await Promise.all(some.map((piece) => opened(opener, piece, waiting)))) this.items.set(item.id, item);
      this.changed();
      if (!this.isOpen) return;
      await new Promise((resolve) => setTimeout(resolve));
    }
    if (pieces.length) await this.shelve();
  }

  /** What the list shows is kept sealed in one piece, so that the next opening does not open a thousand. */
  async shelve(): Promise<void> {
    const all = [...this.items.values()].filter(({ waiting, unread }) => !waiting && !unread);
    await this.local.note("shelf", all);
  }

  // Writing

  /**
   * Keeps a piece: on the device first, then at the server. `id` is one that is there already, or nothing.
   * Gives its id.
   */
  async save(kind: Kind, body: Body, until: string | null, id = newId()): Promise<string> {
    await this.inTurn(async () => {
      const before = this.items.get(id);
      const waiting = await this.line.waiting(id);
      const base = waiting ? waiting.base : (before?.version ?? 0);
      const time = before?.time || this.now();
      const sealed = await this.sealed(kind, id, base + 1, time, body);
      if (sealed.length > LARGEST) throw new TooLong();
      this.items.set(id, { id, version: base + 1, until, kind, time, body, waiting: true });
      await this.line.queue({ id, base, until, body: sealed, tried: waiting?.tried });
    });
    this.changed();
    void this.sync();
    return id;
  }

  /** Now, on the server's day: a clock that is a year off must not choose the key of another year. */
  private now(): string {
    return `${this.today}${new Date().toISOString().slice(10, 19)}Z`;
  }

  async sealed(kind: Kind, object: string, seq: number, time: string, body: Body): Promise<Bytes> {
    // The year in which it was begun, so that destroying another year never takes the key from under it.
    const epoch = await this.ring.keyOf(kind, time.slice(0, 4));
    const local = await this.device.get<LocalPiece>("pieces", object).catch(() => undefined);
    return seal(this.ring.keys, { kind, object, epoch, seq, time, body }, local?.body);
  }

  // The server

  /** One after the other: two at once would send the same thing twice. */
  inTurn<T>(act: () => Promise<T>): Promise<T> {
    const next = this.ready.then(act);
    this.ready = next.catch(() => {});
    return next;
  }

  /** Sends what waits and fetches what is new. */
  async sync(): Promise<void> {
    if (!this.isOpen) return;
    try {
      await this.inTurn(() => this.line.exchange());
    } catch (trouble) {
      return this.trouble(trouble);
    }
    this.changed();
  }

  // Letting go

  /** Takes a piece off this device. */
  async drop(id: string): Promise<void> {
    this.items.delete(id);
    await this.device.drop("pieces", id).catch(() => {});
  }

  /** Destroys pieces, and the keys of `epochs`, here and at the server. Needs a line, so that it is true when it is said. */
  async destroy(ids: string[], epochs: string[] = []): Promise<void> {
    await this.inTurn(async () => {
      const fewer = epochs.length ? await this.ring.sealedWithout(epochs) : null;
      const ring = fewer ? { turn: fewer.turn, keyring: fewer.body } : {};
      await ask("/api/vault/pieces/destroy", { guard: this.ring.guard, ids, ...ring }).catch(staled);
      if (fewer) await this.ring.inForce(fewer);
      for (const id of ids) {
        await this.line.unqueue(id);
        await this.drop(id);
      }
      await this.local.forgetPieces(ids);
      await this.shelve();
    });
    this.changed();
  }

  /** Destroys everything, keyring and ways with it. */
  async end(): Promise<void> {
    await ask("/api/vault/end", { guard: this.ring.guard }).catch(staled);
    await this.device.forget().catch(() => {});
    this.lock();
  }
}

async function opened(opener: Opener, piece: LocalPiece, waiting: boolean): Promise<Item> {
  const { id, version, until } = piece;
  try {
    const { kind, time, body } = await opener.open(piece.body, id, version);
    return { id, version, until, kind, time, body, waiting };
  } catch (trouble) {
    const unread = trouble instanceof Unread ? trouble.why : "damaged";
    return { id, version, until, kind: null, time: "", body: {}, waiting, unread };
  }
}
