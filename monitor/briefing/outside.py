"""What happened outside the series to things that statements depend on: an office-holder, a convention.

No source says it by itself: a person enters the event once, and every statement that depends on the thing is
out of date from that day on.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from monitor.briefing.titles import folded
from monitor.model import AuditEntry, DependsOn, Edition, PartialDate

OUTSIDE_CHANGED: Final = "outside-changed"


@dataclass(frozen=True, slots=True)
class OutsideEvent:
    """``thing`` is what the statements' ``outside`` names; ``words`` say what happened to it."""

    id: str
    thing: str
    date: PartialDate
    words: str
    evidence: str
    by: str


def things_outside(edition: Edition) -> dict[str, tuple[str, ...]]:
    """Return by thing outside the series the ids of the statements that depend on it, in order."""
    found: dict[str, list[str]] = {}
    for statement in edition.statements:
        for on in statement.depends_on:
            if on.on is DependsOn.OUTSIDE and on.ref:
                found.setdefault(on.ref, []).append(statement.id)
    return {thing: tuple(ids) for thing, ids in found.items()}


def depending_on(edition: Edition, thing: str) -> tuple[str, ...]:
    """Return the statements that depend on a thing; capitals and hyphens do not count."""
    wanted = folded(thing)
    found = (ids for name, ids in things_outside(edition).items() if folded(name) == wanted)
    return tuple(each for ids in found for each in ids)


def as_detail(event: OutsideEvent) -> str:
    """Return an event as the audit's entry keeps it; who entered it is the entry's actor."""
    values = {"thing": event.thing, "on": event.date.iso, "words": event.words, "evidence": event.evidence}
    return json.dumps(values, ensure_ascii=False)


def outside_events(entries: Iterable[AuditEntry], edition: Edition) -> tuple[OutsideEvent, ...]:
    """Return the events after an edition's cut-off, by date; others are in the edition."""
    found = [outside_event(each) for each in entries if each.action == OUTSIDE_CHANGED]
    since = [each for each in found if each.date.is_after(edition.as_of)]
    return tuple(sorted(since, key=lambda each: (each.date.first, each.id)))


def outside_event(entry: AuditEntry) -> OutsideEvent:
    """Return the event that an entry of the audit records."""
    says = json.loads(entry.detail)
    name = "o-" + hashlib.sha256(f"{entry.subject}\0{entry.detail}".encode()).hexdigest()[:16]
    when = PartialDate.parse(says["on"])
    return OutsideEvent(name, says["thing"], when, says["words"], says["evidence"], entry.actor)
