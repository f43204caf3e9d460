"""The digest's English: names in prose, lists, counts, lengths, days, and on whose word.

The EU and other organisations are parties, never countries; a stage is named by the words that a
reader uses, and "signed" never becomes "in force".
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, tzinfo

from monitor.model import PartialDate, PartyCode, Stage, is_organisation, written

_SHORT = {"EU": "EU", "UN": "UN", "COE": "Council of Europe", "WORLDBANK": "World Bank"}
_BARE = frozenset({"NATO", "ASEAN", "EURATOM", "UNESCO", "UNICEF", "INTERPOL", "EUROPOL", "EFTA"})
_WITH_THE = re.compile(
    r"(united|netherlands|philippines|gambia|bahamas|maldives|seychelles|comoros|vatican city|holy see"
    r"|central african|dominican rep|republic of|kingdom of|soviet union)|.*\b(islands|republic)$",
    re.IGNORECASE,
)
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_LENGTH = re.compile(r"P(\d+)([YMWD])\Z")
_UNITS = {"Y": "year", "M": "month", "W": "week", "D": "day"}
_FIELDS = {
    "signed": "date of signature",
    "date": "date",
    "in_force": "entry into force",
    "duration": "length",
}
_OFFICE = re.compile(
    r"(government|president|presidency|prime minister|ministry|minister|office|cabinet|house|council"
    r"|commission|department|embassy|parliament|chancellor|chancellery|federal|foreign|kremlin)\b",
    re.IGNORECASE,
)
_STAGES = {
    Stage.ANNOUNCED_INTENT: "intended",
    Stage.NEGOTIATING: "in talks",
    Stage.AGREED_TEXT: "text agreed, not signed",
    Stage.DECLINED: "declined",
    Stage.CONCLUDED: "signed",
    Stage.RATIFIED: "ratified",
    Stage.PROVISIONALLY_APPLIED: "provisionally applied",
    Stage.IN_FORCE: "in force",
    Stage.AMENDED: "amended",
    Stage.REPLACED: "replaced",
    Stage.EXPIRED: "expired",
    Stage.TERMINATED: "terminated",
}


def party_name(code: PartyCode, names: Mapping[str, str]) -> str:
    """Return a party's name as a table cell holds it: ``Canada``, ``European Union (EU)``."""
    if code == "EU":
        return "European Union (EU)"
    return names.get(code) or _SHORT.get(code, code)


def in_prose(code: PartyCode, names: Mapping[str, str]) -> str:
    """Return a party's name inside a sentence: ``the United Kingdom``, ``the EU``, ``Canada``."""
    if is_organisation(code):
        name = _SHORT.get(code, code)
        return name if code in _BARE else f"the {name}"
    name = names.get(code, code)
    return f"the {name}" if _WITH_THE.match(name) else name


def listed(parts: Sequence[str]) -> str:
    """Return ``a``, ``a and b`` or ``a, b and c``."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} and {parts[-1]}"


def number(count: int) -> str:
    """Return a whole number as prose writes it: in words up to ten."""
    return _NUMBERS[count] if 0 <= count < len(_NUMBERS) else f"{count:,}"


def counted(count: int, noun: str, plural: str = "") -> str:
    """Return ``3 statements`` or ``1 statement``."""
    return f"{count:,} {noun if count == 1 else plural or noun + 's'}"


def parties_counted(codes: Iterable[PartyCode], names: Mapping[str, str]) -> str:
    """Return ``3 countries and the EU``: organisations are named beside the count, never in it."""
    distinct = sorted(set(codes))
    states = [code for code in distinct if not is_organisation(code)]
    others = [in_prose(code, names) for code in distinct if is_organisation(code)]
    counts = [counted(len(states), "country", "countries")] if states else []
    return listed(counts + others)


def length(duration: str) -> str:
    """Return how long an agreement lasts in words: ``10 years`` for ``P10Y``; other words as given."""
    match = _LENGTH.match(duration)
    return counted(int(match[1]), _UNITS[match[2]]) if match else duration


def length_adjective(duration: str) -> str:
    """Return ``ten-year`` for ``P10Y`` or ``10 years``, and nothing for what is not a plain length."""
    match = re.match(r"(\d+) (year|month|week|day)s?\Z", length(duration))
    return f"{number(int(match[1]))}-{match[2]}" if match else ""


def day(when: PartialDate | None, *, missing: str = "not stated") -> str:
    """Return a date written out."""
    return when.written if when else missing


def short_day(when: PartialDate | None) -> str:
    """Return a date without its year, for a sentence that names the year elsewhere."""
    if when is None:
        return "date not stated"
    return re.sub(r" \d{4}\Z", "", when.written) if when.is_day else when.written


def either(days: Sequence[PartialDate]) -> str:
    """Return ``3 or 4 September 2024``; what both days share at their end is written once."""
    if len(days) < 2:
        return "".join(each.written for each in days)
    words = [each.written for each in days]
    if all(each.is_day for each in days) and len({each.iso[:7] for each in days}) == 1:
        words = [*(str(each.first.day) for each in days[:-1]), words[-1]]
    return f"{', '.join(words[:-1])} or {words[-1]}"


def span(first: date, last: date) -> str:
    """Return ``16 to 23 February 2031``; what both ends share is written once."""
    if first == last:
        return written(last)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day} to {written(last)}"
    return PartialDate.between(first, last).written


def moment(instant: datetime, zone: tzinfo) -> str:
    """Return an instant as local day and time: ``25 February 2024, 08:55``."""
    local = instant.astimezone(zone)
    return f"{written(local.date())}, {local:%H:%M}"


def local_day(instant: datetime, zone: tzinfo) -> date:
    """Return the local day of an instant."""
    return instant.astimezone(zone).date()


def stage_words(stage: Stage) -> str:
    """Return a stage as a reader would say it."""
    return _STAGES.get(stage, stage.value)


def field_words(field: str) -> str:
    """Return a field's name as a reader would say it."""
    return _FIELDS.get(field, field.replace("_", " "))


def publisher_in_prose(publisher: str) -> str:
    """Return a publisher inside a sentence: ``the Government of Canada``, ``NATO``."""
    return f"the {publisher}" if _OFFICE.match(publisher) else publisher


def sentence(text: str) -> str:
    """Return ``text`` with its first letter in upper case and a full stop at its end."""
    text = text[:1].upper() + text[1:]
    return text if text.endswith((".", "?", "!")) else f"{text}."


def lower(text: str) -> str:
    """Return ``text`` with its first letter in lower case, as it continues a sentence."""
    return text[:1].lower() + text[1:]


def capital(text: str) -> str:
    """Return ``text`` with its first letter in upper case."""
    return text[:1].upper() + text[1:]
