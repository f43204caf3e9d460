"""Findings of one document that speak of one instrument: the smallest thing that is grouped.

A register's row is one record, in all its versions; so are the findings that a release gives on one
title. Records are then joined to agreements, never findings.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import chain
from typing import Final

from monitor.ledger.signings import EXACTNESS, signings_of
from monitor.ledger.titles import Title, read_title
from monitor.model import Basis, Finding, Kind, Level, PartialDate, Relation, Stage

_CHANGING: Final = frozenset({Relation.AMENDS, Relation.SUPPLEMENTS, Relation.REPLACES})
_NEWS: Final = frozenset({Basis.RELEASE, Basis.PRESS})
_NEWS_BEFORE: Final = timedelta(days=10)
_NEWS_AFTER: Final = timedelta(days=1)  # published in a time zone where it was still the day before


@dataclass(frozen=True, slots=True)
class Record:
    """What one document says of one instrument.

    ``row`` names the register row. ``signings`` are when it says that both sides had signed, several only
    where it contradicts itself; ``implied`` is when an undated announcement of a signing must have been
    meant, from its publication; ``event`` is the date of whatever it reports.
    """

    key: str
    findings: tuple[Finding, ...]
    document: str
    row: tuple[str, str] | None
    title: Title
    kind: Kind
    level: Level
    instrument: str
    concluded: bool
    declined: bool
    signings: tuple[PartialDate, ...]
    implied: PartialDate | None
    event: PartialDate | None
    published: PartialDate | None
    numbers: frozenset[str]
    changes_another: bool

    @property
    def windows(self) -> tuple[PartialDate, ...]:
        """The days between which both sides signed, as far as it says or implies them."""
        return self.signings or ((self.implied,) if self.implied else ())

    @property
    def window(self) -> PartialDate | None:
        """The last of the windows, or None."""
        return self.windows[-1] if self.windows else None

    @property
    def reported(self) -> PartialDate | None:
        """When what it reports had happened."""
        return self.event or self.published


def records_of(
    findings: Iterable[Finding], parted_by: Callable[[str], tuple[int, ...]] = lambda _: ()
) -> tuple[Record, ...]:
    """Return the records that findings of one pair of sides make, in order of key.

    Companies' contracts and what only a document can be (recalled, unrelated) make none. Findings that
    ``parted_by`` tells apart are never of one record.
    """
    groups: dict[tuple[object, ...], list[Finding]] = {}
    for finding in sorted(findings, key=lambda each: each.id):
        if finding.stage.is_of_agreement and finding.level is not Level.COMPANY:
            key = (*_instrument_of(finding), *parted_by(finding.id))
            groups.setdefault(key, []).append(finding)
    return tuple(sorted((_record(group) for group in groups.values()), key=lambda record: record.key))


def _instrument_of(finding: Finding) -> tuple[str, ...]:
    row = _row(finding)
    if row is not None:
        return ("row", *row)
    title = read_title(finding.title, finding.lang)
    page = page_of(finding) or (finding.document_id,)
    return ("page", *page, title.whole, finding.kind.value, finding.instrument)


def _row(finding: Finding) -> tuple[str, str] | None:
    if finding.basis is not Basis.REGISTER:
        return None
    return finding.source_id, finding.item_key or finding.document_id


def _record(group: list[Finding]) -> Record:
    """The record of findings on one instrument; of a row in several versions the latest speaks."""
    current = current_of(group)
    latest = current[-1]
    title = read_title(latest.title, latest.lang)
    return Record(
        key=group[0].id,
        findings=tuple(group),
        document=latest.document_id,
        row=_row(latest),
        title=title,
        kind=latest.kind,
        level=latest.level,
        instrument=latest.instrument.casefold(),
        declined=any(each.stage is Stage.DECLINED for each in current),
        concluded=any(each.stage.implies_conclusion for each in current),
        signings=_signings(current),
        implied=_implied(current),
        event=_earliest(each.date for each in current),
        published=_earliest(each.published for each in current),
        numbers=frozenset(chain.from_iterable(each.numbers for each in current)),
        changes_another=title.changes_another or any(each.relation in _CHANGING for each in current),
    )


def current_of(findings: Sequence[Finding]) -> list[Finding]:
    """Return the findings that later versions of their rows and pages leave standing.

    Only what a later version says again is replaced: silence takes nothing back.
    """
    newest: dict[tuple[str, ...], tuple[datetime, str]] = {}
    for finding in findings:
        page = page_of(finding)
        if page is not None and finding.retrieved is not None:
            version = (finding.retrieved, finding.document_id)
            newest[page] = max(newest.get(page, version), version)
    return [each for each in findings if _version_of(newest, each) in (None, each.document_id)]


def _version_of(newest: dict[tuple[str, ...], tuple[datetime, str]], finding: Finding) -> str | None:
    page = page_of(finding)
    return newest[page][1] if page in newest else None


def page_of(finding: Finding) -> tuple[str, ...] | None:
    """Return what a document is a version of; an item's page and its attachments are each one."""
    if not finding.item_key:
        return None
    row = _row(finding)
    return row or (finding.source_id, finding.item_key, finding.url)


def _signings(findings: list[Finding]) -> tuple[PartialDate, ...]:
    """By the statement that gives days and gives most; all that it gives if it contradicts itself."""
    said = [signings for finding in findings if (signings := signings_of(finding))]
    return min(said, key=_exactness, default=())


def _exactness(signings: tuple[PartialDate, ...]) -> tuple[int, timedelta, date]:
    when = signings[-1]
    return EXACTNESS[when.precision], when.first - when.last, when.first


def _implied(findings: list[Finding]) -> PartialDate | None:
    """An announcement tells what is new: it was signed in the days before it was published."""
    published = [
        each.published
        for each in findings
        if each.stage is Stage.CONCLUDED and each.basis in _NEWS and each.published is not None
    ]
    if not published:
        return None
    first, last = min(each.first for each in published), max(each.last for each in published)
    return PartialDate.between(first - _NEWS_BEFORE, last + _NEWS_AFTER)


def _earliest(dates: Iterable[PartialDate | None]) -> PartialDate | None:
    known = [each for each in dates if each is not None]
    return min(known, key=lambda each: (each.first, each.last), default=None)
