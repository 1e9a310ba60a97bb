#!/usr/bin/env python3
"""Tests of the referee: good solutions must pass, every kind of broken one must be caught.
   python test_check.py [JOB...]        (needs numpy; networkx for the exact pair optimum; about 20 s)
A job whose script is not in peers/ is skipped."""
import copy
import itertools
import json
import os
import random
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
import check  # noqa: E402

TMP = tempfile.mkdtemp()
PASS = FAIL = 0


def gen(*a):
    p = os.path.join(TMP, "i.json")
    subprocess.check_call([sys.executable, os.path.join(HERE, "gen.py"), *map(str, a), "-o", p])
    return json.load(open(p)), p


def peer(script, path, *a):
    s = os.path.join(TMP, "s.json")
    if os.path.exists(s):
        os.unlink(s)
    subprocess.run([sys.executable, os.path.join(HERE, "peers", script), path, "-o", s, *map(str, a)], check=True, capture_output=True)
    return json.load(open(s))


def expect(name, cond, info=""):
    global PASS, FAIL
    if cond:
        PASS += 1
    else:
        FAIL += 1
        print("FAILED", name, info)


def good(name, I, S, **kw):
    r = check.check(I, S, **kw)
    expect(name, r["valid"], r["errors"][:3])
    return r


def broken(name, I, S, text, **kw):
    r = check.check(I, S, **kw)
    expect(name, not r["valid"] and any(text in e for e in r["errors"]), (r["valid"], r["errors"][:3]))


def test_pair():
    # exact optimum by brute force on tiny instances: objective and certificate logic
    rnd = random.Random(5)
    for k in range(60):
        n = rnd.randrange(3, 8)
        es = [[u, v, rnd.randrange(1, 1001)] for u in range(n) for v in range(u + 1, n) if rnd.random() < 0.7]
        cap = [rnd.choice([0, 1, 1, 1, 2]) for _ in range(n)]
        I = {"format": "mend-pair/1", "n": n, "cardinality": rnd.choice(["max", "free"]), "same_silo": "ignore",
             "silo": [rnd.randrange(2) for _ in range(n)], "capacity": cap, "forbidden": [], "recent": [], "edges": es}
        if I["cardinality"] == "max":
            I["same_silo"] = rnd.choice(["avoid", "forbid", "ignore"])
        if len(es) > 2:
            I["forbidden"] = [es[0][:2]]
            I["recent"] = [es[1][:2]]
        best = None
        for m in range(1 << len(es)):
            sel = [e for i, e in enumerate(es) if m >> i & 1]
            use = [0] * n
            ok = True
            for u, v, w in sel:
                use[u] += 1; use[v] += 1
                ok &= [u, v] not in I["forbidden"] and [u, v] not in I["recent"]
                ok &= not (I["same_silo"] == "forbid" and I["silo"][u] == I["silo"][v])
            if not ok or any(a > b for a, b in zip(use, cap)):
                continue
            x = sum(I["silo"][u] != I["silo"][v] for u, v, w in sel)
            val = ([len(sel)] + ([x] if I["same_silo"] == "avoid" else []) if I["cardinality"] == "max" else []) + [sum(w for *_, w in sel)]
            if best is None or val > best[0]:
                best = (val, sel)
        S = {"format": "mend-pair-solution/1", "pairs": [e[:2] for e in best[1]], "trios": []}
        r = good(f"pair brute {k}", I, S)
        expect(f"pair brute objective {k}", r["objective"][:len(best[0])] == best[0], (r["objective"], best[0]))
        # any y, z >= 0 gives a valid bound: never below the optimum
        for _ in range(5):
            y = [rnd.randrange(0, 3000) for _ in range(n)]
            z = [[rnd.randrange(0, 500), rnd.sample(range(n), 3)] for _ in range(2)]
            S2 = dict(S, certificate={"scale": rnd.choice([1, 2, 4]), "y": y, "z": z})
            r2 = check.check(I, S2)
            expect(f"pair bound {k}", r2["bound_total"] >= r2["value_total"], r2)
    I, p = gen("pair", "--n", 120, "--seed", 3)
    S = peer("pair.py", p, "--peer", "greedy")
    r = good("pair greedy", I, S)
    opt = good("pair networkx", I, peer("pair.py", p, "--peer", "networkx"))
    expect("pair networkx at least greedy", opt["objective"] >= r["objective"])
    W = {(u, v) for u, v, _ in I["edges"]}
    B = copy.deepcopy(S); B["pairs"].append(B["pairs"][0][:])
    broken("pair twice", I, B, "capacity")
    B = copy.deepcopy(S); B["pairs"][0] = [B["pairs"][0][0], B["pairs"][0][0]]
    broken("pair self", I, B, "repeated member")
    B = copy.deepcopy(S); a, b = B["pairs"][0], B["pairs"][1]
    c = next(((x, y) for x in range(I["n"]) for y in range(x + 1, I["n"]) if (x, y) not in W))
    B["pairs"] = [list(c)]; B["trios"] = []
    broken("pair not an edge", I, B, "not a candidate edge")
    f = next(e for e in I["forbidden"] + I["recent"] if tuple(e) in W)
    broken("pair forbidden", I, {"format": S["format"], "pairs": [f], "trios": []}, "forbidden or recent")
    z = next(e[:2] for e in I["edges"] if I["capacity"][e[0]] == 0 or I["capacity"][e[1]] == 0)
    broken("pair capacity 0", I, {"format": S["format"], "pairs": [z], "trios": []}, "capacity")
    J = dict(I, same_silo="forbid")
    s = next(e[:2] for e in I["edges"] if I["silo"][e[0]] == I["silo"][e[1]])
    broken("pair same silo", J, {"format": S["format"], "pairs": [s], "trios": []}, "within one silo")
    broken("pair out of range", I, {"format": S["format"], "pairs": [[0, I["n"]]], "trios": []}, "not 2 member numbers")
    broken("pair wrong format", I, {"format": "x", "pairs": []}, "solution format")
    broken("pair bool", I, {"format": S["format"], "pairs": [[False, True]]}, "not 2 member numbers")
    if S["trios"]:
        B = copy.deepcopy(S); B["trios"].append([*B["pairs"].pop(), B["trios"][0][2]])
        broken("trio third twice", I, B, "groups")
        B = copy.deepcopy(S); u, v, x = B["trios"][0]
        far = next(q for q in range(I["n"]) if I["capacity"][q] and not any((min(q, k), max(q, k)) in W for k in (u, v)) and q not in (u, v))
        B = {"format": S["format"], "pairs": [], "trios": [[u, v, far]]}
        broken("trio far", I, B, "no candidate edge")
    B = {"format": S["format"], "pairs": S["pairs"], "trios": S["trios"], "certificate": {"scale": 1, "y": [-1] * I["n"], "z": []}}
    broken("certificate negative", I, B, "certificate")
    I, p = gen("pair", "--n", 150, "--shape", "cap", "--seed", 4)
    r1 = good("pair capacity 2 networkx", I, peer("pair.py", p, "--peer", "networkx"))
    r2 = good("pair capacity 2 rustworkx", I, peer("pair.py", p, "--peer", "rustworkx"))
    expect("capacity peers agree", r1["objective"][:3] == r2["objective"][:3], (r1["objective"], r2["objective"]))


def test_sponsor():
    # brute force: the referee's optimum is the best of all stable matchings
    rnd = random.Random(2)
    for k in range(60):
        n, m = rnd.randrange(1, 6), rnd.randrange(1, 4)
        sp = [rnd.sample(range(m), rnd.randrange(0, m + 1)) for _ in range(n)]
        pp = [rnd.sample(range(n), rnd.randrange(0, n + 1)) for _ in range(m)]
        I = {"format": "mend-sponsor/1", "seekers": n, "sponsors": m, "capacity": [rnd.randrange(0, 3) for _ in range(m)],
             "seeker_prefs": sp, "sponsor_prefs": pp}
        best, hits = None, 0
        for mt in itertools.product(range(-1, m), repeat=n):
            r = check.check(I, {"format": "mend-sponsor-solution/1", "match": list(mt)})
            # stable, checked here from the definition
            ok = all(x < 0 or (x in sp[i] and i in pp[x]) for i, x in enumerate(mt)) and all(mt.count(j) <= I["capacity"][j] for j in range(m))
            if ok:
                for i in range(n):
                    for j in sp[i]:
                        if i in pp[j] and (mt[i] < 0 or sp[i].index(j) < sp[i].index(mt[i])):
                            h = [q for q in range(n) if mt[q] == j]
                            if I["capacity"][j] and (len(h) < I["capacity"][j] or any(pp[j].index(i) < pp[j].index(q) for q in h)):
                                ok = False
            only = all("seeker-optimal" in e for e in r["errors"])
            expect(f"sponsor stable {k}", ok == (r["valid"] or only), (mt, r))
            if ok:
                rs = sum(sp[i].index(x) for i, x in enumerate(mt) if x >= 0)
                best = rs if best is None else min(best, rs)
                if r["valid"]:
                    hits += 1
                    expect(f"sponsor sum {k}", r["rank_sum"] == r["optimal_rank_sum"] == rs, r)
        expect(f"sponsor one optimum {k}", hits == 1)
    I, p = gen("sponsor", "--n", 300)
    S = peer("sponsor.py", p, "--peer", "plain")
    good("sponsor", I, S)
    B = copy.deepcopy(S); i = next(i for i, x in enumerate(B["match"]) if x >= 0); B["match"][i] = -1
    broken("sponsor left out", I, B, "blocking")
    B = copy.deepcopy(S); B["match"][i] = next(j for j in range(I["sponsors"]) if j not in I["seeker_prefs"][i])
    broken("sponsor unacceptable", I, B, "do not accept")
    B = copy.deepcopy(S); j = max(range(I["sponsors"]), key=lambda j: len(I["sponsor_prefs"][j]))
    for q in I["sponsor_prefs"][j]:
        B["match"][q] = j
    broken("sponsor over capacity", I, B, "capacity")
    broken("sponsor length", I, {"format": S["format"], "match": [0]}, "match must be")


def test_rotate():
    for seed, a in enumerate([("--n", 30, "--roles", 6), ("--n", 60, "--roles", 20, "--shape", "tight"), ("--n", 40, "--roles", 5, "--months", 11)]):
        I, p = gen("rotate", *a, "--seed", seed, "--planted")
        S = {"format": "mend-rotate-solution/1", "assign": I["planted"]}
        r = good(f"rotate planted {seed}", I, S)
        expect("rotate bounds", all(x >= y for x, y in zip(r["objective"], r["simple_lower_bounds"])), r)
    I, p = gen("rotate", "--n", 30, "--roles", 6, "--planted")
    S = {"format": "mend-rotate-solution/1", "assign": I["planted"]}

    def put(t, r, m):
        B = copy.deepcopy(S); B["assign"][t][r] = m
        return B
    el = [{m for m, _ in e} for e in I["eligible"]]
    broken("rotate untrained", I, put(0, 0, next(m for m in range(30) if m not in el[0])), "is not trained")
    late = next(((r, m, f) for r, e in enumerate(I["eligible"]) for m, f in e if f > 0))
    broken("rotate too early", I, put(0, late[0], late[1]), "only from month")
    away = next((m, t, r) for m, t in I["absent"] for r in range(6) if m in el[r])
    broken("rotate away", I, put(away[1], away[2], away[0]), "is away")
    B = copy.deepcopy(S); B["assign"][0][0] = B["assign"][0][1]
    broken("rotate two roles", I, B, "has roles")
    free = dict(I, absent=[], eligible=[[[m, 0] for m in range(30)] for _ in range(6)], min_quarter=[0] * 30, max_quarter=[3] * 30, previous=[[24 + r for r in range(6)]] * 3)
    A = [[(t * 6 + r) % 24 for r in range(6)] for t in range(12)]
    T = lambda A: {"format": "mend-rotate-solution/1", "assign": A}
    good("rotate round robin", free, T(A))
    B = copy.deepcopy(A); B[1][0] = B[2][0] = B[0][0]
    broken("rotate term of 3", free, T(B), "months in a row up to month 2")
    B = copy.deepcopy(A); B[2][0] = B[0][0]
    broken("rotate no cool-down", free, T(B), "new term in month 2 only 1 months after")
    B = copy.deepcopy(A); B[3][0] = B[0][0]
    good("rotate cool-down kept", free, T(B))
    B = copy.deepcopy(A); B[0][0] = 24
    broken("rotate border term", free, T(B), "months in a row up to month 0")
    B = copy.deepcopy(A); B[0][1] = 24
    broken("rotate border run", free, T(B), "serves 4 months in a row up to month 0")
    B = copy.deepcopy(A); B[0][0] = B[1][1] = B[2][2] = B[3][3] = 23
    broken("rotate run of 4", free, T(B), "serves 4 months")
    broken("rotate quarter", dict(free, max_quarter=[0] + [3] * 29), T(A), "quarter")
    broken("rotate quarter min", dict(free, min_quarter=[0] * 29 + [1]), T(A), "quarter")
    broken("rotate shape", I, T(A[:11]), "assign must be")
    # waterfill bound against brute force
    rnd = random.Random(1)
    for _ in range(200):
        c = [rnd.randrange(0, 6) for _ in range(rnd.randrange(1, 4))]
        tot = rnd.randrange(0, 8)
        best = min(sum((a + b) ** 2 for a, b in zip(c, x)) for x in itertools.product(range(tot + 1), repeat=len(c)) if sum(x) == tot)
        expect("waterfill", check.waterfill(c, tot) == best, (c, tot))


def test_circle():
    I, p = gen("circle", "--n", 60, "--rounds", 4)
    S = peer("circle.py", p, "--peer", "random")
    r = good("circle random", I, S)
    expect("circle bound", r["objective"][0] >= r["simple_lower_bounds"][0])
    # objective by definition: recount
    met = {(u, v): c for u, v, c in I["met"]}
    same = rep = 0
    for cs in S["rounds"]:
        for c in cs:
            for a, b in itertools.combinations(sorted(c), 2):
                same += I["silo"][a] == I["silo"][b]
                rep += met.get((a, b), 0)
                met[(a, b)] = met.get((a, b), 0) + 1
    expect("circle recount", r["objective"] == [same, rep], r["objective"])
    ch = lambda f: (lambda B: (f(B), B)[1])(copy.deepcopy(S))
    broken("circle twice", I, ch(lambda B: B["rounds"][0][0].__setitem__(0, B["rounds"][0][1][0])), "sits twice")
    broken("circle missing", I, ch(lambda B: B["rounds"][0][0].pop()), "have no circle")
    broken("circle size", I, ch(lambda B: (B["rounds"][0][0].append(B["rounds"][0][1].pop()), B["rounds"][0][0].append(B["rounds"][0][1].pop()))), "a circle of")
    broken("circle count", I, ch(lambda B: B["rounds"][0].pop()), "need")
    gone = next(m for m, t in I["absent"] if t == 0)
    broken("circle absent", I, ch(lambda B: B["rounds"][0][0].__setitem__(0, gone)), "is absent")
    nf = next(m for m in range(60) if m not in I["facilitators"])
    J = dict(I, facilitators=[nf])
    broken("circle facilitator", J, S, "has no facilitator")
    a, b = S["rounds"][0][0][:2]
    broken("circle apart", dict(I, apart=[[min(a, b), max(a, b)]]), S, "must be apart")
    broken("circle rounds", I, ch(lambda B: B["rounds"].pop()), "number of rounds")
    # Kirkman's schoolgirls: a known perfect schedule, 15 in threes over 7 days
    K = """0 5 10,1 6 11,2 7 12,3 8 13,4 9 14|0 1 4,2 3 6,7 8 11,9 10 13,12 14 5|1 2 5,3 4 7,8 9 12,10 11 14,13 0 6|4 5 8,6 7 10,11 12 0,13 14 2,1 3 9|2 4 10,3 5 11,6 8 14,7 9 0,12 13 1|4 6 12,5 7 13,8 10 1,9 11 2,14 0 3|10 12 3,11 13 4,14 1 7,0 2 8,5 6 9"""
    I, p = gen("circle", "--shape", "golfer", "--n", 15, "--size", 3, "--rounds", 7)
    r = good("circle Kirkman", I, {"format": "mend-circle-solution/1", "rounds": [[list(map(int, c.split())) for c in d.split(",")] for d in K.split("|")]})
    expect("circle Kirkman perfect", r["objective"] == [0, 0], r)


def test_repair():
    I, p = gen("repair", "--n", 300, "--trained", 25, "--cases", 60, "--seed", 2)
    S = peer("repair.py", p, "--peer", "brute")
    r = good("repair brute", I, S)
    expect("repair all optimal", r["not_optimal"] == 0, r)
    k = next(i for i, t in enumerate(S["teams"]) if t)
    ch = lambda t: dict(S, teams=S["teams"][:k] + [t] + S["teams"][k + 1:])
    broken("repair none given", I, ch(None), "a team exists")
    t = S["teams"][k]
    un = next(m for m in range(300) if m not in I["trained"])
    broken("repair untrained", I, ch([t[0], t[1], un]), "is not trained")
    broken("repair repeated", I, ch([t[0], t[0], t[1]]), "three different")
    case = dict(I["cases"][k])
    put = lambda **kw: dict(I, cases=I["cases"][:k] + [dict(case, **kw)] + I["cases"][k + 1:])
    broken("repair veto", put(veto=[t[0]]), S, "conflict of interest")
    broken("repair away", put(away=[t[1]]), S, "conflict of interest")
    broken("repair party", put(parties=[t[2]]), S, "conflict of interest")
    p0 = case["parties"][0]
    broken("repair tie to party", dict(I, ties=I["ties"] + [sorted([p0, t[0]])]), S, "conflict of interest")
    broken("repair tie in team", dict(I, ties=I["ties"] + [sorted(t[:2])]), S, "a tie within")
    s = list(I["silo"]); s[t[0]] = s[t[1]]
    broken("repair same silo", dict(I, silo=s), S, "one silo")
    s = list(I["silo"]); s[p0] = s[t[1]]
    broken("repair silo of party", dict(I, silo=s), S, "conflict of interest")
    broken("repair no lead", dict(I, lead=[0 if m in t else x for m, x in zip(I["trained"], I["lead"])]), S, "may lead")
    broken("repair language", put(langs=1 << 9), S, "speaks the language")
    broken("repair max load", dict(I, max_load=0), S, "conflict of interest")
    worst = next((c for c in itertools.combinations(reversed(I["trained"]), 3) if check.check(I, ch(list(c))).get("not_optimal", 0) > 0
                  and check.check(I, ch(list(c)))["valid"]), None)
    expect("repair worse team is legal but not optimal", worst is not None)
    # the referee's best team against brute force on random loads
    rnd = random.Random(3)
    for _ in range(100):
        ld = [rnd.randrange(0, 5) for _ in I["trained"]]
        pos = {m: i for i, m in enumerate(I["trained"])}
        ties = {m: set() for m in range(300)}
        for _ in range(60):
            a, b = rnd.sample(I["trained"], 2)
            ties[a].add(b); ties[b].add(a)
        ok = set(rnd.sample(I["trained"], rnd.randrange(2, 12)))
        L = rnd.choice([0, 1, 2, 4])
        best = None
        for c in itertools.combinations(sorted(ok), 3):
            if len({I["silo"][m] for m in c}) < 3 or any(b in ties[a] for a in c for b in c) or not any(I["lead"][pos[m]] for m in c):
                continue
            if L and not any(I["langs"][pos[m]] & L == L for m in c):
                continue
            v = (max(ld[pos[m]] for m in c), sum(ld[pos[m]] for m in c))
            best = v if best is None else min(best, v)
        got = check.best_team(I, ok, ld, pos, ties, L)
        expect("repair best team", got == best, (got, best))


def test_sim():
    I, p = gen("sim", "--n", 60, "--replicates", 200)
    ref = check.sim_reference(I, 800, 1)
    S = peer("sim.py", p, "--peer", "numpy")
    good("sim numpy", I, S, reference=ref)
    try:
        good("sim mesa", I, peer("sim.py", p, "--peer", "mesa"), reference=ref)
    except subprocess.CalledProcessError:
        print("(mesa is not installed: skipped)")
    broken("sim replicates", dict(I, replicates=201), S, "replicates", reference=ref)
    for k in check.SIM_KEYS:
        B = copy.deepcopy(S); B["mean"][k] += max(0.6 * ref["sd"][k], 1e-6)
        broken(f"sim mean {k}", I, B, k, reference=ref)
        B = copy.deepcopy(S); B["sd"][k] *= 2
        broken(f"sim sd {k}", I, B, f"sd of {k}", reference=ref)
    J, q = gen("sim", "--n", 60, "--replicates", 200, "--shape", "baseline")
    broken("sim wrong interventions", J, S, "reference")
    for key, f in (("contagion", 4), ("conflict_base", 1.3), ("fade", 4), ("circle_relief", 0), ("dyad_rate", 0), ("leave_base", 6), ("noise", 3), ("surface_circle", 0.4)):
        K = dict(I, params=dict(I["params"], **{key: I["params"][key] * f}))
        path = os.path.join(TMP, "k.json"); json.dump(K, open(path, "w"))
        r = check.check(I, peer("sim.py", path, "--peer", "numpy"), reference=ref)
        expect(f"sim notices a wrong {key}", not r["valid"], r.get("table"))


def test_eval():
    I, p = gen("eval", "--n", 3000)
    S = peer("evaluate.py", p, "--peer", "numpy", "--boot", "loop")
    good("eval numpy", I, S)
    for k in ("ei", "ei_weighted", "modularity", "assortativity"):
        B = copy.deepcopy(S); B[k] += 1e-7
        broken(f"eval {k}", I, B, k)
    for k in ("mean0", "mean1", "diff"):
        B = copy.deepcopy(S); B["questions"][1][k] += 1e-7
        broken(f"eval {k}", I, B, k)
    for k in ("ci", "ci_cluster"):
        w = S["questions"][2][k][1] - S["questions"][2][k][0]
        for i, d in ((0, 0.15 * w), (1, -0.15 * w), (0, -0.2 * w)):
            B = copy.deepcopy(S); B["questions"][2][k][i] += d
            broken(f"eval {k} {i} {d}", I, B, k)
    B = copy.deepcopy(S); B["questions"].pop()
    broken("eval question missing", I, B, "missing")
    # normal theory: interval of a difference of means
    import numpy as np
    a = np.array(I["answers"][0]); w = np.array(I["wave"])
    g = [a[(a > 0) & (w == k)] for k in (0, 1)]
    se = (g[0].var() / len(g[0]) + g[1].var() / len(g[1])) ** 0.5
    r = check.check(I, S)
    lo, hi = r["questions"][0]["ci_ref"]
    expect("eval normal theory", abs((hi - lo) / (2 * 1.959964 * se) - 1) < 0.03, (lo, hi, se))


if __name__ == "__main__":
    for f in (test_pair, test_sponsor, test_rotate, test_circle, test_repair, test_sim, test_eval):
        job = f.__name__[5:]
        if len(sys.argv) > 1 and job not in sys.argv[1:]:
            continue
        if job != "rotate" and not os.path.exists(os.path.join(HERE, "peers", {"eval": "evaluate"}.get(job, job) + ".py")):
            print(f"({job}: no peer script, skipped)")
            continue
        f()
    print(f"{PASS} passed, {FAIL} failed")
    sys.exit(FAIL > 0)
