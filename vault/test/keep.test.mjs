// Which keys go when something is destroyed.

import assert from "node:assert/strict";
import { before, test } from "node:test";
import { load } from "./load.mjs";

let m;
before(async () => (m = await load("ui/keep.ts")));

const EPOCHS = ["journal-2025", "journal-2026", "journal-2026-2", "check-2026", "dream-2026"];
const gone = (which) => EPOCHS.filter((epoch) => m.meantKey(which, epoch));

test("the keys of a kind or a year go with it, and none of a kind that only a newer version knows", () => {
  assert.deepEqual(gone("kind journal"), ["journal-2025", "journal-2026", "journal-2026-2"]);
  assert.deepEqual(gone("kind check"), ["check-2026"]);
  assert.deepEqual(gone("year 2026"), ["journal-2026", "journal-2026-2", "check-2026"]);
  assert.deepEqual(gone("year 2024"), []);
});
