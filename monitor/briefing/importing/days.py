"""Dates in English running text, with the precision that the words have."""

import calendar
import re

from monitor.model import PartialDate

_MONTHS = {name.casefold(): number for number, name in enumerate(calendar.month_name) if name}
_DAY = re.compile(
    rf"(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+)?(?P<month>{'|'.join(calendar.month_name[1:])})\s+(?P<year>\d{{4}})\b"
)


def find_days(text: str) -> list[PartialDate]:
    """Return the dates in ``text`` in order: days and months; ``words`` is what stands there."""
    found = []
    for match in _DAY.finditer(text):
        year, month = int(match["year"]), _MONTHS[match["month"].casefold()]
        if match["day"] is None:
            found.append(PartialDate.month(year, month, match[0]))
        elif 1 <= int(match["day"]) <= calendar.monthrange(year, month)[1]:
            found.append(PartialDate.parse(f"{year:04d}-{month:02d}-{int(match['day']):02d}", match[0]))
    return found


def without_days(text: str) -> str:
    """Return ``text`` without its dates."""
    return _DAY.sub("", text)
