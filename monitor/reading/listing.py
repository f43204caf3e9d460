"""Read a web page that lists news: its entries become items, by the selectors of the source's entry."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from lxml import etree, html
from lxml.cssselect import CSSSelector

from monitor.errors import ExtractError
from monitor.language import normalise, shorten
from monitor.model import Item, ItemsRead, Listing, PartialDate, ReadJob
from monitor.reading.charset import decode
from monitor.reading.days import day_in_words, parse_day
from monitor.reading.entries import SUMMARY_CHARACTERS, TITLE_CHARACTERS, Entry, odd_day, settle
from monitor.reading.identity import title_key, version_of
from monitor.reading.links import canonical, web_link

_MOST_BYTES = 4_000_000
_MOST_ITEMS = 2_000
_DAY_CHARACTERS = 100
_NOT_TEXT = dict.fromkeys([0, *range(0xD800, 0xE000)], "\ufffd")


def read_listing(job: ReadJob) -> ItemsRead:
    """Return the entries of a list as items, with the next page where the source names its link.

    Flags: ``selector-missed:NAME`` where the selector of the entries matches nothing, or that of their
    links, titles or days finds nothing in most of them; ``items-capped``, ``charset-guessed``.

    Raises:
        ExtractError: the page is larger than 4 MB, is no HTML, or a selector cannot be used.
    """
    listing = job.source.listing
    if listing is None:
        raise ExtractError(job.source.id, "the entry of a listing lacks `listing`; name its selectors")
    if len(job.body) > _MOST_BYTES:
        raise ExtractError(job.source.id, f"a page of {len(job.body):,} bytes is refused: the limit is 4 MB")
    decoded = decode(job.body, job.exchange.header("content-type"), lang=job.source.lang)
    page = parse_page(decoded.text)
    if page is None:
        raise ExtractError(job.source.id, f"{job.exchange.url} is an empty page")
    reader = _Reader(job, listing, page)
    rows = reader.rows
    drafts = [draft for row in rows[:_MOST_ITEMS] if (draft := reader.draft(row)) is not None]
    items, _ = settle(job, [Entry(_item(job, draft)) for draft in drafts], with_text=False)
    flags = [f"selector-missed:{name}" for name in _missed(listing, rows, drafts)]
    flags += ["items-capped"] if len(rows) > _MOST_ITEMS else []
    flags += ["charset-guessed"] if decoded.guessed else []
    return ItemsRead(items, more=reader.next_page(), listed=len(rows), flags=tuple(flags))


def parse_page(text: str) -> html.HtmlElement | None:
    """Return a page's tree; None for one without elements."""
    parser = html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False)
    try:
        return html.document_fromstring(text.translate(_NOT_TEXT).encode("utf-8", "replace"), parser=parser)
    except etree.ParserError:
        return None


def select(element: html.HtmlElement, selector: str) -> list[html.HtmlElement]:
    """Return the elements below ``element`` that a selector matches, in the page's order.

    Raises:
        ValueError: it is no selector that is understood here.
    """
    try:
        found = _compiled(selector)(element)
    except (ValueError, SyntaxError, etree.XPathError) as error:
        raise ValueError(f"the selector {selector!r} cannot be used: {error}") from error
    return [each for each in found if isinstance(each, html.HtmlElement)] if isinstance(found, list) else []


@lru_cache(maxsize=1000)  # each is used for every entry of a list; to translate one costs more than to use it
def _compiled(selector: str) -> CSSSelector:
    return CSSSelector(selector, translator="html")


@dataclass(frozen=True, slots=True)
class _Draft:
    """What a list says of one entry."""

    url: str
    title: str
    day_raw: str
    day: PartialDate | None
    summary: str


@dataclass(frozen=True)
class _Reader:
    """One page with the selectors that read it."""

    job: ReadJob
    listing: Listing
    page: html.HtmlElement

    @cached_property
    def rows(self) -> list[html.HtmlElement]:
        """The entries, without what lies inside another one."""
        found = self._select(self.page, self.listing.item, "item")
        inside = {id(child) for row in found for child in row.iterdescendants()}
        return [row for row in found if id(row) not in inside]

    @cached_property
    def base(self) -> str:
        """The address that links are relative to."""
        address = self.job.exchange.final_url or self.job.exchange.url
        given = self.page.find(".//base[@href]")
        return (web_link(given.get("href") or "", address) if given is not None else None) or address

    def draft(self, row: html.HtmlElement) -> _Draft | None:
        """Return what the list says of an entry; None without a link."""
        link = self._link(row)
        url = web_link(link.get("href") or "", self.base) if link is not None else None
        if link is None or url is None:
            return None
        title = self._words(row, self.listing.title, "title") if self.listing.title else _link_words(link)
        raw, day = self._day(row) if self.listing.date else ("", None)
        summary = self._words(row, self.listing.summary, "summary") if self.listing.summary else ""
        return _Draft(
            url, normalise(title, TITLE_CHARACTERS), raw, day, shorten(normalise(summary), SUMMARY_CHARACTERS)
        )

    def next_page(self) -> tuple[str, ...]:
        """Return the address of the next page, if the page links to one."""
        if not self.listing.next:
            return ()
        for link in self._select(self.page, self.listing.next, "next"):
            address = web_link(link.get("href") or "", self.base)
            if address and address != (self.job.exchange.final_url or self.job.exchange.url):
                return (address,)
        return ()

    def _link(self, row: html.HtmlElement) -> html.HtmlElement | None:
        if self.listing.link:
            return next(iter(self._select(row, self.listing.link, "link")), None)
        if row.tag == "a" and row.get("href"):
            return row
        links = [link for link in row.iter("a") if link.get("href")]
        return next((link for link in links if link.text_content().strip()), links[0] if links else None)

    def _words(self, row: html.HtmlElement, selector: str, name: str) -> str:
        found = self._select(row, selector, name)
        return str(found[0].text_content()) if found else ""

    def _day(self, row: html.HtmlElement) -> tuple[str, PartialDate | None]:
        """The day by its machine form, else by its words in the source's language."""
        source = self.job.source
        for element in self._select(row, self.listing.date, "date")[:3]:
            words = normalise(str(element.text_content()), _DAY_CHARACTERS)
            machine = normalise(element.get("datetime") or "", _DAY_CHARACTERS)
            day = parse_day(machine, source.timezone) if machine else None
            day = day or parse_day(words, source.timezone, source.date_order)
            day = day or day_in_words(words, source.lang)
            if day is not None or words or machine:
                return words or machine, day
        return "", None

    def _select(self, element: html.HtmlElement, selector: str, name: str) -> Sequence[html.HtmlElement]:
        try:
            return select(element, selector)
        except ValueError as error:
            raise ExtractError(self.job.source.id, f"listing.{name}: {error}") from error


def _link_words(link: html.HtmlElement) -> str:
    """A link's words; of a picture, what it is said to show."""
    words = str(link.text_content())
    return words if words.strip() else (link.get("title") or link.get("aria-label") or "")


def _missed(listing: Listing, rows: Sequence[object], drafts: Sequence[_Draft]) -> list[str]:
    if not rows:
        return ["item"]
    least = len(rows) / 2
    missed = [] if len(drafts) >= least else ["link"]
    if len([draft for draft in drafts if draft.title]) < least:
        missed.append("title")
    if listing.date and drafts and len([draft for draft in drafts if draft.day]) < least:
        missed.append("date")
    return missed


def _item(job: ReadJob, draft: _Draft) -> Item:
    key = f"link:{canonical(draft.url)}"
    day = draft.day.iso if draft.day else ""  # not as written: "two hours ago" changes with every poll
    flags = odd_day(job, draft.day, draft.day_raw)
    return Item(
        source_id=job.source.id,
        keys=(key, title_key(draft.title, day)),
        title=draft.title,
        version=version_of(draft.title, key, day, draft.summary),
        url=draft.url,
        published=draft.day,
        published_raw=draft.day_raw,
        summary=draft.summary,
        lang=job.source.lang,
        flags=flags if draft.title else (*flags, "title-missing"),
    )
