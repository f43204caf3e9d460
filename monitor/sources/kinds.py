"""What each kind of source adds to an entry. A new kind is one class here and one row in KINDS."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Literal

from pydantic import Field

from monitor.model import DateOrder, Paging, PagingIn, SourceKind
from monitor.sources.entry import Entry, JmesPath, Part, Selector, Words


class FeedEntry(Entry):
    """RSS 0.9x, 1.0, 2.0 or Atom: entries that point to pages."""

    kind: Literal["feed"] = Field(description="feed: RSS or Atom.")
    follow: bool = Field(
        True,
        description="Whether each new item's page is fetched and read; false where the pages are walled or"
        " the feed holds the full text.",
    )
    main: Selector | None = Field(None, description="CSS selector of the main text on those pages.")


class FieldMap(Part):
    """Where a register's row keeps what; JMESPath expressions from the row."""

    id: JmesPath = Field(description="The register's own stable id of the row.")
    title: JmesPath = Field(description="The instrument's title.")
    parties: JmesPath | None = Field(None, description="Names of the parties: one text each.")
    not_parties: JmesPath | None = Field(
        None,
        description="Names that the row lists without their having concluded it: extensions, successions.",
    )
    signed: JmesPath | None = Field(None, description="Day of signing, as the register writes it.")
    place: JmesPath | None = Field(None, description="Place of signing.")
    in_force: JmesPath | None = Field(None, description="Day of entry into force; blank is not stated.")
    laid: JmesPath | None = Field(None, description="Day on which it was laid before Parliament.")
    numbers: JmesPath | None = Field(None, description="Command paper and series numbers: CP 1277.")
    link: JmesPath | None = Field(None, description="Address of the row's page or text.")
    procedure: JmesPath | None = Field(
        None, description="The register's own words for the state of scrutiny."
    )
    form: JmesPath | None = Field(None, description="Bilateral or multilateral, as the register says it.")
    subject: JmesPath | None = Field(None, description="The register's subject class.")

    def value(self) -> tuple[tuple[str, str], ...]:
        """Return the mapped fields as pairs."""
        return tuple((name, text) for name, text in self.settings().items() if text is not None)


class PagingEntry(Part):
    """How the rows after the first page are asked for."""

    offset: Words = Field(description="Name of the parameter that takes the row to begin with: Skip.")
    size: int = Field(ge=1, le=10_000, description="Rows a page.")
    total: JmesPath = Field(description="JMESPath of the number of all rows in a reply.")
    size_name: Words = Field("", description="Name of the parameter that takes the rows a page: Take.")
    place: PagingIn = Field(
        PagingIn.QUERY,
        strict=False,
        description="query, or body: names are then keys of the JSON body, a.b for b within a.",
    )
    first: Literal[0, 1] = Field(0, description="Number of the first row: 0 or 1.")
    pages: int | None = Field(
        None, ge=1, description="At most so many pages a poll, for a long register sorted newest first."
    )

    def value(self) -> Paging:
        """Return it as the model's value."""
        return Paging(**self.settings())


class RegisterEntry(Entry):
    """A treaty register: JSON, or JSON a line, whose rows become findings without language processing."""

    kind: Literal["register"] = Field(description="register: rows of a treaty register, in JSON.")
    rows: JmesPath = Field(description="JMESPath of the rows in a reply; @ where the reply is the list.")
    fields: FieldMap = Field(description="Where a row keeps what.")
    date_order: DateOrder = Field(
        DateOrder.ISO, strict=False, description="How it writes days: iso, dmy (31/12/2024) or mdy."
    )
    paging: PagingEntry | None = Field(None, description="How further rows are asked for.")


KINDS: Mapping[SourceKind, type[Entry]] = MappingProxyType(
    {SourceKind.FEED: FeedEntry, SourceKind.REGISTER: RegisterEntry}
)


def kinds_with(key: str) -> tuple[str, ...]:
    """Return the kinds whose entries may have ``key``."""
    return tuple(kind.value for kind, entry in KINDS.items() if key in entry.model_fields)


def known_keys(entry: type[Part], loc: tuple[Any, ...]) -> tuple[str, ...]:
    """Return the keys that the mapping at ``loc`` within an entry may have."""
    part: type[Part] = entry
    for name in loc:
        field = part.model_fields.get(name) if isinstance(name, str) else None
        candidates = getattr(field.annotation, "__args__", (field.annotation,)) if field else ()
        inner = next((each for each in candidates if isinstance(each, type) and issubclass(each, Part)), None)
        if inner is None:
            return ()
        part = inner
    return tuple(part.model_fields)
