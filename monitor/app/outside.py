"""Things outside the series that statements depend on, and what a person says happened to one."""

from typing import Any

from monitor.app.core import App
from monitor.briefing import (
    OUTSIDE_CHANGED,
    OutsideEvent,
    as_detail,
    depending_on,
    outside_events,
    things_outside,
)
from monitor.errors import ConfigError, Problem
from monitor.model import AuditEntry, Batch, PartialDate


def outside_rows(app: App, briefing_id: str | None) -> list[dict[str, Any]]:
    """Return a row a thing outside, with the statements that depend on it and what happened to it last."""
    edition = app.edition(briefing_id)
    events = outside_events(app.store.audit(subject=edition.briefing_id), edition)
    last = {event.thing: f"{event.date.iso}: {event.words}" for event in events}
    return [
        {"thing": thing, "happened": last.get(thing), "statements": list(ids)}
        for thing, ids in things_outside(edition).items()
    ]


def enter_outside(
    app: App, briefing_id: str | None, thing: str, date: str, words: str, evidence: str, by: str
) -> str:
    """Record what happened to a thing; return what follows, in a line.

    Raises:
        ConfigError: no statement depends on such a thing, or the date is none or lies ahead.
    """
    edition = app.edition(briefing_id)
    touched = depending_on(edition, thing)
    if not touched:
        message = "no statement depends on it; `monitor briefing outside` lists what they depend on"
        raise ConfigError([Problem(edition.briefing_id, None, thing, message)])
    known = next(name for name, ids in things_outside(edition).items() if ids[0] == touched[0])
    event = OutsideEvent("", known, _day(app, date), words.strip(), evidence.strip(), by)
    if not event.words or not event.evidence or not by.strip():
        message = "say what happened, where it can be read, and who says so"
        raise ConfigError([Problem(edition.briefing_id, None, thing, message)])
    now = app.clock.now()
    entry = AuditEntry(now, by.strip(), OUTSIDE_CHANGED, edition.briefing_id, as_detail(event))
    app.store.save(Batch(at=now, audit=(entry,)))
    after = "it lies before the cut-off, so nothing follows"
    if event.date.is_after(edition.as_of):
        after = f"out of date: {', '.join(touched)}"
    return f"{known}: {event.words} ({event.date.written}); {after}"


def _day(app: App, text: str) -> PartialDate:
    try:
        day = PartialDate.parse(text)
    except ValueError as error:
        raise ConfigError([Problem("--on", None, text, str(error))]) from error
    if day.first > app.clock.now().date():
        raise ConfigError([Problem("--on", None, text, "lies ahead; enter it once it has happened")])
    return day
