"""A paper as the two files of a briefing folder: plain data for briefing.yaml, and Markdown.

The YAML is written here, in a fixed order and style, so that a second import gives a small difference.
"""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from monitor.briefing.importing.blocks import Block, BlockKind
from monitor.briefing.importing.facts import Facts
from monitor.briefing.importing.structure import Paper
from monitor.briefing.importing.units import Draft, Outline
from monitor.model import Citation, Count, Dependency, Entry, First, PartialDate, PartyCode, Section, Topic

_PLAIN = re.compile(r"[a-z][a-z0-9]*(?:[.-][a-z0-9]+)*\Z")
_NOT_PLAIN = frozenset(["true", "false", "null", "yes", "no", "on", "off", "y", "n"])
_CODE = re.compile(r"[A-Z]{2,8}\Z")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}\Z")
_DURATION = re.compile(r"P\d+[YMD]\Z")


def topic_data(topic: Topic) -> dict[str, Any]:
    """Return a topic as briefing.yaml holds it."""
    series = topic.series
    return _filled(
        focal=topic.focal,
        own_state=topic.own_state,
        terms=list(topic.terms),
        series=_filled(
            id=series.id,
            name=series.name,
            declared_by=series.declared_by,
            since=series.since.isoformat(),
            kinds=[kind.value for kind in series.kinds],
        )
        | {"evidence": list(series.evidence)},
    )


def facts_data(
    outline: Outline, citations: Sequence[tuple[str, Citation]], facts: Facts, focal: PartyCode
) -> dict[str, Any]:
    """Return sections, facts, statements and citations as briefing.yaml holds them."""
    cited: dict[str, list[str]] = {}
    for unit_id, citation in citations:
        cited.setdefault(unit_id, []).append(citation.id)
    by_note: dict[int, list[str]] = {}
    for _, citation in citations:
        by_note.setdefault(citation.note, []).append(citation.id)
    return {
        "sections": [_section(each) for each in outline.sections],
        "entries": [_entry(each, focal) for each in facts.entries],
        "counts": [_count(each) for each in facts.counts],
        "firsts": [_first(each) for each in facts.firsts],
        "statements": [
            _statement(
                unit,
                cited.get(unit.id, []) + [each for note in unit.notes for each in by_note.get(note, [])],
                facts.depends_on.get(unit.id, ()),
            )
            for unit in outline.units
        ],
        "citations": [_citation(each) for _, each in citations],
    }


def _section(section: Section) -> dict[str, Any]:
    return _filled(id=section.id, title=section.title, number=section.number, parent=section.parent)


def _entry(entry: Entry, focal: PartyCode) -> dict[str, Any]:
    one, other = entry.sides
    return _filled(
        id=entry.id,
        partner=other if one == focal else one,
        stage=entry.stage.value,
        kind=entry.kind.value,
        title=entry.title,
        date=_when(entry.date),
        date_of=entry.date_of.value if entry.date_of else None,
        place=entry.place,
        duration=entry.duration,
        in_series=entry.in_series,
        statements=list(entry.statements),
        citations=list(entry.citations),
    )


def _count(count: Count) -> dict[str, Any]:
    return _filled(
        id=count.id,
        value=count.value,
        subject=count.subject,
        of=count.of.value,
        date=_when(count.date),
        statements=list(count.statements),
    )


def _first(first: First) -> dict[str, Any]:
    return _filled(
        id=first.id,
        subject=first.subject,
        holder=first.holder,
        date=_when(first.date),
        in_series=first.in_series,
        statements=list(first.statements),
    )


def _statement(unit: Draft, citations: Sequence[str], depends_on: Iterable[Dependency]) -> dict[str, Any]:
    return _filled(
        id=unit.id,
        section=unit.section,
        unit=unit.unit.value,
        text=unit.text,
        note=unit.note,
        notes=list(unit.notes),
        depends_on=[
            _filled(on=each.on.value, ref=each.ref, parties=list(each.parties)) for each in depends_on
        ],
        citations=list(dict.fromkeys(citations)),
    )


def _citation(citation: Citation) -> dict[str, Any]:
    return _filled(
        id=citation.id,
        note=citation.note,
        publisher=citation.publisher,
        title=citation.title,
        date=_when(citation.date),
        accessed=_when(citation.accessed),
        pinpoint=citation.pinpoint,
        url=citation.url,
        source=citation.source,
        press=citation.press or None,
        pdf=citation.pdf or None,
    )


def _when(when: PartialDate | None) -> str | None:
    return when.iso if when is not None else None


def _filled(**values: Any) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value not in (None, "", [], {})}


def markdown_of(paper: Paper) -> str:
    """Return the whole paper in Markdown, footnotes at its end."""
    parts = [f"# {paper.title}"] if paper.title else []
    before: Block | None = None
    for block in paper.blocks:
        if before is not None and before.kind is block.kind is BlockKind.ITEM:
            parts[-1] += "\n" + _markdown(block)
        else:
            parts.append(_markdown(block))
        before = block
    notes = [f"[^{note.note}]: {note.text}" for note in paper.notes]
    return "\n\n".join([*parts, "\n".join(notes)]).rstrip("\n") + "\n"


def _markdown(block: Block) -> str:
    if block.kind is BlockKind.HEADING:
        return f"{'#' * max(block.level, 2)} {f'{block.number} ' if block.number else ''}{block.text}"
    if block.kind is BlockKind.ITEM:
        return f"{'  ' * (block.level - 1)}- {block.text}"
    return f"> {block.text}" if block.kind is BlockKind.QUOTATION else block.text


def yaml_of(data: Mapping[str, Any], comments: Mapping[str, str] | None = None) -> str:
    """Return plain data as YAML; ``comments`` are lines to put above a key of the top."""
    lines: list[str] = []
    for key, value in data.items():
        above = (comments or {}).get(key)
        if isinstance(value, Mapping | list) or above:
            lines += ["", *(f"# {line}" for line in (above or "").splitlines())]
        lines += _pair(key, value, "")
    return "\n".join(lines).strip("\n") + "\n"


def _pair(key: str, value: Any, indent: str) -> list[str]:
    if isinstance(value, Mapping):
        return [f"{indent}{key}:", *_mapping(value, indent + "  ")]
    if isinstance(value, list) and not _is_short(value):
        return [f"{indent}{key}:", *(line for each in value for line in _item(each, indent + "  "))]
    return [f"{indent}{key}: {_scalar(value, key)}"]


def _mapping(value: Mapping[str, Any], indent: str) -> list[str]:
    return [line for key, each in value.items() for line in _pair(key, each, indent)]


def _item(value: Any, indent: str) -> list[str]:
    if not isinstance(value, Mapping):
        return [f"{indent}- {_scalar(value)}"]
    if "on" in value:
        inside = ", ".join(f"{key}: {_scalar(each)}" for key, each in value.items())
        return [f"{indent}- {{{inside}}}"]
    first, *rest = _mapping(value, indent + "  ")
    return [f"{indent}- {first.strip()}", *rest]


def _is_short(value: list[Any]) -> bool:
    """Whether a list of plain words fits on a line."""
    return (
        not any(isinstance(each, Mapping) for each in value)
        and sum(len(str(each)) + 2 for each in value) < 80
    )


def _scalar(value: Any, key: str = "") -> str:
    if isinstance(value, list):
        return f"[{', '.join(_scalar(each) for each in value)}]"
    if isinstance(value, bool | int | date):
        return str(value).lower() if isinstance(value, bool) else str(value)
    text = str(value)
    return text if _is_plain(text, key) else json.dumps(text, ensure_ascii=False)


def _is_plain(text: str, key: str) -> bool:
    """Whether no reader of YAML can take it for anything but these letters."""
    if key == "duration":
        return _DURATION.match(text) is not None
    word = _PLAIN.match(text) is not None and text not in _NOT_PLAIN
    return word or _CODE.match(text) is not None or _DAY.match(text) is not None
