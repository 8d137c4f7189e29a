#!/usr/bin/env python3
"""Communities, betweenness and layout: Isthmus against igraph, networkit and tulip, on the same files, in the same run.

Installs nothing by itself. Before:

    pip install igraph networkit tulip-python numpy scipy pandas scikit-learn
    cargo build --release --bin isthmus --example make_graph
    target/release/examples/make_graph planted 100000 /tmp/g100k

Then:

    python3 benches/peers/graphs.py /tmp/g100k [--tasks communities,layout,betweenness] [--threads 2] [--runs 3]

Every run of every program is a process of its own, and the programs take turns. Seconds are those of the task alone, without
reading the file: Isthmus tells them in its summary. Ties are damped, log2(1 + weight), for everybody, as Isthmus does it. Programs
that are not installed are left out, and the script says so.

communities   modularity on the damped ties; nmi, against NAME_truth.csv
layout        purity: share of the ten nearest people of the same planted community; silhouette of those communities; occupied:
              share of the picture's cells, 2.44 people each, that hold somebody; overlap: share of people nearer to another than
              4 thousandths of the width at 10,000 people
betweenness   error: mean distance from a better sample (2,048 sources), scaled to the same sum, in millionths of all pairs; top: how many of the 100 best
              are among the 100 best of that sample
"""

import argparse
import csv
import importlib.util
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ISTHMUS = os.path.join(HERE, "..", "..", "target", "release", "isthmus")
PROGRAMS = {
    "communities": {"isthmus": None, "isthmus-5-runs": None, "igraph": "igraph", "networkit-plm": "networkit", "networkit-leiden": "networkit"},
    "layout": {"isthmus": None, "igraph-drl": "igraph", "tulip-fmmm": "tulip"},
    "betweenness": {"isthmus": None, "networkit-kadabra": "networkit", "networkit-kadabra-2": "networkit"},
}


def edges(name):
    import numpy as np
    import pandas as pd

    table = pd.read_csv(name + "_edges.csv")
    table = table[table.source != table.target]
    n = int(max(table.source.max(), table.target.max())) + 1
    low, high = np.minimum(table.source, table.target), np.maximum(table.source, table.target)
    table = table.assign(source=low, target=high).groupby(["source", "target"], as_index=False).weight.sum()
    return n, table.source.to_numpy(), table.target.to_numpy(), np.log2(1.0 + table.weight.to_numpy())


def isthmus(task, program, name, out):
    """Runs the program; seconds of the task, and its answer as rows of numbers."""
    extra = {
        "communities": [] if program.endswith("runs") else ["--runs", "1"],
        "layout": ["--runs", "1"],
        "betweenness": ["--runs", "1", "--betweenness", "sampled"],
    }[task]
    people, summary = out + ".people.csv", out + ".json"
    command = [ISTHMUS, "export", name + "_edges.csv", "--people", people, "--summary", summary, *extra]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    columns = {"communities": ["community"], "layout": ["x", "y"], "betweenness": ["betweenness"]}[task]
    labels = {}
    with open(people, encoding="utf-8-sig") as file, open(out, "w") as answer:
        for row in csv.DictReader(file):
            values = [row[c] for c in columns]
            if task == "communities":
                values = [labels.setdefault(values[0], len(labels))]
            print(row["person"], *values, file=answer)
    return json.load(open(summary))["seconds"][task]


def with_igraph(task, program, name, out):
    import igraph

    n, a, b, weight = edges(name)
    graph = igraph.Graph(n=n, edges=list(zip(a.tolist(), b.tolist())))
    start = time.perf_counter()
    if task == "communities":
        found = graph.community_leiden(objective_function="modularity", weights=weight.tolist())
        seconds, rows = time.perf_counter() - start, [[c] for c in found.membership]
    else:
        found = graph.layout_drl(weights=weight.tolist())
        seconds, rows = time.perf_counter() - start, found.coords
    write(out, rows)
    return seconds


def with_networkit(task, program, name, out, threads):
    import networkit

    networkit.setNumberOfThreads(threads)
    n, a, b, weight = edges(name)
    graph = networkit.GraphFromCoo((weight, (a, b)), n=n, weighted=task == "communities")
    if task == "communities":
        find = networkit.community.PLM(graph, True) if program.endswith("plm") else networkit.community.ParallelLeiden(graph)
    else:
        find = networkit.centrality.KadabraBetweenness(graph, 0.002 if program.endswith("2") else 0.01, 0.1)
    start = time.perf_counter()
    find.run()
    seconds = time.perf_counter() - start
    pairs = (n - 1) * (n - 2) / 2
    rows = [[c] for c in find.getPartition().getVector()] if task == "communities" else [[v * pairs] for v in find.scores()]
    write(out, rows)
    return seconds


def with_tulip(task, program, name, out):
    from tulip import tlp

    n, a, b, _ = edges(name)
    graph = tlp.newGraph()
    nodes = graph.addNodes(n)
    graph.addEdges([(nodes[i], nodes[j]) for i, j in zip(a.tolist(), b.tolist())])
    places = graph.getLayoutProperty("viewLayout")
    start = time.perf_counter()
    graph.applyLayoutAlgorithm("Fast Multipole Multilevel Embedder (OGDF)", places)
    seconds = time.perf_counter() - start
    write(out, [[places[v].x(), places[v].y()] for v in nodes])
    return seconds


def write(out, rows):
    with open(out, "w") as file:
        for number, row in enumerate(rows):
            print(number, *row, file=file)


def answer(out, n):
    import numpy as np

    table = np.loadtxt(out, ndmin=2)
    values = np.full((n, table.shape[1] - 1), np.nan)
    values[table[:, 0].astype(int)] = table[:, 1:]
    return values


def planted(name):
    import pandas as pd

    return pd.read_csv(name + "_truth.csv") if os.path.exists(name + "_truth.csv") else None


def score_communities(name, out):
    import numpy as np
    from sklearn.metrics import normalized_mutual_info_score as nmi

    n, a, b, weight = edges(name)
    label = np.unique(np.nan_to_num(answer(out, n)[:, 0], nan=-1), return_inverse=True)[1]
    strength = np.bincount(a, weight, n) + np.bincount(b, weight, n)
    inside = weight[label[a] == label[b]].sum() / weight.sum()
    scores = {"modularity": inside - ((np.bincount(label, strength) / strength.sum()) ** 2).sum(), "communities": int(label.max()) + 1}
    truth = planted(name)
    if truth is not None:
        scores["nmi"] = nmi(truth.community, label)
    return scores


def score_layout(name, out):
    import numpy as np
    from scipy.spatial import cKDTree
    from sklearn.metrics import silhouette_score

    n = edges(name)[0]
    places = answer(out, n)
    places = np.nan_to_num(places) + np.random.default_rng(1).normal(0, 1e-9 * np.nanmax(np.abs(places)), places.shape)
    low, high = np.percentile(places, 0.5, axis=0), np.percentile(places, 99.5, axis=0)
    unit = (places - low) / max(high - low)
    side = max(int((n / 2.44) ** 0.5), 8)
    cell = np.clip((unit * side).astype(int), 0, side - 1)
    area = ((high - low) / max(high - low)).prod()
    near = cKDTree(unit).query(unit, 2)[0][:, 1]
    scores = {
        "occupied": len(np.unique(cell[:, 0] * side + cell[:, 1])) / (side * side * area),
        "overlap": float((near < 0.004 * (1e4 / n) ** 0.5).mean()),
    }
    truth = planted(name)
    if truth is not None:
        community = truth.community.to_numpy()
        plain = np.flatnonzero(truth.bridge.to_numpy() == 0)
        some = np.random.default_rng(2).choice(plain, min(len(plain), 5000), replace=False)
        nearest = cKDTree(places).query(places[some], 11)[1][:, 1:]
        scores["purity"] = float((community[nearest] == community[some][:, None]).mean())
        scores["silhouette"] = float(silhouette_score(places[some], community[some]))
    return scores


def score_betweenness(name, out, known={}):
    import networkit
    import numpy as np

    n, a, b, _ = edges(name)
    pairs = (n - 1) * (n - 2) / 2
    if name not in known:
        graph = networkit.GraphFromCoo((np.ones(len(a)), (a, b)), n=n)
        better = networkit.centrality.EstimateBetweenness(graph, min(n, 2048), False, True)
        better.run()
        # Each pair is met from both ends, and only some people were asked.
        known[name] = np.array(better.scores()) / 2
    value = np.nan_to_num(answer(out, n)[:, 0])
    truth = known[name] * (value.sum() / max(known[name].sum(), 1e-9))
    best = lambda v: set(np.argsort(-v)[:100].tolist())
    return {"error": float(np.abs(value - truth).mean() / pairs * 1e6), "top": len(best(value) & best(truth))}


def one(task, program, name, out, threads):
    if program.startswith("isthmus"):
        return isthmus(task, program, name, out)
    if program.startswith("networkit"):
        return with_networkit(task, program, name, out, threads)
    return (with_igraph if program.startswith("igraph") else with_tulip)(task, program, name, out)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("name", help="what make_graph was given as NAME")
    parser.add_argument("--tasks", default="communities,layout,betweenness")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--one", nargs=3, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        task, program, out = given.one
        print(json.dumps(one(task, program, given.name, out, given.threads)))
        return
    os.environ["RAYON_NUM_THREADS"] = os.environ["OMP_NUM_THREADS"] = str(given.threads)
    for task in given.tasks.split(","):
        here = {p: m for p, m in PROGRAMS[task].items() if m is None or importlib.util.find_spec(m)}
        for program in sorted(PROGRAMS[task].keys() - here.keys()):
            print(f"{program} is left out: it is not installed")
        seconds = {program: [] for program in here}
        with tempfile.TemporaryDirectory() as folder:
            for _ in range(given.runs):
                for program in here:
                    out = os.path.join(folder, program)
                    command = [sys.executable, __file__, given.name, "--threads", str(given.threads), "--one", task, program, out]
                    done = subprocess.run(command, capture_output=True, text=True, check=True)
                    seconds[program].append(float(done.stdout.strip().splitlines()[-1]))
            print(f"\n{task}, {given.name}, {given.threads} threads, middle of {given.runs} runs, load {os.getloadavg()[0]:.1f}")
            ours = statistics.median(seconds["isthmus"])
            for program, all_of_it in seconds.items():
                scores = globals()["score_" + task](given.name, os.path.join(folder, program))
                told = "  ".join(f"{k} {v:.4f}" if isinstance(v, float) else f"{k} {v}" for k, v in scores.items())
                middle = statistics.median(all_of_it)
                print(f"{program:20}{middle:9.3f} s   isthmus / it {ours / middle:5.2f}   {told}")


if __name__ == "__main__":
    main()
