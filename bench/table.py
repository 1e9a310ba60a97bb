#!/usr/bin/env python3
"""Mend beside other solvers, row by row, and the table of it in docs/benchmarks.md.

  table.py --list
  table.py [--only P2] [--rounds 5] [--mend target/release/mend] [--python VENV/bin/python] [--golfers DIR]
  table.py --write        only write the table again from what was measured before

In a round each of the two solves the same instance, by turns; a row with several seeds has one round for each.
CPU seconds of both (children included), as `core` (what a solver says its own work took, model building included) or
`whole` (the process, reading and writing included). Every solution goes to the referee. What was measured is kept in
bench/measured.json, a row at a time, so that a long row can run alone; the table is written between the markers.
--python needs what the peers need (bench/README.md); --golfers names the folder of the web tool (peers/circle.py)."""
import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
from rows import ROWS  # noqa: E402

MEASURED = os.path.join(HERE, "measured.json")
PAGE = os.path.join(HERE, "..", "docs", "benchmarks.md")
BEGIN, END = "<!-- table: python3 bench/table.py -->", "<!-- end of the table -->"


def run(argv):
    """CPU seconds, MiB at most, what was printed; every child counts."""
    with tempfile.TemporaryFile("w+") as said, tempfile.TemporaryFile("w+") as errors:
        start = time.perf_counter()
        p = subprocess.Popen(argv, stdout=said, stderr=errors)
        _, status, used = os.wait4(p.pid, 0)
        p.returncode = status
        said.seek(0)
        errors.seek(0)
        out = {"whole": used.ru_utime + used.ru_stime, "mib": used.ru_maxrss / 1024, "wall": time.perf_counter() - start}
        return out, said.read(), errors.read()[-300:] if status else ""


def solution(path):
    """what the table needs of a solution; read in a process of its own, as a child shows at least what its parent has"""
    if not os.path.exists(path):
        return {}
    read = "import json, sys; d = json.load(open(sys.argv[1])); print(json.dumps({k: d[k] for k in ('stats', 'micros') if k in d}))"
    return json.loads(subprocess.run([sys.executable, "-c", read, path], capture_output=True, text=True, check=True).stdout)


def judged(python, instance, path):
    """the referee's word, in a process of its own"""
    if not os.path.exists(path):
        return {"valid": False, "errors": ["no plan"]}
    said = subprocess.run([python, os.path.join(HERE, "check.py"), instance, path], capture_output=True, text=True).stdout
    word = json.loads(said or '{"valid": false, "errors": ["no answer"]}')
    return {k: v for k, v in word.items() if k in ("valid", "objective", "proved_optimal", "gap_weight_percent", "errors", "simple_lower_bounds")}


def ours(a, row, instance, out):
    argv = [a.mend, "solve", row["job"], instance, "-o", out, *row.get("options", "").split()]
    spent, _, wrong = run(argv)
    found = solution(out)
    stats = found.get("stats", {})
    spent["core"] = stats.get("solve_cpu_s")
    spent["case_ms"] = hundredth(found.get("micros"))
    spent["stats"] = {k: v for k, v in stats.items() if not isinstance(v, (list, dict))}
    return spent | {"said": wrong}


def hundredth(micros):
    """of a case, in milliseconds: the middle one and the slowest but one per cent"""
    micros = sorted(micros or [])
    return [micros[len(micros) // 2] / 1000, micros[int(len(micros) * 0.99)] / 1000] if micros else None


def theirs(a, row, instance, out):
    script = os.path.join(HERE, "peers", row.get("script", row["job"]) + ".py")
    options = row.get("peer_options", "").replace("{golfers}", a.golfers or "").split()
    spent, said, wrong = run([a.python, script, instance, "--peer", row["peer"], "-o", out, *options])
    line = json.loads(said) if said.strip() else {}
    stats = solution(out).get("stats", {})
    spent["core"] = stats.get("solve_cpu_s", line.get("user_s"))
    spent["mib"] = max(spent["mib"], line.get("rss_mib", 0))
    spent["line"] = {k: line[k] for k in ("stages", "cpu_ms_median", "cpu_ms_p99", "matched") if k in line}
    return spent | {"said": wrong}


def measure(a, row, folder):
    """keeps every round at once: one that takes minutes is not lost when a later one is not wanted"""
    rounds = load().get(row["key"], {"rounds": []})["rounds"] if a.more else []
    instance = os.path.join(folder, "i.json")
    outs = {who: os.path.join(folder, who + ".json") for who in ("ours", "theirs")}
    solvers = {"ours": ours, "theirs": theirs} if row.get("peer") else {"ours": ours}
    for seed in row.get("seeds", [1]):
        missing = (a.rounds or row.get("rounds", 5)) - sum(r["seed"] == seed for r in rounds)
        if missing <= 0:
            continue
        made = subprocess.run([a.python, os.path.join(HERE, "gen.py"), *row["gen"].split(), "--seed", str(seed), "-o", instance], capture_output=True, text=True)
        if made.returncode:
            print(f"{row['key']} seed {seed}: {made.stderr.strip()}")
            continue
        for _ in range(missing):
            result = {"seed": seed}
            for who in list(solvers) if len(rounds) % 2 == 0 else list(solvers)[::-1]:
                if os.path.exists(outs[who]):
                    os.unlink(outs[who])
                result[who] = solvers[who](a, row, instance, outs[who]) | judged(a.python, instance, outs[who])
            rounds.append(result)
            keep({"key": row["key"], "rounds": rounds})
            print(row["key"], seed, *(f"{who} {r['whole']:.3f} s core {r['core']} {r['mib']:.0f} MiB {r.get('objective')} {r['errors'][:1]} {r['said']}"
                                      for who, r in result.items() if who != "seed"), flush=True)


def keep(entry):
    known = load()
    known[entry["key"]] = entry
    with open(MEASURED + ".new", "w") as f:
        f.write("{\n" + ",\n".join(json.dumps(k) + ": " + json.dumps(known[k], separators=(",", ":")) for k in sorted(known)) + "\n}\n")
    os.replace(MEASURED + ".new", MEASURED)


def load():
    if not os.path.exists(MEASURED):
        return {}
    with open(MEASURED) as f:
        return json.load(f)


def short(x, unit=""):
    if x is None:
        return "–"
    if x == 0:
        return "0" + unit
    digits = 0 if abs(x) >= 100 else 1 if abs(x) >= 10 else 2 if abs(x) >= 1 else 3 if abs(x) >= 0.1 else 4
    return f"{x:,.{digits}f}{unit}"


def spread(values, unit=""):
    values = sorted(v for v in values if v is not None)
    if not values:
        return "–"
    middle = short(statistics.median(values), unit)
    return middle if len(values) == 1 else f"{middle} ({short(values[0])} to {short(values[-1])})"


def worth(rounds):
    """how the plans compare, in words"""
    if any(not r["ours"]["valid"] for r in rounds):
        return "**not valid**"
    cases = [r["ours"].get("case_ms") for r in rounds]
    if all(cases):
        return team_words(rounds, statistics.median(c[1] for c in cases))
    if "theirs" not in rounds[0]:
        proved = [r["ours"].get("proved_optimal") for r in rounds]
        bound = [r["ours"].get("objective") == r["ours"].get("simple_lower_bounds") for r in rounds]
        return "proved the best" if all(proved) else "at the referee's bounds" if all(bound) else "valid"
    better = same = none = 0
    for r in rounds:
        if not r["theirs"]["valid"]:
            none += 1
        elif r["ours"]["objective"] == r["theirs"]["objective"]:
            same += 1
        elif better_than(r["ours"]["objective"], r["theirs"]["objective"], r):
            better += 1
    worse = len(rounds) - better - same - none
    words = [f"{n} {word}" for n, word in ((better, "better"), (same, "same"), (worse, "worse"), (none, "they found none")) if n]
    return "same" if same == len(rounds) else ", ".join(words) + middles(rounds)


def middles(rounds):
    """the medians of what plans came to, aim by aim, where both found one"""
    found = [(r["ours"]["objective"], r["theirs"]["objective"]) for r in rounds if r["theirs"]["valid"]]
    if not found:
        return ""
    mine, other = ([statistics.median(aim) for aim in zip(*plans)] for plans in zip(*found))
    return ": " + " against ".join(" / ".join(f"{aim:,g}" for aim in plan) for plan in (mine, other))


def team_words(rounds, slow):
    best = "the best in every case" if all(r["ours"]["objective"] == [0] for r in rounds) else "**not the best**"
    theirs = [r["theirs"]["line"]["cpu_ms_p99"] for r in rounds if "theirs" in r]
    beside = f", theirs {short(statistics.median(theirs), ' ms')}" if theirs else ""
    return f"{best}; 99 of 100 cases within {short(slow, ' ms')}{beside}"


def better_than(mine, other, r):
    """objectives of pairs and sponsors are counted up, the others down"""
    return mine > other if r.get("up") else mine < other


def line(row, entry):
    rounds = entry["rounds"]
    for r in rounds:
        r["up"] = row["job"] == "pair"
    kind = row.get("measure", "core")
    mine = [r["ours"][kind] for r in rounds]
    both = "theirs" in rounds[0]
    other = [r["theirs"][kind] for r in rounds] if both else []
    ratio = [t / max(o, 1e-4) for o, t in zip(mine, other) if o is not None and t is not None] if both else []
    size = spread([max(r["ours"]["mib"] for r in rounds)]) + (" / " + spread([max(r["theirs"]["mib"] for r in rounds)]) if both else "")
    cells = [row["key"], row["what"], kind, spread(mine, " s"), (row["name"] + " " + spread(other, " s")) if both else "–",
             "–" if row.get("budget") or not both else spread(ratio), size, worth(rounds), str(len(rounds))]
    return "| " + " | ".join(cells) + " |"


def table():
    known = load()
    lines = ["| goal | instance | CPU | Mend | other | ratio | MiB at most, ours / theirs | plans | rounds |",
             "| --- | --- | --- | --- | --- | --- | --- | --- | --- |"]
    return "\n".join(lines + [line(row, known[row["key"]]) for row in ROWS if row["key"] in known])


def write():
    with open(PAGE) as f:
        text = f.read()
    before, rest = text.split(BEGIN)
    after = rest.split(END)[1]
    with open(PAGE, "w") as f:
        f.write(before + BEGIN + "\n\n" + table() + "\n\n" + END + after)


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--list", action="store_true", help="name the rows")
    ap.add_argument("--write", action="store_true")
    ap.add_argument("--only", default="", help="rows whose name begins with this; several with semicolons")
    ap.add_argument("--more", action="store_true", help="only the rounds that are still missing")
    ap.add_argument("--rounds", type=int, help="as many rounds per seed, instead of the row's own number")
    ap.add_argument("--mend", default="target/release/mend", help="the program")
    ap.add_argument("--python", default=sys.executable, help="the Python that has what the peers need")
    ap.add_argument("--golfers", help="folder with geneticSolver.js and node_modules/lodash")
    a = ap.parse_args()
    if a.list:
        print("\n".join(f"{row['key']:14} {row['what']}" for row in ROWS))
        return
    if not a.write:
        for row in ROWS:
            if any(row["key"].startswith(only) for only in a.only.split(";")):
                with tempfile.TemporaryDirectory() as folder:
                    measure(a, row, folder)
    write()


if __name__ == "__main__":
    main()
