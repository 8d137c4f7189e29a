#!/usr/bin/env python3
"""Posts of X as one JSON object a line: Isthmus against the NDJSON reader of polars, on the same file, in the same run.

Installs nothing by itself. Before:

    pip install polars
    cargo build --release --example posts_to_graph --example make_sample
    target/release/examples/make_sample 100000 /tmp/posts.csv
    python3 benches/peers/ndjson.py /tmp/posts.jsonl --from /tmp/posts.csv        # writes the file, about 100 MB

Then:

    python3 benches/peers/ndjson.py /tmp/posts.jsonl [--threads 2] [--runs 5]

Every run of every program is a process of its own, and the programs take turns. Shown are the middle one of the runs: seconds
on the clock, seconds of processor time and the largest memory of the process.

    isthmus         from before the file is opened to the graph: posts once, ties, people; texts are not kept
    isthmus-texts   the same, and keeps the texts
    polars          read_ndjson of the same fields, which are told beforehand; nothing is done with them
    polars-all      read_ndjson of everything that is in the file
"""

import csv
import json
import sys
import time

import turns

PROGRAMS = ["isthmus", "isthmus-texts", "polars", "polars-all"]


def with_polars(way, path):
    """The work in this process; prints one line of JSON."""
    import polars as pl

    start = time.perf_counter()
    user = {"id": pl.String, "username": pl.String, "name": pl.String}
    measures = pl.Struct({"followers_count": pl.Int64})
    fields = {
        "id": pl.String,
        "text": pl.String,
        "created_at": pl.String,
        "author_id": pl.String,
        "author": pl.Struct({**user, "public_metrics": measures}),
        "in_reply_to_user_id": pl.String,
        "in_reply_to_user": pl.Struct({"id": pl.String, "username": pl.String}),
        "referenced_tweets": pl.List(pl.Struct({"type": pl.String, "id": pl.String, "author": pl.Struct(user)})),
        "entities": pl.Struct({"mentions": pl.List(pl.Struct({"username": pl.String}))}),
    }
    table = pl.read_ndjson(path, schema=fields if way == "polars" else None)
    print(json.dumps({"total": time.perf_counter() - start, "posts": table.height}))


def user(handle, ids, **more):
    """An account as X tells it."""
    number = ids.setdefault(handle.lower(), str(7_000_000_000 + len(ids)))
    return {"id": number, "username": handle, "name": handle, "verified": False, **more}


def write(path, source):
    """Writes the posts of `source` (a table as make_sample makes it) as flat objects of the second generation of X's API."""
    ids = {}
    with open(source, newline="", encoding="utf-8") as rows, open(path, "w", encoding="utf-8") as out:
        for row in csv.DictReader(rows):
            followers = int(row["X Followers"] or 0)
            counts = {"followers_count": followers, "following_count": followers // 3, "tweet_count": followers // 7, "listed_count": 3}
            author = user(row["Author"], ids, created_at="2019-05-01T10:00:00.000Z", description="I cook rice, and I write about it",
                          public_metrics=counts)
            author["name"] = row["Full Name"]
            names = [name.lstrip("@") for name in row["Mentioned Authors"].split(", ") if name]
            references, answered = [], None
            for column, kind in (("X Reply to", "replied_to"), ("X Repost of", "retweeted")):
                if row[column]:
                    parts = row[column].split("/")
                    other = user(parts[3], ids)
                    references.append({"type": kind, "id": parts[5], "author": other})
                    answered = other if kind == "replied_to" else answered
            post = {
                "id": row["Resource Id"],
                "text": row["Full Text"],
                "created_at": row["Date"].replace(" ", "T") + "00Z",
                "author_id": author["id"],
                "conversation_id": row["Resource Id"],
                "lang": row["Language"],
                "possibly_sensitive": False,
                "source": "example.com",
                "public_metrics": {"retweet_count": 0, "reply_count": 1, "like_count": int(row["X Likes"]), "quote_count": 0},
                "entities": {
                    "mentions": [{"start": 0, "end": len(name) + 1, "username": name, "id": user(name, ids)["id"]} for name in names],
                    "hashtags": [{"start": 1, "end": 7, "tag": "sushi"}],
                },
                "author": author,
            }
            if references:
                post["referenced_tweets"] = references
            if answered:
                post["in_reply_to_user_id"] = answered["id"]
                post["in_reply_to_user"] = answered
            out.write(json.dumps(post, ensure_ascii=False) + "\n")


def main():
    parser = turns.typed(__doc__, PROGRAMS)
    parser.add_argument("--from", dest="source", help="a table of posts: writes `path` from it and does nothing else")
    args = parser.parse_args()
    if args.source:
        return write(args.path, args.source)
    if args.alone:
        return with_polars(args.alone, args.path)
    commands = {program: [sys.executable, __file__, args.path, "--alone", program] for program in PROGRAMS}
    commands["isthmus"] = [turns.OURS, args.path]
    commands["isthmus-texts"] = [turns.OURS, args.path, "--keep-texts"]
    turns.compare(args, commands, ["posts", "people", "interactions"])


if __name__ == "__main__":
    main()
