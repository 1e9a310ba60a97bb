// The keys of a person in the browser: words, code, passkeys. What is derived is used at once and wiped.

import { deriveFromCode, deriveFromWords, LEAST_ITERATIONS, shapeOf } from "../../../crates/app/assets/key.js";
import { ask, Offline, Refused, type State } from "../api";
import { type Bytes, fromBase64, random, toBase64 } from "../bytes";
import type { Device, Kept } from "../device";
import { guardOf, makeWay, newKeys, openWay, passkeyInput, passkeyKey, sealKeys } from "../keyring";
import { Vault } from "../open";
import { t } from "../texts/en";
import { Told } from "./told";

type Derived = { auth: string; wrap: Bytes };

/** Both halves of typed words or a code. */
export async function derive(typed: string, salt: string, iterations: number): Promise<Derived & { way: "words" | "code" }> {
  const way = shapeOf(typed);
  if (!way) throw new Told(t.openShape);
  try {
    const made = way === "code" ? deriveFromCode(typed, salt) : deriveFromWords(typed, salt, iterations);
    return { ...((await made) as Derived), way };
  } catch {
    throw new Told(t.openWeak);
  }
}

/** Makes the first keyring, from words and code that the server finds right. */
export async function begin(state: State, words: string, code: string): Promise<Vault> {
  if (shapeOf(words) !== "words") throw new Told(t.beginShapeWords);
  if (shapeOf(code) !== "code") throw new Told(t.beginShapeCode);
  const [byWords, byCode] = [await derive(words, state.salt, state.iterations), await derive(code, state.salt, state.iterations)];
  const ring = random(32);
  const { account } = state;
  const ways = { words: await sealed(byWords.wrap, ring, account, "words"), code: await sealed(byCode.wrap, ring, account, "code") };
  const body = toBase64(await sealKeys(ring, account, 1, newKeys()));
  const guard = toBase64(await guardOf(ring));
  const sent = { auth_words: byWords.auth, auth_code: byCode.auth, guard, keyring: body, ...ways };
  await ask("/api/vault/begin", sent).catch(misbegun);
  return Vault.open(keptOf(state, { turn: 1, body, passkeys: [] }, ways), ring, state.day);
}

function misbegun(trouble: unknown): never {
  const word = trouble instanceof Refused ? trouble.word : "";
  const say = { "wrong-words": t.beginWrongWords, "wrong-code": t.beginWrongCode, there: t.beginThere }[word];
  throw say ? new Told(say) : trouble;
}

/** The ring key, sealed for a way; the key of the way is wiped. */
export async function sealed(wrap: Bytes, ring: Bytes, account: string, kind: "words" | "code"): Promise<string> {
  const way = toBase64(await makeWay(wrap, ring, account, kind));
  wrap.fill(0);
  return way;
}

const keptOf = (state: State, keyring: { turn: number; body: string; passkeys: Kept["passkeys"] }, ways: Kept["ways"]): Kept => ({
  account: state.account,
  handle: state.handle,
  salt: state.salt,
  iterations: state.iterations,
  movements: state.movements,
  ...keyring,
  ways,
});

/** Opens with words or a code: at the server where there is a line, else from what this device has. */
export async function open(state: State | null, device: Device | null, typed: string): Promise<Vault> {
  const local = await device?.kept().catch(() => undefined);
  const from = state ?? local;
  if (!from) throw new Offline();
  const { auth, wrap, way } = await derive(typed, from.salt, from.iterations);
  try {
    if (!state) return await openLocal(local!, wrap, way);
    return await openThere(state, local, auth, wrap, way);
  } finally {
    wrap.fill(0);
  }
}

async function openThere(state: State, local: Kept | undefined, auth: string, wrap: Bytes, way: "words" | "code"): Promise<Vault> {
  const answer = await ask<{ turn: number; body: string; way: string }>("/api/vault/open", { auth, way }).catch((trouble) => {
    if (trouble instanceof Refused && trouble.word.startsWith("wrong")) throw new Told(t.openWrong);
    throw trouble;
  });
  const ring = await openWay(wrap, fromBase64(answer.way), state.account, way);
  // What this device knows of the other way still fits only while the keys are the same.
  const known = local?.account === state.account && local.salt === state.salt ? local.ways : {};
  const keyring = { turn: answer.turn, body: answer.body, passkeys: state.keyring?.passkeys ?? [] };
  return Vault.open(keptOf(state, keyring, { ...known, [way]: answer.way }), ring, state.day);
}

async function openLocal(local: Kept, wrap: Bytes, way: "words" | "code"): Promise<Vault> {
  const stored = local.ways[way];
  if (!stored) throw new Told(t.openNoCode);
  const ring = await openWay(wrap, fromBase64(stored), local.account, way).catch(() => {
    throw new Told(t.openOfflineWrong);
  });
  return Vault.open(local, ring, new Date().toISOString().slice(0, 10));
}

// Passkeys

export const canPasskey = (): boolean => window.isSecureContext && "PublicKeyCredential" in window && "credentials" in navigator;

/** Asks a passkey for the secret that it makes of the account's input. Nothing where it cannot. */
async function output(account: string, credentials: string[]): Promise<{ credential: string; secret: Bytes } | null> {
  const publicKey: PublicKeyCredentialRequestOptions = {
    challenge: random(32),
    userVerification: "required",
    // Only those: another passkey would answer with another secret.
    allowCredentials: credentials.map((id) => ({ type: "public-key", id: fromBase64(id) })),
    extensions: { prf: { eval: { first: await passkeyInput(account) } } },
  };
  const used = await navigator.credentials.get({ publicKey }).catch((trouble: DOMException) => {
    throw new Told(trouble.name === "NotAllowedError" ? t.passkeyStopped : t.passkeyNo);
  });
  const made = (used as PublicKeyCredential | null)?.getClientExtensionResults().prf?.results?.first;
  if (!used || !made) return null;
  const secret = ArrayBuffer.isView(made) ? new Uint8Array(made.buffer as ArrayBuffer, made.byteOffset, made.byteLength) : new Uint8Array(made);
  return { credential: toBase64(new Uint8Array((used as PublicKeyCredential).rawId)), secret: secret.slice() };
}

/** Opens with a passkey. */
export async function openByPasskey(state: State | null, device: Device | null): Promise<Vault> {
  const local = await device?.kept().catch(() => undefined);
  const account = state?.account ?? local?.account;
  const keyring = state?.keyring ?? local;
  if (!account || !keyring) throw new Offline();
  const made = await output(account, keyring.passkeys.map(({ credential }) => credential));
  const way = keyring.passkeys.find(({ credential }) => credential === made?.credential);
  if (!made || !way) throw new Told(t.passkeyNo);
  const key = await passkeyKey(made.secret);
  made.secret.fill(0);
  const ring = await openWay(key, fromBase64(way.body), account, "passkey", way.credential).catch(() => {
    throw new Told(t.passkeyNo);
  });
  key.fill(0);
  if (!state) return Vault.open(local!, ring, new Date().toISOString().slice(0, 10));
  const { turn, body } = await ask<{ turn: number; body: string }>("/api/vault/open", { way: "passkey" });
  const ways = local?.account === account && local.salt === state.salt ? local.ways : {};
  return Vault.open(keptOf(state, { turn, body, passkeys: state.keyring!.passkeys }, ways), ring, state.day);
}

/** Lets one of the account's passkeys open this vault too. */
export async function addPasskey(vault: Vault, credentials: string[]): Promise<void> {
  const { account } = vault.state;
  const made = await output(account, credentials);
  if (!made) throw new Told(t.waysPasskeyCannot);
  const key = await passkeyKey(made.secret);
  made.secret.fill(0);
  const body = toBase64(await makeWay(key, vault.ring.key, account, "passkey", made.credential));
  key.fill(0);
  await ask("/api/vault/passkeys", { guard: vault.ring.guard, credential: made.credential, body });
  const others = vault.state.passkeys.filter(({ credential }) => credential !== made.credential);
  vault.state.passkeys = [...others, { credential: made.credential, body }];
  await vault.ring.remember();
}

/** New words and a new code: a new ring key, everything else as it is, and one transaction with what signs in. */
export async function renew(vault: Vault, proof: string, words: string, code: string, salt: string): Promise<void> {
  const { account } = vault.state;
  const old = await derive(proof, vault.state.salt, vault.state.iterations);
  old.wrap.fill(0);
  const iterations = LEAST_ITERATIONS;
  const [byWords, byCode] = [await derive(words, salt, iterations), await derive(code, salt, iterations)];
  const ring = random(32);
  const ways = { words: await sealed(byWords.wrap, ring, account, "words"), code: await sealed(byCode.wrap, ring, account, "code") };
  const fresh = { salt, iterations, auth_words: byWords.auth, auth_code: byCode.auth };
  await vault.inTurn(async () => {
    const sealed = await vault.ring.sealed(vault.ring.keys, ring);
    const keyring = { turn: sealed.turn, keyring: sealed.body, new_guard: toBase64(await guardOf(ring)), ...ways };
    await ask("/api/vault/words", { auth: old.auth, way: old.way, guard: vault.ring.guard, new: fresh, ...keyring }).catch(misproved);
    await vault.ring.renewed(ring, sealed, { salt, iterations, ways, passkeys: [] });
  });
}

function misproved(trouble: unknown): never {
  throw trouble instanceof Refused && trouble.word.startsWith("wrong") ? new Told(t.waysWrong) : trouble;
}
