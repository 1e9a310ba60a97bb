#!/usr/bin/env python3
"""Measures live circles: how long a pass takes until every screen has it, and what the server holds in memory.

  python3 bench/live.py --mend target/release/mend [--circles 200] [--seats 6] [--seconds 60] [--every 5]

Needs Python >= 3.9 and nothing else. It lets the program make an empty instance in a folder of its own, fills the file
with circles and people who are signed in, opens a stream of events for each of them, and hands the piece on in every
circle once in so many seconds. A pass is measured from before its form is sent until the last of the circle's streams
has told of it. The client shares the machine with the server, so the figures are those of a machine that does both.
"""
import argparse
import asyncio
import hashlib
import json
import os
import re
import sqlite3
import subprocess
import tempfile
import time
import urllib.parse

PORT = 8698
SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
YEAR = 366 * 24 * 3600 * 1_000_000


def base32(raw):
    """A token as a cookie holds it: first bit first, the last sign filled up with zeros."""
    bits = int.from_bytes(raw, "big")
    count = -(-len(raw) * 8 // 5)
    bits <<= count * 5 - len(raw) * 8
    return "".join(SIGNS[(bits >> (5 * at)) & 31] for at in range(count - 1, -1, -1))


class Server:
    def __init__(self, mend, data):
        self.process = subprocess.Popen(
            [mend, "serve", "--data", data, "--listen", f"127.0.0.1:{PORT}"],
            stdout=subprocess.PIPE, text=True)
        for line in self.process.stdout:
            if "Mend is running" in line:
                break

    def status(self, field):
        with open(f"/proc/{self.process.pid}/status") as status:
            return int(re.search(field + r":\s+(\d+)", status.read()).group(1)) / 1024

    def cpu(self):
        with open(f"/proc/{self.process.pid}/stat") as stat:
            parts = stat.read().rsplit(")", 1)[1].split()
        return (int(parts[11]) + int(parts[12])) / os.sysconf("SC_CLK_TCK")

    def stop(self):
        self.process.terminate()
        self.process.wait()


def fill(file, circles, seats):
    """Circles with people in them. Gives for each the id, and the cookies of its people."""
    base = sqlite3.connect(file)
    now = int(time.time() * 1_000_000)
    movement = os.urandom(16)
    made = []

    def add(table, **row):
        marks = ", ".join("?" * len(row))
        base.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})", list(row.values()))

    add("movement", id=movement, address="bench", name="Bench", zone="UTC", source="plain", circle_size=6, made_at=now)
    for at in range(circles):
        series, circle, cookies = os.urandom(16), os.urandom(16), []
        add("series", id=series, movement_id=movement, nth=1, weekday=1, starts="19:00", minutes=60, zone="UTC",
            first_on="2026-01-01", format="online", place="", sequence=0, changed_at=now)
        add("circle", id=circle, movement_id=movement, name=f"Circle {at}", seats=seats, series_id=series, made_at=now)
        for seat in range(seats):
            account, person, token = os.urandom(16), os.urandom(16), os.urandom(32)
            add("account", id=account, handle=f"p{at}x{seat}", salt=b"0" * 16, iterations=600000,
                words_verifier="", code_verifier="", made_at=now)
            add("session", digest=hashlib.sha256(token).digest(), account_id=account, made_at=now,
                ends_at=now + YEAR, proved_at=now)
            add("person", id=person, movement_id=movement, account_id=account, name=f"Person {at} {seat}",
                languages="", keeps=1, do_not_contact=0, made_at=now)
            add("seat", circle_id=circle, person_id=person, movement_id=movement, taken_at=now + seat)
            cookies.append(base32(token))
        made.append((circle.hex(), cookies))
    base.commit()
    base.close()
    return made


class Person:
    """Somebody with a screen: a stream that is always open, and a line for deeds."""

    def __init__(self, circle, cookie):
        self.path = f"/m/bench/circles/{circle}/live"
        self.head = f"Host: localhost:{PORT}\r\nCookie: mend={cookie}\r\nSec-Fetch-Site: same-origin\r\n"
        self.told = None
        self.heard = {}
        self.moved = asyncio.Event()

    async def follow(self):
        reader, writer = await asyncio.open_connection("127.0.0.1", PORT, limit=2**20)
        writer.write(f"GET {self.path}/follow HTTP/1.1\r\n{self.head}\r\n".encode())
        await reader.readuntil(b"\r\n\r\n")
        while True:
            size = int((await reader.readline()).strip() or b"0", 16)
            if size == 0:
                return
            chunk = await reader.readexactly(size + 2)
            if chunk.startswith(b"data: {"):
                self.hears(json.loads(chunk[6:]))

    def hears(self, told):
        self.told = told
        self.heard[told["version"]] = time.perf_counter()
        self.moved.set()
        self.moved = asyncio.Event()

    async def until(self, version):
        while not self.told or self.told["version"] < version:
            await self.moved.wait()
        return min(at for known, at in self.heard.items() if known >= version)

    async def does(self, deed, **more):
        seen = self.told["version"] if self.told else 0
        fields = {"deed": deed, "seen": seen, "id": os.urandom(16).hex(), **more}
        body = urllib.parse.urlencode(fields)
        reader, writer = await asyncio.open_connection("127.0.0.1", PORT)
        writer.write((f"POST {self.path} HTTP/1.1\r\n{self.head}Accept: application/json\r\nConnection: close\r\n"
                      f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n{body}").encode())
        answer = await reader.read()
        writer.close()
        return answer

    def holds(self):
        return "pass" in self.told["show"]


class Circle:
    def __init__(self, circle, cookies):
        self.people = [Person(circle, cookie) for cookie in cookies]
        self.took = []

    async def opens(self):
        for person in self.people:
            answer = await person.does("come", how="line", meant="yes")
            assert answer.startswith(b"HTTP/1.1 200"), answer[:300]
        self.streams = [asyncio.create_task(person.follow()) for person in self.people]
        for person in self.people:
            await person.until(1)
        for deed in ("begin", "next", "next", "next", "next", "next"):
            await self.lead(deed)

    async def lead(self, deed):
        keeper = self.people[0]
        version = keeper.told["version"] + 1
        await keeper.does(deed)
        for person in self.people:
            await person.until(version)

    async def hands_on(self):
        holder = next((person for person in self.people if person.holds()), None)
        if holder is None:  # The round is over: on to the next part, and back.
            await self.lead("next")
            await self.lead("previous")
            return
        version = holder.told["version"] + 1
        sent = time.perf_counter()
        await holder.does("pass")
        heard = [await person.until(version) for person in self.people]
        self.took.append((max(heard) - sent) * 1000)
        for person in self.people:
            person.heard = {person.told["version"]: time.perf_counter()}

    async def goes_on(self, until, every, first):
        await asyncio.sleep(first)
        while time.perf_counter() < until:
            began = time.perf_counter()
            await self.hands_on()
            await asyncio.sleep(max(0.0, every - (time.perf_counter() - began)))


def share(sorted_values, part):
    return sorted_values[min(len(sorted_values) - 1, int(len(sorted_values) * part))]


async def measure(server, made, args):
    circles = [Circle(circle, cookies) for circle, cookies in made]
    for at in range(0, len(circles), 10):
        await asyncio.gather(*(circle.opens() for circle in circles[at:at + 10]))
    print(f"{len(circles)} circles with {args.seats} screens each are open; resident {server.status('VmRSS'):.0f} MiB")
    cpu, began = server.cpu(), time.perf_counter()
    until = began + args.seconds
    await asyncio.gather(*(circle.goes_on(until, args.every, args.every * at / len(circles))
                           for at, circle in enumerate(circles)))
    took = sorted(ms for circle in circles for ms in circle.took)
    used = (server.cpu() - cpu) / (time.perf_counter() - began)
    print(f"passes      {len(took)} in {args.seconds} s")
    print(f"median      {share(took, 0.5):.1f} ms")
    print(f"95 of 100   {share(took, 0.95):.1f} ms")
    print(f"slowest     {took[-1]:.1f} ms")
    print(f"resident    {server.status('VmRSS'):.0f} MiB, at most {server.status('VmHWM'):.0f} MiB")
    print(f"processor   {used:.2f} of one core")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--mend", required=True)
    parser.add_argument("--circles", type=int, default=200)
    parser.add_argument("--seats", type=int, default=6)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--every", type=float, default=5)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        data = os.path.join(folder, "data")
        Server(args.mend, data).stop()
        made = fill(os.path.join(data, "mend.db"), args.circles, args.seats)
        server = Server(args.mend, data)
        try:
            asyncio.run(measure(server, made, args))
        finally:
            server.stop()


if __name__ == "__main__":
    main()
