"""Two programs that know nothing of Mend read a calendar, and tell where they differ from Mend's own list.

Standard input is JSON: `feed` is the calendar, `from` and `to` are days, and `list` holds what Mend says that there
is in between: name, begin and end in UTC, and whether it is cancelled. One reader is recurring-ical-events, the other
khal, a calendar program of Debian, which takes its time and gets the circles that `few` names. Standard output is JSON
as well: how many each should have found, how many it did, and what differs.
"""

import json
import subprocess
import sys
import tempfile
from collections import Counter
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import icalendar
import recurring_ical_events

FORMAT = "%Y-%m-%dT%H:%M"


def utc(moment):
    return moment.astimezone(timezone.utc).strftime(FORMAT)


def by_library(text, first, last, _):
    calendar = icalendar.Calendar.from_ical(text)
    for event in recurring_ical_events.of(calendar).between(first, last):
        cancelled = str(event.get("STATUS", "")) == "CANCELLED"
        yield str(event["SUMMARY"]), utc(event["DTSTART"].dt), utc(event["DTEND"].dt), cancelled


def one_file_each(text, folder, few):
    """khal wants a file for each series, with what was changed of it."""
    calendar = icalendar.Calendar.from_ical(text)
    zones = calendar.walk("VTIMEZONE")
    series = {}
    for event in calendar.walk("VEVENT"):
        if str(event["SUMMARY"]) not in few:
            continue
        series.setdefault(str(event["UID"]), []).append(event)
    for number, events in enumerate(series.values()):
        file = icalendar.Calendar()
        for key in ("VERSION", "PRODID"):
            file.add(key, calendar[key])
        for part in zones + events:
            file.add_component(part)
        (folder / f"{number}.ics").write_bytes(file.to_ical())


CONFIG = """[calendars]
[[mend]]
path = {folder}/feed
[locale]
local_timezone = UTC
default_timezone = UTC
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%dT%H:%M
longdatetimeformat = %Y-%m-%dT%H:%M
[sqlite]
path = {folder}/khal.db
"""


def by_program(text, first, last, few):
    # It looks at every day anew, and much longer with many calendars at once.
    for one in sorted(few):
        yield from asked_alone(text, first, last, {one})


def asked_alone(text, first, last, one):
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "feed").mkdir()
        one_file_each(text, folder / "feed", one)
        (folder / "config").write_text(CONFIG.format(folder=folder))
        days = (last - first).days
        form = "{title}\t{start-long-full}\t{end-long-full}\t{status}"
        command = ["khal", "-c", str(folder / "config"), "list", "--day-format", "", "--format", form]
        # An event over midnight stands on both days.
        told = subprocess.run([*command, first.isoformat(), f"{days}d"], capture_output=True, text=True, check=True)
    for line in sorted(set(told.stdout.splitlines())):
        if "\t" in line:
            title, begins, ends, status = line.split("\t")
            yield title, begins, ends, "CANCELLED" in status


def main():
    asked = json.load(sys.stdin)
    first, last = date.fromisoformat(asked["from"]), date.fromisoformat(asked["to"])
    # Readers take days for days of their own zones, so they are asked for more, and the rest is left out.
    wide = timedelta(days=2)
    everybody = {one[0] for one in asked["list"]}
    told = {}
    for reader, read, names in (
        ("recurring-ical-events", by_library, everybody),
        ("khal", by_program, set(asked["few"])),
    ):
        ours = Counter(tuple(one) for one in asked["list"] if one[0] in names)
        all = read(asked["feed"], first - wide, last + wide, names)
        theirs = Counter(one for one in all if asked["from"] <= one[1] < asked["to"])
        told[reader] = {
            "wanted": sum(ours.values()),
            "found": sum(theirs.values()),
            "missing": sorted((ours - theirs).elements()),
            "odd": sorted((theirs - ours).elements()),
        }
    json.dump(told, sys.stdout)


main()
