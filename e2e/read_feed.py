"""Reads a calendar from standard input as a calendar program would, and tells what is in it as JSON.

The library knows nothing of Mend. For each of the next months it also tells what the clock shows on the wall,
how far that is from UTC by the feed's own rules of the zone, and by the zone's rules on this machine.
"""

import io
import json
import sys
from datetime import datetime, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from dateutil import tz
from dateutil.rrule import rrulestr
from icalendar import Calendar

text = sys.stdin.read()
calendar = Calendar.from_ical(text)
zones = tz.tzical(io.StringIO(text.replace("\r\n", "\n"))) if "BEGIN:VTIMEZONE" in text else None


def hours(offset):
    return offset / timedelta(hours=1)


def told(event):
    start = event["DTSTART"]
    zone = str(start.params.get("TZID", ""))
    wall = start.dt.replace(tzinfo=None)
    rule = event["RRULE"].to_ical().decode()
    future = (at for at in rrulestr(rule, dtstart=wall) if at > datetime.now())
    return {
        "name": str(event["SUMMARY"]),
        "zone": zone,
        "start": wall.isoformat(),
        "end": event["DTEND"].dt.replace(tzinfo=None).isoformat(),
        "rule": rule,
        "next": [
            {
                "wall": at.isoformat(),
                "by_feed": hours(zones.get(zone).utcoffset(at)),
                "by_zone": hours(at.replace(tzinfo=ZoneInfo(zone)).utcoffset()),
            }
            for at in islice(future, 24)
        ],
    }


print(json.dumps([told(event) for event in calendar.walk("VEVENT")]))
