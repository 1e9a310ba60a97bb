#!/usr/bin/env python3
"""P with networkx, rustworkx, LEMON (C++, Debian package liblemon-dev and g++), or by taking the heaviest pair that is
left (greedy).   pair.py INSTANCE.json --peer networkx|rustworkx|lemon|greedy [-o SOL]
core_cpu_s is the CPU time of the matching alone, without building the graph."""
import os
import subprocess
import tempfile

import frame

HERE = os.path.dirname(os.path.abspath(__file__))


def legal(I):
    """edges that may be used, with the weight of all levels but the number of pairs, and that constant."""
    cap, silo, mode = I["capacity"], I["silo"], I["same_silo"]
    ban = {tuple(e) for e in I["forbidden"]} | {tuple(e) for e in I["recent"]}
    half = sum(cap) // 2
    B = 1 + 1000 * half if mode == "avoid" else 0
    C = (B + 1000) * (half + 1) if I["cardinality"] == "max" else 0
    edges = []
    for u, v, w in I["edges"]:
        across = silo[u] != silo[v]
        if cap[u] and cap[v] and (u, v) not in ban and (across or mode != "forbid"):
            edges.append((u, v, w + (B if across else 0)))
    return edges, C


def places(I, edges, C):
    """a vertex per place; a pair of two members with two places goes over two vertices of its own."""
    cap, n = I["capacity"], I["n"]
    if max(cap, default=0) <= 1:
        return edges, None, n
    second, count = {}, n
    for i in range(n):
        if cap[i] == 2:
            second[i] = count
            count += 1
    at = lambda i: (i, second[i]) if i in second else (i,)
    out, back = [], {}
    for u, v, w in edges:
        if u in second and v in second:
            a, b = count, count + 1
            count += 2
            out.append((a, b, w + C))
            for ends, mid, side in ((at(u), a, 0), (at(v), b, 1)):
                for x in ends:
                    out.append((x, mid, w + C))
                    back[x, mid] = (u, v, side)
        else:
            for x in at(u):
                for y in at(v):
                    out.append((x, y, w + C))
                    back[x, y] = (u, v, 2)
    return out, back, count


def dyads(matched, back):
    """pairs of members from matched vertices."""
    if back is None:
        return [list(p) for p in matched]
    got, sides = [], {}
    for a, b in matched:
        u, v, side = back.get((a, b)) or back.get((b, a)) or (None, None, None)
        if side == 2:
            got.append([u, v])
        elif side is not None:
            sides[u, v] = sides.get((u, v), 0) | 1 << side
    return got + [[u, v] for (u, v), s in sides.items() if s == 3]


def networkx(edges, card, count):
    import networkx as nx
    G = nx.Graph()
    G.add_weighted_edges_from(edges)
    t = frame.Clock()
    found = [tuple(e) for e in nx.max_weight_matching(G, maxcardinality=card)]
    return found, t.stop()["user_s"], None


def rustworkx(edges, card, count):
    import rustworkx as rx
    G = rx.PyGraph(multigraph=False)
    G.add_nodes_from(range(count))
    G.add_edges_from(edges)
    t = frame.Clock()
    found = list(rx.max_weight_matching(G, max_cardinality=card, weight_fn=lambda w: w))
    return found, t.stop()["user_s"], None


def greedy(edges, card, count):
    t = frame.Clock()
    used, found = set(), []
    for u, v, w in sorted(edges, key=lambda e: -e[2]):
        if u not in used and v not in used:
            used.update((u, v))
            found.append((u, v))
    return found, t.stop()["user_s"], None


def lemon(edges, card, count):
    exe, src = os.path.join(tempfile.gettempdir(), "mend_lemon_pair"), os.path.join(HERE, "lemon_pair.cc")
    if not os.path.exists(exe) or os.path.getmtime(exe) < os.path.getmtime(src):
        subprocess.check_call(["g++", "-O3", "-march=native", "-std=c++14", "-w", "-o", exe, src, "-llemon"])
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as f:
        f.write(f"{count} {len(edges)}\n" + "".join(f"{u} {v} {w}\n" for u, v, w in edges))
        f.flush()
        said = subprocess.run([exe, f.name], capture_output=True, text=True, check=True).stdout.split("\n")
    pairs = int(said[1])
    found = [tuple(map(int, line.split())) for line in said[2:2 + pairs]]
    y = [int(x) for x in said[2 + pairs].split()]
    sets = [[int(x) for x in line.split()] for line in said[4 + pairs:4 + pairs + int(said[3 + pairs])]]
    return found, float(said[0]), {"scale": 4, "y": y, "z": [[s[0], s[1:]] for s in sets]}


def main():
    a = frame.args(__doc__)
    I, load = frame.load(a.instance)
    clock = frame.Clock()
    edges, C = legal(I)
    edges, back, count = places(I, edges, C)
    plain = back is None
    if plain and a.peer == "lemon":
        edges = [(u, v, w + C) for u, v, w in edges]
    solve = {"networkx": networkx, "rustworkx": rustworkx, "lemon": lemon, "greedy": greedy}[a.peer]
    found, core, proof = solve(edges, plain and I["cardinality"] == "max", count)
    pairs = dyads(found, back)
    timing = clock.stop()
    solution = {"format": "mend-pair-solution/1", "pairs": pairs, "trios": [], "stats": {"solve_cpu_s": core}}
    if proof and plain:
        solution["certificate"] = proof
    frame.finish(a.peer, I, load, timing, solution, a.o, dyads=len(pairs), core_cpu_s=core)


main()
