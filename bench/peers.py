"""The same cycles by monitors that people use instead, each at its defaults, where they are installed.

Installed means: in an environment of its own at ``$BENCH_PEERS/<name>``; where that is not set or a
peer is missing, it is left out. Each is asked to watch the same pages of the same load server.
"""

import json
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from harness import Measured, Sites, measure

_READER = """
import sys
from reader import make_reader
step, database, *feeds = sys.argv[1:]
reader = make_reader(database, feed_root=None)
if step == "add":
    for line in open(feeds[0]):
        reader.add_feed(line.strip(), exist_ok=True)
else:
    for result in reader.update_feeds_iter(scheduled=False, workers=1):
        if isinstance(result.value, Exception):
            raise result.value
reader.close()
"""


@dataclass(frozen=True)
class Peer:
    """A monitor set up on a load server: ``run`` does one cycle, ``forget`` goes back to before the first."""

    name: str
    run: Callable[[], Measured]
    forget: Callable[[], None]


def installed(kind: str, sites: Sites, count: int, folder: Path) -> list[Peer]:
    """Return the peers that are installed and watch this kind of thing."""
    root = Path(os.environ.get("BENCH_PEERS", "/nonexistent"))
    makers = {
        "feed": [_reader],
        "listing": [_urlwatch, _webchanges, _webchanges_on_requests, _changedetection],
    }
    found = []
    for make in makers.get(kind, []):
        made = make(root, sites, count, folder)
        if made is not None:
            found.append(made)
    return found


def _urlwatch(root: Path, sites: Sites, count: int, folder: Path) -> Peer | None:
    program = root / "urlwatch/bin/urlwatch"
    return _jobs("urlwatch", program, "--urls", "--cache", "pyhtml2text", sites, count, folder)


def _webchanges(root: Path, sites: Sites, count: int, folder: Path) -> Peer | None:
    program = root / "webchanges/bin/webchanges"
    return _jobs("webchanges", program, "--jobs", "--database", "html2text", sites, count, folder)


def _webchanges_on_requests(root: Path, sites: Sites, count: int, folder: Path) -> Peer | None:
    program = root / "webchanges/bin/webchanges"
    name, client = "webchanges (requests)", "http_client: requests\n"
    return _jobs(name, program, "--jobs", "--database", "html2text", sites, count, folder, client)


def _jobs(
    name: str,
    program: Path,
    jobs_option: str,
    memory_option: str,
    to_text: str,
    sites: Sites,
    count: int,
    folder: Path,
    more: str = "",
) -> Peer | None:
    """urlwatch and its descendant: the main region as text, reported on standard output."""
    if not program.exists():
        return None
    home = _fresh(folder / name.replace(" ", "-"))
    step = "html2text" if to_text == "html2text" else f"html2text: {to_text}"
    jobs = (
        f'name: body {site}\nurl: "{sites.url(site, "news")}"\n{more}filter:\n  - css: "main#content"\n'
        f"  - {step}\n"
        for site in range(count)
    )
    (home / "jobs.yaml").write_text("---\n".join(jobs))
    (home / "hooks.py").write_text("")
    quiet = "version_check:\n  enabled: false\n" if program.name == "webchanges" else ""
    (home / "config.yaml").write_text(
        "display:\n  new: true\n  error: true\n  unchanged: false\n"
        f"{quiet}report:\n  stdout:\n    enabled: true\n    color: false\n"
    )
    memory = home / "memory.db"
    command = [program, jobs_option, home / "jobs.yaml", "--config", home / "config.yaml"]
    command += ["--hooks", home / "hooks.py", memory_option, memory]
    return Peer(
        name,
        lambda: measure(command, folder=home, HOME=str(home), EDITOR="true"),
        lambda: memory.unlink(missing_ok=True),
    )


def _changedetection(root: Path, sites: Sites, count: int, folder: Path) -> Peer | None:
    """Its own batch mode, which ends when its queue is empty."""
    program = root / "changedetection.io/bin/changedetection.io"
    if not program.exists():
        return None
    home = _fresh(folder / "changedetection")
    store = home / "store"
    environment = {
        "HOME": str(home),
        "LISTEN_HOST": "127.0.0.1",
        "PORT": "8899",
        "ALLOW_IANA_RESTRICTED_ADDRESSES": "true",
        "LOGGER_LEVEL": "WARNING",
        "DISABLE_VERSION_CHECK": "true",
        "MINIMUM_SECONDS_RECHECK_TIME": "0",
        "WORKER_MAX_JOBS": "1000000",
    }
    where = ["-b", "-h", "127.0.0.1", "-p", "8899"]

    def run() -> Measured:
        if store.exists():
            return measure([program, "-d", store, *where, "-r", "all"], folder=home, **environment)
        options = json.dumps({"include_filters": ["main#content"]})
        words = [
            word for site in range(count) for word in ("-u", sites.url(site, "news"), f"-u{site}", options)
        ]
        return measure([program, "-d", store, "-C", *where, *words], folder=home, **environment)

    return Peer("changedetection.io", run, lambda: shutil.rmtree(store, ignore_errors=True))


def _reader(root: Path, sites: Sites, count: int, folder: Path) -> Peer | None:
    python = root / "reader/bin/python"
    if not python.exists():
        return None
    home = _fresh(folder / "reader")
    script, feeds, database = home / "cycle.py", home / "feeds.txt", home / "reader.db"
    script.write_text(_READER)
    feeds.write_text("\n".join(sites.url(site, "feed") for site in range(count)) + "\n")

    def forget() -> None:
        for path in home.glob("reader.db*"):
            path.unlink()
        if measure([python, script, "add", database, feeds]).code:
            raise RuntimeError(f"reader took no feeds; run it by hand: {python} {script}")

    return Peer("reader", lambda: measure([python, script, "update", database]), forget)


def _fresh(folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder
