"""Why somebody decided: a code from a closed list, and free text, which may be disclosable.

Written ``code`` or ``code: text``; text alone counts as ``other``. The list is in docs/review.md.
"""

from enum import StrEnum

from monitor.model import Action, Decision


class Reason(StrEnum):
    """The closed list."""

    CONFIRMED = "confirmed"  # the evidence says so
    SAME = "same"  # one agreement under two names or titles
    DIFFERENT = "different"  # two agreements that were taken for one
    NOT_CONCLUDED = "not-concluded"  # announced, initialled or drafted only
    NOT_BILATERAL = "not-bilateral"  # three or more sides, or no state on one
    NOT_STATE = "not-state"  # a company's, a region's or a city's paper
    WRONG_PARTY = "wrong-party"
    WRONG_DATE = "wrong-date"
    WRONG_TEXT = "wrong-text"  # title, place, length or kind misread
    OLD = "old"  # recalled, an anniversary, reported before
    OUTSIDE = "outside"  # true, and does not matter to this briefing
    WORDING = "wording"  # true, and the proposed wording is not right
    WEAK = "weak"  # the source does not carry it
    LATER = "later"  # waits for something
    OTHER = "other"


_UNTRUE = frozenset(
    {Reason.NOT_CONCLUDED, Reason.NOT_BILATERAL, Reason.NOT_STATE, Reason.WRONG_PARTY, Reason.WEAK}
)


def takes_back(decision: Decision) -> bool:
    """Return whether a rejection says that what was told is not true, not only that it is left out here."""
    return decision.action is Action.REJECT and reason_of(decision)[0] in _UNTRUE


def split_reason(reason: str) -> tuple[Reason, str]:
    """Return the code and the free text of a reason as written."""
    code, _, text = reason.partition(":")
    if code.strip() in Reason.__members__.values():
        return Reason(code.strip()), text.strip()
    return Reason.OTHER, reason.strip()


def reason_of(decision: Decision) -> tuple[Reason, str]:
    """Return why a decision was taken: its code and its free text."""
    return split_reason(decision.reason)
