"""Reads the single values of subscriptions.yaml; each reader raises ValueError with what to do."""

import re
from collections.abc import Callable, Collection, Iterable
from datetime import time
from difflib import get_close_matches
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

Read = Callable[[Any], Any]

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
IDENTITY = r"[a-z0-9][a-z0-9-]{0,59}"
TIME = r"([01][0-9]|2[0-3]):([0-5][0-9])"
MOST_DAYS = 90


def text(value: object) -> str:
    """Read words."""
    if not isinstance(value, str) or not value.strip():
        raise ValueError("must be text; put it in quotes")
    return value.strip()


def identity(value: object) -> str:
    """Read an id."""
    found = text(value)
    if not re.fullmatch(IDENTITY, found):
        raise ValueError("must be lower-case letters, digits and hyphens, such as `weekly-readers`")
    return found


def each(read: Read) -> Read:
    """Return a reader of a list, or of one value that stands for a list of one."""

    def read_all(value: object) -> tuple[Any, ...]:
        values = value if isinstance(value, list) else [value]
        if not values:
            raise ValueError("must not be empty")
        return tuple(dict.fromkeys(read(part) for part in values))

    return read_all


def one_of(words: Iterable[StrEnum]) -> Read:
    """Return a reader of one word of a closed list."""
    known = {word.value: word for word in words}

    def read(value: object) -> StrEnum:
        if not isinstance(value, str) or value not in known:
            raise ValueError(f"must be one of {', '.join(known)}{near(str(value), known)}")
        return known[value]

    return read


def among(known: Collection[str], noun: str, hint: str = "") -> Read:
    """Return a reader of a name that must exist; ``hint`` says what brings others into being."""

    def read(value: object) -> str:
        found = text(value)
        if found not in known:
            listed = ", ".join(sorted(known)) or "none"
            raise ValueError(f"no {noun} {found!r}{near(found, known)}; there are: {listed}{hint}")
        return found

    return read


def time_of_day(value: object) -> time:
    """Read a local time."""
    match = re.fullmatch(TIME, value) if isinstance(value, str) else None
    if match is None:
        raise ValueError('must be a time of day such as "07:00"')
    return time(int(match[1]), int(match[2]))


def weekday(value: object) -> int:
    """Read a day by its name: to some the first day of the week is Sunday, to others 0 is Monday."""
    if not isinstance(value, str) or value.lower() not in DAYS:
        raise ValueError(
            "must be a day's name such as monday; numbers mean different days to different people"
        )
    return DAYS.index(value.lower())


def day_of_month(value: object) -> int:
    """Read a day of the month."""
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= 31:
        raise ValueError("must be a day of the month, 1 to 31; a shorter month is told on its last day")
    return value


def days(value: object) -> int:
    """Read a number of days."""
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= MOST_DAYS:
        raise ValueError(f"must be a number of days, 1 to {MOST_DAYS}")
    return value


def timezone(value: object) -> str:
    """Read the name of a time zone."""
    found = text(value)
    try:
        ZoneInfo(found)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError(f"no time zone {found!r}; write one such as Europe/London") from error
    return found


def flag(value: object) -> bool:
    """Read yes or no."""
    if not isinstance(value, bool):
        raise ValueError("must be true or false")
    return value


def near(word: str, known: Collection[str]) -> str:
    """Return a suggestion for a misspelt word, or nothing."""
    found = get_close_matches(word, list(known), n=1)
    return f"; did you mean `{found[0]}`?" if found else ""
