"""The table of the series' agreements, to paste into the next edition.

What the edition states and what is confirmed since stand in one table, by date. A lead is not in it, nor is
what a person rejected, nor what may belong and nobody decided.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from monitor.briefing.house import length, listed, party_in_text
from monitor.briefing.matching import concluded_entries
from monitor.briefing.out_of_date import standing_changes
from monitor.briefing.tables import Table
from monitor.model import (
    Agreement,
    Basis,
    Change,
    ChangeKind,
    Decision,
    Edition,
    Entry,
    Finding,
    PartialDate,
    PartyCode,
    Scope,
    Stage,
    is_organisation,
)

_COLUMNS = ("Partner", "Signed", "Place", "Title as given", "Length", "Form", "Text")
_NOT_STATED = "not stated"
_LISTED = (ChangeKind.NEW, ChangeKind.OMITTED, ChangeKind.UNDATED)


@dataclass(frozen=True, slots=True)
class _Line:
    partner: PartyCode
    signed: PartialDate | None
    entry: Entry | None
    agreement: Agreement | None


def agreement_table(
    edition: Edition,
    changes: Iterable[Change],
    agreements: Mapping[str, Agreement],
    findings: Mapping[str, Finding],
    names: Mapping[str, str],
    *,
    as_of: date,
    decisions: Iterable[Decision] = (),
) -> Table:
    """Return the agreements of the series that were concluded by ``as_of``.

    Args:
        edition: What the briefing says.
        changes: Its changes; of those that stand, what is concluded in the series is listed.
        agreements: The focal party's agreements by id.
        findings: Their findings by id.
        names: English names of parties.
        as_of: The day up to which it speaks.
        decisions: People's decisions on the changes, in the order taken.
    """
    lines = [*_stated(edition, agreements, findings), *_since(edition, changes, agreements, decisions)]
    until = [each for each in lines if each.signed is None or each.signed.is_until(as_of)]
    ordered = sorted(
        until, key=lambda each: (each.signed.last.isoformat() if each.signed else "9999", each.partner)
    )
    rows = tuple(_row(each, edition, findings, names) for each in ordered)
    day = f"{as_of.day} {as_of:%B %Y}"
    number = _number([each.partner for each in ordered], names)
    caption = f"{edition.topic.series.name}, as of {day}: {number}"
    return Table("agreements", caption, _COLUMNS, rows)


def _stated(
    edition: Edition, agreements: Mapping[str, Agreement], findings: Mapping[str, Finding]
) -> list[_Line]:
    found: dict[str, Agreement] = {}
    for agreement in agreements.values():
        for entry in concluded_entries(edition, agreement, findings):
            found.setdefault(entry.id, agreement)
    return [
        _Line(partner, entry.date, entry, found.get(entry.id))
        for entry in edition.entries
        if entry.in_series and entry.stage is Stage.CONCLUDED
        for partner in entry.sides
        if partner != edition.topic.focal
    ]


def _since(
    edition: Edition,
    changes: Iterable[Change],
    agreements: Mapping[str, Agreement],
    decisions: Iterable[Decision],
) -> list[_Line]:
    return [
        _Line(partner, change.date, None, agreements.get(change.agreement_id))
        for change in standing_changes(edition, changes, decisions)
        if change.kind in _LISTED and change.scope is Scope.SERIES
        for partner in change.sides
        if partner != edition.topic.focal
    ]


def _row(
    line: _Line, edition: Edition, findings: Mapping[str, Finding], names: Mapping[str, str]
) -> tuple[str, ...]:
    entry, agreement = line.entry, line.agreement
    place = (entry.place if entry else "") or (agreement.place if agreement else "")
    title = (entry.title if entry else "") or (agreement.title if agreement else "")
    duration = (entry.duration if entry else "") or (agreement.duration if agreement else "")
    name = party_in_text(line.partner, names)
    return (
        name[:1].upper() + name[1:],
        line.signed.written if line.signed else _NOT_STATED,
        place or _NOT_STATED,
        title or _NOT_STATED,
        length(duration) or _NOT_STATED,
        (agreement.instrument if agreement else "") or _NOT_STATED,
        _text(entry, agreement, edition, findings),
    )


def _text(
    entry: Entry | None, agreement: Agreement | None, edition: Edition, findings: Mapping[str, Finding]
) -> str:
    """A link to the agreement's own text, where it was read or the edition cites it."""
    read = [findings[each] for each in agreement.findings if each in findings] if agreement else []
    for finding in read:
        if finding.basis is Basis.TEXT and finding.url.startswith(("http://", "https://")):
            return f"[text, {finding.publisher or finding.source_id}]({finding.url})"
    for cited in entry.citations if entry else ():
        citation = edition.citation(cited)
        if citation is not None and citation.url and citation.title == (entry.title if entry else ""):
            return f"[text, as cited]({citation.url})"
    return "not read"


def _number(partners: Iterable[PartyCode], names: Mapping[str, str]) -> str:
    """How many countries, and which organisations: the EU is a party, never a country."""
    parties = dict.fromkeys(partners)
    organisations = [party_in_text(code, names) for code in parties if is_organisation(code)]
    count = len(parties) - len(organisations)
    countries = f"{count} {'country' if count == 1 else 'countries'}"
    return f"{countries} and {listed(organisations)}" if organisations else countries
