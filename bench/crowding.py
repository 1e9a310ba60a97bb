#!/usr/bin/env python3
"""How even a rota can be at all, once its highest hours are given, and how few crowded pairs it can have for that.

  crowding.py INSTANCE SOLUTION              as even as this plan is
  crowding.py INSTANCE SOLUTION 0.5 1 2      and so many per cent less even

A linear program (HiGHS, by way of scipy) whose answer no plan can go below. Every member takes a share of bundles: a
bundle says how often they hold which roles, and its hours are known exactly. The months are left out: of those who
serve, each working group is spread over the months as evenly as numbers allow, whatever training, absences and terms
say. What is left out can only make the answer lower."""
import json
import math
import sys
from collections import defaultdict

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import coo_matrix, vstack

TOLERANCE = 1e-2  # what HiGHS may be off by, over all members


def times(instance):
    """per member, the roles they can hold and how often at most"""
    months, term, cooldown = instance["months"], instance["rules"]["max_term"], instance["rules"]["cooldown"]
    rule = months // (term + cooldown) * term + min(months % (term + cooldown), term)
    away = {(member, month) for member, month in instance["absent"]}
    found = defaultdict(list)
    for role, trained in enumerate(instance["eligible"]):
        for member, first in trained:
            there = sum((member, month) not in away for month in range(first, months))
            if there:
                found[member].append((role, min(there, rule)))
    return found


def bundles(instance, cap):
    """every (member, {role: how often}, hours) within the cap"""
    most = [instance["max_quarter"][member] * -(-instance["months"] // 3) for member in range(instance["members"])]

    def some(member, roles, taken, hours):
        if not roles:
            yield member, taken, hours
            return
        (role, often), rest = roles[0], roles[1:]
        for count in range(often + 1):
            more = hours + count * instance["load"][role]
            if instance["carry"][member] + more > cap or sum(taken.values()) + count > most[member]:
                return
            yield from some(member, rest, {**taken, role: count} if count else taken, more)

    for member, roles in times(instance).items():
        yield from (one for one in some(member, roles, {}, 0) if one[1])


def bounds(instance, cap, limits):
    """the bound on the squares; then, for each limit on them, that on crowded pairs, or None where no plan is so even"""
    months, roles, members, groups = instance["months"], instance["roles"], instance["members"], max(instance["silo"]) + 1
    all_bundles = list(bundles(instance, cap))
    first = len(all_bundles)
    # In a month at most all roles go to one group: a layer for each, the first free of charge.
    layers = roles
    width = first + groups * layers
    cells, once = [], []
    squares = np.zeros(width)
    for at, (member, taken, hours) in enumerate(all_bundles):
        carry = instance["carry"][member]
        squares[at] = (carry + hours) ** 2 - carry**2
        cells += [(role, at, count) for role, count in taken.items()]
        cells.append((roles + instance["silo"][member], at, sum(taken.values())))
        once.append((member, at, 1))
    crowded = np.zeros(width)
    for group in range(groups):
        for layer in range(layers):
            at = first + group * layers + layer
            cells.append((roles + group, at, -1))
            crowded[at] = layer
    rows, columns, values = zip(*cells)
    every = coo_matrix((values, (rows, columns)), shape=(roles + groups, width)).tocsr()
    rows, columns, values = zip(*once)
    one = coo_matrix((values, (rows, columns)), shape=(members, width))
    most = vstack([one, coo_matrix(squares.reshape(1, -1))]).tocsr()
    carried = sum(carry**2 for carry in instance["carry"])
    shared = {"A_eq": every, "b_eq": [months] * roles + [0] * groups, "bounds": [(0, 1)] * first + [(0, months)] * (groups * layers)}
    yield carried + least(squares, A_ub=one, b_ub=[1] * members, **shared)
    for limit in limits:
        yield least(crowded, A_ub=most, b_ub=[1] * members + [limit - carried], **shared)


def least(costs, **rules):
    answer = linprog(costs, method="highs", **rules)
    if answer.status not in (0, 2):
        sys.exit(f"The linear program has no answer: {answer.message}")
    return answer.fun if answer.status == 0 else None


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    with open(sys.argv[1]) as f:
        instance = json.load(f)
    with open(sys.argv[2]) as f:
        assign = json.load(f)["assign"]
    hours, crowded = list(instance["carry"]), 0
    if any(member < 0 for row in assign for member in row):
        sys.exit("The plan has an empty place.")
    for row in assign:
        serving = defaultdict(int)
        for role, member in enumerate(row):
            hours[member] += instance["load"][role]
            crowded += serving[instance["silo"][member]]
            serving[instance["silo"][member]] += 1
    squares = sum(h * h for h in hours)
    print(f"the plan: highest hours {max(hours)}, squares {squares}, crowded pairs {crowded}")
    limits = [squares] + [squares + squares * round(float(percent) * 100) // 10_000 for percent in sys.argv[3:]]
    least_squares, *pairs = bounds(instance, max(hours), limits)
    print(f"highest hours at most {max(hours)}: squares at least {math.ceil(least_squares - TOLERANCE)}", flush=True)
    for limit, bound in zip(limits, pairs):
        print(f"squares at most {limit}: " + ("no plan" if bound is None else f"at least {math.ceil(bound - TOLERANCE)} crowded pairs"), flush=True)


if __name__ == "__main__":
    main()
