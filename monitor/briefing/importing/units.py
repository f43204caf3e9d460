"""A paper's sections and units: headings, sentences, items, quotations and footnote parts, with their ids."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from monitor.briefing.importing.blocks import Block, BlockKind, marks_of, words_of
from monitor.briefing.importing.prose import note_parts, sentences
from monitor.briefing.importing.structure import Paper
from monitor.model import Section, Unit

TITLE_SECTION = "title"
_SMALL_WORDS = "a an and are as at be by for from has in is it its of on or the to was what with"
_SMALL = frozenset(_SMALL_WORDS.split())
_ID_WORDS = 3
_UNITS = {BlockKind.ITEM: Unit.ITEM, BlockKind.QUOTATION: Unit.QUOTATION, BlockKind.HEADING: Unit.HEADING}


@dataclass(frozen=True, slots=True)
class Draft:
    """One unit as read: ``inline`` still has its links and marks; ``block`` counts the paper's blocks.

    ``block`` is -1 for the title and for footnotes.
    """

    id: str
    section: str
    unit: Unit
    inline: str
    block: int = -1
    note: int | None = None

    @property
    def text(self) -> str:
        """What a reader reads."""
        return words_of(self.inline)

    @property
    def notes(self) -> tuple[int, ...]:
        """The footnotes whose marks it carries."""
        return marks_of(self.inline)


@dataclass(frozen=True, slots=True)
class Outline:
    """A paper's sections and units, the footnotes last."""

    sections: tuple[Section, ...]
    units: tuple[Draft, ...]


def outline(paper: Paper) -> Outline:
    """Return the sections and units of a paper, each with an id of its own."""
    sections: list[Section] = []
    units: list[Draft] = []
    if paper.title:
        sections.append(Section(TITLE_SECTION, paper.title))
        units.append(Draft(f"{TITLE_SECTION}.0", TITLE_SECTION, Unit.HEADING, paper.title))
    top = ""
    for at, block in enumerate(paper.blocks):
        if block.kind is BlockKind.HEADING:
            section = _section(block, top, {each.id for each in sections})
            top = section.id if not section.parent else top
            sections.append(section)
        elif not sections:
            sections.append(Section("text", "Text"))
        units += _units_of(block, at, sections[-1].id, units)
    where = {note: unit.section for unit in units for note in unit.notes}
    last = sections[-1].id if sections else TITLE_SECTION
    units += [unit for note in paper.notes for unit in _parts_of(note, where.get(note.note or 0, last))]
    return Outline(tuple(sections), tuple(units))


def _section(block: Block, top: str, taken: set[str]) -> Section:
    title = words_of(block.text)
    parent = top if block.level > 2 and top else ""
    own = f"s{block.number.replace('.', '-')}" if block.number else slug(title)
    name = f"{parent}-{own}" if parent and not block.number else own
    return Section(unused(name, taken), title, block.number, parent)


def _units_of(block: Block, at: int, section: str, before: list[Draft]) -> Iterator[Draft]:
    if block.kind is BlockKind.HEADING:
        yield Draft(f"{section}.0", section, Unit.HEADING, block.text, at)
        return
    count = sum(1 for unit in before if unit.section == section and unit.unit is not Unit.HEADING)
    parts = sentences(block.text) if block.kind is BlockKind.PARAGRAPH else [block.text]
    unit = _UNITS.get(block.kind, Unit.SENTENCE)
    for number, part in enumerate(parts, start=count + 1):
        yield Draft(f"{section}.{number}", section, unit, part, at)


def _parts_of(note: Block, section: str) -> Iterator[Draft]:
    parts = note_parts(note.text)
    for number, part in enumerate(parts):
        letter = "" if len(parts) == 1 else _letter(number)
        yield Draft(f"note-{note.note}{letter}", section, Unit.NOTE, part, note=note.note)


def _letter(number: int) -> str:
    return chr(ord("a") + number) if number < 26 else f"-{number + 1}"


def slug(text: str) -> str:
    """Return the first telling words of ``text`` as an id: ``precedents-joint-declaration``."""
    plain = unicodedata.normalize("NFKD", text.replace("’", "").replace("'", ""))
    words = re.findall(r"[a-z0-9]+", plain.encode("ascii", "ignore").decode().casefold())
    telling = [word for word in words if word not in _SMALL] or words
    return "-".join(telling[:_ID_WORDS]) or "section"


def unused(name: str, taken: Iterable[str]) -> str:
    """Return ``name``, or with the first number from 2 that makes it new among ``taken``."""
    known = set(taken)
    number = 2
    found = name
    while found in known:
        found = f"{name}-{number}"
        number += 1
    return found
