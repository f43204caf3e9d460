"""What a year is made of: publishers with their faults, articles with their versions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

# What is as well read on the next Monday: nothing follows from it.
_QUIET = frozenset(
    {"unrelated", "implementing", "company", "sub-state", "third-countries", "multilateral", "anniversary"}
)


@dataclass(frozen=True, slots=True)
class Language:
    """What pages of one language carry beside their text. ``routine`` are unrelated (title, text) pairs."""

    code: str
    example: str
    words: Mapping[str, str]
    routine: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that is wrong with a publisher's site on the days from ``first`` to ``last``.

    ``what`` is one of: wall (403), down (503), page-instead (a page with status 200 in place of the
    list), frozen (the list stands still), redesign (other markup of the list), cut (half a reply),
    failed-page (the second page of a list fails), moved (pages answer under a new address).
    """

    what: str
    first: date
    last: date

    def covers(self, day: date) -> bool:
        """Return whether the fault is there on ``day``."""
        return self.first <= day <= self.last


@dataclass(frozen=True, slots=True)
class Routine:
    """Unrelated items: one every ``every`` days, none on the days of ``pause``; ``flood`` many on one day."""

    every: int
    pause: tuple[date, date] | None = None
    flood: tuple[date, int] | None = None


@dataclass(frozen=True, slots=True)
class Publisher:
    """A publisher with a site of its own; ``shows`` entries stand in its list."""

    name: str
    title: str
    lang: str
    kind: str
    format: str = ""
    template: str = "main"
    charset: str = "utf-8"
    timezone: str = "UTC"
    shows: int = 10
    full_text: bool = False
    validators: bool = True
    routine: Routine | None = None
    faults: tuple[Fault, ...] = ()

    def fault(self, what: str, day: date) -> Fault | None:
        """Return the fault of this kind that is there on ``day``."""
        return next((each for each in self.faults if each.what == what and each.covers(day)), None)


@dataclass(frozen=True, slots=True)
class Version:
    """What an article says from ``at`` on."""

    at: datetime
    title: str
    text: str
    summary: str = ""

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The blocks of the text; ``- `` begins a list, ``## `` a heading."""
        return tuple(block.strip() for block in self.text.split("\n\n") if block.strip())


@dataclass(frozen=True, slots=True)
class Attachment:
    """A PDF beside an article: the agreement's text."""

    slug: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Article:
    """A page with its versions. ``says`` and ``about`` are for people and tests: nothing serves them.

    ``listed`` is false for a page that no list names, such as one that a briefing cites. ``sender``
    is set for mail.
    """

    by: str
    slug: str
    lang: str
    versions: tuple[Version, ...]
    says: str = "unrelated"
    about: tuple[str, ...] = ()
    listed: bool = True
    pdf: Attachment | None = None
    sender: str = ""

    @property
    def at(self) -> datetime:
        """When it was published."""
        return self.versions[0].at

    @property
    def path(self) -> str:
        """Its path on the publisher's site."""
        return f"/{self.at:%Y/%m}/{self.slug}.html"

    def version(self, now: datetime) -> Version | None:
        """Return what it says at ``now``; None before it is published."""
        return next((each for each in reversed(self.versions) if each.at <= now), None)


@dataclass(frozen=True)
class Year:
    """A simulated year. ``notes`` is the rest of year.yaml: what people do on which day."""

    start: date
    end: date
    poll_at: time
    downtime: tuple[date, date]
    languages: Mapping[str, Language]
    publishers: Mapping[str, Publisher]
    articles: tuple[Article, ...]
    rows: tuple[Mapping[str, Any], ...] = ()
    deeds: tuple[Mapping[str, Any], ...] = field(default=())

    @cached_property
    def _by_publisher(self) -> Mapping[str, tuple[Article, ...]]:
        """Every publisher's articles, the newest first."""
        found: dict[str, list[Article]] = {name: [] for name in self.publishers}
        for article in sorted(self.articles, key=lambda each: (each.at, each.slug), reverse=True):
            found[article.by].append(article)
        return {name: tuple(articles) for name, articles in found.items()}

    @cached_property
    def _by_path(self) -> Mapping[tuple[str, str], Article]:
        return {(article.by, article.path): article for article in self.articles}

    def of(self, publisher: str, now: datetime) -> Sequence[Article]:
        """Return a publisher's articles that are published at ``now``, the newest first."""
        return [each for each in self._by_publisher[publisher] if each.at <= now]

    def find(self, publisher: str, path: str, now: datetime) -> Article | None:
        """Return the article under a path, None if there is none yet."""
        article = self._by_path.get((publisher, path))
        return article if article is not None and article.at <= now else None

    def instant(self, day: date) -> datetime:
        """Return when the monitor runs on ``day``."""
        return datetime.combine(day, self.poll_at, UTC)

    @cached_property
    def steps(self) -> tuple[datetime, ...]:
        """When the monitor runs: on days on which something happens and on Mondays, never in downtime."""
        first, last = self.downtime
        mondays = {day for day in _days(self.start, self.end) if day.weekday() == 0}
        days = mondays | self._eventful_days() | {self.start, self.end, last + timedelta(1)}
        kept = sorted(day for day in days if self.start <= day <= self.end and not first <= day <= last)
        return tuple(self.instant(day) for day in kept)

    def _eventful_days(self) -> set[date]:
        told = [each for each in self.articles if each.says not in _QUIET]
        days = {self._seen_on(version.at) for each in told for version in each.versions}
        for fault in (fault for each in self.publishers.values() for fault in each.faults):
            days |= {fault.first, fault.last + timedelta(1)}
        return days | {deed["on"] for deed in self.deeds}

    def _seen_on(self, at: datetime) -> date:
        """The day of the run that can see what is published at an instant."""
        day = at.astimezone(UTC).date()
        return day if at <= self.instant(day) else day + timedelta(1)


def local(at: datetime, publisher: Publisher) -> datetime:
    """Return an instant on the publisher's clock."""
    return at.astimezone(ZoneInfo(publisher.timezone))


def _days(first: date, last: date) -> list[date]:
    return [first + timedelta(number) for number in range((last - first).days + 1)]
