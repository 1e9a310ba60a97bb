#!/usr/bin/env python3
"""T with brute force over all teams in Python (brute), or one OR-tools CP-SAT model per case (cpsat).
  repair.py INSTANCE.json --peer brute|cpsat [-o SOL]     prints the median and 99th percentile per case in ms."""
import itertools
import time

import frame


def main():
    a = frame.args(__doc__)
    I, ls = frame.load(a.instance)
    clk = frame.Clock()
    tr = I["trained"]
    pos = {m: i for i, m in enumerate(tr)}
    load, lead, langs, silo = list(I["load"]), I["lead"], I["langs"], I["silo"]
    ties = {}
    for u, v in I["ties"]:
        ties.setdefault(u, set()).add(v)
        ties.setdefault(v, set()).add(u)
    none = set()
    teams, ms, running = [], [], {}
    if a.peer == "cpsat":
        from ortools.sat.python import cp_model
    for case in I["cases"]:
        t0 = time.process_time()
        for c in case["closes"]:
            for m in running.pop(c, ()):
                load[pos[m]] -= 1
        bad = set(case["parties"]) | set(case["veto"]) | set(case["away"])
        ps = set()
        for p in case["parties"]:
            bad |= ties.get(p, none)
            ps.add(silo[p])
        ok = [m for m in tr if m not in bad and silo[m] not in ps and load[pos[m]] < I["max_load"]]
        L = case["langs"]
        best, team = None, None
        if a.peer == "brute":
            for t in itertools.combinations(ok, 3):
                i, j, k = (pos[m] for m in t)
                v = (max(load[i], load[j], load[k]), load[i] + load[j] + load[k])
                if best is not None and v >= best:
                    continue
                if not (lead[i] or lead[j] or lead[k]):
                    continue
                if L and not any(langs[q] & L == L for q in (i, j, k)):
                    continue
                x, y, z = t
                if silo[x] == silo[y] or silo[x] == silo[z] or silo[y] == silo[z]:
                    continue
                if y in ties.get(x, none) or z in ties.get(x, none) or z in ties.get(y, none):
                    continue
                best, team = v, list(t)
        elif a.peer == "cpsat":
            M = cp_model.CpModel()
            b = {m: M.new_bool_var("") for m in ok}
            M.add(sum(b.values()) == 3)
            by = {}
            for m in ok:
                by.setdefault(silo[m], []).append(b[m])
            for l in by.values():
                if len(l) > 1:
                    M.add_at_most_one(l)
            for m in ok:
                for o in ties.get(m, none):
                    if o in b and o > m:
                        M.add_bool_or([b[m].negated(), b[o].negated()])
            M.add(sum(b[m] for m in ok if lead[pos[m]]) >= 1)
            if L:
                M.add(sum(b[m] for m in ok if langs[pos[m]] & L == L) >= 1)
            top = M.new_int_var(0, max(load) + 1, "")
            for m in ok:
                M.add(top >= load[pos[m]] * b[m])
            M.minimize(10000 * top + sum(load[pos[m]] * b[m] for m in ok))
            s = cp_model.CpSolver()
            s.parameters.num_workers = 1
            if s.solve(M) == cp_model.OPTIMAL:
                team = [m for m in ok if s.value(b[m])]
        else:
            raise SystemExit("which --peer?")
        if team:
            for m in team:
                load[pos[m]] += 1
            running[case["id"]] = team
        teams.append(team)
        ms.append(1000 * (time.process_time() - t0))
    timing = clk.stop()
    ms.sort()
    frame.finish(a.peer, I, ls, timing, {"format": "mend-repair-solution/1", "teams": teams}, a.o, cases=len(teams),
                  cpu_ms_median=round(ms[len(ms) // 2], 3), cpu_ms_p99=round(ms[int(len(ms) * 0.99)], 3))


main()
