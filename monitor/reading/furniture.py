"""Find the part of a page that it is about, and take out what every page of the site carries."""

import re
from dataclasses import dataclass

from bs4 import BeautifulSoup
from bs4.element import Tag
from soupsieve import SelectorSyntaxError

from monitor.errors import ExtractError
from monitor.reading.walk import Event, walk

_NEVER_TEXT = frozenset({
    "script", "style", "noscript", "template", "svg", "math", "iframe", "object", "canvas", "audio", "video",
    "button", "select", "input", "textarea", "datalist", "dialog", "head", "rt", "rp", "map",
})  # fmt: skip
_ALWAYS_FURNITURE = frozenset({"nav", "footer", "menu"})
_ROLES = {"navigation", "banner", "contentinfo", "complementary", "search", "dialog", "alertdialog"}
# Whole words of class names and ids; "content", "main" and the like never stand here.
_NAMES = re.compile(
    r"(?:^|[-_ ])(?:cookies?|consent|gdpr|breadcrumbs?|share|sharing|social|newsletter|subscribe"
    r"|pagination|pager|related|recommended|skip-?link|sr-only|visually-hidden|sidebar"
    r"|site-(?:header|footer)|main-menu|toolbar|print-only|comments?)(?:$|[-_ ])",
    re.IGNORECASE,
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_LARGEST_SHARE = 0.5  # an element that holds more of the text than this is what the page is about
_LEAST_TEXT = 25  # characters; less is an empty frame that a script fills


@dataclass(frozen=True, slots=True)
class Regions:
    """The elements that hold a page's own text; ``missed``: the source's selector matched none."""

    tags: tuple[Tag, ...]
    missed: bool = False


def main_regions(soup: BeautifulSoup, selector: str | None, source_id: str) -> Regions:
    """Return the elements that hold the page's own text, still with what stands among it.

    Where ``selector`` matches nothing, what the page itself marks as its main part is taken: nothing
    that was published must be missed because a site was rebuilt.

    Raises:
        ExtractError: ``selector`` cannot be used.
    """
    chosen = _selected(soup, selector, source_id) if selector else ()
    return Regions(chosen) if chosen else Regions((_best_guess(soup),), missed=selector is not None)


def prune(region: Tag) -> None:
    """Take out of ``region`` what is not text, not shown, or the site's furniture."""
    doomed = [tag for event, tag, _ in walk(region) if event is Event.START and tag.name in _NEVER_TEXT]
    for tag in doomed:
        tag.extract()
    sizes = _sizes(region)
    most = sizes[id(region)].text * _LARGEST_SHARE
    doomed = []
    for event, tag, _ in walk(region):
        if event is Event.START and tag is not region and _is_furniture(tag):
            size = sizes[id(tag)]
            if not size.titles and (size.text <= most or tag.name in _ALWAYS_FURNITURE):
                doomed.append(tag)
    for tag in doomed:
        tag.extract()


def _best_guess(soup: BeautifulSoup) -> Tag:
    for candidates in (soup.find_all("main"), soup.find_all(role="main"), soup.find_all("article")):
        measured = [(_text_length(tag), -place, tag) for place, tag in enumerate(candidates[:50])]
        length, _, largest = max(measured, default=(0, 0, None))
        if largest is not None and length >= _LEAST_TEXT:
            return largest
    return soup.body or soup


def _selected(soup: BeautifulSoup, selector: str, source_id: str) -> tuple[Tag, ...]:
    try:
        found = soup.select(selector)
    except (SelectorSyntaxError, NotImplementedError, ValueError) as error:
        message = f"main: the selector {selector!r} cannot be used: {error}"
        raise ExtractError(source_id, message) from error
    chosen: list[Tag] = []
    last_inside: Tag | None = None
    for tag in found:  # in document order: what lies inside the last chosen one is part of it
        if last_inside is None or not any(parent is last_inside for parent in tag.parents):
            last_inside = tag
            chosen.append(tag)
    return tuple(tag for tag in chosen if _text_length(tag))


@dataclass(frozen=True, slots=True)
class _Size:
    """What an element holds: characters of text, and elements h1."""

    text: int
    titles: int


def _sizes(region: Tag) -> dict[int, _Size]:
    """The size of every element in one pass, by the object's id."""
    before: dict[int, _Size] = {}
    sizes: dict[int, _Size] = {}
    text_so_far = titles = 0
    for event, tag, text in walk(region):
        if event is Event.TEXT:
            text_so_far += len(text.strip())
        elif event is Event.START:
            before[id(tag)] = _Size(text_so_far, titles)
            titles += tag.name == "h1"
        else:
            start = before[id(tag)]
            sizes[id(tag)] = _Size(text_so_far - start.text, titles - start.titles)
    return sizes


def _text_length(tag: Tag) -> int:
    return sum(len(text.strip()) for text in tag.strings)


def _is_furniture(tag: Tag) -> bool:
    if tag.name in _ALWAYS_FURNITURE or tag.name == "aside" or tag.has_attr("hidden"):
        return True
    if tag.name == "header" and tag.find_parent(["article", "main"]) is None:
        return True
    if str(tag.get("role", "")).lower() in _ROLES or _HIDDEN.search(str(tag.get("style", ""))):
        return True
    return any(_NAMES.search(name) for name in _names(tag))


def _names(tag: Tag) -> list[str]:
    names: list[str] = []
    for value in (tag.get("class"), tag.get("id")):
        names += [value] if isinstance(value, str) else value or []
    return names
