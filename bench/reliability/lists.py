#!/usr/bin/env python3
"""Brings in a long list of people, as a browser would, and says how long it took and how much
memory the server ever had. With --kill the server is killed half way and begun anew.

  python3 bench/reliability/lists.py --mend target/release/mend --rows 50000
  python3 bench/reliability/lists.py --mend target/release/mend --rows 50000 --xlsx
  python3 bench/reliability/lists.py --mend target/release/mend --rows 50000 --kill
  MEND_DATABASE=postgres://… python3 bench/reliability/lists.py …      (an empty database)

Needs Python >= 3.9 and nothing else. The people are made up: a name, an address, one to three of
120 groups, a day, a flag.
"""
import argparse
import io
import os
import random
import re
import tempfile
import time
import zipfile
from xml.sax.saxutils import escape

from place import Site, ask

FIRST = "Ana Bo Cy Di Ed Fay Gil Hu Ida Jo Kai Lea Max Nia Olu Pia Quim Ravi Sol Tao Una Vik Wen Xia Yara Zeca".split()
LAST = "Abe Berg Costa Diaz Evans Funk Gomez Horn Ito Jung Khan Lima Moss Nowak Okoro Park Quist Ruiz Silva Tran".split()
HEADERS = ["person_id", "name", "email", "groups", "joined", "do not contact", "phone"]


def people(rows):
    dice = random.Random(1)
    for at in range(rows):
        groups = "; ".join(f"Group {n:03}" for n in sorted(dice.sample(range(120), dice.choice([1, 1, 1, 2, 3]))))
        name = f"{dice.choice(FIRST)} {dice.choice(LAST)} {at}"
        day = f"20{dice.randrange(10, 26)}-{dice.randrange(1, 13):02}-{dice.randrange(1, 29):02}"
        yield [f"P{at:06}", name, f"person.{at}@example.org", groups, day, "yes" if dice.random() < 0.02 else "", f"+351 9{at:08}"]


def as_csv(rows):
    cells = lambda row: ",".join(f'"{cell}"' if ";" in cell else cell for cell in row)
    return "\r\n".join(map(cells, [HEADERS, *people(rows)])).encode()


def as_xlsx(rows):
    """Texts are shared, as spreadsheet programs write them."""
    shared, lines = {}, []
    for at, row in enumerate([HEADERS, *people(rows)]):
        cells = (f'<c r="{chr(65 + n)}{at + 1}" t="s"><v>{shared.setdefault(cell, len(shared))}</v></c>' for n, cell in enumerate(row) if cell)
        lines.append(f'<row r="{at + 1}">{"".join(cells)}</row>')
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    links = lambda *all: "<Relationships>" + "".join(f'<Relationship Id="{i}" Type="{kind}/{k}" Target="{t}"/>' for i, k, t in all) + "</Relationships>"
    parts = {
        "_rels/.rels": links(("a", "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": '<workbook><sheets><sheet name="People" sheetId="1" r:id="b"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": links(("b", "worksheet", "worksheets/sheet1.xml"), ("c", "sharedStrings", "sharedStrings.xml")),
        "xl/sharedStrings.xml": "<sst>" + "".join(f"<si><t>{escape(text)}</t></si>" for text in shared) + "</sst>",
        "xl/worksheets/sheet1.xml": "<worksheet><sheetData>" + "".join(lines) + "</sheetData></worksheet>",
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        for path, text in parts.items():
            file.writestr(path, text)
    return packed.getvalue()


def peak(site):
    with open(f"/proc/{site.server.process.pid}/status") as status:
        return int(re.search(r"VmHWM:\s+(\d+)", status.read()).group(1)) / 1024


def worked(site):
    """Seconds of processor that the server has used."""
    with open(f"/proc/{site.server.process.pid}/stat") as stat:
        fields = stat.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def sent(site, body):
    """Where the preview of a list is."""
    form = b"--edge\r\ncontent-disposition: form-data; name=\"file\"; filename=\"list\"\r\n\r\n" + body + b"\r\n--edge--\r\n"
    state, headers, page = ask("POST", site.place + "/people/import", form, "multipart/form-data; boundary=edge", site.cookie)
    assert state == 303, (state, page[:500])
    return headers["location"]


def wait(site, path, kill):
    """Looks at how far it is, until it is in; how often the server was killed."""
    kills = 0
    while True:
        state, _, page = ask("GET", path, cookie=site.cookie)
        if state == 303:
            return kills
        done = re.search(r"<progress[^>]*value=\"(\d+)\"", page.decode())
        if kill and not kills and done and int(done.group(1)) > 0:
            site.kill()
            site.again()
            kills += 1
        time.sleep(0.1)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--mend", default="target/release/mend")
    parser.add_argument("--rows", type=int, default=50_000)
    parser.add_argument("--xlsx", action="store_true")
    parser.add_argument("--kill", action="store_true")
    args = parser.parse_args()
    body = (as_xlsx if args.xlsx else as_csv)(args.rows)
    with tempfile.TemporaryDirectory(dir=os.environ.get("MEASURE_IN")) as folder:
        site = Site(args.mend, os.path.join(folder, "data"))
        before, times = peak(site), [time.perf_counter()]
        path = sent(site, body)
        times.append(time.perf_counter())
        state, _, page = ask("GET", path, cookie=site.cookie)
        assert state == 200 and b"<dd>%d</dd>" % args.rows in page, page[:2000]
        times.append(time.perf_counter())
        state, headers, _ = ask("POST", site.place + "/people/import/confirm", "upload=" + path.rsplit("/", 1)[1],
                                "application/x-www-form-urlencoded", site.cookie)
        kills = wait(site, path, args.kill)
        times.append(time.perf_counter())
        most, cpu = peak(site), worked(site)
        _, _, page = ask("GET", site.place + "/people", cookie=site.cookie)
        here = int(re.search(r"class=\"lead\">([\d,]+)", page.decode()).group(1).replace(",", ""))
        state, _, page = ask("GET", sent(site, body), cookie=site.cookie)
        same = b"<dd>%d</dd>" % args.rows in page and b"import/confirm" not in page
        site.kill()
    took = [later - earlier for earlier, later in zip(times, times[1:])]
    print(f"{args.rows} rows, {len(body) / 1e6:.1f} MB {'XLSX' if args.xlsx else 'CSV'}, {kills} kills: sent and read {took[0]:.1f} s, "
          f"preview {took[1]:.1f} s, brought in {took[2]:.1f} s, together {sum(took):.1f} s "
          f"({cpu:.1f} s of processor{' since the kill' if kills else ''})")
    print(f"memory: {before:.0f} MiB before, {most:.0f} MiB at most (VmHWM{' since the kill' if kills else ''}); {here - 1} people here, "
          f"the same list again changes {'nothing' if same else 'SOMETHING'}")
    return 0 if here - 1 == args.rows and same else 1


if __name__ == "__main__":
    raise SystemExit(main())
