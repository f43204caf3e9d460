"""The health of sources over weeks: how many of their polls were read well in each."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from monitor.model import written
from monitor.reports.figures import Figure, Mark, Plot, PlotKind, figure
from monitor.reports.material import Occasion
from monitor.reports.sheet import Cell, Part
from monitor.reports.words import counted, local_day

WEEKS = 8
_TITLE = "Polls read well, week by week"
_MOST_DRAWN = 25  # sources, the worst first; the table has all of them

_Week = tuple[int, int] | None  # read well, and asked; None where not all of it is known


@dataclass(frozen=True, slots=True)
class Track:
    """When a source was polled and whether it was read well; ``since`` is from when all of it is known."""

    polls: tuple[tuple[datetime, bool], ...]
    since: datetime | None = None


Tracks = Mapping[str, Track]


def weekly(tracks: Tracks, occasion: Occasion) -> Part:
    """Return a row a source and a column a week, oldest first; weeks end with the occasion's day."""
    starts = _starts(occasion)
    found = _by_week(tracks, occasion)
    rows = tuple((Cell(source), *(Cell(_words(week)) for week in weeks)) for source, weeks in found)
    columns = ("Source", *(f"From {start.day} {start:%b}" for start in starts))
    return Part(_TITLE, columns, rows, "No source was polled.")


def weeks_figure(tracks: Tracks, occasion: Occasion) -> tuple[Figure, ...]:
    """Return the same as a figure, of the sources that were read worst."""
    starts = _starts(occasion)
    worst = sorted(_by_week(tracks, occasion), key=lambda each: (_share(each[1]), each[0]))[:_MOST_DRAWN]
    marks = tuple(
        Mark(start, source, value=well / asked, words=_words((well, asked)))
        for source, weeks in worst
        for start, week in zip(starts, weeks, strict=True)
        if week is not None and week[1]
        for well, asked in [week]
    )
    rows = tuple(source for source, _ in worst if any(mark.row == source for mark in marks))
    plot = Plot(PlotKind.WEEKS, marks, rows)
    return figure(occasion.artist, "source-weeks", _TITLE, _alt(tracks, occasion), plot)


def _starts(occasion: Occasion) -> tuple[date, ...]:
    last = local_day(occasion.until, occasion.zone)
    return tuple(last - timedelta(days=7 * (back + 1) - 1) for back in reversed(range(WEEKS)))


def _by_week(tracks: Tracks, occasion: Occasion) -> list[tuple[str, tuple[_Week, ...]]]:
    starts = _starts(occasion)
    found = []
    for source in sorted(tracks):
        track = tracks[source]
        days = [(local_day(at, occasion.zone), well) for at, well in track.polls]
        first = local_day(track.since, occasion.zone) if track.since else None
        weeks: list[_Week] = []
        for start in starts:
            polled = [well for day, well in days if start <= day < start + timedelta(days=7)]
            is_known = first is None or start > first
            weeks.append((sum(polled), len(polled)) if is_known else None)
        found.append((source, tuple(weeks)))
    return found


def _share(weeks: Sequence[_Week]) -> float:
    well, asked = _sums(weeks)
    return well / asked if asked else 1.0


def _sums(weeks: Iterable[_Week]) -> tuple[int, int]:
    known = [week for week in weeks if week is not None]
    return sum(well for well, _ in known), sum(asked for _, asked in known)


def _words(week: _Week) -> str:
    if week is None:
        return "not counted"
    well, asked = week
    return f"{well:,} of {asked:,}" if asked else "not asked"


def _alt(tracks: Tracks, occasion: Occasion) -> str:
    well, asked = _sums(week for _, each in _by_week(tracks, occasion) for week in each)
    first = _starts(occasion)[0]
    return (
        f"A field for each source and week since {written(first)}, darker the more polls were read well:"
        f" {well:,} of {counted(asked, 'poll')} were."
    )
