"""What a digest's lead and subject say of agreements outside the series: who signed how many, what moved on.

What was signed and what merely moved on are never counted together, nor is what is only reported.
"""

from collections.abc import Sequence

from monitor.model import Change, Stage, written
from monitor.model import ChangeKind as Kind
from monitor.reports.desk import Desk, is_one_sided, is_reported
from monitor.reports.happened import named, newest_step, retold
from monitor.reports.items import Item, Section
from monitor.reports.words import counted, number, parties_counted, publisher_in_prose

_MOST_NAMED = 3
_MOST_IN_SUBJECT = 2
_MOVED = "moved on"
_SECTIONS = (Section.OTHER, Section.OTHER_MOVED, Section.MINOR)


def other_sentences(desk: Desk, items: Sequence[Item]) -> tuple[str, ...]:
    """Return what was signed, only reported and moved on outside the series; each may be empty."""
    signed, reported, moved = _sorted(items)
    return (
        _signed_sentence(desk, signed) if signed else "",
        _reported_sentence(desk, reported) if reported else "",
        _moved_sentence(desk, moved) if moved else "",
    )


def other_headlines(desk: Desk, items: Sequence[Item]) -> list[str]:
    """Return the same for a subject line: who, while they are few, and how many."""
    groups = zip(_sorted(items), ("signed", "reported signed", _MOVED), strict=True)
    lines, named = [], None
    for changes, ending in groups:
        partners = desk.all_partners(changes)
        whom = (
            f" with {_whom(desk, changes)}" if len(partners) <= _MOST_IN_SUBJECT and partners != named else ""
        )
        if changes:
            step = newest_step(desk, changes[0]) if ending == _MOVED and len(changes) == 1 else ending
            lines.append(f"{counted(len(changes), 'other agreement')}{whom} {step}")
            named = partners
    return lines


def _sorted(items: Sequence[Item]) -> tuple[list[Change], list[Change], list[Change]]:
    """Signed, only reported, moved on."""
    changes = [item.change for item in items if item.section in _SECTIONS]
    told_before = [item.change for item in items if item.section is Section.OTHER_MOVED]
    moved = [change for change in changes if change.kind is Kind.ADVANCED or change in told_before]
    reported = [change for change in changes if is_reported(change) and change not in moved]
    signed = [change for change in changes if change not in moved and change not in reported]
    return [change for change in signed if change.stage is not Stage.DECLINED], reported, moved


def _signed_sentence(desk: Desk, changes: Sequence[Change]) -> str:
    """``since 20 February 2024 Borduria and Ruritania have signed three other agreements, outside ...``."""
    partners = desk.all_partners(changes)
    start, have = "", ""
    if desk.occasion.since is None:
        start = f"since {written(desk.material.edition.as_of)} "
        have = "have " if len(partners) == 1 else "has "
    by = _according_to(desk, changes)
    if len(partners) == 1:
        who, what = desk.prose((*partners, desk.focal)), _what(desk, changes)
    else:
        who, what = desk.prose([desk.focal]), f"{_count(changes)} with {_whom(desk, changes)}"
    return f"{start}{who} {have}signed {what}{by}, outside the series that the briefing follows"


def _what(desk: Desk, changes: Sequence[Change]) -> str:
    """One by its title and day, several by their number."""
    if len(changes) > 1:
        return _count(changes)
    when = changes[0].date
    return f"{named(desk, changes[0])}{f' on {when.written}' if when and when.is_day else ''}"


def _reported_sentence(desk: Desk, changes: Sequence[Change]) -> str:
    focal = desk.prose([desk.focal])
    return f"only others than the parties report {_count(changes)} of {focal} with {_whom(desk, changes)}"


def _moved_sentence(desk: Desk, changes: Sequence[Change]) -> str:
    if len(changes) == 1:
        return retold(desk, changes[0])
    return f"{_count(changes)} with {_whom(desk, changes)}, signed earlier, have moved on"


def _according_to(desk: Desk, changes: Sequence[Change]) -> str:
    """What one side alone says is attributed, in a lead too."""
    if not all(is_one_sided(change) for change in changes):
        return ""
    publishers = list(dict.fromkeys(desk.said_by(desk.findings(change)[0]) for change in changes))
    each = len(publishers) > 1
    return ", each according to one side" if each else f", according to {publisher_in_prose(publishers[0])}"


def _count(changes: Sequence[Change]) -> str:
    return f"{number(len(changes))} other agreement{'' if len(changes) == 1 else 's'}"


def _whom(desk: Desk, changes: Sequence[Change]) -> str:
    partners = desk.all_partners(changes)
    many = len(partners) > _MOST_NAMED
    return parties_counted(partners, desk.material.names) if many else desk.prose(partners)
