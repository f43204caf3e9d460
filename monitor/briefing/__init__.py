"""What a briefing says, and how that stands to what is known: pure functions of their arguments.

What a polling cycle does not need is imported when it is first asked for: a cycle begins every minute.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from monitor.briefing.compare import compare
from monitor.briefing.layout import schema
from monitor.briefing.lifecycle import Reconciled, reconcile
from monitor.briefing.membership import standing
from monitor.briefing.out_of_date import StatementState, Status, statement_states
from monitor.briefing.parsing import parse_briefing

if TYPE_CHECKING:
    from monitor.briefing.closing import Accepted, close_edition
    from monitor.briefing.importing import Imported, import_paper
    from monitor.briefing.redline import Redline, as_docx, as_html, as_markdown, beside, mark_up
    from monitor.briefing.wording import Proposal, Wording, propose_wording

__all__ = [
    "Accepted",
    "Imported",
    "Proposal",
    "Reconciled",
    "Redline",
    "StatementState",
    "Status",
    "Wording",
    "as_docx",
    "as_html",
    "as_markdown",
    "beside",
    "close_edition",
    "compare",
    "import_paper",
    "mark_up",
    "parse_briefing",
    "propose_wording",
    "reconcile",
    "schema",
    "standing",
    "statement_states",
]

_LATER = {
    "closing": ("Accepted", "close_edition"),
    "importing": ("Imported", "import_paper"),
    "redline": ("Redline", "as_docx", "as_html", "as_markdown", "beside", "mark_up"),
    "wording": ("Proposal", "Wording", "propose_wording"),
}


def __getattr__(name: str) -> object:
    for module, names in _LATER.items():
        if name in names:
            return getattr(import_module(f"monitor.briefing.{module}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
