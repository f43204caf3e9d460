"""Walk a parsed page without recursion: pages nested ten thousand deep exist, Python stops at a thousand."""

from collections.abc import Iterator
from enum import Enum, auto

from bs4.element import CData, NavigableString, Tag


class Event(Enum):
    """What the walk meets."""

    START = auto()
    TEXT = auto()
    END = auto()


def walk(region: Tag) -> Iterator[tuple[Event, Tag, str]]:
    """Yield the start, text and end of ``region`` and all in it, in reading order.

    A text comes with the element that holds it. Comments and the like are left out. An element that
    is taken out of the tree when its start has been yielded is still walked to its end.
    """
    stack: list[tuple[Tag, Iterator[object]]] = [(region, iter(region.contents))]
    yield Event.START, region, ""
    while stack:
        tag, children = stack[-1]
        child = next(children, None)
        if child is None:
            stack.pop()
            yield Event.END, tag, ""
        elif isinstance(child, Tag):
            stack.append((child, iter(child.contents)))
            yield Event.START, child, ""
        elif type(child) in (NavigableString, CData):  # comments and doctypes are subclasses
            yield Event.TEXT, tag, str(child)
