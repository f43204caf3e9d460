"""Where sources disagree: every claim with the finding that makes it, none picked.

Only what cannot both be true is a conflict. A day within a month, one date of an exchange, a place named
more closely, the same name in another language are not.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Final

from monitor.ledger.records import signed_of
from monitor.ledger.titles import Match, compare, read_title
from monitor.ledger.voices import by_strength
from monitor.model import Basis, Binding, Claimed, Conflict, Finding, PartialDate, Sides

_TITLED_WITH_CARE: Final = frozenset({Basis.TEXT, Basis.REGISTER})
_ALIKE_ENOUGH: Final = 0.4
_WORD: Final = re.compile(r"[^\W_]{3,}")
_SPELLINGS: Final = {"kiev": "kyiv", "kiew": "kyiv", "lvov": "lviv", "kharkov": "kharkiv", "odessa": "odesa"}


def conflicts_of(findings: Iterable[Finding], sides: Sides) -> tuple[Conflict, ...]:
    """Return the fields on which ``findings`` about one agreement contradict each other."""
    ranked = by_strength(findings, sides)
    found = (
        _conflict("signed", ranked, _signed, _same_date),
        _conflict("title", [each for each in ranked if each.basis in _TITLED_WITH_CARE], _title, _same_title),
        _conflict("place", ranked, _place, _same_place),
        _conflict("duration", ranked, _duration, lambda one, other: one.duration == other.duration),
        _conflict("binding", ranked, _binding, lambda one, other: one.binding is other.binding),
    )
    return tuple(each for each in found if each is not None)


def _conflict(
    field: str,
    findings: Sequence[Finding],
    value_of: Callable[[Finding], str],
    same: Callable[[Finding, Finding], bool],
) -> Conflict | None:
    """The claims that differ, the strongest finding for each; None if all say the same."""
    claims: list[Finding] = []
    for finding in findings:
        if value_of(finding) and not any(same(finding, other) for other in claims):
            claims.append(finding)
    if len(claims) < 2:
        return None
    return Conflict(field, tuple(Claimed(value_of(each), each.id) for each in claims))


def _signed(finding: Finding) -> str:
    signed = signed_of(finding)
    return signed.iso if signed else ""


def _same_date(one: Finding, other: Finding) -> bool:
    first, second = signed_of(one), signed_of(other)
    return isinstance(first, PartialDate) and isinstance(second, PartialDate) and first.overlaps(second)


def _title(finding: Finding) -> str:
    return finding.title


def _same_title(one: Finding, other: Finding) -> bool:
    likeness = compare(read_title(one.title, one.lang), read_title(other.title, other.lang))
    if likeness.match is Match.DIFFER:
        return False
    return likeness.match is not Match.AGREE or likeness.value >= _ALIKE_ENOUGH


def _place(finding: Finding) -> str:
    places = [signature.place for signature in finding.signed if signature.place]
    return finding.place or " and ".join(dict.fromkeys(places))


def _same_place(one: Finding, other: Finding) -> bool:
    """Names in two languages are not compared; "Paris, Élysée" is in Paris."""
    if one.lang != other.lang:
        return True
    return not _place_words(one).isdisjoint(_place_words(other))


def _place_words(finding: Finding) -> frozenset[str]:
    words = _WORD.findall(_place(finding).casefold())
    return frozenset(_SPELLINGS.get(word, word) for word in words)


def _duration(finding: Finding) -> str:
    return finding.duration


def _binding(finding: Finding) -> str:
    return "" if finding.binding is Binding.NOT_STATED else finding.binding.value
