"""Changes into digests: plain words first, then Markdown, a page, plain text and a mail.

Pure: templates, names, time and zone are arguments.
"""

from typing import TYPE_CHECKING, Any

from monitor.reports.digest import Digest
from monitor.reports.material import Masthead, Material, Occasion
from monitor.reports.writing import compose, report_id_of

if TYPE_CHECKING:
    from monitor.reports.environment import check_templates
    from monitor.reports.make import make_report
    from monitor.reports.printing import TEMPLATES, render

__all__ = [
    "TEMPLATES",
    "Digest",
    "Masthead",
    "Material",
    "Occasion",
    "check_templates",
    "compose",
    "make_report",
    "render",
    "report_id_of",
]

_LATER = {
    "TEMPLATES": "printing",
    "render": "printing",
    "check_templates": "environment",
    "make_report": "make",
}


def __getattr__(name: str) -> Any:
    """Load what needs Jinja only when it is first used, so that ``monitor --help`` stays quick."""
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"monitor.reports.{_LATER[name]}"), name)
