"""Which agreement another one amends, implements, supplements or replaces, found by the parent's title.

The parent is looked for among the agreements of the same sides. Its day, where the title gives it, must be
the agreement's; where two fit equally, none is taken.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from monitor.language import Given, find_dates, tokenise
from monitor.ledger.titles import Likeness, Match, Title, compare, read_title
from monitor.model import Agreement, PartialDate

_ALIKE: Final = 0.7  # of Likeness.value, for a title without a day
_RELATED: Final = 0.3  # beside a day: more than a subject that is near
_UNLIKE: Final = Likeness(Match.DIFFER, 0.0)
_YEAR: Final = re.compile(r"\b(?:1[6-9]|20)\d\d\b")
_CACHED: Final = 4_000


@dataclass(frozen=True, slots=True)
class _Candidate:
    """What of an agreement is compared with a parent's title."""

    id: str
    titles: tuple[Title, ...]
    numbers: frozenset[str]
    signed: tuple[PartialDate, ...]


def link(agreements: Sequence[Agreement]) -> tuple[Agreement, ...]:
    """Return ``agreements``, all of one pair of sides, each with its parent's id where that is known."""
    if not any(each.parent_title for each in agreements):
        return tuple(agreements)
    candidates = [_candidate(each) for each in agreements if each.is_agreement]
    return tuple(
        replace(each, parent_id=_parent_of(each, candidates)) if each.parent_title else each
        for each in agreements
    )


def _candidate(agreement: Agreement) -> _Candidate:
    titles = tuple(read_title(each.title, "") for each in agreement.titles)
    numbers = frozenset(number for title in titles for number in title.numbers)
    return _Candidate(agreement.id, titles, numbers, tuple(each.date for each in agreement.signed))


def _parent_of(agreement: Agreement, candidates: Sequence[_Candidate]) -> str | None:
    parent, days = read_title(agreement.parent_title, ""), _days(agreement.parent_title)
    years = frozenset(_YEAR.findall(agreement.parent_title))
    until = agreement.concluded.date if agreement.concluded else None
    ranked = sorted(
        (
            (fit, other.id)
            for other in candidates
            if other.id != agreement.id
            and not _is_later(other, until)
            and (fit := _fit(other, parent, days, years)) is not None
        ),
        reverse=True,
    )
    if not ranked or (len(ranked) > 1 and ranked[0][0] == ranked[1][0]):
        return None
    return ranked[0][1]


def _fit(
    other: _Candidate, parent: Title, days: Sequence[PartialDate], years: frozenset[str]
) -> tuple[bool, bool, float] | None:
    """How well ``other`` fits as the parent: by day, by number, by title; None if it does not."""
    by_day = any(day.overlaps(each) for day in days for each in other.signed)
    by_number = bool(other.numbers & parent.numbers)
    if (days and other.signed and not by_day) or (other.numbers and parent.numbers and not by_number):
        return None
    best = max(
        (_likeness(parent, title) for title in other.titles), key=lambda each: each.value, default=_UNLIKE
    )
    in_year = not years or any(str(each.last.year) in years for each in other.signed)
    stands_alone = best.value >= _ALIKE and best.shared > 1 and in_year
    return (
        (by_day, by_number, round(best.value, 3))
        if stands_alone or (by_day and best.value > _RELATED)
        else None
    )


def _likeness(parent: Title, title: Title) -> Likeness:
    likeness = compare(parent, title)
    if likeness.match is Match.DIFFER or parent.changes_another is not title.changes_another:
        return _UNLIKE
    return likeness


def _is_later(other: _Candidate, until: PartialDate | None) -> bool:
    return until is not None and bool(other.signed) and other.signed[0].first > until.last


@lru_cache(maxsize=_CACHED)
def _days(title: str) -> tuple[PartialDate, ...]:
    """The days that a parent's title gives of it; the first is its own, later ones of what it amended."""
    found = (each.date for each in find_dates(tokenise(title), "en", None) if each.given is Given.FULL)
    return tuple(each for each in found if each is not None)[:1]
