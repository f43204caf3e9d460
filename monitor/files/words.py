"""Read files of word lists: most are written in so little of YAML that a few lines read it.

Lexicons and names are half a megabyte; as YAML they take half a second, which a run that needs them all
would feel. Whatever is written in another way than here is read as any YAML.
"""

import re
from pathlib import Path
from typing import Any

from monitor.files.yaml import MAX_BYTES, parse_yaml, read_config

_ENTRY = re.compile(r"(  )?([A-Za-z][\w -]*|\"[\w -]+\"):(?: (\S.*))?")
_FOLDED = ">-"
_NOT_PLAIN = re.compile(r"[^\w^]|[\d.-]+\Z|.*(?:: | #|:\Z)|(?:null|true|false)\Z", re.IGNORECASE)
_ODD = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")  # to YAML


def load_words(path: Path) -> dict[str, Any]:
    """Return what :func:`monitor.files.load_yaml` says that a file says; most files in a tenth of the time.

    Raises:
        ConfigError: as :func:`monitor.files.load_yaml`.
    """
    content = read_config(path, MAX_BYTES)
    plain = _plainly(content)
    return parse_yaml(str(path), content).data if plain is None else plain


def _plainly(content: bytes) -> dict[str, Any] | None:
    """Return keys with text, or with one level of keys with text; None for anything else."""
    try:
        text = content.decode()
    except UnicodeDecodeError:
        return None
    reader = _Reader()
    if _ODD.search(text) or not all(reader.take(line) for line in text.rstrip("\n").split("\n")):
        return None
    return reader.found if reader.end() else None


class _Reader:
    """Takes line by line, and says of each whether it is understood."""

    def __init__(self) -> None:
        self.found: dict[str, Any] = {}
        self._below: dict[str, str] | None = None  # the entries of a key that has no text of its own
        self._folded: list[str] | None = None  # the lines of a text that begins below its key
        self._put: tuple[dict[str, Any], str] = (self.found, "")
        self._indent = ""

    def take(self, line: str) -> bool:
        bare = line.lstrip(" ")
        if not bare:
            return self._folded is None  # one inside a text would begin another line of it
        if self._folded is not None and line.startswith(self._indent):
            self._folded.append(line[len(self._indent) :])
            return not self._folded[-1].startswith(" ")
        return self._end_of_text() and (bare.startswith("#") or self._entry(line))

    def _entry(self, line: str) -> bool:
        match = _ENTRY.fullmatch(line.rstrip(" "))
        if match is None:
            return False
        indent, key, value = match[1] or "", match[2], match[3]
        if not indent and not self._close():
            return False
        place = self._below if indent else self.found
        if place is None or key.strip('"') in place or key.endswith(" "):
            return False
        key = key.strip('"')
        if value is None:
            self._below = self.found[key] = {}
            return not indent
        place[key] = value
        if value == _FOLDED:
            self._folded, self._put, self._indent = [], (place, key), indent + "  "
            return True
        return _NOT_PLAIN.match(value) is None

    def _end_of_text(self) -> bool:
        if self._folded is not None:
            place, key = self._put
            place[key] = " ".join(self._folded)
            understood = bool(self._folded)
            self._folded = None
            return understood
        return True

    def _close(self) -> bool:
        understood = self._below is None or bool(self._below)
        self._below = None
        return understood

    def end(self) -> bool:
        return self._end_of_text() and self._close() and bool(self.found)
