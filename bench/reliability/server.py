#!/usr/bin/env python3
"""Kills the server while people write, and looks for every group that it said was added.

  python3 bench/reliability/server.py --mend target/release/mend --kills 20 --writes 4000
"""
import argparse
import http.client
import os
import statistics
import tempfile
import threading
import time

from place import PORT, Site


def write_on(site, kept, go_on, who):
    """One client: writes on one connection until the server is gone."""
    line = http.client.HTTPConnection("localhost", PORT, timeout=10)
    n = 0
    try:
        while go_on.is_set():
            name = f"{who} {n}"
            n += 1
            if site.write(name, line)[0] == 303:
                kept.append(name)
    except (OSError, http.client.HTTPException):
        pass


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--mend", default="target/release/mend")
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--writes", type=int, default=4000)
    args = parser.parse_args()
    kept, ready = [], []
    with tempfile.TemporaryDirectory(dir=os.environ.get("MEASURE_IN")) as folder:
        site = Site(args.mend, os.path.join(folder, "data"))
        for kill in range(args.kills):
            go_on = threading.Event()
            go_on.set()
            before = len(kept)
            clients = [threading.Thread(target=write_on, args=(site, kept, go_on, f"{kill} {n}")) for n in range(8)]
            for client in clients:
                client.start()
            end = time.monotonic() + 60
            while len(kept) - before < args.writes // args.kills and time.monotonic() < end:
                time.sleep(0.001)
            site.kill()
            go_on.clear()
            for client in clients:
                client.join()
            ready.append(site.again())
        site.kill()
        names, whole = site.groups()
    lost = [name for name in kept if name not in names]
    print(f"{args.kills} kills of the server, {len(kept)} writes answered, {len(lost)} lost, integrity {whole}")
    print(f"ready after a kill: median {statistics.median(ready) * 1000:.0f} ms, longest {max(ready) * 1000:.0f} ms")
    return 1 if lost or whole != "ok" or max(ready) > 2 or len(kept) < args.writes else 0


if __name__ == "__main__":
    raise SystemExit(main())
