"""Exchanges, items and history -> verdict, gaps, questions, coverage. Pure: time is an argument."""

from monitor.health.coverage import coverage, faults, overdue_since
from monitor.health.judging import Judgement, is_expected_failure, judge
from monitor.health.notices import notice, silent_since
from monitor.health.novelty import Novelty, compare_items
from monitor.health.reasons import NOTES, REASONS, Objection, Reason, words_for
from monitor.health.replies import check_document_reply, check_source_reply, same_site
from monitor.health.watching import PageChange, lines_of, page_change, words_that_differ

__all__ = [
    "NOTES",
    "REASONS",
    "Judgement",
    "Novelty",
    "Objection",
    "PageChange",
    "Reason",
    "check_document_reply",
    "check_source_reply",
    "compare_items",
    "coverage",
    "faults",
    "is_expected_failure",
    "judge",
    "lines_of",
    "notice",
    "overdue_since",
    "page_change",
    "same_site",
    "silent_since",
    "words_for",
    "words_that_differ",
]
