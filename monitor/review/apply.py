"""What a decision does to a change.

Decisions on agreements (merge, split, correct, not-an-agreement) do nothing here: the ledger groups
findings by them, and the changes follow from the comparison.
"""

from dataclasses import replace
from typing import Final

from monitor.errors import DecisionError, Problem
from monitor.model import Action, Change, Decision, Life

_SETTLES: Final = frozenset({Action.ACCEPT, Action.REJECT})
_KEEPS_OPEN: Final = frozenset({Action.DEFER, Action.NEEDS_SECOND_SOURCE})
_ENDED: Final = frozenset({Life.SUPERSEDED, Life.WITHDRAWN})


def apply(decision: Decision, change: Change) -> Change:
    """Return ``change`` as it stands after ``decision``.

    Accepting and rejecting settle it, until a version comes that a reader would notice; a decision on
    another version does nothing. Deferring, or asking for a second source, keeps or puts it on the list.

    Raises:
        DecisionError: the change was superseded or withdrawn, or the decision is about something else.
    """
    if decision.subject != change.id or decision.action not in _SETTLES | _KEEPS_OPEN:
        raise DecisionError([_problem(change, f"decision {decision.id} is not about it")])
    if change.life in _ENDED:
        raise DecisionError([_problem(change, f"it was {change.life.value}; there is nothing to decide")])
    if decision.seen_version and decision.seen_version != change.version:
        return change
    return replace(change, life=Life.DECIDED if decision.action in _SETTLES else Life.OPEN)


def _problem(change: Change, message: str) -> Problem:
    return Problem("decision", None, change.id, message)
