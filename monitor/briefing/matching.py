"""Which entries of an edition speak of an agreement: by sides, then title words, kind and date together.

A pair of states has many agreements; neither the partner, nor the kind, nor the day alone says that two of
them are one. An entry for talks is matched only where nothing that was concluded matches.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from monitor.briefing.events import conclusion_date
from monitor.briefing.titles import are_alike, are_at_odds, changes_another, is_distinctive
from monitor.model import Agreement, DateOf, Edition, Entry, Finding, Level, PartialDate, Scope

_SLACK_DAYS = 7  # a release of the next day may be all that dates a signing
_FAR_DAYS = 366  # one title, other date: the same instrument with a date in doubt, not its successor


@dataclass(frozen=True, slots=True)
class Matched:
    """The entries on one agreement: those that call it concluded, and those on its negotiation."""

    concluded: tuple[Entry, ...] = ()
    talks: tuple[Entry, ...] = ()

    @property
    def entry_id(self) -> str | None:
        """The entry to name: the conclusion, else what the edition last says of the talks."""
        if self.concluded:
            return self.concluded[0].id
        return max(self.talks, key=_recency).id if self.talks else None

    @property
    def ids(self) -> frozenset[str]:
        """Ids of all of them."""
        return frozenset(entry.id for entry in (*self.concluded, *self.talks))


def concluded_entries(
    edition: Edition, agreement: Agreement, findings: Mapping[str, Finding]
) -> tuple[Entry, ...]:
    """Return the entries that state this agreement as concluded."""
    rivals = [entry for entry in edition.entries if entry.sides == agreement.sides]
    rivals = [entry for entry in rivals if entry.stage.implies_conclusion]
    return tuple(entry for entry in rivals if _is_it(entry, agreement, findings, rivals))


def talks_entries(edition: Edition, agreement: Agreement, scope: Scope) -> tuple[Entry, ...]:
    """Return the entries on negotiations that this agreement, or its draft, comes from."""
    if scope is Scope.OTHER or agreement.level is not Level.STATE or agreement.relation is not None:
        return ()
    return tuple(entry for entry in edition.entries if _is_of_talks(entry, agreement, scope))


def _is_of_talks(entry: Entry, agreement: Agreement, scope: Scope) -> bool:
    if entry.sides != agreement.sides or entry.stage.implies_conclusion:
        return False
    fits = entry.kind is agreement.kind or (scope is Scope.SERIES and entry.in_series)
    when = conclusion_date(agreement)
    return fits and (when is None or entry.date is None or when.last >= entry.date.first)


def _is_it(entry: Entry, agreement: Agreement, findings: Mapping[str, Finding], rivals: list[Entry]) -> bool:
    when = conclusion_date(agreement)
    if agreement.relation is not None and not changes_another(entry.title):
        return False
    titles = _titles(agreement, findings)
    alike = any(are_alike(entry.title, title) for title in titles)
    if when is None or entry.date is None:
        return alike or (entry.kind is agreement.kind and not titles and _is_only(entry, rivals))
    if alike and (is_distinctive(entry.title) or entry.kind is agreement.kind):
        return _within(entry.date, when, _FAR_DAYS if is_distinctive(entry.title) else _SLACK_DAYS)
    same_kind = entry.kind is agreement.kind and _within(entry.date, when, _SLACK_DAYS)
    return same_kind and not _is_titled_otherwise(entry, titles)


def _titles(agreement: Agreement, findings: Mapping[str, Finding]) -> dict[str, str]:
    """The agreement's titles with the language of each, empty where it is not known."""
    languages = {
        titled.title: findings[titled.finding_id].lang if titled.finding_id in findings else ""
        for titled in agreement.titles
    }
    return languages or ({agreement.title: ""} if agreement.title else {})


def _is_titled_otherwise(entry: Entry, titles: Mapping[str, str]) -> bool:
    """Whether all English titles contradict the entry's; titles in other languages cannot."""
    english = [title for title, lang in titles.items() if lang.casefold().startswith("en")]
    return bool(entry.title and english) and all(are_at_odds(entry.title, title) for title in english)


def _within(one: PartialDate, other: PartialDate, days: int) -> bool:
    return one.first - timedelta(days) <= other.last and other.first - timedelta(days) <= one.last


def _is_only(entry: Entry, rivals: Iterable[Entry]) -> bool:
    return not any(each.kind is entry.kind and each.id != entry.id for each in rivals)


def _recency(entry: Entry) -> tuple[bool, str]:
    """A draft says more than the opening of talks."""
    first = entry.date.first.isoformat() if entry.date is not None else ""
    return (entry.date_of is DateOf.DRAFT_PRESENTED, first)
