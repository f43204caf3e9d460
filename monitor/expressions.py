"""JMESPath expressions of sources.yaml: checked when the file is read, used when a reply is.

Two functions are added to the standard ones: ``split(text, separator)`` gives the trimmed parts that are
not empty, and no parts for null (JMESPath Community names it so; the PyPI library lacks it);
``collect(value, key)`` gives every value of a key, however deep, which JMESPath cannot say.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import jmespath
from jmespath import exceptions, functions

_MAX_CHARACTERS = 1_000


class _Functions(functions.Functions):  # type: ignore[misc]  # jmespath ships no types
    """The standard functions, ``split`` and ``collect``."""

    @functions.signature({"types": ["string", "null"]}, {"types": ["string"]})  # type: ignore[untyped-decorator]  # as above
    def _func_split(self, text: str | None, separator: str) -> list[str]:
        parts = (part.strip() for part in (text or "").split(separator))
        return [part for part in parts if part]

    @functions.signature({"types": []}, {"types": ["string"]})  # type: ignore[untyped-decorator]  # as above
    def _func_collect(self, value: object, key: str) -> list[object]:
        return list(_values_of(key, value))


_OPTIONS = jmespath.Options(custom_functions=_Functions())


@dataclass(frozen=True, slots=True)
class Expression:
    """A compiled expression; ``names`` is set where it is nothing but names, ``a.b.c``."""

    text: str
    parsed: Any
    names: tuple[str, ...] | None

    def search(self, data: object) -> object:
        """Return what the expression finds in ``data``, None if nothing.

        Raises:
            ValueError: a function of it met a value of another type than it takes.
        """
        if self.names is None:
            try:
                return self.parsed.search(data, options=_OPTIONS)
            except exceptions.JMESPathError as error:
                raise ValueError(f"{self.text}: {error}") from error
        for name in self.names:  # ten times as fast, and most fields are plain names
            data = data.get(name) if isinstance(data, dict) else None
        return data


def compile_expression(text: str) -> Expression:
    """Return ``text`` compiled.

    Raises:
        ValueError: it is no JMESPath expression, calls a function that does not exist or takes other
            arguments, splits at an empty separator, or is longer than 1,000 characters.
    """
    if len(text) > _MAX_CHARACTERS:
        raise ValueError(f"longer than {_MAX_CHARACTERS} characters")
    try:
        parsed = jmespath.compile(text)
    except exceptions.JMESPathError as error:
        raise ValueError(f"not a JMESPath expression: {_first_line(error)}") from error
    for node in _nodes(parsed.parsed):
        if node["type"] == "function_expression":
            _check_call(node)
    return Expression(text, parsed, _plain_names(parsed.parsed))


def _values_of(key: str, value: object) -> Iterator[object]:
    """Every value of ``key`` in document order; values within a found one are not looked for."""
    waiting = [value]
    while waiting:
        each = waiting.pop()
        if isinstance(each, list):
            waiting += reversed(each)
        elif isinstance(each, dict):
            if each.get(key) is not None:
                yield each[key]
            waiting += reversed([inner for name, inner in each.items() if name != key])


def _check_call(node: dict[str, Any]) -> None:
    name, arguments = node["value"], node["children"]
    known = _Functions.FUNCTION_TABLE.get(name)
    if known is None:
        raise ValueError(f"there is no function {name}()")
    takes = known["signature"]
    variadic = bool(takes) and takes[-1].get("variadic", False)
    if len(arguments) < len(takes) or (len(arguments) > len(takes) and not variadic):
        raise ValueError(f"{name}() takes {len(takes)} argument{'s' * (len(takes) != 1)}")
    if name == "split" and len(arguments) == 2 and arguments[1].get("value") == "":
        raise ValueError("split() needs a separator that is not empty")


def _nodes(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict) and "type" in node:
        yield node
        for child in node.get("children", ()):
            yield from _nodes(child)


def _plain_names(node: dict[str, Any]) -> tuple[str, ...] | None:
    if node["type"] == "field":
        return (node["value"],)
    if node["type"] == "subexpression" and all(child["type"] == "field" for child in node["children"]):
        return tuple(child["value"] for child in node["children"])
    return None


def _first_line(error: Exception) -> str:
    line = str(error).strip().partition("\n")[0]
    return line.removeprefix("Invalid jmespath expression: ").removeprefix("Invalid JMESPath expression: ")
