"""What a page says of itself: title, language, own address, day of publication.

Only a publication date is taken, never a date of change: "last updated" under a statement of last
year does not make it new. Order: JSON-LD, meta elements, time elements, a list of terms, a date line.
"""

import json
import re
from collections.abc import Iterator

from bs4.element import Tag

from monitor.language import normalise
from monitor.model import PartialDate
from monitor.reading.days import day_in_words, parse_day
from monitor.reading.furniture import words_of
from monitor.reading.links import web_link
from monitor.reading.outline import Outline

_META_DATES = (
    "article:published_time",
    "article:published",
    "og:article:published_time",
    "govuk:first-published-at",
    "dcterms.issued",
    "dc.date.issued",
    "dcterms.created",
    "dc.date.created",
    "dcterms.date",
    "dc.date",
    "datepublished",
    "publish-date",
    "publication_date",
    "pubdate",
    "date",
)
_PUBLISHED_WORDS = {
    "published", "date published", "publication date", "date", "date of publication", "first published",
    "veröffentlicht", "datum", "erscheinungsdatum", "publié", "publié le", "date de publication",
    "pubblicato", "data di pubblicazione", "publicado", "fecha de publicación", "opublikowano",
    "data publikacji", "опубліковано", "дата публікації", "опубликовано", "дата публикации",
    "公開日", "掲載日",
}  # fmt: skip
_DATE_LINE = re.compile(
    r"(?:^|[-_])(?:date|datetime|datum|data|fecha|published|pubdate)(?:$|[-_])", re.IGNORECASE
)
_LONGEST_DATE_LINE = 80
_CLASS_OF_DATE = re.compile(
    r"publish|pubdate|dateline|post-date|article[-_]?date|news[-_]?date", re.IGNORECASE
)
_META_NAMES = ("property", "name", "itemprop", "http-equiv")
_LONGEST_JSON = 200_000
_MOST_METAS = 300
_MOST_SCRIPTS = 10
_MOST_TERMS = 50
_MOST_NODES = 2_000


def page_title(page: Outline, regions: tuple[Tag, ...]) -> str:
    """Return the title: the main part's heading, what the page gives to others, or its title element."""
    own = [heading for region in regions for heading in page.named("h1", within=region)[:1]]
    for found in (
        *(heading.get_text(" ") for heading in own),
        _metas(page).get("og:title", ""),
        *(title.get_text(" ") for title in page.named("title")[:1]),
        *(heading.get_text(" ") for heading in page.named("h1")[:3]),
    ):
        if title := normalise(found):
            return title
    return ""


def page_language(page: Outline) -> str:
    """Return the language tag of the page, empty if it has none."""
    html = page.first("html")
    tag = (html.get("lang") or html.get("xml:lang")) if html else None
    metas = _metas(page)
    return tag if isinstance(tag, str) else metas.get("content-language") or metas.get("og:locale", "")


def page_address(page: Outline) -> str | None:
    """Return the address that a saved page gives as its own."""
    for link in page.named("link"):
        if "canonical" in words_of(link, "rel") and (address := web_link(str(link.get("href", "")))):
            return address
    return web_link(_metas(page).get("og:url", ""))


def published_day(page: Outline, regions: tuple[Tag, ...], timezone: str, lang: str) -> PartialDate | None:
    """Return the day of publication, None where the page does not give it in a known place."""
    metas = _metas(page)
    in_metas = [metas[name] for name in _META_DATES if name in metas]
    for raw in (*_json_ld(page), *in_metas, *_times(page, regions)):
        if day := parse_day(raw, timezone):
            return day
    for words in (*_terms(page, regions), *_date_lines(page, regions)):
        if day := parse_day(words, timezone) or day_in_words(words, lang):
            return day
    return None


def _metas(page: Outline) -> dict[str, str]:
    """The first content of every named meta element, by name in lower case."""
    values: dict[str, str] = {}
    for tag in page.named("meta")[:_MOST_METAS]:
        name = next((tag.get(each) for each in _META_NAMES if tag.get(each)), None)
        content = tag.get("content")
        if isinstance(name, str) and isinstance(content, str) and content.strip():
            values.setdefault(name.strip().lower(), content)
    return values


def _json_ld(page: Outline) -> Iterator[str]:
    scripts = [tag for tag in page.named("script") if tag.get("type") == "application/ld+json"]
    for script in scripts[:_MOST_SCRIPTS]:
        text = script.get_text()
        if len(text) > _LONGEST_JSON:
            continue
        try:
            nodes = _nodes(json.loads(text, strict=False))
        except (ValueError, RecursionError):
            continue
        yield from (str(node["datePublished"]) for node in nodes if node.get("datePublished"))


def _nodes(data: object) -> list[dict[str, object]]:
    """The objects of a JSON-LD graph that stand for the page: a few levels, a bounded number."""
    found: list[dict[str, object]] = []
    waiting = [data]
    while waiting and len(found) < _MOST_NODES:
        node = waiting.pop(0)
        if isinstance(node, list):
            waiting += node[:_MOST_NODES]
        elif isinstance(node, dict):
            found.append(node)
            waiting += [node[key] for key in ("@graph", "mainEntity", "mainEntityOfPage") if key in node]
    return found


def _times(page: Outline, regions: tuple[Tag, ...]) -> Iterator[str]:
    """Time elements that say published; else the only one of the main part."""
    times = [tag for region in regions for tag in page.named("time", within=region)]
    marked = [tag for tag in times if tag.has_attr("pubdate") or _says_published(tag)]
    for tag in marked or (times if len(times) == 1 else []):
        yield str(tag.get("datetime") or tag.get_text())


def _says_published(tag: Tag) -> bool:
    words = [*words_of(tag, "itemprop"), *words_of(tag, "class")]
    words += words_of(tag.parent, "class") if tag.parent else []
    return any(_CLASS_OF_DATE.search(word) for word in words)


def _terms(page: Outline, regions: tuple[Tag, ...]) -> Iterator[str]:
    for term in [term for region in regions for term in page.named("dt", within=region)][:_MOST_TERMS]:
        if normalise(term.get_text()).rstrip(":").casefold() in _PUBLISHED_WORDS:
            definition = term.find_next_sibling("dd")
            if definition is not None:
                yield normalise(definition.get_text(" "))


def _date_lines(page: Outline, regions: tuple[Tag, ...]) -> Iterator[str]:
    """Short elements whose class says that they are a date, the first of the main part."""
    for region in regions:
        for place in page.places(region):
            if any(_DATE_LINE.search(word) for word in words_of(place.tag, "class")):
                text = normalise(place.tag.get_text(" "))
                if 0 < len(text) <= _LONGEST_DATE_LINE:
                    yield text
                break
