// The keyring while it is open: its keys, those that the server does not have yet, and putting changes in force.
// Never: lets anything be sealed with a key that neither this device nor the server has; brings a destroyed key back.
// See: `keyring.ts` for the format.

import { ask, Offline, Refused, type State } from "./api";
import { type Bytes, digest, fromBase64, toBase64, utf8 } from "./bytes";
import { Device, type Kept } from "./device";
import { journalKey, type Kind } from "./envelope";
import { guardOf, type Keys, openKeys, sealKeys } from "./keyring";
import { Local } from "./local";

type Journals = Keys["journals"];

/** The keys do not fit what the server has any more: they were changed on another device. */
export class Stale extends Error {}

/** A new key could be kept neither on this device nor at the server, so nothing may be sealed with it. */
export class NoRoom extends Error {}

/** A keyring that is sealed and not yet in force. */
interface Sealed {
  turn: number;
  body: string;
  keys: Keys;
}

export class Ring {
  /** What is kept for this device alone. */
  readonly local: Local;
  /** Keys that were made here and that the server does not have yet, as far as is known. */
  private grown: Journals = {};
  /** Keys that this device had when it was opened. What waits here may need one that was destroyed elsewhere since. */
  past: Journals = {};

  private constructor(
    readonly state: Kept,
    readonly device: Device,
    /** What shows the server that the keyring is open. */
    public guard: string,
    private secret: Bytes | null,
    private held: Keys | null,
  ) {
    this.local = new Local(device, () => this.keys);
  }

  /** Opens with a ring key. */
  static async open(state: Kept, secret: Bytes): Promise<Ring> {
    const device = new Device(state.account);
    const highest = await device.highest().catch(() => 0);
    const keys = await openKeys(secret, state.account, state.turn, fromBase64(state.body), highest);
    const ring = new Ring(state, device, toBase64(await guardOf(secret)), secret, keys);
    ring.past = await ring.before(secret);
    await ring.recall();
    await ring.inForce({ turn: state.turn, body: state.body, keys });
    return ring;
  }

  private async before(secret: Bytes): Promise<Journals> {
    const kept = await this.device.kept().catch(() => undefined);
    const keys = kept && (await openKeys(secret, kept.account, kept.turn, fromBase64(kept.body)).catch(() => undefined));
    return withGrown(keys?.journals ?? {}, await this.noted());
  }

  /** Lets go of the keys. What JavaScript holds cannot be wiped for certain, only overwritten where it is bytes. */
  lock(): void {
    this.secret?.fill(0);
    this.secret = this.held = null;
    this.grown = this.past = {};
    this.guard = "";
  }

  get isOpen(): boolean {
    return this.held !== null;
  }

  get keys(): Keys {
    if (!this.held) throw new Stale();
    return this.held;
  }

  get key(): Bytes {
    if (!this.secret) throw new Stale();
    return this.secret;
  }

  // New keys

  /** The key of a journal in a year, which is there when this is done. */
  async keyOf(kind: Kind, year: string): Promise<string> {
    if (!this.keys.journals[`${kind}-${year}`]) await this.recall();
    const { epoch, made } = await journalKey(this.keys, kind, year);
    if (made) await this.grow({ [epoch]: this.keys.journals[epoch]! });
    return epoch;
  }

  /** Takes up keys that were noted before the server had them: before this page was opened, or in another tab. */
  private async recall(): Promise<void> {
    const noted = await this.noted();
    const fresh = without(noted, await settled(noted, this.keys));
    this.grown = withGrown(this.grown, fresh);
    this.held = { ...this.keys, journals: withGrown(this.keys.journals, fresh) };
  }

  /** A key was made. Without a line it waits on the device; where there is no room either, it is taken back. */
  private async grow(fresh: Journals): Promise<void> {
    this.grown = withGrown(this.grown, fresh);
    const kept = await this.note(async (noted) => withGrown(noted, fresh));
    try {
      await this.send();
    } catch (trouble) {
      // What is kept goes with the next exchange, which says what is wrong.
      if (kept) return;
      const lost = new Set(Object.values(fresh));
      this.grown = without(this.grown, lost);
      this.keys.journals = without(this.keys.journals, lost);
      throw trouble instanceof Offline ? new NoRoom() : trouble;
    }
  }

  private noted = async (): Promise<Journals> => (await this.local.noted<Journals>("grown")) ?? {};

  /** Changes what is noted, one tab after the other. Says whether it is kept. */
  private async note(change: (noted: Journals) => Promise<Journals>): Promise<boolean> {
    return await navigator.locks.request(`mend-vault-grown-${this.state.account}`, async () => this.local.note("grown", await change(await this.noted())));
  }

  /** Sends the keys that the server does not have yet; those of another tab too, whose pieces may be sent from here. */
  async send(): Promise<void> {
    await this.recall();
    if (Object.keys(this.grown).length) await this.save();
  }

  // Changes

  /** Puts a changed keyring in force, sealed with the same ring key. Another device may have been there first. */
  async save(change: (keys: Keys) => Keys = (keys) => keys): Promise<void> {
    for (let tries = 0; ; tries++) {
      const sealed = await this.sealed(change(this.keys));
      try {
        await ask("/api/vault/keyring", { guard: this.guard, turn: sealed.turn, keyring: sealed.body });
        return await this.inForce(sealed);
      } catch (trouble) {
        if (!(trouble instanceof Refused) || tries > 4) throw trouble;
        await this.takeOver(-1);
      }
    }
  }

  /** The keyring as it would be next. */
  async sealed(keys: Keys, secret = this.key): Promise<Sealed> {
    const turn = this.state.turn + 1;
    // New keys may be made while this one is on its way.
    const whole = { ...keys, journals: { ...keys.journals } };
    return { turn, body: toBase64(await sealKeys(secret, this.state.account, turn, whole)), keys: whole };
  }

  /** The keyring without some keys. Their marks stay in it, so that no device brings them back. */
  async sealedWithout(epochs: string[]): Promise<Sealed> {
    const gone = epochs.map((epoch) => this.keys.journals[epoch]!);
    const marks = [...(this.keys.gone ?? []), ...(await Promise.all(gone.map(mark)))];
    return this.sealed({ ...this.keys, journals: without(this.keys.journals, new Set(gone)), gone: marks });
  }

  /** A keyring is in force. Keys that only this device has are kept beside it. */
  async inForce({ turn, body, keys }: Sealed): Promise<void> {
    const past = await settled(this.grown, keys);
    if (!this.isOpen) return;
    this.grown = without(this.grown, past);
    this.held = { ...keys, journals: withGrown(keys.journals, this.grown) };
    Object.assign(this.state, { turn, body });
    // The note goes only where the device has the keyring instead.
    if (await this.remember()) await this.note(async (noted) => without(noted, await settled(noted, keys)));
  }

  /** Takes over a keyring that another device saved. */
  async takeOver(turn: number): Promise<void> {
    if (turn === this.state.turn) return;
    const { keyring } = await ask<State>("/api/vault");
    if (!keyring) throw new Stale();
    const keys = await openKeys(this.key, this.state.account, keyring.turn, fromBase64(keyring.body), this.state.turn).catch(() => {
      throw new Stale();
    });
    this.state.passkeys = keyring.passkeys;
    await this.inForce({ ...keyring, keys });
  }

  /** A new ring key is in force, with a keyring sealed by it. */
  async renewed(secret: Bytes, sealed: Sealed, kept: Partial<Kept>): Promise<void> {
    this.secret = secret;
    this.guard = toBase64(await guardOf(secret));
    Object.assign(this.state, kept);
    await this.inForce(sealed);
  }

  /** Keeps on the device what opens it without a line. */
  remember(): Promise<boolean> {
    return this.local.tryKeep("meta", async () => {
      await this.device.keep(this.state);
      await this.device.met(this.state.turn);
    });
  }
}

/** By what a key that was destroyed is known, and never opened with. */
const mark = async (identity: string): Promise<string> => toBase64(await digest(utf8(identity)));

/** Those of some keys that a keyring has, or had until they were destroyed. */
async function settled(grown: Journals, { journals, gone = [] }: Keys): Promise<Set<string>> {
  const past = new Set<string>();
  for (const identity of Object.values(grown)) {
    if (Object.values(journals).includes(identity) || gone.includes(await mark(identity))) past.add(identity);
  }
  return past;
}

const without = (journals: Journals, some: Set<string>): Journals => Object.fromEntries(Object.entries(journals).filter(([, identity]) => !some.has(identity)));

/** Two devices without a line may each have made the key of a year: then both are kept. */
export function withGrown(journals: Journals, grown: Journals): Journals {
  const all = { ...journals };
  for (const [epoch, identity] of Object.entries(grown)) {
    if (Object.values(all).includes(identity)) continue;
    let name = epoch;
    for (let more = 2; all[name]; more++) name = `${epoch}-${more}`;
    all[name] = identity;
  }
  return all;
}
