// The envelope: one piece of writing, signed by its writer, filled up so that its size says little, sealed with age.
// Never: sends anything; keeps anything.
// See: `mend_seal::envelope` for the same format on the other side, `crates/seal/keyring.json` for the bytes of both.
//
//   inside    "mend 1 " ‖ signature, base64url ‖ "\n" ‖ JSON ‖ "\n" ‖ spaces up to the padded length
//   signed    Ed25519 of "mend envelope 1\n" ‖ the JSON as it stands
//   JSON      v, kind, object, epoch, seq, author, time, prev, body
//   sealed    age, to the one X25519 key of its journal and year
//
// An age file says nothing about who made it, so the signature is inside; object and seq tie it to its place, so that
// no piece can be put in place of another, nor an old version in place of a new one.

import { Decrypter, Encrypter, generateX25519Identity, identityToRecipient } from "age-encryption";
import { ed25519 } from "@noble/curves/ed25519.js";
import { bech32 } from "@scure/base";
import { type Bytes, digest, fill, fromBase64, join, same, text, toBase64, utf8 } from "./bytes";
import type { Keys } from "./keyring";

export const KINDS = ["journal", "inventory", "list", "amends", "check", "note"] as const;
export type Kind = (typeof KINDS)[number];

/** One piece as it stands inside of its envelope. */
export interface Piece {
  v: 1;
  kind: Kind;
  object: string;
  epoch: string;
  seq: number;
  author: string;
  time: string;
  prev: string;
  body: Record<string, unknown>;
}

/** Why an envelope did not open. */
export class Unread extends Error {
  constructor(readonly why: "key" | "newer" | "damaged" | "foreign") {
    super(why);
  }
}

/** The key of a journal in a year; makes one where there is none yet, and says so. */
export async function journalKey(keys: Keys, kind: Kind, year: string): Promise<{ epoch: string; made: boolean }> {
  const epoch = `${kind}-${year}`;
  if (keys.journals[epoch]) return { epoch, made: false };
  keys.journals[epoch] = await generateX25519Identity();
  return { epoch, made: true };
}

// Signing by the browser's own Ed25519 where it has one; by the same in JavaScript where not.

/** What stands before 32 bytes so that a browser takes them as a key: of Ed25519 with 112, of X25519 with 110. */
const PKCS8 = (curve: 110 | 112) => new Uint8Array([48, 46, 2, 1, 0, 48, 5, 6, 3, 43, 101, curve, 4, 34, 4, 32]);

export const authorOf = (keys: Keys): string => toBase64(ed25519.getPublicKey(fromBase64(keys.sign)));

async function signed(keys: Keys, message: Bytes): Promise<Bytes> {
  const seed = fromBase64(keys.sign);
  try {
    const key = await crypto.subtle.importKey("pkcs8", join(PKCS8(112), seed), "Ed25519", false, ["sign"]);
    return new Uint8Array(await crypto.subtle.sign("Ed25519", key, message));
  } catch {
    return ed25519.sign(message, seed) as Bytes;
  }
}

/** Checks signatures of one author. The browser's own key is made once; it costs as much as a check. */
async function checking(author: Bytes): Promise<(signature: Bytes, message: Bytes) => Promise<boolean>> {
  try {
    const key = await crypto.subtle.importKey("raw", author, "Ed25519", false, ["verify"]);
    return (signature, message) => crypto.subtle.verify("Ed25519", key, signature, message);
  } catch {
    return async (signature, message) => ed25519.verify(signature, message, author);
  }
}

/** An age identity as a key of the browser's own, made once instead of for each piece; itself where it has none. */
export async function asKey(identity: string): Promise<string | CryptoKey> {
  if (!identity.startsWith("AGE-SECRET-KEY-1")) return identity;
  const { bytes } = bech32.decodeToBytes(identity);
  return crypto.subtle.importKey("pkcs8", join(PKCS8(110), bytes), "X25519", false, ["deriveBits"]).catch(() => identity);
}

async function decrypting(identity: string): Promise<Decrypter> {
  const opening = new Decrypter();
  opening.addIdentity(await asKey(identity));
  return opening;
}

const toSign = (json: string): Bytes => utf8(`mend envelope 1\n${json}`);

/** Seals one piece. `prev` is the envelope that it follows, if there is one. */
export async function seal(keys: Keys, piece: Omit<Piece, "v" | "author" | "prev">, prev?: Bytes): Promise<Bytes> {
  const identity = keys.journals[piece.epoch];
  if (!identity) throw new Unread("key");
  const { kind, object, epoch, seq, time, body } = piece;
  const before = prev ? toBase64(await digest(prev)) : "";
  const json = JSON.stringify({ v: 1, kind, object, epoch, seq, author: authorOf(keys), time, prev: before, body });
  const signature = toBase64(await signed(keys, toSign(json)));
  const sealing = new Encrypter();
  sealing.addRecipient(await identityToRecipient(identity));
  return (await sealing.encrypt(fill(utf8(`mend 1 ${signature}\n${json}\n`)))) as Bytes;
}

/** Opens envelopes with the keys of one keyring; the likeliest key is tried first. */
export class Opener {
  private readonly author: string;
  private readonly isSigned: ReturnType<typeof checking>;
  /** One for each key, made once: making one costs as much as opening with it. */
  private readonly likely: Promise<Decrypter>[];

  constructor(keys: Keys) {
    this.author = authorOf(keys);
    this.isSigned = checking(fromBase64(this.author));
    const journals = Object.entries(keys.journals);
    const order = ([epoch]: [string, string]) => (epoch.startsWith("journal-") ? 0 : 1);
    const sorted = journals.sort((a, b) => order(a) - order(b) || b[0].localeCompare(a[0]));
    this.likely = sorted.map(([, identity]) => decrypting(identity));
  }

  /**
   * Opens one envelope, which must be for this object in this version.
   * @throws {Unread} with why it did not open
   */
  async open(sealed: Bytes, object: string, seq: number): Promise<Piece> {
    const inside = await this.unsealed(sealed);
    const [head, json, rest] = parts(inside);
    if (rest.trim() !== "" || !head.startsWith("mend ")) throw new Unread("damaged");
    if (!head.startsWith("mend 1 ")) throw new Unread("newer");
    const signature = fromBase64(head.slice("mend 1 ".length));
    if (!(await (await this.isSigned)(signature, toSign(json)))) throw new Unread("foreign");
    const piece = JSON.parse(json) as Piece;
    if (piece.v !== 1 || !KINDS.includes(piece.kind)) throw new Unread("newer");
    const own = same(utf8(piece.author), utf8(this.author)) && piece.object === object && piece.seq === seq;
    if (!own) throw new Unread("foreign");
    return piece;
  }

  private async unsealed(sealed: Bytes): Promise<string> {
    for (const opening of this.likely) {
      try {
        return text(await (await opening).decrypt(sealed));
      } catch (trouble) {
        if (!String(trouble).includes("no identity matched")) throw new Unread("damaged");
      }
    }
    throw new Unread("key");
  }
}

/** The head, the JSON and what follows. JSON has no line ends of its own. */
function parts(inside: string): [string, string, string] {
  const first = inside.indexOf("\n");
  const second = inside.indexOf("\n", first + 1);
  if (first < 0 || second < 0) throw new Unread("damaged");
  return [inside.slice(0, first), inside.slice(first + 1, second), inside.slice(second + 1)];
}
