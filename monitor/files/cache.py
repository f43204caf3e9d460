"""Keep what a YAML file said, by the hash of its bytes: reading 10,000 entries as YAML takes seconds."""

import hashlib
import json
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

from monitor.errors import StateError
from monitor.files.writing import make_directory, write_atomically
from monitor.files.yaml import MAX_BYTES, YamlFile, parse_yaml, read_config

_VERSION = 1  # another form of the cached data, or another meaning of plain text, needs another number
_DAY = "\0day"  # no key of a file can hold a NUL: YAML refuses it


def load_cached(path: Path, cache_dir: Path, *, max_bytes: int = MAX_BYTES) -> YamlFile:
    """Return the same as :func:`monitor.files.load_yaml`, from ``cache_dir`` where that holds it.

    A cache that is missing, damaged or not writable costs time, never an answer.

    Raises:
        ConfigError: as :func:`monitor.files.load_yaml`.
    """
    content = read_config(path, max_bytes)
    place = hashlib.sha256(str(path.resolve()).encode("utf-8", "surrogateescape")).hexdigest()[:12]
    cached = cache_dir / f"yaml-{place}-{hashlib.sha256(content).hexdigest()}.{_VERSION}.json"
    found = _recall(cached, str(path))
    if found is None:
        found = parse_yaml(str(path), content)
        with suppress(StateError, OSError):
            _remember(cached, found)
            _forget_others(cached, f"yaml-{place}-*.json")
    return found


def _recall(cached: Path, file: str) -> YamlFile | None:
    try:
        checksum, _, payload = cached.read_bytes().partition(b"\n")
    except OSError:
        return None
    if _checksum(payload) != checksum:
        return None
    data, lines = json.loads(payload, object_hook=_with_day)
    return YamlFile(file, data, lines)


def _remember(cached: Path, found: YamlFile) -> None:
    make_directory(cached.parent)
    payload = json.dumps([found.data, found.lines], default=_without_day).encode()
    write_atomically(cached, _checksum(payload) + b"\n" + payload)


def _forget_others(kept: Path, pattern: str) -> None:
    """Remove what is cached of earlier states of the same file."""
    for old in kept.parent.glob(pattern):
        if old != kept:
            old.unlink()


def _checksum(payload: bytes) -> bytes:
    return hashlib.sha256(payload).hexdigest().encode()


def _without_day(value: date) -> dict[str, str]:
    return {_DAY: value.isoformat()}


def _with_day(value: dict[str, Any]) -> Any:
    return date.fromisoformat(value[_DAY]) if _DAY in value else value
