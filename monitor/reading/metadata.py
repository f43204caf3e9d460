"""What a page says of itself: title, language, own address, day of publication.

Only a publication date is taken, never a date of change: "last updated" under a statement of last
year does not make it new. Order: JSON-LD, meta elements, time elements, a list of terms, a date line.
"""

import json
import re
from collections.abc import Iterator

from bs4 import BeautifulSoup
from bs4.element import Tag

from monitor.language import Given, find_dates, normalise, tokenise
from monitor.model import PartialDate
from monitor.reading.days import parse_day
from monitor.reading.links import web_link

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
_LONGEST_JSON = 200_000
_MOST_NODES = 2_000


def page_title(soup: BeautifulSoup, regions: tuple[Tag, ...]) -> str:
    """Return the title: the main part's heading, what the page gives to others, or its title element."""
    headings = [region if region.name == "h1" else region.find("h1") for region in regions]
    for found in (
        *(heading.get_text(" ") for heading in headings if heading is not None),
        _meta(soup, "og:title"),
        soup.title.get_text(" ") if soup.title else "",
        *(heading.get_text(" ") for heading in soup.find_all("h1", limit=3)),
    ):
        if title := normalise(found):
            return title
    return ""


def page_language(soup: BeautifulSoup) -> str:
    """Return the language tag of the page, empty if it has none."""
    html = soup.find("html")
    tag = html.get("lang") or html.get("xml:lang") if html else None
    return tag if isinstance(tag, str) else _meta(soup, "content-language") or _meta(soup, "og:locale")


def page_address(soup: BeautifulSoup) -> str | None:
    """Return the address that a saved page gives as its own."""
    for link in soup.find_all("link", rel="canonical", limit=1):
        if address := web_link(str(link.get("href", ""))):
            return address
    return web_link(_meta(soup, "og:url"))


def published_day(
    soup: BeautifulSoup, regions: tuple[Tag, ...], timezone: str, lang: str
) -> PartialDate | None:
    """Return the day of publication, None where the page does not give it in a known place."""
    for raw in (*_json_ld(soup), *_metas(soup), *_times(regions)):
        if day := parse_day(raw, timezone):
            return day
    for words in (*_terms(regions), *_date_lines(regions)):
        if day := parse_day(words, timezone) or _in_words(words, lang):
            return day
    return None


def _meta(soup: BeautifulSoup, name: str) -> str:
    for attribute in ("property", "name", "http-equiv", "itemprop"):
        tag = soup.find("meta", attrs={attribute: re.compile(rf"{re.escape(name)}\Z", re.IGNORECASE)})
        content = tag.get("content") if tag else None
        if isinstance(content, str) and content.strip():
            return content
    return ""


def _metas(soup: BeautifulSoup) -> Iterator[str]:
    values: dict[str, str] = {}
    for tag in soup.find_all("meta", limit=300):
        name = tag.get("property") or tag.get("name") or tag.get("itemprop")
        content = tag.get("content")
        if isinstance(name, str) and isinstance(content, str):
            values.setdefault(name.strip().lower(), content)
    for name in _META_DATES:
        if name in values:
            yield values[name]


def _json_ld(soup: BeautifulSoup) -> Iterator[str]:
    for script in soup.find_all("script", type="application/ld+json", limit=10):
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


def _times(regions: tuple[Tag, ...]) -> Iterator[str]:
    """Time elements that say published; else the only one of the main part."""
    times = [tag for region in regions for tag in region.find_all("time", limit=20)]
    marked = [tag for tag in times if tag.has_attr("pubdate") or _says_published(tag)]
    for tag in marked or (times if len(times) == 1 else []):
        yield str(tag.get("datetime") or tag.get_text())


def _says_published(tag: Tag) -> bool:
    words = [tag.get("itemprop"), tag.get("class"), tag.parent.get("class") if tag.parent else None]
    return any(_CLASS_OF_DATE.search(str(word)) for word in words if word)


def _terms(regions: tuple[Tag, ...]) -> Iterator[str]:
    for region in regions:
        for term in region.find_all("dt", limit=50):
            if normalise(term.get_text()).rstrip(":").casefold() in _PUBLISHED_WORDS:
                definition = term.find_next_sibling("dd")
                if definition is not None:
                    yield normalise(definition.get_text(" "))


def _date_lines(regions: tuple[Tag, ...]) -> Iterator[str]:
    """Short elements whose class says that they are a date, the first of the main part."""
    for region in regions:
        found = region.find(class_=_DATE_LINE)
        text = normalise(found.get_text(" ")) if found is not None else ""
        if 0 < len(text) <= _LONGEST_DATE_LINE:
            yield text


def _in_words(text: str, lang: str) -> PartialDate | None:
    """The only full date in a short text, in the page's language."""
    dates = {each.date for each in find_dates(tokenise(text), lang, None) if each.given is Given.FULL}
    return dates.pop() if len(dates) == 1 else None
