"""A page walked once: where each element begins and ends, and how much a reader sees of it.

Searching a tree anew for every question costs more than parsing it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bs4 import BeautifulSoup
from bs4.element import Tag

from monitor.reading.walk import Event, walk

# Not "head": without a <body> tag lxml leaves the whole page in it.
NEVER_TEXT = frozenset({
    "script", "style", "noscript", "template", "svg", "math", "iframe", "object", "canvas", "audio", "video",
    "button", "select", "input", "textarea", "datalist", "dialog", "title", "rt", "rp", "map",
})  # fmt: skip


@dataclass(slots=True)
class Place:
    """An element's place in reading order, and what it holds: characters of text, headings h1."""

    tag: Tag
    start: int
    end: int = 0
    text: int = 0
    titles: int = 0


class Outline:
    """The elements of a page in reading order, by name."""

    def __init__(self, soup: BeautifulSoup) -> None:
        self.soup = soup
        self._places: list[Place] = []
        self._by_tag: dict[int, Place] = {}
        self._by_name: dict[str, list[Place]] = {}
        self._walk(soup)

    def named(self, name: str, *, within: Tag | None = None) -> list[Tag]:
        """Return the elements of one name, in or at ``within`` if given."""
        places = self._by_name.get(name, [])
        if within is None:
            return [place.tag for place in places]
        around = self._by_tag[id(within)]
        return [place.tag for place in places if around.start <= place.start < around.end]

    def first(self, name: str) -> Tag | None:
        """Return the first element of a name, or None."""
        return next(iter(self.named(name)), None)

    def place(self, tag: Tag) -> Place:
        """Return where ``tag`` stands and what it holds."""
        return self._by_tag[id(tag)]

    def places(self, within: Tag) -> Iterator[Place]:
        """Yield ``within`` and the elements in it."""
        around = self._by_tag[id(within)]
        yield from self._places[around.start : around.end]

    def contains(self, outer: Tag, inner: Tag) -> bool:
        """Return whether ``inner`` is ``outer`` or lies in it."""
        around, place = self._by_tag[id(outer)], self._by_tag[id(inner)]
        return around.start <= place.start < around.end

    def in_order(self, tags: Iterable[Tag]) -> list[Tag]:
        """Return ``tags`` in reading order."""
        return sorted(tags, key=lambda tag: self._by_tag[id(tag)].start)

    def _walk(self, soup: BeautifulSoup) -> None:
        text = titles = unseen = 0
        for event, tag, string in walk(soup):
            if event is Event.TEXT:
                text += 0 if unseen else len(string.strip())
            elif event is Event.START:
                self._enter(Place(tag, len(self._places), text=text, titles=titles))
                titles += tag.name == "h1"
                unseen += tag.name in NEVER_TEXT
            else:
                unseen -= tag.name in NEVER_TEXT
                place = self._by_tag[id(tag)]
                place.end = len(self._places)
                place.text, place.titles = text - place.text, titles - place.titles

    def _enter(self, place: Place) -> None:
        self._places.append(place)
        self._by_tag[id(place.tag)] = place
        self._by_name.setdefault(place.tag.name, []).append(place)
