"""Figures as Altair and vl-convert draw them."""

from datetime import date

import pytest
from lxml import etree

from monitor.reports import make_artist
from monitor.reports.figures import Mark, Plot, PlotKind

pytestmark = [pytest.mark.slow, pytest.mark.timeout(120)]

HOSTILE = '</text><script>alert(1)</script>&"'
PLOTS = [
    Plot(PlotKind.TIMELINE, (Mark(date(2031, 2, 3), "signed", HOSTILE),), ("signed",), (HOSTILE,)),
    Plot(PlotKind.COUNT, (Mark(date(2031, 2, 3), value=1), Mark(date(2031, 2, 9), value=3)), level=1),
    Plot(PlotKind.WEEKS, (Mark(date(2031, 2, 3), HOSTILE, value=0.5, words="1 of 2"),), (HOSTILE,)),
]


@pytest.mark.parametrize("plot", PLOTS, ids=lambda plot: plot.kind.value)
def test_a_plot_is_the_same_bytes_each_time_and_holds_no_markup_of_others(plot):
    """A report that is made again is the same; a name from the web stays a name."""
    one, other = make_artist().draw(plot), make_artist().draw(plot)
    tags = {etree.QName(each).localname for each in etree.fromstring(one.svg).iter(tag=etree.Element)}

    assert one == other
    assert one.png.startswith(b"\x89PNG")
    assert tags <= {"svg", "g", "rect", "path", "text", "line", "clipPath", "defs", "style"}
