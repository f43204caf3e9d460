"""From YAML events to plain data and line numbers, collecting every fault on the way.

Events, not ruamel's own constructors: they give the line of each fault, the text as written, and no
recursion for a hostile file to exhaust.
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.events import (
    AliasEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)
from ruamel.yaml.reader import ReaderError

from monitor.errors import ConfigError, Problem

_MAX_DEPTH = 40  # no file of ours is deeper than 8; what walks the data later is recursive


def build(file: str, content: bytes) -> tuple[dict[str, Any], list[Any]]:
    """Return the data of a YAML file and its line tree (see :class:`monitor.files.YamlFile`).

    Raises:
        ConfigError: with every fault up to the first syntax error.
    """
    builder = _Builder(file)
    try:
        for event in YAML(typ="safe", pure=True).parse(content.decode("utf-8-sig")):
            builder.take(event)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        builder.complain(line, "this is not UTF-8 text; save the file as UTF-8")
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        builder.complain(mark.line + 1 if mark else None, f"this is not YAML: {_syntax(error)}")
    except ReaderError as error:
        line = content.decode("utf-8-sig").count("\n", 0, error.position) + 1
        builder.complain(line, "a control character stands here; delete it")
    except _HopelessError:
        pass
    return builder.result()


def _syntax(error: MarkedYAMLError) -> str:
    said = " ".join(f"{error.context or ''} {error.problem or ''}".split())
    if error.context_mark and error.problem_mark and error.context_mark.line != error.problem_mark.line:
        said += f" (it begins on line {error.context_mark.line + 1})"
    return said + next((f"; {advice}" for words, advice in _SYNTAX_ADVICE if words in said), "")


_SYNTAX_ADVICE = (
    ("'\\t'", "indent with spaces, not with tabs"),
    ("mapping values", "put quotes around a value that holds a colon, or mend the indentation"),
)


class _HopelessError(Exception):
    """A fault after which the rest of the file cannot be told apart."""


@dataclass(slots=True)
class _Frame:
    """A mapping or list that is being read; ``key`` waits for its value."""

    data: Any
    lines: Any
    where: str
    key: str | None = None
    key_line: int = 0

    @property
    def wants_key(self) -> bool:
        return self.key is None and isinstance(self.data, dict)

    def place_of_next(self) -> str:
        if isinstance(self.data, list):
            return f"{self.where}[{len(self.data)}]"
        return f"{self.where}.{self.key}" if self.where else str(self.key)

    def put(self, value: Any, line: int, children: Any) -> None:
        if isinstance(self.data, list):
            self.data.append(value)
            self.lines.append(line if children is None else [line, children])
        else:
            self.data[self.key] = value
            self.lines[self.key] = self.key_line if children is None else [self.key_line, children]
            self.key = None


class _Builder:
    """Builds data and line tree, and collects what is wrong."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._problems: list[Problem] = []
        self._stack: list[_Frame] = []
        self._root: _Frame | None = None
        self._documents = 0

    def take(self, event: Event) -> None:
        """Take one event.

        Raises:
            _HopelessError: there is no point in going on.
        """
        line = event.start_mark.line + 1
        if isinstance(event, DocumentStartEvent):
            self._begin_document(line)
        elif isinstance(event, MappingEndEvent | SequenceEndEvent):
            self._stack.pop()
        elif isinstance(event, NodeEvent):
            self._take_node(event, line)

    def complain(self, line: int | None, message: str) -> None:
        """Note a fault at the place that is being read."""
        where = self._stack[-1].where if self._stack else ""
        self._problems.append(Problem(self._file, line, where, message))

    def result(self) -> tuple[dict[str, Any], list[Any]]:
        """Return data and line tree.

        Raises:
            ConfigError: something was wrong.
        """
        if self._root is None and not self._problems:
            self.complain(1, "the file is empty; it must hold keys with values (`name: value`)")
        if self._root is None or self._problems:
            raise ConfigError(self._problems)
        return self._root.data, [1, self._root.lines]

    def _begin_document(self, line: int) -> None:
        self._documents += 1
        if self._documents > 1:
            self._give_up(line, "a second document begins here (`---`); a file holds one")

    def _give_up(self, line: int, message: str) -> None:
        self.complain(line, message)
        raise _HopelessError

    def _take_node(self, event: NodeEvent, line: int) -> None:
        self._refuse_references(event, line)
        if isinstance(event, MappingStartEvent):
            self._open({}, line)
        elif isinstance(event, SequenceStartEvent):
            self._open([], line)
        elif isinstance(event, ScalarEvent):
            self._take_scalar(event, line)
        else:
            self._put(None, line)

    def _refuse_references(self, event: NodeEvent, line: int) -> None:
        """Aliases make a small file large and a reader's changes act at a distance; tags run code."""
        if isinstance(event, AliasEvent):
            self.complain(line, f"the alias *{event.anchor} is not followed; write the value out")
        elif event.anchor is not None:
            self.complain(line, f"the anchor &{event.anchor} is not allowed; write each value out")
        if isinstance(event, ScalarEvent | CollectionStartEvent) and event.tag is not None:
            self.complain(line, f"the tag {event.tag} is not allowed; write the plain value")

    def _take_scalar(self, event: ScalarEvent, line: int) -> None:
        if self._stack and self._stack[-1].wants_key:
            self._begin_entry(self._stack[-1], event.value, line)
        elif event.style:  # quoted or a block: text as it stands
            self._put(event.value, line)
        else:
            self._put(self._plain(event.value, line), line)

    def _begin_entry(self, frame: _Frame, key: str, line: int) -> None:
        if key in frame.lines:
            first = frame.lines[key]
            first = first[0] if isinstance(first, list) else first
            self.complain(line, f"the key `{key}` stands here twice (first on line {first}); keep one")
        frame.key, frame.key_line = key, line

    def _open(self, data: Any, line: int) -> None:
        if len(self._stack) >= _MAX_DEPTH:
            self._give_up(line, f"nested more than {_MAX_DEPTH} deep")
        frame = _Frame(data, type(data)(), self._stack[-1].place_of_next() if self._stack else "")
        self._put(data, line, frame.lines)
        self._root = self._root or frame
        self._stack.append(frame)

    def _put(self, value: Any, line: int, children: Any = None) -> None:
        if not self._stack:
            self._check_top(value, line)
        elif self._stack[-1].wants_key:
            self._give_up(line, "a key must be plain text")
        else:
            self._stack[-1].put(value, line, children)

    def _check_top(self, value: Any, line: int) -> None:
        if not isinstance(value, dict):
            found = "a list" if isinstance(value, list) else "a single value"
            self._give_up(line, f"the file must hold keys with values (`name: value`), not {found}")

    def _plain(self, text: str, line: int) -> Any:
        try:
            return plain_value(text)
        except ValueError:
            self.complain(line, f"there is no such day: {text}")
            return None


_WORDS: dict[str, bool | None] = {"": None, "~": None, "null": None, "Null": None, "NULL": None}
_WORDS |= {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_INTEGER = re.compile(r"[-+]?(?:0|[1-9][0-9]{0,17})\Z")
_DECIMAL = re.compile(r"[-+]?[0-9]{1,17}\.[0-9]{1,17}\Z")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")


def plain_value(text: str) -> str | int | float | bool | date | None:
    """Return what unquoted text means: the core schema of YAML 1.2, less what only surprises.

    ISO days are dates. Numbers with leading zeros, exponents or other bases stay text: ids look
    like them.

    Raises:
        ValueError: it has the form of a day, but there is no such day.
    """
    if text in _WORDS:
        return _WORDS[text]
    if _INTEGER.match(text):
        return int(text)
    if _DECIMAL.match(text):
        return float(text)
    return date.fromisoformat(text) if _DAY.match(text) else text
