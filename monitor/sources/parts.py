"""The mappings within entries: field maps, paging, selectors, and documents that are JSON."""

from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from monitor.model import JsonDocument, Listing, Paging, PagingBy, PagingIn
from monitor.sources.entry import JmesPath, ListSelector, Part, Words
from monitor.sources.templates import checked_twin

Twin = Annotated[str, AfterValidator(checked_twin)]


class _FieldMap(Part):
    """JMESPath expressions from a row, by name."""

    def value(self) -> tuple[tuple[str, str], ...]:
        """Return the mapped fields as pairs."""
        return tuple((name, text) for name, text in self.settings().items() if text is not None)


class RegisterFields(_FieldMap):
    """Where a register's row keeps what."""

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


class ApiFields(_FieldMap):
    """Where an announcement's row keeps what."""

    id: JmesPath = Field(description="The service's own stable id of the announcement.")
    title: JmesPath = Field(description="Its title.")
    link: JmesPath | None = Field(None, description="Address of its page; relative to the source's own.")
    published: JmesPath | None = Field(None, description="Day of publication, as the service writes it.")
    updated: JmesPath | None = Field(None, description="What changes when the announcement does.")
    summary: JmesPath | None = Field(None, description="What the row says of it: text or HTML.")
    text: JmesPath | None = Field(None, description="Its full text: then no request of its own is needed.")
    document: JmesPath | None = Field(
        None, description="Address at which its document is read, where that is not its page."
    )


class PagingEntry(Part):
    """How the rows after the first page are asked for."""

    offset: Words = Field(description="Name of the parameter that takes the row or page to begin with: Skip.")
    size: int = Field(ge=1, le=10_000, description="Rows a page.")
    total: JmesPath = Field(description="JMESPath of the number of all rows in a reply.")
    size_name: Words = Field("", description="Name of the parameter that takes the rows a page: Take.")
    place: PagingIn = Field(
        PagingIn.QUERY,
        strict=False,
        description="query, or body: names are then keys of the JSON body, a.b for b within a.",
    )
    by: PagingBy = Field(PagingBy.ROWS, strict=False, description="What the parameter counts: rows or pages.")
    first: Literal[0, 1] = Field(0, description="Number of the first row or page: 0 or 1.")
    pages: int | None = Field(
        None, ge=1, description="At most so many pages a poll, for a long register sorted newest first."
    )

    def value(self) -> Paging:
        """Return it as the model's value."""
        return Paging(**self.settings())


class EarlierEntry(Part):
    """How a feed or listing is asked for its earlier entries, where its server knows pages."""

    parameter: Words = Field(description="Name of the parameter that takes the page's number: paged.")
    first: Literal[0, 1] = Field(1, description="Number of the first page, or entry: 0 or 1.")
    by: PagingBy = Field(
        PagingBy.PAGES, strict=False, description="What the parameter counts: pages, or rows for entries."
    )

    def value(self) -> Paging:
        """Return it as the model's value: pages without a total."""
        return Paging(self.parameter, 0, "", first=self.first, by=self.by)


class ListingEntry(Part):
    """Where a page that lists news keeps what."""

    item: ListSelector = Field(description="CSS selector of the entries.")
    link: ListSelector = Field(
        "", description="Of the link, within an entry; else the entry itself or its first link."
    )
    title: ListSelector = Field("", description="Of the title, within an entry; else the link's words.")
    date: ListSelector = Field("", description="Of the day of publication, within an entry.")
    summary: ListSelector = Field("", description="Of the words about it, within an entry.")
    next: ListSelector = Field("", description="Of the link to the next, earlier page.")
    pages: int = Field(1, ge=1, le=50, description="How many pages are read at every poll.")

    def value(self) -> Listing:
        """Return it as the model's value."""
        return Listing(**self.settings())


class JsonDocumentEntry(Part):
    """Where a document that is JSON keeps what."""

    title: JmesPath = Field(description="JMESPath of the title.")
    text: JmesPath = Field(description="JMESPath of the text: texts or HTML, one or several.")
    url: Twin = Field(
        "", description="Address of an item's JSON, made from the item's own: {url}, or its {path}."
    )
    published: JmesPath = Field("", description="JMESPath of the day of publication.")
    attachments: JmesPath = Field("", description="JMESPath of the papers: addresses, or {url, title}.")
    withdrawn: JmesPath = Field("", description="JMESPath that finds something once it was withdrawn.")

    def value(self) -> JsonDocument:
        """Return it as the model's value."""
        return JsonDocument(**self.settings())
