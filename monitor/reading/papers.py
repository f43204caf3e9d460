"""Links of an official page to papers beside it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from bs4.element import Tag

from monitor.language import normalise
from monitor.model import Attachment
from monitor.reading.agreement_links import PDF_PATH, PDF_WORD, says_agreement
from monitor.reading.links import canonical, web_link
from monitor.reading.outline import Outline
from monitor.reading.parsing import parse_html

_MOST_LINKS = 2_000
_TEXT_CHARACTERS = 300
Region = tuple[Tag, frozenset[int]]
"""A part of a page, and the ids (of the objects) of what in it is furniture."""


@dataclass(frozen=True, slots=True)
class _Link:
    """A link with its words, as it stands on a page; ``is_own``: not in the site's furniture."""

    href: str
    text: str
    is_pdf: bool
    is_own: bool


def papers_on(page: Outline, regions: Iterable[Region], address: str) -> tuple[Attachment, ...]:
    """Return the papers that the main part of a page links to, in its order.

    These are PDFs, wherever they stand in it, and pages whose link names an agreement, but for links
    in the site's furniture.
    """
    given = page.first("base")
    base = (web_link(str(given.get("href", "")), address) if given else None) or address
    found: dict[str, Attachment] = {}
    for link in islice(_links(page, regions), _MOST_LINKS):
        target = web_link(link.href, base)
        if target is None or canonical(target) == canonical(address):
            continue
        if link.is_pdf or (link.is_own and says_agreement(link.text)):
            found.setdefault(target, Attachment(target, link.text))
    return tuple(found.values())


def papers_in(markup: str, address: str) -> tuple[Attachment, ...]:
    """Return the papers that a piece of HTML links to."""
    if "<a" not in markup.lower():
        return ()
    page = Outline(parse_html(markup))
    return papers_on(page, ((page.soup, frozenset()),), address)


def _links(page: Outline, regions: Iterable[Region]) -> Iterator[_Link]:
    for region, furniture in regions:
        outside = 0  # where the piece of furniture ends that the walk is in
        for place in page.places(region):
            if id(place.tag) in furniture:
                outside = max(outside, place.end)
            if place.tag.name == "a":
                yield _link(place.tag, is_own=place.start >= outside)


def _link(tag: Tag, *, is_own: bool) -> _Link:
    href, raw = str(tag.get("href", "")), tag.get_text(" ")
    is_pdf = bool(PDF_PATH.search(href) or tag.get("type") == "application/pdf" or PDF_WORD.search(raw))
    return _Link(href, normalise(raw, _TEXT_CHARACTERS), is_pdf, is_own)
