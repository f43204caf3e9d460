"""Read JSON Feed 1 and 1.1. Source: https://www.jsonfeed.org/version/1.1/"""

from typing import Any

from monitor.errors import ExtractError
from monitor.language import normalise, shorten
from monitor.model import Item, ItemsRead, ReadJob
from monitor.reading.charset import decode
from monitor.reading.days import parse_day
from monitor.reading.entries import SUMMARY_CHARACTERS, TITLE_CHARACTERS, Entry, odd_day, settle
from monitor.reading.identity import title_key, version_of
from monitor.reading.languages import primary
from monitor.reading.links import canonical, web_link
from monitor.reading.papers import papers_in
from monitor.reading.rows import parse_json
from monitor.reading.snippets import snippet_passages

_MOST_ITEMS = 5_000
_VERSION = "jsonfeed.org/version/1"
_RAW_CHARACTERS = 100


def read_json_feed(job: ReadJob) -> ItemsRead:
    """Return the feed's items in its order; with full text beside them where they need no request.

    Flags: ``items-capped``, ``charset-guessed``.

    Raises:
        ExtractError: the body is no JSON Feed.
    """
    decoded = decode(job.body, job.exchange.header("content-type"), lang=job.source.lang)
    data = parse_json(job, decoded.text)
    rows = data.get("items") if isinstance(data, dict) else None
    if not isinstance(data, dict) or _VERSION not in str(data.get("version")) or not isinstance(rows, list):
        message = f"{job.exchange.url}: this is no RSS or Atom feed, and its JSON no JSON Feed; look at it"
        raise ExtractError(job.source.id, message)
    lang = primary(str(data.get("language") or ""))
    entries = [
        entry
        for row in rows[:_MOST_ITEMS]
        if isinstance(row, dict) and (entry := _entry(job, row, lang)) is not None
    ]
    items, documents = settle(job, entries, with_text=False)
    flags = ("items-capped",) if len(rows) > _MOST_ITEMS else ()
    return ItemsRead(items, documents, flags=(*flags, *(("charset-guessed",) if decoded.guessed else ())))


def _entry(job: ReadJob, row: dict[str, Any], feed_lang: str) -> Entry | None:
    """What the feed says of one item; None for an entry without title, address and text."""
    url = web_link(_text(row, "url") or _text(row, "external_url"), job.exchange.final_url or job.source.url)
    title = normalise(_text(row, "title"), TITLE_CHARACTERS)
    markup = _text(row, "content_html")
    full = snippet_passages(markup) or snippet_passages(_text(row, "content_text"), "text/plain")
    brief = snippet_passages(_text(row, "summary"), "text/plain")
    words = shorten("\n".join(passage.text for passage in brief or full), SUMMARY_CHARACTERS)
    if not (title or url or words):
        return None
    written, updated = _raw(row, "date_published"), _raw(row, "date_modified")
    day = parse_day(written or updated, job.source.timezone)
    identifier = normalise(_text(row, "id"), 1_000)
    keys = (
        *((f"id:{identifier}",) if identifier else ()),
        *((f"link:{canonical(url)}",) if url else ()),
        title_key(title or words, day.iso if day else ""),
    )
    flags = odd_day(job, day, written or updated)
    item = Item(
        source_id=job.source.id,
        keys=keys,
        title=title or shorten(words, 100) or (url or ""),
        version=version_of(title, words, canonical(url or ""), updated, *(each.text for each in full)),
        url=url,
        published=day,
        published_raw=written,
        updated_raw=updated,
        summary=words,
        lang=primary(_text(row, "language")) or feed_lang,
        flags=flags if title else (*flags, "title-missing"),
    )
    return Entry(item, full or brief, papers_in(markup, url or job.source.url))


def _text(row: dict[str, Any], name: str) -> str:
    """A field's text; ids are often numbers although they should not be."""
    value = row.get(name)
    return str(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else ""


def _raw(row: dict[str, Any], name: str) -> str:
    return normalise(_text(row, name), _RAW_CHARACTERS)
