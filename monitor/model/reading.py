"""What readers are asked and what they give back; both cross a process boundary."""

from dataclasses import dataclass

from monitor.model.document import Document
from monitor.model.exchange import Exchange
from monitor.model.item import Item
from monitor.model.source import Source


@dataclass(frozen=True, slots=True)
class ReadJob:
    """A body to read: the source's own answer, or with ``item`` that item's document."""

    source: Source
    exchange: Exchange
    body: bytes
    item: Item | None = None


@dataclass(frozen=True, slots=True)
class ItemsRead:
    """The items of one reply. ``documents`` stand beside items that need no request of their own
    (register rows, entries with their full text); they share the item's first key.

    ``next_url`` is the next page of the same poll, ``total`` what the source says there is.
    """

    items: tuple[Item, ...]
    documents: tuple[Document, ...] = ()
    next_url: str | None = None
    total: int | None = None
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DocumentRead:
    """One document as read from its page."""

    document: Document
