#!/usr/bin/env python3
"""Makes backups while the server is written to, restores each, and compares it with what had been
answered before it was asked for.

  python3 bench/reliability/backups.py --mend target/release/mend --backups 50
"""
import argparse
import http.client
import os
import re
import sqlite3
import subprocess
import tempfile
import threading

from place import PORT, Site


def write_on(site, kept, go_on, who):
    line = http.client.HTTPConnection("localhost", PORT, timeout=30)
    n = 0
    while go_on.is_set():
        name = f"{who} {n}"
        n += 1
        if site.write(name, line)[0] == 303:
            kept.append(name)


def run(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--mend", default="target/release/mend")
    parser.add_argument("--backups", type=int, default=50)
    args = parser.parse_args()
    kept, missing, broken, refused, drills = [], 0, 0, 0, 0
    with tempfile.TemporaryDirectory(dir=os.environ.get("MEASURE_IN")) as folder:
        data, shelf, key = (os.path.join(folder, name) for name in ("data", "shelf", "key.txt"))
        os.mkdir(shelf)
        text = run(args.mend, "keygen").stdout
        with open(key, "w") as out:
            out.write(text)
        recipient = re.search(r"age1\w+", text).group(0)
        site = Site(args.mend, data)
        go_on = threading.Event()
        go_on.set()
        clients = [threading.Thread(target=write_on, args=(site, kept, go_on, f"c{n}")) for n in range(4)]
        for client in clients:
            client.start()
        made = []
        while len(made) < args.backups:
            before = list(kept)
            file = run(args.mend, "backup", "--data", data, "--to", shelf, "--recipient", recipient).stdout.strip()
            # A name has whole seconds; each is moved away so that the next cannot take its place.
            os.rename(file, file.replace("mend-", f"{len(made):03}-mend-"))
            made.append((file.replace("mend-", f"{len(made):03}-mend-"), before))
        go_on.clear()
        for client in clients:
            client.join()
        site.kill()
        for n, (file, before) in enumerate(made):
            back = os.path.join(folder, f"back{n}")
            try:
                run(args.mend, "restore", file, "--identity", key, "--data", back)
            except subprocess.CalledProcessError:
                refused += 1
                continue
            database = sqlite3.connect(os.path.join(back, "mend.db"))
            names = {name for (name,) in database.execute("SELECT name FROM working_group")}
            broken += database.execute("PRAGMA integrity_check").fetchone()[0] != "ok"
            database.close()
            missing += len(set(before) - names)
        run(args.mend, "restore", "--drill", made[-1][0], "--identity", key)
        drills += 1
        size = os.path.getsize(made[-1][0]) / 1e6
    print(f"{len(made)} backups under load ({len(kept)} writes answered meanwhile, the last backup {size:.1f} MB): "
          f"{refused} refused, {broken} damaged, {missing} answered writes missing; {drills} drill")
    return 1 if refused or broken or missing else 0


if __name__ == "__main__":
    raise SystemExit(main())
