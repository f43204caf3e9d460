"""subscriptions.yaml: who gets which digest, when, over which channel.

Pure: the file is read elsewhere. Every fault is reported in one pass, with its line and its
subscription. Nothing is guessed: a slip in one entry must not mail a reviewers' edition to readers.
"""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import time
from difflib import get_close_matches
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from monitor.errors import ConfigError, Problem
from monitor.model import (
    Audience,
    Cadence,
    ChangeKind,
    NothingNew,
    Subscription,
    is_mail_address,
    party_code,
)

LineOf = Callable[..., int | None]
Read = Callable[[Any], Any]

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_IDENTITY = re.compile(r"[a-z0-9][a-z0-9-]{0,59}\Z")
_TIME = re.compile(r"([01]\d|2[0-3]):([0-5]\d)\Z")
_MAIL = "smtp"


def parse_subscriptions(
    data: Mapping[str, Any],
    line_of: LineOf,
    file: str,
    *,
    briefings: Collection[str],
    channels: Collection[str],
) -> tuple[Subscription, ...]:
    """Return the subscriptions of a file.

    Each digest is of one briefing, so an entry for several gives one subscription each, named
    ``<id>.<briefing>``.

    Args:
        data: The file as plain data.
        line_of: Gives the line of an entry by its keys and positions.
        file: The file's name, for messages.
        briefings: Ids of the briefings that there are.
        channels: Names of the channels that are configured.

    Raises:
        ConfigError: something is wrong; every fault is listed.
    """
    faults = _Faults(file, line_of)
    for key in data.keys() - {"subscriptions"}:
        faults.add((key,), key, "unknown key; the file holds `subscriptions` alone")
    entries = data.get("subscriptions")
    if not isinstance(entries, list):
        faults.add(("subscriptions",), "subscriptions", "must be a list; begin each entry with `- id:`")
        entries = []
    readers = _readers(briefings, channels)
    found = [each for at, entry in enumerate(entries) for each in _subscriptions(at, entry, readers, faults)]
    _refuse_repeated(entries, faults)
    if faults.problems:
        raise ConfigError(faults.problems)
    return tuple(found)


def subscription_keys() -> tuple[str, ...]:
    """Return every key that an entry can have; docs/subscriptions.md explains each."""
    return tuple(_readers((), ()))


@dataclass(slots=True)
class _Faults:
    """Everything that is wrong, in the order found."""

    file: str
    line_of: LineOf
    problems: list[Problem] = field(default_factory=list)

    def add(self, place: tuple[str | int, ...], where: str, message: str) -> None:
        """Note a fault; a key that is missing has no line of its own, so its entry's is given."""
        lines = (self.line_of(*place[:length]) for length in range(len(place), 0, -1))
        line = next((each for each in lines if each is not None), None)
        self.problems.append(Problem(self.file, line, where, message))


def _readers(briefings: Collection[str], channels: Collection[str]) -> Mapping[str, Read]:
    """How each key is read; a reader raises ValueError with what to do."""
    return {
        "id": _identity,
        "briefings": _each(_among(briefings, "briefing")),
        "audience": _one_of(Audience),
        "channel": _among(channels, "channel"),
        "to": _each(_text),
        "cadence": _one_of(Cadence),
        "at": _time,
        "weekday": _weekday,
        "day": _day_of_month,
        "timezone": _timezone,
        "nothing_new": _one_of(NothingNew),
        "hold": _flag,
        "parties": _each(lambda value: party_code(_text(value))),
        "kinds": _each(_one_of(ChangeKind)),
    }


_REQUIRED = ("id", "briefings", "audience", "channel", "to", "cadence")


def _subscriptions(
    position: int, entry: object, readers: Mapping[str, Read], faults: _Faults
) -> tuple[Subscription, ...]:
    """The subscriptions of one entry; none where anything in it is wrong."""
    place = ("subscriptions", position)
    if not isinstance(entry, dict):
        faults.add(place, f"entry {position + 1}", "must hold keys and values, such as `id: weekly`")
        return ()
    before = len(faults.problems)
    name = str(entry.get("id", f"entry {position + 1}"))
    values: dict[str, Any] = {}
    for key, value in entry.items():
        try:
            values[key] = _reader(key, readers)(value)
        except ValueError as error:
            faults.add((*place, key), f"{name}: {key}", str(error))
    for key in _REQUIRED:
        if key not in entry:
            faults.add(place, f"{name}: {key}", "is missing; add it")
    for key, message in _contradictions(values):
        faults.add((*place, key), f"{name}: {key}", message)
    return _built(values) if len(faults.problems) == before else ()


def _reader(key: str, readers: Mapping[str, Read]) -> Read:
    if key not in readers:
        raise ValueError(f"unknown key{_near(key, readers)}")
    return readers[key]


def _contradictions(values: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Faults between keys."""
    found = []
    if values.get("channel") == _MAIL:
        wrong = [each for each in values.get("to", ()) if not is_mail_address(each)]
        found += [("to", f"{each!r} is not a mail address such as name@example.org") for each in wrong]
    cadence = values.get("cadence")
    for key, wanted in (("weekday", Cadence.WEEKLY), ("day", Cadence.MONTHLY)):
        if key in values and cadence is not None and cadence is not wanted:
            found.append((key, f"means nothing with `cadence: {cadence}`; it goes with `cadence: {wanted}`"))
    return found


def _built(values: Mapping[str, Any]) -> tuple[Subscription, ...]:
    """One subscription a briefing."""
    same = {key: value for key, value in values.items() if key not in ("id", "briefings", "to")}
    several = len(values["briefings"]) > 1
    return tuple(
        Subscription(
            id=f"{values['id']}.{briefing}" if several else values["id"],
            briefing_id=briefing,
            recipients=values["to"],
            **same,
        )
        for briefing in values["briefings"]
    )


def _refuse_repeated(entries: list[Any], faults: _Faults) -> None:
    seen: set[str] = set()
    for position, entry in enumerate(entries):
        name = str(entry.get("id", "")) if isinstance(entry, dict) else ""
        if name and name in seen:
            faults.add(("subscriptions", position, "id"), f"{name}: id", "stands twice; ids must differ")
        seen.add(name)


# --- reading one value


def _text(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError("must be text; put it in quotes")
    return value.strip()


def _identity(value: object) -> str:
    text = _text(value)
    if not _IDENTITY.match(text):
        raise ValueError("must be lower-case letters, digits and hyphens, such as `weekly-readers`")
    return text


def _each(read: Read) -> Read:
    """A list, or one value that stands for a list of one."""

    def read_all(value: object) -> tuple[Any, ...]:
        values = value if isinstance(value, list) else [value]
        if not values:
            raise ValueError("must not be empty")
        return tuple(dict.fromkeys(read(each) for each in values))

    return read_all


def _one_of(words: type[StrEnum]) -> Read:
    def read(value: object) -> StrEnum:
        known = [word.value for word in words]
        if value not in known:
            raise ValueError(f"must be one of {', '.join(known)}{_near(str(value), known)}")
        return words(value)

    return read


def _among(known: Collection[str], noun: str) -> Read:
    def read(value: object) -> str:
        text = _text(value)
        if text not in known:
            listed = ", ".join(sorted(known)) or "none"
            raise ValueError(f"no {noun} {text!r}{_near(text, known)}; there are: {listed}")
        return text

    return read


def _time(value: object) -> time:
    match = _TIME.match(value) if isinstance(value, str) else None
    if match is None:
        raise ValueError('must be a time of day such as "07:00"')
    return time(int(match[1]), int(match[2]))


def _weekday(value: object) -> int:
    """By name only: to some the first day of the week is Sunday, to others 0 is Monday."""
    if not isinstance(value, str) or value.lower() not in _DAYS:
        raise ValueError(
            "must be a day's name such as monday; numbers mean different days to different people"
        )
    return _DAYS.index(value.lower())


def _day_of_month(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= 31:
        raise ValueError("must be a day of the month, 1 to 31; a shorter month is told on its last day")
    return value


def _timezone(value: object) -> str:
    text = _text(value)
    try:
        ZoneInfo(text)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError(f"no time zone {text!r}; write one such as Europe/London") from error
    return text


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise ValueError("must be true or false")
    return value


def _near(word: str, known: Collection[str]) -> str:
    near = get_close_matches(word, list(known), n=1)
    return f"; did you mean `{near[0]}`?" if near else ""
