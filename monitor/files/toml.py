"""Read TOML that people edit as plain data, with the line on which each key stands."""

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from monitor.errors import ConfigError, Problem
from monitor.files.yaml import MAX_BYTES, read_config

_TABLE = re.compile(r"\s*\[\s*([\w.\"'-]+)\s*\]")
_KEY = re.compile(r"\s*[\"']?([\w-]+)[\"']?\s*=")
_PLACE = re.compile(r"\s*\(at line (\d+), column \d+\)\Z")


@dataclass(frozen=True, slots=True)
class TomlFile:
    """A TOML file as plain data; ``lines`` are the lines of its keys, those of tables with a dot."""

    file: str
    data: dict[str, Any]
    lines: dict[str, int]

    def line_of(self, key: str) -> int | None:
        """Return the line, from 1, on which a key stands, such as ``network.proxy``; None if none does."""
        return self.lines.get(key)


def load_toml(path: Path) -> TomlFile:
    """Return what a TOML file says.

    Raises:
        ConfigError: the file cannot be read, is too large, is not UTF-8 or not TOML.
    """
    content = read_config(path, MAX_BYTES)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        message = "this is not UTF-8 text; save the file as UTF-8"
        raise ConfigError([Problem(path.name, line, "", message)]) from error
    try:
        return TomlFile(path.name, tomllib.loads(text), _lines(text))
    except tomllib.TOMLDecodeError as error:
        raise ConfigError([_not_toml(path.name, str(error), text)]) from error


def _lines(text: str) -> dict[str, int]:
    found: dict[str, int] = {}
    table = ""
    for number, line in enumerate(text.splitlines(), 1):
        if begins := _TABLE.match(line):
            table = re.sub(r"[\"']", "", begins[1])
            found.setdefault(table, number)
        elif key := _KEY.match(line):
            found.setdefault(f"{table}.{key[1]}" if table else key[1], number)
    return found


def _not_toml(file: str, said: str, text: str) -> Problem:
    place = _PLACE.search(said)
    line = int(place[1]) if place else len(text.splitlines()) or 1
    reason = _PLACE.sub("", said).removesuffix(" (at end of document)")
    advice = 'write `key = value`, with text in "quotes"'
    message = f"this is not TOML: {reason[:1].lower()}{reason[1:]}; {advice}"
    return Problem(file, line, "", message)
