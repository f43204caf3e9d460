"""Changes into reports: plain words first, then Markdown, a page, plain text, a mail, JSON, CSV or a feed.

Pure: templates, names, time and zone are arguments.
"""

from typing import TYPE_CHECKING, Any

from monitor.reports.disputes import disputed_days
from monitor.reports.figures import Artist
from monitor.reports.material import (
    FOR_PEOPLE,
    CitedEvent,
    Earlier,
    Held,
    Lapsed,
    Masthead,
    Material,
    Occasion,
    ToldAt,
    Wrong,
)

if TYPE_CHECKING:
    from monitor.reports.checking import check_templates
    from monitor.reports.digest import Digest
    from monitor.reports.drawing import make_artist
    from monitor.reports.health import Health
    from monitor.reports.make import make_health, make_report, make_table
    from monitor.reports.printing import render
    from monitor.reports.schemas import schema
    from monitor.reports.table import Known, Placed
    from monitor.reports.weeks import Track
    from monitor.reports.writing import compose, report_id_of

__all__ = [
    "FOR_PEOPLE",
    "Artist",
    "CitedEvent",
    "Digest",
    "Earlier",
    "Health",
    "Held",
    "Known",
    "Lapsed",
    "Masthead",
    "Material",
    "Occasion",
    "Placed",
    "ToldAt",
    "Track",
    "Wrong",
    "check_templates",
    "compose",
    "disputed_days",
    "make_artist",
    "make_health",
    "make_report",
    "make_table",
    "render",
    "report_id_of",
    "schema",
]

_LATER = {
    "Digest": "digest",
    "Health": "health",
    "Known": "table",
    "Placed": "table",
    "Track": "weeks",
    "check_templates": "checking",
    "compose": "writing",
    "make_artist": "drawing",
    "make_health": "make",
    "make_report": "make",
    "make_table": "make",
    "render": "printing",
    "report_id_of": "writing",
    "schema": "schemas",
}


def __getattr__(name: str) -> Any:
    """Load what makes reports only when it is first used: most runs make none."""
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"monitor.reports.{_LATER[name]}"), name)
