"""The shape of briefing.yaml, version 1: one class a kind of entry; docs/briefing-file.md explains each key.

Only shapes and single values are checked here. What must agree between entries (references, footnote
numbers, dates against the cut-off) is in :mod:`monitor.briefing.checks`.
"""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainValidator,
    WithJsonSchema,
)

from monitor.model import CountOf, DateOf, DependsOn, Kind, PartialDate, PartyCode, Stage, Unit, party_code

SCHEMA_VERSION = 1


def _day(value: object) -> object:
    if isinstance(value, date | str):
        return value
    raise ValueError(f"write a day as 2024-02-20, not {value!r}")


def _when(value: object) -> PartialDate:
    if isinstance(value, bool) or not isinstance(value, date | str | int):
        raise ValueError(f"write a date as 2024-02-20, 2024-02 or 2024, not {value!r}")
    return PartialDate.parse(value.isoformat() if isinstance(value, date) else str(value))


def _party(value: object) -> PartyCode:
    return party_code(str(value))


def _stage(value: Stage) -> Stage:
    if not value.is_of_agreement:
        raise ValueError(f"{value.value!r} is a word for documents; an entry has a stage of an agreement")
    return value


Day = Annotated[date, BeforeValidator(_day)]
When = Annotated[
    PartialDate,
    PlainValidator(_when),
    WithJsonSchema({"type": "string", "pattern": r"^\d{4}(-\d{2}(-\d{2})?)?(/\d{4}-\d{2}-\d{2})?$"}),
]
Party = Annotated[PartyCode, PlainValidator(_party), WithJsonSchema({"type": "string"})]
AgreementStage = Annotated[Stage, AfterValidator(_stage)]
Identity = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9.-]*$", max_length=80)]
Words = Annotated[str, Field(min_length=1)]
Duration = Annotated[str, Field(pattern=r"^P\d+[YMD]$", description="Length as ISO 8601 writes it: P10Y.")]
Note = Annotated[int, Field(ge=1)]
Ids = tuple[Identity, ...]


class _Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class SeriesShape(_Shape):
    """The series of agreements that the briefing follows."""

    id: Identity
    name: Words
    since: Day = Field(description="No agreement before this day belongs to it.")
    kinds: tuple[Kind, ...] = Field(description="Kinds that may belong without evidence: a person decides.")
    evidence: tuple[Words, ...] = Field(
        description="Phrases that tie an agreement to the series; a * at a word's end stands for any ending."
    )
    declared_by: str = Field("", description="The paper that the series rests on.")


class TopicShape(_Shape):
    """Whose agreements are followed, and for which state's readers."""

    focal: Party = Field(description="The party whose agreements are followed.")
    own_state: Party | None = Field(None, description="The readers' own state.")
    series: SeriesShape
    terms: tuple[Words, ...] = Field((), description="Words that sources are searched for.")


class SectionShape(_Shape):
    """A section, in the order of the page."""

    id: Identity
    title: Words
    number: str = Field("", description="As printed, in quotes; empty if the page numbers none.")
    parent: str = Field("", description="The section that it lies in.")


class EntryShape(_Shape):
    """An agreement or negotiation as the edition states it."""

    id: Identity
    partner: Party | None = Field(None, description="The other side of the focal party.")
    sides: tuple[Party, Party] | None = Field(None, description="Both sides, where the focal party is none.")
    stage: AgreementStage
    kind: Kind
    title: str = ""
    date: When | None = None
    date_of: DateOf | None = Field(None, description="What the date is of.")
    place: str = ""
    duration: Duration | Literal[""] = ""
    in_series: bool = True
    statements: Ids = Field((), description="Where the edition says so; the same fact may stand twice.")
    citations: Ids = ()
    note: str = Field("", description="What a reader of this file should know.")


class CountShape(_Shape):
    """A number that the edition gives."""

    id: Identity
    value: int
    subject: Words
    of: CountOf = Field(description="Whose number it is: it ages with nothing else.")
    date: When | None = Field(None, description="Of the source that gives it.")
    statements: Ids = ()


class FirstShape(_Shape):
    """A first that the edition states."""

    id: Identity
    subject: Words
    holder: Party | None = Field(None, description="The party that holds it, if one alone does.")
    date: When | None = None
    in_series: bool = Field(True, description="Whether it is a first within the series.")
    statements: Ids = ()


class DependencyShape(_Shape):
    """One thing that a statement depends on."""

    on: DependsOn
    ref: str = Field("", description="The entry, count or first; free words for `outside` and `moment`.")
    parties: tuple[Party, ...] = Field((), description="Partners that it is about; empty means all.")


class StatementShape(_Shape):
    """A sentence, heading, list item, quotation or footnote part, in the order of the page."""

    id: Identity
    section: Identity
    unit: Unit
    text: Words
    note: Note | None = Field(None, description="The footnote that it is a part of.")
    notes: tuple[Note, ...] = Field((), description="The footnotes whose marks it carries.")
    depends_on: tuple[DependencyShape, ...] = ()
    citations: Ids = ()


class CitationShape(_Shape):
    """A cited paper; a note may hold several."""

    id: Identity
    note: Note = Field(description="The footnote that it stands in now.")
    publisher: str = Field("", description="Empty where the edition names none.")
    title: str = ""
    date: When | None = None
    accessed: When | None = None
    pinpoint: str = Field("", description="Part, paragraph or column.")
    url: str = Field("", pattern=r"^(https?://\S+)?$")
    source: Identity | None = Field(
        None, description="The entry of sources.yaml that would tell of a change."
    )
    press: bool = False
    pdf: bool = False
    remark: str = Field("", description="What the edition leaves open about it.")


class BriefingShape(_Shape):
    """A published briefing: what it says, as of when, and what each statement depends on."""

    # named here so that a file of a later version gets one clear fault, not one a key
    schema_version: int = Field(alias="schema", description="The version of this format: 1.")
    id: Identity
    reference: str = Field("", description="The publisher's number.")
    title: Words
    publisher: str = ""
    as_of: Day = Field(description="The information cut-off: later events are not in it.")
    published: Day
    text: Words = Field(description="The file that holds the whole text, beside this one.")
    topic: TopicShape
    sections: tuple[SectionShape, ...] = Field(min_length=1)
    entries: tuple[EntryShape, ...] = ()
    counts: tuple[CountShape, ...] = ()
    firsts: tuple[FirstShape, ...] = ()
    statements: tuple[StatementShape, ...] = ()
    citations: tuple[CitationShape, ...] = ()


def schema() -> dict[str, Any]:
    """Return the JSON Schema of briefing.yaml, for editors."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **BriefingShape.model_json_schema(by_alias=True),
    }
