#!/usr/bin/env python3
"""Kills the writing program again and again, and looks for every write that it answered for.

  cargo build --locked -p mend-store --example load --features testing
  python3 bench/reliability/kill.py --load target/debug/examples/load --kills 200 --writes 100000
"""
import argparse
import os
import random
import statistics
import tempfile

from load import Load, lost, there


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--load", default="target/debug/examples/load")
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--writes", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    dice = random.Random(args.seed)
    kept, ready, missing, broken, first = {}, [], 0, 0, 1
    with tempfile.TemporaryDirectory(dir=os.environ.get("MEASURE_IN")) as folder:
        file = os.path.join(folder, "mend.db")
        for _ in range(args.kills):
            load = Load(args.load, file, first=first)
            least = args.writes // args.kills
            load.until(least + dice.randrange(least // 4 + 1))
            kept.update(load.kill())
            ready.append(load.ready if load.ready is not None else float("inf"))
            first = max(kept, default=0) + 10_000
        found, whole = there(file)
        missing, broken = lost(kept, found), whole != "ok"
        size = os.path.getsize(file) / 1e6
    print(f"{args.kills} kills, {len(kept)} writes answered, {missing} lost, integrity {whole}, {size:.0f} MB")
    print(f"ready after a kill: median {statistics.median(ready) * 1000:.0f} ms, "
          f"longest {max(ready) * 1000:.0f} ms")
    return 1 if missing or broken or max(ready) > 2 or len(kept) < args.writes else 0


if __name__ == "__main__":
    raise SystemExit(main())
