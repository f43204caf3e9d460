"""What the briefing now gets wrong or leaves out, statement by statement, and what is still right.

A statement is shown once, with every change that ages it. Changes that are only reported age
nothing. Proposed wording is not made here.
"""

import re
from collections import defaultdict
from collections.abc import Sequence

from monitor.model import (
    Change,
    ChangeKind,
    Count,
    CountOf,
    Edition,
    First,
    How,
    Scope,
    Section,
    Stage,
    Statement,
    Unit,
    written,
)
from monitor.reports.desk import Desk, is_reported
from monitor.reports.digest import OutOfDate
from monitor.reports.evidence import cut
from monitor.reports.words import (
    capital,
    in_prose,
    listed,
    parties_counted,
    sentence,
    stage_words,
)

_MOST_NAMED = 5
_MOST_WORDS = 60
_MOST_RIGHT = 4
_ORDER = (How.SUPERSEDED, How.SUPERLATIVE, How.COUNT, How.INCOMPLETE, How.RELATIVE_TIME)
_REMARK = re.compile(r"\s*\([^()]*\)\Z")  # what an edition's file says about a count, beside its subject
_UNITS = {Unit.HEADING: "heading", Unit.ITEM: "list item", Unit.QUOTATION: "quotation"}


def out_of_date(desk: Desk, changes: Sequence[Change]) -> tuple[OutOfDate, ...]:
    """Return one row a statement that ``changes`` put out of date, in the order of the briefing."""
    edition = desk.material.edition
    aging = _aging(changes)
    known = {statement.id for statement in edition.statements}
    rows = [
        OutOfDate(where(edition, statement), _says(statement), _position(desk, aging[statement.id]))
        for statement in edition.statements
        if statement.id in aging
    ]
    rows += [
        OutOfDate(each, "(this statement is no longer in the briefing)", _position(desk, aging[each]))
        for each in sorted(aging.keys() - known)
    ]
    return tuple(rows)


def still_right(desk: Desk, changes: Sequence[Change]) -> tuple[str, ...]:
    """Return what a reader might take for out of date after a signing although it is not."""
    if not any(_is_signing(change) for change in changes):
        return ()
    edition = desk.material.edition
    aged = _aging((*changes, *desk.standing()))
    lines = [_first_line(desk, first) for first in edition.firsts if first.in_series]
    lines += [_count_line(count) for count in edition.counts if _is_unmoved(count, aged)]
    return tuple(lines[:_MOST_RIGHT])


def _is_signing(change: Change) -> bool:
    """Whether it adds to the series, or may: only then would somebody doubt a first or a count."""
    added = change.kind in (ChangeKind.NEW, ChangeKind.UNDATED) and change.scope is not Scope.OTHER
    return added and not is_reported(change)


def _first_line(desk: Desk, first: First) -> str:
    if not first.holder:
        return sentence(f"the first {first.subject} stays the first")
    return sentence(f"{desk.prose([first.holder])} was the first {first.subject}: a first stays a first")


def _aging(changes: Sequence[Change]) -> dict[str, list[tuple[How, Change]]]:
    aging = defaultdict(list)
    for change in changes:
        if not is_reported(change):
            for aged in change.aged:
                aging[aged.statement_id].append((aged.how, change))
    return dict(aging)


def _is_unmoved(count: Count, aged: dict[str, list[tuple[How, Change]]]) -> bool:
    return count.of is not CountOf.SERIES and not any(statement in aged for statement in count.statements)


def _count_line(count: Count) -> str:
    what = "adherents to the declaration" if count.of is CountOf.ADHERENTS else "something else"
    subject = _REMARK.sub("", count.subject)
    return sentence(f"“{count.value:,} {subject}” is unaffected: it counts {what}, not bilateral agreements")


def where(edition: Edition, statement: Statement) -> str:
    """Return the section and unit, with the footnotes that go with it."""
    place = _section(edition, statement.section)
    if statement.unit is Unit.NOTE or statement.note is not None:
        return f"{place}, note {statement.note}"
    unit = f", {_UNITS[statement.unit]}" if statement.unit in _UNITS else ""
    notes = [str(note) for note in statement.notes]
    marks = f" (note{'s' if len(notes) > 1 else ''} {listed(notes)})" if notes else ""
    return f"{place}{unit}{marks}"


def _section(edition: Edition, section_id: str) -> str:
    """The section's title with the number that it or the section around it bears."""
    section = edition.section(section_id)
    if section is None:
        return capital(section_id)
    around: Section | None = section
    while around and not around.number:
        around = edition.section(around.parent) if around.parent else None
    return f"Section {around.number}, {section.title}" if around else section.title


def _says(statement: Statement) -> str:
    return f"“{cut(statement.text, _MOST_WORDS)}”"


def _position(desk: Desk, aged: Sequence[tuple[How, Change]]) -> str:
    """How things stand now, one sentence a way of aging."""
    sentences = []
    for how in _ORDER:
        changes = [change for each, change in aged if each is how]
        if changes:
            sentences.append(sentence(_clause(desk, how, changes)))
    return " ".join(sentences)


def _clause(desk: Desk, how: How, changes: Sequence[Change]) -> str:
    who = _who(desk, changes)
    if how is How.SUPERLATIVE:
        return f"no longer holds: {who}"
    if how is How.COUNT:
        codes = [code for change in changes for code in desk.partners(change)]
        return f"the number is out of date: add {parties_counted(codes, desk.material.names)} ({who})"
    if how is How.INCOMPLETE:
        return f"leaves out {who}"
    happened = _happened(desk, changes)
    return f"true when written; since then {happened}" if how is How.RELATIVE_TIME else happened


def _who(desk: Desk, changes: Sequence[Change]) -> str:
    """Who reached which stage when; beyond five parties a count."""
    if len(changes) > _MOST_NAMED:
        codes = [code for change in changes for code in desk.partners(change)]
        days = sorted(change.date.first for change in changes if change.date)
        until = f" by {written(days[-1])}" if days else ""
        return f"{parties_counted(codes, desk.material.names)} ({_what(changes)}{until})"
    return listed([_named(desk, change) for change in changes])


def _named(desk: Desk, change: Change) -> str:
    parties = listed([in_prose(code, desk.material.names) for code in desk.partners(change)])
    when = f" {desk.day_of(change)}" if change.date else ""
    return f"{parties} ({stage_words(change.stage)}{when})"


def _happened(desk: Desk, changes: Sequence[Change]) -> str:
    """``Borduria signed on 22 February 2031``, several with their days in brackets."""
    if len(changes) == 1 and changes[0].stage is Stage.CONCLUDED:
        when = desk.day_of(changes[0])
        return f"{desk.prose(desk.partners(changes[0]))} signed{f' on {when}' if when else ''}"
    if len(changes) <= _MOST_NAMED and all(change.stage is Stage.CONCLUDED for change in changes):
        named = [f"{desk.prose(desk.partners(c))} ({desk.day_of(c) or 'date not stated'})" for c in changes]
        return f"{listed(named)} signed"
    return _who(desk, changes)


def _what(changes: Sequence[Change]) -> str:
    stages = {stage_words(change.stage) for change in changes}
    return stages.pop() if len(stages) == 1 else "moved on"
