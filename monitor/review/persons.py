"""What a person knows, as documents and findings: ``agreements add`` and ``agreements import``.

A row is a document of the source ``person``, in the person's own words, and one finding on it; so it is
quoted, counted and traced like any other, and printed as entered by a person. Ids come from the words:
entering the same row twice changes nothing.
"""

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from monitor.errors import ConfigError, Problem
from monitor.language import normalise
from monitor.model import (
    Basis,
    Document,
    Finding,
    Kind,
    PartialDate,
    Passage,
    PassageKind,
    Sides,
    Signature,
    Stage,
    document_id,
    finding_id,
    sides_of,
)

PERSON_SOURCE: Final = "person"
COLUMNS: Final = (
    "party_a",
    "party_b",
    "signed",
    "place",
    "title",
    "kind",
    "series",
    "duration",
    "evidence",
    "note",
)
_NEEDED: Final = ("party_a", "party_b", "title", "kind", "evidence")
_DURATION: Final = re.compile(r"P(?=\d)(\d+Y)?(\d+M)?(\d+W)?(\d+D)?\Z")
_HEADER_LINE: Final = 1
_SEPARATORS: Final = (",", ";", "\t")
_LINE: Final = "line"  # where read_rows() puts the line on which a row begins


@dataclass(frozen=True, slots=True)
class Entered:
    """What rows become: a document and a finding each, in their order."""

    documents: tuple[Document, ...]
    findings: tuple[Finding, ...]


def read_rows(text: str, file: str) -> list[dict[str, str]]:
    """Return the rows of a CSV text, each with the line on which it begins under ``line``.

    Spreadsheets put semicolons or tabs between cells in many countries; columns may be in capitals.

    Raises:
        ConfigError: the header lacks a needed column or has one that is not known, or it is no CSV.
    """
    text = text.removeprefix("\ufeff")
    header = text.partition("\n")[0]
    between = max(_SEPARATORS, key=header.count)
    reader = csv.DictReader(io.StringIO(text, newline=""), restkey="", delimiter=between)
    try:
        reader.fieldnames = [name.strip().lower() for name in reader.fieldnames or ()]
        return _rows(reader, file)
    except csv.Error as error:
        message = f"cannot be read as CSV: {error}; is a quotation mark missing before this line?"
        raise ConfigError([Problem(file, reader.line_num + 1, "", message)]) from error


def _rows(reader: "csv.DictReader[str]", file: str) -> list[dict[str, str]]:
    header = tuple(reader.fieldnames or ())
    faults = [f"column {name!r} is missing" for name in _NEEDED if name not in header]
    faults += [f"column {name!r} is not known; known are {', '.join(COLUMNS)}" for name in _strange(header)]
    if faults:
        raise ConfigError([Problem(file, _HEADER_LINE, "", fault) for fault in faults])
    rows, begins = [], _HEADER_LINE + 1
    for row in reader:
        rows.append({**row, _LINE: str(begins)})
        begins = reader.line_num + 1
    return rows


def person_findings(rows: Sequence[Mapping[str, str | None]], *, by: str, at: datetime, file: str) -> Entered:
    """Return what a person's rows become.

    Args:
        rows: Values by column; blank and missing ones are not stated.
        by: Who vouches for them.
        at: When they were entered, timezone-aware.
        file: Where they stand, for messages.

    Raises:
        ConfigError: every fault of every row, with its line.
    """
    problems, entered = [], []
    for row in rows:
        line = int(row[_LINE] or 0) if _LINE in row else None  # none where it was not read from a file
        values = {name: normalise(row.get(name) or "") for name in COLUMNS}
        faults = [*_faults(values), *(_unknown(name) for name in _strange(row))]
        problems += [Problem(file, line, _where(values), fault) for fault in faults]
        if not faults:
            entered.append(_enter(values, by.strip(), at))
    if not by.strip():
        problems.append(Problem(file, None, "", "it needs the name of the person who vouches for it"))
    if problems:
        raise ConfigError(problems)
    return Entered(tuple(each for each, _ in entered), tuple(each for _, each in entered))


def _strange(names: Iterable[str]) -> list[str]:
    return sorted(name for name in names if name not in (*COLUMNS, _LINE))


def _unknown(name: str) -> str:
    return f"column {name!r} is not known" if name else "there are more cells than columns"


def _where(values: Mapping[str, str]) -> str:
    return "-".join(filter(None, (values["party_a"], values["party_b"])))


def _faults(values: Mapping[str, str]) -> Iterable[str]:
    yield from (f"{name} is missing" for name in _NEEDED if not values[name])
    if values["kind"] and values["kind"] not in list(Kind):
        yield f"kind {values['kind']!r} is none of {', '.join(Kind)}"
    if values["duration"] and not _DURATION.match(values["duration"]):
        yield f"duration {values['duration']!r} is not written like P10Y"
    try:
        if values["party_a"] and values["party_b"]:
            _sides(values)
        if values["signed"]:
            PartialDate.parse(values["signed"])
    except ValueError as error:
        yield str(error)


def _sides(values: Mapping[str, str]) -> Sides:
    return sides_of(values["party_a"], values["party_b"])


def _enter(values: Mapping[str, str], by: str, at: datetime) -> tuple[Document, Finding]:
    passages = tuple(
        Passage(PassageKind.FIELD, f"{name}: {value}")
        for name, value in (*values.items(), ("entered by", by))
        if value
    )
    document = Document(
        id=document_id(PERSON_SOURCE, values["evidence"], values["title"], passages),
        source_id=PERSON_SOURCE,
        url=values["evidence"],
        title=values["title"],
        lang="",  # a title of a few words does not say; a wrong guess would be printed
        passages=passages,
        retrieved=at,
        official=False,
        publisher=by,
    )
    return document, _finding(values, document)


def _finding(values: Mapping[str, str], document: Document) -> Finding:
    signed = PartialDate.parse(values["signed"]) if values["signed"] else None
    sides, text = _sides(values), document.text
    return Finding(
        id=finding_id(document.id, 0, len(text), sides, Stage.CONCLUDED, values["title"]),
        document_id=document.id,
        source_id=PERSON_SOURCE,
        sides=sides,
        stage=Stage.CONCLUDED,
        kind=Kind(values["kind"]),
        basis=Basis.PERSON,
        quote=text,
        start=0,
        end=len(text),
        official=False,
        title=values["title"],
        date=signed,
        signed=(Signature(signed, place=values["place"]),) if signed else (),
        place=values["place"],
        duration=values["duration"],
        lang=document.lang,
        url=document.url,
        publisher=document.publisher,
        reasons=(f"entered by {document.publisher}",),
        series=values["series"] or None,
        retrieved=document.retrieved,
    )
