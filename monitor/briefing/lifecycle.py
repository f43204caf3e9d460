"""How today's comparison meets the changes that are stored: what is new, what moved, what is withdrawn.

Pure. A change is announced once for ever unless what a reader would notice of it changes; a rejected
one is not proposed again until then.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from monitor.model import Change, Life

_ENDED = (Life.SUPERSEDED, Life.WITHDRAWN)


@dataclass(frozen=True, slots=True)
class Reconciled:
    """``save`` are the changes to store; ``tell`` those among them that subscribers have not heard of."""

    save: tuple[Change, ...]
    tell: tuple[Change, ...]


def reconcile(stored: Iterable[Change], fresh: Iterable[Change], *, as_of: date, now: datetime) -> Reconciled:
    """Return what to store and what to tell, given the stored changes of one briefing.

    Args:
        stored: Every change stored for the briefing, of all its editions.
        fresh: What the comparison with the current edition gives today.
        as_of: The current edition's cut-off; changes against others are superseded.
        now: When the comparison was made.
    """
    by_id = {change.id: change for change in stored}
    wanted = {change.id: change for change in fresh}
    told = [_told(by_id.get(change.id), change, now) for change in wanted.values()]
    tell = tuple(change for change in told if change is not None)
    quiet = [_refreshed(by_id[change.id], change) for change in wanted.values() if change.id in by_id]
    telling = {change.id for change in tell}
    ended = [_end(change, as_of) for change in by_id.values() if change.id not in wanted]
    unchanged = [change for change in quiet if change.id not in telling and change != by_id[change.id]]
    return Reconciled((*tell, *unchanged, *(change for change in ended if change is not None)), tell)


def _told(before: Change | None, fresh: Change, now: datetime) -> Change | None:
    """The change to tell, or None where nothing that a reader would notice is new."""
    if before is None:
        return replace(fresh, first_seen=now, life=Life.OPEN)
    if before.version != fresh.version or before.life in _ENDED:
        return replace(fresh, first_seen=before.first_seen, life=Life.OPEN)
    return None


def _refreshed(before: Change, fresh: Change) -> Change:
    """Evidence and statements as they stand today; life and first sight as they were."""
    return replace(fresh, first_seen=before.first_seen, life=before.life, supersedes=before.supersedes)


def _end(change: Change, as_of: date) -> Change | None:
    if change.life in _ENDED:
        return None
    return replace(change, life=Life.WITHDRAWN if change.as_of == as_of else Life.SUPERSEDED)
