"""Add an entry to a YAML list that people edit; every comment, blank line and quote of theirs stays.

The entry is written after the last one. Where that cannot be done by adding lines (an empty list, another
key below), the file is written anew by ruamel's round trip, which keeps comments too.
"""

import io
from collections.abc import Mapping
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap
from ruamel.yaml.error import YAMLError
from ruamel.yaml.scalarstring import DoubleQuotedScalarString, FoldedScalarString

from monitor.errors import ConfigError, Problem
from monitor.files.building import plain_value
from monitor.files.yaml import YamlFile, parse_yaml

_WIDTH = 110
_FOLDED_FROM = 90  # characters of a text that is written over several lines


def with_entry(file: YamlFile, content: bytes, key: str, entry: Mapping[str, Any]) -> bytes:
    """Return ``content`` with ``entry`` at the end of the list at ``key``.

    Args:
        file: What ``content`` says.
        content: The file as it is.
        key: A list at the top of the file, or nothing yet.
        entry: Text, numbers, truth values, lists and mappings of them.

    Raises:
        ConfigError: the file has another shape, or cannot be written so that it says what it should.
    """
    entries = file.data.get(key) or []
    if not isinstance(entries, list):
        raise ConfigError([Problem(file.file, file.line_of(key), key, "must be a list of entries")])
    wanted = {**file.data, key: [*entries, dict(entry)]}
    for attempt in (_with_lines(content, entry), _round_trip(content, key, entry)):
        if _says(file.file, attempt, wanted):
            return attempt
    message = "the entry cannot be added without harm to the file; add it by hand"
    raise ConfigError([Problem(file.file, None, key, message)])


def as_yaml(entry: Mapping[str, Any]) -> str:
    """Return an entry of a list as it is written into a file."""
    out = io.StringIO()
    _yaml().dump([_styled(entry)], out)
    return out.getvalue()


def _with_lines(content: bytes, entry: Mapping[str, Any]) -> bytes:
    return content.rstrip() + b"\n\n" + as_yaml(entry).encode()


def _round_trip(content: bytes, key: str, entry: Mapping[str, Any]) -> bytes:
    yaml = _yaml()
    try:
        data = yaml.load(content.decode("utf-8-sig")) or CommentedMap()
    except (YAMLError, UnicodeDecodeError):
        return b""
    if not data.get(key):
        data[key] = []
    data[key].append(_styled(entry))
    out = io.StringIO()
    yaml.dump(data, out)
    return out.getvalue().encode()


def _says(name: str, content: bytes, wanted: Mapping[str, Any]) -> bool:
    try:
        return parse_yaml(name, content).data == wanted
    except ConfigError:
        return False


def _yaml() -> YAML:
    yaml = YAML(typ="rt")
    yaml.indent(mapping=2, sequence=4, offset=2)
    yaml.width = _WIDTH
    yaml.preserve_quotes = True
    return yaml


def _styled(value: Any) -> Any:
    """The value as a person would write it: long texts folded, "null" and the like quoted."""
    if isinstance(value, Mapping):
        return CommentedMap((name, _styled(each)) for name, each in value.items())
    if isinstance(value, list):
        return [_styled(each) for each in value]
    if not isinstance(value, str):
        return value
    if len(value) > _FOLDED_FROM and " " in value and value == " ".join(value.split()):
        return FoldedScalarString(value)
    return DoubleQuotedScalarString(value) if _is_another(value) else value


def _is_another(text: str) -> bool:
    try:
        return plain_value(text) != text
    except ValueError:
        return True
