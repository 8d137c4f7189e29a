#!/usr/bin/env python3
"""Does the window keep up while a large map is made? The real program on a screen without a monitor, its pointer moved all the time.

Needs Xvfb and xdotool (Debian: `apt-get install xvfb xdotool`) and `cargo build --release`. Then:

    python3 benches/window.py FILE [--runs 3] [--pause 0.016] [--display 91]

Opens FILE, builds its map, moves the pointer over it every `pause` seconds until the layout is done and some seconds more, and closes
the window. Prints, from the rows that the program writes of its own pictures (`ISTHMUS_FRAMES`):

alive    seconds from the graph being built (communities begin) to the first positions on the screen
done     seconds from there to the end of the layout
answers  time between two pictures while the pointer moves, in milliseconds: middle, 99th of a hundred, longest
work     what of that the window's own thread worked, likewise
end      how far the middle dot went with the last positions, as a share of the map's width, and the most before in the last quarter
"""

import argparse
import csv
import os
import statistics
import subprocess
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ISTHMUS = os.path.join(HERE, "..", "target", "release", "isthmus")


def one_run(given):
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
            drive(program, screen, given)
            if program.wait(60) != 0:
                raise SystemExit("the window ended with an error")
        finally:
            server.terminate()
            server.wait()
        with open(rows) as file:
            return list(csv.DictReader(file))


def xdotool(screen, *arguments):
    done = subprocess.run(["xdotool", *arguments], env={**os.environ, "DISPLAY": screen}, capture_output=True, text=True)
    return done.stdout.split()


def drive(program, screen, given):
    """Builds the map, moves the pointer while it is made and after, then closes the window."""
    window = None
    while not window:
        time.sleep(0.2)
        window = xdotool(screen, "search", "--onlyvisible", "--pid", str(program.pid))
    xdotool(screen, "windowsize", window[0], "1440", "900", "windowmove", window[0], "0", "0")
    xdotool(screen, "windowfocus", window[0])
    time.sleep(given.before)
    xdotool(screen, "key", "Return")
    end, step = time.monotonic() + given.seconds, 0
    while time.monotonic() < end and program.poll() is None:
        for _ in range(50):
            x, y = 500 + 6 * (step % 50), 350 + 4 * (step % 37)
            xdotool(screen, "mousemove", str(x), str(y))
            step += 1
            time.sleep(given.pause)
    xdotool(screen, "key", "ctrl+q")


def told(rows):
    at = [float(row["at"]) for row in rows]
    begun = next(i for i, row in enumerate(rows) if row["stage"] == "Communities")
    alive = next(i for i, row in enumerate(rows) if int(row["positions"]) > 0)
    last = max(i for i, row in enumerate(rows) if row["stage"] == "Layout")
    during = [i for i in range(begun, last) if rows[i]["pointer"] == "1" and rows[i + 1]["pointer"] == "1"]
    between = sorted((at[i + 1] - at[i]) * 1e3 for i in during)
    work = sorted(float(rows[i + 1]["work"]) for i in during)
    moves = {int(row["positions"]): float(row["moved"]) for row in rows if float(row["moved"]) > 0}
    moves = [moves[version] for version in sorted(moves)]
    late = moves[-max(len(moves) // 4, 2) : -1]
    spread = lambda v: f"{statistics.median(v):6.1f} {v[int(len(v) * 0.99)]:6.1f} {v[-1]:6.1f}"
    return (
        f"alive {at[alive] - at[begun]:5.2f} s  done {at[last] - at[begun]:5.2f} s  answers {spread(between)} ms  "
        f"work {spread(work)} ms  end {moves[-1]:.4f} after {max(late, default=0):.4f}, {len(moves)} pictures"
    )


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--pause", type=float, default=0.016)
    parser.add_argument("--before", type=float, default=6.0, help="seconds to look at the file before the map is built")
    parser.add_argument("--seconds", type=float, default=15.0, help="seconds to move the pointer")
    parser.add_argument("--display", type=int, default=91)
    given = parser.parse_args()
    for _ in range(given.runs):
        print(told(one_run(given)), flush=True)


if __name__ == "__main__":
    main()
