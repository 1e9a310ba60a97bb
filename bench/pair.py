#!/usr/bin/env python3
"""Pairs many instances with a mend program and has the referee look at every solution and its certificate.

  pair.py [--mend target/release/mend] [--most 10000] [--seeds 1] [--only social]
  pair.py --peer lemon --repeat 5 --most 100000      core CPU of the pairing side by side, by turns

Without --peer it fails (exit status 1) when a solution is invalid, when its certificate does not prove it (with
members in two pairs: when the program does not say it is the best), when the same seed gives two solutions, or when
the candidates of a few hundred members are not those of comparing each with each.
With --peer it prints, per instance, the median of peer CPU / our CPU over the rounds with the lowest and the highest.
Needs Python >= 3.9 and numpy, and what the peer needs."""
import argparse
import itertools
import json
import os
import statistics
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
import check  # noqa: E402

SIZES = (31, 60, 100, 311, 1000, 10000, 100000)
SHAPES = ("social", "uniform", "ties", "skew", "oddclique", "cap")


def instances(a):
    """name and generator arguments of every instance."""
    for shape, n, seed in itertools.product(SHAPES, SIZES, range(1, a.seeds + 1)):
        for free in (False, True):
            name = f"{shape}-{n}-s{seed}" + ("-free" if free else "")
            if a.least <= n <= a.most and a.only in name and not (free and (a.peer or n > 1000)):
                yield name, ["pair", "--shape", shape, "--n", n, "--seed", seed] + (["--free"] if free else [])


def generate(args, path):
    made = subprocess.run([sys.executable, os.path.join(HERE, "gen.py"), *map(str, args), "-o", path], capture_output=True, text=True)
    if made.returncode:
        sys.exit(f"gen.py failed: {made.stderr}")
    with open(path) as f:
        return json.load(f)


def run(argv):
    """CPU seconds and what went wrong."""
    p = subprocess.Popen(argv, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    said = p.stderr.read()
    _, status, used = os.wait4(p.pid, 0)
    p.returncode = status
    return used.ru_utime + used.ru_stime, said.strip()[-300:] if status else ""


def solve(a, path, out, *more):
    cpu, wrong = run([a.mend, "solve", "pair", path, "-o", out, *more])
    if wrong:
        sys.exit(f"{path}: {wrong}")
    with open(out) as f:
        return json.load(f), cpu


def judge(instance, solution, again):
    """the referee's result and what is wrong, if anything."""
    result = check.check(instance, solution)
    if not result["valid"]:
        return result, f"invalid: {result['errors'][:2]}"
    if solution["stats"]["weight_missing_at_most"] != 0:
        return result, "not the best"
    if not result["proved_optimal"] and max(instance["capacity"]) < 2:
        return result, "not proved"
    if solution["pairs"] != again["pairs"] or solution["trios"] != again["trios"]:
        return result, "same seed, another solution"
    return result, None


def check_all(a, folder):
    done = failed = 0
    path, out = os.path.join(folder, "i.json"), os.path.join(folder, "o.json")
    for name, args in instances(a):
        instance = generate(args, path)
        again = solve(a, path, out)[0]
        solution, cpu = solve(a, path, out, "--certificate")
        result, wrong = judge(instance, solution, again)
        core = solution["stats"]["solve_cpu_s"]
        print(f"{name:24} {result.get('objective')} core {core:.4f} s, whole {cpu:.2f} s"
              f"  {'proved' if result.get('proved_optimal') else 'gap in the certificate'}  {wrong or 'ok'}", flush=True)
        done += 1
        failed += wrong is not None
    return done, failed


def check_candidates(a, folder):
    """the candidates of a few hundred members, by comparing each with each."""
    path, out = os.path.join(folder, "m.json"), os.path.join(folder, "c.json")
    M = generate(["members", "--n", 400, "--best", 7, "--seed", 3], path)
    wrong = run([a.mend, "solve", "candidates", path, "-o", out, "--threads", "3"])[1]
    if wrong:
        sys.exit(wrong)
    h, l, t = M["hours"], M["languages"], M["topics"]
    want = set()
    for u in range(M["n"]):
        fits = []
        for v in range(M["n"]):
            hours, tongues = bin(h[u] & h[v]).count("1"), bin(l[u] & l[v]).count("1")
            far = sum(abs(x - y) for x, y in zip(t[u], t[v]))
            if u != v and hours and tongues:
                fits.append((-(40 * min(hours, 8) + 120 * min(tongues, 2) + (24 - far) * 18 + 1), v))
        want |= {(min(u, v), max(u, v), -w) for w, v in sorted(fits)[:7]}
    with open(out) as f:
        same = {tuple(e) for e in json.load(f)["edges"]} == want
    print(f"candidates of 400 members: {'ok' if same else 'not the best ones'}")
    return 1, int(not same)


def side_by_side(a, folder):
    path = os.path.join(folder, "i.json")
    ours, theirs = os.path.join(folder, "o.json"), os.path.join(folder, "t.json")
    peer = [a.python, os.path.join(HERE, "peers", "pair.py"), path, "--peer", a.peer, "-o", theirs]
    for name, args in instances(a):
        instance = generate(args, path)
        rows = []
        for turn in range(a.repeat):
            cpu = {}
            for who in ("ours", "theirs") if turn % 2 == 0 else ("theirs", "ours"):
                if who == "ours":
                    cpu[who] = solve(a, path, ours, *a.options.split())[0]["stats"]["solve_cpu_s"]
                else:
                    wrong = run(peer)[1]
                    if wrong:
                        sys.exit(wrong)
                    with open(theirs) as f:
                        cpu[who] = json.load(f)["stats"]["solve_cpu_s"]
            rows.append((cpu["ours"], cpu["theirs"]))
        with open(ours) as f, open(theirs) as g:
            mine, other = check.check(instance, json.load(f)), check.check(instance, json.load(g))
        ratio = sorted(t / max(o, 1e-9) for o, t in rows)
        same = [mine[k] == other[k] for k in ("dyads", "cross_silo", "weight")]
        print(f"{name:24} ours {statistics.median(o for o, _ in rows):.4f} s, {a.peer} {statistics.median(t for _, t in rows):.4f} s, "
              f"{statistics.median(ratio):.1f} times ({ratio[0]:.1f} to {ratio[-1]:.1f})  {'same worth' if all(same) else 'WORTH DIFFERS'}"
              f"{'' if mine.get('gap_weight_percent') is None else ', certified gap ' + str(mine['gap_weight_percent']) + ' %'}", flush=True)
    return 1, 0


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--mend", default="target/release/mend", help="the program")
    ap.add_argument("--seeds", type=int, default=1)
    ap.add_argument("--least", type=int, default=0, help="leave out instances with fewer members")
    ap.add_argument("--most", type=int, default=1000, help="leave out instances with more members")
    ap.add_argument("--only", default="", help="instances whose name contains this")
    ap.add_argument("--peer", help="networkx, rustworkx or lemon")
    ap.add_argument("--python", default=sys.executable, help="the Python that has what the peer needs")
    ap.add_argument("--options", default="", help="more options for our program, with --peer")
    ap.add_argument("--repeat", type=int, default=5)
    a = ap.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        if a.peer:
            side_by_side(a, folder)
            return
        counts = [check_all(a, folder), check_candidates(a, folder)]
    done, failed = (sum(c) for c in zip(*counts))
    print(f"{done} instances, {failed} failed")
    sys.exit(failed > 0 or done < 2)


if __name__ == "__main__":
    main()
