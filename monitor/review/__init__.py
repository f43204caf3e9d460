"""What people decide and know: decisions made, checked and applied; agreements entered by hand."""

from monitor.review.apply import apply
from monitor.review.decide import decide
from monitor.review.persons import COLUMNS, PERSON_SOURCE, Entered, person_findings, read_rows
from monitor.review.reasons import Reason, reason_of, split_reason, takes_back
from monitor.review.versions import version_of

__all__ = [
    "COLUMNS",
    "PERSON_SOURCE",
    "Entered",
    "Reason",
    "apply",
    "decide",
    "person_findings",
    "read_rows",
    "reason_of",
    "split_reason",
    "takes_back",
    "version_of",
]
