"""Read what a briefing file says into an Edition; every fault at once, each with its line."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from monitor.briefing.checks import check
from monitor.briefing.faults import LineOf, problem_at, problems_of
from monitor.briefing.layout import (
    SCHEMA_VERSION,
    BriefingShape,
    CitationShape,
    EntryShape,
    StatementShape,
    TopicShape,
)
from monitor.errors import ConfigError
from monitor.model import (
    Citation,
    Count,
    Dependency,
    Edition,
    Entry,
    First,
    PartyCode,
    Section,
    Series,
    Statement,
    Topic,
    sides_of,
)


def parse_briefing(
    data: Mapping[str, Any], line_of: LineOf, file: str, text: str = "", *, sha256: str = ""
) -> Edition:
    """Return the edition that a briefing file describes.

    Args:
        data: The file's content as plain values.
        line_of: Gives the line of a key by its path (``line_of("statements", 3, "unit")``), or None.
        file: The file's name, for messages.
        text: The whole text of the edition, in Markdown; if given, every statement must stand in it.
        sha256: Hash of the files as they are on disk; made from ``data`` and ``text`` if not given.

    Raises:
        ConfigError: the file is of another schema version, or has faults; all of them are listed.
    """
    version = data.get("schema")
    if version != SCHEMA_VERSION:
        says = (
            "does not say which version of the format it is"
            if version is None
            else f"is of version {version}"
        )
        message = f"{says}; this program reads version {SCHEMA_VERSION}: write `schema: {SCHEMA_VERSION}`"
        raise ConfigError([problem_at(("schema",), message, data=data, line_of=line_of, file=file)])
    try:
        shape = BriefingShape.model_validate(data)
    except ValidationError as error:
        raise ConfigError(problems_of(error, BriefingShape, data=data, line_of=line_of, file=file)) from error
    faults = [
        problem_at(place, message, data=data, line_of=line_of, file=file)
        for place, message in check(shape, text)
    ]
    if faults:
        raise ConfigError(faults)
    return _edition(shape, sha256 or content_sha256(data, text))


def content_sha256(data: Mapping[str, Any], text: str) -> str:
    """Return a hash of what the files say; comments and the order of keys do not count."""
    canonical = json.dumps(data, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(f"{canonical}\0{text}".encode()).hexdigest()


def _edition(shape: BriefingShape, sha256: str) -> Edition:
    return Edition(
        briefing_id=shape.id,
        title=shape.title,
        as_of=shape.as_of,
        published=shape.published,
        topic=_topic(shape.topic),
        reference=shape.reference,
        entries=tuple(_entry(each, shape.topic.focal) for each in shape.entries),
        statements=tuple(_statement(each) for each in shape.statements),
        citations=tuple(_citation(each) for each in shape.citations),
        counts=tuple(
            Count(each.id, each.value, each.subject, each.date, each.statements, each.of)
            for each in shape.counts
        ),
        sha256=sha256,
        firsts=tuple(
            First(each.id, each.subject, each.holder, each.date, each.in_series, each.statements)
            for each in shape.firsts
        ),
        sections=tuple(Section(each.id, each.title, each.number, each.parent) for each in shape.sections),
        publisher=shape.publisher,
    )


def _topic(shape: TopicShape) -> Topic:
    series = shape.series
    return Topic(
        focal=shape.focal,
        series=Series(
            series.id, series.name, series.since, series.kinds, series.evidence, series.declared_by
        ),
        own_state=shape.own_state,
        terms=shape.terms,
    )


def _entry(shape: EntryShape, focal: PartyCode) -> Entry:
    one, other = shape.sides or (shape.partner or "", focal)
    return Entry(
        id=shape.id,
        sides=sides_of(one, other),
        stage=shape.stage,
        kind=shape.kind,
        title=shape.title,
        date=shape.date,
        date_of=shape.date_of,
        place=shape.place,
        duration=shape.duration,
        in_series=shape.in_series,
        statements=shape.statements,
        citations=shape.citations,
        note=shape.note,
    )


def _statement(shape: StatementShape) -> Statement:
    return Statement(
        id=shape.id,
        section=shape.section,
        unit=shape.unit,
        text=shape.text,
        note=shape.note,
        depends_on=tuple(Dependency(each.on, each.ref, each.parties) for each in shape.depends_on),
        citations=shape.citations,
        notes=shape.notes,
    )


def _citation(shape: CitationShape) -> Citation:
    return Citation(**dict(shape))
