"""The running count: how many agreements of the series there were when, against the briefing's number."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from monitor.model import Change, ChangeKind, CountOf, Scope, written
from monitor.reports.desk import Desk, is_reported, lay_out
from monitor.reports.figures import Figure, Mark, Plot, PlotKind, figure
from monitor.reports.material import Material, Occasion
from monitor.reports.sheet import Cell, Part
from monitor.reports.words import counted, listed

_TITLE = "Agreements of the series, one after another"
_SIGNED = (ChangeKind.NEW, ChangeKind.UNDATED)


@dataclass(frozen=True, slots=True)
class Step:
    """A day on which agreements were signed, with whom, and how many there were by then."""

    day: date
    who: str
    count: int
    in_edition: bool


def steps(desk: Desk, changes: Sequence[Change]) -> tuple[Step, ...]:
    """Return the steps of the count: the edition's agreements and those signed since, by day.

    What has no day is in no step, and what is only reported is not counted.
    """
    signed: dict[tuple[date, bool], list[str]] = {}
    for entry in desk.material.edition.entries:
        if entry.in_series and entry.stage.implies_conclusion and entry.date:
            partners = [side for side in entry.sides if side != desk.focal]
            signed.setdefault((entry.date.first, True), []).append(desk.prose(partners))
    for change in signed_since(changes):
        if change.date:
            signed.setdefault((change.date.first, False), []).append(desk.prose(desk.partners(change)))
    found: list[Step] = []
    for (day, in_edition), names in sorted(signed.items()):
        before = found[-1].count if found else 0
        found.append(Step(day, listed(sorted(names)), before + len(names), in_edition))
    return tuple(found)


def signed_since(changes: Sequence[Change]) -> list[Change]:
    """Return what was signed in the series since the edition, on good word."""
    return [c for c in changes if c.kind in _SIGNED and c.scope is Scope.SERIES and not is_reported(c)]


def running_count(desk: Desk, changes: Sequence[Change]) -> Part:
    """Return the table that the figure is a picture of."""
    rows = tuple(
        (
            Cell(written(step.day)),
            Cell(step.who),
            Cell(f"{step.count:,}"),
            Cell("yes" if step.in_edition else "no"),
        )
        for step in steps(desk, changes)
    )
    columns = ("Day", "Signed with", "Agreements by then", "In the briefing")
    return Part(_TITLE, columns, rows, "None of the series has a day.")


def state_figures(material: Material, occasion: Occasion) -> tuple[Figure, ...]:
    """Return the figure of the running count, with the edition's own number as a line."""
    desk = lay_out(material, occasion)
    found = steps(desk, material.told)
    marks = tuple(Mark(step.day, value=float(step.count)) for step in found)
    level = edition_count(desk)
    plot = Plot(PlotKind.COUNT, marks, level=level)
    return figure(occasion.artist, "running-count", _TITLE, _alt(found, level), plot)


def edition_count(desk: Desk) -> float | None:
    """Return the number that the edition gives for the series, or the number that it lists."""
    given = [count.value for count in desk.material.edition.counts if count.of is CountOf.SERIES]
    listed_ones = [e for e in desk.material.edition.entries if e.in_series and e.stage.implies_conclusion]
    return float(given[0]) if given else float(len(listed_ones)) or None


def _alt(found: Sequence[Step], level: float | None) -> str:
    if not found:
        return ""
    first, last = found[0], found[-1]
    line = (
        f"A rising line: {counted(first.count, 'agreement')} on {written(first.day)},"
        f" {last.count:,} on {written(last.day)}."
    )
    return f"{line} The briefing has {level:,.0f}." if level else line
