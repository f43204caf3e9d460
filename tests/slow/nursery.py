"""Lives through days of the demo in forked children, which a test may kill.

Run as a script: it lives through the first line ``DAY WORKSPACE`` of its standard input itself, which loads
everything, and says "ready". For each further line it forks a child for the demo's step of that day, says
the child's process id, and says its exit code when it has ended. Bodies are read in the child itself: that
readers die with whom they read for is tried on the real command.
"""

import os
import sys
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace

ROOT = Path(__file__).parents[2]


class _InlineReader:
    """Reads without limits."""

    def read(self, job):
        from monitor.reading import read

        return read(job)


def _main() -> None:
    sys.path[:0] = [str(ROOT / "examples"), str(ROOT)]
    import demo

    year = demo.load_year(demo.EXAMPLE)
    with os.fdopen(os.dup(1), "w") as told:
        os.dup2(2, 1)  # what the demo prints is not what the test reads
        _live_through(demo, year, sys.stdin.readline())
        _say(told, "ready")
        for line in sys.stdin:
            child = os.fork()
            if child == 0:
                _live_through(demo, year, line)
                os._exit(0)
            _say(told, child)
            _say(told, os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))


def _live_through(demo, year, line: str) -> None:
    day, _, workspace = line.strip().partition(" ")
    step = datetime.fromisoformat(day)
    demo.run_step(Path(workspace), year, SimpleNamespace(), step, _InlineReader())


def _say(told, word: object) -> None:
    told.write(f"{word}\n")
    told.flush()


if __name__ == "__main__":
    _main()
