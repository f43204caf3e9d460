"""The table of agreements: every one of the focal party's that is known, by the day of its conclusion.

For people as a sheet, for programs as rows with a versioned schema: a column is never renamed or taken
away under the same version.
"""

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, fields

from monitor.language import shorten
from monitor.model import Agreement, Binding, Dispute, Edition, Finding, PartialDate, Scope, Stage, written
from monitor.reports.escape import http_url, language_tag, one_line
from monitor.reports.material import Occasion
from monitor.reports.reckoned import known_words, says
from monitor.reports.sheet import Cell, Part, Sheet
from monitor.reports.subject import bracketed, window_words
from monitor.reports.titles import short_title
from monitor.reports.words import (
    counted,
    day,
    length,
    listed,
    lower,
    moment,
    party_name,
    sentence,
    stage_words,
)
from monitor.reports.writing import sender_for, sheet_id

SCHEMA = "briefing-monitor/agreements/1"
_LONGEST_QUOTE = 200  # characters
_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would run
SCOPES = {Scope.SERIES: "series", Scope.UNDECIDED: "may belong", Scope.OTHER: "other"}


@dataclass(frozen=True, slots=True)
class Placed:
    """An agreement with its place: whether it belongs to the series, and whether the edition lists it."""

    agreement: Agreement
    scope: Scope
    in_edition: bool


@dataclass(frozen=True, slots=True)
class Known:
    """What the table is made from: agreements of the focal party, with the findings they rest on by id.

    ``disputes`` are where sources count or list the series otherwise.
    """

    edition: Edition
    agreements: tuple[Placed, ...]
    findings: Mapping[str, Finding] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    disputes: tuple[Dispute, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One agreement for programs. Days are ISO 8601, empty where nobody gives one; codes are ISO 3166-1.

    ``scope``: ``series``, ``may belong`` or ``other``. ``sources`` are addresses, the strongest first.
    """

    id: str
    party: str
    party_name: str
    scope: str
    in_edition: bool
    concluded: str
    place: str
    title: str
    title_language: str
    instrument: str
    kind: str
    level: str
    duration: str
    stage: str
    provisionally_applied: str
    in_force: str
    ended: str
    binding: str
    word: str
    sources: tuple[str, ...]
    publishers: tuple[str, ...]


def table_rows(known: Known) -> tuple[Row, ...]:
    """Return a row an agreement that was concluded, by the day of conclusion, undated last."""
    rows = [_row(known, placed) for placed in known.agreements if placed.agreement.stage.implies_conclusion]
    return tuple(sorted(rows, key=lambda row: (row.concluded or "9999", row.id)))


def as_json_value(known: Known, occasion: Occasion) -> Mapping[str, object]:
    """Return the table as plain data for JSON."""
    return {
        "schema": SCHEMA,
        "briefing": known.edition.briefing_id,
        "edition": known.edition.as_of.isoformat(),
        "known_at": occasion.until.isoformat(),
        "agreements": [asdict(row) for row in table_rows(known)],
    }


def as_csv(known: Known) -> str:
    """Return the table as CSV (RFC 4180) with a line of headings; lists are joined by ``; ``.

    What a spreadsheet would run as a formula bears an apostrophe.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    columns = [each.name for each in fields(Row)]
    writer.writerow(["schema", *columns])
    for row in table_rows(known):
        writer.writerow([SCHEMA, *(_csv_cell(getattr(row, column)) for column in columns)])
    return out.getvalue()


def compose_table(known: Known, occasion: Occasion) -> Sheet:
    """Return the table for people."""
    rows = table_rows(known)
    edition = known.edition
    groups = (
        ("Of the series", [row for row in rows if row.scope == SCOPES[Scope.SERIES]]),
        (
            "May belong to the series: not decided",
            [row for row in rows if row.scope == SCOPES[Scope.UNDECIDED]],
        ),
        ("Outside the series", [row for row in rows if row.scope == SCOPES[Scope.OTHER]]),
    )
    headline = f"{counted(len(rows), 'agreement')} of {party_name(edition.topic.focal, known.names)}"
    reference = edition.reference or edition.briefing_id
    counts = [f"{len(each)} {lower(title)}" for title, each in groups if each]
    lead = sentence(listed(counts) or "none")
    return Sheet(
        report_id=sheet_id(occasion),
        reference=reference,
        briefing=edition.title,
        subject=bracketed(occasion, reference, f"{window_words(occasion)}: {headline}"),
        headline=headline,
        preheader=lead,
        window=window_words(occasion),
        as_of=written(edition.as_of),
        made=moment(occasion.made_at, occasion.zone),
        lead=(lead,),
        parts=(*(_part(title, each) for title, each in groups), *_disputed(known)),
        closing="Signed does not mean in force; what no source says is left empty.",
        sender=sender_for(occasion, edition.briefing_id),
    )


def _part(title: str, rows: Iterable[Row]) -> Part:
    columns = ("Party", "Signed", "Place", "Title", "Stage", "In force", "On whose word", "In the briefing")
    return Part(title, columns, tuple(_cells(row) for row in rows), "None.")


def _disputed(known: Known) -> tuple[Part, ...]:
    """Who counts or lists the series otherwise, in whose words; nothing where nobody does."""
    rows = tuple(
        (
            Cell(says(each, dispute, known.edition.topic.focal, known.names)),
            Cell(f"“{shorten(one_line(each.quote), _LONGEST_QUOTE)}”", each.url, language_tag(each.lang)),
            Cell(known_words(dispute)),
        )
        for dispute in known.disputes
        for each in dispute.reckonings
    )
    columns = ("Who says what", "In these words", "Known here by then")
    return (Part("Where sources disagree on the series", columns, rows, "None."),) if rows else ()


def _cells(row: Row) -> tuple[Cell, ...]:
    source = row.sources[0] if row.sources else ""
    return (
        Cell(row.party_name),
        Cell(_written(row.concluded)),
        Cell(row.place),
        Cell(short_title(row.title) or "not stated", source, row.title_language),
        Cell(stage_words(Stage(row.stage))),
        Cell(_written(row.in_force)),
        Cell(row.word),
        Cell("yes" if row.in_edition else "no"),
    )


def _row(known: Known, placed: Placed) -> Row:
    agreement = placed.agreement
    partner = agreement.partner_of(known.edition.topic.focal) or agreement.sides[0]
    found = [known.findings[each] for each in agreement.findings if each in known.findings]
    lang = next((each.lang for each in found if each.title == agreement.title), "")
    sources = {http_url(each.url): each.publisher for each in found if http_url(each.url)}
    concluded = agreement.concluded
    return Row(
        id=agreement.id,
        party=partner,
        party_name=party_name(partner, known.names),
        scope=SCOPES[placed.scope],
        in_edition=placed.in_edition,
        concluded=_iso(concluded.date if concluded else None),
        place=one_line(agreement.place),
        title=one_line(agreement.title),
        title_language=language_tag(lang),
        instrument=one_line(agreement.instrument),
        kind=agreement.kind.value,
        level=agreement.level.value,
        duration=length(agreement.duration) if agreement.duration else "",
        stage=agreement.stage.value,
        provisionally_applied=_reached(agreement, Stage.PROVISIONALLY_APPLIED),
        in_force=_reached(agreement, Stage.IN_FORCE),
        ended=_reached(agreement, Stage.TERMINATED) or _reached(agreement, Stage.EXPIRED),
        binding="" if agreement.binding is Binding.NOT_STATED else agreement.binding.value,
        word=agreement.word.value,
        sources=tuple(sources),
        publishers=tuple(dict.fromkeys(one_line(name) for name in sources.values())),
    )


def _reached(agreement: Agreement, stage: Stage) -> str:
    reached = agreement.reached(stage)
    return _iso(reached.date) if reached else ""


def _iso(when: PartialDate | None) -> str:
    return when.iso if when else ""


def _written(iso: str) -> str:
    return day(PartialDate.parse(iso)) if iso else "not stated"


def _csv_cell(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    text = "; ".join(value) if isinstance(value, tuple) else str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text
