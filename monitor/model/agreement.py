"""An agreement: what a group of findings says together."""

from dataclasses import dataclass
from enum import StrEnum

from monitor.model.dates import PartialDate
from monitor.model.finding import Procedure, ProcedureStep, Signature
from monitor.model.party import PartyCode, Sides
from monitor.model.stage import Binding, Kind, Level, Relation, Stage, Word

LEAD_DAYS = 90  # governments publish within weeks what they have signed


class Correctable(StrEnum):
    """The fields of an agreement that a person can correct."""

    SIGNED = "signed"  # a date as PartialDate.parse reads it
    TITLE = "title"
    PLACE = "place"
    DURATION = "duration"  # ISO 8601: P10Y
    INSTRUMENT = "instrument"
    KIND = "kind"
    LEVEL = "level"
    BINDING = "binding"
    RELATION = "relation"
    PARENT_TITLE = "parent_title"
    SERIES = "series"  # empty: of none


@dataclass(frozen=True, slots=True)
class StageReached:
    """A stage with its date and the findings that say so; ``party`` where one side alone reached it."""

    stage: Stage
    date: PartialDate | None
    findings: tuple[str, ...]
    word: Word
    party: PartyCode | None = None


@dataclass(frozen=True, slots=True)
class Titled:
    """The instrument's title as one voice gives it."""

    title: str
    voice: PartyCode | None
    finding_id: str


@dataclass(frozen=True, slots=True)
class Claimed:
    """One value of a field in conflict, with the finding that claims it."""

    value: str
    finding_id: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """Sources disagree on a field; all values stand side by side, none is picked."""

    field: str
    claims: tuple[Claimed, ...]


@dataclass(frozen=True, slots=True)
class Agreement:
    """One instrument between two sides.

    ``id`` is given once; ``aliases`` are ids that were merged into it. ``stage`` is the latest
    reached on any word, ``word`` says on whose word the strongest claim of conclusion stands (of the
    stage, if it is not concluded). ``signed`` lists signatures; ``register_dates`` are the signing
    dates as registers print them. ``parent_id`` is the agreement that ``parent_title`` names, where it
    is known. A person's "not an agreement" gives the stage ``unrelated`` and no stages reached.
    """

    id: str
    sides: Sides
    kind: Kind
    stage: Stage
    word: Word
    findings: tuple[str, ...]
    title: str = ""
    titles: tuple[Titled, ...] = ()
    instrument: str = ""
    level: Level = Level.STATE
    stages: tuple[StageReached, ...] = ()
    signed: tuple[Signature, ...] = ()
    place: str = ""
    duration: str = ""
    binding: Binding = Binding.NOT_STATED
    binding_says: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    relation: Relation | None = None
    parent_title: str = ""
    procedures: tuple[ProcedureStep, ...] = ()
    voices: tuple[PartyCode, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    aliases: tuple[str, ...] = ()
    series: str | None = None
    register_dates: tuple[Claimed, ...] = ()
    parent_id: str | None = None

    def reached(self, stage: Stage) -> StageReached | None:
        """Return when and on whose word a stage was reached, or None."""
        return next((reached for reached in self.stages if reached.stage is stage), None)

    @property
    def concluded(self) -> StageReached | None:
        """The conclusion, or None."""
        return self.reached(Stage.CONCLUDED)

    @property
    def laid(self) -> PartialDate | None:
        """The first day on which it was laid before Parliament, or None."""
        days = [each.date for each in self.procedures if each.step is Procedure.LAID and each.date]
        return min(days, key=lambda each: each.first, default=None)

    @property
    def is_agreement(self) -> bool:
        """Whether it stands; False once a person said that it is no agreement."""
        return self.stage.is_of_agreement

    def partner_of(self, focal: PartyCode) -> PartyCode | None:
        """Return the other side, or None where ``focal`` is no side."""
        first, second = self.sides
        return second if first == focal else first if second == focal else None
