#!/usr/bin/env python3
"""Kills Mend while it hands letters to a mail server, and counts how often each one arrived.

  python3 bench/reliability/mail.py --mend target/release/mend --kills 50 --letters 40
  MEND_DATABASE=postgres://… python3 bench/reliability/mail.py --looks postgres://… …    (an empty database)

Needs Python >= 3.9, and psql for PostgreSQL, where `--looks` names an account that sees every row. The mail server stands in this script: it takes its time before every
answer, and now and then cuts the line after it has kept a letter and before it says so. After each kill the
quarter of an hour that a claim lasts is over at once, so that what can be tried again is.
"""
import argparse
import os
import random
import socketserver
import sqlite3
import subprocess
import tempfile
import threading
import time

PEER = 8698
os.environ.update(MEND_SMTP=f"smtp://127.0.0.1:{PEER}", MEND_MAIL_FROM="post@mend.test",
                  MEND_PUBLIC_URL="https://mend.test")
from place import PORT, Site  # noqa: E402

ROSTER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../e2e/data/roster.csv")


class Peer(socketserver.ThreadingTCPServer):
    """A mail server that keeps what it gets, by the name of the mail."""
    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, seed, cuts):
        super().__init__(("127.0.0.1", PEER), Talk)
        self.dice, self.cuts = random.Random(seed), cuts
        self.kept, self.cut, self.talks = [], 0, threading.Event()
        threading.Thread(target=self.serve_forever, daemon=True).start()


class Talk(socketserver.StreamRequestHandler):
    def say(self, line):
        time.sleep(self.server.dice.random() * 0.006)
        self.wfile.write(line + b"\r\n")

    def handle(self):
        try:
            self.say(b"220 peer")
            while line := self.rfile.readline():
                word = line[:4].upper()
                if word == b"DATA":
                    self.say(b"354 go ahead")
                    if not self.mail():
                        return
                elif word == b"QUIT":
                    return self.say(b"221 bye")
                else:
                    self.say(b"250 ok")
        except OSError:
            pass  # Mend was killed: that is what is being tried

    def mail(self):
        name = None
        while (line := self.rfile.readline()) != b".\r\n":
            if not line:
                return False
            if line.lower().startswith(b"message-id:"):
                name = line.split(b"<")[1].split(b"@")[0].decode()
        self.server.kept.append(name)
        self.server.talks.set()
        if self.server.dice.random() < self.server.cuts:
            self.server.cut += 1
            return False
        self.say(b"250 kept")
        return True


class File:
    """The database as SQLite keeps it."""

    def __init__(self, data):
        self.path = os.path.join(data, "mend.db")

    def id(self, hex_id):
        return f"x'{hex_id}'"

    def run(self, *statements):
        database = sqlite3.connect(self.path, isolation_level=None, timeout=30)
        database.executescript(";".join(["PRAGMA foreign_keys = ON", "BEGIN IMMEDIATE", *statements, "COMMIT"]))
        database.close()

    def rows(self, statement):
        database = sqlite3.connect(self.path, timeout=30)
        found = [[cell.hex() if isinstance(cell, bytes) else str(cell) for cell in row]
                 for row in database.execute(statement)]
        database.close()
        return found

    def whole(self):
        return self.rows("PRAGMA integrity_check")[0][0]


class Postgres:
    """The database of a server, asked by psql as somebody who may see every row."""

    def __init__(self, address):
        self.address = address

    def psql(self, *options, text=""):
        command = ["psql", "-X", "-q", "-A", "-t", "-F", "\t", "-v", "ON_ERROR_STOP=1", *options, self.address]
        return subprocess.run(command, input=text, check=True, capture_output=True, text=True).stdout

    def id(self, hex_id):
        return f"'{hex_id}'::uuid"

    def run(self, *statements):
        self.psql("-1", "-f", "-", text=";\n".join(statements) + ";\n")

    def rows(self, statement):
        lines = self.psql("-c", statement).splitlines()
        return [[cell.replace("-", "") for cell in line.split("\t")] for line in lines]

    def whole(self):
        return "not asked"


def write_letters(database, count):
    """Letters as deeds write them, each in a mail of its own that is due."""
    people = database.rows(f"SELECT id, movement_id FROM person WHERE email_sealed IS NOT NULL ORDER BY id LIMIT {count}")
    statements = []
    for who, place in people:
        person, movement = database.id(who), database.id(place)
        mail, about = database.id(os.urandom(16).hex()), database.id(os.urandom(16).hex())
        statements += [
            f"INSERT INTO letter_choice (person_id, movement_id, muted, evening, soon, changes) "
            f"VALUES ({person}, {movement}, 0, 'nothing', 'nothing', 1) ON CONFLICT DO NOTHING",
            f"INSERT INTO mail (id, movement_id, person_id, state, tries, next_at, made_at) "
            f"VALUES ({mail}, {movement}, {person}, 'ready', 0, 0, 0)",
            f"INSERT INTO letter (id, movement_id, person_id, kind, about, made_at, mail_id) "
            f"VALUES ({mail}, {movement}, {person}, 'change', {about}, 0, {mail})",
        ]
    database.run(*statements)
    return len(people)


def time_passes(database):
    """Claims are over, and what was put off is due."""
    database.run("UPDATE mail SET claimed_until = 0 WHERE state IN ('claimed', 'handing')",
                 "UPDATE mail SET next_at = 0 WHERE state = 'ready'",
                 "UPDATE job SET due_at = 0, claimed_until = NULL WHERE kind = 'letters'")


def states(database):
    counted = {state: int(count) for state, count in database.rows("SELECT state, COUNT(*) FROM mail GROUP BY state")}
    perhaps = {name for (name,) in database.rows("SELECT id FROM mail WHERE state = 'perhaps'")}
    unsent = int(database.rows("SELECT COUNT(*) FROM letter WHERE sent_at IS NULL")[0][0])
    return counted, perhaps, unsent, database.whole()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--mend", default="target/release/mend")
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--letters", type=int, default=40)
    parser.add_argument("--cuts", type=float, default=0.02, help="how often the line is cut after a letter was kept")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--looks", help="the address of the database, for an account that sees every row")
    args = parser.parse_args()
    dice, written = random.Random(args.seed), 0
    peer = Peer(args.seed, args.cuts)
    with tempfile.TemporaryDirectory(dir=os.environ.get("MEASURE_IN")) as folder:
        data = os.path.join(folder, "data")
        site = Site(args.mend, data)
        site.kill()
        database = Postgres(args.looks) if args.looks else File(data)
        subprocess.run([args.mend, "import", "people", ROSTER, "--data", data, "--yes"],
                       check=True, stdout=subprocess.DEVNULL)
        for _ in range(args.kills):
            written += write_letters(database, args.letters)
            peer.talks.clear()
            site.again()
            peer.talks.wait(timeout=30)
            time.sleep(dice.random() * 0.4)
            site.kill()
            time_passes(database)
        peer.cuts = 0
        end = time.monotonic() + 300
        while time.monotonic() < end:
            site.again()
            time.sleep(5)
            site.kill()
            time_passes(database)
            counted, perhaps, unsent, whole = states(database)
            if not set(counted) - {"perhaps"}:
                break
    kept = set(peer.kept)
    twice = len(peer.kept) - len(kept)
    # A mail that went out is forgotten, so what is left must be what a steward is told of.
    lost = written - len(kept | perhaps)
    print(f"{args.kills} kills, {written} letters, {len(kept)} arrived, {twice} twice, {lost} lost, integrity {whole}")
    print(f"laid before a steward: {len(perhaps)}, of which had arrived: {len(perhaps & kept)}; "
          f"lines cut after a letter was kept: {peer.cut}; left over: {counted}, unsent {unsent}")
    return 1 if twice or lost or whole not in ("ok", "not asked") or set(counted) - {"perhaps"} else 0


if __name__ == "__main__":
    raise SystemExit(main())
