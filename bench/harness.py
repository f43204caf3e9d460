"""What the benches share: the load server, a workspace on it, and a meter for whole processes."""

import json
import os
import shutil
import socket
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from sites import address

BENCH = Path(__file__).resolve().parent
ROOT = BENCH.parent
# Everybody gets the certificates that his library ships, and no proxy.
_NOT_PASSED_ON = (
    "SSL_CERT_FILE",
    "SSL_CERT_DIR",
    "REQUESTS_CA_BUNDLE",
    "CURL_CA_BUNDLE",
    "HTTP_PROXY",
    "HTTPS_PROXY",
    "http_proxy",
    "https_proxy",
)


@dataclass(frozen=True)
class Measured:
    """One process from its start to its end. ``peak_mb`` is that of the process or its largest child."""

    wall_s: float
    cpu_s: float
    peak_mb: float
    code: int


def measure(command: Sequence[str | Path], *, folder: Path | None = None, **environment: str) -> Measured:
    """Run a command to its end."""
    passed_on = {name: value for name, value in os.environ.items() if name not in _NOT_PASSED_ON}
    began = time.perf_counter()
    process = subprocess.Popen(
        [str(word) for word in command],
        cwd=folder,
        env={**passed_on, **environment},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    _, status, used = os.wait4(process.pid, 0)
    wall = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    return Measured(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, process.returncode)


class Sites:
    """The load server in a process of its own."""

    def __init__(self, addresses: int = 50) -> None:
        self.addresses = addresses
        self.port = _free_port()
        self._process = subprocess.Popen(
            [
                sys.executable,
                str(BENCH / "sites.py"),
                "--port",
                str(self.port),
                "--addresses",
                str(addresses),
            ],
            stdout=subprocess.PIPE,
        )
        assert self._process.stdout is not None
        self._process.stdout.readline()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.kill()
        self._process.wait()
        if self._process.stdout is not None:
            self._process.stdout.close()

    def tell(self, verb: str, **values: str | int) -> dict[str, Any]:
        """Give the server an order; see sites.py."""
        query = "&".join(f"{name}={value}" for name, value in values.items())
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/ctl/{verb}?{query}", timeout=300) as reply:
            told: dict[str, Any] = json.load(reply)
        return told

    def url(self, site: int, page: str) -> str:
        """Return an address of a site."""
        return f"http://{address(site % self.addresses)}:{self.port}/s/{site}/{page}"


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port


@dataclass(frozen=True)
class Cycle:
    """One run of the monitor over every source of a workspace; ``answers`` counts what the sites gave."""

    wall_s: float
    cpu_s: float
    cycle_s: float
    start_s: float
    peak_mb: float
    children_mb: float
    stages_s: Mapping[str, float]
    answers: Mapping[str, int]


# How a kind of source is entered, and which page of a site it is pointed at.
PAGES = {"feed": "feed", "listing": "news", "page": "news"}
ENTRIES = {
    "feed": """\
    kind: feed
    follow: false
""",
    "listing": """\
    kind: listing
    follow: false
    listing: {item: ul.listing > li.item, link: .item__title a, date: time, summary: .item__summary}
""",
    "page": """\
    kind: page
    main: "main#content"
""",
}


class Workspace:
    """A workspace of ``count`` sources of one kind, spacing 0, with the shipped briefing."""

    def __init__(self, folder: Path, sites: Sites, kind: str, count: int) -> None:
        self.folder = folder
        self.sites = sites
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(ROOT / "state/briefings", folder / "state/briefings")
        (folder / "monitor.toml").write_text("[network]\nspacing_s = 0.0\nallow_loopback = true\n")
        page, entry = PAGES[kind], ENTRIES[kind]
        lines = (
            f"  - id: s{number}\n    publisher: Body {number}\n    url: {sites.url(number, page)}\n"
            f"    lang: en\n    licence: example\n    allow_http: true\n    voice: GB\n{entry}"
            for number in range(count)
        )
        (folder / "sources.yaml").write_text("sources:\n" + "".join(lines))

    def forget(self) -> None:
        """Go back to a workspace that was never run."""
        for path in (self.folder / "state").glob("monitor.db*"):
            path.unlink()
        shutil.rmtree(self.folder / "state/evidence", ignore_errors=True)

    def cycle(self, *, stages: bool = False) -> Cycle:
        """Run the monitor once over everything.

        Raises:
            RuntimeError: it failed, and what was measured is no cycle.
        """
        costs = self.folder / "costs.json"
        costs.unlink(missing_ok=True)
        self.sites.tell("stats")
        _wait_for_another_second()
        words = ["--stages"] if stages else []
        command = [sys.executable, BENCH / "inside.py", costs, *words, "run", "--all", "--no-deliver"]
        done = measure([*command, "--workspace", self.folder])
        told = json.loads(costs.read_text()) if costs.exists() else {"code": "no costs"}
        if told["code"] not in (0, None):
            raise RuntimeError(f"the run failed ({told['code']}): {' '.join(map(str, command))}")
        return Cycle(
            done.wall_s,
            done.cpu_s,
            told["cycle_s"],
            told["start_s"],
            told["peak_mb"],
            told["children_mb"],
            told["stages_s"],
            self.sites.tell("stats")["count"],
        )


def _wait_for_another_second() -> None:
    """A source is polled once a slot, and with ``--all`` a slot is a second."""
    time.sleep(1.05 - time.time() % 1.0)


def median(cycles: Iterable[Any], name: str) -> float:
    """Return the median of an attribute."""
    return statistics.median(getattr(each, name) for each in cycles)
