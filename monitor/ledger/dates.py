"""When an agreement was signed: every signature, the date to show, and what a register prints."""

from collections.abc import Iterable, Sequence
from typing import Final

from monitor.ledger.records import signed_of
from monitor.ledger.voices import strength
from monitor.model import Basis, Claimed, Finding, PartialDate, Precision, Sides, Signature

_WEAKEST_CONFIRMED: Final = 3  # of strength(): a person's entry
_EXACTNESS: Final = {Precision.DAY: 0, Precision.MONTH: 1, Precision.YEAR: 2}


def date_signed(findings: Sequence[Finding], sides: Sides) -> PartialDate | None:
    """Return the date to show: the last of an exchange, by the text, by both governments, then others.

    A date known to the day is preferred to a month by any voice that counts as confirmed.
    """
    said = [(signed, finding) for finding in findings if (signed := signed_of(finding)) is not None]
    if not said:
        return None
    ranked = sorted(said, key=lambda each: (_rank(each, said, sides), each[1].id))
    return last_of(ranked[0][0])


def signatures(findings: Sequence[Finding], sides: Sides) -> tuple[Signature, ...]:
    """Return every signature that findings tell of, by date; the one with a side and place for each."""
    told: dict[tuple[str, str], Signature] = {}
    for finding in sorted(findings, key=lambda each: (strength(each, sides), each.id)):
        for signature in _signatures(finding):
            key = (signature.date.iso, signature.side or "")
            kept = told.get(key)
            if kept is None or (signature.place and not kept.place):
                told[key] = signature
    whole = [each for each in told.values() if not _is_vaguer(each, told.values())]
    return tuple(sorted(whole, key=lambda each: (each.date.first, each.date.last, each.side or "")))


def register_dates(findings: Sequence[Finding]) -> tuple[Claimed, ...]:
    """Return the signing dates that registers print, one a date, with the finding that has it."""
    printed: dict[str, Claimed] = {}
    for finding in sorted(findings, key=lambda each: each.id):
        signed = signed_of(finding)
        if finding.basis is Basis.REGISTER and signed is not None:
            printed.setdefault(signed.iso, Claimed(signed.iso, finding.id))
    return tuple(printed[key] for key in sorted(printed))


def last_of(when: PartialDate) -> PartialDate:
    """Return the day on which an exchange was complete; a month or year as it is."""
    if when.precision is Precision.DAY and not when.is_day:
        return PartialDate.day(when.last, when.words)
    return when


Said = tuple[PartialDate, Finding]


def _rank(claim: Said, said: Sequence[Said], sides: Sides) -> tuple[bool, int, int, int]:
    signed, finding = claim
    voices = {each.voice for when, each in said if last_of(when) == last_of(signed) and each.voice in sides}
    own = strength(finding, sides)
    weight = 1 if own and len(voices) == 2 else own + 1 if own else 0
    # an exchange told in full outweighs one of its dates, printed alone
    return own > _WEAKEST_CONFIRMED, _EXACTNESS[signed.precision], weight, -(signed.last - signed.first).days


def _signatures(finding: Finding) -> tuple[Signature, ...]:
    if finding.signed:
        return finding.signed
    signed = signed_of(finding)
    return (Signature(signed, place=finding.place),) if signed is not None else ()


def _is_vaguer(signature: Signature, others: Iterable[Signature]) -> bool:
    """Whether another signature says the same more exactly, or says whose it is."""
    return any(_says_more(other, signature) for other in others if other is not signature)


def _says_more(one: Signature, other: Signature) -> bool:
    if not one.date.overlaps(other.date):
        return False
    finer = _EXACTNESS[one.date.precision] < _EXACTNESS[other.date.precision]
    same_day = one.date == other.date
    return finer or (same_day and one.side is not None and other.side is None)
