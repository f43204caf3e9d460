"""Dates of feeds and of page metadata: the day that the publisher's calendar showed.

``2024-06-13T00:00:00+09:00`` is 13 June, whatever the day was in UTC. A time written in UTC is taken
to the source's own time zone, unless it is midnight sharp: that is how dates without a time are written.
Dates in running text are the language room's.
"""

import re
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from monitor.language import Given, find_dates, tokenise
from monitor.model import DateOrder, PartialDate

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ZONE = r"(?P<zone>[A-Za-z]{1,5}\b|[+-]\d{2}:?\d{2})"
_TIME = rf"(?P<h>\d{{1,2}}):(?P<min>\d{{2}})(?::(?P<s>\d{{2}})(?:[.,]\d+)?)?\s*{_ZONE}?"
_FORMS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?P<y>\d{{4}})-(?P<m>\d{{1,2}})-(?P<d>\d{{1,2}})(?:(?:T|\s+){_TIME})?",
        r"(?P<y>(?:19|20)\d{2})(?P<m>\d{2})(?P<d>\d{2})(?!\d)",
        rf"(?:[a-z]+\.?,?\s+)?(?P<d>\d{{1,2}})[\s-]+(?P<m>[a-z]{{3,9}})\.?,?[\s-]+(?P<y>\d{{4}}|\d{{2}})\b(?:,?\s+{_TIME})?",
        rf"(?:[a-z]+\.?,?\s+)?(?P<m>[a-z]{{3,9}})\.?\s+(?P<d>\d{{1,2}}),?\s+(?P<y>\d{{4}})\b(?:,?\s+{_TIME})?",
        r"(?P<d>\d{1,2})\.\s?(?P<m>\d{1,2})\.\s?(?P<y>\d{4})\b",
    )
)
_MONTH = re.compile(r"(?P<y>\d{4})-(?P<m>\d{2})\Z")
_FIGURES = re.compile(r"(?<!\d)(?P<a>\d{1,2})(?P<sep>[./-])\s?(?P<b>\d{1,2})(?P=sep)\s?(?P<y>\d{4})(?!\d)")
_UTC_NAMES = {"z", "gmt", "ut", "utc", "+0000", "+00:00", "-0000", "-00:00"}


def parse_day(raw: str, timezone: str = "UTC", order: DateOrder = DateOrder.ISO) -> PartialDate | None:
    """Return the day that ``raw`` names, with its words; None where it names none.

    ``order`` says how 02/03/2031 is meant; by itself it is not read.
    """
    text = raw.strip()
    if order is not DateOrder.ISO and (figures := _FIGURES.search(text)):
        first, second = int(figures["a"]), int(figures["b"])
        day, month = (first, second) if order is DateOrder.DMY else (second, first)
        return _in_figures(int(figures["y"]), month, day, text)
    if whole_month := _MONTH.match(text):
        return _month(int(whole_month["y"]), int(whole_month["m"]), text)
    for form in _FORMS:
        found = form.match(text)
        if found and (written := _day(found, timezone)):
            return PartialDate.day(written, text[:100])
    return None


def day_in_words(text: str, lang: str) -> PartialDate | None:
    """Return the only full date in a short text, in its language: 28 May 2024 - 19:02."""
    dates = {each.date for each in find_dates(tokenise(text), lang, None) if each.given is Given.FULL}
    return dates.pop() if len(dates) == 1 else None


def has_short_year(raw: str) -> bool:
    """Return whether ``raw`` writes its year with two digits (RFC 822)."""
    found = _FORMS[2].match(raw.strip())
    return bool(found and len(found["y"]) == 2)


def _in_figures(year: int, month: int, day: int, words: str) -> PartialDate | None:
    try:
        return PartialDate.day(date(year, month, day), words[:100])
    except ValueError:
        return None


def _month(year: int, month: int, words: str) -> PartialDate | None:
    return PartialDate.month(year, month, words) if 1 <= month <= 12 and year else None


def _day(found: re.Match[str], timezone: str) -> date | None:
    year, month = int(found["y"]), _month_number(found["m"])
    if len(found["y"]) == 2:
        year += 2000 if year < 70 else 1900
    try:
        written = date(year, month, int(found["d"]))
    except ValueError:
        return None
    parts = found.groupdict()
    if not parts.get("h") or (parts.get("zone") or "").lower() not in _UTC_NAMES:
        return written
    return _in_zone(written, (int(parts["h"]), int(parts["min"]), int(parts["s"] or 0)), timezone)


def _month_number(text: str) -> int:
    if text.isdecimal():
        return int(text)
    start = text[:3].lower()
    return _MONTHS.index(start) + 1 if start in _MONTHS else 0


def _in_zone(day: date, time: tuple[int, int, int], timezone: str) -> date:
    if time == (0, 0, 0):
        return day
    try:
        instant = datetime(day.year, day.month, day.day, *time, tzinfo=UTC)
        return instant.astimezone(ZoneInfo(timezone)).date()
    except (ValueError, OverflowError, ZoneInfoNotFoundError):  # 24:30, year 1: as written
        return day
