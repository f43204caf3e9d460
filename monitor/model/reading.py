"""What readers are asked and what they give back; both cross a process boundary."""

from dataclasses import dataclass

from monitor.model.document import Document
from monitor.model.exchange import Exchange
from monitor.model.item import Item
from monitor.model.source import Listing, Source, SourceKind


@dataclass(frozen=True, slots=True)
class ReadJob:
    """A body to read: the source's own answer, or with ``item`` that item's document.

    With ``look`` the question is instead what the body offers to be polled.
    """

    source: Source
    exchange: Exchange
    body: bytes
    item: Item | None = None
    look: bool = False


@dataclass(frozen=True, slots=True)
class Discovered:
    """What a page offers to be polled: feeds as (address, title), and a list of links as selectors."""

    title: str
    lang: str = ""
    kind: SourceKind | None = None
    feeds: tuple[tuple[str, str], ...] = ()
    listing: Listing | None = None


@dataclass(frozen=True, slots=True)
class ItemsRead:
    """The items of one reply. ``documents`` stand beside items that need no request of their own
    (register rows, entries with their full text); they share the item's first key.

    ``more`` are further pages of the same poll, ``total`` what the source says there is, ``listed`` how
    many entries stood in the reply, whatever became items.
    """

    items: tuple[Item, ...]
    documents: tuple[Document, ...] = ()
    more: tuple[str, ...] = ()
    total: int | None = None
    listed: int | None = None
    flags: tuple[str, ...] = ()
    found: Discovered | None = None


@dataclass(frozen=True, slots=True)
class DocumentRead:
    """One document as read from its page."""

    document: Document
