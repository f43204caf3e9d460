"""24 simulated hours, 500 sources, a tenth of which misbehave at any time in every way that is known.

``make soak``. No false change, no lost true one, steady memory. Sites and the clock are in memory; the
database, the evidence and the limited reading process are those of a run. Each hour one source announces
a signing and lists it from then on; at the end exactly those are changes. Whatever misbehaves does so for
some hours, with a fault of the wire, a page that is no answer, a hostile body, or a list that is not what
it was; walls and error pages speak of signings that never were.
"""

import argparse
import logging
import random
import resource
import sys
import tempfile
import time
from collections import Counter, deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from monitor.errors import FetchError
from monitor.model import Source, SourceKind, Transport
from monitor.pipeline import Parts, poll_due
from monitor.reading import read
from monitor.recognition import load_detector
from monitor.sources import Sources
from monitor.store import FileEvidence, open_store
from monitor.workers import WorkerReader
from tests.fakes import FakeFetcher, FixedClock, Page
from tests.health.pages import NO_ANSWERS
from tests.pipeline.conftest import edition, feed, page

Answer = bytes | Page | FetchError | None

PARTNERS = {
    "CA": "Canada",
    "IT": "Italy",
    "NL": "Netherlands",
    "FI": "Finland",
    "LV": "Latvia",
    "ES": "Spain",
    "BE": "Belgium",
    "PT": "Portugal",
    "SE": "Sweden",
    "NO": "Norway",
    "IS": "Iceland",
    "JP": "Japan",
    "US": "United States",
    "LT": "Lithuania",
    "EE": "Estonia",
    "PL": "Poland",
    "LU": "Luxembourg",
    "RO": "Romania",
    "CZ": "Czechia",
    "SI": "Slovenia",
    "IE": "Ireland",
    "HR": "Croatia",
    "GR": "Greece",
    "AL": "Albania",
}
HOURS = 24
ENTRIES = 12
MOST_GROWTH = 1.05
SIGNING = "{} and Ukraine signed an agreement on security cooperation in Kyiv on 21 February 2024."
FALSE = "Mexico and Ukraine signed an agreement on security cooperation in Kyiv on 20 February 2024."


@dataclass
class Site:
    """A ministry's feed: what it says, and how it misbehaves until when."""

    number: int
    entries: list[tuple[str, str]] = field(default_factory=list)
    fault: str = ""
    bad: Callable[[], Answer] | None = None
    hours_left: int = 0

    @property
    def url(self) -> str:
        return f"https://ministry{self.number}.example/feed"

    def good(self) -> bytes:
        return feed(*self.entries)

    def answer(self) -> Answer:
        return self.bad() if self.bad and self.hours_left > 0 else self.good()


def main() -> int:
    """Run the day; return 1 where a change is false or lost, or memory grows."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sources", type=int, default=500)
    parser.add_argument("--seed", type=int, default=24)
    given = parser.parse_args()
    logging.getLogger("monitor").setLevel(logging.ERROR)  # warnings of what misbehaves as it is told to
    chance, began = random.Random(given.seed), time.monotonic()
    sites = [_site(number) for number in range(given.sources)]
    pages: dict[str, Answer] = {}
    for site in sites:
        pages |= {_address(key): page(title, "A bridge was painted.") for key, title in site.entries}
    verdicts: Counter[str] = Counter()
    faults: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder, WorkerReader(read) as reader:
        parts = _parts(Path(folder), sites, pages, reader)
        resident = []
        for hour in range(HOURS):
            _announce(hour, sites[chance.randrange(len(sites))], pages)
            _misbehave(sites, chance, faults, last=hour == HOURS - 1)
            pages |= {site.url: site.answer() for site in sites}
            parts.clock.advance(hours=1)  # type: ignore[attr-defined]  # the fake clock
            outcomes = poll_due(parts, all_now=True)
            verdicts.update(f"{each.poll.verdict.value} {each.poll.reason}".strip() for each in outcomes)
            resident.append(_resident_mb())
        found = sorted(next(side for side in each.sides if side != "UA") for each in parts.store.changes())
    for line in _told(given.sources, found, resident, verdicts, faults, time.monotonic() - began):
        print(line)
    quarters = _quarters(resident)
    sound = found == sorted(PARTNERS) and not verdicts["error unexpected"]
    return 0 if sound and quarters[3] <= quarters[1] * MOST_GROWTH else 1


def _told(
    count: int,
    found: list[str],
    resident: list[float],
    verdicts: Counter[str],
    faults: Counter[str],
    took_s: float,
) -> Iterator[str]:
    lost, false = sorted(set(PARTNERS) - set(found)), sorted(set(found) - set(PARTNERS))
    yield (
        f"{count} sources, {HOURS} hours, {sum(verdicts.values()):,} polls in {took_s:.0f} s: {len(found)}"
        f" changes, {len(PARTNERS)} announced; lost {lost}, false {false}"
    )
    quarters = _quarters(resident)
    growth = (quarters[3] / quarters[1] - 1) * 100
    yield (
        "memory by quarter of the day: "
        + ", ".join(f"{each:.0f}" for each in quarters)
        + f" MB; the last to the second {growth:+.1f} % (at most +5)"
    )
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    yield f"largest reading process: {children:.0f} MB"
    yield f"{len(faults)} ways of misbehaving, {sum(faults.values()):,} times; polls by verdict:"
    yield from (f"  {amount:>6,}  {verdict}" for verdict, amount in verdicts.most_common())


def _quarters(resident: list[float]) -> list[float]:
    size = len(resident) // 4
    return [max(resident[at : at + size]) for at in range(0, 4 * size, size)]


def _resident_mb() -> float:
    """Memory of this process now; on systems that do not tell it, the most so far."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return pages * resource.getpagesize() / 1024**2


def _site(number: int) -> Site:
    return Site(number, [(f"{number}-{n}", f"Ministers met again, part {n}") for n in range(ENTRIES)])


def _address(key: str) -> str:
    return f"https://ministry.example/{key}.html"


def _announce(hour: int, site: Site, pages: dict[str, Answer]) -> None:
    name = list(PARTNERS.values())[hour]
    key, title = f"signing-{hour}", f"{name} and Ukraine sign a security agreement"
    site.entries = [(key, title), *site.entries[:-1]]
    pages[_address(key)] = page(title, SIGNING.format(name))


def _misbehave(sites: list[Site], chance: random.Random, faults: Counter[str], *, last: bool) -> None:
    """Let a tenth of the sites misbehave; in the last hour all answer well."""
    for site in sites:
        site.hours_left = 0 if last else site.hours_left - 1
    bad = [site for site in sites if site.hours_left > 0]
    fine = [site for site in sites if site.hours_left <= 0]
    for site in chance.sample(fine, 0 if last else max(0, len(sites) // 10 - len(bad))):
        ways = _ways(site)
        sort = chance.choice(("wire", "page", "body", "list"))
        site.fault, site.bad = chance.choice([each for each in ways if each[0].startswith(sort)])
        site.hours_left = chance.randint(1, 5)
        faults[site.fault] += 1


def _ways(site: Site) -> list[tuple[str, Callable[[], Answer]]]:
    """Every way in which a site can misbehave: on the wire, by what it sends, by what it lists."""
    ways: list[tuple[str, Callable[[], Answer]]] = []
    silent = (Transport.ANSWERED, Transport.NOT_MODIFIED)
    for transport in (each for each in Transport if each not in silent):
        ways.append(
            (f"wire: {transport.value}", lambda t=transport: FetchError("feed", t.value, "simulated"))
        )
    for shape in NO_ANSWERS:
        ways.append((f"page: {shape.name}", lambda s=shape: Page(s.body, s.status, s.headers, s.final_url)))
    false = f"<p>{FALSE}</p>".encode()
    wall = b"<html><head><title>Access Denied</title></head><body>" + false + b"</body></html>"
    ways += [
        ("page: a wall that speaks of a signing", lambda: Page(wall, 403)),
        (
            "page: an error that speaks of a signing",
            lambda: Page(wall.replace(b"Access Denied", b"Error"), 503),
        ),
        (
            "page: a home page that speaks of a signing",
            lambda: Page(b"<html><title>News</title>" + false * 40),
        ),
    ]
    body = site.good()
    attack = b"<!DOCTYPE a [<!ENTITY a 'x'><!ENTITY b '" + b"&a;" * 5_000 + b"'>]>"
    ways += [
        ("body: cut in the middle", lambda: body[: len(body) // 2]),
        ("body: cut in its last word", lambda: body[:-3]),
        ("body: empty", lambda: b""),
        ("body: blank", lambda: b" \n" * 1_000),
        ("body: noughts", lambda: b"\0" * 50_000),
        ("body: other bytes", lambda: bytes(range(256)) * 200),
        ("body: half UTF-16", lambda: body.decode().encode("utf-16")[:-5]),
        ("body: entities that grow", lambda: attack + body.replace(b"News", b"&b;" * 2_000, 1)),
        ("body: an entity of ours", lambda: b"<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]>" + body),
        ("body: unclosed tags", lambda: b"<a " * 40_000),
        ("body: nested tags", lambda: b"<rss>" + b"<b>" * 200_000),
        ("body: declarations", lambda: b"<!" * 200_000),
        ("body: a PDF", lambda: b"%PDF-1.7\n" + b"\0" * 5_000),
        ("body: JSON", lambda: b'{"items": []}'),
        ("body: deep JSON", lambda: b"[" * 100_000),
        ("list: no entry", lambda: feed()),
        ("list: a third", lambda: feed(*site.entries[: ENTRIES // 3])),
        ("list: other ids", lambda: feed(*((f"x{key}", title) for key, title in site.entries))),
        ("list: in another order", lambda: feed(*reversed(site.entries))),
        ("list: one entry twelve times", lambda: feed(*[site.entries[0]] * ENTRIES)),
        ("list: says that it is unchanged", lambda: None),
    ]
    return ways


def _parts(folder: Path, sites: list[Site], pages: dict[str, Answer], reader: WorkerReader) -> Parts:
    sources = (
        Source(
            f"s{site.number}",
            SourceKind.FEED,
            f"Ministry {site.number}",
            site.url,
            "en",
            licence="example",
            voice="UA",
        )
        for site in sites
    )
    fetcher = FakeFetcher(pages, datetime(2024, 2, 21, tzinfo=UTC), deque(maxlen=1))  # type: ignore[arg-type]
    return Parts(
        clock=FixedClock(datetime(2024, 2, 21, tzinfo=UTC)),
        store=open_store(folder / "monitor.db", create=True),
        evidence=FileEvidence(folder / "evidence"),
        fetcher=fetcher,
        reader=reader,
        detector=load_detector(),
        sources=Sources(tuple(sources)),
        editions=(edition(),),
        subscriptions=(),
    )


if __name__ == "__main__":
    sys.exit(main())
