"""Run ``monitor`` in this process as the command line does, and write down what it cost.

``python bench/inside.py COSTS.json [--stages] run --all ...``: the words after the options are the
command's. COSTS.json gets ``cycle_s`` (first due source to last commit), ``start_s`` (everything else),
``peak_mb`` of this process alone and ``children_mb`` of the largest child; with ``--stages`` also the
seconds of CPU spent in each room, which costs a little itself.
"""

import sys
import time

BEGAN = time.perf_counter()

import json  # noqa: E402 - the clock starts before anything is loaded
import resource  # noqa: E402
import threading  # noqa: E402
from collections.abc import Callable  # noqa: E402
from pathlib import Path  # noqa: E402
from typing import Any  # noqa: E402


class Costs:
    """Seconds by name, from however many threads: of CPU, or with ``wall`` of time."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self.calls: dict[str, int] = {}
        self._lock = threading.Lock()

    def timed(self, name: str, function: Callable[..., Any], *, wall: bool) -> Callable[..., Any]:
        """Return ``function``, counting."""
        clock = time.perf_counter if wall else time.thread_time

        def wrapped(*args: Any, **kwargs: Any) -> Any:
            began = clock()
            try:
                return function(*args, **kwargs)
            finally:
                took = clock() - began
                with self._lock:
                    self.seconds[name] = self.seconds.get(name, 0.0) + took
                    self.calls[name] = self.calls.get(name, 0) + 1

        return wrapped

    def watch(self, owner: Any, attribute: str, name: str, *, wall: bool = False) -> None:
        """Count a function where its callers look it up."""
        setattr(owner, attribute, self.timed(name, getattr(owner, attribute), wall=wall))


def _watch_stages(costs: Costs) -> None:
    from monitor.fetching import fetcher
    from monitor.pipeline import derive, poll
    from monitor.store import evidence, sql_store
    from monitor.workers import reader

    costs.watch(fetcher.HttpFetcher, "fetch", "fetching")
    costs.watch(reader.WorkerReader, "read", "handing bodies over")
    costs.watch(poll, "judge", "health")
    costs.watch(poll, "detect", "detection")
    costs.watch(derive, "rederive", "ledger and comparison")
    costs.watch(sql_store.SqlStore, "save", "store")
    costs.watch(evidence.FileEvidence, "put", "evidence")


def _peak_mb() -> float:
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    target, *words = sys.argv[1:]
    costs = Costs()
    from monitor import pipeline
    from monitor.cli import main as command

    costs.watch(pipeline, "poll_due", "cycle", wall=True)
    if "--stages" in words:
        words.remove("--stages")
        _watch_stages(costs)
    code: object = 0
    try:
        command(words)
    except SystemExit as ended:
        code = ended.code
    whole = time.perf_counter() - BEGAN
    cycle = costs.seconds.pop("cycle", 0.0)
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    if costs.seconds:
        costs.seconds["all of this process"] = time.process_time()
        costs.seconds["reading processes"] = children.ru_utime + children.ru_stime
    told = {
        "code": code,
        "cycle_s": cycle,
        "start_s": whole - cycle,
        "peak_mb": _peak_mb(),
        "children_mb": children.ru_maxrss / 1024,
        "stages_s": costs.seconds,
        "calls": costs.calls,
    }
    Path(target).write_text(json.dumps(told))


if __name__ == "__main__":
    main()
