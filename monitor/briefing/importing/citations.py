"""The papers that a footnote part cites, by house style: publisher, linked title, date, pinpoint.

What the text does not say stays empty: a bare country and month has no publisher, and none is guessed.
"""

import re
from collections.abc import Iterable
from dataclasses import replace

from monitor.briefing.importing.blocks import LINK, words_of
from monitor.briefing.importing.days import find_days, without_days
from monitor.briefing.importing.units import Draft, slug, unused
from monitor.model import Citation, Unit

_HANSARD = re.compile(r"\bHC Deb\b|\bHL Deb\b")
_LIBRARY = re.compile(
    r"\b(?:(?:Commons |House of Commons )?Library)\s+(?:research\s+)?briefings?\b", re.IGNORECASE
)
_PDF = re.compile(r"\s*\(PDF\)")
_ACCESSED = re.compile(r"\(accessed ([^)]*)\)")
_QUOTED = re.compile(r"[“\"‘](?P<title>.+)[”\"’]\Z")
_PINPOINT = re.compile(
    r"(?:\bc\d+(?:[–-]\d+)?\b|\b[Pp]art [IVXLC\d]+(?:,? para(?:graph)?\.? ?\d+)?|\bparas? ?\.?\d+|\bpp? ?\d+)"
)
_COMMAND = re.compile(r"\b(?:CP|Cm|Cmnd|Cmd)\s?\d+\b")
_SEE = re.compile(r"^(?:See,?|For example,|Such as)\s+", re.IGNORECASE)
_COUNTRY = re.compile(r"(?P<country>(?:[A-Z][\w’'.-]*\s+)*[A-Z][\w’'.-]*)\s+[–-]\s*\Z")
_NAME_CHARS = 80
_WHEN = r"(?:\d{1,2} )?[A-Z][a-z]+ \d{4}"
_AFTER = rf"(?:\s+\(PDF\))?(?:,\s+{_WHEN}|\s+\(accessed [^)]*\))(?:,.*)?"
_INTRO = re.compile(r"([^:]+):\s+(?P<rest>.+)\Z")
_HANSARD_ENTRY = re.compile(rf"(?P<deb>H[CL] Deb {_WHEN}),\s+(?P<title>.+?),\s+(?P<column>c\d+)")
_QUOTED_FIRST = re.compile(r"(?P<title>[“\"‘][^”\"]+[”\"])(?P<after>[,\s].*)\Z")
_COUNTRY_MONTH = re.compile(r"(?P<country>(?:[A-Z][\w’'.-]*\s)*[A-Z][\w’'.-]*) [–-] (?P<month>\w+ \d{4})\Z")
_LIBRARY_ENTRY = re.compile(
    rf"(?P<before>.*{_LIBRARY.pattern},\s+)(?P<title>[^;]+?)(?P<after>{_AFTER})?\.?\Z", re.IGNORECASE
)
_NAMED = re.compile(rf"(?P<before>(?:[^,;:]+,\s+)?)(?P<title>[A-Z][^;]*?)(?P<after>{_AFTER})\Z")


def citations_of(units: Iterable[Draft]) -> list[tuple[str, Citation]]:
    """Return (unit id, citation) for every paper cited in the footnote parts, in order, ids unused so far.

    A part that continues another one of its note without a publisher ("Press release, 14 January") has
    that one's.
    """
    found: list[tuple[str, Citation]] = []
    taken: set[str] = set()
    before: Citation | None = None
    for unit in units:
        if unit.unit is not Unit.NOTE or unit.note is None:
            continue
        for citation in _cited(unit.inline, unit.note):
            whole = _with_publisher(citation, before)
            name = unused(_name(whole), taken)
            taken.add(name)
            before = whole
            found.append((unit.id, replace(whole, id=name)))
    return found


def _cited(inline: str, note: int) -> list[Citation]:
    """One paper a link, with the words around it; without links, what the commas of house style part."""
    links = list(LINK.finditer(inline))
    if not links:
        return _unlinked(inline, note)
    found = []
    for at, link in enumerate(links):
        before = inline[links[at - 1].end() if at else 0 : link.start()]
        after = inline[link.end() : links[at + 1].start() if at + 1 < len(links) else len(inline)]
        found.append(_citation(before, link[1], link[2], after, note))
    return found


def _unlinked(inline: str, note: int) -> list[Citation]:
    """A paper that is named without a link: "Publisher, Title, 6 May 2030", "“Title”, Outlet, 6 May 2030"."""
    text = _SEE.sub("", inline)
    intro = _INTRO.match(text)
    if intro and _is_prose(intro[1]) and not _LIBRARY.search(intro[1]):
        text = intro["rest"]
    for pattern, before, title, after in (
        (_HANSARD_ENTRY, "{deb}", "{title}", ", {column}"),
        (_QUOTED_FIRST, "", "{title}", "{after}"),
        (_COUNTRY_MONTH, "{country} – ", "{month}", ""),
        (_LIBRARY_ENTRY, "{before}", "{title}", "{after}"),
        (_NAMED, "{before}", "{title}", "{after}"),
    ):
        match = pattern.match(text)
        if match and not _is_prose(match.groupdict().get("title", "")):
            parts = {name: value or "" for name, value in match.groupdict().items()}
            words = [each.format_map(parts) for each in (before, title, after)]
            return [_citation(words[0], words[1], "", words[2], note)]
    return []


def _citation(before: str, linked: str, address: str, after: str, note: int) -> Citation:
    title = _PDF.sub("", words_of(linked)).strip(" ,")
    quoted = _QUOTED.match(title)
    accessed = _ACCESSED.search(after)
    rest = _ACCESSED.sub("", after)
    days = find_days(rest) or find_days(title) or find_days(before)
    country = _COUNTRY.search(words_of(before))
    return Citation(
        id="",
        note=note,
        publisher="" if country else _publisher(before, rest, press=quoted is not None),
        title=country["country"] if country else (quoted["title"] if quoted else title),
        date=days[0] if days else None,
        accessed=next(iter(find_days(accessed[1])), None) if accessed else None,
        pinpoint=_pinpoint(before, rest),
        url=address if address.startswith(("http://", "https://")) else "",
        press=quoted is not None,
        pdf=_PDF.search(linked) is not None or _PDF.match(rest) is not None,
    )


def _publisher(before: str, after: str, *, press: bool) -> str:
    if _HANSARD.search(before):
        return "House of Lords" if "HL" in before else "House of Commons"
    if _LIBRARY.search(before):
        return "House of Commons Library"
    if press:
        return _name_in(without_days(_PDF.sub("", after)).split(";")[0].split(". ")[0])
    before = before.rpartition("(")[2] if "(" in before else before
    words = _SEE.sub("", words_of(before).strip(" ,:"))
    return words if len(words) <= _NAME_CHARS and words[:1].isupper() and not _is_prose(words) else ""


def _name_in(text: str) -> str:
    name = words_of(text).strip(" ,.")
    return name if len(name) <= _NAME_CHARS else ""


def _is_prose(words: str) -> bool:
    """A publisher's name has no verb; a clause that leads to a link usually has one of these."""
    return (
        re.search(r"\b(?:was|were|is|are|has|have|had|published|signed|established|in)\b", words) is not None
    )


def _pinpoint(before: str, after: str) -> str:
    places = [found[0] for text in (after, before) for found in _PINPOINT.finditer(words_of(text))]
    places += [found[0] for found in _COMMAND.finditer(after)]
    return ", ".join(dict.fromkeys(places))


def _with_publisher(citation: Citation, before: Citation | None) -> Citation:
    if citation.publisher or before is None or before.note != citation.note or citation.press:
        return citation
    goes_on = before.publisher and citation.title.casefold() == before.title.casefold()
    library = before.publisher == "House of Commons Library"
    return replace(citation, publisher=before.publisher) if goes_on or library else citation


def _name(citation: Citation) -> str:
    """An id that survives renumbering: publisher or title, and date."""
    says = citation.publisher if citation.publisher and citation.date else citation.title
    return "-".join(filter(None, (slug(says or "paper"), citation.date.iso if citation.date else "")))
