"""Rows of a reply in JSON, or in JSON a line, and the fields that a source's entry names in them."""

import html
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from monitor.errors import ExtractError
from monitor.expressions import Expression, compile_expression
from monitor.language import normalise
from monitor.model import DateOrder, ReadJob, Row
from monitor.reading.charset import decode
from monitor.reading.media import Media, media_of

VALUE_CHARACTERS = 5_000


@dataclass(frozen=True, slots=True)
class Rows:
    """A reply's data with its rows; ``flags`` may hold ``charset-guessed``."""

    data: object
    rows: tuple[object, ...]
    listed: int
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fields:
    """A source's field map, compiled; ``unread`` counts the rows where an expression met the wrong type."""

    expressions: tuple[tuple[str, Expression], ...]
    date_order: DateOrder
    unread: Counter[str] = field(default_factory=Counter)

    def values(self, row: object) -> Row:
        """Return what the fields find in a row."""
        found = [(name, found) for name, each in self.expressions if (found := self._one(name, each, row))]
        if self.date_order is not DateOrder.ISO:  # findings are made from the row alone
            found.append(("date_order", (self.date_order.value,)))
        return Row(tuple(found))

    def raw(self, name: str, row: object) -> str:
        """Return a field's text as it stands, markup and line breaks included; empty if it has none."""
        expression = dict(self.expressions).get(name)
        if expression is None:
            return ""
        try:
            return "\n\n".join(as_texts(expression.search(row)))
        except ValueError:
            self.unread[name] += 1
            return ""

    def _one(self, name: str, expression: Expression, row: object) -> tuple[str, ...]:
        try:
            # A party that signed and ratified stands twice in a register's table of acts.
            return tuple(dict.fromkeys(_strings(expression.search(row))))
        except ValueError:
            self.unread[name] += 1
            return ()


def read_rows(job: ReadJob) -> Rows:
    """Return the rows of a reply.

    Raises:
        ExtractError: the body is no JSON or JSON lines, or has no rows where the source says.
    """
    decoded = decode(job.body, job.exchange.header("content-type"), lang=job.source.lang)
    data = parse_json(job, decoded.text)
    found = _rows(job, data)
    rows = tuple(row for row in found if isinstance(row, dict))
    return Rows(data, rows, len(found), ("charset-guessed",) if decoded.guessed else ())


def fields_of(job: ReadJob) -> Fields:
    """Return the source's field map, compiled.

    Raises:
        ExtractError: an expression cannot be used.
    """
    compiled = tuple((name, _compiled(job, text)) for name, text in job.source.fields)
    return Fields(compiled, job.source.date_order)


def check_fields(job: ReadJob, fields: Fields, rows: int, untitled: int) -> tuple[str, ...]:
    """Return flags for fields that failed on some rows, ``unread:NAME``.

    Raises:
        ExtractError: no row has a title, or a field fails on most rows: the reply is of another shape.
    """
    if rows and untitled == rows:
        told = f"fields.title ({job.source.field('title')}) finds nothing in any of {rows} rows"
        raise ExtractError(job.source.id, f"{told}; the source has changed its shape")
    for name, count in fields.unread.items():
        if count > rows / 2:
            told = f"fields.{name} ({job.source.field(name)}) fails on {count} of {rows} rows"
            raise ExtractError(job.source.id, f"{told}: it meets values of another type than it takes")
    return tuple(f"unread:{name}" for name in fields.unread)


def stated_total(job: ReadJob, data: object) -> int | None:
    """Return how many rows the source says it has, over all pages; None where it does not page.

    Raises:
        ExtractError: the source says where to find it and it is not there.
    """
    paging = job.source.paging
    if paging is None:
        return None
    try:
        return int(str(compile_expression(paging.total).search(data)))
    except ValueError as error:
        message = f"paging.total ({paging.total}) finds no number: where would the last page be?"
        raise ExtractError(job.source.id, message) from error


def parse_json(job: ReadJob, text: str) -> object:
    """Return a body's data: one JSON value, or a list of one a line.

    Raises:
        ExtractError: it is neither.
    """
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:  # ValueError: also figures too long to convert
        if not _is_lines(text):
            media = media_of(job.exchange, job.body)
            what = "the JSON cannot be read" if media is Media.JSON else f"expected JSON, got {media}"
            raise ExtractError(job.source.id, f"{what}: {_said(error)}") from error
    values = []
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                values.append(json.loads(line))
            except (ValueError, RecursionError) as error:
                raise ExtractError(
                    job.source.id, f"line {number} of the JSON lines: {_said(error)}"
                ) from error
    return values


def _said(error: Exception) -> str:
    """What is wrong, in words about the body; of its depth and figures Python speaks as of itself."""
    if isinstance(error, RecursionError):
        return "it is nested too deeply"
    return str(error) if isinstance(error, json.JSONDecodeError) else "a number has too many digits"


def as_texts(value: object) -> Iterator[str]:
    """Yield every text in a value of JSON, numbers and truth values as text."""
    waiting = [value]
    while waiting:
        each = waiting.pop()
        if isinstance(each, list | dict):
            waiting += reversed(each if isinstance(each, list) else list(each.values()))
        elif isinstance(each, bool):
            yield "true" if each else "false"
        elif each is not None:
            yield str(each)


def _strings(value: object) -> Iterator[str]:
    for text in as_texts(value):
        clean = normalise(html.unescape(text) if "&" in text else text, VALUE_CHARACTERS)
        if clean:
            yield clean


def _is_lines(text: str) -> bool:
    first, _, rest = text.lstrip().partition("\n")
    return first.startswith(("{", "[")) and first.rstrip().endswith(("}", "]")) and bool(rest.strip())


def _rows(job: ReadJob, data: object) -> list[object]:
    expression = (job.source.rows or "").strip()
    try:
        rows = data if expression in ("", "@") else compile_expression(expression).search(data)
    except ValueError as error:
        raise ExtractError(job.source.id, f"rows: {error}") from error
    if not isinstance(rows, list):
        has = f"the reply has {', '.join(list(data)[:10])}" if isinstance(data, dict) else "look at the reply"
        raise ExtractError(job.source.id, f"rows ({expression or '@'}) finds no list of rows; {has}")
    return rows


def _compiled(job: ReadJob, text: str) -> Expression:
    try:
        return compile_expression(text)
    except ValueError as error:
        raise ExtractError(job.source.id, f"fields: {error}") from error
