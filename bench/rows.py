"""The rows of the table: which instances, which command, which other solver, how often.

Keys of a row: key (its name; the goal it stands for), what (in words), gen (arguments of gen.py), seeds, rounds (per
seed), job and options (of `mend solve`), script (in peers/, if not the job), peer, name (of the peer), peer_options,
measure (core or whole), budget (both stop at a limit, so that a ratio of times says nothing)."""

FIVE = list(range(1, 6))
TEN = list(range(1, 11))
TWENTY = list(range(1, 21))


def pair(key, what, gen, peer, name, **more):
    return {"key": key, "what": what, "gen": "pair " + gen, "job": "pair", "peer": peer, "name": name, "options": "--certificate", **more}


ROWS = [
    pair("P2 1,000", "pairs, social, 1,000 people", "--n 1000", "rustworkx", "rustworkx"),
    pair("P2 10,000", "pairs, social, 10,000", "--n 10000", "rustworkx", "rustworkx"),
    pair("P3 1,000", "pairs, social, 1,000", "--n 1000", "networkx", "networkx", measure="whole"),
    pair("P3 10,000", "pairs, social, 10,000", "--n 10000", "networkx", "networkx", measure="whole"),
    pair("P4 10,000", "pairs, social, 10,000", "--n 10000", "lemon", "LEMON"),
    pair("P4 100,000", "pairs, social, 100,000", "--n 100000", "lemon", "LEMON"),
    pair("P4 uniform", "pairs, uniform, 100,000", "--shape uniform --n 100000", "lemon", "LEMON"),
    pair("P4 skew", "pairs, one group with 70 %, 100,000", "--shape skew --n 100000", "lemon", "LEMON"),
    pair("P5", "pairs, social, 100,000, `--gap 1%`", "--n 100000", "lemon", "LEMON", options="--certificate --gap 1%"),
    {"key": "S2 matching", "what": "sponsors, 10,000 seekers", "gen": "sponsor --n 10000", "job": "sponsor", "peer": "matching", "name": "matching", "measure": "whole"},
    {"key": "S2 algmatch", "what": "sponsors, 10,000 seekers", "gen": "sponsor --n 10000", "job": "sponsor", "peer": "algmatch", "name": "algmatch", "measure": "whole"},
    {"key": "S3 100,000", "what": "sponsors, 100,000 seekers", "gen": "sponsor --n 100000", "job": "sponsor", "peer": "plain", "name": "40 lines of Python", "measure": "whole"},
    {"key": "S3 1,000,000", "what": "sponsors, 1,000,000 seekers", "gen": "sponsor --n 1000000", "job": "sponsor", "peer": "plain", "name": "40 lines of Python", "measure": "whole"},
    {"key": "R1", "what": "rota, 30 people × 6 roles × 12 months, 10 s; CP-SAT 60 s", "gen": "rotate --n 30 --roles 6", "seeds": TWENTY, "rounds": 1,
     "job": "rotate", "options": "--seconds 10", "peer": "cpsat", "name": "CP-SAT", "peer_options": "--seconds 60", "budget": True},
    {"key": "R2", "what": "rota, 300 × 30 × 12, 20 s; CP-SAT 120 s", "gen": "rotate --n 300 --roles 30", "seeds": FIVE, "rounds": 1,
     "job": "rotate", "options": "--seconds 20", "peer": "cpsat", "name": "CP-SAT", "peer_options": "--seconds 120", "budget": True},
    {"key": "R2 tight", "what": "rota, tight, 400 × 100 × 12, 20 s; CP-SAT 120 s", "gen": "rotate --shape tight --n 400 --roles 100", "seeds": FIVE, "rounds": 1,
     "job": "rotate", "options": "--seconds 20", "peer": "cpsat", "name": "CP-SAT", "peer_options": "--seconds 120", "budget": True},
    *({"key": "R3" + key, "what": what + ", 30 s; CP-SAT 300 s", "gen": "rotate --n 5000 --roles 300", "seeds": FIVE, "rounds": 1,
       "job": "rotate", "options": "--seconds 30" + options, "peer": "cpsat", "name": "CP-SAT", "peer_options": "--seconds 300", "budget": True}
      for key, what, options in (("", "rota, 5,000 × 300 × 12", ""), (" leeway", "the same, `--leeway 1%`", " --leeway 1%"))),
    *({"key": "R4" + shape, "what": what + ", stopped after 0.5 s", "gen": gen, "job": "rotate", "options": "--seconds 0.5", "measure": "whole", "seeds": FIVE, "rounds": 1}
      for shape, what, gen in (("", "rota, 5,000 × 300 × 12", "rotate --n 5000 --roles 300"),
                               (" tight", "rota, tight, 1,200 × 250 × 12", "rotate --shape tight --n 1200 --roles 250"))),
    {"key": "C2", "what": "circles, 60 people, 6 rounds, 10 s; CP-SAT 30 s", "gen": "circle --n 60 --rounds 6", "seeds": TEN, "rounds": 1,
     "job": "circle", "options": "--seconds 10", "peer": "cpsat", "name": "CP-SAT", "peer_options": "--seconds 30", "budget": True},
    {"key": "C3", "what": "circles, 50,000 people, 6 rounds", "gen": "circle --n 50000 --rounds 6", "job": "circle", "measure": "whole", "seeds": [1, 2, 3], "rounds": 3},
    {"key": "C4", "what": "50 circles of 6, 3 rounds, nobody twice", "gen": "circle --shape golfer --n 300 --size 6 --rounds 3", "job": "circle",
     "peer": "golfers", "name": "Good-Enough Golfers", "peer_options": "--module {golfers}", "measure": "whole"},
    {"key": "C4 60", "what": "10 circles of 6, 6 rounds, nobody twice", "gen": "circle --shape golfer --n 60 --size 6 --rounds 6", "job": "circle",
     "peer": "golfers", "name": "Good-Enough Golfers", "peer_options": "--module {golfers}", "measure": "whole"},
    *({"key": f"C5 {n}-{size}-{rounds}", "what": f"{n} people in circles of {size}, {rounds} rounds, nobody twice",
       "gen": f"circle --shape golfer --n {n} --size {size} --rounds {rounds}", "job": "circle", "options": "--seconds 10", "measure": "whole"}
      for n, size, rounds in ((15, 3, 7), (36, 6, 3), (49, 7, 8), (64, 8, 9), (32, 4, 10), (24, 4, 7), (28, 4, 9), (36, 4, 11), (30, 3, 14))),
    {"key": "T1 brute", "what": "repair teams, 60 trained, 200 cases", "gen": "repair", "job": "repair", "peer": "brute", "name": "brute force in Python"},
    {"key": "T1 cpsat", "what": "repair teams, 60 trained, 200 cases", "gen": "repair", "job": "repair", "peer": "cpsat", "name": "CP-SAT"},
    {"key": "T2", "what": "repair teams, 3,000 trained, 50,000 members, 500 cases", "gen": "repair --n 50000 --trained 3000 --cases 500", "job": "repair"},
    {"key": "T2 tight", "what": "repair teams, tight, 3,000 trained, 500 cases", "gen": "repair --shape tight --n 50000 --trained 3000 --cases 500", "job": "repair"},
]
