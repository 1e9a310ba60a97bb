#!/usr/bin/env python3
"""Plays the loss of power: kills the writing program, takes back what it wrote and did not sync, and
looks for every write that it answered for. The control runs with a setting that has to lose.

  python3 bench/reliability/power.py --load target/debug/examples/load --rounds 200
  python3 bench/reliability/power.py --load target/debug/examples/load --rounds 200 --torn
  python3 bench/reliability/power.py --load target/debug/examples/load --rounds 20 --synchronous NORMAL

With --torn a random part of what was not synced stays, as on a disk that writes in its own order.
"""
import argparse
import os
import random
import struct
import subprocess
import tempfile

from load import Load, lost, there

HEAD = struct.Struct("=IIqqII")
HERE = os.path.dirname(os.path.abspath(__file__))


def records(log):
    """What was written since the last sync of each file, in order."""
    open_by_path = {}
    with open(log, "rb") as it:
        data = it.read()
    at = 0
    while at + HEAD.size <= len(data):
        kind, path_len, offset, old_size, old_len, new_len = HEAD.unpack_from(data, at)
        end = at + HEAD.size + path_len + old_len + new_len
        if end > len(data):
            break
        at += HEAD.size
        path = data[at:at + path_len].decode()
        old = data[at + path_len:at + path_len + old_len]
        new = data[at + path_len + old_len:end]
        at = end
        if chr(kind) == "S":
            open_by_path[path] = []
        else:
            open_by_path.setdefault(path, []).append((chr(kind), offset, old_size, old, new))
    return open_by_path


def take_back(log, dice, torn):
    """Brings each file to what was synced, and with `torn` lets some later writes stay."""
    taken = 0
    for path, writes in records(log).items():
        if not writes or not os.path.exists(path):
            continue
        with open(path, "r+b") as file:
            for _, offset, old_size, old, _ in reversed(writes):
                file.seek(offset)
                file.write(old)
                file.truncate(old_size)
            for kind, offset, _, _, new in writes:
                if torn and dice.random() < 0.5:
                    if kind == "T":
                        file.truncate(offset)
                    else:
                        file.seek(offset)
                        file.write(new)
                else:
                    taken += 1
    return taken


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--load", default="target/debug/examples/load")
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--writes", type=int, default=200, help="answered writes before each loss, about")
    parser.add_argument("--synchronous", choices=["FULL", "NORMAL", "OFF"], default="FULL")
    parser.add_argument("--torn", action="store_true")
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    dice = random.Random(args.seed)
    kept, missing, broken, taken, unopened, first = {}, 0, 0, 0, 0, 1
    with tempfile.TemporaryDirectory(dir=os.environ.get("MEASURE_IN")) as folder:
        shim, log = os.path.join(folder, "powerloss.so"), os.path.join(folder, "log")
        subprocess.run(["cc", "-shared", "-fPIC", "-O2", "-o", shim, os.path.join(HERE, "powerloss.c"), "-ldl"],
                       check=True)
        data = os.path.join(folder, "data")
        os.mkdir(data)
        file = os.path.join(data, "mend.db")
        env = {"LD_PRELOAD": shim, "POWERLOSS_DIR": data, "POWERLOSS_LOG": log}
        for _ in range(args.rounds):
            open(log, "w").close()
            load = Load(args.load, file, args.synchronous, clients=8, first=first, env=env)
            load.until(dice.randrange(1, args.writes * 2))
            now = load.kill()
            if load.ready is None:
                unopened += 1
                break
            taken += take_back(log, dice, args.torn)
            if os.path.exists(file + "-shm"):
                os.remove(file + "-shm")
            kept.update(now)
            found, whole = there(file, first)
            broken += whole != "ok"
            missing += lost(kept, found)
            # What is gone is counted once.
            kept = {n: total for n, total in kept.items() if n in found and found[n] in (None, total)}
            first = first + len(now) + 10_000
        missing += lost(kept, there(file)[0])
    answered = len(kept) + missing
    print(f"{args.synchronous}{' torn' if args.torn else ''}: {args.rounds} losses of power, {answered} writes answered, "
          f"{taken} writes to files taken back, {missing} lost, {broken} damaged, {unopened} not opened")
    if args.synchronous == "FULL":
        return 1 if missing or broken or unopened or not taken else 0
    return 0 if missing else 1


if __name__ == "__main__":
    raise SystemExit(main())
