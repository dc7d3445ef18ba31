"""What both benchmarks start with: the pinned peers, and the programs of the workspace."""

import os
import subprocess
import sys
import venv
from pathlib import Path

BENCH = Path(__file__).resolve().parent
ROOT = BENCH.parent
TARGET = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
EXAMPLES = ("questions", "statistics")


def say(*words):
    print(*words, file=sys.stderr, flush=True)


def with_peers(script):
    """Starts the script again inside a venv that has the pinned peers."""
    folder = TARGET / "bench-venv"
    python = folder / "bin" / "python"
    pinned = (BENCH / "requirements.txt").read_text()
    stamp = folder / "requirements.txt"
    if not stamp.exists() or stamp.read_text() != pinned:
        say("installing", *(line for line in pinned.splitlines() if not line.startswith("#")))
        venv.create(folder, with_pip=True, clear=True)
        subprocess.run(
            [python, "-m", "pip", "install", "--quiet", "-r", BENCH / "requirements.txt"], check=True
        )
        stamp.write_text(pinned)
    if Path(sys.prefix).resolve() != folder.resolve():
        os.execv(python, [str(python), str(script), *sys.argv[1:]])


def built(name):
    """Path of a program of the workspace; BENCH_NO_BUILD=1 takes it as it is."""
    if not os.environ.get("BENCH_NO_BUILD"):
        subprocess.run(["cargo", "build", "--workspace", "--all-targets"], cwd=ROOT, check=True)
    return TARGET / "debug" / ("examples" if name in EXAMPLES else "") / name
