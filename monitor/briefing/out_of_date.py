"""Which statements of an edition are out of date, how, since when, and because of what."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from monitor.briefing.ageing import strongest
from monitor.briefing.outside import OutsideEvent, depending_on
from monitor.model import Action, Aged, Change, Decision, Edition, How, Life, PartialDate, Statement

_STANDING = (Life.OPEN, Life.DECIDED)


class Status(StrEnum):
    """How a statement stands."""

    CURRENT = "current"
    OUT_OF_DATE = "out-of-date"


@dataclass(frozen=True, slots=True)
class StatementState:
    """One statement; ``because`` are the agreements, or events outside, that put it out of date, by date."""

    statement: Statement
    status: Status
    how: How | None = None
    because: tuple[str, ...] = ()
    since: PartialDate | None = None


def statement_states(
    edition: Edition,
    changes: Iterable[Change],
    *,
    decisions: Iterable[Decision] = (),
    outside: Iterable[OutsideEvent] = (),
    until: date | None = None,
) -> tuple[StatementState, ...]:
    """Return every statement of an edition in its order, with how it stands.

    Args:
        edition: What the briefing says.
        changes: Changes of any edition; those of others, and withdrawn ones, are passed over.
        decisions: People's decisions in the order taken; what a person rejected ages nothing.
        outside: What happened to things outside the series that statements depend on.
        until: Only what had happened by then counts; what nobody dates does not.
    """
    aged: dict[str, list[tuple[Aged, str]]] = {}
    for change in standing_changes(edition, changes, decisions):
        for each in change.aged:
            if until is None or (each.since is not None and each.since.is_until(until)):
                aged.setdefault(each.statement_id, []).append((each, change.agreement_id))
    for event in outside:
        if until is None or event.date.is_until(until):
            for name in depending_on(edition, event.thing):
                aged.setdefault(name, []).append((Aged(name, How.RELATIVE_TIME, event.date), event.id))
    return tuple(_state(statement, aged.get(statement.id, [])) for statement in edition.statements)


def standing_changes(
    edition: Edition, changes: Iterable[Change], decisions: Iterable[Decision] = ()
) -> list[Change]:
    """Return the changes against this edition that neither a person rejected nor the sources took back."""
    known = {change.id: change for change in changes}
    refused = _refused(decisions)
    same = (edition.briefing_id, edition.as_of)
    return [
        change
        for change in known.values()
        if (change.briefing_id, change.as_of) == same
        and change.life in _STANDING
        and last_word_on(change, known, refused) is None
    ]


def last_word_on(
    change: Change, known: Mapping[str, Change], taken: Collection[tuple[str, str]]
) -> tuple[str, str] | None:
    """Return the (change id, version) in ``taken`` on this difference, from whichever edition."""
    current: Change | None = change
    while current is not None and current.version == change.version:
        if (current.id, current.version) in taken:
            return current.id, current.version
        current = known.get(current.supersedes or "")
    return None


def _refused(decisions: Iterable[Decision]) -> set[tuple[str, str]]:
    """(change id, version) of what the last word of a person rejects."""
    return {key for key, action in last_words(decisions).items() if action is Action.REJECT}


def last_words(decisions: Iterable[Decision]) -> dict[tuple[str, str], Action]:
    """Return by (change id, version) what was decided last."""
    return {(each.subject, each.seen_version): each.action for each in decisions}


def _state(statement: Statement, aged: list[tuple[Aged, str]]) -> StatementState:
    if not aged:
        return StatementState(statement, Status.CURRENT)
    ordered = sorted(aged, key=lambda pair: (_first_day(pair[0]), pair[1]))
    because = tuple(dict.fromkeys(agreement_id for _, agreement_id in ordered))
    how = strongest(each.how for each, _ in aged)
    return StatementState(statement, Status.OUT_OF_DATE, how, because, ordered[0][0].since)


def _first_day(aged: Aged) -> str:
    return aged.since.first.isoformat() if aged.since is not None else "9999"
