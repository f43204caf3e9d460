"""Read a treaty register: each row becomes an item with its document, no request and no grammar needed.

Values stay as the register writes them, dates included: what they mean is decided where rows become
findings. A row's document is its fields, a line each, so that a quotation can span title and date.
"""

import html
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from monitor.errors import ExtractError
from monitor.expressions import Expression, compile_expression
from monitor.language import normalise
from monitor.model import DateOrder, Document, Item, ItemsRead, Passage, PassageKind, ReadJob, Row
from monitor.reading.charset import decode
from monitor.reading.documents import Content, build_document
from monitor.reading.identity import distinct_keys, title_key, version_of
from monitor.reading.links import canonical, web_link
from monitor.reading.media import media_of

# The order of a row's lines; other mapped fields follow in the order of the source's entry.
_FIRST = ("title", "parties", "signed", "place", "in_force", "laid", "numbers", "procedure", "link")
_VALUE_CHARACTERS = 5_000
_SEPARATOR = "; "
_NO_TITLE = "(no title)"


@dataclass(frozen=True, slots=True)
class _Fields:
    """A source's field map, compiled; ``unread`` counts the rows where an expression met the wrong type."""

    expressions: tuple[tuple[str, Expression], ...]
    date_order: DateOrder
    unread: Counter[str] = field(default_factory=Counter)

    def values(self, row: object) -> Row:
        found = [(name, found) for name, each in self.expressions if (found := self._one(name, each, row))]
        if self.date_order is not DateOrder.ISO:  # findings are made from the row alone
            found.append(("date_order", (self.date_order.value,)))
        return Row(tuple(found))

    def _one(self, name: str, expression: Expression, row: object) -> tuple[str, ...]:
        try:
            # A party that signed and ratified stands twice in a register's table of acts.
            return tuple(dict.fromkeys(_strings(expression.search(row))))
        except ValueError:
            self.unread[name] += 1
            return ()


def read_register(job: ReadJob) -> ItemsRead:
    """Return the register's rows as items, each with a document that holds the row.

    Flags: ``charset-guessed``; ``unread:NAME`` where a field's expression failed on some rows.

    Raises:
        ExtractError: the body is no JSON or JSON lines, has no rows where the source says, or has the
            shape of another register: no row has a title, or a field fails on most rows.
    """
    decoded = decode(job.body, job.exchange.header("content-type"), lang=job.source.lang)
    data = _data(job, decoded.text)
    rows = _rows(job, data)
    compiled = tuple((name, _compiled(job, text)) for name, text in job.source.fields)
    fields = _Fields(compiled, job.source.date_order)
    drafts = [_item(job, row, fields.values(row)) for row in rows]
    _check_shape(job, drafts, fields.unread)
    keys = distinct_keys([item.keys for item in drafts], [item.version for item in drafts])
    items = tuple(replace(item, keys=own) for item, own in zip(drafts, keys, strict=True) if own)
    flags = ["charset-guessed"] if decoded.guessed else []
    flags += [f"unread:{name}" for name in fields.unread]
    documents = tuple(_document(job, item) for item in items)
    return ItemsRead(items, documents, total=_total(job, data), flags=tuple(flags))


def _data(job: ReadJob, text: str) -> object:
    """The parsed body: one JSON value, or a list of one a line."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:  # ValueError: also figures too long to convert
        if not _is_lines(text):
            what = media_of(job.exchange, job.body)
            raise ExtractError(job.source.id, f"expected JSON, got {what}: {error}") from error
    values = []
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                values.append(json.loads(line))
            except (ValueError, RecursionError) as error:
                raise ExtractError(job.source.id, f"line {number} of the JSON lines: {error}") from error
    return values


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
    return [row for row in rows if isinstance(row, dict)]


def _compiled(job: ReadJob, text: str) -> Expression:
    try:
        return compile_expression(text)
    except ValueError as error:
        raise ExtractError(job.source.id, f"fields: {error}") from error


def _check_shape(job: ReadJob, items: list[Item], unread: Counter[str]) -> None:
    if items and all("title-missing" in item.flags for item in items):
        told = f"fields.title ({job.source.field('title')}) finds nothing in any of {len(items)} rows"
        raise ExtractError(job.source.id, f"{told}; the register has changed its shape")
    for name, count in unread.items():
        if count > len(items) / 2:
            told = f"fields.{name} ({job.source.field(name)}) fails on {count} of {len(items)} rows"
            raise ExtractError(job.source.id, f"{told}: it meets values of another type than it takes")


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, list):
        for each in value:
            yield from _strings(each)
    elif isinstance(value, dict):
        yield from _strings(list(value.values()))
    elif isinstance(value, bool):
        yield "true" if value else "false"
    elif value is not None:
        text = str(value)
        text = normalise(html.unescape(text) if "&" in text else text, _VALUE_CHARACTERS)
        if text:
            yield text


def _item(job: ReadJob, row: object, values: Row) -> Item:
    title, identifier = values.one("title") or "", values.one("id")
    link = web_link(values.one("link") or "", job.source.url) if values.one("link") else None
    candidates = (
        *((f"id:{identifier}",) if identifier else ()),
        *((f"link:{canonical(link)}",) if link else ()),
        title_key(title, values.one("signed") or ""),
    )
    return Item(
        source_id=job.source.id,
        keys=candidates,
        title=title or _NO_TITLE,
        version=version_of(json.dumps(row, sort_keys=True, ensure_ascii=False)),
        url=link,
        lang=job.source.lang,
        row=values,
        flags=() if title else ("title-missing",),
    )


def _document(job: ReadJob, item: Item) -> Document:
    row = item.row or Row(())
    names = [*_FIRST, *(name for name, _ in row.values if name not in (*_FIRST, "id", "date_order"))]
    lines = [f"{name}: {_SEPARATOR.join(found)}" for name in names if (found := row.all(name))]
    content = Content(
        title=item.title,
        passages=tuple(Passage(PassageKind.FIELD, line) for line in lines or [f"title: {item.title}"]),
        url=item.url or job.source.url,
        row=row,
    )
    return build_document(job, content, item_key=item.key)


def _total(job: ReadJob, data: object) -> int | None:
    """How many rows the register says it has, over all pages.

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
