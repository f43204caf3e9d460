"""Pydantic's faults in our words: what is wrong, and what to write instead."""

import difflib
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from monitor.sources.kinds import kinds_with, known_keys, part_at

if TYPE_CHECKING:
    from monitor.sources.entry import Entry

_MOST_LISTED = 13  # more keys than a field map has are looked up, not read in a message


def message_of(error: Mapping[str, Any], entry: "type[Entry]") -> str:
    """Return one of ``ValidationError.errors()`` in words that need no look into the code."""
    kind = str(error["type"])
    if kind == "extra_forbidden":
        key = str(error["loc"][-1])
        others = kinds_with(key) if len(error["loc"]) == 1 else ()
        if others:
            return f"belongs to entries of kind {' or '.join(others)}"
        return unknown_key(key, known_keys(entry, error["loc"][:-1]))
    if kind == "missing":
        return f"is missing: {_described(entry, error['loc'])}"
    if kind == "value_error":
        return str(error["ctx"]["error"])
    if kind in ("enum", "literal_error"):
        return _one_of(str(error["ctx"]["expected"]), error["input"])
    return _WORDS.get(kind, _as_given)(error)


def unknown_key(key: str, known: Sequence[str]) -> str:
    """Return what to do about a key that a mapping does not have."""
    near = nearest(key, known)
    if near:
        return f"unknown key; {did_you_mean(near)}"
    listed = ", ".join(known) if len(known) <= _MOST_LISTED else "in docs/sources.md"
    return f"unknown key; known are {listed}"


def nearest(word: str, known: Iterable[str], *, count: int = 1) -> tuple[str, ...]:
    """Return the known words most like ``word``, best first."""
    return tuple(difflib.get_close_matches(word, list(known), n=count, cutoff=0.6))


def did_you_mean(words: Iterable[str]) -> str:
    """Return the question that names ``words``."""
    return f"did you mean {' or '.join(f'`{word}`' for word in words)}?"


def _one_of(expected: str, given: object) -> str:
    known = [word.strip("' ") for word in expected.replace(" or ", ",").split(",")]
    near = nearest(str(given), known)
    hint = f"; {did_you_mean(near)}" if near else ""
    return f"must be {expected.replace(chr(39), '')}, not {given!r}{hint}"


def _described(entry: "type[Entry]", loc: tuple[Any, ...]) -> str:
    part = part_at(entry, loc[:-1])
    described = (part.model_fields[loc[-1]].description or "").rstrip(".") if part else ""
    return described if described[:2].isupper() else described[:1].lower() + described[1:]


def _as_given(error: Mapping[str, Any]) -> str:
    return f"{str(error['msg']).lower()}, not {error['input']!r}"


_WORDS: Mapping[str, Callable[[Mapping[str, Any]], str]] = {
    "bool_type": lambda error: f"must be true or false, not {error['input']!r}",
    "string_type": lambda error: f"must be text, not {error['input']!r}; put it in quotes if it is meant so",
    "int_type": lambda error: f"must be a whole number, not {error['input']!r}",
    "float_type": lambda error: f"must be a number, not {error['input']!r}",
    "list_type": lambda error: f"must be a list, not {error['input']!r}",
    "dict_type": lambda error: f"must be a mapping of names to texts, not {error['input']!r}",
    "model_type": lambda error: f"must be a mapping of keys, not {error['input']!r}",
    "too_short": lambda _: "must name at least one",
    "greater_than_equal": lambda error: f"must be {error['ctx']['ge']:g} or more, not {error['input']!r}",
    "less_than_equal": lambda error: f"must be {error['ctx']['le']:g} or less, not {error['input']!r}",
}
