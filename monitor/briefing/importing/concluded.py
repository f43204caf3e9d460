"""What a paper states as concluded: with whom, when, how long, under what title; older instruments."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import takewhile

from monitor.briefing.importing.cues import Cue, cues, kinds_in, years_in
from monitor.briefing.importing.days import find_days, without_days
from monitor.briefing.importing.found import Found, with_more
from monitor.briefing.importing.units import Draft, slug, unused
from monitor.model import (
    Citation,
    DateOf,
    DependsOn,
    Entry,
    Kind,
    PartialDate,
    PartyCode,
    Stage,
    Unit,
    sides_of,
)

_OLDER = re.compile(
    r"\b(?:an?|the)\s+(?P<title>(?:(?!\b(?:an?|the|that|which)\b).)+?)\s+(?:that|which) was "
    r"(?P<verb>signed|agreed|concluded)\s+(?:in|on)\s+(?P<rest>.*)"
)
_TITLE = re.compile(r"\b(?:Agreement|Memorandum|Treaty|Accord|Declaration|Statement|Pact|Convention)\b")
_LENGTH = re.compile(r"^\w+-year\s+", re.IGNORECASE)


def find_concluded(found: Found, body: Sequence[Draft], citations: Sequence[Citation]) -> None:
    """Add to ``found`` what the body states as concluded, and the statements that depend on it."""
    _conclusions(found, body)
    _titles(found, body, citations)
    _older_instruments(found, body)


def _conclusions(found: Found, body: Sequence[Draft]) -> None:
    reported = False
    for unit in body:
        if unit.unit is Unit.HEADING:
            reported = False
            continue
        said = cues(unit.text)
        about = found.topic.focal in found.parties_in(unit.text) and found.is_of_the_series(unit.text)
        about = about or (Cue.LIKE_THE_LAST in said and reported)
        reported = Cue.CONCLUDED in said and Cue.HOPED not in said and about
        for partner in found.partners(unit.text) if reported else ():
            _add(found, unit, partner, is_first=Cue.FIRST in said)


def _add(found: Found, unit: Draft, partner: PartyCode, *, is_first: bool) -> None:
    days = find_days(unit.text)
    when = days[0] if days else None
    known = _known(found, partner, when) or _new(found, partner, when)
    date = known.date or when
    found.entries[known.id] = replace(
        known,
        date=date,
        date_of=DateOf.SIGNED if date else None,
        duration=known.duration or years_in(unit.text),
        statements=with_more(known.statements, unit.id),
        citations=with_more(known.citations, *(each.id for each in found.cited(unit))),
    )
    found.depends(unit, DependsOn.ENTRY, known.id)
    if known.in_series and not is_first:
        found.depends(unit, DependsOn.SERIES)


def _known(found: Found, partner: PartyCode, when: PartialDate | None) -> Entry | None:
    """The same fact stated before: the same partner, and no other day."""
    for entry in found.concluded():
        same_day = when is None or entry.date is None or entry.date.overlaps(when)
        if partner in entry.sides and same_day:
            return entry
    return None


def _new(found: Found, partner: PartyCode, when: PartialDate | None) -> Entry:
    return Entry(
        id=unused(f"{partner.lower()}-{found.kind.value}", found.entries),
        sides=sides_of(partner, found.topic.focal),
        stage=Stage.CONCLUDED,
        kind=found.kind,
        in_series=when is None or when.last >= found.topic.series.since,
    )


def _titles(found: Found, body: Sequence[Draft], citations: Sequence[Citation]) -> None:
    """Titles from the list below a sentence on agreements, and from citations of an agreement of the day."""
    for at, unit in enumerate(body):
        if unit.unit is Unit.SENTENCE and unit.text.endswith(":"):
            items = list(takewhile(lambda each: each.unit is Unit.ITEM, body[at + 1 :]))
            _titles_of_list(found, unit, items)
    for citation in citations:
        for entry in _named_in(found, citation.title):
            if citation.date == entry.date and _TITLE.search(citation.title):
                citations_now = with_more(entry.citations, citation.id)
                found.entries[entry.id] = replace(
                    entry, title=entry.title or citation.title, citations=citations_now
                )


def _titles_of_list(found: Found, intro: Draft, items: Sequence[Draft]) -> None:
    if not items or not all(_TITLE.search(item.text) for item in items):
        return
    for item in items:
        for entry in _named_in(found, item.text):
            found.entries[entry.id] = replace(
                entry,
                title=entry.title or without_days(item.text).strip(" ,."),
                duration=entry.duration or years_in(intro.text),
                statements=with_more(entry.statements, intro.id, item.id),
            )
            found.depends(intro, DependsOn.ENTRY, entry.id)
            found.depends(item, DependsOn.ENTRY, entry.id)


def _named_in(found: Found, text: str) -> list[Entry]:
    """The concluded entries both of whose sides a title names."""
    parties = set(found.parties_in(text))
    return [each for each in found.concluded() if set(each.sides) <= parties]


def _older_instruments(found: Found, body: Sequence[Draft]) -> None:
    """Instruments of the past with the partner whom the section is about."""
    partner: PartyCode | None = None
    for unit in body:
        if unit.unit is Unit.HEADING:
            partner = None
        stated = [on.ref for on in found.depends_on.get(unit.id, []) if on.on is DependsOn.ENTRY]
        if len(stated) == 1:
            partner = found.partner_of(found.entries[stated[0]])
        if partner is not None and unit.unit is Unit.SENTENCE:
            for title, date, date_of in _older(unit.text):
                _add_older(found, unit, partner, title, date, date_of)


def _older(text: str) -> Iterator[tuple[str, PartialDate, DateOf]]:
    """(title, date, what the date is of) of each "memorandum that was signed in March 2016"."""
    rest = text
    while match := _OLDER.search(rest):
        rest = match["rest"]
        days = find_days(rest)
        if days and rest.startswith(days[0].words) and _TITLE.search(match["title"]):
            yield match["title"], days[0], DateOf.AGREED if match["verb"] == "agreed" else DateOf.SIGNED


def _add_older(
    found: Found, unit: Draft, partner: PartyCode, title: str, date: PartialDate, date_of: DateOf
) -> None:
    bare = _LENGTH.sub("", title)
    name = unused(f"{partner.lower()}-{slug(bare)}", found.entries)
    kinds = kinds_in(bare)
    found.entries[name] = Entry(
        id=name,
        sides=sides_of(partner, found.topic.focal),
        stage=Stage.CONCLUDED,
        kind=Kind.ECONOMIC if Kind.ECONOMIC in kinds else next(iter(kinds), Kind.OTHER),
        title=bare,
        date=date,
        date_of=date_of,
        duration=years_in(title),
        in_series=False,
        statements=(unit.id,),
    )
    found.depends(unit, DependsOn.ENTRY, name)
