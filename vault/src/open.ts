// Sealed writing while it is open: the keys are in memory here, and nowhere else.
// Never: writes a key or a word to the device or the network unsealed.

import { ask, type Index, type KeptAnswer, Offline, Refused, type State, type Stored } from "./api";
import { type Bytes, fromBase64, newId, same, toBase64 } from "./bytes";
import { Device, type Kept, type LocalPiece, type Waiting } from "./device";
import { journalKey, type Kind, Opener, type Piece, seal, Unread } from "./envelope";
import { guardOf, type Keys, openKeys, sealKeys } from "./keyring";
import { Local } from "./local";

/** One piece as pages show it. */
export interface Item {
  id: string;
  version: number;
  until: string | null;
  kind: Kind;
  time: string;
  body: Record<string, unknown>;
  /** Not at the server yet. */
  waiting: boolean;
  /** Why it could not be read. */
  unread?: Unread["why"];
}

type Body = Record<string, unknown>;

/** So many pieces are opened before the page gets a breath. */
const AT_A_TIME = 40;
/** So many bytes are sent at once. */
const AT_ONCE = 1_000_000;

/** The keys do not fit what the server has any more: they were changed on another device. */
export class Stale extends Error {}

export class Vault {
  readonly items = new Map<string, Item>();
  /** Called whenever something has changed that a page may show. */
  changed: () => void = () => {};
  online = true;
  /** Done when everything is here that the device and the server have. */
  whole: Promise<void> = Promise.resolve();
  /** What is kept for this device alone. */
  readonly local: Local;
  private ready: Promise<void> = Promise.resolve();
  private guard = "";

  private constructor(
    readonly state: Kept,
    readonly device: Device,
    private ring: Bytes | null,
    private keys: Keys | null,
    /** The day at the server, or what this device says where there is no line. */
    public today: string,
  ) {
    this.local = new Local(device, () => this.open_(), () => this.changed());
  }

  /** Opens with a ring key. */
  static async open(state: Kept, ring: Bytes, today: string): Promise<Vault> {
    const device = new Device(state.account);
    const highest = await device.highest().catch(() => 0);
    const keys = await openKeys(ring, state.account, state.turn, fromBase64(state.body), highest);
    const vault = new Vault(state, device, ring, keys, today);
    vault.guard = toBase64(await guardOf(ring));
    await vault.remember();
    return vault;
  }

  /** Lets go of the keys. What JavaScript holds cannot be wiped for certain, only overwritten where it is bytes. */
  lock(): void {
    this.ring?.fill(0);
    this.ring = null;
    this.keys = null;
    this.guard = "";
    this.items.clear();
    this.changed = () => {};
  }

  get isOpen(): boolean {
    return this.keys !== null;
  }

  // Settings that travel with the keyring.

  setting<T>(name: string, otherwise: T): T {
    return (this.open_().settings as Record<string, T> | undefined)?.[name] ?? otherwise;
  }

  async set(name: string, value: unknown): Promise<void> {
    await this.saveKeys((keys) => ({ ...keys, settings: { ...(keys.settings as object | undefined), [name]: value } }));
  }

  private open_(): Keys {
    if (!this.keys) throw new Stale();
    return this.keys;
  }

  private async remember(): Promise<void> {
    await this.local.tryKeep("meta", async () => {
      await this.device.keep(this.state);
      await this.device.met(this.state.turn);
    });
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
    await this.openAll(waiting.map((one) => ({ ...one, version: one.base + 1 })), true);
  }

  private async openAll(pieces: LocalPiece[], waiting: boolean): Promise<void> {
    const opener = new Opener(this.open_());
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
  private async shelve(): Promise<void> {
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
      const queued = this.queued.get(id) ?? (await this.device.get<Waiting>("waiting", id).catch(() => undefined));
      const base = queued ? queued.base : (before?.version ?? 0);
      const time = (before?.time as string | undefined) ?? this.now();
      const sealed = await this.sealed(kind, id, base + 1, time, body);
      this.items.set(id, { id, version: base + 1, until, kind, time, body, waiting: true });
      await this.queue({ id, base, until, body: sealed, tried: queued?.tried });
    });
    this.changed();
    void this.sync();
    return id;
  }

  private queued = new Map<string, Waiting>();

  private async queue(one: Waiting): Promise<void> {
    this.queued.set(one.id, one);
    await this.local.tryKeep("waiting", () => this.device.put("waiting", one.id, one));
  }

  private async unqueue(id: string): Promise<void> {
    this.queued.delete(id);
    await this.device.drop("waiting", id).catch(() => {});
  }

  /** Now, on the server's day: a clock that is a year off must not choose the key of another year. */
  private now(): string {
    return `${this.today}${new Date().toISOString().slice(10, 19)}Z`;
  }

  private async sealed(kind: Kind, object: string, seq: number, time: string, body: Body): Promise<Bytes> {
    // The year in which it was begun, so that destroying another year never takes the key from under it.
    const { epoch, made } = await journalKey(this.open_(), kind, time.slice(0, 4));
    if (made) await this.keysGrew();
    const local = await this.device.get<LocalPiece>("pieces", object).catch(() => undefined);
    return seal(this.open_(), { kind, object, epoch, seq, time, body }, local?.body);
  }

  // The keyring

  /** A key was added. Without a line it waits on the device, in the keyring that is kept there. */
  private async keysGrew(): Promise<void> {
    await this.local.note("grown", this.open_().journals);
    await this.sendGrown().catch((trouble) => {
      if (!(trouble instanceof Offline)) throw trouble;
    });
  }

  private async sendGrown(): Promise<void> {
    const grown = await this.local.noted<Record<string, string>>("grown");
    if (!grown) return;
    await this.saveKeys((keys) => ({ ...keys, journals: withGrown(keys.journals, grown) }));
    await this.local.forget("grown");
  }

  /** Puts a changed keyring in force, sealed with the same ring key. Another device may have been there first. */
  private async saveKeys(change: (keys: Keys) => Keys): Promise<void> {
    for (let tries = 0; ; tries++) {
      const [turn, keys] = [this.state.turn + 1, change(this.open_())];
      const body = toBase64(await sealKeys(this.ring!, this.state.account, turn, keys));
      try {
        await ask("/api/vault/keyring", { guard: this.guard, turn, keyring: body });
        this.keys = keys;
        Object.assign(this.state, { turn, body });
        return await this.remember();
      } catch (trouble) {
        if (!(trouble instanceof Refused) || tries > 4) throw trouble;
        await this.takeOver(-1);
      }
    }
  }

  /** Takes over a keyring that another device saved. Keys that only this device has are kept beside it. */
  private async takeOver(turn: number): Promise<void> {
    if (turn === this.state.turn) return;
    const { keyring } = await ask<State>("/api/vault");
    if (!keyring) throw new Stale();
    const highest = this.state.turn;
    const theirs = await openKeys(this.ring!, this.state.account, keyring.turn, fromBase64(keyring.body), highest).catch(() => {
      throw new Stale();
    });
    this.keys = theirs;
    Object.assign(this.state, { turn: keyring.turn, body: keyring.body, passkeys: keyring.passkeys });
    await this.remember();
  }

  // The server

  /** One after the other: two at once would send the same thing twice. */
  private inTurn<T>(act: () => Promise<T>): Promise<T> {
    const next = this.ready.then(act);
    this.ready = next.then(
      () => {},
      () => {},
    );
    return next;
  }

  /** Sends what waits and fetches what is new. Says nothing where there is no line; throws {@link Stale}. */
  async sync(): Promise<void> {
    if (!this.isOpen) return;
    try {
      await this.inTurn(() => navigator.locks.request(`mend-vault-${this.state.account}`, () => this.exchange()));
      this.online = true;
    } catch (trouble) {
      if (!(trouble instanceof Offline)) return this.trouble(trouble);
      this.online = false;
    }
    this.changed();
  }

  /** What a page does about something that went wrong while nobody asked. */
  trouble: (trouble: unknown) => void = () => {};

  private async exchange(): Promise<void> {
    if (!this.isOpen) return;
    const index = await ask<Index>("/api/vault/pieces");
    this.today = index.day;
    if (index.turn === null) throw new Stale();
    await this.takeOver(index.turn);
    await this.sendGrown();
    await this.letGo(index);
    await this.fetchNew(index);
    await this.bringBack(index);
    await this.sendWaiting();
    await this.shelve();
  }

  /** What was destroyed elsewhere goes here too. */
  private async letGo(index: Index): Promise<void> {
    const gone: string[] = [];
    for (const id of index.gone) {
      if (!this.items.has(id) || (await this.device.get("waiting", id).catch(() => this.queued.get(id)))) continue;
      this.items.delete(id);
      gone.push(id);
      await this.device.drop("pieces", id).catch(() => {});
    }
    await this.local.forgetPieces(gone);
  }

  private async fetchNew(index: Index): Promise<void> {
    const known = (id: string) => this.items.get(id);
    let wanted = index.pieces.filter(([id, version]) => !known(id) || (known(id)!.version < version && !known(id)!.waiting)).map(([id]) => id);
    // A few at first, so that there is something to read while the rest comes.
    for (let some = AT_A_TIME; wanted.length; some = 500) {
      const { pieces } = await ask<{ pieces: Stored[] }>("/api/vault/pieces/read", { ids: wanted.slice(0, some) });
      if (!pieces.length) return;
      const local = pieces.map((piece) => ({ ...piece, body: fromBase64(piece.body) }));
      await this.local.tryKeep("pieces", () => this.device.putAll("pieces", local));
      await this.openAll(local, false);
      const came = new Set(local.map(({ id }) => id));
      wanted = wanted.filter((id) => !came.has(id));
    }
  }

  /** A server that came back from an older backup gets back what this device has and it lost. */
  private async bringBack(index: Index): Promise<void> {
    const there = new Set([...index.pieces.map(([id]) => id), ...index.gone]);
    for (const piece of await this.device.all<LocalPiece>("pieces").catch(() => [])) {
      if (there.has(piece.id) || this.queued.has(piece.id)) continue;
      if ((piece.until && piece.until < this.today) || this.items.get(piece.id)?.unread) {
        this.items.delete(piece.id);
        await this.device.drop("pieces", piece.id).catch(() => {});
      } else {
        await this.queue({ ...piece, base: piece.version - 1 });
      }
    }
  }

  private async sendWaiting(): Promise<void> {
    const kept = await this.device.all<Waiting>("waiting").catch(() => []);
    for (const one of kept) if (!this.queued.has(one.id)) this.queued.set(one.id, one);
    let rounds = 0;
    while (this.queued.size && rounds++ < 50) await this.sendSome();
  }

  private async sendSome(): Promise<void> {
    const some: Waiting[] = [];
    let bytes = 0;
    for (const one of this.queued.values()) {
      if (some.length && bytes + one.body.length > AT_ONCE) break;
      bytes += one.body.length;
      some.push(one);
    }
    for (const one of some) await this.queue({ ...one, tried: one.body });
    const pieces = some.map(({ id, base, until, body }) => ({ id, base, until, body: toBase64(body) }));
    const { kept } = await ask<{ kept: KeptAnswer[] }>("/api/vault/pieces", { guard: this.guard, pieces }).catch(staled);
    for (const [at, one] of some.entries()) await this.settle(one, kept[at] ?? {});
  }

  /** What became of one piece that was sent. */
  private async settle(sent: Waiting, answer: KeptAnswer): Promise<void> {
    const item = this.items.get(sent.id);
    if (answer.version !== undefined) {
      await this.local.tryKeep("pieces", () => this.device.put("pieces", sent.id, { id: sent.id, version: answer.version!, until: sent.until, body: sent.body }));
      if (item) this.items.set(sent.id, { ...item, version: answer.version, waiting: false });
      return this.unqueue(sent.id);
    }
    const theirs = answer.clash && fromBase64(answer.clash.body);
    if (theirs && sent.tried && same(theirs, sent.tried)) return this.follow(sent, answer.clash!.version);
    await this.beside(sent, answer.clash);
  }

  /** Our own earlier try had arrived after all: what was written since follows it. */
  private async follow(sent: Waiting, version: number): Promise<void> {
    const { kind, time, body } = await this.ours(sent);
    const sealed = await this.sealed(kind, sent.id, version + 1, time, body);
    await this.queue({ id: sent.id, base: version, until: sent.until, body: sealed });
  }

  /** Another device was there first: ours becomes an entry of its own, and both are shown. */
  private async beside(sent: Waiting, clash?: Stored): Promise<void> {
    const { kind, time, body } = await this.ours(sent);
    const id = newId();
    const beside = { ...body, beside: sent.id };
    const sealed = await this.sealed(kind, id, 1, time, beside);
    this.items.set(id, { id, version: 1, until: sent.until, kind, time, body: beside, waiting: true });
    await this.queue({ id, base: 0, until: sent.until, body: sealed });
    const dial = (await this.local.dials())[sent.id];
    if (dial) await this.local.keepDial(id, dial);
    await this.unqueue(sent.id);
    this.items.delete(sent.id);
    if (!clash) return void (await this.device.drop("pieces", sent.id).catch(() => {}));
    const local = { ...clash, body: fromBase64(clash.body) };
    await this.local.tryKeep("pieces", () => this.device.put("pieces", local.id, local));
    await this.openAll([local], false);
  }

  private ours(sent: Waiting): Promise<Piece> {
    return new Opener(this.open_()).open(sent.body, sent.id, sent.base + 1);
  }

  // Letting go

  /** Destroys pieces, and the keys of `epochs`, here and at the server. Needs a line, so that it is true when it is said. */
  async destroy(ids: string[], epochs: string[] = []): Promise<void> {
    await this.inTurn(async () => {
      const keys = this.open_();
      const journals = Object.fromEntries(Object.entries(keys.journals).filter(([epoch]) => !epochs.includes(epoch)));
      const turn = this.state.turn + 1;
      const fewer = { ...keys, journals };
      const sealed = epochs.length ? toBase64(await sealKeys(this.ring!, this.state.account, turn, fewer)) : null;
      const ring = sealed ? { turn, keyring: sealed } : {};
      await ask("/api/vault/pieces/destroy", { guard: this.guard, ids, ...ring }).catch(staled);
      if (sealed) {
        this.keys = fewer;
        Object.assign(this.state, { turn, body: sealed });
        await this.remember();
      }
      for (const id of ids) {
        this.items.delete(id);
        await this.unqueue(id);
        await this.device.drop("pieces", id).catch(() => {});
      }
      await this.local.forgetPieces(ids);
      await this.shelve();
    });
    this.changed();
  }

  /** Destroys everything, keyring and ways with it. */
  async end(): Promise<void> {
    await ask("/api/vault/end", { guard: this.guard }).catch(staled);
    await this.device.forget().catch(() => {});
    this.lock();
  }

  // For the pages that change what opens it

  /** What shows the server that this vault is open. */
  get proof(): string {
    return this.guard;
  }

  ringKey(): Bytes {
    if (!this.ring) throw new Stale();
    return this.ring;
  }

  /** The keyring under a new ring key, for new words. */
  resealed = (ring: Bytes): Promise<Bytes> => sealKeys(ring, this.state.account, this.state.turn + 1, this.open_());

  /** A new ring key is in force. */
  async renewed(ring: Bytes, kept: Partial<Kept>): Promise<void> {
    this.ring = ring;
    this.guard = toBase64(await guardOf(ring));
    Object.assign(this.state, kept);
    await this.remember();
  }

  rememberWays = (): Promise<void> => this.remember();

  /** How many keys there are, by journal and year. */
  epochs = (): string[] => Object.keys(this.open_().journals);
}

/** Two devices without a line may each have made the key of a year: then both are kept. */
export function withGrown(journals: Record<string, string>, grown: Record<string, string>): Record<string, string> {
  const all = { ...journals };
  for (const [epoch, identity] of Object.entries(grown)) {
    if (Object.values(all).includes(identity)) continue;
    let name = epoch;
    for (let more = 2; all[name]; more++) name = `${epoch}-${more}`;
    all[name] = identity;
  }
  return all;
}

async function opened(opener: Opener, piece: LocalPiece, waiting: boolean): Promise<Item> {
  const { id, version, until } = piece;
  try {
    const { kind, time, body } = await opener.open(piece.body, id, version);
    return { id, version, until, kind, time, body, waiting };
  } catch (trouble) {
    const unread = trouble instanceof Unread ? trouble.why : "damaged";
    return { id, version, until, kind: "journal", time: "", body: {}, waiting, unread };
  }
}

function staled(trouble: unknown): never {
  if (trouble instanceof Refused && ["stale", "none"].includes(trouble.word)) throw new Stale();
  throw trouble;
}
