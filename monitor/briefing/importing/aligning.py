"""Which records of a new import are which of the file as it stands, so that ids and corrections survive."""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any

from monitor.briefing.importing.units import unused
from monitor.briefing.titles import folded

Record = Mapping[str, Any]
Ids = dict[str, str]
"""Ids of the new import to the ids that they keep."""

_ALIKE = 0.6  # share of equal words from which a sentence is another version of one
_FEW = 12  # candidates near its place that a sentence is compared with


def align_sections(new: Sequence[Record], old: Sequence[Record]) -> Ids:
    """Return which sections are the same: by title or number, or by place where the outline is the same."""
    found = _by_key(new, old, lambda each: folded(each["title"]))
    found |= _by_key(new, old, lambda each: each.get("number") or None, found)
    if [_shape(each) for each in new] == [_shape(each) for each in old]:
        pairs = zip(new, old, strict=True)
        return {one["id"]: other["id"] for one, other in pairs}
    return _with_unused(new, old, found)


def align_statements(new: Sequence[Record], old: Sequence[Record], sections: Ids) -> Ids:
    """Return which statements are the same: by words, then by likeness, then by place in an equal section.

    A section is equal if it has the same units with the same footnote marks in the same order.
    """
    found: Ids = {}
    by_section: dict[str, list[Record]] = {}
    for each in old:
        by_section.setdefault(_group(each), []).append(each)
    mine: dict[str, list[Record]] = {}
    for each in new:
        group = _group({**each, "section": sections.get(each["section"], each["section"])})
        mine.setdefault(group, []).append(each)
    for group, units in mine.items():
        found |= _align_units(units, by_section.get(group, []))
    left = [each for each in old if each["id"] not in set(found.values())]
    found |= _by_key(
        [each for each in new if each["id"] not in found], left, lambda each: folded(each["text"])
    )
    return _with_unused(new, old, found)


def align_by(new: Sequence[Record], old: Sequence[Record], *keys: Callable[[Record], Hashable | None]) -> Ids:
    """Return which records are the same: by the first key that finds a single one, then by the next."""
    found: Ids = {}
    for key in keys:
        found |= _by_key(new, old, key, found)
    return _with_unused(new, old, found)


def _group(statement: Record) -> str:
    return "notes" if statement["unit"] == "note" else statement["section"]


def _shape(record: Record) -> tuple[str, bool]:
    return (record.get("number", ""), bool(record.get("parent")))


def _align_units(new: Sequence[Record], old: Sequence[Record]) -> Ids:
    if [_unit(each) for each in new] == [_unit(each) for each in old]:
        return {one["id"]: other["id"] for one, other in zip(new, old, strict=True)}
    found: Ids = {}
    matcher = SequenceMatcher(
        None, [_words(each) for each in new], [_words(each) for each in old], autojunk=False
    )
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            found |= {one["id"]: other["id"] for one, other in zip(new[a:b], old[c:d], strict=True)}
        elif tag == "replace":
            found |= _alike(new[a:b], old[c:d])
    return found


def _unit(record: Record) -> tuple[str, tuple[int, ...], int | None]:
    return (record["unit"], tuple(record.get("notes", ())), record.get("note"))


def _words(record: Record) -> str:
    return folded(record["text"])


def _alike(new: Sequence[Record], old: Sequence[Record]) -> Ids:
    """Pair versions of one sentence, in order."""
    found: Ids = {}
    rest = list(old)
    for each in new:
        likeness = [(_likeness(each, other), at) for at, other in enumerate(rest[:_FEW])]
        best, at = max(likeness, default=(0.0, 0), key=lambda pair: (pair[0], -pair[1]))
        if best >= _ALIKE:
            found[each["id"]] = rest[at]["id"]
            rest = rest[at + 1 :]
    return found


def _likeness(one: Record, other: Record) -> float:
    if one["unit"] != other["unit"]:
        return 0.0
    return SequenceMatcher(None, _words(one).split(), _words(other).split(), autojunk=False).ratio()


def _by_key(
    new: Sequence[Record],
    old: Sequence[Record],
    key: Callable[[Record], Hashable | None],
    known: Mapping[str, str] | None = None,
) -> Ids:
    """Pair records with the same key, in order, leaving out those already paired."""
    taken = set((known or {}).values())
    waiting: dict[Hashable, list[str]] = {}
    for each in old:
        value = key(each)
        if value is not None and each["id"] not in taken:
            waiting.setdefault(value, []).append(each["id"])
    found: Ids = {}
    for each in new:
        ids = waiting.get(key(each)) if each["id"] not in (known or {}) else None
        if ids:
            found[each["id"]] = ids.pop(0)
    return found


def _with_unused(new: Iterable[Record], old: Iterable[Record], found: Ids) -> Ids:
    """Give every record without a match an id that no record, old or new, has."""
    taken = {each["id"] for each in old} | set(found.values())
    whole = dict(found)
    for each in new:
        if each["id"] not in whole:
            whole[each["id"]] = unused(each["id"], taken)
            taken.add(whole[each["id"]])
    return whole
