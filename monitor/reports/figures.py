"""Figures: each is a picture of a table that stands beside it, with what it shows in words.

What is drawn is worked out here; drawing itself is an artist's business, since it needs libraries that only
the extra ``figures`` installs. Without an artist a report is the same but for its pictures.
"""

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol


class PlotKind(StrEnum):
    """How marks are drawn."""

    TIMELINE = "timeline"  # a point a mark: by day across, by row down, by group in shape and colour
    COUNT = "count"  # a step a mark, up to its value
    WEEKS = "weeks"  # a field a mark: by week across, by row down, its value from 0 to 1 in shade and words


@dataclass(frozen=True, slots=True)
class Mark:
    """One thing that is drawn."""

    day: date
    row: str = ""
    group: str = ""
    value: float = 0.0
    words: str = ""


@dataclass(frozen=True, slots=True)
class Plot:
    """Marks and how they are drawn; ``rows`` and ``groups`` in order, ``level`` is a line to compare with."""

    kind: PlotKind
    marks: tuple[Mark, ...]
    rows: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    level: float | None = None


@dataclass(frozen=True, slots=True)
class Drawn:
    """A plot as SVG, for pages, and as PNG, for mail."""

    svg: str
    png: bytes


class Artist(Protocol):
    """Draws plots; the same plot is the same bytes."""

    def draw(self, plot: Plot) -> Drawn:
        """Return a plot, drawn."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as templates see it, and its ``png`` for mail; ``picture`` is an address holding the SVG."""

    name: str
    title: str
    alt: str
    picture: str
    png: bytes


def figure(artist: Artist | None, name: str, title: str, alt: str, plot: Plot) -> tuple[Figure, ...]:
    """Return the figure, or none where there is nothing to draw or nobody to draw it.

    In an address of its own, and so as an image, nothing in an SVG can run.
    """
    if artist is None or not plot.marks:
        return ()
    drawn = artist.draw(plot)
    picture = f"data:image/svg+xml;base64,{b64encode(drawn.svg.encode()).decode()}"
    return (Figure(name, title, alt, picture, drawn.png),)


def in_mail(page: str, figures: Sequence[Figure], report_id: str) -> str:
    """Return a page whose pictures are parts of the mail that it stands in."""
    for each in figures:
        page = page.replace(each.picture, f"cid:{content_id(each, report_id)}")
    return page


def content_id(each: Figure, report_id: str) -> str:
    """Return the name of a figure among the parts of a mail (RFC 2392)."""
    return f"{each.name}.{report_id}@figures.invalid"
