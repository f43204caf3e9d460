"""Time and memory of polling cycles, beside a bare requests session and beside the peers.

``make bench`` runs everything; ``python bench/run.py --sizes 100 --runs 3`` a part. Whole processes,
medians, everything that is compared in one run and by turns: on a busy machine compare ratios, not
times. Peers take part where they are installed (see peers.py). The figures go to build/bench/ too.
"""

import argparse
import json
import shutil
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

from harness import BENCH, PAGES, ROOT, Cycle, Measured, Sites, Workspace, median
from peers import Peer, installed

from monitor.model import SourceKind

BUILD = ROOT / "build/bench"
PEER_RUNS = 3
LATENCY_MS = 50
VERSIONS = 100


def main() -> None:
    """Run the benches that were asked for, and print what they gave."""
    given = _arguments()
    BUILD.mkdir(parents=True, exist_ok=True)
    results: list[dict[str, Any]] = []
    known = {kind.value for kind in SourceKind}
    for kind in (kind for kind in given.kinds.split(",") if kind in known):
        for size in (int(size) for size in given.sizes.split(",")):
            for row in cycles(kind, size, given):
                results.append(row)
                print(_line(row), flush=True)
    if not given.no_latency:
        results += _told(latency(given))
    if not given.no_versions:
        results += _told(versions(given))
    print("\n" + "\n".join(bars(results)))
    place = BUILD / time.strftime("cycles-%Y%m%d-%H%M%S.json")
    place.write_text(json.dumps(results, indent=1))
    print(f"written to {place.relative_to(ROOT)}")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Time and memory of polling cycles.")
    parser.add_argument("--kinds", default="feed,listing,page")
    parser.add_argument("--sizes", default="100,1000,10000")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--cold-runs", type=int, default=3)
    parser.add_argument("--no-peers", action="store_true")
    parser.add_argument("--brief", action="store_true", help="cold and unchanged cycles only")
    parser.add_argument("--no-latency", action="store_true")
    parser.add_argument("--no-versions", action="store_true")
    return parser.parse_args()


def _told(rows: Iterator[dict[str, Any]]) -> list[dict[str, Any]]:
    kept = []
    for row in rows:
        kept.append(row)
        print(_line(row), flush=True)
    return kept


# --- cycles


def cycles(kind: str, size: int, given: argparse.Namespace) -> Iterator[dict[str, Any]]:
    """Yield the figures of one kind and size: cold, unchanged, 1 % changed, without validators, noisy."""
    page = PAGES[kind]
    runs, cold_runs = (given.runs, given.cold_runs) if size <= 1000 else (3, 1)
    with Sites() as sites:
        sites.tell("warm", kind=page, n=size)
        ours = Workspace(BUILD / f"{kind}-{size}", sites, kind, size)
        peers = [] if given.no_peers or size > 1000 else installed(kind, sites, size, BUILD)
        yield from _phase("cold", kind, size, ours, peers, cold_runs, before=lambda: _forget(ours, peers))
        bare = [_bare(sites, size, page) for _ in range(runs)]
        yield from _phase("unchanged", kind, size, ours, peers, runs, bare=bare)
        if not given.brief:
            yield from _further(kind, size, ours, peers, runs)
    shutil.rmtree(ours.folder)


def _further(kind: str, size: int, ours: Workspace, peers: list[Peer], runs: int) -> Iterator[dict[str, Any]]:
    """Yield the figures of 1 % changed, without validators, noisy, and the cost by stage."""
    sites, page, changed = ours.sites, PAGES[kind], max(1, size // 100)
    before = lambda: sites.tell("change", kind=page, n=size, k=changed)  # noqa: E731
    yield from _phase("1 % changed", kind, size, ours, peers, runs, before=before)
    sites.tell("set", validators=0)
    yield from _phase("no validators", kind, size, ours, [], runs)
    sites.tell("set", noise=1)
    yield from _phase("noisy", kind, size, ours, [], runs)
    sites.tell("set", noise=0, validators=1)
    ours.cycle()
    yield _stages(kind, size, "unchanged", ours.cycle(stages=True))
    ours.forget()
    yield _stages(kind, size, "cold", ours.cycle(stages=True))


def _forget(ours: Workspace, peers: list[Peer]) -> None:
    ours.forget()
    for peer in peers:
        peer.forget()


def _phase(
    phase: str,
    kind: str,
    size: int,
    ours: Workspace,
    peers: list[Peer],
    runs: int,
    *,
    before: Callable[[], Any] = lambda: None,
    bare: list[float] | None = None,
) -> Iterator[dict[str, Any]]:
    """Measure ours and the peers by turns."""
    of_ours: list[Cycle] = []
    of_peers: dict[str, list[Measured]] = {peer.name: [] for peer in peers}
    answers: dict[str, dict[str, int]] = {}
    for run in range(runs):
        before()
        of_ours.append(ours.cycle())
        for peer in peers if run < PEER_RUNS else []:
            ours.sites.tell("stats")
            of_peers[peer.name].append(peer.run())
            answers[peer.name] = ours.sites.tell("stats")["count"]
    row = _ours(kind, size, phase, of_ours)
    if bare:
        row["bare_s"] = statistics.median(bare)
    yield row
    for name, measured in of_peers.items():
        yield {**_peer(kind, size, phase, name, measured), "answers": answers[name]}


def _ours(kind: str, size: int, phase: str, runs: list[Cycle]) -> dict[str, Any]:
    names = ("wall_s", "cpu_s", "cycle_s", "start_s", "peak_mb", "children_mb")
    figures = {name: median(runs, name) for name in names}
    return {
        "who": "monitor",
        "kind": kind,
        "size": size,
        "phase": phase,
        **figures,
        "answers": runs[-1].answers,
    }


def _peer(kind: str, size: int, phase: str, name: str, runs: list[Measured]) -> dict[str, Any]:
    figures = {figure: median(runs, figure) for figure in ("wall_s", "cpu_s", "peak_mb")}
    codes = sorted({run.code for run in runs})
    return {"who": name, "kind": kind, "size": size, "phase": phase, **figures, "codes": codes}


def _stages(kind: str, size: int, phase: str, cycle: Cycle) -> dict[str, Any]:
    row = {"who": "monitor", "kind": kind, "size": size, "phase": f"{phase}, by stage"}
    return {**row, "wall_s": cycle.wall_s, "cycle_s": cycle.cycle_s, "stages_s": dict(cycle.stages_s)}


def _bare(sites: Sites, size: int, page: str) -> float:
    import subprocess

    command = [sys.executable, str(BENCH / "bare.py"), str(sites.port), str(sites.addresses), str(size), page]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    fresh: float = json.loads(done.stdout)["fresh_s"]
    return fresh


# --- what else costs


def latency(given: argparse.Namespace) -> Iterator[dict[str, Any]]:
    """Yield the unchanged cycle over 1,000 hosts that take 50 ms to answer."""
    with Sites(addresses=1000) as sites:
        sites.tell("warm", kind="feed", n=1000)
        ours = Workspace(BUILD / "latency", sites, "feed", 1000)
        ours.cycle()
        sites.tell("set", delay=LATENCY_MS)
        yield _ours("feed", 1000, f"unchanged at {LATENCY_MS} ms", [ours.cycle() for _ in range(given.runs)])
    shutil.rmtree(ours.folder)


def versions(given: argparse.Namespace) -> Iterator[dict[str, Any]]:
    """Yield the unchanged cycle over 100 sources, before and after a hundred versions of each."""
    with Sites() as sites:
        ours = Workspace(BUILD / "versions", sites, "feed", 100)
        ours.cycle()
        yield _ours("feed", 100, "unchanged, 1 version", [ours.cycle() for _ in range(given.runs)])
        for _ in range(VERSIONS - 1):
            sites.tell("change", kind="feed", n=100, k=100)
            ours.cycle()
        runs = [ours.cycle() for _ in range(given.runs)]
        yield _ours("feed", 100, f"unchanged, {VERSIONS} versions", runs)
    shutil.rmtree(ours.folder)


# --- what it is held to


def bars(results: list[dict[str, Any]]) -> Iterator[str]:
    """Yield a line for each bar that these results can be held to."""
    found = {(row["who"], row["kind"], row["size"], row["phase"]): row for row in results}

    def figure(name: str, *key: Any) -> float | None:
        return found.get(key, {}).get(name)

    def line(what: str, value: float | None, bar: float, *, least: bool = False) -> Iterator[str]:
        if value is not None:
            verdict = "met   " if (value >= bar if least else value <= bar) else "MISSED"
            yield f"{verdict} {what}: {value:.2f} ({'at least' if least else 'at most'} {bar:g})"

    def ratio(of: float | None, to: float | None) -> float | None:
        return of / to if of is not None and to else None

    for kind in PAGES:
        ours = ("monitor", kind, 1000)
        unchanged, cycle = figure("wall_s", *ours, "unchanged"), figure("cycle_s", *ours, "unchanged")
        bare = figure("bare_s", *ours, "unchanged")
        yield from line(f"{kind}: unchanged cycle to a bare session", ratio(cycle, bare), 2)
        yield from line(f"{kind}: start, s", figure("start_s", *ours, "unchanged"), 0.8)
        yield from line(
            f"{kind}: 1 % changed to unchanged", ratio(figure("wall_s", *ours, "1 % changed"), unchanged), 1.3
        )
        for size, bar in ((1000, 110), (10_000, 180)):
            peak = figure("peak_mb", "monitor", kind, size, "unchanged")
            yield from line(f"{kind}: peak of the main process at {size:,}, MB", peak, bar)
        larger = figure("cycle_s", "monitor", kind, 10_000, "unchanged")
        yield from line(f"{kind}: a source's cost at 10,000 to 1,000", ratio(larger, (cycle or 0) * 10), 1.15)
        wanted = {
            "urlwatch": 4,
            "webchanges": 25,
            "webchanges (requests)": 1,
            "changedetection.io": 45,
            "reader": 1,
        }
        for peer, bar in wanted.items():
            theirs = figure("wall_s", peer, kind, 1000, "unchanged")
            yield from line(f"{kind}: unchanged, {peer} to ours", ratio(theirs, unchanged), bar, least=True)
        cold, urlwatch = figure("wall_s", *ours, "cold"), figure("wall_s", "urlwatch", kind, 1000, "cold")
        yield from line(f"{kind}: cold, urlwatch to ours", ratio(urlwatch, cold), 4, least=True)
    slow = figure("cycle_s", "monitor", "feed", 1000, f"unchanged at {LATENCY_MS} ms")
    yield from line(f"1,000 hosts at {LATENCY_MS} ms, s", slow, 4)
    first = figure("cycle_s", "monitor", "feed", 100, "unchanged, 1 version")
    last = figure("cycle_s", "monitor", "feed", 100, f"unchanged, {VERSIONS} versions")
    yield from line(f"{VERSIONS} versions to one", ratio(last, first), 1.15)


def _line(row: dict[str, Any]) -> str:
    words = [f"{row['who']:22} {row['kind']:8} {row['size']:>6,} {row['phase']:22} {row['wall_s']:8.2f} s"]
    if "cpu_s" in row:
        words.append(f"CPU {row['cpu_s']:.2f} s")
    if "cycle_s" in row:
        words.append(f"cycle {row['cycle_s']:.2f} s")
    if "start_s" in row:
        words.append(f"start {row['start_s']:.2f} s")
    if "bare_s" in row:
        words.append(f"bare {row['bare_s']:.2f} s")
    if "peak_mb" in row:
        words.append(f"peak {row['peak_mb']:.0f} MB")
    if row.get("children_mb"):
        words.append(f"children {row['children_mb']:.0f} MB")
    if "stages_s" in row:
        words += [f"{name} {seconds:.2f} s" for name, seconds in row["stages_s"].items()]
    if sum(row.get("answers", {}).values()) not in (0, row["size"]):
        words.append(f"answers {row['answers']}")
    if row.get("codes", [0]) != [0]:
        words.append(f"exit codes {row['codes']}")
    return "  ".join(words)


if __name__ == "__main__":
    main()
