"""A second import into a folder that people have worked on: their corrections stay, what changed is said.

Three versions meet: what the last import proposed, the file as it stands, and what the paper says now. A
value that nobody touched follows the paper; one that a person changed stays; a proposal that a person removed
is not made again. Where no last proposal is kept, every value of the file counts as a person's.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from monitor.briefing.importing.aligning import (
    Ids,
    Record,
    align_by,
    align_sections,
    align_statements,
)

_LISTS = ("sections", "entries", "counts", "firsts", "statements", "citations")
_FACTS = ("entries", "counts", "firsts")
_SINGULAR = {key: key.removesuffix("s") for key in _LISTS} | {"entries": "entry"}
# What a paper says of itself; no correction in the file can be right against it.
_OF_THE_PAPER = {
    "sections": ("title", "number", "parent"),
    "statements": ("section", "unit", "text", "note", "notes"),
    "citations": ("note",),
}
_ORDER = ("schema", "id", "reference", "title", "publisher", "as_of", "published", "text", "topic", *_LISTS)


@dataclass(frozen=True, slots=True)
class Merged:
    """The file to write, what this import proposed under the ids it keeps, and what changed, in sentences."""

    data: dict[str, Any]
    proposed: dict[str, Any]
    changes: tuple[str, ...]


def merge(new: Mapping[str, Any], current: Mapping[str, Any], base: Mapping[str, Any] | None) -> Merged:
    """Return the file after an import.

    Args:
        new: What the paper says now, as the data of briefing.yaml.
        current: The file as it stands.
        base: What the last import proposed, or None.
    """
    renamed = _renamed(new, current)
    changes: list[str] = []
    data: dict[str, Any] = {}
    for key in _ORDER:
        if key in _LISTS:
            rows = _merge_list(
                key, renamed.get(key, []), current.get(key, []), (base or {}).get(key), changes
            )
            data[key] = rows
        elif key in renamed or key in current:
            data[key] = _value(renamed.get(key), current.get(key), (base or {}).get(key))
    _drop_lost_references(data)
    data |= {key: value for key, value in current.items() if key not in data}
    return Merged({key: data[key] for key in data if data[key] != []}, renamed, tuple(changes))


def _value(new: Any, current: Any, base: Any) -> Any:
    """The paper's value where nobody touched it, the person's where somebody did."""
    if current is None:
        return new
    untouched = base is not None and _plain(current) == _plain(base)
    return new if untouched and new is not None else current


def _plain(value: Any) -> Any:
    """Values as they compare, whether they came from YAML or from a proposal."""
    if isinstance(value, Mapping):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return value if isinstance(value, bool | int) or value is None else str(value)


def _renamed(new: Mapping[str, Any], current: Mapping[str, Any]) -> dict[str, Any]:
    """``new`` under the ids that its records keep, its references with them."""
    old = {key: current.get(key, []) for key in _LISTS}
    mine = {key: new.get(key, []) for key in _LISTS}
    ids: dict[str, Ids] = {"sections": align_sections(mine["sections"], old["sections"])}
    ids["statements"] = align_statements(mine["statements"], old["statements"], ids["sections"])
    ids["citations"] = align_by(
        mine["citations"],
        old["citations"],
        lambda each: (each.get("publisher"), each.get("title"), str(each.get("date")), each["note"]),
        lambda each: (each.get("publisher"), each.get("title"), str(each.get("date"))),
        lambda each: (each["note"], each.get("title") or each.get("publisher")),
        lambda each: (each["note"], str(each.get("date"))),
    )
    ids["entries"] = align_by(mine["entries"], old["entries"], _fact, lambda each: _fact(each)[:3])
    ids["counts"] = align_by(mine["counts"], old["counts"], lambda each: (each["value"], each["of"]), _of)
    ids["firsts"] = align_by(
        mine["firsts"], old["firsts"], lambda each: (each.get("holder"), each.get("in_series"))
    )
    return {**new, **{key: [_with_ids(key, each, ids) for each in mine[key]] for key in _LISTS}}


def _fact(entry: Record) -> tuple[frozenset[str], bool, bool, str]:
    """What makes two entries one fact: partner, concluded or not, a draft or not, and the month."""
    sides = frozenset(entry.get("sides") or [entry.get("partner", "")])
    concluded = entry["stage"] not in ("negotiating", "announced-intent", "agreed-text", "declined")
    draft = entry.get("date_of") == "draft-presented"
    return (sides, concluded, draft, str(entry.get("date", ""))[:7])


def _of(count: Record) -> str:
    return str(count["of"])


_REFERENCES = {
    "section": "sections",
    "parent": "sections",
    "statements": "statements",
    "citations": "citations",
}


def _with_ids(key: str, record: Record, ids: Mapping[str, Ids]) -> dict[str, Any]:
    renamed = {**record, "id": ids[key][record["id"]]}
    for name, kind in _REFERENCES.items():
        if name in renamed:
            renamed[name] = _mapped(renamed[name], ids[kind])
    if "depends_on" in renamed:
        known = {**ids["entries"], **ids["counts"], **ids["firsts"]}
        renamed["depends_on"] = [
            {**each, **({"ref": known.get(each["ref"], each["ref"])} if "ref" in each else {})}
            for each in renamed["depends_on"]
        ]
    return renamed


def _mapped(value: Any, ids: Ids) -> Any:
    return [ids.get(each, each) for each in value] if isinstance(value, list) else ids.get(value, value)


def _merge_list(
    key: str,
    new: Sequence[Record],
    current: Sequence[Record],
    base: Sequence[Record] | None,
    changes: list[str],
) -> list[dict[str, Any]]:
    theirs = {each["id"]: each for each in current}
    before = {each["id"]: each for each in base or ()}
    merged: list[dict[str, Any]] = []
    for record in new:
        name = record["id"]
        removed = key in _FACTS and name in before and name not in theirs
        if removed:
            continue
        merged.append(_merge_record(key, record, theirs.get(name), before.get(name)))
        _note_change(key, merged[-1], theirs.get(name), changes)
    merged += _left_over(key, {each["id"] for each in new}, current, before, changes)
    return merged


def _merge_record(key: str, new: Record, current: Record | None, base: Record | None) -> dict[str, Any]:
    if current is None:
        return dict(new)
    always = _OF_THE_PAPER.get(key, ())
    merged: dict[str, Any] = {}
    for name in dict.fromkeys((*new, *current)):
        if name in always or name == "id":
            value = new.get(name)
        elif name == "statements":
            value = list(dict.fromkeys((*new.get(name, []), *current.get(name, []))))
        else:
            removed = base is not None and name in base and name not in current
            value = None if removed else _value(new.get(name), current.get(name), (base or {}).get(name))
        if value is not None:
            merged[name] = value
    return merged


def _note_change(key: str, merged: Record, current: Record | None, changes: list[str]) -> None:
    name = f"{_SINGULAR[key]} {merged['id']}"
    if current is None:
        changes.append(f"{name}: new: {_in_short(merged)}")
    elif key == "statements" and merged["text"] != current["text"]:
        changes.append(f"{name}: now reads: {_in_short(merged)}")
    elif key == "citations" and merged["note"] != current["note"]:
        changes.append(f"{name}: now in note {merged['note']}")


def _left_over(
    key: str, kept: set[str], current: Iterable[Record], before: Mapping[str, Record], changes: list[str]
) -> list[dict[str, Any]]:
    """Records of the file that the paper no longer has: facts that a person entered or changed stay."""
    staying: list[dict[str, Any]] = []
    for record in current:
        if record["id"] in kept:
            continue
        name = f"{_SINGULAR[key]} {record['id']}"
        untouched = record["id"] in before and _plain(record) == _plain(before[record["id"]])
        if key in _FACTS and not untouched:
            staying.append(dict(record))
            if not before or record["id"] in before:  # else it was the person's alone last time too
                changes.append(
                    f"{name}: not found in the paper; kept, because a person entered or changed it"
                )
        else:
            changes.append(f"{name}: gone: {_in_short(record)}")
    return staying


def _in_short(record: Record) -> str:
    text = str(record.get("text") or record.get("title") or record.get("subject") or record["id"])
    return text if len(text) <= 80 else text[:79].rstrip() + "…"


def _drop_lost_references(data: dict[str, Any]) -> None:
    """Take out of every record what the paper no longer has."""
    known = {key: {each["id"] for each in data.get(key, [])} for key in ("statements", "citations")}
    facts = {each["id"] for key in _FACTS for each in data.get(key, [])}
    for key in _LISTS:
        for record in data.get(key, []):
            for name, ids in known.items():
                if name in record:
                    record[name] = [each for each in record[name] if each in ids]
            if "depends_on" in record:
                record["depends_on"] = [
                    each
                    for each in record["depends_on"]
                    if each["on"] not in ("entry", "count", "first") or each.get("ref") in facts
                ]
