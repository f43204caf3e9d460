"""Where sources disagree: every claim with the finding that makes it, none picked.

Only what cannot both be true is a conflict. A day within a month, one date of an exchange, a place named
more closely, the same name in another language are not.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import Final, TypeVar

from monitor.ledger.signings import signings_of
from monitor.ledger.titles import Match, Title, compare, read_title
from monitor.ledger.voices import by_strength
from monitor.model import Basis, Binding, Claimed, Conflict, Finding, PartialDate, Sides, Stage

_TITLED_WITH_CARE: Final = frozenset({Basis.TEXT, Basis.REGISTER})
_ALIKE_ENOUGH: Final = 0.4
_WORD: Final = re.compile(r"[^\W_]{3,}")
_BEGINNING: Final = 5  # letters of a place name that registers agree on
_SPELLINGS: Final = {"kiev": "kyiv", "kiew": "kyiv", "lvov": "lviv", "kharkov": "kharkiv", "odessa": "odesa"}

Value = TypeVar("Value")
Place = tuple[str, frozenset[str]]
"""The language that a place is named in, and the words of its name."""


def conflicts_of(findings: Iterable[Finding], sides: Sides) -> tuple[Conflict, ...]:
    """Return the fields on which ``findings`` about one agreement contradict each other."""
    ranked = by_strength(findings, sides)
    found = (
        _denied(ranked),
        _conflict("signed", _dates(ranked), PartialDate.overlaps),
        _conflict("title", _titles(ranked), _same_title),
        _conflict("place", _places(ranked), _same_place),
        _conflict("duration", ((each.duration, each.duration, each) for each in ranked), str.__eq__),
        _conflict("binding", _bindings(ranked), str.__eq__),
    )
    return tuple(each for each in found if each is not None)


def _denied(ranked: Sequence[Finding]) -> Conflict | None:
    """One says that it was concluded, and later another that it was not."""
    concluded = next((each for each in ranked if each.stage is Stage.CONCLUDED), None)
    declined = next((each for each in ranked if each.stage is Stage.DECLINED), None)
    if concluded is None or declined is None or _reported(declined) < _reported(concluded):
        return None
    claims = (
        (concluded, declined) if ranked.index(concluded) < ranked.index(declined) else (declined, concluded)
    )
    return Conflict("stage", tuple(Claimed(each.stage.value, each.id) for each in claims))


def _reported(finding: Finding) -> date:
    when = finding.date or finding.published
    return when.first if when is not None else date.min


def _conflict(
    field: str, said: Iterable[tuple[Value, str, Finding]], same: Callable[[Value, Value], bool]
) -> Conflict | None:
    """The claims that differ, the strongest finding for each; None if all say the same."""
    claims: list[tuple[Value, Claimed]] = []
    for value, words, finding in said:
        if words and not any(same(value, other) for other, _ in claims):
            claims.append((value, Claimed(words, finding.id)))
    return Conflict(field, tuple(claim for _, claim in claims)) if len(claims) > 1 else None


def _dates(findings: Sequence[Finding]) -> Iterator[tuple[PartialDate, str, Finding]]:
    for finding in findings:
        yield from ((signed, signed.iso, finding) for signed in signings_of(finding))


def _titles(findings: Sequence[Finding]) -> Iterator[tuple[Title, str, Finding]]:
    for finding in findings:
        if finding.basis in _TITLED_WITH_CARE:
            yield read_title(finding.title, finding.lang), finding.title, finding


def _same_title(one: Title, other: Title) -> bool:
    likeness = compare(one, other)
    if likeness.match is Match.DIFFER:
        return False
    return likeness.match is not Match.AGREE or likeness.value >= _ALIKE_ENOUGH


def _places(findings: Sequence[Finding]) -> Iterator[tuple[Place, str, Finding]]:
    for finding in findings:
        signed_at = dict.fromkeys(each.place for each in finding.signed if each.place)
        words = finding.place or " and ".join(signed_at)
        parts = frozenset(_SPELLINGS.get(word, word) for word in _WORD.findall(words.casefold()))
        yield (finding.lang, parts), words, finding


def _same_place(one: Place, other: Place) -> bool:
    """Names in two languages are not compared; "Paris, Élysée" is in Paris; spelling varies at the end."""
    return one[0] != other[0] or not _begun(one[1]).isdisjoint(_begun(other[1]))


def _begun(words: frozenset[str]) -> frozenset[str]:
    return frozenset(word[:_BEGINNING] for word in words)


def _bindings(findings: Sequence[Finding]) -> Iterator[tuple[str, str, Finding]]:
    for finding in findings:
        if finding.binding is not Binding.NOT_STATED:
            yield finding.binding.value, finding.binding.value, finding
