"""The two sentences that many readers read and nothing else.

Who signed comes first, on good word; then what is only reported; then what it does to the briefing.
Beyond five parties a count stands for the names, the EU apart. Verbs are neutral, and nothing here
says more than its row does.
"""

from collections.abc import Sequence

from monitor.model import Change, Word
from monitor.model import Kind as Matter
from monitor.reports.cited import cited_sentence, outside_sentence
from monitor.reports.confirming import confirmed_sentences
from monitor.reports.desk import Desk, is_one_sided, is_reported, said_by_one, undecided_apart
from monitor.reports.digest import Contradiction
from monitor.reports.happened import happened, retold
from monitor.reports.items import Item, Section, ended, in_section, moved, reported, signed, talking
from monitor.reports.others import other_sentences
from monitor.reports.reckoned import disputed_sentence
from monitor.reports.words import (
    capital,
    counted,
    either,
    field_words,
    length_adjective,
    listed,
    lower,
    number,
    parties_counted,
    publisher_in_prose,
    sentence,
    short_day,
    span,
)

_MOST_NAMED = 5
_MOST_TALKS = 2


def lead(desk: Desk, items: Sequence[Item], out_of_date: int) -> tuple[str, ...]:
    """Return the two sentences that sum the digest up."""
    made = (
        _ended_sentence(desk, items),
        _signing(desk, signed(items)),
        _reported_sentence(desk, items),
        *confirmed_sentences(desk, [item.change for item in in_section(items, Section.CONFIRMED)]),
        _effect(out_of_date),
        _advanced_sentence(desk, items),
        *other_sentences(desk, items),
        _contradicted_sentence(desk, in_section(items, Section.CONTRADICTION)),
        _omitted_sentence(len(in_section(items, Section.OMITTED))),
    )
    sentences = [sentence(each) for each in made if each]
    if talks := _talks_sentence(desk, items):
        sentences += [] if sentences else ["No new signing was found."]
        sentences.append(sentence(talks))
    sentences += [sentence(each) for each in _about_the_whole(desk) if each]
    if lost := len(desk.material.told) - len(items):
        sentences.append(
            f"{capital(counted(lost, 'change'))} could not be shown; the end of this digest says why."
        )
    if len(sentences) == 1:
        sentences.append("Nothing else new was found in what could be read.")
    return tuple(sentences[:2])


def _about_the_whole(desk: Desk) -> tuple[str, ...]:
    """What is no agreement's own: what the briefing rests on besides, and what sources say of the series."""
    return outside_sentence(desk), cited_sentence(desk), disputed_sentence(desk)


def _reported_sentence(desk: Desk, items: Sequence[Item]) -> str:
    changes = reported(items)
    if not changes:
        return ""
    press = all(change.word is Word.PRESS for change in changes)
    who = "Press reports say" if press else "Others than the parties say"
    if not signed(items):
        said = _signing(desk, changes, attributed=True)
        return f"{who} that {said}; no official source of a party confirms it"
    return f"{who} that {_dated_names(desk, changes, attributed=True)} did so too"


def _ended_sentence(desk: Desk, items: Sequence[Item]) -> str:
    return "; ".join(retold(desk, change) for change in ended(items)[:2])


def _effect(out_of_date: int) -> str:
    if not out_of_date:
        return ""
    verb = "statement of the briefing is" if out_of_date == 1 else "statements of the briefing are"
    return f"{number(out_of_date)} {verb} now out of date"


def _advanced_sentence(desk: Desk, items: Sequence[Item]) -> str:
    changes = moved(items)
    if len(changes) > 2:
        return f"{counted(len(changes), 'agreement')} already signed moved on: {_listed_names(desk, changes)}"
    return "; ".join(retold(desk, change) for change in changes)


def _contradicted_sentence(desk: Desk, items: Sequence[Item]) -> str:
    if not items:
        return ""
    if len(items) > 1:
        return f"Sources contradict {number(len(items))} facts that the briefing states"
    change, row = items[0].change, items[0].row
    title = row.title if isinstance(row, Contradiction) else ""
    whose = f"of the {title}" if title else f"of the agreement with {desk.prose(desk.partners(change))}"
    return f"Sources contradict what the briefing gives as the {field_words(change.field)} {whose}"


def _omitted_sentence(count: int) -> str:
    if not count:
        return ""
    noun = "agreement of the series" if count == 1 else "agreements of the series"
    return f"The briefing leaves out {count} {noun} signed before its cut-off"


def _talks_sentence(desk: Desk, items: Sequence[Item]) -> str:
    changes = talking(items)
    if not changes:
        return ""
    if len(changes) > _MOST_TALKS:
        who = _listed_names(desk, changes)
        return f"{counted(len(changes), 'negotiation')} moved: {who}"
    told = [f"{desk.prose(desk.partners(c))}: {lower(happened(desk, c))}{_by(desk, c)}" for c in changes]
    return capital("; ".join(told))


def _by(desk: Desk, change: Change) -> str:
    """On whose word, where it is not both sides'."""
    return f" ({change.word.value})" if is_reported(change) else _according_to(desk, change)


def signing_sentence(desk: Desk, change: Change) -> str:
    """Return who signed what with whom when, and who says so where one side alone does."""
    return _signing(desk, [change])


def _signing(desk: Desk, changes: Sequence[Change], *, attributed: bool = False) -> str:
    """``Canada signed a ten-year security agreement with Ukraine on 24 February 2024``, or of several."""
    if not changes:
        return ""
    focal = desk.prose([desk.focal])
    changes, undecided = undecided_apart(desk, changes, _MOST_NAMED)
    if len(changes) > 1:
        plural = f"{'security ' if _all_security(changes) else ''}agreements"
        aside = "" if attributed else _on_one_word(desk, changes)
        too = f"; {_dated_names(desk, undecided)} signed too, perhaps of the series" if undecided else ""
        return (
            f"{_dated_names(desk, changes, attributed=attributed)} signed {plural} with {focal}{aside}{too}"
        )
    change = changes[0]
    when = _when(desk, change)
    by = "" if attributed else _according_to(desk, change)
    return f"{desk.prose(desk.partners(change))} signed {_instrument(desk, change)} with {focal}{when}{by}"


def _when(desk: Desk, change: Change) -> str:
    """The day in a sentence; where sources disagree both, since none is picked."""
    if days := desk.days(change):
        return f" on {either(days)} (sources disagree)"
    if change.date is None:
        return ""
    return f" {'on' if change.date.is_day else 'in'} {change.date.written}"


def _instrument(desk: Desk, change: Change) -> str:
    agreement = desk.agreement(change)
    words = [
        length_adjective(agreement.duration) if agreement else "",
        "security" if change.agreement_kind is Matter.SECURITY else "",
        "agreement",
    ]
    text = " ".join(word for word in words if word)
    return f"{'an' if text[0] in 'aeiou' else 'a'} {text}"


def _according_to(desk: Desk, change: Change) -> str:
    """Readers are told whose word it is where one side alone says so."""
    if not is_one_sided(change):
        return ""
    publisher = desk.findings(change)[0].publisher
    return f", according to {publisher_in_prose(publisher)}" if publisher else ", according to one side"


def _on_one_word(desk: Desk, changes: Sequence[Change]) -> str:
    """Beyond the number that are named with their attribution, how many stand on one side's word."""
    alone = said_by_one(changes)
    if len(desk.all_partners(changes)) <= _MOST_NAMED or not alone:
        return ""
    return f"; of these {_listed_names(desk, alone)} on one side's word alone"


def _dated_names(desk: Desk, changes: Sequence[Change], *, attributed: bool = False) -> str:
    """``Denmark (23 February), Canada and Italy (24 February)``; beyond five parties a count and a span."""
    parties = desk.all_partners(changes)
    if len(parties) > _MOST_NAMED:
        return f"{parties_counted(parties, desk.material.names)}{_span(changes)}"
    named = [
        f"{desk.prose(desk.partners(change))} ({_aside(desk, change, attributed)})" for change in changes
    ]
    return listed(named)


def _aside(desk: Desk, change: Change, attributed: bool) -> str:
    when = either(desk.days(change)) or short_day(change.date)
    publisher = "" if attributed or not is_one_sided(change) else desk.findings(change)[0].publisher
    return f"{when}, according to {publisher_in_prose(publisher)}" if publisher else when


def _span(changes: Sequence[Change]) -> str:
    days = sorted(change.date.first for change in changes if change.date)
    if not days:
        return ""
    if days[0] == days[-1]:
        return f" (on {span(days[0], days[-1])})"
    return f" (between {span(days[0], days[-1]).replace(' to ', ' and ')})"


def _listed_names(desk: Desk, changes: Sequence[Change]) -> str:
    parties = desk.all_partners(changes)
    return (
        parties_counted(parties, desk.material.names) if len(parties) > _MOST_NAMED else desk.prose(parties)
    )


def _all_security(changes: Sequence[Change]) -> bool:
    return all(change.agreement_kind is Matter.SECURITY for change in changes)
