"""Which statements an event puts out of date, and how: by what they depend on, never by whom they name.

A statement on the talks with one partner ages when that partner signs; one that lists who has signed is
incomplete from the next signature; one on "the remaining" ages when one of them leaves. A first stays a
first, a count ages only with its own subject, and what depends on something outside stays as it is.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from monitor.model import (
    Aged,
    Count,
    CountOf,
    Dependency,
    DependsOn,
    Edition,
    Entry,
    First,
    How,
    PartialDate,
    PartyCode,
    Scope,
    Stage,
    Statement,
)

_STRONGEST_FIRST = (How.SUPERSEDED, How.SUPERLATIVE, How.COUNT, How.RELATIVE_TIME, How.INCOMPLETE)
_ENDS = (Stage.REPLACED, Stage.EXPIRED, Stage.TERMINATED)


@dataclass(frozen=True, slots=True)
class Event:
    """A stage that an agreement reached, with the entries that speak of it.

    ``is_news`` is False for what happened before the cut-off: it makes a list wrong, not out of date.
    """

    partner: PartyCode
    stage: Stage
    scope: Scope
    date: PartialDate | None
    entries: frozenset[str] = frozenset()
    is_news: bool = True


def aged_by(edition: Edition, event: Event) -> tuple[Aged, ...]:
    """Return the statements that ``event`` puts out of date, in the order of the page."""
    entries = {entry.id: entry for entry in edition.entries}
    counts = {count.id: count for count in edition.counts}
    firsts = {first.id: first for first in edition.firsts}
    rules: dict[DependsOn, Callable[[Dependency], How | None]] = {
        DependsOn.ENTRY: lambda on: _by_entry(entries.get(on.ref), event),
        DependsOn.SERIES: lambda on: How.INCOMPLETE if _joins(on, event) else None,
        DependsOn.REMAINING: lambda on: How.SUPERSEDED if _leaves(on, event) else None,
        DependsOn.COUNT: lambda on: _by_count(counts.get(on.ref), event),
        DependsOn.FIRST: lambda on: _by_first(firsts.get(on.ref), event),
        DependsOn.MOMENT: lambda on: _by_moment(on, event),
    }
    found = [(each, strongest(_hows(each, rules))) for each in edition.statements if each.depends_on]
    return tuple(Aged(statement.id, how, event.date) for statement, how in found if how is not None)


def _hows(statement: Statement, rules: dict[DependsOn, Callable[[Dependency], How | None]]) -> set[How]:
    said = (rules[on.on](on) for on in statement.depends_on if on.on in rules)
    return {how for how in said if how is not None}


def strongest(hows: Iterable[How]) -> How | None:
    """Return the way that says most: what is overtaken is not also called incomplete."""
    found = set(hows)
    return next((how for how in _STRONGEST_FIRST if how in found), None)


def _by_entry(entry: Entry | None, event: Event) -> How | None:
    if entry is None or entry.id not in event.entries:
        return None
    if entry.stage.implies_conclusion:
        return How.SUPERSEDED if event.stage in _ENDS else None
    if event.stage.implies_conclusion or event.stage is Stage.DECLINED:
        return How.SUPERSEDED
    return How.INCOMPLETE if event.stage is Stage.AGREED_TEXT else None


def _joins(on: Dependency, event: Event) -> bool:
    """Whether the event adds one to the series' list, as far as the statement's list reaches."""
    adds = event.is_news and event.scope is Scope.SERIES and event.stage.implies_conclusion
    return adds and (not on.parties or event.partner in on.parties)


def _leaves(on: Dependency, event: Event) -> bool:
    decided = event.scope is Scope.SERIES or bool(event.entries)
    over = event.stage.implies_conclusion or event.stage is Stage.DECLINED
    return event.is_news and decided and over and event.partner in on.parties


def _by_count(count: Count | None, event: Event) -> How | None:
    counts_it = (
        count is not None and count.of is CountOf.SERIES and _joins(Dependency(DependsOn.COUNT), event)
    )
    return How.COUNT if counts_it else None


def _by_first(first: First | None, event: Event) -> How | None:
    """A first is contradicted by an earlier one of another partner, and by nothing later."""
    if first is None or first.date is None or event.date is None or not event.stage.implies_conclusion:
        return None
    earlier = event.date.last < first.date.first and event.partner != first.holder
    return How.SUPERLATIVE if earlier and event.scope is Scope.SERIES and first.in_series else None


def _by_moment(on: Dependency, event: Event) -> How | None:
    moves = event.stage.implies_conclusion or event.stage in (Stage.DECLINED, Stage.AGREED_TEXT)
    return How.RELATIVE_TIME if moves and on.ref in event.entries else None
