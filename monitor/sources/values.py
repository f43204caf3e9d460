"""The sources of a file, and the same as plain data: what was checked need not be checked at each start."""

import dataclasses
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import partial
from types import MappingProxyType
from typing import Any

from monitor.errors import NotFoundError
from monitor.model import (
    DateOrder,
    Expectation,
    JsonDocument,
    Listing,
    Paging,
    PagingBy,
    PagingIn,
    Reach,
    Robots,
    Source,
    SourceKind,
)


@dataclass(frozen=True, slots=True)
class Sources:
    """The sources of a file, in its order."""

    all: tuple[Source, ...]

    def __iter__(self) -> Iterator[Source]:
        return iter(self.all)

    def __len__(self) -> int:
        return len(self.all)

    def get(self, source_id: str) -> Source:
        """Return the source with that id.

        Raises:
            NotFoundError: there is none; the message names the nearest ones.
        """
        for source in self.all:
            if source.id == source_id:
                return source
        from monitor.sources.wording import did_you_mean, nearest

        near = nearest(source_id, (source.id for source in self.all), count=3)
        hint = did_you_mean(near) if near else "`monitor sources list` shows them"
        raise NotFoundError(f"there is no source {source_id!r}; {hint}")


def plain_sources(sources: Iterable[Source]) -> list[dict[str, Any]]:
    """Return checked sources as what JSON can hold; what a source leaves at its default is left out."""
    return [_plain(source) for source in sources]


def sources_of(plain: Iterable[Mapping[str, Any]]) -> Sources:
    """Return the sources that :func:`plain_sources` was given; nothing is checked."""
    return Sources(tuple(_made(Source, each) for each in plain))


def _plain(value: Any) -> dict[str, Any]:
    kept = ((each, getattr(value, each.name)) for each in dataclasses.fields(value))
    return {each.name: _written(held) for each, held in kept if held != each.default}


def _written(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, tuple):
        return [_written(each) for each in value]
    return _plain(value) if dataclasses.is_dataclass(value) else value


def _made(kind: Callable[..., Any], plain: Mapping[str, Any]) -> Any:
    return kind(**{name: _READ[name](held) if name in _READ else held for name, held in plain.items()})


def _pairs(rows: Iterable[Iterable[str]]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(row) for row in rows)


# How the fields are read that JSON does not hold as they are; their names mean the same in every part.
_READ: Mapping[str, Callable[[Any], Any]] = MappingProxyType(
    {
        "kind": SourceKind,
        "reach": Reach,
        "robots": Robots,
        "date_order": DateOrder,
        "place": PagingIn,
        "by": PagingBy,
        "verified": date.fromisoformat,
        "headers": _pairs,
        "fields": _pairs,
        **dict.fromkeys(("citations", "hosts", "paths", "maps", "senders", "requires"), tuple),
        "paging": partial(_made, Paging),
        "listing": partial(_made, Listing),
        "document": partial(_made, JsonDocument),
        "expect": partial(_made, Expectation),
    }
)
