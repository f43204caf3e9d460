"""Keep what a YAML file said, by the hash of its bytes: reading 10,000 entries as YAML takes seconds.

What was made of it is kept too, where making it costs as much.
"""

import hashlib
import json
from collections.abc import Callable
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

    def read() -> list[Any]:
        found = parse_yaml(str(path), content)
        return [found.data, found.lines]

    data, lines = _kept(cache_dir, "yaml", path, content, read)
    return YamlFile(str(path), data, lines)


def load_made(
    path: Path,
    cache_dir: Path,
    make: Callable[[YamlFile], Any],
    *,
    rules: str,
    max_bytes: int = MAX_BYTES,
) -> Any:
    """Return what ``make`` makes of a YAML file: values that JSON can hold.

    Args:
        path: The file.
        cache_dir: Where it was kept, if it was made before.
        make: Called where it was not; what it raises is passed on, and nothing is kept.
        rules: By what it is made: other rules make it anew.
        max_bytes: The most that is read.

    Raises:
        ConfigError: as :func:`monitor.files.load_yaml`.
    """
    content = read_config(path, max_bytes)
    by = content + b"\0" + rules.encode()
    return _kept(cache_dir, "made", path, by, lambda: make(load_cached(path, cache_dir, max_bytes=max_bytes)))


def _kept(cache_dir: Path, what: str, path: Path, content: bytes, make: Callable[[], Any]) -> Any:
    """What was kept for these bytes; else what ``make`` gives, which is kept then."""
    place = hashlib.sha256(str(path.resolve()).encode("utf-8", "surrogateescape")).hexdigest()[:12]
    cached = cache_dir / f"{what}-{place}-{hashlib.sha256(content).hexdigest()}.{_VERSION}.json"
    payload = _recall(cached)
    if payload is not None:
        return json.loads(payload, object_hook=_with_day)
    made = make()
    with suppress(StateError, OSError):
        _remember(cached, json.dumps(made, default=_without_day).encode())
        _forget_others(cached, f"{what}-{place}-*.json")
    return made


def _recall(cached: Path) -> bytes | None:
    try:
        checksum, _, payload = cached.read_bytes().partition(b"\n")
    except OSError:
        return None
    return payload if _checksum(payload) == checksum else None


def _remember(cached: Path, payload: bytes) -> None:
    make_directory(cached.parent)
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
