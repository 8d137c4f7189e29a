#!/usr/bin/env python3
"""How good rankings and plans are on graphs whose bridges are known.

    pip install numpy igraph
    cargo build --release --bin isthmus --example exact_plan
    python3 benches/quality.py [--from FOLDER] [--seeds 1,2,3] [--sizes 1000,5000,20000] [--exact 20]

Makes conversations with planted bridges (people of two to four communities with as many ties as everybody), scatterers (ties
to anybody, no bridges) and celebrities (huge reach, all in the two largest communities), at three levels of noise; runs the
program on each as a user would; and compares its order of people, and its plan, with what other rankings give. --from takes
graphs made elsewhere: NAME_edges.csv (source,target,weight), NAME_nodes.csv (id,followers), NAME_truth.csv (id,is_bridge).

--exact N: plans for 5 people on N graphs of 200 people against the best of all sets, found by examples/exact_plan.rs, which
tries every set that could be better.
"""

import argparse
import csv
import glob
import json
import os
import subprocess
import tempfile

import numpy as np

HERE = os.path.dirname(os.path.abspath(__file__))
ISTHMUS = os.path.join(HERE, "..", "target", "release", "isthmus")
EXACT = os.path.join(HERE, "..", "target", "release", "examples", "exact_plan")
LEVELS = {"easy": (0.10, 0.0, 3.0), "medium": (0.25, 0.02, 2.5), "hard": (0.38, 0.03, 2.3)}
BRIDGES = 0.04


def tails(rng, n, exponent, low, high):
    """n numbers of a power law between low and high."""
    a = 1.0 - exponent
    return (low**a + rng.random(n) * (high**a - low**a)) ** (1.0 / a)


def make(name, n, level, seed):
    """Writes one planted conversation as NAME_edges.csv, NAME_nodes.csv and NAME_truth.csv."""
    rng = np.random.default_rng([seed, n, sorted(LEVELS).index(level)])
    noise, scattering, exponent = LEVELS[level]
    smallest, largest = (30, max(60, n // 6)) if n < 500 else (50, max(100, n // 12))
    sizes = []
    while sum(sizes) < n:
        sizes.append(int(tails(rng, 1, 1.5, smallest, largest)[0]))
    sizes[-1] -= sum(sizes) - n
    if sizes[-1] < smallest and len(sizes) > 1:
        last = sizes.pop()
        sizes[int(np.argmax(sizes))] += last
    k = len(sizes)
    home = rng.permutation(np.repeat(np.arange(k), sizes))
    order = rng.permutation(n)
    bridges, rest = order[: round(BRIDGES * n)], order[round(BRIDGES * n):]
    scatterers, rest = rest[: round(scattering * n)], rest[round(scattering * n):]
    top = np.argsort(sizes)[-2:]
    celebrities = [i for i in rest if home[i] in top][: max(2, n // 200)]
    wish = np.minimum(tails(rng, n, exponent, 1.0, 1e6), n / 20)
    wish *= 13.0 / wish.mean()
    wish[celebrities] *= 4.0
    weights = np.zeros((n, k))
    weights[np.arange(n), home] = 1.0
    for i in bridges:
        others = rng.permutation([c for c in range(k) if c != home[i]])[: rng.choice([1, 2, 3], p=[0.6, 0.3, 0.1])]
        shares = 0.2 + rng.dirichlet(np.full(len(others) + 1, 5.0))
        weights[i] = 0.0
        weights[i, [home[i], *others]] = shares / shares.sum()
    stray = np.clip(rng.beta(12 * noise + 1e-9, 12 * (1 - noise), n), 0.0, 0.9)
    stray[scatterers] = 0.95
    pairs = {}

    def meet(ends, mean):
        ends = rng.permutation(ends)
        for a, b in zip(ends[::2], ends[1::2]):
            if a != b:
                pair = (min(a, b), max(a, b))
                pairs[pair] = pairs.get(pair, 0) + 1 + rng.poisson(rng.gamma(0.7, mean))

    whole = lambda x: (np.floor(x) + (rng.random(len(x)) < x - np.floor(x))).astype(int)
    for c in range(k):
        meet(np.repeat(np.arange(n), whole(wish * (1 - stray) * weights[:, c])), 2.5)
    meet(np.repeat(np.arange(n), whole(wish * stray)), 0.4)
    reach = np.exp(rng.normal(5.5, 1.4, n)) * wish**0.5
    reach[celebrities] *= np.exp(rng.normal(4.0, 0.8, len(celebrities)))
    ids = [f"p{i:06d}" for i in rng.permutation(n)]
    with open(name + "_edges.csv", "w", newline="") as out:
        rows = csv.writer(out)
        rows.writerow(["source", "target", "weight"])
        for (a, b), w in pairs.items():
            there = int(rng.binomial(w, rng.beta(1.2, 1.2)))
            rows.writerows(([ids[x], ids[y], v] for x, y, v in ((a, b, there), (b, a, w - there)) if v > 0))
    with open(name + "_nodes.csv", "w", newline="") as out:
        csv.writer(out).writerows([["id", "followers"], *([ids[i], int(reach[i]) + 1] for i in range(n))])
    is_bridge = np.isin(np.arange(n), bridges).astype(int)
    with open(name + "_truth.csv", "w", newline="") as out:
        csv.writer(out).writerows([["id", "is_bridge"], *([ids[i], is_bridge[i]] for i in range(n))])


def table(path):
    with open(path, newline="") as file:
        return list(csv.DictReader(file))


def program(name, *more):
    """people.csv and the summary of the release program for the graph `name`."""
    with tempfile.TemporaryDirectory() as folder:
        people, summary = os.path.join(folder, "people.csv"), os.path.join(folder, "summary.json")
        call = [ISTHMUS, "export", name + "_edges.csv", name + "_nodes.csv", "--people", people, "--summary", summary, *more]
        subprocess.run(call, check=True, capture_output=True)
        with open(summary) as file:
            return table(people), json.load(file)


def neighbours(name):
    """Each person's ties as {other: interactions both ways}."""
    ties = {}
    for row in table(name + "_edges.csv"):
        a, b, w = row["source"], row["target"], float(row["weight"])
        if a != b:
            for x, y in ((a, b), (b, a)):
                ties.setdefault(x, {})
                ties[x][y] = ties[x].get(y, 0.0) + w
    return ties


def average_precision(order, truth):
    hits, total = 0, 0.0
    for place, person in enumerate(order, 1):
        if truth[person]:
            hits += 1
            total += hits / place
    return total / max(1, sum(truth.values()))


def rankings(people, ties):
    """Everybody's value under each of the other rankings."""
    import igraph

    keys = [row["person"] for row in people]
    number = {person: i for i, person in enumerate(keys)}
    pairs = [(number[a], number[b], w) for a, row in ties.items() for b, w in row.items() if a < b]
    graph = igraph.Graph(n=len(keys), edges=[pair[:2] for pair in pairs])
    weights = [pair[2] for pair in pairs]
    home = {row["person"]: row["community"] for row in people}

    def participation(person, strength_of):
        into = {}
        for other, w in ties.get(person, {}).items():
            into[home[other]] = into.get(home[other], 0.0) + strength_of(w)
        strength = sum(into.values())
        return 1.0 - sum((x / strength) ** 2 for x in into.values()) if strength else 0.0

    by_key = lambda values: dict(zip(keys, values))
    return {
        "connections": by_key(graph.degree()),
        "strength": by_key(graph.strength(weights=weights)),
        "PageRank": by_key(graph.pagerank(weights=weights)),
        "betweenness": {row["person"]: float(row["betweenness"]) for row in people},
        "participation": {key: participation(key, float) for key in keys},
        "damped participation": {key: participation(key, lambda w: np.log2(1 + w)) for key in keys},
        "reach": {row["person"]: float(row["reach"] or 0) for row in people},
    }


def judge(name):
    """One line of the table for the graph `name`."""
    truth = {row["id"]: int(row["is_bridge"]) for row in table(name + "_truth.csv")}
    people, summary = program(name, "--plan", "20", "--betweenness", "sampled")
    people = [row for row in people if row["person"] in truth]
    ours = [row["person"] for row in sorted(people, key=lambda row: int(row["bridge_rank"]))]
    keys = sorted(truth)
    others = {}
    for way, values in rankings(people, neighbours(name)).items():
        others[way] = average_precision(sorted(keys, key=lambda person: -values[person]), truth)
    best = max(others, key=others.get)
    plan = summary["plan"]
    return {
        "graph": os.path.basename(name),
        "AP": average_precision(ours, truth),
        "best other": best,
        "its AP": others[best],
        "ratio": average_precision(ours, truth) / others[best],
        "P@20": sum(truth[person] for person in ours[:20]) / 20,
        "plan": plan["touched_enough"],
        "to reach": plan["touched_enough"] / max(1, plan["top_reach_touched_enough"]),
        "to connections": plan["touched_enough"] / max(1, plan["top_connections_touched_enough"]),
        **{"AP of " + way: value for way, value in others.items()},
    }


def exact(name):
    """Worth of our plan for five people, and of the best there is."""
    call = [EXACT, name + "_edges.csv", name + "_nodes.csv"]
    line = subprocess.run(call, check=True, capture_output=True, text=True).stdout
    ours, best, _ = map(float, line.split())
    return ours, best


def main():
    parse = argparse.ArgumentParser()
    parse.add_argument("--from", dest="folder")
    parse.add_argument("--seeds", default="1,2,3")
    parse.add_argument("--sizes", default="1000,5000,20000")
    parse.add_argument("--exact", type=int, default=0)
    asked = parse.parse_args()
    with tempfile.TemporaryDirectory() as made:
        if asked.exact:
            shares = []
            for seed in range(1, asked.exact + 1):
                level = sorted(LEVELS)[seed % 3]
                name = os.path.join(made, f"{level}_200_{seed}")
                make(name, 200, level, seed)
                ours, best = exact(name)
                shares.append(ours / best)
                print(f"{os.path.basename(name)}\t{ours:.4f}\t{best:.4f}\t{ours / best:.4f}", flush=True)
            print(f"mean {np.mean(shares):.4f}, least {min(shares):.4f}, of {len(shares)}")
            return
        folder = asked.folder or made
        if not asked.folder:
            for level in LEVELS:
                for n in map(int, asked.sizes.split(",")):
                    for seed in map(int, asked.seeds.split(",")):
                        make(os.path.join(made, f"{level}_{n}_{seed}"), n, level, seed)
        lines = []
        for path in sorted(glob.glob(os.path.join(folder, "*_edges.csv"))):
            line = judge(path.removesuffix("_edges.csv"))
            if not lines:
                print("\t".join(line))
            lines.append(line)
            print("\t".join(f"{v:.3f}" if isinstance(v, float) else str(v) for v in line.values()), flush=True)
        for level in LEVELS:
            of = [line for line in lines if line["graph"].startswith(level)]
            if of:
                print(level, *(f"{what} {np.mean([l[what] for l in of]):.3f} (least {min(l[what] for l in of):.3f})"
                               for what in ("AP", "ratio", "P@20", "to reach", "to connections")), sep="  ")


if __name__ == "__main__":
    main()
