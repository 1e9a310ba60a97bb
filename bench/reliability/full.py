#!/usr/bin/env python3
"""Fills the disk of a server again and again: what was answered is there, what was refused is not,
pages can be read, and writing goes on when there is room.

  sudo unshare -m python3 bench/reliability/full.py --mend target/release/mend --fills 100
  python3 bench/reliability/full.py --mend target/release/mend --fills 100 --limit

It mounts a small disk in memory, so it needs to be root, in a mount namespace of its own. With --limit the disk has
room, but the system lets none of the server's files grow any more.
"""
import argparse
import os
import random
import resource
import subprocess
import tempfile

from place import Site, said


def fill(file, leave):
    """Takes all room but so many bytes."""
    space = os.statvfs(os.path.dirname(file))
    take = max(0, space.f_bavail * space.f_frsize - leave)
    with open(file, "wb") as out:
        os.posix_fallocate(out.fileno(), 0, max(take, 1))


class Disk:
    """A small disk that a file takes the room of."""

    def __init__(self, folder, size):
        self.folder, self.ballast = folder, os.path.join(folder, "ballast")
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "none", folder], check=True)

    def take(self, _, leave):
        fill(self.ballast, leave)

    def give(self, _):
        os.remove(self.ballast)

    def end(self):
        subprocess.run(["umount", self.folder], check=False)


class Limit:
    """A limit of the system on how far files may grow."""

    def __init__(self, *_):
        pass

    def take(self, site, leave):
        most = (10 * leave, resource.RLIM_INFINITY) # the log of SQLite begins anew at some 4 MB
        resource.prlimit(site.server.process.pid, resource.RLIMIT_FSIZE, most)

    def give(self, site):
        free = (resource.RLIM_INFINITY, resource.RLIM_INFINITY)
        resource.prlimit(site.server.process.pid, resource.RLIMIT_FSIZE, free)

    def end(self):
        pass


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--mend", default="target/release/mend")
    parser.add_argument("--fills", type=int, default=100)
    parser.add_argument("--size", default="32m")
    parser.add_argument("--limit", action="store_true", help="a limit on files instead of a full disk")
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    dice = random.Random(args.seed)
    kept, refused, states, unread, sentence = set(), set(), {}, 0, ""
    with tempfile.TemporaryDirectory() as folder:
        room = (Limit if args.limit else Disk)(folder, args.size)
        try:
            site = Site(args.mend, os.path.join(folder, "data"))
            for turn in range(args.fills):
                room.take(site, dice.randrange(4096, 400_000))
                for n in range(2000):
                    name = f"{turn} {n} " + "long " * 12
                    state, page = site.write(name.strip())
                    if state == 303:
                        kept.add(name.strip())
                        continue
                    refused.add(name.strip())
                    states[state] = states.get(state, 0) + 1
                    sentence = said(page)
                    break
                unread += site.read() != 200
                room.give(site)
                state, _ = site.write(f"after {turn}")
                if state == 303:
                    kept.add(f"after {turn}")
                else:
                    states[f"after: {state}"] = states.get(f"after: {state}", 0) + 1
            site.kill()
            names, whole = site.groups()
        finally:
            room.end()
    lost, half = len(kept - names), len(refused & names)
    print(f"{args.fills} fills: {len(kept)} writes answered, {lost} lost; {len(refused)} refused, {half} of them there all the same; "
          f"answers when full {states}; pages not read {unread}; integrity {whole}")
    print(f"the page says: {sentence}")
    return 1 if lost or half or unread or whole != "ok" or set(states) != {507} else 0


if __name__ == "__main__":
    raise SystemExit(main())
