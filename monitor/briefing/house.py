"""House style: names in running text, dates in a row, durations, and footnotes.

A footnote gives publisher, linked title and date; "(PDF)" after the link; of the press the linked title in
quotation marks, outlet and date; "(accessed ...)" only where undated. In full each time.
"""

import re
from collections.abc import Mapping, Sequence
from itertools import groupby

from monitor.model import Basis, Finding, PartialDate, PartyCode

# As a parliament's library writes them in running text.
_SHORT: Mapping[str, str] = {"GB": "the UK", "US": "the US", "EU": "the EU", "UN": "the UN"}
_WITH_ARTICLE = frozenset(["AE", "BS", "CF", "CD", "DO", "GM", "KM", "MH", "MV", "NL", "PH", "SB", "SC"])
_ENGLISH = re.compile(
    r"\b(?:agreement|accord on|treaty|pact|memorandum|declaration|statement|commitments|arrangement)\b",
    re.IGNORECASE,
)
_IN_WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_DURATION = re.compile(r"P\d+[YMD]\Z", re.ASCII)
_WITH_AN = re.compile(r"eight|(?:8\d*|11|18)-")  # as it is spoken: an 11-month, an 80-year
_UNITS = {"Y": "year", "M": "month", "D": "day"}


def party_in_text(code: PartyCode, names: Mapping[str, str]) -> str:
    """Return a party's name as it stands in a sentence: the UK, the Netherlands, Denmark."""
    name = _SHORT.get(code) or names.get(code, code)
    return f"the {name}" if code in _WITH_ARTICLE and not name.startswith("the ") else name


def listed(words: Sequence[str]) -> str:
    """Return words as a list in a sentence: Canada, Italy and Japan."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def dated(events: Sequence[tuple[str, PartialDate | None]]) -> str:
    """Return names with their dates, a date once: Denmark (23 February), Canada and Italy (24 February 2024).

    The year is left out of all but the last date where all are of one year. What nobody dates is in brackets.
    """
    years = {when.first.year for _, when in events if when is not None}
    groups = [(key, [name for name, _ in rows]) for key, rows in groupby(events, key=lambda each: each[1])]
    parts = []
    for at, (when, names) in enumerate(groups):
        short = len(years) == 1 and at + 1 < len(groups)
        parts.append(f"{listed(names)} ({_day(when, short=short)})")
    several = [len(names) > 1 for _, names in groups]
    if not any(several[-1:]):
        return listed(parts)
    if any(
        several[:-1]
    ):  # "A and B (1 May), and C and D (2 May)": without the second "and" the list has no end
        return ", and ".join([", ".join(parts[:-1]), parts[-1]])
    return ", ".join(parts)


def _day(when: PartialDate | None, *, short: bool) -> str:
    if when is None:
        return "[date not stated]"
    return when.written.rpartition(" ")[0] if short and when.is_day else when.written


def on_day(when: PartialDate | None) -> str:
    """Return a date as it stands in a sentence: on 24 February 2024, in February 2024."""
    if when is None:
        return "[on a date not stated]"
    return f"{'on' if when.is_day else 'in'} {when.written}"


def length(duration: str) -> str:
    """Return a duration in words (P10Y: ten years as "10 years"), empty for none."""
    if not _DURATION.match(duration):
        return ""
    count = int(duration[1:-1])
    return f"{count} {_UNITS[duration[-1]]}{'' if count == 1 else 's'}"


def lasting(duration: str) -> str:
    """Return a duration as it stands before a noun (a ten-year, a 15-year, an 18-month), empty for none."""
    if not _DURATION.match(duration):
        return ""
    words = f"{number(int(duration[1:-1]))}-{_UNITS[duration[-1]]}"
    return f"{'an' if _WITH_AN.match(words) else 'a'} {words}"


def number(value: int) -> str:
    """Return a number as the library writes it: in words up to ten, in figures beyond."""
    return _IN_WORDS[value] if 0 <= value < len(_IN_WORDS) else str(value)


def footnote(finding: Finding, *, partner: str = "") -> str:
    """Return the footnote on a finding's document, in inline Markdown.

    What a person entered has no publisher and a title that may not say whose agreement it is: it stands after
    its ``partner``, and an address that cannot be linked stands after it in brackets.
    """
    press = finding.basis is Basis.PRESS
    title = finding.title or finding.instrument or ("Article" if press else "Press release")
    shown = f"“{title}”" if press else title
    linked = f"[{shown}]({finding.url})" if finding.url.startswith(("http://", "https://")) else shown
    pdf = " (PDF)" if finding.url.lower().endswith(".pdf") else ""
    when = _of_document(finding)
    if finding.basis is Basis.PERSON:
        read = f" ({finding.url})" if linked == shown and finding.url else ""
        whose = f"{partner} – " if partner and partner not in title else ""
        return f"{whose}{', '.join(part for part in (linked + pdf, when) if part)}{read}"
    order = (linked + pdf, finding.publisher, when) if press else (finding.publisher, linked + pdf, when)
    return ", ".join(part for part in order if part)


def _of_document(finding: Finding) -> str:
    """The day of publication; of a text its own day; else when it was read."""
    when = finding.published or (finding.date if finding.basis in (Basis.TEXT, Basis.PERSON) else None)
    if when is not None:
        return when.written
    read = PartialDate.day(finding.retrieved.date()).written if finding.retrieved else ""
    return f"(accessed {read})" if read else ""


def titled(title: str) -> str:
    """Return an instrument as a sentence names it: "the Agreement on ...", or its title as quoted."""
    if not title:
        return "an agreement [title not stated]"
    if not _ENGLISH.search(title):
        return f"an agreement (“{title}”)"
    return f"the {title}" if title[0].isupper() else f"a {title}"
