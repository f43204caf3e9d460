"""What each kind of source adds to an entry. A new kind is one class here and one row in KINDS."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Literal

from pydantic import Field

from monitor.model import DateOrder, SourceKind
from monitor.sources.entry import Entry, Folder, Glob, Host, JmesPath, Part, Selector, Sender
from monitor.sources.parts import (
    ApiFields,
    EarlierEntry,
    JsonDocumentEntry,
    ListingEntry,
    PagingEntry,
    RegisterFields,
)


class DocumentsEntry(Entry):
    """What every kind adds whose items are read at pages of their own."""

    main: Selector | None = Field(None, description="CSS selector of the main text on the pages.")
    hosts: list[Host] = Field(
        [],
        description="Further hosts of the publisher, from which the texts that its pages link to are read.",
    )
    document: JsonDocumentEntry | None = Field(
        None, description="Where the documents keep what, if they are JSON."
    )


class FollowedEntry(DocumentsEntry):
    """What lists add: whether their items are followed to their pages."""

    follow: bool = Field(
        True,
        description="Whether each new item's page is fetched and read; false where the pages are walled or"
        " the list holds the full text.",
    )


class NewestFirstEntry(FollowedEntry):
    """What lists add that show their newest entries: how earlier ones are asked for."""

    earlier: EarlierEntry | None = Field(None, description="How earlier entries are asked for.")

    def settings(self) -> dict[str, Any]:
        """Return the keys with values of the model."""
        settings = super().settings()
        settings["paging"] = settings.pop("earlier")
        return settings


class FeedEntry(NewestFirstEntry):
    """RSS 0.9x, 1.0, 2.0, Atom or JSON Feed: entries that point to pages."""

    kind: Literal["feed"] = Field(description="feed: RSS, Atom or JSON Feed.")


class RegisterEntry(Entry):
    """A treaty register: JSON, or JSON a line, whose rows become findings without language processing."""

    kind: Literal["register"] = Field(description="register: rows of a treaty register, in JSON.")
    rows: JmesPath = Field(description="JMESPath of the rows in a reply; @ where the reply is the list.")
    fields: RegisterFields = Field(description="Where a row keeps what.")
    date_order: DateOrder = Field(
        DateOrder.ISO, strict=False, description="How it writes days: iso, dmy (31/12/2024) or mdy."
    )
    paging: PagingEntry | None = Field(None, description="How further rows are asked for.")


class ApiEntry(FollowedEntry):
    """A JSON interface of a press service: rows that are announcements."""

    kind: Literal["api"] = Field(description="api: announcements as rows, in JSON.")
    rows: JmesPath = Field(description="JMESPath of the rows in a reply; @ where the reply is the list.")
    fields: ApiFields = Field(description="Where a row keeps what.")
    date_order: DateOrder = Field(
        DateOrder.ISO, strict=False, description="How it writes days: iso, dmy (31/12/2024) or mdy."
    )
    paging: PagingEntry | None = Field(None, description="How further rows are asked for.")
    days: int | None = Field(
        None, ge=1, le=3_650, description="How many days back {since} in the address lies."
    )


class SitemapEntry(FollowedEntry):
    """A sitemap, or an index of sitemaps: addresses of pages with the day of their last change."""

    kind: Literal["sitemap"] = Field(description="sitemap: addresses of pages.")
    paths: list[Glob] = Field(
        min_length=1, description="Which pages are items, by path; * stands for anything: /en/news/2*."
    )
    maps: list[Glob] = Field(
        [], description="Which sitemaps of an index are read, by path; all of them if none is named."
    )
    days: int = Field(
        30,
        ge=1,
        le=3_650,
        description="Only pages changed within so many days are read.",
    )


class ListingSourceEntry(NewestFirstEntry):
    """A web page that lists news."""

    kind: Literal["listing"] = Field(description="listing: a web page that lists news.")
    listing: ListingEntry = Field(description="Where the page keeps what.")
    date_order: DateOrder = Field(
        DateOrder.DMY, strict=False, description="How it writes days in figures: dmy, mdy or iso."
    )
    days: int | None = Field(
        None, ge=1, le=3_650, description="How many days back {since} in the address lies."
    )


class PageEntry(DocumentsEntry):
    """One page or PDF that is watched: an edit of its text is told."""

    kind: Literal["page"] = Field(description="page: one page, PDF or JSON document that is watched.")


class InboxEntry(DocumentsEntry):
    """A folder below the workspace into which mails and saved pages are put."""

    kind: Literal["inbox"] = Field(description="inbox: a folder of .eml, .html and .pdf files.")
    folder: Folder = Field(description="The folder, relative to the workspace: inbox/state.")
    senders: list[Sender] = Field(
        min_length=1, description="Who may send: addresses, or whole domains such as @mfa.example."
    )


KINDS: Mapping[SourceKind, type[Entry]] = MappingProxyType(
    {
        SourceKind.FEED: FeedEntry,
        SourceKind.REGISTER: RegisterEntry,
        SourceKind.API: ApiEntry,
        SourceKind.SITEMAP: SitemapEntry,
        SourceKind.LISTING: ListingSourceEntry,
        SourceKind.PAGE: PageEntry,
        SourceKind.INBOX: InboxEntry,
    }
)


def kinds_with(key: str) -> tuple[str, ...]:
    """Return the kinds whose entries may have ``key``."""
    return tuple(kind.value for kind, entry in KINDS.items() if key in entry.model_fields)


def known_keys(entry: type[Part], loc: tuple[Any, ...]) -> tuple[str, ...]:
    """Return the keys that the mapping at ``loc`` within an entry may have."""
    part = part_at(entry, loc)
    return tuple(part.model_fields) if part else ()


def part_at(entry: type[Part], loc: tuple[Any, ...]) -> type[Part] | None:
    """Return what describes the mapping at ``loc`` within an entry, None where none is expected."""
    part: type[Part] = entry
    for name in loc:
        field = part.model_fields.get(name) if isinstance(name, str) else None
        candidates = getattr(field.annotation, "__args__", (field.annotation,)) if field else ()
        inner = next((each for each in candidates if isinstance(each, type) and issubclass(each, Part)), None)
        if inner is None:
            return None
        part = inner
    return part
