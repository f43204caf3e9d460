"""Read RSS 0.9x, 1.0, 2.0 and Atom.

feedparser gets a file object of text that was decoded here, never a string: it would open a path and
fetch an address. It converts dates to UTC, which moves 13 June 00:00+09:00 to 12 June, so the raw
date is read again. It neither cleans nor resolves here: all markup becomes text.
"""

import html
import io
import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import feedparser

from monitor.errors import ExtractError
from monitor.language import normalise, shorten
from monitor.model import Document, Item, ItemsRead, PartialDate, Passage, ReadJob
from monitor.reading.blocks import passages_of
from monitor.reading.charset import decode
from monitor.reading.days import has_short_year, parse_day
from monitor.reading.documents import Content, build_document
from monitor.reading.furniture import furniture_in
from monitor.reading.identity import distinct_keys, title_key, version_of
from monitor.reading.languages import primary
from monitor.reading.links import canonical, web_link
from monitor.reading.outline import Outline
from monitor.reading.page import parse_html
from monitor.reading.plain import plain_lines, plain_passages

MOST_ITEMS = 5_000
_TITLE_CHARACTERS = 500
_SUMMARY_CHARACTERS = 5_000
_RAW_CHARACTERS = 100
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,2000}>")
_ENTITY = re.compile(r"&#?\w{1,31};")
_REFERENCE = re.compile(r"&#(x[0-9a-f]{1,4000}|[0-9]{1,4000});?", re.IGNORECASE)
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]{0,300}\?>")
_CLOSED = re.compile(r"</(?:\w+:)?(?:rss|feed|rdf)\s*>", re.IGNORECASE)
_ITEM_START = re.compile(r"<(?:\w+:)?(?:item|entry)[\s>]", re.IGNORECASE)
_END_CHARACTERS = 2_000  # caches leave comments behind the last element
_FUTURE = timedelta(hours=48)


@dataclass(frozen=True, slots=True)
class _Entry:
    """What a feed says of one item."""

    item: Item
    passages: tuple[Passage, ...]


def read_feed(job: ReadJob) -> ItemsRead:
    """Return the feed's items in its order; with full text beside them where they need no request.

    Flags: ``ill-formed`` (recovered from broken XML), ``unclosed`` (the end is missing),
    ``items-capped``, ``charset-guessed``.

    Raises:
        ExtractError: the body is no feed.
    """
    decoded = decode(job.body, job.exchange.header("content-type"), lang=job.source.lang)
    text, capped = _capped(_parsable(decoded.text))
    feed = feedparser.parse(
        io.BytesIO(text.encode("utf-8", "replace")),
        response_headers={"content-type": "application/xml; charset=utf-8"},
        sanitize_html=False,
        resolve_relative_uris=False,
    )
    if not feed.get("version") and not feed.entries:
        raise ExtractError(
            job.source.id, f"{job.exchange.url}: this is no RSS or Atom feed; open the address"
        )
    flags = {
        "ill-formed": bool(feed.bozo),
        "unclosed": not capped and not _CLOSED.search(text[-_END_CHARACTERS:]),
        "items-capped": capped,
        "charset-guessed": decoded.guessed,
    }
    lang = primary(str(feed.feed.get("language", "")))
    entries = [entry for raw in feed.entries if (entry := _entry(job, raw, lang)) is not None]
    items, documents = _distinct(job, entries)
    return ItemsRead(items, documents, flags=tuple(flag for flag, is_set in flags.items() if is_set))


def _parsable(text: str) -> str:
    """The text without what stops feedparser: NUL, and references to characters that cannot be."""
    text = _DECLARATION.sub("", text.replace("\0", ""))
    return _REFERENCE.sub(_possible, text) if "&#" in text else text


def _possible(reference: re.Match[str]) -> str:
    digits = reference[1]
    number = int(digits[1:], 16) if digits[0] in "xX" else int(digits)
    return reference[0] if number < 0xD800 or 0xDFFF < number < 0x110000 else "\ufffd"


def _capped(text: str) -> tuple[str, bool]:
    """The text up to the largest number of items read; feeds list the newest first."""
    for number, found in enumerate(_ITEM_START.finditer(text)):
        if number == MOST_ITEMS:
            closing = "</feed>" if "entry" in found[0].lower() else "</channel></rss>"
            return text[: found.start()] + closing, True
    return text, False


def _distinct(job: ReadJob, entries: list[_Entry]) -> tuple[tuple[Item, ...], tuple[Document, ...]]:
    keys = distinct_keys([each.item.keys for each in entries], [each.item.version for each in entries])
    items, documents = [], []
    for entry, own in zip(entries, keys, strict=True):
        if own is None:
            continue
        item = replace(entry.item, keys=own)
        items.append(item)
        document = _document(job, item, entry.passages)
        if document is not None:
            documents.append(document)
    return tuple(items), tuple(documents)


def _document(job: ReadJob, item: Item, passages: tuple[Passage, ...]) -> Document | None:
    """The entry's own text as a document, where its page will not be asked for."""
    if not passages or (job.source.follow and item.url):
        return None
    content = Content(
        title=item.title,
        passages=passages,
        url=item.url or job.source.url,
        lang=item.lang,
        published=item.published,
    )
    try:
        return build_document(job, content, item_key=item.key)
    except ExtractError:  # its text repeats its title: the item says as much
        return None


def _entry(job: ReadJob, raw: dict[str, Any], feed_lang: str) -> _Entry | None:
    """What the feed says of one item; None for an entry without title, address and text."""
    url = _address(raw, job.exchange.final_url or job.exchange.url)
    published_raw, updated_raw = _raw(raw, "published"), _raw(raw, "updated")
    published, flags = _published(job, raw, published_raw or updated_raw)
    summary = _passages(raw.get("summary", ""), _type_of(raw, "summary"))
    full = () if job.source.follow and url and summary else _full_text(raw)
    title = _title(raw)
    if not title and not url and not (summary or full):
        return None
    words = shorten("\n".join(passage.text for passage in summary or full), _SUMMARY_CHARACTERS)
    identifier = normalise(str(raw.get("id", "")), 1_000)
    day = published.iso if published else ""
    candidates = (
        *((f"id:{identifier}",) if identifier else ()),
        *((f"link:{canonical(url)}",) if url else ()),
        title_key(title or words, day),
    )
    told = (title, words, canonical(url or ""), updated_raw, *(passage.text for passage in full))
    item = Item(
        source_id=job.source.id,
        keys=candidates,
        title=title or shorten(words, 100) or (url or ""),
        version=version_of(*told),
        url=url,
        published=published,
        published_raw=published_raw,
        updated_raw=updated_raw,
        summary=words,
        lang=primary(str(raw.get("title_detail", {}).get("language") or "")) or feed_lang,
        flags=flags if title else (*flags, "title-missing"),
    )
    return _Entry(item, full or summary)


def _address(raw: dict[str, Any], base: str) -> str | None:
    """The entry's page. An id that is no address is none, although RSS takes it for one by default."""
    link = str(raw.get("link", ""))
    if raw.get("guidislink") and not raw.get("links") and not link.lower().startswith(("http:", "https:")):
        return None
    return web_link(link, base) if link else None


def _title(raw: dict[str, Any]) -> str:
    value = str(raw.get("title", ""))
    if _type_of(raw, "title") != "text/plain":
        value = _TAG.sub("", value)
        value = html.unescape(value) if _ENTITY.search(value) else value
    return normalise(value, _TITLE_CHARACTERS)


def _full_text(raw: dict[str, Any]) -> tuple[Passage, ...]:
    parts = raw.get("content", ())
    return tuple(
        passage
        for part in parts
        for passage in _passages(str(part.get("value", "")), str(part.get("type", "")))
    )


def _passages(value: str, media: str) -> tuple[Passage, ...]:
    if media != "text/plain" and _TAG.search(value):
        page = Outline(parse_html(value))
        return passages_of(page.soup, without=furniture_in(page, page.soup))
    return plain_passages(plain_lines(value if media == "text/plain" else html.unescape(value)))


def _published(job: ReadJob, raw: dict[str, Any], written: str) -> tuple[PartialDate | None, tuple[str, ...]]:
    """The day as written, and what is odd about it; dates order and inform, they never decide newness."""
    if not written:
        return None, ("date-missing",)
    day = parse_day(written, job.source.timezone)
    if day is None:
        parsed = dict.get(raw, "published_parsed") or dict.get(raw, "updated_parsed")
        day = PartialDate.day(date(*parsed[:3]), written) if parsed else None
    if day is None:
        return None, ("date-unread",)
    flags = ["date-short-year"] if has_short_year(written) else []
    if day.first > (job.exchange.asked_at + _FUTURE).date():
        flags.append("date-future")
    return day, tuple(flags)


def _raw(raw: dict[str, Any], name: str) -> str:
    """A field as written; ``dict.get``, since feedparser's own answers for another field and warns."""
    return normalise(str(dict.get(raw, name) or ""), _RAW_CHARACTERS)


def _type_of(raw: dict[str, Any], name: str) -> str:
    return str(raw.get(f"{name}_detail", {}).get("type", "text/html"))
