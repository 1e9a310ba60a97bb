// What to say about something that did not work.

import { Offline, Refused, SignedOut } from "../api";
import { Closed } from "../keyring";
import { TooLong } from "../open";
import { NoRoom, Stale } from "../ring";
import { t } from "../texts/en";

/** Something to tell the person. */
export class Told extends Error {}

export function told(trouble: unknown): string {
  if (trouble instanceof Told) return trouble.message;
  if (trouble instanceof Offline) return t.offline;
  if (trouble instanceof SignedOut) return t.signedOut;
  if (trouble instanceof Stale) return t.stale;
  if (trouble instanceof TooLong) return t.long;
  if (trouble instanceof NoRoom) return t.noKey;
  if (trouble instanceof Refused) return trouble.say || t.wait;
  if (trouble instanceof Closed) return { wrong: t.openWrong, newer: t.openNewer, older: t.openOlder, damaged: t.openDamaged }[trouble.why];
  return t.broken;
}
