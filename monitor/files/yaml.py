"""Read YAML that people edit as plain data, with the line on which each entry begins.

A file is read once, as bytes, so that one that is saved meanwhile is the old one or the new one.
Comments are not kept: an editor of files is another thing.
"""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from monitor.errors import ConfigError, Problem
from monitor.files.writing import what_failed

MAX_BYTES = 2_000_000


@dataclass(frozen=True, slots=True)
class YamlFile:
    """A YAML file as plain data: dict, list, str, int, float, bool, date and None.

    ``lines`` has the shape of ``data``: a line number for a scalar, [line, children] for the rest.
    """

    file: str
    data: dict[str, Any]
    lines: list[Any] = field(repr=False, compare=False)

    def line_of(self, *keys: str | int) -> int | None:
        """Return the line, from 1, on which the entry at ``keys`` begins; None if there is none.

        Keys are names in mappings and positions, from 0, in lists: ``line_of("sources", 3, "url")``.
        """
        node: Any = self.lines
        for key in keys:
            try:
                node = node[1][key]
            except (TypeError, KeyError, IndexError):
                return None
        return int(node[0] if isinstance(node, list) else node)


def load_yaml(path: Path, *, max_bytes: int = MAX_BYTES) -> YamlFile:
    """Return what a YAML file says, by YAML 1.2: ``NO`` is Norway, ``12:30`` and ``007`` are text.

    Raises:
        ConfigError: the file cannot be read, is larger than ``max_bytes``, is not UTF-8 or not YAML,
            is no mapping, or holds a key twice, an alias, an anchor or a tag. Every fault up to the
            first syntax error is listed.
    """
    return parse_yaml(str(path), read_config(path, max_bytes))


def parse_yaml(file: str, content: bytes) -> YamlFile:
    """Return what ``content``, the bytes of ``file``, says; raises as :func:`load_yaml`."""
    from monitor.files.building import build  # loads the parser, 31 ms that a cached file saves

    data, lines = build(file, content)
    return YamlFile(file, data, lines)


def read_config(path: Path, max_bytes: int) -> bytes:
    """Return the bytes of a file that people edit.

    Raises:
        ConfigError: it cannot be read, or is larger than ``max_bytes``.
    """
    try:
        with path.open("rb") as file:
            content = file.read(max_bytes + 1)
    except OSError as error:
        raise ConfigError([Problem(str(path), None, "", f"cannot be read: {what_failed(error)}")]) from error
    if len(content) > max_bytes:
        message = f"is larger than {max_bytes:,} bytes; remove what is not needed, or split it"
        raise ConfigError([Problem(str(path), None, "", message)])
    return content
