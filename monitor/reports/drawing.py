"""Draw plots with Altair and vl-convert, where the extra ``figures`` is installed; nothing is fetched.

Shape and words go with colour, which nobody has to see; the ground is white in dark pages too.
"""

from datetime import date
from importlib.util import find_spec
from typing import Any

from monitor.reports.figures import Artist, Drawn, Plot, PlotKind

_WIDTH, _ROW_HEIGHT, _COUNT_HEIGHT = 560, 26, 200  # pixels
_SCALE = 2.0  # of the PNG, for screens of high resolution
_COLOURS = ("#0b4f9e", "#b34700", "#4d4d4d")
_SHAPES = ("circle", "square", "triangle-up")
_SHADES = ("#d9e6f5", "#0b4f9e")
_DAY = "%-d %b %Y"
_MOST_TICKS = 6


def make_artist() -> Artist | None:
    """Return who draws figures, or None where the extra is not installed."""
    installed = find_spec("altair") is not None and find_spec("vl_convert") is not None
    return _Altair() if installed else None


class _Altair:
    """Charts by Altair, made into pictures by vl-convert."""

    def draw(self, plot: Plot) -> Drawn:
        """Return a plot, drawn."""
        import vl_convert

        charts = {PlotKind.TIMELINE: _timeline, PlotKind.COUNT: _count, PlotKind.WEEKS: _weeks}
        spec = charts[plot.kind](plot)
        return Drawn(vl_convert.vegalite_to_svg(spec), vl_convert.vegalite_to_png(spec, scale=_SCALE))


def _timeline(plot: Plot) -> dict[str, Any]:
    import altair as alt

    groups = list(plot.groups)
    scale = {"domain": groups, "range": list(_COLOURS[: len(groups)])}
    shapes = {"domain": groups, "range": list(_SHAPES[: len(groups)])}
    chart = alt.Chart(_data(plot)).mark_point(filled=True, size=70, opacity=0.8)
    return _finished(
        chart.encode(
            x=alt.X("day:T", title=None, axis=alt.Axis(format=_DAY, tickCount=_MOST_TICKS)),
            y=alt.Y("row:N", title=None, sort=list(plot.rows), scale=alt.Scale(domain=list(plot.rows))),
            color=alt.Color("group:N", title=None, scale=alt.Scale(**scale)),
            shape=alt.Shape("group:N", title=None, scale=alt.Scale(**shapes)),
        ).properties(width=_WIDTH, height=_ROW_HEIGHT * max(2, len(plot.rows)))
    )


def _count(plot: Plot) -> dict[str, Any]:
    import altair as alt

    steps = (
        alt.Chart(_data(plot))
        .mark_line(interpolate="step-after", point=True, color=_COLOURS[0])
        .encode(
            x=alt.X("day:T", title=None, axis=alt.Axis(format=_DAY, tickCount=_MOST_TICKS)),
            y=alt.Y("value:Q", title=None, axis=alt.Axis(tickMinStep=1)),
        )
        .properties(width=_WIDTH, height=_COUNT_HEIGHT)
    )
    if plot.level is None:
        return _finished(steps)
    level = alt.Chart(alt.Data(values=[{"level": plot.level}]))
    return _finished(steps + level.mark_rule(strokeDash=[5, 4], color=_COLOURS[1]).encode(y="level:Q"))


def _weeks(plot: Plot) -> dict[str, Any]:
    import altair as alt

    weeks = [_week(day) for day in sorted({mark.day for mark in plot.marks})]
    base = alt.Chart(_data(plot)).encode(
        x=alt.X("week:O", title=None, sort=weeks, axis=alt.Axis(labelAngle=0)),
        y=alt.Y("row:N", title=None, sort=list(plot.rows)),
    )
    shade = alt.Scale(domain=[0, 1], range=list(_SHADES))
    fields = base.mark_rect().encode(color=alt.Color("value:Q", title=None, scale=shade, legend=None))
    ink = alt.condition("datum.value > 0.75", alt.value("#ffffff"), alt.value("#1b1b1b"))
    words = base.mark_text(fontSize=10).encode(text="words:N", color=ink)
    return _finished((fields + words).properties(width=_WIDTH, height=_ROW_HEIGHT * len(plot.rows)))


def _data(plot: Plot) -> Any:
    import altair as alt

    return alt.Data(
        values=[
            {
                "day": mark.day.isoformat(),
                "week": _week(mark.day),
                "row": mark.row,
                "group": mark.group,
                "value": mark.value,
                "words": mark.words,
            }
            for mark in plot.marks
        ]
    )


def _week(day: date) -> str:
    return f"{day.day} {day:%b}"


def _finished(chart: Any) -> dict[str, Any]:
    """A chart as its specification, with letters of a size to read."""
    spec: dict[str, Any] = (
        chart.configure_axis(labelFontSize=12, labelLimit=220)
        .configure_legend(labelFontSize=12, orient="top")
        .to_dict()
    )
    return spec
