"""What the measurements share: the writing program, what it said was kept, and what is there.

Needs Python >= 3.9 and nothing else.
"""
import os
import signal
import sqlite3
import subprocess
import threading
import time


def sum_of(text):
    total = 0
    for byte in text.encode():
        total = (total * 31 + byte) & 0xFFFFFFFFFFFFFFFF
    return total


class Load:
    """The program that writes until it is killed; `kept` is every write that it answered for."""

    def __init__(self, program, file, synchronous="FULL", clients=32, first=1, env=None):
        self.begun = time.perf_counter()
        self.ready = None
        self.stopped = []
        self.kept = {}
        self.process = subprocess.Popen(
            [program, file, synchronous, str(clients), str(first)], stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, env={**os.environ, **(env or {})})
        self.reader = threading.Thread(target=self.listen)
        self.reader.start()

    def listen(self):
        for line in self.process.stdout:
            word, _, rest = line.rstrip(b"\n").partition(b" ")
            if not line.endswith(b"\n"):
                continue
            if word == b"ready":
                self.ready = time.perf_counter() - self.begun
            elif word == b"kept":
                n, total = rest.split()
                self.kept[int(n)] = int(total)
            elif word == b"stopped":
                self.stopped.append(rest.decode())

    def until(self, writes, seconds=60):
        """Waits for so many answered writes."""
        end = time.monotonic() + seconds
        while len(self.kept) < writes and time.monotonic() < end:
            if self.process.poll() is not None:
                break
            time.sleep(0.0005)

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        self.reader.join()
        return self.kept

    def why(self):
        return self.process.stderr.read().decode()


def there(file, summed_from=0):
    """What stands in a database, and what SQLite says of the file. Sums take long, so those of
    earlier writes may be left out; then it counts that they are there."""
    database = sqlite3.connect(file)
    whole = database.execute("PRAGMA integrity_check").fetchone()[0]
    # A control may have lost even the tables.
    made = database.execute("SELECT 1 FROM sqlite_schema WHERE name = 'job'").fetchone()
    rows = database.execute("SELECT due_at, about FROM job WHERE kind = 'load'").fetchall() if made else []
    database.close()
    return {n: sum_of(text) if n >= summed_from else None for n, text in rows}, whole


def lost(kept, found):
    return sum(1 for n, total in kept.items() if n not in found or found[n] not in (None, total))
