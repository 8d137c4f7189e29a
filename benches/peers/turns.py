"""Programs that do the same work take turns; each run is a process of its own, measured by the system."""

import argparse
import json
import os
import statistics
import subprocess
import sys
from pathlib import Path

OURS = str(Path(__file__).resolve().parents[2] / "target/release/examples/posts_to_graph")


def typed(doc, programs):
    """The command line of both scripts."""
    parser = argparse.ArgumentParser(description=doc, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("path", help="the file that everybody reads")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--only", action="append", choices=programs)
    parser.add_argument("--alone", choices=programs, help=argparse.SUPPRESS)
    return parser


def measured(command, threads):
    """One run: what it printed as JSON, with its processor time and largest memory."""
    cores = str(threads)
    around = {**os.environ, "RAYON_NUM_THREADS": cores, "POLARS_MAX_THREADS": cores}
    process = subprocess.Popen(command, env=around, stdout=subprocess.PIPE, text=True)
    told = json.loads(process.stdout.read().strip().splitlines()[-1])
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"{command} ended with {process.returncode}")
    told["cpu"] = usage.ru_utime + usage.ru_stime
    told["peak_mb"] = usage.ru_maxrss / 1024
    return told


def compare(args, commands, counts):
    """Runs all `commands` (by program) in turns and shows the middle of the runs, and `counts` of the first."""
    chosen = {program: commands[program] for program in args.only or commands}
    results = {program: [] for program in chosen}
    load = os.getloadavg()[0]
    for _ in range(args.runs):
        for program, command in chosen.items():
            results[program].append(measured(command, args.threads))
    print(f"{args.path}: {os.path.getsize(args.path) / 1e6:.0f} MB; {args.threads} threads; "
          f"{args.runs} runs; load {load:.1f} before, {os.getloadavg()[0]:.1f} after")
    print(f"{'program':<16}{'seconds':>9}{'range':>16}{'cpu':>7}{'MB':>7}" + "".join(f"{count:>14}" for count in counts))
    for program, runs in results.items():
        middle = {key: statistics.median(run[key] for run in runs) for key in ("total", "cpu", "peak_mb")}
        low, high = min(run["total"] for run in runs), max(run["total"] for run in runs)
        print(f"{program:<16}{middle['total']:>9.3f}{f'{low:.2f} to {high:.2f}':>16}{middle['cpu']:>7.2f}"
              f"{middle['peak_mb']:>7.0f}" + "".join(f"{runs[0].get(count, ''):>14}" for count in counts))
