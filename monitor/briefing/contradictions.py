"""What official sources say otherwise than an edition: discrepancies, apart from what is out of date.

An edition that gives a month is contradicted only by a day outside it. Silence contradicts nothing, nor does
a press report: it can be wrong itself. Titles are compared in English only.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from monitor.briefing.titles import are_at_odds, folded
from monitor.model import Agreement, Basis, Entry, Finding, PartialDate, Stage

_WEIGHT = {Basis.TEXT: 0, Basis.REGISTER: 1, Basis.RELEASE: 2, Basis.PERSON: 3}


@dataclass(frozen=True, slots=True)
class Contradiction:
    """One field that sources give otherwise; ``evidence`` are finding ids, the strongest first."""

    field: str
    edition_says: str
    sources_say: str
    evidence: tuple[str, ...]
    date: PartialDate | None = None


def contradictions(
    entry: Entry, agreement: Agreement, findings: Mapping[str, Finding]
) -> tuple[Contradiction, ...]:
    """Return the fields of ``entry`` that a source on the same agreement gives otherwise."""
    heard = _heard([findings[each] for each in agreement.findings if each in findings])
    checks: tuple[tuple[str, str, Callable[[Finding], str]], ...] = (
        ("date", entry.date.written if entry.date else "", lambda each: _other_date(entry, each)),
        ("title", entry.title, lambda each: _other_title(entry, each)),
        ("place", entry.place, lambda each: _other_place(entry, each)),
        ("duration", entry.duration, lambda each: _other_duration(entry, each)),
    )
    found = [_collect(field, says, other, heard) for field, says, other in checks if says]
    return tuple(each for each in found if each is not None)


def _collect(
    field: str, says: str, other: Callable[[Finding], str], heard: Iterable[Finding]
) -> Contradiction | None:
    claims = [(finding, value) for finding in heard if (value := other(finding))]
    if not claims:
        return None
    values = tuple(dict.fromkeys(value for _, value in claims))
    evidence = tuple(finding.id for finding, _ in claims)
    when = _signed(claims[0][0]) if field == "date" else None
    return Contradiction(field, says, "; ".join(values), evidence, when)


def _heard(findings: Iterable[Finding]) -> list[Finding]:
    """One document is heard once, by what it says of the conclusion; the strongest first."""
    ordered = sorted((each for each in findings if _is_heard(each)), key=_weight)
    kept: dict[str, Finding] = {}
    for finding in ordered:
        kept.setdefault(finding.document_id, finding)
    return list(kept.values())


def _is_heard(finding: Finding) -> bool:
    return finding.basis in _WEIGHT and (finding.official or finding.basis is Basis.PERSON)


def _weight(finding: Finding) -> tuple[int, bool, str]:
    return (_WEIGHT[finding.basis], finding.stage is not Stage.CONCLUDED, finding.id)


def _other_date(entry: Entry, finding: Finding) -> str:
    """The signing dates that lie outside the edition's date, written out, or nothing."""
    signed = _signed(finding)
    if entry.date is None or entry.date_of is None or not entry.date_of.is_conclusion or signed is None:
        return ""
    return "" if any(each.overlaps(entry.date) for each in _dates(finding)) else signed.written


def _signed(finding: Finding) -> PartialDate | None:
    dates = list(_dates(finding))
    return max(dates, key=lambda each: each.last) if dates else None


def _dates(finding: Finding) -> Iterator[PartialDate]:
    if finding.signed:
        yield from (each.date for each in finding.signed)
    elif finding.stage is Stage.CONCLUDED and finding.date is not None:
        yield finding.date


def _other_title(entry: Entry, finding: Finding) -> str:
    names_it = finding.basis in (Basis.TEXT, Basis.REGISTER) and finding.lang.startswith("en")
    return finding.title if names_it and are_at_odds(entry.title, finding.title) else ""


def _other_place(entry: Entry, finding: Finding) -> str:
    places = {finding.place, *(each.place for each in finding.signed)} - {""}
    if not places or not finding.lang.startswith("en"):
        return ""
    says = folded(entry.place)
    agree = any(folded(place) in says or says in folded(place) for place in places)
    return "" if agree else ", ".join(sorted(places))


def _other_duration(entry: Entry, finding: Finding) -> str:
    return finding.duration if finding.duration and finding.duration != entry.duration else ""
