"""A report that is made of tables, as templates see it: health, state of the briefing, agreements."""

from dataclasses import dataclass

from monitor.reports.digest import Sender


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a cell: its text, where it leads, and the language of a foreign text."""

    text: str
    url: str = ""
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """One table with its heading; ``empty`` is said where it has no rows. A row's first cell names it."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    empty: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A report of tables, led by sentences."""

    report_id: str
    reference: str
    briefing: str
    subject: str
    headline: str
    preheader: str
    window: str
    as_of: str
    made: str
    lead: tuple[str, ...]
    parts: tuple[Part, ...]
    closing: str
    sender: Sender
