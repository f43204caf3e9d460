"""Exchanges, items and history -> verdict, gaps, questions, coverage. Pure: time is an argument."""

from monitor.health.coverage import coverage, faults
from monitor.health.judging import Judgement, is_expected_failure, judge
from monitor.health.novelty import Novelty, compare_items
from monitor.health.reasons import REASONS, Objection, Reason, words_for
from monitor.health.replies import check_document_reply, check_source_reply

__all__ = [
    "REASONS",
    "Judgement",
    "Novelty",
    "Objection",
    "Reason",
    "check_document_reply",
    "check_source_reply",
    "compare_items",
    "coverage",
    "faults",
    "is_expected_failure",
    "judge",
    "words_for",
]
