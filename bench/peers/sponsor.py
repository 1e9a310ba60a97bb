#!/usr/bin/env python3
"""S with the PyPI packages `matching` and `algmatch`, or 40 lines of plain Python (`plain`).
  sponsor.py INSTANCE.json --peer matching|algmatch|plain [-o SOL]"""
import heapq
import sys

import frame


def mutual(I):
    """both sides' lists cut down to mutually acceptable pairs (the packages insist on it)."""
    ss = [set(l) for l in I["sponsor_prefs"]]
    cap = I["capacity"]
    sp = [[j for j in l if cap[j] > 0 and i in ss[j]] for i, l in enumerate(I["seeker_prefs"])]
    ks = [set(l) for l in sp]
    pp = [[i for i in l if j in ks[i]] for j, l in enumerate(I["sponsor_prefs"])]
    return sp, pp


def main():
    a = frame.args(__doc__)
    sys.setrecursionlimit(1000000)
    I, ls = frame.load(a.instance)
    n, m = I["seekers"], I["sponsors"]
    clk = frame.Clock()
    match = [-1] * n
    extra = {}
    if a.peer == "plain":
        rank = [{s: r for r, s in enumerate(l)} for l in I["sponsor_prefs"]]
        held = [[] for _ in range(m)]
        cap, ptr = I["capacity"], [0] * n
        prefs = I["seeker_prefs"]
        for s in range(n):
            while s >= 0:
                l = prefs[s]
                p = ptr[s]
                nxt = -1
                while p < len(l):
                    j = l[p]
                    p += 1
                    r = rank[j].get(s)
                    if r is None or not cap[j]:
                        continue
                    h = held[j]
                    if len(h) < cap[j]:
                        heapq.heappush(h, (-r, s))
                        match[s] = j
                        break
                    if -h[0][0] > r:
                        _, nxt = heapq.heapreplace(h, (-r, s))
                        match[s] = j
                        match[nxt] = -1
                        break
                ptr[s] = p
                s = nxt
    else:
        sp, pp = mutual(I)
        if a.peer == "matching":
            from matching.games import HospitalResident
            R = {f"r{i}": [f"h{j}" for j in l] for i, l in enumerate(sp) if l}
            H = {f"h{j}": [f"r{i}" for i in l] for j, l in enumerate(pp) if l}
            C = {f"h{j}": I["capacity"][j] for j, l in enumerate(pp) if l}
            g = HospitalResident.create_from_dictionaries(R, H, C)
            t = frame.Clock()
            sol = g.solve(optimal="resident")
            extra["core_s"] = t.stop()["solve_s"]
            for h, rs in sol.items():
                for r in rs:
                    match[int(r.name[1:])] = int(h.name[1:])
        elif a.peer == "algmatch":
            from algmatch import HospitalResidentsProblem
            # empty lists are kept out, numbers start at 1
            ri = [i for i in range(n) if sp[i]]
            hi = [j for j in range(m) if pp[j]]
            rn = {i: k + 1 for k, i in enumerate(ri)}
            hn = {j: k + 1 for k, j in enumerate(hi)}
            d = {"residents": {rn[i]: [hn[j] for j in sp[i]] for i in ri},
                 "hospitals": {hn[j]: {"capacity": I["capacity"][j], "preferences": [rn[i] for i in pp[j]]} for j in hi}}
            g = HospitalResidentsProblem(dictionary=d, optimised_side="residents")
            t = frame.Clock()
            sol = g.get_stable_matching()
            extra["core_s"] = t.stop()["solve_s"]
            for r, h in sol["resident_sided"].items():
                if h:
                    match[ri[int(str(r).lstrip("r")) - 1]] = hi[int(str(h).lstrip("h")) - 1]
        else:
            raise SystemExit("which --peer?")
    timing = clk.stop()
    pos = [{j: p for p, j in enumerate(l)} for l in I["seeker_prefs"]] if n <= 200000 else None
    frame.finish(a.peer, I, ls, timing, {"format": "mend-sponsor-solution/1", "match": match}, a.o,
                  matched=sum(x >= 0 for x in match),
                  rank_sum=sum(pos[i][x] for i, x in enumerate(match) if x >= 0) if pos else None, **extra)


main()
