"""24 simulated hours under faults: no false change, no lost true one, steady memory.

``make soak``. Feeds and a clock in memory; a tenth of the sources misbehave at any time (timeouts, a
wall, a web page instead of the feed, an empty list, a cut body). Each hour one source announces a
signing; at the end exactly those are changes.
"""

import argparse
import random
import resource
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from monitor.errors import FetchError
from monitor.model import Source, SourceKind
from monitor.pipeline import Parts, poll_due
from monitor.recognition import load_detector
from monitor.sources import Sources
from tests.fakes import FakeFetcher, FixedClock, MemoryEvidence, MemoryStore, Page
from tests.pipeline.conftest import InlineReader, edition, feed, page

PARTNERS = [
    "CA",
    "IT",
    "NL",
    "FI",
    "LV",
    "ES",
    "BE",
    "PT",
    "SE",
    "NO",
    "IS",
    "JP",
    "US",
    "LT",
    "EE",
    "PL",
    "LU",
    "RO",
    "CZ",
    "SI",
    "IE",
    "HR",
    "GR",
    "AL",
]
NAMES = [
    "Canada",
    "Italy",
    "Netherlands",
    "Finland",
    "Latvia",
    "Spain",
    "Belgium",
    "Portugal",
    "Sweden",
    "Norway",
    "Iceland",
    "Japan",
]
NAMES += [
    "United_States",
    "Lithuania",
    "Estonia",
    "Poland",
    "Luxembourg",
    "Romania",
    "Czechia",
    "Slovenia",
    "Ireland",
    "Croatia",
]
NAMES += ["Greece", "Albania"]
FAULTS = (
    FetchError("feed", "timeout", "did not answer"),
    Page(b"<html><title>Access denied</title>", status=403),
    page("Our new site", "Please enjoy our new design."),
    b'<feed xmlns="http://www.w3.org/2005/Atom"><title>News</title></feed>',
    b'<feed xmlns="http://www.w3.org/2005/Atom"><title>News</title><entry>',
)


def main() -> int:
    """Run the day; return 1 where a change is false or lost."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sources", type=int, default=500)
    parser.add_argument("--minutes", type=int, default=60, help="simulated minutes between two cycles")
    given = parser.parse_args()
    chance = random.Random(24)
    urls = [f"https://ministry{number}.example/feed" for number in range(given.sources)]
    good = {url: feed(("0", "Nothing of interest")) for url in urls}
    pages: dict[str, object] = {"https://ministry.example/0.html": page("Nothing", "A bridge was painted.")}
    parts = _parts(urls, pages)
    peaks = []
    for hour in range(24):
        _announce(hour, urls[hour % len(urls)], good, pages)
        for _ in range(60 // given.minutes):
            bad = set(chance.sample(urls, len(urls) // 10)) if hour < 23 else set()
            pages |= {url: chance.choice(FAULTS) if url in bad else good[url] for url in urls}
            parts.clock.advance(minutes=given.minutes)  # type: ignore[attr-defined]  # the fake clock
            poll_due(parts, all_now=True)
        peaks.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
    found = sorted(next(side for side in each.sides if side != "UA") for each in parts.store.changes())
    print(f"{given.sources} sources, 24 hours: {len(found)} changes, 24 announced")
    print(f"peak memory by quarter of the day: {peaks[5]}, {peaks[11]}, {peaks[17]}, {peaks[23]} MB")
    return 0 if found == sorted(PARTNERS) else 1


def _parts(urls: list[str], pages: dict[str, object]) -> Parts:
    sources = [
        Source(f"s{number}", SourceKind.FEED, f"Ministry {number}", url, "en", licence="example")
        for number, url in enumerate(urls)
    ]
    return Parts(
        clock=FixedClock(datetime(2024, 2, 21, tzinfo=UTC)),
        store=MemoryStore(),
        evidence=MemoryEvidence(),
        fetcher=FakeFetcher(pages),  # type: ignore[arg-type]  # grows while the day goes on
        reader=InlineReader(),
        detector=load_detector(),
        sources=Sources(tuple(replace(each, voice="UA") for each in sources)),
        editions=(edition(),),
        subscriptions=(),
    )


def _announce(hour: int, url: str, good: dict[str, bytes], pages: dict[str, object]) -> None:
    name = NAMES[hour].replace("_", " ")
    title = f"{name} and Ukraine sign a security agreement"
    good[url] = feed((f"signing-{hour}", title), ("0", "Nothing of interest"))
    words = f"{name} and Ukraine signed an agreement on security cooperation in Kyiv on 21 February 2024."
    pages[f"https://ministry.example/signing-{hour}.html"] = page(title, words)


if __name__ == "__main__":
    sys.exit(main())
