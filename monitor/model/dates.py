"""Dates as sources give them: with a precision, possibly a range, and their own words."""

import calendar
import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Self

_MONTHS = tuple(calendar.month_name)
_ISO = re.compile(r"(?P<y>\d{4})(?:-(?P<m>\d{2})(?:-(?P<d>\d{2}))?)?\Z")


class Precision(StrEnum):
    """How exactly a date is known."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date known to the day, month or year, or a range of days.

    ``first`` and ``last`` bound it, both included; a single day has them equal. ``words`` keeps what
    the source wrote and does not take part in comparison.
    """

    first: date
    last: date
    precision: Precision = Precision.DAY
    words: str = field(default="", compare=False)

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError(f"a date range must not end before it begins: {self.first} to {self.last}")

    @classmethod
    def day(cls, day: date, words: str = "") -> Self:
        """Return the single day ``day``."""
        return cls(day, day, Precision.DAY, words)

    @classmethod
    def month(cls, year: int, month: int, words: str = "") -> Self:
        """Return a date known to the month only."""
        last = calendar.monthrange(year, month)[1]
        return cls(date(year, month, 1), date(year, month, last), Precision.MONTH, words)

    @classmethod
    def year(cls, year: int, words: str = "") -> Self:
        """Return a date known to the year only."""
        return cls(date(year, 1, 1), date(year, 12, 31), Precision.YEAR, words)

    @classmethod
    def between(cls, first: date, last: date, words: str = "") -> Self:
        """Return a range of days, both ends included."""
        return cls(first, last, Precision.DAY, words)

    @classmethod
    def parse(cls, text: str, words: str = "") -> Self:
        """Return the date that ISO 8601 text means: a day, a month, a year, or ``A/B`` for a range.

        Raises:
            ValueError: ``text`` is none of these.
        """
        try:
            if "/" in text:
                first, _, last = text.partition("/")
                return cls(cls._parsed(first).first, cls._parsed(last).last, Precision.DAY, words)
            return cls._parsed(text, words)
        except ValueError as error:
            raise ValueError(f"not an ISO date (2024-02-20, 2024-02 or 2024): {text!r}") from error

    @classmethod
    def _parsed(cls, text: str, words: str = "") -> Self:
        match = _ISO.match(text.strip())
        if match is None:
            raise ValueError(text)
        year, month, day = (int(part) if part else None for part in match.group("y", "m", "d"))
        assert year is not None  # noqa: S101 - the pattern requires it
        if month is None:
            return cls.year(year, words)
        if day is None:
            return cls.month(year, month, words)
        return cls.day(date(year, month, day), words)

    @property
    def is_day(self) -> bool:
        """Whether it is one known day."""
        return self.first == self.last

    @property
    def iso(self) -> str:
        """The date as :meth:`parse` reads it."""
        if self.precision is Precision.YEAR:
            return f"{self.first.year:04d}"
        if self.precision is Precision.MONTH:
            return f"{self.first:%Y-%m}"
        return self.first.isoformat() if self.is_day else f"{self.first.isoformat()}/{self.last.isoformat()}"

    @property
    def written(self) -> str:
        """The date written out in English: 20 February 2024, February 2024, 20 March to 11 May 2023."""
        if self.precision is Precision.YEAR:
            return str(self.first.year)
        if self.precision is Precision.MONTH:
            return f"{_MONTHS[self.first.month]} {self.first.year}"
        if self.is_day:
            return written(self.first)
        if self.first.year == self.last.year:
            return f"{self.first.day} {_MONTHS[self.first.month]} to {written(self.last)}"
        return f"{written(self.first)} to {written(self.last)}"

    def is_after(self, day: date) -> bool:
        """Return whether the whole of it lies after ``day``."""
        return self.first > day

    def is_until(self, day: date) -> bool:
        """Return whether the whole of it lies on or before ``day``."""
        return self.last <= day

    def overlaps(self, other: "PartialDate", *, days: int = 0) -> bool:
        """Return whether both can mean the same day, allowing ``days`` of slack."""
        slack = timedelta(days=days)
        return self.first - slack <= other.last and other.first - slack <= self.last


def written(day: date) -> str:
    """Return ``day`` written out in English, without leading zero: 1 March 2024."""
    return f"{day.day} {_MONTHS[day.month]} {day.year}"
