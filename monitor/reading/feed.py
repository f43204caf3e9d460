"""Read RSS 0.9x, 1.0, 2.0 and Atom; JSON Feed is handed on.

feedparser gets a file object of text that was decoded here, never a string: it would open a path and
fetch an address. It converts dates to UTC, which moves 13 June 00:00+09:00 to 12 June, so the raw
date is read again. It neither cleans nor resolves here: all markup becomes text.
"""

import html
import io
import re
from datetime import date
from typing import Any

import feedparser

from monitor.errors import ExtractError
from monitor.language import normalise, shorten
from monitor.model import Attachment, Item, ItemsRead, PartialDate, Passage, ReadJob
from monitor.reading.charset import decode
from monitor.reading.days import has_short_year, parse_day
from monitor.reading.entries import SUMMARY_CHARACTERS, TITLE_CHARACTERS, Entry, odd_day, settle
from monitor.reading.identity import title_key, version_of
from monitor.reading.json_feed import read_json_feed
from monitor.reading.languages import primary
from monitor.reading.links import canonical, web_link
from monitor.reading.media import Media, media_of
from monitor.reading.papers import papers_in
from monitor.reading.snippets import TAG, snippet_passages

MOST_ITEMS = 5_000
_RAW_CHARACTERS = 100
_ENTITY = re.compile(r"&#?\w{1,31};")
_REFERENCE = re.compile(r"&#(x[0-9a-f]{1,4000}|[0-9]{1,4000});?", re.IGNORECASE)
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]{0,300}\?>")
_CLOSED = re.compile(r"</(?:\w+:)?(?:rss|feed|rdf)\s*>", re.IGNORECASE)
_ITEM_START = re.compile(r"<(?:\w+:)?(?:item|entry)[\s>]", re.IGNORECASE)
_END_CHARACTERS = 2_000  # caches leave comments behind the last element


def read_feed(job: ReadJob) -> ItemsRead:
    """Return the feed's items in its order; with full text beside them where they need no request.

    Flags: ``ill-formed`` (recovered from broken XML), ``unclosed`` (the end is missing),
    ``items-capped``, ``charset-guessed``.

    Raises:
        ExtractError: the body is no feed.
    """
    if media_of(job.exchange, job.body) is Media.JSON:
        return read_json_feed(job)
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
    items, documents = settle(job, entries, with_text=False)
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


def _entry(job: ReadJob, raw: dict[str, Any], feed_lang: str) -> Entry | None:
    """What the feed says of one item; None for an entry without title, address and text."""
    url = _address(raw, job.exchange.final_url or job.exchange.url)
    published_raw, updated_raw = _raw(raw, "published"), _raw(raw, "updated")
    published, flags = _published(job, raw, published_raw or updated_raw)
    summary = snippet_passages(raw.get("summary", ""), _type_of(raw, "summary"))
    full = () if job.source.follow and url and summary else _full_text(raw)
    title = _title(raw)
    if not title and not url and not (summary or full):
        return None
    words = shorten("\n".join(passage.text for passage in summary or full), SUMMARY_CHARACTERS)
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
    return Entry(item, full or summary, () if job.source.follow else _papers(raw, url or job.source.url))


def _address(raw: dict[str, Any], base: str) -> str | None:
    """The entry's page. An id that is no address is none, although RSS takes it for one by default."""
    link = str(raw.get("link", ""))
    if raw.get("guidislink") and not raw.get("links") and not link.lower().startswith(("http:", "https:")):
        return None
    return web_link(link, base) if link else None


def _title(raw: dict[str, Any]) -> str:
    value = str(raw.get("title", ""))
    if _type_of(raw, "title") != "text/plain":
        value = TAG.sub("", value)
        value = html.unescape(value) if _ENTITY.search(value) else value
    return normalise(value, TITLE_CHARACTERS)


def _full_text(raw: dict[str, Any]) -> tuple[Passage, ...]:
    parts = raw.get("content", ())
    return tuple(
        passage
        for part in parts
        for passage in snippet_passages(str(part.get("value", "")), str(part.get("type", "")))
    )


def _papers(raw: dict[str, Any], address: str) -> tuple[Attachment, ...]:
    values = [str(part.get("value", "")) for part in raw.get("content", ())]
    return papers_in(" ".join([*values, str(raw.get("summary", ""))]), address)


def _published(job: ReadJob, raw: dict[str, Any], written: str) -> tuple[PartialDate | None, tuple[str, ...]]:
    """The day as written, and what is odd about it; dates order and inform, they never decide newness."""
    day = parse_day(written, job.source.timezone)
    if day is None:
        day = _understood(dict.get(raw, "published_parsed") or dict.get(raw, "updated_parsed"), written)
    short = ("date-short-year",) if has_short_year(written) else ()
    return day, (*short, *odd_day(job, day, written))


def _understood(parsed: tuple[int, ...] | None, written: str) -> PartialDate | None:
    """The day that feedparser understood; where it made the year up (of 0000-00-00, of -1), none."""
    if parsed is None or not 1 <= parsed[0] <= 9999 or f"{parsed[0]:04}" not in written:
        return None
    return PartialDate.day(date(*parsed[:3]), written)


def _raw(raw: dict[str, Any], name: str) -> str:
    """A field as written; ``dict.get``, since feedparser's own answers for another field and warns."""
    return normalise(str(dict.get(raw, name) or ""), _RAW_CHARACTERS)


def _type_of(raw: dict[str, Any], name: str) -> str:
    return str(raw.get(f"{name}_detail", {}).get("type", "text/html"))
