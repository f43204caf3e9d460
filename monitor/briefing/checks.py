"""What must agree within a briefing file: references, footnote numbers, dates, and the text beside it.

Each check yields (place, message); none stops at its first fault.
"""

import re
from collections import Counter
from collections.abc import Iterator

from monitor.briefing.faults import Place, repeated
from monitor.briefing.layout import BriefingShape, EntryShape
from monitor.model import DependsOn, Unit

Faults = Iterator[tuple[Place, str]]

_MARK = re.compile(r"\[\^\d+\](?!:)")
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_LINE_START = re.compile(r"^\s*(?:#{1,6} |[-*] |> ?|\[\^\d+\]: ?)", re.MULTILINE)
_SPACES = re.compile(r"\s+")


def check(shape: BriefingShape, text: str) -> Faults:
    """Yield everything in ``shape`` that contradicts itself, or the whole ``text`` if that is given."""
    yield from _ids(shape)
    yield from _dates(shape)
    yield from _sides(shape)
    yield from _references(shape)
    yield from _dependencies(shape)
    yield from _footnotes(shape)
    if text:
        yield from _not_in_text(shape, text)


def _ids(shape: BriefingShape) -> Faults:
    for name in ("sections", "entries", "counts", "firsts", "statements", "citations"):
        rows = getattr(shape, name)
        twice = repeated(row.id for row in rows)
        for number, row in enumerate(rows):
            if row.id in twice:
                yield (name, number, "id"), f"the id `{row.id}` stands more than once; give each its own"


def _dates(shape: BriefingShape) -> Faults:
    if shape.published < shape.as_of:
        yield ("published",), f"lies before the cut-off {shape.as_of}; an edition is published on it or later"
    for number, entry in enumerate(shape.entries):
        place: Place = ("entries", number, "date")
        if entry.date is not None and entry.date.first > shape.as_of:
            yield place, f"lies after the cut-off {shape.as_of}; the edition cannot say so"
        if (entry.date is None) != (entry.date_of is None):
            yield place, "`date` and `date_of` belong together: say what the date is of"


def _sides(shape: BriefingShape) -> Faults:
    for number, entry in enumerate(shape.entries):
        fault = _fault_of_sides(entry, shape)
        if fault:
            yield ("entries", number, "sides" if entry.sides else "partner"), fault


def _fault_of_sides(entry: EntryShape, shape: BriefingShape) -> str:
    if (entry.partner is None) == (entry.sides is None):
        return "give either `partner` or both `sides`"
    if entry.partner == shape.topic.focal or (entry.sides and entry.sides[0] == entry.sides[1]):
        return "an agreement has two different sides"
    if entry.sides and shape.topic.focal in entry.sides:
        return "give the `partner` of the focal party instead of both sides"
    return ""


def _references(shape: BriefingShape) -> Faults:
    known = {
        "statements": {row.id for row in shape.statements},
        "citations": {row.id for row in shape.citations},
    }
    for name in ("entries", "counts", "firsts", "statements"):
        for number, row in enumerate(getattr(shape, name)):
            for key in ("statements", "citations"):
                for at, each in enumerate(getattr(row, key, ())):
                    if each not in known[key]:
                        yield (name, number, key, at), f"no {key.removesuffix('s')} has the id `{each}`"
    yield from _section_references(shape)


def _section_references(shape: BriefingShape) -> Faults:
    sections = {row.id for row in shape.sections}
    for number, statement in enumerate(shape.statements):
        if statement.section not in sections:
            yield ("statements", number, "section"), f"no section has the id `{statement.section}`"
    for number, section in enumerate(shape.sections):
        if section.parent and section.parent not in sections:
            yield ("sections", number, "parent"), f"no section has the id `{section.parent}`"


def _dependencies(shape: BriefingShape) -> Faults:
    known = {
        DependsOn.ENTRY: {row.id for row in shape.entries},
        DependsOn.COUNT: {row.id for row in shape.counts},
        DependsOn.FIRST: {row.id for row in shape.firsts},
    }
    for number, statement in enumerate(shape.statements):
        for at, dependency in enumerate(statement.depends_on):
            if dependency.on in known and dependency.ref not in known[dependency.on]:
                place: Place = ("statements", number, "depends_on", at, "ref")
                yield place, f"no {dependency.on.value} has the id `{dependency.ref}`"


def _footnotes(shape: BriefingShape) -> Faults:
    noted = {row.note for row in shape.statements if row.unit is Unit.NOTE}
    marks = Counter(note for row in shape.statements for note in row.notes)
    for number, statement in enumerate(shape.statements):
        place: Place = ("statements", number)
        if (statement.unit is Unit.NOTE) != (statement.note is not None):
            yield (*place, "note"), "`note` is for units of kind note, and each of them needs it"
        for at, note in enumerate(statement.notes):
            if note not in noted:
                yield (*place, "notes", at), f"there is no note {note}"
            if marks[note] > 1:
                yield (*place, "notes", at), f"the mark of note {note} stands more than once"
        if statement.note is not None and not marks[statement.note]:
            yield (*place, "note"), f"no statement carries the mark of note {statement.note}"
    for number, citation in enumerate(shape.citations):
        if citation.note not in noted:
            yield ("citations", number, "note"), f"there is no note {citation.note}"


def _not_in_text(shape: BriefingShape, text: str) -> Faults:
    whole = plain(text)
    for number, statement in enumerate(shape.statements):
        if plain(statement.text) not in whole:
            yield ("statements", number, "text"), f"these words are not in {shape.text}; change one of them"


def plain(text: str) -> str:
    """Return Markdown as running words: no marks, link targets, list or quotation signs."""
    for pattern, replacement in ((_MARK, ""), (_LINE_START, ""), (_LINK, r"\1"), (_SPACES, " ")):
        text = pattern.sub(replacement, text)
    return text.strip()
