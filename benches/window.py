#!/usr/bin/env python3
"""Does the window keep up while a large map is made? The real program on a screen without a monitor.

Needs Xvfb and xdotool (Debian: `apt-get install xvfb xdotool`) and `cargo build --release`. Then:

    python3 benches/window.py FILE [--runs 3] [--pause 0.016] [--display 91]

Opens FILE, builds its map, waits until it is done, and quits; then the same with the pointer moving over the map every `pause`
seconds. Prints, from the rows that the program writes of its own pictures (`ISTHMUS_FRAMES`):

alive    seconds from the graph being built (communities begin) to the first map on the screen
done     seconds from there to the end of the layout
end      how far the middle dot went with the last positions, as a share of the map's width, and the most before in the last quarter
answers  time between two pictures while the pointer moves, in milliseconds: middle, 99th of a hundred, longest
work     what of that the window's own thread worked, likewise
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


def one_run(given, moving):
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
            drive(program, screen, given, moving)
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


def drive(program, screen, given, moving):
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
    xdotool(screen, "key", "ctrl+q")


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
    parser.add_argument("--keep", help="a file for the rows of the last run")
    given = parser.parse_args()
    for _ in range(given.runs):
        print("still: ", still(one_run(given, False)), flush=True)
        print("moving:", moving(one_run(given, True)), flush=True)


if __name__ == "__main__":
    main()
