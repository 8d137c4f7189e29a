#!/usr/bin/env python3
"""Communities, betweenness and layout: Isthmus against igraph, networkit, tulip, Gephi and graphology, on the same files, in one run.

Installs nothing by itself. Before:

    pip install igraph networkit tulip-python numpy scipy pandas scikit-learn
    pip install --no-deps forceatlas2-python            # carries Gephi's toolkit; needs Java 17
    npm install --prefix FOLDER graphology graphology-communities-louvain graphology-layout-forceatlas2
    cargo build --release --bin isthmus --example make_graph
    target/release/examples/make_graph planted 100000 /tmp/g100k

Then:

    NODE_PATH=FOLDER/node_modules python3 benches/peers/graphs.py /tmp/g100k [--tasks communities,layout,betweenness]
        [--threads 2] [--runs 3] [--rounds 500] [--only gephi,isthmus]

Every run of every program is a process of its own, and the programs take turns. Seconds are those of the task alone, without
reading the file: Isthmus tells them in its summary. Ties are damped, log2(1 + weight), for everybody, as Isthmus does it. Programs
that are not installed are left out, and the script says so. What the scores mean stands in scores.py.
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

import scores

HERE = os.path.dirname(os.path.abspath(__file__))
ISTHMUS = os.path.join(HERE, "..", "..", "target", "release", "isthmus")
PROGRAMS = {
    "communities": ["isthmus", "isthmus-5-runs", "igraph", "networkit-plm", "networkit-leiden", "graphology"],
    "layout": ["isthmus", "igraph-drl", "tulip-fmmm", "gephi-linear", "gephi-linlog", "graphology"],
    "betweenness": ["isthmus", "networkit-kadabra", "networkit-kadabra-2"],
}


def toolkit():
    """The jar of Gephi's toolkit that the Python package carries; None where it or Java is missing."""
    found = importlib.util.find_spec("forceatlas2")
    folders = found.submodule_search_locations if found else []
    jars = [os.path.join(f, "ext", "gephi-toolkit-0.9.2-all.jar") for f in folders]
    return next((jar for jar in jars if os.path.exists(jar) and runs("java", "-version")), None)


def runs(*command):
    try:
        return subprocess.run(command, capture_output=True).returncode == 0
    except FileNotFoundError:
        return False


def is_installed(program):
    maker = program.split("-")[0]
    if maker == "gephi":
        return toolkit() is not None
    if maker == "graphology":
        return runs("node", "-e", "require('graphology')")
    return maker == "isthmus" or importlib.util.find_spec(maker) is not None


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

    n, a, b, weight = scores.edges(name)
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
    n, a, b, weight = scores.edges(name)
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

    n, a, b, _ = scores.edges(name)
    graph = tlp.newGraph()
    nodes = graph.addNodes(n)
    graph.addEdges([(nodes[i], nodes[j]) for i, j in zip(a.tolist(), b.tolist())])
    places = graph.getLayoutProperty("viewLayout")
    start = time.perf_counter()
    graph.applyLayoutAlgorithm("Fast Multipole Multilevel Embedder (OGDF)", places)
    seconds = time.perf_counter() - start
    write(out, [[places[v].x(), places[v].y()] for v in nodes])
    return seconds


def ties_for_others(name, out):
    """Writes the ties in the plain form that the programs outside Python read."""
    n, a, b, weight = scores.edges(name)
    with open(out + ".ties", "w") as file:
        print(n, file=file)
        file.writelines(f"{i} {j} {w:.6f}\n" for i, j, w in zip(a.tolist(), b.tolist(), weight.tolist()))
    return out + ".ties"


def with_gephi(task, program, name, out, given):
    command = ["java", "-Xmx14g", "-Djava.awt.headless=true"]
    command += [f"--add-opens=java.base/java.{part}=ALL-UNNAMED" for part in ("net", "lang")]
    command += ["-cp", toolkit(), os.path.join(HERE, "Gephi.java"), ties_for_others(name, out), str(given.rounds)]
    return seconds_of([*command, str(program.endswith("linlog")).lower(), str(given.threads), out])


def with_graphology(task, program, name, out, given):
    command = ["node", "--max-old-space-size=14000", os.path.join(HERE, "graphology.js"), task]
    return seconds_of([*command, ties_for_others(name, out), str(given.rounds), out])


def seconds_of(command):
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=True)
    return float(done.stdout.strip().splitlines()[-1])


def write(out, rows):
    with open(out, "w") as file:
        for number, row in enumerate(rows):
            print(number, *row, file=file)


def answer(out, n):
    """What a program wrote: a row of values for each of the n people."""
    import numpy as np

    table = np.loadtxt(out, ndmin=2)
    values = np.full((n, table.shape[1] - 1), np.nan)
    values[table[:, 0].astype(int)] = table[:, 1:]
    return values


def one(task, program, name, out, given):
    match program.split("-")[0]:
        case "isthmus":
            return isthmus(task, program, name, out)
        case "igraph":
            return with_igraph(task, program, name, out)
        case "networkit":
            return with_networkit(task, program, name, out, given.threads)
        case "tulip":
            return with_tulip(task, program, name, out)
        case "gephi":
            return with_gephi(task, program, name, out, given)
        case _:
            return with_graphology(task, program, name, out, given)


def compared(task, given):
    """Runs a task with every program that is there, in turns, and prints seconds and scores."""
    wanted = lambda p: not given.only or p.split("-")[0] in given.only.split(",")
    here = [p for p in PROGRAMS[task] if wanted(p) and is_installed(p)]
    for program in filter(wanted, PROGRAMS[task]):
        if program not in here:
            print(f"{program} is left out: it is not installed")
    seconds = {program: [] for program in here}
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(given.runs):
            for program in here:
                out = os.path.join(folder, program)
                command = [sys.executable, __file__, given.name, "--threads", str(given.threads), "--rounds", str(given.rounds)]
                done = subprocess.run([*command, "--one", task, program, out], stdout=subprocess.PIPE, text=True, check=True)
                seconds[program].append(float(done.stdout.strip().splitlines()[-1]))
        rounds = f", {given.rounds} rounds of ForceAtlas2" if task == "layout" else ""
        print(f"\n{task}, {given.name}, {given.threads} threads, middle of {given.runs} runs{rounds}, load {os.getloadavg()[0]:.1f}")
        n = scores.edges(given.name)[0]
        ours = statistics.median(seconds.get("isthmus", [float("nan")]))
        for program, all_of_it in seconds.items():
            told = getattr(scores, task)(given.name, answer(os.path.join(folder, program), n))
            told = "  ".join(f"{k} {v:.4f}" if isinstance(v, float) else f"{k} {v}" for k, v in told.items())
            middle = statistics.median(all_of_it)
            print(f"{program:20}{middle:9.3f} s   isthmus / it {ours / middle:6.3f}   {told}", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("name", help="what make_graph was given as NAME")
    parser.add_argument("--tasks", default="communities,layout,betweenness")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--rounds", type=int, default=500, help="rounds of ForceAtlas2 (Gephi, graphology)")
    parser.add_argument("--only", help="makers to compare, separated by commas")
    parser.add_argument("--one", nargs=3, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        task, program, out = given.one
        print(json.dumps(one(task, program, given.name, out, given)))
        return
    os.environ["RAYON_NUM_THREADS"] = os.environ["OMP_NUM_THREADS"] = str(given.threads)
    for task in given.tasks.split(","):
        compared(task, given)


if __name__ == "__main__":
    main()
