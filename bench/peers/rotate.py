#!/usr/bin/env python3
"""R with OR-tools CP-SAT, lexicographically: one solve per objective, the earlier ones fixed.
  rotate.py INSTANCE.json [--seconds TOTAL] [--threads N] [-o SOL]   (peer: cpsat, or cpsat-one = only a feasible plan)
--seconds is CPU time over all threads (the machine is shared), divided over the four objectives.
Prints per objective the value, CP-SAT's proved bound and the seconds."""
import threading
import time

import frame
from ortools.sat.python import cp_model


def main():
    a = frame.args(__doc__)
    peer = a.peer or "cpsat"
    I, ls = frame.load(a.instance)
    clk = frame.Clock()
    n, nr, T = I["members"], I["roles"], I["months"]
    prev, H = I["previous"], len(I["previous"])
    rules = I["rules"]
    absent = {(m, t) for m, t in I["absent"]}
    M = cp_model.CpModel()
    x = {}
    for r in range(nr):
        for m, f in I["eligible"][r]:
            for t in range(f, T):
                if (m, t) not in absent:
                    x[m, r, t] = M.new_bool_var("")
    by_slot, by_mt = {}, {}
    for (m, r, t), v in x.items():
        by_slot.setdefault((r, t), []).append((m, v))
        by_mt.setdefault((m, t), []).append((r, v))
    for r in range(nr):
        for t in range(T):
            M.add_exactly_one(v for _, v in by_slot[r, t])
    serve = {}
    for m in range(n):
        for t in range(-H, T):
            if t < 0:
                serve[m, t] = int(m in prev[t + H])
            else:
                l = [v for _, v in by_mt.get((m, t), [])]
                if len(l) == 0:
                    serve[m, t] = 0
                elif len(l) == 1:
                    serve[m, t] = l[0]
                else:
                    s = M.new_bool_var("")
                    M.add(sum(l) == s)
                    serve[m, t] = s

    def get(m, r, t):
        return int(prev[t + H][r] == m) if t < 0 else x.get((m, r, t), 0)
    pairs = {(m, r) for m, r, _ in x}
    mt, cd, mr = rules["max_term"], rules["cooldown"], rules["max_run"]
    for m, r in pairs:
        for t in range(T):
            w = [get(m, r, s) for s in range(t - mt, t + 1) if s >= -H]
            if len(w) == mt + 1 and not any(isinstance(v, int) and v == 0 for v in w):
                M.add(sum(w) <= mt)
            b = get(m, r, t)
            if isinstance(b, int):
                continue
            for s in range(t - cd, t - 1):          # a term ended in month s, next month in the role not before s+1+cd
                if s < -H:
                    continue
                av, nx = get(m, r, s), get(m, r, s + 1)
                if isinstance(av, int) and av == 0:
                    continue
                if isinstance(nx, int) and nx == 1:
                    continue
                M.add(av + b <= 1 + nx)
    members = {m for m, _ in pairs}
    for m in members:
        for t in range(T):
            w = [serve[m, s] for s in range(t - mr, t + 1) if s >= -H]
            if len(w) == mr + 1 and not any(isinstance(v, int) and v == 0 for v in w):
                M.add(sum(w) <= mr)
    for m in range(n):
        for q in range((T + 2) // 3):
            l = [serve[m, t] for t in range(3 * q, min(T, 3 * q + 3))]
            lo, hi = I["min_quarter"][m], I["max_quarter"][m]
            if lo > 0 or hi < len(l):
                M.add_linear_constraint(sum(l), lo, hi)
    # objective 1: max hours
    hours = {}
    cap = {m: 0 for m in range(n)}
    for m in members:
        best = {}
        for (r, v) in [z for t in range(T) for z in by_mt.get((m, t), [])]:
            pass
        ub = sum(max(I["load"][r] for r, _ in by_mt[m, t]) for t in range(T) if (m, t) in by_mt)
        cap[m] = ub
        e = sum(I["load"][r] * v for t in range(T) for r, v in by_mt.get((m, t), []))
        hours[m] = (e, I["carry"][m], ub)
    top = M.new_int_var(max(I["carry"]), max(c + u for _, c, u in hours.values()), "top")
    total = sum(I["load"]) * T
    M.add(top >= -(-(sum(I["carry"]) + total) // n))
    for e, c, u in hours.values():
        M.add(e + c <= top)
    stages = []

    def solve(obj, secs, hint):
        s = cp_model.CpSolver()
        s.parameters.max_time_in_seconds = 3600
        s.parameters.num_workers = a.threads
        s.parameters.random_seed = a.seed
        if obj is not None:
            M.minimize(obj)
        if hint is not None:
            M.clear_hints()
            for k, v in enumerate(values):
                M.add_hint(M.get_int_var_from_proto_index(k), v)
            for v, val in more:
                M.add_hint(v, val)
        t, c = time.perf_counter(), time.process_time()
        done = threading.Event()

        def watch():
            while not done.wait(0.05):
                if time.process_time() - c > max(1.0, secs):
                    s.stop_search()
        w = threading.Thread(target=watch, daemon=True)
        w.start()
        st = s.solve(M)
        done.set()
        w.join()
        return s, st, time.perf_counter() - t, time.process_time() - c

    t0 = time.process_time()
    left = lambda: a.seconds - (time.process_time() - t0)
    names = ["max_hours", "sum_squares", "silo_pairs", "minus_preference"]
    prefs = {(m, r): p for m, r, p in I["prefs"]}
    hint, values, more = None, [], []
    build = round(clk.stop()["solve_s"], 2)
    for k, name in enumerate(names if peer == "cpsat" else ["any"]):
        if name == "any":
            obj = None
        elif k == 0:
            obj = top
        elif k == 1:
            hmax = fixed
            sq = []
            M.add(top <= fixed)
            const = sum(c * c for m, c in enumerate(I["carry"]) if m not in hours)
            for m, (e, c, u) in hours.items():
                h = M.new_int_var(c, min(hmax, c + u), "")
                M.add(h == e + c)
                hi = min(hmax, c + u)
                q = M.new_int_var(c * c, hi ** 2, "")
                for j in range(c, hi):      # q >= (2j+1)h - j(j+1): the square at every whole number
                    M.add(q >= (2 * j + 1) * h - j * (j + 1))
                sq.append(q)
                v = c + sum(I["load"][r] * hint[m, r, t] for t in range(T) for r, _ in by_mt.get((m, t), []))
                more.append((h, v))
                more.append((q, v * v))
            obj = sum(sq) + const
            M.add(sum(sq) + const >= 0)
        elif k == 2:
            M.add(sum(sq) + const <= fixed)
            sp = []
            silos = {}
            for m in members:
                silos.setdefault(I["silo"][m], []).append(m)
            for t in range(T):
                for s, ms in silos.items():
                    l = [serve[m, t] for m in ms if not isinstance(serve[m, t], int)]
                    if len(l) < 2:
                        continue
                    hi = min(len(l), nr)
                    c = M.new_int_var(0, hi, "")
                    M.add(c == sum(l))
                    v = sum(values[z.index] for z in l)
                    more.append((c, v))
                    p = M.new_int_var(0, hi * (hi - 1) // 2, "")
                    for j in range(1, hi):      # p >= j*c - j(j+1)/2 : convex envelope, exact at whole numbers
                        M.add(p >= j * c - j * (j + 1) // 2)
                    sp.append(p)
                    more.append((p, v * (v - 1) // 2))
            obj = sum(sp) if sp else 0
        else:
            if sp:
                M.add(sum(sp) <= fixed)
            obj = -sum(p * v for (m, r, t), v in x.items() if (p := prefs.get((m, r), 0)))
        share = {0: 0.2, 1: 0.5, 2: 0.6, 3: 1.0}[k] if peer == "cpsat" else 1.0
        s, st, secs, cpus = solve(obj, left() * share, hint)
        ok = st in (cp_model.OPTIMAL, cp_model.FEASIBLE)
        stages.append({"objective": name, "status": s.status_name(st), "seconds": round(secs, 2), "cpu_s": round(cpus, 2),
                       **({"value": round(s.objective_value), "bound": round(s.best_objective_bound, 2)} if ok and obj is not None else {})})
        if not ok:
            break
        fixed = round(s.objective_value) if obj is not None else None
        hint = {k2: s.value(v) for k2, v in x.items()}
        values, more = list(s.response_proto.solution), []
    timing = clk.stop()
    sol = None
    if hint:
        A = [[-1] * nr for _ in range(T)]
        for (m, r, t), v in hint.items():
            if v:
                A[t][r] = m
        sol = {"format": "mend-rotate-solution/1", "assign": A}
    frame.finish(peer, I, ls, timing, sol, a.o, variables=len(x), build_s=build, stages=stages)


main()
