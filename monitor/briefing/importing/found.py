"""What has been read of a paper so far; facts are found in the order of the page."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from monitor.briefing.importing.cues import kinds_in, names_instrument
from monitor.briefing.importing.units import Draft
from monitor.model import (
    Citation,
    Count,
    Dependency,
    DependsOn,
    Entry,
    First,
    Kind,
    PartyCode,
    Stage,
    Topic,
)

PartiesIn = Callable[[str], tuple[PartyCode, ...]]
"""Gives the parties that English words name, in order."""


@dataclass(slots=True)
class Found:
    """Facts found so far, by id, and what each unit depends on, by unit id.

    ``citations`` are those of the notes whose marks a unit carries; ``groups`` the members of a named group.
    """

    topic: Topic
    parties_in: PartiesIn
    citations: Mapping[str, list[Citation]]
    groups: Mapping[str, tuple[PartyCode, ...]]
    entries: dict[str, Entry] = field(default_factory=dict)
    counts: list[Count] = field(default_factory=list)
    firsts: list[First] = field(default_factory=list)
    depends_on: dict[str, list[Dependency]] = field(default_factory=dict)

    @property
    def kind(self) -> Kind:
        """The kind of the series' agreements."""
        return next(iter(self.topic.series.kinds), Kind.OTHER)

    def partners(self, text: str) -> tuple[PartyCode, ...]:
        """Return the parties named, without the focal one."""
        return tuple(code for code in self.parties_in(text) if code != self.topic.focal)

    def partner_of(self, entry: Entry) -> PartyCode:
        """Return the side of an entry that is not the focal one."""
        first, second = entry.sides
        return first if second == self.topic.focal else second

    def depends(self, unit: Draft, on: DependsOn, ref: str = "", parties: Iterable[PartyCode] = ()) -> None:
        """Note a dependency once."""
        dependency = Dependency(on, ref, tuple(sorted(parties)))
        known = self.depends_on.setdefault(unit.id, [])
        if dependency not in known:
            known.append(dependency)

    def cited(self, unit: Draft) -> list[Citation]:
        """Return the citations of the notes whose marks ``unit`` carries."""
        return self.citations.get(unit.id, [])

    def concluded(self) -> list[Entry]:
        """Return the entries of the series that the paper calls concluded, so far."""
        return [each for each in self.entries.values() if each.stage is Stage.CONCLUDED and each.in_series]

    def is_of_the_series(self, text: str) -> bool:
        """Return whether ``text`` speaks of an instrument of the series' kinds."""
        of_kind = any(kind in self.topic.series.kinds for kind in kinds_in(text))
        return of_kind and names_instrument(text)


def with_more(known: Iterable[str], *more: str) -> tuple[str, ...]:
    """Return ``known`` with what it lacks of ``more``, in order."""
    return tuple(dict.fromkeys((*known, *more)))
