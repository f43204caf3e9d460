"""What a briefing says, and how that stands to what is known: pure functions of their arguments."""

from monitor.briefing.closing import Accepted, close_edition
from monitor.briefing.compare import compare
from monitor.briefing.importing import Imported, import_paper
from monitor.briefing.layout import schema
from monitor.briefing.lifecycle import Reconciled, reconcile
from monitor.briefing.membership import standing
from monitor.briefing.out_of_date import StatementState, Status, statement_states
from monitor.briefing.parsing import parse_briefing
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
