"""When an agreement was signed: every signature, the date to show, and what a register prints."""

from collections.abc import Iterable, Sequence
from typing import Final

from monitor.ledger.signings import EXACTNESS, last_of, signings_of
from monitor.ledger.voices import strength
from monitor.model import Basis, Claimed, Finding, PartialDate, Sides, Signature, Stage

_WEAKEST_CONFIRMED: Final = 3  # of strength(): a person's entry


def date_signed(findings: Sequence[Finding], sides: Sides) -> PartialDate | None:
    """Return the date to show: the last of an exchange, by the text, by both governments, then others.

    A date known to the day is preferred to a month by any voice that counts as confirmed. Between equals
    the one that more say, then the earlier: news is often dated by the day on which it was published.
    """
    said = [(signings[-1], finding) for finding in findings if (signings := signings_of(finding))]
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
        if finding.basis is Basis.REGISTER and finding.stage is Stage.CONCLUDED and finding.date is not None:
            printed.setdefault(finding.date.iso, Claimed(finding.date.iso, finding.id))
    return tuple(printed[key] for key in sorted(printed))


Said = tuple[PartialDate, Finding]


def _rank(claim: Said, said: Sequence[Said], sides: Sides) -> tuple[bool, int, int, int, int, int]:
    signed, finding = claim
    agreeing = [each for when, each in said if last_of(when) == last_of(signed)]
    voices = {each.voice for each in agreeing if each.voice in sides}
    own = strength(finding, sides)
    weight = 1 if own and len(voices) == 2 else own + 1 if own else 0
    # an exchange told in full outweighs one of its dates, printed alone
    days = (signed.last - signed.first).days
    exactness = EXACTNESS[signed.precision]
    return own > _WEAKEST_CONFIRMED, exactness, weight, -days, -len(agreeing), signed.first.toordinal()


def _signatures(finding: Finding) -> tuple[Signature, ...]:
    if finding.signed:
        return finding.signed
    return tuple(Signature(signed, place=finding.place) for signed in signings_of(finding))


def _is_vaguer(signature: Signature, others: Iterable[Signature]) -> bool:
    """Whether another signature says the same more exactly, or says whose it is."""
    return any(_says_more(other, signature) for other in others if other is not signature)


def _says_more(one: Signature, other: Signature) -> bool:
    if not one.date.overlaps(other.date):
        return False
    finer = EXACTNESS[one.date.precision] < EXACTNESS[other.date.precision]
    same_day = one.date == other.date
    return finer or (same_day and one.side is not None and other.side is None)
