#!/usr/bin/env python3
"""Seats many small instances with a mend program and has the referee look at every solution.

  circle.py [--mend target/release/mend] [--seeds 1] [--only social-60]
  circle.py --command "target/release/examples/circle {i} -o {o} --seed {s}"

{i} = instance, {o} = solution file, {s} = seed. Prints one line per instance: valid or not, same-silo pairs and
repeats, the lower bound on same-silo pairs, CPU seconds of the program (reading and writing included).
Fails (exit status 1) when a solution is invalid, when it has more same-silo pairs than the lower bound (every
instance generated here can reach it), or when the same seed gives two different solutions.
Needs Python >= 3.9 and numpy."""
import argparse
import json
import os
import resource
import shlex
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
import check  # noqa: E402

PEOPLE = (12, 20, 30, 45, 60, 100, 200, 311, 450, 600)
ROUNDS = (1, 3, 6)
GOLFERS = ((15, 3, 7), (32, 4, 10), (60, 6, 6), (300, 6, 3))


def instances(seeds):
    """name and generator arguments of every instance."""
    for seed in range(1, seeds + 1):
        for shape in ("social", "skew"):
            for n in PEOPLE:
                for rounds in ROUNDS:
                    yield (f"{shape}-{n}-r{rounds}-s{seed}",
                           ["--shape", shape, "--n", n, "--rounds", rounds, "--seed", seed])
    for n, size, rounds in GOLFERS:
        yield f"golfer-{n}-{size}-r{rounds}", ["--shape", "golfer", "--n", n, "--size", size, "--rounds", rounds]


def generate(args, path):
    """True unless the generator found too few facilitators for this seed."""
    gen = [sys.executable, os.path.join(HERE, "gen.py"), "circle", *map(str, args), "-o", path]
    made = subprocess.run(gen, capture_output=True, text=True)
    if made.returncode and "change the seed" not in made.stderr:
        sys.exit(f"gen.py failed: {made.stderr}")
    return made.returncode == 0


def solve(command, path, out, seed):
    """CPU seconds and the text of the solution, or what the program said instead."""
    if os.path.exists(out):
        os.unlink(out)
    argv = [a.replace("{i}", path).replace("{o}", out).replace("{s}", str(seed)) for a in shlex.split(command)]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    ran = subprocess.run(argv, capture_output=True, text=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    if ran.returncode or not os.path.exists(out):
        return cpu, None, ran.stderr.strip()[-300:]
    with open(out) as f:
        return cpu, f.read(), ""


def judge(instance, text, again, said):
    """the referee's result and what is wrong, if anything."""
    if text is None:
        return {}, f"no solution: {said}"
    result = check.check(instance, json.loads(text))
    if not result["valid"]:
        return result, f"invalid: {result['errors'][:2]}"
    if result["objective"][0] > result["simple_lower_bounds"][0]:
        return result, "same-silo bound missed"
    # How long it took differs from run to run.
    if again is None or json.loads(text)["rounds"] != json.loads(again)["rounds"]:
        return result, "same seed, another solution"
    return result, None


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--mend", default="target/release/mend", help="the program")
    ap.add_argument("--command", help="the whole command instead")
    ap.add_argument("--seeds", type=int, default=1)
    ap.add_argument("--only", default="", help="instances whose name contains this")
    a = ap.parse_args()
    command = a.command or shlex.quote(a.mend) + " solve circle {i} -o {o} --seed {s}"
    folder = tempfile.mkdtemp()
    path, out = os.path.join(folder, "instance.json"), os.path.join(folder, "solution.json")
    done = failed = 0
    for name, args in instances(a.seeds):
        if a.only not in name or not generate(args, path):
            continue
        with open(path) as f:
            instance = json.load(f)
        cpu, text, said = solve(command, path, out, 1)
        again = solve(command, path, out, 1)[1]
        result, wrong = judge(instance, text, again, said)
        same, repeats = result.get("objective") or ("-", "-")
        bound = (result.get("simple_lower_bounds") or ["-"])[0]
        print(f"{name:22} same-silo {same:>5} (bound {bound:>5})  repeats {repeats:>4}  {cpu:6.2f} s  {wrong or 'ok'}", flush=True)
        done += 1
        failed += wrong is not None
    print(f"{done} instances, {failed} failed")
    sys.exit(failed > 0 or done == 0)


if __name__ == "__main__":
    main()
