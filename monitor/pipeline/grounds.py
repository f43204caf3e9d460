"""What a signing stands on, so that whoever was told of it learns when it stands on more."""

from collections.abc import Mapping

from monitor.model import Agreement, Basis, Change, ChangeKind, Finding
from monitor.reports import disputed_days

TEXT = "text"
DAY = "day"
_SIGNINGS = (ChangeKind.NEW, ChangeKind.UNDATED, ChangeKind.OMITTED)


def grounds_of(
    change: Change, agreement: Agreement | None, findings: Mapping[str, Finding]
) -> tuple[str, ...]:
    """Return the grounds of a signing, in order: the sides that say so, the text, a day that stands.

    Of anything but a signing nobody is told that it stands on more, so it has none.
    """
    if change.kind not in _SIGNINGS or agreement is None:
        return ()
    known = [findings[each] for each in change.evidence if each in findings]
    signed = [finding for finding in known if finding.stage.implies_conclusion]
    grounds = {finding.voice for finding in signed if finding.voice in change.sides}
    texts = {TEXT for finding in signed if finding.basis is Basis.TEXT}
    has_day = change.date is not None and change.date.is_day and not disputed_days(agreement, findings)
    return (*sorted(str(voice) for voice in grounds), *texts, *((DAY,) if has_day else ()))


def can_grow(change: Change, grounds: tuple[str, ...]) -> bool:
    """Return whether a signing told on ``grounds`` could stand on more; on nothing known it is left alone."""
    return bool(grounds) and not {*change.sides, DAY} <= set(grounds)
