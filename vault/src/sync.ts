// The vault and the server: sends what waits here, fetches what is new, and settles what two devices wrote at once.
// Never: sends a piece before the server has its key; lets one piece hold back the others.
// See: `open.ts` for what is open.

import { ask, type Index, type KeptAnswer, Offline, Refused, type Stored } from "./api";
import { fromBase64, newId, same, toBase64 } from "./bytes";
import type { LocalPiece, Waiting } from "./device";
import { Opener, type Piece, Unread } from "./envelope";
import { AT_A_TIME, LARGEST, type Vault } from "./open";
import { Stale } from "./ring";

/** So many bytes are sent at once. */
const AT_ONCE = 1_000_000;

/** Why the server did not take something: one piece is too large, there is no room, or what it says. */
export interface Refusal {
  why: "long" | "full" | "other";
  say: string;
}

export class Sync {
  online = true;
  /** Of the last time that something was sent. */
  refusal: Refusal | null = null;
  private readonly queued = new Map<string, Waiting>();
  /** What is not sent again this time, and why. */
  private readonly held = new Map<string, Refusal | null>();
  /** The turn of the keyring that fits all that waits. */
  private fits = 0;

  constructor(private readonly vault: Vault) {}

  /** Sends what waits and fetches what is new. Says nothing where there is no line. */
  async exchange(): Promise<void> {
    const { vault } = this;
    try {
      await navigator.locks.request(`mend-vault-${vault.state.account}`, () => this.inLock());
      this.online = true;
    } catch (trouble) {
      if (trouble instanceof Offline) this.online = false;
      else if (trouble instanceof Refused) this.refusal = { why: "other", say: trouble.say };
      else throw trouble;
    }
  }

  private async inLock(): Promise<void> {
    const { vault } = this;
    if (!vault.isOpen) return;
    const index = await ask<Index>("/api/vault/pieces");
    vault.today = index.day;
    if (index.turn === null) throw new Stale();
    await vault.ring.takeOver(index.turn);
    await vault.ring.send();
    await this.letGo(index);
    await this.fetchNew(index);
    await this.bringBack(index);
    await this.gather();
    if (this.fits !== vault.state.turn) await this.sealAnew();
    await this.sendWaiting();
    await vault.shelve();
  }

  // What waits

  async queue(one: Waiting): Promise<void> {
    this.queued.set(one.id, one);
    await this.vault.local.tryKeep("waiting", () => this.vault.device.put("waiting", one.id, one));
  }

  async unqueue(id: string): Promise<void> {
    this.queued.delete(id);
    await this.vault.device.drop("waiting", id).catch(() => {});
  }

  /** What waits of one piece, here or from before. */
  waiting = async (id: string): Promise<Waiting | undefined> => this.queued.get(id) ?? (await this.vault.device.get<Waiting>("waiting", id).catch(() => undefined));

  private async gather(): Promise<void> {
    const kept = await this.vault.device.all<Waiting>("waiting").catch(() => []);
    for (const one of kept) if (!this.queued.has(one.id)) this.queued.set(one.id, one);
  }

  /** What waits under a key that another device destroyed gets another, as long as it can be read here. */
  private async sealAnew(): Promise<void> {
    const { vault } = this;
    const opener = new Opener(vault.ring.keys);
    for (const one of this.queued.values()) {
      const { kind, time = "", body = {} } = vault.items.get(one.id) ?? {};
      const found = await read(opener, one);
      if (!kind || !(found instanceof Unread) || found.why !== "key") continue;
      await this.queue({ ...one, body: await vault.sealed(kind, one.id, one.base + 1, time, body) });
    }
    this.fits = vault.state.turn;
  }

  // Coming

  /** What was destroyed elsewhere goes here too. */
  private async letGo(index: Index): Promise<void> {
    const gone: string[] = [];
    for (const id of index.gone) {
      if (!this.vault.items.has(id) || (await this.waiting(id))) continue;
      await this.vault.drop(id);
      gone.push(id);
    }
    await this.vault.local.forgetPieces(gone);
  }

  private async fetchNew(index: Index): Promise<void> {
    const known = (id: string) => this.vault.items.get(id);
    let wanted = index.pieces.filter(([id, version]) => !known(id) || (known(id)!.version < version && !known(id)!.waiting)).map(([id]) => id);
    // A few at first, so that there is something to read while the rest comes.
    for (let some = AT_A_TIME; wanted.length; some = 500) {
      const { pieces } = await ask<{ pieces: Stored[] }>("/api/vault/pieces/read", { ids: wanted.slice(0, some) });
      if (!pieces.length) return;
      await this.keep(pieces);
      const came = new Set(pieces.map(({ id }) => id));
      wanted = wanted.filter((id) => !came.has(id));
    }
  }

  /** Keeps what the server has, and opens it. */
  private async keep(stored: Stored[]): Promise<void> {
    const local = stored.map((piece) => ({ ...piece, body: fromBase64(piece.body) }));
    await this.vault.local.tryKeep("pieces", () => this.vault.device.putAll("pieces", local));
    await this.vault.openAll(local, false);
  }

  /** A server that came back from an older backup gets back what this device has and it lost. */
  private async bringBack(index: Index): Promise<void> {
    const { vault } = this;
    const there = new Set([...index.pieces.map(([id]) => id), ...index.gone]);
    for (const piece of await vault.device.all<LocalPiece>("pieces").catch(() => [])) {
      if (there.has(piece.id) || this.queued.has(piece.id)) continue;
      const over = piece.until !== null && piece.until < vault.today;
      if (over || vault.items.get(piece.id)?.unread) await vault.drop(piece.id);
      else await this.queue({ ...piece, base: piece.version - 1 });
    }
  }

  // Going

  private async sendWaiting(): Promise<void> {
    this.held.clear();
    let rounds = 0;
    for (let some = this.some(); some.length && rounds++ < 50; some = this.some()) await this.send(some);
    this.refusal = [...this.held.values()].find(Boolean) ?? null;
  }

  private some(): Waiting[] {
    const some: Waiting[] = [];
    let bytes = 0;
    for (const one of this.queued.values()) {
      if (this.held.has(one.id)) continue;
      if (some.length && bytes + one.body.length > AT_ONCE) break;
      bytes += one.body.length;
      some.push(one);
    }
    return some;
  }

  /** Sends some pieces at once; one by one where the server does not take them together. */
  private async send(some: Waiting[]): Promise<void> {
    for (const one of some) await this.queue({ ...one, tried: one.body });
    const pieces = some.map(({ id, base, until, body }) => ({ id, base, until, body: toBase64(body) }));
    const answer = await ask<{ kept: KeptAnswer[] }>("/api/vault/pieces", { guard: this.vault.ring.guard, pieces }).catch(refusal);
    if (answer instanceof Refused) return this.refused(some, answer);
    for (const [at, one] of some.entries()) await this.settle(one, answer.kept[at] ?? {});
  }

  private async refused(some: Waiting[], { word, say }: Refused): Promise<void> {
    if (some.length > 1) {
      for (const one of some) await this.send([one]);
      return;
    }
    const { id, body } = some[0]!;
    this.held.set(id, { why: body.length > LARGEST ? "long" : word === "full" ? "full" : "other", say });
  }

  // Settling

  /** What became of one piece that was sent. */
  private async settle(sent: Waiting, answer: KeptAnswer): Promise<void> {
    const { vault } = this;
    const item = vault.items.get(sent.id);
    if (answer.version !== undefined) {
      const { id, until, body } = sent;
      await vault.local.tryKeep("pieces", () => vault.device.put("pieces", id, { id, version: answer.version!, until, body }));
      if (item) vault.items.set(id, { ...item, version: answer.version, waiting: false });
      return this.unqueue(id);
    }
    const ours = await read(new Opener(vault.ring.keys), sent);
    if (ours instanceof Unread) return this.unreadable(sent, ours, answer.clash);
    const theirs = answer.clash && fromBase64(answer.clash.body);
    if (theirs && sent.tried && same(theirs, sent.tried)) return this.follow(sent, ours, answer.clash!.version);
    await this.beside(sent, ours);
    await this.giveWay(sent.id, answer.clash);
  }

  /** Our own earlier try had arrived after all: what was written since follows it. */
  private async follow(sent: Waiting, { kind, time, body }: Piece, version: number): Promise<void> {
    const sealed = await this.vault.sealed(kind, sent.id, version + 1, time, body);
    await this.queue({ id: sent.id, base: version, until: sent.until, body: sealed });
  }

  /** Another device was there first: ours becomes an entry of its own, and both are shown. */
  private async beside(sent: Waiting, { kind, time, body: before }: Piece): Promise<void> {
    const { vault } = this;
    const id = newId();
    const body = { ...before, beside: sent.id };
    const sealed = await vault.sealed(kind, id, 1, time, body);
    vault.items.set(id, { id, version: 1, until: sent.until, kind, time, body, waiting: true });
    await this.queue({ id, base: 0, until: sent.until, body: sealed });
    const dial = (await vault.local.dials())[sent.id];
    if (dial) await vault.local.keepDial(id, dial);
  }

  /** What nobody can read any more goes. What a newer version may read waits for it. */
  private async unreadable(sent: Waiting, { why }: Unread, clash?: Stored): Promise<void> {
    if (why === "key") return this.giveWay(sent.id, clash);
    this.held.set(sent.id, null);
  }

  /** What is at the server stands in place of ours: another version, or nothing. */
  private async giveWay(id: string, clash?: Stored): Promise<void> {
    await this.unqueue(id);
    if (!clash) return this.vault.drop(id);
    this.vault.items.delete(id);
    await this.keep([clash]);
  }
}

/** What waits, opened; or why it does not open. */
async function read(opener: Opener, { id, base, body }: Waiting): Promise<Piece | Unread> {
  return opener.open(body, id, base + 1).catch((trouble) => {
    if (trouble instanceof Unread) return trouble;
    throw trouble;
  });
}

/** A refusal, unless it is about the keyring. */
function refusal(trouble: unknown): Refused {
  if (trouble instanceof Refused && !isStale(trouble)) return trouble;
  return staled(trouble);
}

const isStale = ({ word }: Refused): boolean => ["stale", "none"].includes(word);

/** Tells a keyring that does not fit any more from other refusals. */
export function staled(trouble: unknown): never {
  if (trouble instanceof Refused && isStale(trouble)) throw new Stale();
  throw trouble;
}
