#!/usr/bin/env python3
"""What other programs read from the graph files that Isthmus writes: networkx, graphology and Gephi, on the same conversation.

Installs nothing by itself. Before:

    pip install networkx
    pip install --no-deps forceatlas2-python            # carries Gephi's toolkit; needs Java 17
    npm install --prefix FOLDER graphology
    cargo build --release --bin isthmus

Then:

    NODE_PATH=FOLDER/node_modules python3 benches/peers/graph_files.py FILE…

Each FILE is exported as GEXF, GraphML, graphology JSON and two tables, and each reader has to find the people, names, ties
with kind and count, places, sizes and colours that stand in people.csv and ties.csv. Programs that are not installed are left
out, and the script says so. Ends with 1 where something differs.
"""

import csv
import importlib.util
import json
import os
import subprocess
import sys
import tempfile
from collections import Counter

from graphs import ISTHMUS, runs, toolkit

HERE = os.path.dirname(os.path.abspath(__file__))


# Has no ties of several kinds between two people where the format has no word for kinds: it adds them up.
ADDS_UP = ["Gephi, GraphML"]


def hexed(r, g, b):
    return f"#{int(r):02x}{int(g):02x}{int(b):02x}"


def rows(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def bare(cell):
    """A cell without the mark that keeps spreadsheets from computing it."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in "=+-@\t\r" else cell


def expected(folder):
    """People by key as (name, reach, community, place), and how often each (from, to, kind, count) stands there."""
    people = {}
    for row in rows(os.path.join(folder, "people.csv")):
        place = (float(row["x"]), -float(row["y"])) if row["x"] else None
        reach = float(row["reach"]) if row["reach"] else None
        community = int(row["community"]) if row["community"] else None
        people[bare(row["person"])] = (bare(row["name"]), reach, community, place)
    ties = rows(os.path.join(folder, "ties.csv"))
    return people, Counter((bare(t["from"]), bare(t["to"]), t["kind"], float(t["count"])) for t in ties)


def with_networkx(path, looks):
    """People and ties as networkx has them; `looks` tells place, colour and size of a person's attributes."""
    import networkx

    read = networkx.read_gexf if path.endswith("gexf") else networkx.read_graphml
    graph = read(path)
    people = {
        key: (about["label"], about.get("reach"), about.get("community"), *looks(about))
        for key, about in graph.nodes(data=True)
    }
    # Of GEXF it reads the label of a tie, but not its kind.
    kind = lambda about: about.get("kind") or about["label"]
    return people, [(a, b, kind(about), about["weight"]) for a, b, about in graph.edges(data=True)]


def gexf_looks(about):
    viz = about["viz"]
    place = viz.get("position")
    colour = hexed(viz["color"]["r"], viz["color"]["g"], viz["color"]["b"])
    return (place and (place["x"], place["y"])), colour, viz["size"]


def graphml_looks(about):
    place = (about["x"], about["y"]) if "x" in about else None
    return place, hexed(about["r"], about["g"], about["b"]), about["size"]


def from_program(command):
    """People and ties that a program prints as JSON."""
    done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=HERE)
    told = json.loads(done.stdout)
    people = {
        p["key"]: (p["name"], p["reach"], p["community"], p["place"] and tuple(p["place"]), p["colour"], p["size"])
        for p in told["people"]
    }
    return people, [tuple(tie) for tie in told["ties"]]


def readers(folder):
    """What is read by whom, and how; None where the program is missing."""
    at = lambda ending: os.path.join(folder, "graph." + ending)
    networkx = importlib.util.find_spec("networkx") is not None
    jar = toolkit()
    gephi = lambda path: ["java", "-cp", jar, "GephiReads.java", path]
    return {
        "networkx, GEXF": networkx and (lambda: with_networkx(at("gexf"), gexf_looks)),
        "networkx, GraphML": networkx and (lambda: with_networkx(at("graphml"), graphml_looks)),
        "graphology, JSON": runs("node", "-e", "require('graphology')")
        and (lambda: from_program(["node", "graph_files.js", at("json")])),
        "Gephi, GEXF": jar and (lambda: from_program(gephi(at("gexf")))),
        "Gephi, GraphML": jar and (lambda: from_program(gephi(at("graphml")))),
        "csv of Python, tables": lambda: from_tables(folder),
    }


def from_tables(folder):
    people = {}
    for row in rows(os.path.join(folder, "graph-nodes.csv")):
        place = (float(row["x"]), float(row["y"])) if row["x"] else None
        reach = float(row["reach"]) if row["reach"] else None
        community = int(row["community"]) if row["community"] else None
        people[bare(row["Id"])] = (bare(row["Label"]), reach, community, place, row["color"], float(row["size"]))
    ties = rows(os.path.join(folder, "graph-edges.csv"))
    return people, [(bare(t["Source"]), bare(t["Target"]), t["Kind"], float(t["Weight"])) for t in ties]


def near(a, b):
    """Equal as numbers of single precision, in which Gephi keeps places and sizes."""
    if a is None or b is None:
        return a is b
    return all(abs(x - y) <= 1e-6 * max(1.0, abs(x)) for x, y in zip(a, b))


def without_kinds(ties):
    """Ties of all kinds between two people added up."""
    counts = Counter()
    for (a, b, _, count), times in ties.items():
        counts[a, b] += count * times
    return Counter((a, b, "", count) for (a, b), count in counts.items())


def differences(people, ties, got, got_ties, looks, added_up):
    """Everything in which a reader differs from the tables, in words. `looks`: colour and size by person, as read first;
    `added_up`: the reader knows no kinds."""
    if people.keys() != got.keys():
        yield f"{len(people.keys() ^ got.keys())} people are missing or new"
    for part, name in enumerate(["names", "reaches", "communities"]):
        wrong = sum(people[key][part] != got[key][part] for key in people.keys() & got.keys())
        if wrong:
            yield f"{wrong} {name} differ"
    # Gephi puts everybody somewhere at first, and graphology whom nobody sees.
    wrong = sum(about[3] is not None and not near(about[3], got[key][3]) for key, about in people.items() if key in got)
    if wrong:
        yield f"{wrong} places differ"
    for key, about in got.items():
        colour, size = looks.setdefault(key, (about[4], about[5]))
        if colour != about[4] or not near((size,), (about[5],)):
            yield "colours or sizes differ between readers"
            break
    if len({(about[2], about[4]) for about in got.values()}) != len({about[2] for about in got.values()}):
        yield "a community has two colours"
    ties_got = Counter((a, b, kind, float(count)) for a, b, kind, count in got_ties)
    if added_up:
        ties, ties_got = without_kinds(ties), without_kinds(ties_got)
    if ties != ties_got:
        lost, new = ties - ties_got, ties_got - ties
        yield f"{lost.total()} ties are lost, {new.total()} are new, such as {next(iter(lost or new))}"


def main():
    files = sys.argv[1:] or sys.exit(__doc__)
    wrong = False
    for path in files:
        with tempfile.TemporaryDirectory() as folder:
            at = lambda name: os.path.join(folder, name)
            for graph in ["gexf", "graphml", "json", "csv"]:
                command = [ISTHMUS, "export", path, "--graph", at("graph." + graph)]
                subprocess.run(command + ["--people", at("people.csv"), "--ties", at("ties.csv")], check=True)
            people, ties = expected(folder)
            print(f"{os.path.basename(path)}: {len(people)} people, {ties.total()} ties by direction and kind")
            looks = {}
            for name, reader in readers(folder).items():
                if not reader:
                    print(f"  {name:22} not installed")
                    continue
                found = list(differences(people, ties, *reader(), looks, name in ADDS_UP))
                print(f"  {name:22} {'; '.join(found) or 'the same'}")
                wrong |= bool(found)
    sys.exit(wrong)


if __name__ == "__main__":
    main()
