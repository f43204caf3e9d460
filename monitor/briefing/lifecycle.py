"""How today's comparison meets the changes that are stored: what is new, what moved, what is withdrawn.

Pure. A change is announced once for ever unless what a reader would notice of it changes; a rejected
one is not proposed again until then. What was a lead, talks or undated and is now confirmed, signed or
dated is another change: it names the one that it supersedes. So does the same difference from the next
edition, which is neither told again nor asked again if it was decided.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from types import MappingProxyType

from monitor.model import Change, ChangeKind, Life

_ENDED = (Life.SUPERSEDED, Life.WITHDRAWN)
_EARLIER = (ChangeKind.LEAD, ChangeKind.UNDER_WAY, ChangeKind.UNDATED)
_LATER = (ChangeKind.NEW, ChangeKind.OMITTED, ChangeKind.ADVANCED, ChangeKind.UNDATED, ChangeKind.LEAD)


@dataclass(frozen=True, slots=True)
class Reconciled:
    """``save`` are the changes to store; ``tell`` those among them that subscribers have not heard of.

    ``carried`` are those that go on against a new edition; who waits to hear of the one that each
    supersedes waits for it.
    """

    save: tuple[Change, ...]
    tell: tuple[Change, ...]
    carried: tuple[Change, ...] = ()


def reconcile(
    stored: Iterable[Change],
    fresh: Iterable[Change],
    *,
    as_of: date,
    now: datetime,
    aliases: Mapping[str, str] = MappingProxyType({}),
) -> Reconciled:
    """Return what to store and what to tell, given the stored changes of one briefing.

    Args:
        stored: Every change stored for the briefing, of all its editions.
        fresh: What the comparison with the current edition gives today.
        as_of: The current edition's cut-off; changes against others are superseded.
        now: When the comparison was made.
        aliases: Ids of agreements that were merged into others, with the ids of those.
    """
    by_id = {change.id: change for change in stored}
    wanted = {change.id: change for change in fresh}
    carried = _carried(
        by_id.values(), [each for each in wanted.values() if each.id not in by_id], as_of, aliases
    )
    followed = _followed(by_id.values(), wanted.values(), as_of, aliases)
    going_on = {change.id for change in carried}
    told = [
        _told(by_id.get(change.id), change, now, followed)
        for change in wanted.values()
        if change.id not in going_on
    ]
    tell = tuple(change for change in told if change is not None)
    quiet = [_refreshed(by_id[change.id], change) for change in wanted.values() if change.id in by_id]
    telling = {change.id for change in tell}
    gone = [change for change in by_id.values() if change.id not in wanted]
    ended = [_end(change, as_of, set(followed.values())) for change in gone]
    unchanged = [change for change in quiet if change.id not in telling and change != by_id[change.id]]
    save = (*tell, *carried, *unchanged, *(change for change in ended if change is not None))
    return Reconciled(save, tell, carried)


def _carried(
    stored: Iterable[Change], fresh: Iterable[Change], as_of: date, aliases: Mapping[str, str]
) -> tuple[Change, ...]:
    """Today's changes that stood in the same words against an earlier edition, with the life they had."""
    before = {
        (*_difference(change, aliases), change.version): change
        for change in sorted(stored, key=lambda each: (each.as_of, _seen(each)))
        if change.as_of != as_of and change.life not in _ENDED
    }
    pairs = [(change, before.get((*_difference(change, aliases), change.version))) for change in fresh]
    return tuple(
        replace(change, life=old.life, first_seen=old.first_seen, supersedes=old.id)
        for change, old in pairs
        if old is not None
    )


def _difference(change: Change, aliases: Mapping[str, str]) -> tuple[str, str]:
    """What differs, whichever edition it differs from: an agreement, or a field that sources contradict."""
    return aliases.get(change.agreement_id, change.agreement_id), change.field


def _followed(
    stored: Iterable[Change], fresh: Iterable[Change], as_of: date, aliases: Mapping[str, str]
) -> dict[str, str]:
    """Ids of today's changes with the id of what each supersedes: the last earlier one, not yet ended."""
    wanted = {change.id for change in fresh}
    gone = [
        change
        for change in stored
        if change.kind in _EARLIER
        and change.as_of == as_of
        and change.life not in _ENDED
        and change.id not in wanted
    ]
    ordered = sorted(gone, key=lambda each: (_seen(each), each.id))
    before = {aliases.get(each.agreement_id, each.agreement_id): each for each in ordered}
    return {
        change.id: before[change.agreement_id].id
        for change in fresh
        if change.kind in _LATER and change.agreement_id in before
    }


def _seen(change: Change) -> str:
    return change.first_seen.isoformat() if change.first_seen is not None else ""


def _told(before: Change | None, fresh: Change, now: datetime, followed: Mapping[str, str]) -> Change | None:
    """The change to tell, or None where nothing that a reader would notice is new."""
    after = followed.get(fresh.id)
    if before is None:
        return replace(fresh, first_seen=now, life=Life.OPEN, supersedes=after)
    if before.version != fresh.version or before.life in _ENDED:
        supersedes = after or before.supersedes
        return replace(fresh, first_seen=before.first_seen, life=Life.OPEN, supersedes=supersedes)
    return None


def _refreshed(before: Change, fresh: Change) -> Change:
    """Evidence and statements as they stand today; life and first sight as they were."""
    return replace(fresh, first_seen=before.first_seen, life=before.life, supersedes=before.supersedes)


def _end(change: Change, as_of: date, followed: set[str]) -> Change | None:
    if change.life in _ENDED:
        return None
    goes_on = change.as_of != as_of or change.id in followed
    return replace(change, life=Life.SUPERSEDED if goes_on else Life.WITHDRAWN)
