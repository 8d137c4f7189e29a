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

import json
import sys
import time

import turns

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


def main():
    args = turns.typed(__doc__, PROGRAMS).parse_args()
    if args.alone:
        return with_polars(args.alone, args.path)
    commands = {program: [sys.executable, __file__, args.path, "--alone", program] for program in PROGRAMS}
    commands["isthmus"] = [turns.OURS, args.path]
    commands["isthmus-texts"] = [turns.OURS, args.path, "--keep-texts"]
    turns.compare(args, commands, ["people", "interactions"])


if __name__ == "__main__":
    main()
