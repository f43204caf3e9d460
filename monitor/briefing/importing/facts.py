"""Propose the facts of a paper that can age, and what each statement depends on. A person checks them.

Nothing is assigned that the text does not assign: a release without a party's name dates nobody's talks, and
the date of an article is the article's.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from monitor.briefing.importing.concluded import find_concluded
from monitor.briefing.importing.cues import groups_in
from monitor.briefing.importing.found import Found, PartiesIn
from monitor.briefing.importing.ongoing import find_ongoing
from monitor.briefing.importing.units import Outline
from monitor.model import Citation, Count, Dependency, Entry, First, PartyCode, Topic, Unit

# Groups that papers name without spelling them out.
_GROUPS: Mapping[str, tuple[str, ...]] = {"G7": ("CA", "DE", "FR", "GB", "IT", "JP", "US")}
_FEWEST_MEMBERS = 3


@dataclass(frozen=True, slots=True)
class Facts:
    """What a paper states, and by unit id what each unit depends on."""

    entries: tuple[Entry, ...]
    counts: tuple[Count, ...]
    firsts: tuple[First, ...]
    depends_on: Mapping[str, tuple[Dependency, ...]]


def propose(
    outline: Outline, citations: Sequence[tuple[str, Citation]], topic: Topic, parties_in: PartiesIn
) -> Facts:
    """Return the facts that a paper states, by the words of its sentences.

    Args:
        outline: The paper's sections and units.
        citations: (unit id, citation) in the order of the notes.
        topic: Whose agreements are followed, and which series.
        parties_in: Gives the parties that English words name.
    """
    found = Found(topic, parties_in, _by_sentence(outline, citations), _groups(outline, parties_in))
    body = [unit for unit in outline.units if unit.unit is not Unit.NOTE]
    find_concluded(found, body, [citation for _, citation in citations])
    find_ongoing(found, body)
    depends_on = {unit_id: tuple(each) for unit_id, each in found.depends_on.items()}
    return Facts(tuple(found.entries.values()), tuple(found.counts), tuple(found.firsts), depends_on)


def _by_sentence(outline: Outline, citations: Sequence[tuple[str, Citation]]) -> dict[str, list[Citation]]:
    """The citations of the notes whose marks each unit carries."""
    by_note: dict[int, list[Citation]] = {}
    for _, citation in citations:
        by_note.setdefault(citation.note, []).append(citation)
    return {
        unit.id: [each for note in unit.notes for each in by_note.get(note, [])] for unit in outline.units
    }


def _groups(outline: Outline, parties_in: PartiesIn) -> dict[str, tuple[PartyCode, ...]]:
    """Groups by name: those known to everybody, and those that the paper spells out in brackets."""
    groups = {name: tuple(PartyCode(code) for code in members) for name, members in _GROUPS.items()}
    for unit in outline.units:
        for name, members in groups_in(unit.text):
            named = parties_in(members)
            if len(named) >= _FEWEST_MEMBERS:
                groups[name] = named
    return groups
