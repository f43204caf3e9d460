"""What cannot wait for the next digest.

The editorial rule: the reader's own state as a party, a member of the G7, a termination or a denial; an
error in something already published is corrected at once whatever it is about. A rumour is never urgent,
and neither is what happened long before we learned of it.
"""

from datetime import date, timedelta

from monitor.model import Change, ChangeKind, Scope, Stage, Topic

_G7 = frozenset({"CA", "DE", "FR", "GB", "IT", "JP", "US"})
_ENDED = (Stage.TERMINATED, Stage.DECLINED)
_SIGNED = (ChangeKind.NEW, ChangeKind.UNDATED)
_NEWS_FOR = timedelta(days=14)


def is_urgent(change: Change, topic: Topic, today: date) -> bool:
    """Return whether a change is told at once to those who asked for that."""
    if not change.word.is_confirmed or (change.date and change.date.last < today - _NEWS_FOR):
        return False
    if change.stage in _ENDED and change.kind is not ChangeKind.DISCREPANCY:
        return True
    return change.kind in _SIGNED and urgency(change, topic) is not None


def urgency(change: Change, topic: Topic) -> int | None:
    """Return how far up in an alert a change stands, 0 first; None where nothing makes it urgent."""
    if change.stage in _ENDED:
        return 0
    if topic.own_state in change.sides:
        return 1
    partners = set(change.sides) - {topic.focal}
    return 2 if partners & _G7 and change.scope is not Scope.OTHER else None
