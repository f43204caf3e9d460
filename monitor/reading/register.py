"""Read a treaty register: each row becomes an item with its document, no request and no grammar needed.

Values stay as the register writes them, dates included: what they mean is decided where rows become
findings. A row's document is its fields, a line each, so that a quotation can span title and date.
"""

import json
from dataclasses import replace

from monitor.model import Document, Item, ItemsRead, Passage, PassageKind, ReadJob, Row
from monitor.reading.documents import Content, build_document
from monitor.reading.identity import distinct_keys, title_key, version_of
from monitor.reading.links import canonical, web_link
from monitor.reading.rows import check_fields, fields_of, read_rows, stated_total

# The order of a row's lines; other mapped fields follow in the order of the source's entry.
_FIRST = ("title", "parties", "signed", "place", "in_force", "laid", "numbers", "procedure", "link")
_SEPARATOR = "; "
_NO_TITLE = "(no title)"


def read_register(job: ReadJob) -> ItemsRead:
    """Return the register's rows as items, each with a document that holds the row.

    Flags: ``charset-guessed``; ``unread:NAME`` where a field's expression failed on some rows.

    Raises:
        ExtractError: the body is no JSON or JSON lines, has no rows where the source says, or has the
            shape of another register: no row has a title, or a field fails on most rows.
    """
    reply, fields = read_rows(job), fields_of(job)
    drafts = [_item(job, row, fields.values(row)) for row in reply.rows]
    untitled = sum("title-missing" in item.flags for item in drafts)
    flags = (*reply.flags, *check_fields(job, fields, len(drafts), untitled))
    keys = distinct_keys([item.keys for item in drafts], [item.version for item in drafts])
    items = tuple(replace(item, keys=own) for item, own in zip(drafts, keys, strict=True) if own)
    documents = tuple(_document(job, item) for item in items)
    return ItemsRead(items, documents, total=stated_total(job, reply.data), listed=reply.listed, flags=flags)


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
