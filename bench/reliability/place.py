"""A running server with a movement in it, and working groups as the things that are written.

Needs Python >= 3.9 and nothing else; signs in like `bench/serve.py`.
"""
import json
import os
import re
import signal
import sqlite3
import sys
import urllib.parse

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
from serve import PORT, Server, ask, enrolment  # noqa: E402


FORM = "application/x-www-form-urlencoded"


class Site:
    def __init__(self, mend, data):
        self.mend, self.data = mend, data
        self.server = Server(mend, data)
        self.server.ready()
        _, headers, _ = ask("POST", self.server.link(), json.dumps(enrolment()), "application/json")
        self.cookie = headers["set-cookie"].split(";")[0]
        form = urllib.parse.urlencode({"name": "Measured", "by": "Steward", "zone": "Europe/Lisbon",
                                       "source": "plain", "groups": "", "age": "adult"})
        _, headers, _ = ask("POST", "/movements/new", form, FORM, self.cookie)
        self.place = headers["location"].split("/help")[0]

    def write(self, name, line=None):
        """The state and the page of adding a working group."""
        form = urllib.parse.urlencode({"group": name})
        state, _, page = ask("POST", self.place + "/groups", form, FORM, self.cookie, line=line)
        return state, page.decode()

    def read(self):
        return ask("GET", self.place, cookie=self.cookie)[0]

    def kill(self):
        self.server.process.send_signal(signal.SIGKILL)
        self.server.process.wait()

    def again(self):
        """Starts the server anew; seconds until its first answer out of the database."""
        self.server = Server(self.mend, self.data)
        return self.server.ready() / 1000

    def groups(self):
        """The names of the groups in the database, and what SQLite says of the file."""
        database = sqlite3.connect(os.path.join(self.data, "mend.db"))
        names = {name for (name,) in database.execute("SELECT name FROM working_group")}
        whole = database.execute("PRAGMA integrity_check").fetchone()[0]
        database.close()
        return names, whole


def said(page):
    """The heading and the sentence of a page."""
    found = re.search(r"<h1[^>]*>(.*?)</h1>.*?<p[^>]*>(.*?)</p>", page, re.S)
    return " / ".join(found.groups()) if found else page[:200]
