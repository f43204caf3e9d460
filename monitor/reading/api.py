"""Read a press service's JSON: rows become items, with their full text where they have it."""

from monitor.language import normalise, shorten
from monitor.model import Item, ItemsRead, ReadJob, Row
from monitor.reading.days import parse_day
from monitor.reading.entries import SUMMARY_CHARACTERS, TITLE_CHARACTERS, Entry, odd_day, settle
from monitor.reading.identity import title_key, version_of
from monitor.reading.links import canonical, web_link
from monitor.reading.papers import papers_in
from monitor.reading.rows import Fields, check_fields, fields_of, read_rows, stated_total
from monitor.reading.snippets import TAG, snippet_passages


def read_api(job: ReadJob) -> ItemsRead:
    """Return the rows of a press service's reply as items.

    Flags: ``charset-guessed``; ``unread:NAME`` where a field's expression failed on some rows.

    Raises:
        ExtractError: the body is no JSON, has no rows where the source says, or has another shape.
    """
    reply, fields = read_rows(job), fields_of(job)
    entries = [_entry(job, row, fields) for row in reply.rows]
    untitled = sum("title-missing" in each.item.flags for each in entries)
    flags = (*reply.flags, *check_fields(job, fields, len(entries), untitled))
    items, documents = settle(job, entries, with_text=True)
    total = stated_total(job, reply.data)
    return ItemsRead(items, documents, total=total, listed=reply.listed, flags=flags)


def _entry(job: ReadJob, row: object, fields: Fields) -> Entry:
    values, text = fields.values(row), fields.raw("text", row)
    title = normalise(TAG.sub("", values.one("title") or ""), TITLE_CHARACTERS)
    url, read_at = _link(job, values, "link"), _link(job, values, "document")
    day, updated = values.one("published") or "", values.one("updated") or ""
    published = parse_day(day, job.source.timezone, job.source.date_order)
    summary = shorten(_words(fields.raw("summary", row)), SUMMARY_CHARACTERS)
    flags = odd_day(job, published, day)
    item = Item(
        source_id=job.source.id,
        keys=_keys(values.one("id"), url, title_key(title or summary, published.iso if published else "")),
        title=title or shorten(summary, 100) or (url or ""),
        version=version_of(title, summary, canonical(url or ""), day, updated, text),
        url=url or read_at,
        published=published,
        published_raw=day,
        updated_raw=updated,
        summary=summary,
        lang=job.source.lang,
        read_at=read_at if url else None,
        flags=flags if title else (*flags, "title-missing"),
    )
    papers = papers_in(text, item.url or job.source.url)
    return Entry(item, snippet_passages(text) if text.strip() else (), papers)


def _keys(identifier: str | None, url: str | None, by_title: str) -> tuple[str, ...]:
    return (
        *((f"id:{identifier}",) if identifier else ()),
        *((f"link:{canonical(url)}",) if url else ()),
        by_title,
    )


def _link(job: ReadJob, values: Row, name: str) -> str | None:
    written = values.one(name)
    return web_link(written, job.exchange.final_url or job.source.url) if written else None


def _words(value: str) -> str:
    return "\n".join(passage.text for passage in snippet_passages(value)) if value.strip() else ""
