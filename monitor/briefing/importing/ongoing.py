"""What a paper states of its own moment: who negotiates, who remains, how many, who was first."""

import re
from collections.abc import Sequence
from dataclasses import replace

from monitor.briefing.importing.cues import Cue, count_in, cues, names_instrument
from monitor.briefing.importing.days import find_days
from monitor.briefing.importing.found import Found, with_more
from monitor.briefing.importing.units import Draft, slug, unused
from monitor.model import (
    Citation,
    Count,
    CountOf,
    DateOf,
    DependsOn,
    Entry,
    First,
    PartialDate,
    PartyCode,
    Stage,
    Unit,
    sides_of,
)

_COUNTRY_WORDS = 3  # "United States" is a country's name, a longer title is an article's


def find_ongoing(found: Found, body: Sequence[Draft]) -> None:
    """Add firsts, counts and talks to ``found``; narrow lists to the group that their section is about."""
    group: tuple[PartyCode, ...] = ()
    for unit in body:
        said = cues(unit.text)
        if unit.unit is Unit.HEADING:
            group = _left_of_group(found, unit.text) if Cue.REST in said else ()
        _narrow(found, unit, group)
        if Cue.FIRST in said:
            _add_first(found, unit)
        counted = count_in(unit.text)
        if counted is not None:
            _add_count(found, unit, *counted)
        elif unit.unit in (Unit.SENTENCE, Unit.ITEM):
            _add_what_goes_on(found, unit, said)


def _left_of_group(found: Found, text: str) -> tuple[PartyCode, ...]:
    """Who of a named group has not concluded, as the paper tells it."""
    concluded = {code for entry in found.concluded() for code in entry.sides}
    for name, members in found.groups.items():
        if re.search(rf"\b{re.escape(name)}\b", text):
            return tuple(code for code in members if code not in concluded)
    return ()


def _narrow(found: Found, unit: Draft, group: tuple[PartyCode, ...]) -> None:
    if group and unit.id in found.depends_on:
        found.depends_on[unit.id] = [
            replace(on, parties=tuple(sorted(group))) if on.on is DependsOn.SERIES else on
            for on in found.depends_on[unit.id]
        ]


def _add_first(found: Found, unit: Draft) -> None:
    partners = found.partners(unit.text)
    holder = partners[0] if len(partners) == 1 else None
    in_series = holder is not None and found.is_of_the_series(unit.text)
    known = next(
        (each for each in found.firsts if (each.holder, each.in_series) == (holder, in_series)), None
    )
    when = next(iter(find_days(unit.text)), None)
    if known is None:
        taken = (each.id for each in found.firsts)
        known = First(unused(f"first-{slug(holder or unit.text)}", taken), unit.text, holder, when, in_series)
        found.firsts.append(known)
    statements = with_more(known.statements, unit.id)
    found.firsts[found.firsts.index(known)] = replace(known, date=known.date or when, statements=statements)
    found.depends(unit, DependsOn.FIRST, known.id)


def _add_count(found: Found, unit: Draft, value: int, subject: str, of: CountOf) -> None:
    known = next((each for each in found.counts if (each.value, each.of) == (value, of)), None)
    if known is None:
        dated = (each.date for each in found.cited(unit) if each.date is not None)
        name = unused(f"count-{of.value}", (each.id for each in found.counts))
        known = Count(name, value, subject, next(dated, None), (), of)
        found.counts.append(known)
    statements = with_more(known.statements, unit.id)
    found.counts[found.counts.index(known)] = replace(known, statements=statements)
    found.depends(unit, DependsOn.COUNT, known.id)


def _add_what_goes_on(found: Found, unit: Draft, said: Cue) -> None:
    if Cue.HOPED in said and _is_expected(found, unit, said):
        return
    if not said & (Cue.TALKS | Cue.DRAFT) or not found.is_of_the_series(unit.text):
        return
    partners = tuple(code for code in found.partners(unit.text) if not _has_signed(found, unit, code))
    if Cue.REST in said and not partners:
        partners = _left_of_group(found, unit.text)
        found.depends(unit, DependsOn.REMAINING, parties=partners)
        for partner in partners:
            _add_talks(found, unit, partner)
        return
    for partner in partners:
        name = _add_draft(found, unit, partner) if Cue.DRAFT in said else _add_talks(found, unit, partner)
        found.depends(unit, DependsOn.ENTRY, name)
        if Cue.MOMENT in said:
            found.depends(unit, DependsOn.MOMENT, name)


def _has_signed(found: Found, unit: Draft, partner: PartyCode) -> bool:
    """Whether the same sentence says that the talks with ``partner`` ended in an agreement."""
    stated = [found.entries[on.ref] for on in found.depends_on.get(unit.id, []) if on.on is DependsOn.ENTRY]
    return any(partner in entry.sides and entry.stage.implies_conclusion for entry in stated)


def _is_expected(found: Found, unit: Draft, said: Cue) -> bool:
    """Whether it only hopes for a conclusion; then it is overtaken when that comes."""
    partners = found.partners(unit.text)
    talks = [each for each in found.entries.values() if not each.stage.implies_conclusion]
    talks = [each for each in talks if found.partner_of(each) in partners]
    if not talks or Cue.CONCLUDED in said or not names_instrument(unit.text):
        return False
    _enter(found, talks[-1], unit, found.cited(unit))
    found.depends(unit, DependsOn.MOMENT, talks[-1].id)
    return True


def _add_draft(found: Found, unit: Draft, partner: PartyCode) -> str:
    """A draft is dated by the sentence that tells of it."""
    when = next(iter(find_days(unit.text)), None)
    entry = _talks(found, f"{partner.lower()}-draft", partner, when, DateOf.DRAFT_PRESENTED)
    return _enter(found, entry, unit, found.cited(unit))


def _add_talks(found: Found, unit: Draft, partner: PartyCode) -> str:
    """Talks are dated by a note that names the partner; an article's day is only when it was reported."""
    cited = [each for each in found.cited(unit) if partner in found.parties_in(each.title)]
    dated = next((each for each in cited if each.date is not None), None)
    opened = dated is not None and len(dated.title.split()) <= _COUNTRY_WORDS
    date_of = DateOf.TALKS_OPENED if opened else DateOf.REPORTED
    entry = _talks(found, f"{partner.lower()}-talks", partner, dated.date if dated else None, date_of)
    return _enter(found, entry, unit, cited)


def _talks(found: Found, name: str, partner: PartyCode, when: PartialDate | None, date_of: DateOf) -> Entry:
    known = found.entries.get(name)
    if known is not None and known.date is not None:
        return known
    entry = known or Entry(name, sides_of(partner, found.topic.focal), Stage.NEGOTIATING, found.kind)
    return replace(entry, date=when, date_of=date_of if when else None)


def _enter(found: Found, entry: Entry, unit: Draft, cited: Sequence[Citation]) -> str:
    found.entries[entry.id] = replace(
        entry,
        statements=with_more(entry.statements, unit.id),
        citations=with_more(entry.citations, *(each.id for each in cited)),
    )
    return entry.id
