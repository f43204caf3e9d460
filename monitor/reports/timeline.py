"""The timeline of the table of agreements: what was signed when, and what became of it."""

from monitor.model import PartialDate, Stage, written
from monitor.reports.figures import Figure, Mark, Plot, PlotKind, figure
from monitor.reports.material import Occasion
from monitor.reports.table import SCOPES, Known, Row, table_rows
from monitor.reports.words import counted, listed, stage_words

_TITLE = "By date and stage"
_SIGNED = stage_words(Stage.CONCLUDED)
_APPLIED = stage_words(Stage.PROVISIONALLY_APPLIED)
_IN_FORCE = stage_words(Stage.IN_FORCE)
_STAGES = (_SIGNED, _APPLIED, _IN_FORCE, "ended")


def timeline_figure(known: Known, occasion: Occasion) -> tuple[Figure, ...]:
    """Return the timeline of the agreements in the table; the undated are in the table alone."""
    marks = tuple(mark for row in table_rows(known) for mark in _marks(row))
    stages = [stage for stage in _STAGES if any(mark.row == stage for mark in marks)]
    scopes = tuple(scope for scope in SCOPES.values() if any(mark.group == scope for mark in marks))
    plot = Plot(PlotKind.TIMELINE, marks, tuple(stages), scopes)
    return figure(occasion.artist, "timeline", _TITLE, _alt(marks, stages), plot)


def _marks(row: Row) -> list[Mark]:
    days = (row.concluded, row.provisionally_applied, row.in_force, row.ended)
    return [
        Mark(PartialDate.parse(iso).first, stage, row.scope)
        for stage, iso in zip(_STAGES, days, strict=True)
        if iso
    ]


def _alt(marks: tuple[Mark, ...], stages: list[str]) -> str:
    if not marks:
        return ""
    counts = [counted(sum(mark.row == stage for mark in marks), stage, stage) for stage in stages]
    first, last = min(mark.day for mark in marks), max(mark.day for mark in marks)
    return f"Points by day, from {written(first)} to {written(last)}: {listed(counts)}."
