"""Say in plain words, with its line, what is wrong in a file that people edit."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from difflib import get_close_matches
from typing import Any

from pydantic import BaseModel, ValidationError

from monitor.errors import Problem

LineOf = Callable[..., int | None]
Place = tuple[str | int, ...]

_EXPECTED = {
    "string_type": "must be text; put it in quotes",
    "int_type": "must be a whole number",
    "int_parsing": "must be a whole number",
    "bool_type": "must be true or false",
    "bool_parsing": "must be true or false",
    "tuple_type": "must be a list",
    "model_type": "must hold keys and values",
    "model_attributes_type": "must hold keys and values",
    "string_too_short": "must not be empty",
    "date_from_datetime_parsing": "is not a day such as 2024-02-20",
    "date_parsing": "is not a day such as 2024-02-20",
}


def problem_at(place: Place, message: str, *, data: Any, line_of: LineOf, file: str) -> Problem:
    """Return a fault at ``place`` (keys and list positions from the top), with the nearest known line."""
    return Problem(file, _line(place, line_of), _named(place, data), message)


def problems_of(
    error: ValidationError, shape: type[BaseModel], *, data: Any, line_of: LineOf, file: str
) -> list[Problem]:
    """Return every fault that validation found, with the nearest known key where one is unknown."""
    problems = []
    for fault in error.errors(include_url=False):
        place = tuple(part for part in fault["loc"] if _is_real(part))
        message = _message(fault["type"], fault["msg"], fault.get("ctx", {}), place, shape)
        problem = problem_at(place, message, data=data, line_of=line_of, file=file)
        if problem not in problems:
            problems.append(problem)
    return problems


def _is_real(part: str | int) -> bool:
    """Validation names the members of a union in its places; the file has no such keys."""
    return isinstance(part, int) or not any(mark in part for mark in "[(")


def _message(code: str, text: str, context: Mapping[str, Any], place: Place, shape: type[BaseModel]) -> str:
    if code == "extra_forbidden":
        near = get_close_matches(str(place[-1]), _keys_at(place[:-1], shape), 1)
        return "unknown key" + (f"; did you mean `{near[0]}`?" if near else "; remove it")
    if code == "missing":
        return "is missing; add it"
    if code in ("enum", "literal_error"):
        return f"must be one of {context['expected']}"
    if code == "string_pattern_mismatch":
        return f"must have the form {context['pattern']}"
    if code == "value_error":
        return str(context["error"])
    return _EXPECTED.get(code, text)


def _keys_at(place: Place, shape: type[BaseModel]) -> list[str]:
    """The keys that the shape at ``place`` knows."""
    current: Any = shape
    for part in place:
        if isinstance(part, str):
            current = _model_in(_field(current, part))
            if current is None:
                return []
    return [info.alias or name for name, info in current.model_fields.items()]


def _field(shape: type[BaseModel], key: str) -> object:
    for name, info in shape.model_fields.items():
        if key in (name, info.alias):
            return info.annotation
    return None


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    found = (_model_in(part) for part in getattr(annotation, "__args__", ()))
    return next((model for model in found if model is not None), None)


def _line(place: Place, line_of: LineOf) -> int | None:
    for end in range(len(place), 0, -1):
        line = line_of(*place[:end])
        if line is not None:
            return line
    return None


def _named(place: Sequence[str | int], data: Any) -> str:
    """``statements[3] (draft.1).unit``: the path, with the id of the list entry where it has one."""
    words = []
    current = data
    for part in place:
        current = _step(current, part)
        name = current.get("id") if isinstance(current, Mapping) and isinstance(part, int) else None
        words.append(
            f"[{part + 1}]" + (f" ({name})" if name else "") if isinstance(part, int) else f".{part}"
        )
    return "".join(words).lstrip(".")


def _step(value: Any, part: str | int) -> Any:
    try:
        return value[part]
    except (KeyError, IndexError, TypeError):
        return None


def repeated(ids: Iterable[str]) -> set[str]:
    """Return the ids that stand more than once."""
    seen: set[str] = set()
    twice: set[str] = set()
    for each in ids:
        (twice if each in seen else seen).add(each)
    return twice
