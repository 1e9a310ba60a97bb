#!/usr/bin/env python3
"""Side-by-side run of two commands on one instance, alternating, on a shared machine.

  compare.py INSTANCE.json --ours "mend solve circle {i} -o {o}" --peer "python3 peers/circle.py {i} --peer cpsat -o {o}" [--repeat 5] [--check]

{i} = instance, {o} = solution file. Whole processes are measured, reading and writing included: wall seconds, CPU seconds
(user + system, children included) and peak memory. The order alternates (ours peer, peer ours, ...). The figure to quote is
ratio_cpu = median over the rounds of peer CPU / our CPU within the same round; on this kind of machine CPU seconds of the same
program vary by up to a factor of 2 with what the neighbours do, so a ratio from one round alone means little."""
import argparse
import json
import os
import shlex
import statistics
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))


def run(cmd, inst, out):
    if os.path.exists(out):
        os.unlink(out)
    argv = [a.replace("{i}", inst).replace("{o}", out) for a in shlex.split(cmd)]
    t = time.perf_counter()
    p = subprocess.Popen(argv, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, ru = os.wait4(p.pid, 0)
    p.returncode = 0
    return {"wall_s": time.perf_counter() - t, "cpu_s": ru.ru_utime + ru.ru_stime, "rss_mib": ru.ru_maxrss / 1024, "ok": status == 0}


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("instance")
    ap.add_argument("--ours", required=True)
    ap.add_argument("--peer", required=True)
    ap.add_argument("--repeat", type=int, default=5)
    ap.add_argument("--check", action="store_true")
    a = ap.parse_args()
    d = tempfile.mkdtemp()
    out = {k: os.path.join(d, k + ".json") for k in ("ours", "peer")}
    rows = {"ours": [], "peer": []}
    for r in range(a.repeat):
        for k in (("ours", "peer") if r % 2 == 0 else ("peer", "ours")):
            rows[k].append(run(getattr(a, k), a.instance, out[k]))
    med = lambda k, f: round(statistics.median(x[f] for x in rows[k]), 4)
    res = {"instance": os.path.basename(a.instance), "repeat": a.repeat}
    for k in rows:
        res[k] = {f: med(k, f) for f in ("wall_s", "cpu_s", "rss_mib")} | {"cpu_min_s": round(min(x["cpu_s"] for x in rows[k]), 4), "ok": all(x["ok"] for x in rows[k])}
    pair = list(zip(rows["ours"], rows["peer"]))
    for f in ("wall_s", "cpu_s"):
        q = sorted(p[f] / max(o[f], 1e-9) for o, p in pair)
        res["ratio_" + f[:-2]] = {"median": round(statistics.median(q), 3), "low": round(q[0], 3), "high": round(q[-1], 3)}
    if a.check:
        for k in out:
            c = subprocess.run([sys.executable, os.path.join(HERE, "check.py"), a.instance, out[k]], capture_output=True, text=True).stdout
            c = json.loads(c or '{"valid": false, "errors": ["no answer"]}')
            res[k]["valid"], res[k]["objective"], res[k]["errors"] = c["valid"], c.get("objective"), c["errors"][:3]
            if "proved_optimal" in c:
                res[k]["proved_optimal"] = c["proved_optimal"]
    print(json.dumps(res))


if __name__ == "__main__":
    main()
