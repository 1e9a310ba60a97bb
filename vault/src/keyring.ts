// The keyring: what opens sealed writing, itself sealed with the ring key, which each way in opens by itself.
// Never: sends anything; keeps anything; knows what is written.
// See: `mend_seal::keyring` for the same format on the other side, `crates/seal/keyring.json` for the bytes of both.
//
//   way       = 1 ‖ nonce, 12 ‖ AES-256-GCM(key of the way, ring key), bound to account, kind and credential
//   key       words, code: their half "wrap" (key.js); passkey: HKDF-SHA-256(PRF output, no salt, "mend passkey way 1")
//   keyring   = 1 ‖ nonce, 12 ‖ AES-256-GCM(HKDF(ring key, "mend keyring 1"), padded JSON), bound to account and turn
//   guard     = HKDF(ring key, "mend guard 1"): shows the server that a change comes from whoever opened the keyring

import { type Bytes, fill, fromBase64, join, random, text, toBase64, utf8 } from "./bytes";

export type Kind = "words" | "code" | "passkey";

/** What a keyring holds. Unknown parts are kept, so that an older program loses nothing of a newer one. */
export interface Keys {
  v: 1;
  /** The seed of the key that signs what one writes. */
  sign: string;
  /** What seals drafts on one's own devices. */
  local: string;
  /** By journal and year, `journal-2026`: an age identity. */
  journals: Record<string, string>;
  /** By which destroyed keys are known, so that no device brings them back. */
  gone?: string[];
  [more: string]: unknown;
}

/** Why a keyring did not open. */
export class Closed extends Error {
  constructor(readonly why: "wrong" | "newer" | "older" | "damaged") {
    super(why);
  }
}

const VERSION = 1;
const NONCE = 12;

async function derived(secret: Bytes, info: string): Promise<Bytes> {
  const key = await crypto.subtle.importKey("raw", secret, "HKDF", false, ["deriveBits"]);
  const how = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info: utf8(info) };
  return new Uint8Array(await crypto.subtle.deriveBits(how, key, 256));
}

const aes = (key: Bytes, use: "encrypt" | "decrypt") => crypto.subtle.importKey("raw", key, "AES-GCM", false, [use]);

/** Seals bytes, bound to what they belong to. */
export async function shut(key: Bytes, bound: string, plain: Bytes): Promise<Bytes> {
  const iv = random(NONCE);
  const how = { name: "AES-GCM", iv, additionalData: utf8(bound) };
  const sealed = await crypto.subtle.encrypt(how, await aes(key, "encrypt"), plain);
  return join(new Uint8Array([VERSION]), iv, new Uint8Array(sealed));
}

/** Opens what {@link shut} made. */
export async function unshut(key: Bytes, bound: string, sealed: Bytes): Promise<Bytes> {
  if (sealed.length < 1 + NONCE + 16) throw new Closed("damaged");
  if (sealed[0]! > VERSION) throw new Closed("newer");
  if (sealed[0] !== VERSION) throw new Closed("damaged");
  const iv = sealed.slice(1, 1 + NONCE);
  const how = { name: "AES-GCM", iv, additionalData: utf8(bound) };
  try {
    return new Uint8Array(await crypto.subtle.decrypt(how, await aes(key, "decrypt"), sealed.slice(1 + NONCE)));
  } catch {
    throw new Closed("wrong");
  }
}

const boundWay = (account: string, kind: Kind, credential: string) => `mend way 1\n${account}\n${kind}\n${credential}`;
const boundRing = (account: string, turn: number) => `mend keyring 1\n${account}\n${turn}`;

/** The ring key, sealed for one way in. */
export const makeWay = (key: Bytes, ring: Bytes, account: string, kind: Kind, credential = ""): Promise<Bytes> =>
  shut(key, boundWay(account, kind, credential), ring);

/** The ring key, opened by one way in. */
export async function openWay(key: Bytes, way: Bytes, account: string, kind: Kind, credential = ""): Promise<Bytes> {
  const ring = await unshut(key, boundWay(account, kind, credential), way);
  if (ring.length !== 32) throw new Closed("damaged");
  return ring;
}

/** The key of a passkey's way. */
export const passkeyKey = (output: Bytes): Promise<Bytes> => derived(output, "mend passkey way 1");

/** What a passkey is asked to make its output from; the same for each passkey of an account. */
export async function passkeyInput(account: string): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", utf8(`mend passkey input 1\n${account}`)));
}

export const guardOf = (ring: Bytes): Promise<Bytes> => derived(ring, "mend guard 1");

/** A first keyring, with nothing in it but what it needs for itself. */
export const newKeys = (): Keys => ({ v: 1, sign: toBase64(random(32)), local: toBase64(random(32)), journals: {} });

export async function sealKeys(ring: Bytes, account: string, turn: number, keys: Keys): Promise<Bytes> {
  return shut(await derived(ring, "mend keyring 1"), boundRing(account, turn), fill(utf8(JSON.stringify(keys))));
}

/**
 * Opens a keyring. `highest` is the highest turn that this device has met: a lower one would be an old copy, put there
 * by whoever runs the server.
 */
export async function openKeys(ring: Bytes, account: string, turn: number, sealed: Bytes, highest = 0): Promise<Keys> {
  if (turn < highest) throw new Closed("older");
  const plain = await unshut(await derived(ring, "mend keyring 1"), boundRing(account, turn), sealed);
  return readKeys(text(plain));
}

function readKeys(json: string): Keys {
  let keys: Partial<Keys> & { v?: unknown };
  try {
    keys = JSON.parse(json);
  } catch {
    throw new Closed("damaged");
  }
  if (typeof keys.v === "number" && keys.v > 1) throw new Closed("newer");
  const whole = keys.v === 1 && typeof keys.sign === "string" && typeof keys.local === "string" && typeof keys.journals === "object";
  if (!whole || fromBase64(keys.local!).length !== 32) throw new Closed("damaged");
  return keys as Keys;
}
