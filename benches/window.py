#!/usr/bin/env python3
"""Does the window keep up while a large map is made? The real program on a screen without a monitor.

Needs Xvfb and xdotool (Debian: `apt-get install xvfb xdotool`) and `cargo build --release`. Then:

    python3 benches/window.py FILE [--runs 3] [--pause 0.016] [--display 91]

Opens FILE, builds its map, waits until it is done, and quits; then the same with the pointer moving over the map every `pause`
seconds; then the same with the map dragged to and fro once it is done, and a rest of ten seconds before. Prints, from the rows that the program writes of its own pictures (`ISTHMUS_FRAMES`):

alive    seconds from the graph being built (communities begin) to the first map on the screen
done     seconds from there to the end of the layout
end      how far the middle dot went with the last positions, as a share of the map's width, and the most before in the last quarter
answers  time between two pictures while the pointer moves, in milliseconds: middle, 99th of a hundred, longest
work     what of that the window's own thread worked, likewise
panning  new pictures of the map a second while it is dragged, and pictures of the window a second
idle     pictures of the window in ten seconds that nobody touches it, and the share of one core that the program takes then
at rest  time between two pictures once the map is done: what drawing the window takes here when nothing else runs
"""

import argparse
import csv
import os
import shutil
import statistics
import subprocess
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ISTHMUS = os.path.join(HERE, "..", "target", "release", "isthmus")


IDLE = 10.0


def one_run(given, moving, panning=None):
    screen = f":{given.display}"
    with tempfile.TemporaryDirectory() as folder:
        rows = os.path.join(folder, "frames.csv")
        home = {"HOME": folder, "XDG_DATA_HOME": folder, "XDG_CONFIG_HOME": folder, "XDG_RUNTIME_DIR": folder}
        surroundings = {**os.environ, **home, "DISPLAY": screen, "ISTHMUS_FRAMES": rows}
        server = subprocess.Popen(
            ["Xvfb", screen, "-screen", "0", "1440x900x24", "-nolisten", "tcp", "-noreset"],
            stderr=subprocess.DEVNULL,
        )
        try:
            time.sleep(1.5)
            program = subprocess.Popen([ISTHMUS, given.file], env=surroundings)
            drive(program, screen, given, moving, panning)
            if program.wait(60) != 0:
                raise SystemExit("the window ended with an error")
        finally:
            server.terminate()
            server.wait()
        if given.keep:
            shutil.copy(rows, given.keep)
        with open(rows) as file:
            return list(csv.DictReader(file))


def xdotool(screen, *arguments):
    done = subprocess.run(["xdotool", *arguments], env={**os.environ, "DISPLAY": screen}, capture_output=True, text=True)
    return done.stdout.split()


def core_seconds(process):
    with open(f"/proc/{process.pid}/stat") as file:
        told = file.read().rsplit(")", 1)[1].split()
    return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")


def drive(program, screen, given, moving, panning):
    """Builds the map, moves the pointer while it is made and after, if asked to, then quits."""
    window = None
    while not window:
        time.sleep(0.2)
        window = xdotool(screen, "search", "--onlyvisible", "--pid", str(program.pid))
    xdotool(screen, "windowsize", window[0], "1440", "900", "windowmove", window[0], "0", "0")
    xdotool(screen, "windowfocus", window[0])
    time.sleep(given.before)
    xdotool(screen, "key", "Return")
    end, step = time.monotonic() + given.seconds, 0
    while not moving and time.monotonic() < end:
        time.sleep(0.1)
    while time.monotonic() < end and program.poll() is None:
        # Many moves by one process: starting one for each would take a good part of a core.
        moves = []
        for step in range(step, step + 50):
            moves += ["mousemove", str(500 + 6 * (step % 50)), str(350 + 4 * (step % 37)), "sleep", str(given.pause)]
        xdotool(screen, *moves)
        step += 1
    if panning is not None:
        xdotool(screen, "mousemove", "240", "880")
        time.sleep(3)
        before = core_seconds(program)
        time.sleep(IDLE)
        panning["idle"] = (core_seconds(program) - before) / IDLE
        xdotool(screen, "mousemove", "560", "130", "sleep", "0.3", "mousedown", "1")
        for _ in range(6):
            moves = []
            for step in range(60):
                off = 150 - abs(step * 10 % 600 - 300) // 2
                moves += ["mousemove", str(560 + off), str(130 + off), "sleep", str(given.pause)]
            xdotool(screen, *moves)
        xdotool(screen, "mouseup", "1")
        time.sleep(0.3)
    xdotool(screen, "key", "ctrl+q")


def panned(rows, told):
    """The rest is the longest pause between two rows after the layout; what comes after it are the pictures of panning."""
    at = [float(row["at"]) for row in rows]
    last = max(i for i, row in enumerate(rows) if row["stage"] == "Layout")
    quiet = max(range(last, len(rows) - 1), key=lambda i: at[i + 1] - at[i])
    moved = [i for i in range(quiet + 1, len(rows)) if rows[i]["pointer"] == "1"]
    seconds = at[moved[-1]] - at[moved[1]]
    drawn = int(rows[moved[-1]]["drawn"]) - int(rows[moved[1]]["drawn"])
    between = spread((at[b] - at[a]) * 1e3 for a, b in zip(moved[1:], moved[2:]))
    resting = sum(1 for t in at if at[quiet] < t < at[quiet + 1])
    return (
        f"{drawn / seconds:.1f} of the map, {(len(moved) - 2) / seconds:.1f} of the window a second "
        f"(between two {between} ms)  idle: longest pause {at[quiet + 1] - at[quiet]:.1f} s, {resting} pictures in it, "
        f"{100 * told['idle']:.2f} % of a core"
    )


def spread(values):
    values = sorted(values)
    if not values:
        return "none"
    return f"{statistics.median(values):.1f} {values[int(len(values) * 0.99)]:.1f} {values[-1]:.1f}"


def stages(rows):
    """Seconds of every row; the rows where communities begin, where the map is first shown, and where the layout ends."""
    at = [float(row["at"]) for row in rows]
    begun = next(i for i, row in enumerate(rows) if row["stage"] == "Communities")
    alive = next(i for i, row in enumerate(rows) if int(row["positions"]) > 0)
    return at, begun, alive, max(i for i, row in enumerate(rows) if row["stage"] == "Layout")


def still(rows):
    at, begun, alive, last = stages(rows)
    moves = {int(row["positions"]): float(row["moved"]) for row in rows if float(row["moved"]) > 0}
    moves = [moves[version] for version in sorted(moves)]
    late = moves[-max(len(moves) // 4, 2) : -1]
    return (
        f"alive {at[alive] - at[begun]:.2f} s  done {at[last] - at[begun]:.2f} s  "
        f"end {moves[-1]:.4f} after {max(late, default=0):.4f}, {len(moves)} pictures"
    )


def moving(rows):
    at, begun, _, last = stages(rows)
    moved = [i for i in range(begun, len(rows) - 1) if rows[i]["pointer"] == "1" and rows[i + 1]["pointer"] == "1"]
    between = lambda some: spread((at[i + 1] - at[i]) * 1e3 for i in some)
    during = [i for i in moved if i < last]
    work = spread(float(rows[i + 1]["work"]) for i in during)
    return (
        f"done {at[last] - at[begun]:.2f} s  answers {between(during)} ms  work {work} ms  "
        f"at rest {between(i for i in moved if i > last)} ms"
    )


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--pause", type=float, default=0.016)
    parser.add_argument("--before", type=float, default=6.0, help="seconds to look at the file before the map is built")
    parser.add_argument("--seconds", type=float, default=15.0, help="seconds to move the pointer")
    parser.add_argument("--display", type=int, default=91)
    parser.add_argument("--only", default="still,moving,panning", help="which of the three")
    parser.add_argument("--keep", help="a file for the rows of the last run")
    given = parser.parse_args()
    wanted = given.only.split(",")
    for _ in range(given.runs):
        if "still" in wanted:
            print("still:  ", still(one_run(given, False)), flush=True)
        if "moving" in wanted:
            print("moving: ", moving(one_run(given, True)), flush=True)
        if "panning" in wanted:
            told = {}
            print("panning:", panned(one_run(given, False, told), told), flush=True)


if __name__ == "__main__":
    main()
