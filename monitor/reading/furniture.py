"""Find the part of a page that it is about, and what in it every page of the site carries."""

import re
from dataclasses import dataclass

from bs4.element import Tag
from soupsieve import SelectorSyntaxError

from monitor.errors import ExtractError
from monitor.reading.outline import NEVER_TEXT, Outline, Place

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


def main_regions(page: Outline, selector: str | None, source_id: str) -> Regions:
    """Return the elements that hold the page's own text, with what stands among it.

    Where ``selector`` matches nothing, what the page itself marks as its main part is taken: nothing
    that was published must be missed because a site was rebuilt.

    Raises:
        ExtractError: ``selector`` cannot be used.
    """
    chosen = _selected(page, selector, source_id) if selector else ()
    return Regions(chosen) if chosen else Regions((_best_guess(page),), missed=selector is not None)


def furniture_in(page: Outline, region: Tag) -> frozenset[int]:
    """Return the ids (of the objects) of the elements in ``region`` that are not its text.

    These are scripts and the like, what is not shown, and the site's furniture.
    """
    whole = page.place(region)
    most = whole.text * _LARGEST_SHARE
    return frozenset(
        id(place.tag)
        for place in page.places(region)
        if place is not whole and (place.tag.name in NEVER_TEXT or _is_dispensable(place, most))
    )


def _selected(page: Outline, selector: str, source_id: str) -> tuple[Tag, ...]:
    try:
        found = page.soup.select(selector)
    except (SelectorSyntaxError, NotImplementedError, ValueError) as error:
        message = f"main: the selector {selector!r} cannot be used: {error}"
        raise ExtractError(source_id, message) from error
    chosen: list[Tag] = []
    for tag in page.in_order(found):  # what lies inside the last chosen one is part of it
        if page.place(tag).text and not (chosen and page.contains(chosen[-1], tag)):
            chosen.append(tag)
    return tuple(chosen)


def _best_guess(page: Outline) -> Tag:
    in_role = [place.tag for place in page.places(page.soup) if place.tag.get("role") == "main"]
    for candidates in (page.named("main"), in_role, page.named("article")):
        largest = max(candidates, key=lambda tag: page.place(tag).text, default=None)
        if largest is not None and page.place(largest).text >= _LEAST_TEXT:
            return largest
    return page.first("body") or page.soup


def _is_dispensable(place: Place, most: float) -> bool:
    """Whether an element is furniture, and neither holds the heading nor most of the text."""
    if place.titles or not _is_furniture(place.tag):
        return False
    return place.text <= most or place.tag.name in _ALWAYS_FURNITURE


def _is_furniture(tag: Tag) -> bool:
    if tag.name in _ALWAYS_FURNITURE or tag.name == "aside":
        return True
    if tag.name == "header" and tag.find_parent(["article", "main"]) is None:
        return True
    attributes = tag.attrs
    if not attributes:
        return False
    if "hidden" in attributes or str(attributes.get("role", "")).lower() in _ROLES:
        return True
    if _HIDDEN.search(str(attributes.get("style", ""))):
        return True
    return any(_NAMES.search(name) for name in (*words_of(tag, "class"), *words_of(tag, "id")))


def words_of(tag: Tag, attribute: str) -> list[str]:
    """Return the words of an attribute such as ``class``, which bs4 gives as a list or a string."""
    value = tag.attrs.get(attribute)
    return [value] if isinstance(value, str) else list(value or ())
