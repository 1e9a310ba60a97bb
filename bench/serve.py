#!/usr/bin/env python3
"""Measures a server on a roster: time to ready, resident memory, pages, bytes of a first visit.

  python3 bench/serve.py --mend target/release/mend --roster e2e/data/roster.csv [--rounds 5]

Needs Python >= 3.9 and nothing else. It begins an instance in a folder of its own, brings the
roster in, starts the program anew for every round, and prints medians with the lowest and highest.
"""
import argparse
import base64
import gzip
import hashlib
import hmac
import http.client
import json
import os
import re
import statistics
import subprocess
import tempfile
import time
import urllib.parse

PORT = 8699


class Server:
    def __init__(self, mend, data):
        self.begun = time.perf_counter()
        self.process = subprocess.Popen(
            [mend, "serve", "--data", data, "--listen", f"127.0.0.1:{PORT}"],
            stdout=subprocess.PIPE, text=True)

    def ready(self):
        """Milliseconds from the start of the process to its first answer out of the database."""
        while True:
            try:
                if ask("GET", "/ready")[0] == 200:
                    return (time.perf_counter() - self.begun) * 1000
            except OSError:
                time.sleep(0.002)

    def link(self):
        for line in self.process.stdout:
            found = re.search(r"/begin/\S+", line)
            if found:
                return found.group(0)

    def resident(self):
        with open(f"/proc/{self.process.pid}/status") as status:
            return int(re.search(r"VmRSS:\s+(\d+)", status.read()).group(1)) / 1024

    def stop(self):
        self.process.terminate()
        self.process.wait()


def ask(method, path, body=None, kind=None, cookie=None, line=None, packed=False):
    line = line or http.client.HTTPConnection("localhost", PORT, timeout=30)
    headers = {"Sec-Fetch-Site": "same-origin"}
    if kind:
        headers["Content-Type"] = kind
    if cookie:
        headers["Cookie"] = cookie
    if packed:
        headers["Accept-Encoding"] = "gzip"
    line.request(method, path, body, headers)
    answer = line.getresponse()
    return answer.status, dict(answer.getheaders()), answer.read()


def b64(raw):
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def hkdf(secret, info, salt=b"\0" * 32):
    key = hmac.new(salt, secret, hashlib.sha256).digest()
    return hmac.new(key, info + b"\1", hashlib.sha256).digest()


def enrolment():
    """What the browser would send: proofs derived from words and a code, never these."""
    salt = os.urandom(16)
    master = hashlib.pbkdf2_hmac("sha256", b"one two three four five six seven", salt, 600_000)
    return {"handle": "steward", "salt": b64(salt), "iterations": 600_000,
            "auth_words": b64(hkdf(master, b"auth")), "auth_code": b64(hkdf(os.urandom(16), b"auth", salt))}


def begin(mend, data, roster):
    server = Server(mend, data)
    server.ready()
    _, headers, _ = ask("POST", server.link(), json.dumps(enrolment()), "application/json")
    cookie = headers["set-cookie"].split(";")[0]
    form = urllib.parse.urlencode({"name": "Bench", "by": "Steward", "zone": "Europe/Lisbon",
                                   "source": "plain", "groups": "", "age": "adult"})
    _, headers, _ = ask("POST", "/movements/new", form, "application/x-www-form-urlencoded", cookie)
    place = headers["location"].split("/help")[0]
    server.stop()
    subprocess.run([mend, "import", "people", roster, "--data", data, "--yes"],
                   check=True, stdout=subprocess.DEVNULL)
    return cookie, place


def page(path, cookie, times=200):
    """Milliseconds of each of so many requests on one connection."""
    line = http.client.HTTPConnection("localhost", PORT, timeout=30)
    took = []
    for _ in range(times):
        start = time.perf_counter()
        status, _, _ = ask("GET", path, cookie=cookie, line=line)
        took.append((time.perf_counter() - start) * 1000)
        assert status == 200, (path, status)
    return took


def size(path, cookie=None):
    _, headers, body = ask("GET", path, cookie=cookie, packed=True)
    text = gzip.decompress(body) if headers.get("content-encoding") == "gzip" else body
    return len(body), text


def first_visit(path, cookie=None):
    """Bytes of a page with its style, scripts and the two fonts that it shows."""
    total, text = size(path, cookie)
    wanted = set(re.findall(rb'(?:href|src)="(/assets/[^"]+)"', text))
    for asset in list(wanted):
        body = size(asset.decode())[1]
        wanted.update(re.findall(rb'"(/assets/key\.[^"]+)"', body))
    return total, total + sum(size(asset.decode())[0] for asset in wanted)


def spread(name, values, unit):
    print(f"| {name} | {statistics.median(values):.1f} {unit} | {min(values):.1f} to {max(values):.1f} |")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--mend", default="target/release/mend")
    parser.add_argument("--roster", default="e2e/data/roster.csv")
    parser.add_argument("--rounds", type=int, default=5)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        data = os.path.join(folder, "data")
        cookie, place = begin(args.mend, data, args.roster)
        ready, resident, home, people = [], [], [], []
        for _ in range(args.rounds):
            server = Server(args.mend, data)
            ready.append(server.ready())
            time.sleep(2)
            resident.append(server.resident())
            home += page(place, cookie)
            people += page(place + "/people", cookie)
            seen = {path: first_visit(path, cookie if path.startswith("/m/") else None)
                    for path in ["/", "/sign-in", place, place + "/people"]}
            server.stop()
    print("| what | median | lowest to highest |\n| --- | --- | --- |")
    spread("from start to the first answer", ready, "ms")
    spread("resident memory when idle", resident, "MiB")
    spread("Home, one client", home, "ms")
    spread("People (100 of 311 on a page), one client", people, "ms")
    print("\n| page | the page alone, compressed | first visit with style, scripts and fonts |\n| --- | --- | --- |")
    for path, (alone, whole) in seen.items():
        print(f"| {path.replace(place, '/m/…')} | {alone / 1000:.1f} kB | {whole / 1000:.1f} kB |")


if __name__ == "__main__":
    main()
