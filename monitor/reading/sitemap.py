"""Read a sitemap: addresses of pages become items, whose titles come with their documents.

A list of sitemaps yields no items but further pages of the same poll. A sitemap is read as a stream, since
it may hold 50,000 addresses. Source: https://www.sitemaps.org/protocol.html
"""

import fnmatch
import io
import re
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import unquote

from lxml import etree

from monitor.errors import ExtractError
from monitor.model import Item, ItemsRead, PartialDate, ReadJob
from monitor.reading.days import parse_day
from monitor.reading.identity import version_of
from monitor.reading.links import canonical, web_link

_MOST_BYTES = 60_000_000  # unpacked; the protocol allows 50 MB
_MOST_ITEMS = 5_000
_MOST_MAPS = 200
_MOST_UNDATED = 500  # pages of which nothing tells how old they are
_UNIFORM_FROM = 50  # addresses; a short sitemap may truly have changed in one day
_UNIFORM_SHARE = 0.8
_DAY_IN_PATH = re.compile(r"(?<!\d)(20\d{2})[/-]?(0[1-9]|1[0-2])[/-]?(0[1-9]|[12]\d|3[01])(?!\d)")
_RAW_CHARACTERS = 100


@dataclass(frozen=True, slots=True)
class _Address:
    """One entry: a page, or with ``is_map`` a further sitemap; ``path`` without percent-encoding."""

    url: str
    path: str
    changed_raw: str
    changed: date | None
    is_map: bool


def read_sitemap(job: ReadJob) -> ItemsRead:
    """Return the pages of a sitemap that match the source's paths and lie in its window of days.

    Flags: ``items-capped``, ``maps-capped``; ``lastmod-uniform`` where nearly all pages claim to have
    changed on one day of the window, as after a rebuild. Such days are not believed: the items are then
    marked ``edit-doubted``, and those that are known already stand for unchanged.

    Raises:
        ExtractError: the body is no sitemap, is cut short, or is too large unpacked.
    """
    first = _first_day(job)
    maps: list[_Address] = []
    pages: list[_Address] = []
    for each in _addresses(job):
        if _matches(each.path, (job.source.maps or ("*",)) if each.is_map else job.source.paths):
            (maps if each.is_map else pages).append(each)
    uniform = _is_uniform(pages, first)
    items, capped = _items(job, pages, first, uniform=uniform)
    more = _recent_maps(job, maps, first)
    flags = {
        "items-capped": capped,
        "maps-capped": len(more) > _MOST_MAPS,
        "lastmod-uniform": uniform,
    }
    return ItemsRead(
        items,
        more=tuple(more[:_MOST_MAPS]),
        listed=len(pages),
        flags=tuple(flag for flag, is_set in flags.items() if is_set),
    )


def _addresses(job: ReadJob) -> Iterator[_Address]:
    base = job.exchange.final_url or job.exchange.url
    root = ""
    events = etree.iterparse(
        io.BytesIO(_unpacked(job)),
        events=("start", "end"),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        for event, element in events:
            name = etree.QName(element).localname
            if not root:
                root = name
                if root not in ("urlset", "sitemapindex"):
                    raise ExtractError(job.source.id, f"{base}: this is no sitemap but <{root}>")
            if event == "end" and name in ("url", "sitemap"):
                yield from _address(element, is_map=name == "sitemap")
                element.clear()
                while element.getprevious() is not None:
                    del element.getparent()[0]
    except etree.XMLSyntaxError as error:
        raise ExtractError(job.source.id, f"{base}: the sitemap breaks off or is no XML: {error}") from error


def _address(element: etree._Element, *, is_map: bool) -> Iterator[_Address]:
    found = {etree.QName(child).localname: child.text or "" for child in reversed(element)}
    url = found.get("loc", "").strip()
    start, _, rest = url.partition("://")
    if rest and start.lower() in ("http", "https"):
        raw = found.get("lastmod", "").strip()[:_RAW_CHARACTERS]
        path = unquote("/" + rest.partition("/")[2].partition("?")[0].partition("#")[0])
        yield _Address(url, path, raw, _changed(raw), is_map)


def _changed(raw: str) -> date | None:
    """The day of a change: the protocol's form at once, since there may be 50,000; others by their words."""
    try:
        return date.fromisoformat(raw[:10])
    except ValueError:
        day = parse_day(raw) if raw else None
        return day.last if day else None


def _unpacked(job: ReadJob) -> bytes:
    """The body; what is served as a gzip file is unpacked, at most so far."""
    if job.body[:2] != b"\x1f\x8b":
        return job.body
    unpacker = zlib.decompressobj(wbits=31)
    try:
        body = unpacker.decompress(job.body, _MOST_BYTES)
    except zlib.error as error:
        raise ExtractError(job.source.id, f"{job.exchange.url} cannot be unpacked: {error}") from error
    if unpacker.unconsumed_tail or not unpacker.eof:
        what = "is too large unpacked" if unpacker.unconsumed_tail else "breaks off"
        raise ExtractError(job.source.id, f"{job.exchange.url} {what}; narrow `maps`")
    return body


def _matches(path: str, patterns: Iterable[str]) -> bool:
    return any(fnmatch.fnmatchcase(path, pattern) for pattern in patterns)


def _is_uniform(pages: Sequence[_Address], first: date | None) -> bool:
    """Whether nearly all pages claim to have changed on one day that lies in the window."""
    if len(pages) < _UNIFORM_FROM or first is None:
        return False
    days = Counter(each.changed for each in pages if each.changed)
    day, count = days.most_common(1)[0] if days else (first, 0)
    return day >= first and count > len(pages) * _UNIFORM_SHARE


def _items(
    job: ReadJob, pages: Sequence[_Address], first: date | None, *, uniform: bool
) -> tuple[tuple[Item, ...], bool]:
    """The pages in the window, each address once, the latest first; and whether there are too many."""
    found: dict[str, tuple[date, Item]] = {}
    undated = 0
    for each in pages:
        published = _day_in_path(each.path)
        days = [day for day in (None if uniform else each.changed, published and published.last) if day]
        if first is not None and days and max(days) < first:
            continue
        undated += not days
        if days or undated <= _MOST_UNDATED:
            item = _item(job, each, published, doubted=uniform)
            found.setdefault(item.key, (max(days, default=date.max), item))
    items = [item for _, item in sorted(found.values(), key=lambda pair: pair[0], reverse=True)]
    return tuple(items[:_MOST_ITEMS]), len(items) > _MOST_ITEMS or undated > _MOST_UNDATED


def _item(job: ReadJob, page: _Address, published: PartialDate | None, *, doubted: bool) -> Item:
    url = web_link(page.url) or page.url
    key = f"link:{canonical(url)}"
    return Item(
        source_id=job.source.id,
        keys=(key,),
        title="",
        version=version_of(key, page.changed_raw),
        url=url,
        published=published,
        updated_raw=page.changed_raw,
        lang=job.source.lang,
        flags=("edit-doubted",) if doubted else (),
    )


def _recent_maps(job: ReadJob, maps: Sequence[_Address], first: date | None) -> list[str]:
    """Sitemaps that changed in the window, or do not say when, the latest first."""
    dated = [(each.changed or date.max, each.url) for each in maps]
    kept = sorted(((day, url) for day, url in dated if first is None or day >= first), reverse=True)
    links = (web_link(url, job.exchange.final_url or job.exchange.url) for _, url in kept)
    return list(dict.fromkeys(link for link in links if link))


def _first_day(job: ReadJob) -> date | None:
    days = job.source.days
    return None if days is None else (job.exchange.asked_at - timedelta(days=days)).date()


def _day_in_path(path: str) -> PartialDate | None:
    found = _DAY_IN_PATH.search(path)
    if found is None:
        return None
    try:
        return PartialDate.day(date(int(found[1]), int(found[2]), int(found[3])), found[0])
    except ValueError:
        return None
