// The browser's half of signing in: from seven words or a printed code to what the server may know.
// Never: sends anything; keeps anything; puts words, codes or `wrap` anywhere but in what it returns.
// See: `mend_seal::derive` for the same rule on the other side, and `vectors.json` there, which holds both to the same bytes.
//
//   words   m    = PBKDF2-HMAC-SHA-256(normal form, salt, iterations), 32 bytes
//           auth = HKDF-SHA-256(m, no salt, "auth"), wrap = HKDF-SHA-256(m, no salt, "wrap"), 32 bytes each
//   code    auth = HKDF-SHA-256(its 16 bytes, salt, "auth"), wrap likewise
//
// Only WebCrypto, so it is as fast where scripts are not compiled.

/** The fewest words that keys are derived from: 7 of 7776 make 90 bits. */
export const LEAST_WORDS = 7;

/** The fewest turns of PBKDF2. Pinned here so that no server can ask for fewer. New people get this many. */
export const LEAST_ITERATIONS = 600_000;

/** The most turns, so that a wrong number cannot hang a phone for an hour. */
export const MOST_ITERATIONS = 10_000_000;

const LIST_LENGTH = 7776;
const SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const CODE_LENGTH = 26;
const CODE_BYTES = 16;
const SALT_BYTES = 16;

/**
 * The normal form of typed words: letters a to z in lower case with single spaces, however they were typed.
 * Accents and invisible characters vanish; every run of anything else, hyphens too, is one space.
 * @param {string} text
 * @returns {string}
 */
export function normaliseWords(text) {
  return text
    .normalize("NFKD")
    .replace(/[\p{M}\p{Cf}]+/gu, "")
    .toLowerCase()
    .replace(/[^a-z]+/g, " ")
    .trim();
}

/**
 * Chooses words, each with the same chance.
 * @param {string[]} list the 7776 words of the EFF large list
 * @param {number} n how many
 * @returns {string[]}
 * @throws {RangeError} if the list is not whole, for then the words could be guessed
 */
export function makeWords(list, n = LEAST_WORDS) {
  if (new Set(list).size !== LIST_LENGTH) throw new RangeError("the word list is not whole");
  return Array.from({ length: n }, () => list[below(list.length)]);
}

/** A number from 0 to `limit` - 1. Throws away the few draws at the top that would favour small numbers. */
function below(limit) {
  const fair = 2 ** 32 - (2 ** 32 % limit);
  const draw = new Uint32Array(1);
  do crypto.getRandomValues(draw);
  while (draw[0] >= fair);
  return draw[0] % limit;
}

/**
 * A new printed code of 128 bits, as five groups of characters with `-` between.
 * @returns {string}
 */
export function makeCode() {
  const bytes = crypto.getRandomValues(new Uint8Array(CODE_BYTES));
  let bits = 0n;
  for (const byte of bytes) bits = (bits << 8n) | BigInt(byte);
  bytes.fill(0);
  bits <<= 2n; // 128 bits are filled up to 26 characters of five bits with zeros at the end.
  let signs = "";
  for (let at = CODE_LENGTH - 1; at >= 0; at--) signs += SIGNS[Number((bits >> BigInt(5 * at)) & 31n)];
  return signs.replace(/^(.{5})(.{5})(.{5})(.{5})/, "$1-$2-$3-$4-");
}

/**
 * Reads a typed code, forgiving what eyes and printers change: case, O for 0, I or L for 1, spaces and dashes.
 * @param {string} text
 * @returns {Uint8Array | null} 16 bytes, or nothing if it is not exactly one code
 */
export function readCode(text) {
  const signs = text
    .normalize("NFKD")
    .replace(/[\s\p{Pd}\p{Cf}\u2212]+/gu, "")
    .toUpperCase()
    .replace(/O/g, "0")
    .replace(/[IL]/g, "1");
  if (signs.length !== CODE_LENGTH) return null;
  let bits = 0n;
  for (const sign of signs) {
    const value = SIGNS.indexOf(sign);
    if (value < 0) return null;
    bits = (bits << 5n) | BigInt(value);
  }
  if (bits & 3n) return null;
  return Uint8Array.from({ length: CODE_BYTES }, (_, at) => Number((bits >> BigInt(122 - 8 * at)) & 255n));
}

/**
 * Whether a typed text looks like words or like a code. A code nearly always has digits and never seven parts.
 * @param {string} text
 * @returns {"words" | "code" | null}
 */
export function shapeOf(text) {
  const many = countWords(normaliseWords(text)) >= LEAST_WORDS;
  if (readCode(text) && (!many || /\d/.test(text))) return "code";
  return many ? "words" : null;
}

/**
 * A new salt: 16 random bytes as base64url. Not secret.
 * @returns {string}
 */
export function makeSalt() {
  return toBase64(crypto.getRandomValues(new Uint8Array(SALT_BYTES)));
}

/**
 * Derives both halves from words.
 * @param {string} words as typed
 * @param {string} salt base64url, 16 bytes
 * @param {number} iterations
 * @returns {Promise<{auth: string, wrap: Uint8Array}>} `auth` is for the server; `wrap` never leaves: wipe it after use
 * @throws {RangeError} for fewer words, fewer or more turns, or another salt than is allowed
 */
export async function deriveFromWords(words, salt, iterations) {
  const within = iterations >= LEAST_ITERATIONS && iterations <= MOST_ITERATIONS;
  if (!Number.isInteger(iterations) || !within) throw new RangeError("the iteration count is not allowed");
  const normal = normaliseWords(words);
  if (countWords(normal) < LEAST_WORDS) throw new RangeError("there are fewer than seven words");

  const typed = new TextEncoder().encode(normal);
  const key = await crypto.subtle.importKey("raw", typed, "PBKDF2", false, ["deriveBits"]);
  typed.fill(0);
  const how = { name: "PBKDF2", hash: "SHA-256", salt: readSalt(salt), iterations };
  const stretched = new Uint8Array(await crypto.subtle.deriveBits(how, key, 256));
  return halves(stretched, new Uint8Array());
}

/**
 * Derives both halves from a printed code.
 * @param {string} code as typed
 * @param {string} salt base64url, 16 bytes
 * @returns {Promise<{auth: string, wrap: Uint8Array}>} as {@link deriveFromWords}
 * @throws {RangeError} if it is not a code, or for another salt than is allowed
 */
export async function deriveFromCode(code, salt) {
  const bytes = readCode(code);
  if (!bytes) throw new RangeError("this is not a code");
  return halves(bytes, readSalt(salt));
}

/** Splits a secret in two that say nothing about each other, and wipes it. */
async function halves(secret, salt) {
  const key = await crypto.subtle.importKey("raw", secret, "HKDF", false, ["deriveBits"]);
  secret.fill(0);
  const half = async (name) => {
    const how = { name: "HKDF", hash: "SHA-256", salt, info: new TextEncoder().encode(name) };
    return new Uint8Array(await crypto.subtle.deriveBits(how, key, 256));
  };
  const auth = await half("auth");
  return { auth: toBase64(auth), wrap: await half("wrap") };
}

function countWords(normal) {
  return normal === "" ? 0 : normal.split(" ").length;
}

function readSalt(text) {
  const bytes = fromBase64(text);
  if (bytes.length !== SALT_BYTES) throw new RangeError("the salt is not 16 bytes");
  return bytes;
}

function toBase64(bytes) {
  return btoa(String.fromCharCode(...bytes)).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

function fromBase64(text) {
  return Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));
}
