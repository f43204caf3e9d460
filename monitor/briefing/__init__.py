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
from monitor.briefing.placing import place_of

if TYPE_CHECKING:
    from monitor.briefing.closing import Accepted, EditionKind, accepted_changes, close_edition
    from monitor.briefing.importing import Imported, import_paper
    from monitor.briefing.outside import (
        OUTSIDE_CHANGED,
        OutsideEvent,
        as_detail,
        depending_on,
        outside_event,
        outside_events,
        things_outside,
    )
    from monitor.briefing.record import Kept, record_tables
    from monitor.briefing.redline import Redline, as_docx, as_html, as_markdown, beside, mark_up
    from monitor.briefing.resting import is_newer_edition, resting_on
    from monitor.briefing.series_table import agreement_table
    from monitor.briefing.tables import (
        Table,
        table_csv,
        table_html,
        table_markdown,
        table_records,
        table_rows,
        tables_page,
    )
    from monitor.briefing.wording import Proposal, Wording, propose_wording

__all__ = [
    "OUTSIDE_CHANGED",
    "Accepted",
    "EditionKind",
    "Imported",
    "Kept",
    "OutsideEvent",
    "Proposal",
    "Reconciled",
    "Redline",
    "StatementState",
    "Status",
    "Table",
    "Wording",
    "accepted_changes",
    "agreement_table",
    "as_detail",
    "as_docx",
    "as_html",
    "as_markdown",
    "beside",
    "close_edition",
    "compare",
    "depending_on",
    "import_paper",
    "is_newer_edition",
    "mark_up",
    "outside_event",
    "outside_events",
    "parse_briefing",
    "place_of",
    "propose_wording",
    "reconcile",
    "record_tables",
    "resting_on",
    "schema",
    "standing",
    "statement_states",
    "table_csv",
    "table_html",
    "table_markdown",
    "table_records",
    "table_rows",
    "tables_page",
    "things_outside",
]

_LATER = {
    "closing": ("Accepted", "EditionKind", "accepted_changes", "close_edition"),
    "importing": ("Imported", "import_paper"),
    "outside": (
        "OUTSIDE_CHANGED",
        "OutsideEvent",
        "as_detail",
        "depending_on",
        "outside_event",
        "outside_events",
        "things_outside",
    ),
    "record": ("Kept", "record_tables"),
    "redline": ("Redline", "as_docx", "as_html", "as_markdown", "beside", "mark_up"),
    "resting": ("is_newer_edition", "resting_on"),
    "series_table": ("agreement_table",),
    "tables": (
        "Table",
        "table_csv",
        "table_html",
        "table_markdown",
        "table_records",
        "table_rows",
        "tables_page",
    ),
    "wording": ("Proposal", "Wording", "propose_wording"),
}


def __getattr__(name: str) -> object:
    for module, names in _LATER.items():
        if name in names:
            return getattr(import_module(f"monitor.briefing.{module}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
