"""Readers that the child imports by name: each does what the body tells it to, good or bad."""

import os
import signal
import sys
import time
from datetime import UTC, datetime
from html.parser import HTMLParser

from monitor.errors import ExtractError
from monitor.model import (
    DocumentRead,
    Exchange,
    Item,
    ItemsRead,
    PartialDate,
    ReadJob,
    Source,
    SourceKind,
    Transport,
)

NOW = datetime(2031, 2, 1, 7, 0, tzinfo=UTC)


def job(body, *, content_type="text/plain", source_id="mfa"):
    """Return a job with this body."""
    source = Source(source_id, SourceKind.FEED, "Ministry", "https://mfa.example/feed", "en")
    headers = (("Content-Type", content_type),)
    exchange = Exchange(source_id, NOW, 1, "GET", source.url, NOW, 0.1, Transport.ANSWERED, headers=headers)
    return ReadJob(source, exchange, body)


def items(*titles, published=None):
    """Return a result with one item a title."""
    return ItemsRead(tuple(Item("mfa", (title,), title, "v1", published=published) for title in titles))


def behave(job: ReadJob) -> ItemsRead:
    """Do what the first word of the body says."""
    word, _, rest = job.body.partition(b" ")
    return DEEDS[word.decode()](rest)


def loop(_):
    while True:
        pass


def hog(_):
    kept = []
    while True:
        kept.append(bytearray(16 * 1024 * 1024))


def wait(_):
    time.sleep(60)


def refuse(rest):
    raise ExtractError("mfa", rest.decode(), permanent=True)


def fail(rest):
    raise KeyError(rest.decode())


def deep(_):
    def deeper(n):
        return deeper(n + 1)

    return deeper(0)


def old_parser(rest):
    """Feed the body to the parser that takes quadratic time."""
    parser = HTMLParser()
    parser.feed(rest.decode())
    parser.close()
    return items("parsed")


def stack(rest):
    """Parse deep nesting as a tree."""
    from bs4 import BeautifulSoup

    return items(str(len(BeautifulSoup(rest, "lxml").find_all(True))))


def feed(rest):
    """Parse a feed."""
    import io

    import feedparser

    return items(str(len(feedparser.parse(io.BytesIO(rest)).entries)))


class Elsewhere:
    """An answer that makes its receiver run something."""

    def __reduce__(self):
        return os.system, ("exit 0",)


DEEDS = {
    "echo": lambda rest: items(rest.decode()),
    "size": lambda rest: items(str(len(rest))),
    "large": lambda rest: items(*(str(n) * 100 for n in range(int(rest)))),
    "dated": lambda _: items("x", published=PartialDate.day(NOW.date(), "1 February 2031")),
    "pid": lambda _: items(str(os.getpid())),
    "environment": lambda _: items(*os.environ),
    "print": lambda rest: (print(rest.decode()), print(rest.decode(), file=sys.stderr), items("printed"))[2],  # noqa: T201
    "loop": loop,
    "hog": hog,
    "wait": wait,
    "segfault": lambda _: os.kill(os.getpid(), signal.SIGSEGV),
    "abort": lambda _: os.abort(),
    "killed": lambda _: os.kill(os.getpid(), signal.SIGKILL),
    "exit": lambda rest: os._exit(int(rest)),
    "refuse": refuse,
    "fail": fail,
    "deep": deep,
    "old-parser": old_parser,
    "stack": stack,
    "feed": feed,
    "evil": lambda _: Elsewhere(),
    "wrong": lambda _: "not a result",
    "%PDF-1.7": lambda _: items(str(os.getpid())),
    "%PDF-1.6": refuse,
}


def document(job: ReadJob) -> DocumentRead:
    """A second reader, to see that the function handed in is the one that is called."""
    raise ExtractError("mfa", "document was called")


def broken_preload() -> None:
    """Fail as a missing library would."""
    raise ImportError("no module named parser")
