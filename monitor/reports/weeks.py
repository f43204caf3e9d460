"""The health of sources over weeks: how many of their polls were read well in each."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from monitor.model import Poll, written
from monitor.reports.figures import Figure, Mark, Plot, PlotKind, figure
from monitor.reports.material import Occasion
from monitor.reports.sheet import Cell, Part
from monitor.reports.words import counted, local_day

WEEKS = 8
_TITLE = "Polls read well, week by week"
_MOST_DRAWN = 25  # sources, the worst first; the table has all of them

History = Mapping[str, Sequence[Poll]]
_Week = tuple[int, int]  # read well, and asked


def weekly(history: History, occasion: Occasion) -> Part:
    """Return a row a source and a column a week, oldest first; weeks end with the occasion's day."""
    starts = _starts(occasion)
    found = _by_week(history, occasion)
    rows = tuple((Cell(source), *(Cell(_words(week)) for week in weeks)) for source, weeks in found)
    columns = ("Source", *(f"From {start.day} {start:%b}" for start in starts))
    return Part(_TITLE, columns, rows, "No source was polled.")


def weeks_figure(history: History, occasion: Occasion) -> tuple[Figure, ...]:
    """Return the same as a figure, of the sources that were read worst."""
    starts = _starts(occasion)
    worst = sorted(_by_week(history, occasion), key=lambda each: (_share(each[1]), each[0]))[:_MOST_DRAWN]
    marks = tuple(
        Mark(start, source, value=well / asked, words=_words((well, asked)))
        for source, weeks in worst
        for start, (well, asked) in zip(starts, weeks, strict=True)
        if asked
    )
    rows = tuple(source for source, _ in worst if any(mark.row == source for mark in marks))
    plot = Plot(PlotKind.WEEKS, marks, rows)
    return figure(occasion.artist, "source-weeks", _TITLE, _alt(history, occasion), plot)


def _starts(occasion: Occasion) -> tuple[date, ...]:
    last = local_day(occasion.until, occasion.zone)
    return tuple(last - timedelta(days=7 * (back + 1) - 1) for back in reversed(range(WEEKS)))


def _by_week(history: History, occasion: Occasion) -> list[tuple[str, tuple[_Week, ...]]]:
    starts = _starts(occasion)
    found = []
    for source in sorted(history):
        days = [(local_day(poll.slot, occasion.zone), poll.verdict.is_success) for poll in history[source]]
        weeks = []
        for start in starts:
            polled = [well for day, well in days if start <= day < start + timedelta(days=7)]
            weeks.append((sum(polled), len(polled)))
        found.append((source, tuple(weeks)))
    return found


def _share(weeks: Sequence[_Week]) -> float:
    asked = sum(each for _, each in weeks)
    return sum(well for well, _ in weeks) / asked if asked else 1.0


def _words(week: _Week) -> str:
    well, asked = week
    return f"{well:,} of {asked:,}" if asked else "not asked"


def _alt(history: History, occasion: Occasion) -> str:
    weeks = [week for _, each in _by_week(history, occasion) for week in each]
    well, asked = sum(week[0] for week in weeks), sum(week[1] for week in weeks)
    first = _starts(occasion)[0]
    return (
        f"A field for each source and week since {written(first)}, darker the more polls were read well:"
        f" {well:,} of {counted(asked, 'poll')} were."
    )
