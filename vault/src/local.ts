// What is kept for this device alone, sealed with a key of the keyring: drafts, the shelf, the numbers of the dial.
// Never: sends anything; fails a page because there is no room.

import { type Bytes, fromBase64, text, utf8 } from "./bytes";
import type { Device, Store } from "./device";
import { pieceOf } from "./drafts";
import { type Keys, shut, unshut } from "./keyring";

/** How heavy it was, before writing and after. */
export interface Dial {
  before: number | null;
  after: number | null;
}

export class Local {
  /** Parts of the device in which something could not be kept. A small note may still fit where a page does not. */
  private readonly without = new Set<Store>();

  /** Hears that the device is full. */
  told: () => void = () => {};

  /** `keys` throws where nothing is open. */
  constructor(
    private readonly device: Device,
    private readonly keys: () => Keys,
  ) {}

  private bound = (name: string) => `mend local 1\n${this.device.account}\n${name}`;

  private async seal(name: string, value: unknown): Promise<Bytes> {
    return shut(fromBase64(this.keys().local), this.bound(name), utf8(JSON.stringify(value)));
  }

  private async open<T>(name: string, sealed: Bytes | undefined): Promise<T | undefined> {
    if (!sealed) return undefined;
    const plain = await unshut(fromBase64(this.keys().local), this.bound(name), sealed).catch(() => undefined);
    return plain && (JSON.parse(text(plain)) as T);
  }

  get full(): boolean {
    return this.without.size > 0;
  }

  /** Keeps something in a part of the device; where there is no room, goes on without. Says whether it is kept. */
  async tryKeep(store: Store, act: () => Promise<unknown>): Promise<boolean> {
    try {
      await act();
      this.without.delete(store);
      return true;
    } catch {
      this.without.add(store);
      this.told();
      return false;
    }
  }

  async noted<T>(name: string): Promise<T | undefined> {
    return this.open<T>(name, await this.device.get<Bytes>("meta", name).catch(() => undefined));
  }

  note = (name: string, value: unknown): Promise<boolean> => this.tryKeep("meta", async () => this.device.put("meta", name, await this.seal(name, value)));

  async draft<T>(name: string): Promise<T | undefined> {
    return this.open<T>(`draft ${name}`, await this.device.get<Bytes>("drafts", name).catch(() => undefined));
  }

  keepDraft = (name: string, value: unknown): Promise<boolean> =>
    this.tryKeep("drafts", async () => this.device.put("drafts", name, await this.seal(`draft ${name}`, value)));

  dropDraft = (name: string): Promise<unknown> => this.device.drop("drafts", name).catch(() => {});

  drafts = (): Promise<string[]> => this.device.names("drafts").catch(() => []);

  // The numbers of the dial, by piece. They stay on this device.

  dials = async (): Promise<Record<string, Dial>> => (await this.noted<Record<string, Dial>>("dials")) ?? {};

  async keepDial(id: string, dial: Dial): Promise<void> {
    const all = await this.dials();
    if (dial.before === null && dial.after === null) delete all[id];
    else all[id] = dial;
    await this.note("dials", all);
  }

  /** Lets go of what is noted of pieces that are destroyed: their numbers, and changes to them that were only begun. */
  async forgetPieces(ids: string[]): Promise<void> {
    if (!ids.length) return;
    const gone = new Set(ids);
    for (const name of await this.drafts()) if (gone.has(pieceOf(name) ?? "")) await this.dropDraft(name);
    const all = Object.entries(await this.dials());
    const kept = all.filter(([id]) => !gone.has(id));
    if (kept.length < all.length) await this.note("dials", Object.fromEntries(kept));
  }
}
