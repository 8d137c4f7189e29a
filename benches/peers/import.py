#!/usr/bin/env python3
"""Posts to graph: Isthmus against polars, on the same file, in the same run.

Installs nothing by itself. Before:

    pip install polars
    cargo build --release --example posts_to_graph --example make_sample
    target/release/examples/make_sample 1000000 /tmp/posts.csv        # invented posts, about 350 MB

Then:

    python3 benches/peers/import.py /tmp/posts.csv [--threads 2] [--runs 5]

Every run of every program is a process of its own, and the programs take turns, so that whatever else the machine does
meets all of them. Shown are the middle one of the runs: seconds on the clock from before the file is opened to the graph,
seconds of processor time and the largest memory of the process, as the system counts them.

    isthmus         detects the columns, reads author, text, time, reach, name, replies, reposts, mentions, names in texts;
                    removes posts that stand there twice; joins handles that differ in case; adds up ties
    isthmus-texts   the same, and keeps the texts
    polars          read_csv, explode the column of mentions, group_by, count people
    polars-columns  the same, told beforehand that it needs two of the columns only
    polars-lazy     the same, as a lazy query on the streaming engine
    polars-alike    read_csv and as much of what isthmus does as its expressions say: lower case, replies and reposts from
                    addresses, names in texts, posts only once, the latest reach of everybody
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

OURS = Path(__file__).resolve().parents[2] / "target/release/examples/posts_to_graph"
PROGRAMS = ["isthmus", "isthmus-texts", "polars", "polars-columns", "polars-lazy", "polars-alike"]


def with_polars(way, path):
    """The work in this process; prints one line of JSON."""
    import polars as pl

    start = time.perf_counter()
    author, mentions = "Author", "Mentioned Authors"
    if way == "polars-alike":
        pairs = alike(pl, path)
        author, mentions = "from", "to"
        ties = pairs.group_by(author, mentions, "kind").len()
    else:
        if way == "polars-lazy":
            table = pl.scan_csv(path)
        else:
            table = pl.read_csv(path, columns=[author, mentions] if way == "polars-columns" else None)
        pairs = table.select(author, pl.col(mentions).str.split(", ")).explode(mentions).drop_nulls()
        ties = pairs.group_by(author, mentions).len()
        if way == "polars-lazy":
            ties = ties.collect(engine="streaming")
    people = pl.concat([ties[author], ties[mentions]]).n_unique()
    print(json.dumps({"total": time.perf_counter() - start, "people": people, "interactions": ties.height}))


def alike(pl, path):
    """Who addresses whom and how, by the rules of Isthmus as far as expressions go."""
    posts = pl.read_csv(path, infer_schema_length=None).unique("Resource Id", keep="first", maintain_order=True)
    posts = posts.with_columns(
        pl.col("Author").str.to_lowercase().alias("from"),
        pl.col("Date").str.to_datetime("%Y-%m-%d %H:%M:%S%.f").alias("time"),
        pl.col("X Reply to").str.extract(r"x\.com/([^/]+)/").str.to_lowercase().alias("reply"),
        pl.col("X Repost of").str.extract(r"x\.com/([^/]+)/").str.to_lowercase().alias("repost"),
    )
    posts.sort("time").group_by("from").agg(pl.col("X Followers").last(), pl.col("Full Name").last())
    own = posts.filter(pl.col("repost").is_null())

    def kind(rows, to, word):
        return rows.select("Resource Id", "from", pl.col(to).alias("to"), pl.lit(word).alias("kind")).drop_nulls("to")

    named = own.with_columns(pl.col("Mentioned Authors").str.to_lowercase().str.replace_all("@", "").str.split(", ").alias("to"))
    written = own.with_columns(pl.col("Full Text").str.extract_all(r"@\w+").list.eval(pl.element().str.slice(1).str.to_lowercase()).alias("to"))
    pairs = pl.concat([
        kind(posts, "repost", "repost"),
        kind(own, "reply", "reply"),
        kind(named.explode("to"), "to", "mention"),
        kind(written.explode("to"), "to", "mention"),
    ])
    return pairs.unique(["Resource Id", "to"], keep="first", maintain_order=True).filter(pl.col("from") != pl.col("to"))


def measured(program, path, threads):
    """One run in a process of its own."""
    cores = str(threads)
    around = {**os.environ, "RAYON_NUM_THREADS": cores, "POLARS_MAX_THREADS": cores}
    if program.startswith("isthmus"):
        command = [str(OURS), path] + (["--keep-texts"] if program == "isthmus-texts" else [])
    else:
        command = [sys.executable, __file__, path, "--alone", program]
    process = subprocess.Popen(command, env=around, stdout=subprocess.PIPE, text=True)
    told = json.loads(process.stdout.read().strip().splitlines()[-1])
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"{program} ended with {process.returncode}")
    told["cpu"] = usage.ru_utime + usage.ru_stime
    told["peak_mb"] = usage.ru_maxrss / 1024
    return told


def main():
    typed = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    typed.add_argument("path", help="the posts, as make_sample writes them")
    typed.add_argument("--threads", type=int, default=2)
    typed.add_argument("--runs", type=int, default=5)
    typed.add_argument("--only", action="append", choices=PROGRAMS)
    typed.add_argument("--alone", choices=PROGRAMS, help=argparse.SUPPRESS)
    typed = typed.parse_args()
    if typed.alone:
        return with_polars(typed.alone, typed.path)
    programs = typed.only or PROGRAMS
    results = {program: [] for program in programs}
    load = os.getloadavg()[0]
    for _ in range(typed.runs):
        for program in programs:
            results[program].append(measured(program, typed.path, typed.threads))
    print(f"{typed.path}: {os.path.getsize(typed.path) / 1e6:.0f} MB; {typed.threads} threads; "
          f"{typed.runs} runs; load {load:.1f} before, {os.getloadavg()[0]:.1f} after")
    print(f"{'program':<16}{'seconds':>9}{'range':>16}{'cpu':>7}{'MB':>7}{'people':>9}{'rows':>9}")
    for program, runs in results.items():
        middle = {key: statistics.median(run[key] for run in runs) for key in ("total", "cpu", "peak_mb")}
        low, high = min(run["total"] for run in runs), max(run["total"] for run in runs)
        print(f"{program:<16}{middle['total']:>9.3f}{f'{low:.2f} to {high:.2f}':>16}{middle['cpu']:>7.2f}"
              f"{middle['peak_mb']:>7.0f}{runs[0]['people']:>9}{runs[0]['interactions']:>9}")


if __name__ == "__main__":
    main()
