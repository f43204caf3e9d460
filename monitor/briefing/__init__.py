"""What a briefing says, and how that stands to what is known: pure functions of their arguments."""

from monitor.briefing.compare import compare
from monitor.briefing.layout import schema
from monitor.briefing.lifecycle import Reconciled, reconcile
from monitor.briefing.membership import standing
from monitor.briefing.parsing import parse_briefing

__all__ = ["Reconciled", "compare", "parse_briefing", "reconcile", "schema", "standing"]
