"""sources.yaml as data -> Sources; every fault at once, each with its line and source."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from pydantic import ValidationError

from monitor.errors import ConfigError, Problem
from monitor.model import Source, SourceKind
from monitor.sources.checks import faults_between, same_address
from monitor.sources.entry import Entry
from monitor.sources.kinds import KINDS
from monitor.sources.values import Sources
from monitor.sources.wording import did_you_mean, message_of, nearest, unknown_key

LineOf = Callable[..., int | None]
"""``line_of(*keys)`` of the loaded file: the line of the value at those keys, None if there is none."""


def parse_sources(data: Mapping[str, Any], line_of: LineOf, file: str) -> Sources:
    """Return the sources that the file describes.

    Args:
        data: The file as plain data.
        line_of: Where the value at some keys stands in it.
        file: Its name, for messages.

    Raises:
        ConfigError: something is wrong with it; ``problems`` holds every fault.
    """
    problems = [
        Problem(file, line_of(key), str(key), unknown_key(str(key), ["sources"]))
        for key in data
        if key != "sources"
    ]
    entries = data.get("sources", [])
    if not isinstance(entries, list):
        problems.append(
            Problem(file, line_of("sources"), "sources", "must be a list of entries: `- id: ...`")
        )
        entries = []
    sources = []
    for index, entry in enumerate(entries):
        source, faults = _read_entry(entry)
        sources += [source] if source else []
        problems += [_problem(fault, entry, index, line_of, file) for fault in faults]
    problems += _shared(entries, line_of, file)
    if problems:
        raise ConfigError(sorted(problems, key=lambda problem: problem.line or 0))
    return Sources(tuple(sources))


Fault = tuple[tuple[Any, ...], str]


def _read_entry(entry: object) -> tuple[Source | None, list[Fault]]:
    if not isinstance(entry, Mapping):
        return None, [((), f"must be a mapping of keys, not {entry!r}")]
    kind = entry.get("kind")
    known = isinstance(kind, str) and kind in list(SourceKind)
    model = KINDS[SourceKind(str(kind))] if known else Entry
    faults: list[Fault] = list(faults_between(entry))
    if kind is not None and not known:
        faults.append((("kind",), _no_such_kind(kind)))
    try:
        read = model.model_validate(dict(entry))
    except ValidationError as error:
        faults += [(each["loc"], message_of(each, model)) for each in error.errors()]
        return None, [fault for fault in faults if known or not _may_belong(fault, entry)]
    return (None if faults else read.value()), faults


def _no_such_kind(kind: object) -> str:
    near = nearest(str(kind), KINDS)
    hint = f"; {did_you_mean(near)}" if near else ""
    return f"must be {' or '.join(KINDS)}, not {kind!r}{hint}"


def _may_belong(fault: Fault, entry: Mapping[str, Any]) -> bool:
    """Whether a key is only unknown because the entry's kind is."""
    loc, message = fault
    return len(loc) == 1 and loc[0] in entry and message.startswith("belongs to entries of kind")


def _shared(entries: list[Any], line_of: LineOf, file: str) -> Iterator[Problem]:
    """What two entries must not have in common: an id, an address."""
    first_with: dict[tuple[str, str], int] = {}
    for index, entry in enumerate(entries):
        if not isinstance(entry, Mapping):
            continue
        for key, value in (("id", entry.get("id")), ("url", same_address(entry))):
            if not isinstance(value, str):
                continue
            first = first_with.setdefault((key, value), index)
            if first != index:
                line = line_of("sources", first, key)
                other = "has this id too" if key == "id" else f"({entries[first].get('id')}) asks the same"
                yield _problem(((key,), f"the entry on line {line} {other}"), entry, index, line_of, file)


def _problem(fault: Fault, entry: object, index: int, line_of: LineOf, file: str) -> Problem:
    loc, message = fault
    name = entry.get("id") if isinstance(entry, Mapping) else None
    label = str(name) if isinstance(name, str) else f"entry {index + 1}"
    keys = ".".join(str(part) for part in loc)
    where = f"{label}: {keys}" if keys else label
    return Problem(file, _line(line_of, index, loc), where, message)


def _line(line_of: LineOf, index: int, loc: tuple[Any, ...]) -> int | None:
    """The line of the faulty value, or of the nearest mapping around a missing one."""
    for length in range(len(loc), -1, -1):
        line = line_of("sources", index, *loc[:length])
        if line is not None:
            return line
    return None
