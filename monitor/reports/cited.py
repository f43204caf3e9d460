"""What a briefing rests on besides agreements: what became of it, and which statements it carries."""

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

from monitor.model import Statement, Unit
from monitor.reports.desk import Desk
from monitor.reports.digest import CitedPage, Link, Outside
from monitor.reports.escape import http_url, language_tag
from monitor.reports.evidence import UNLICENSED_WORDS, capped, cut
from monitor.reports.material import CitedEvent
from monitor.reports.statements import where
from monitor.reports.words import capital, counted, listed, number, publisher_in_prose

_WORD = re.compile(r"\w+")
_MOST_NAMED = 5
_MOST_WORDS = 20
_WHAT = {
    "changed": "text changed",
    "replaced": "text replaced by another",
    "withdrawn": "marked as withdrawn",
    "papers": "other papers linked",
    "moved": "moved to another address",
    "gone": "gone",
    "back": "there again",
    "newer": "newer edition",
}
_DID = {
    "changed": "was changed",
    "replaced": "was replaced by another text",
    "withdrawn": "was marked as withdrawn",
    "papers": "links other papers",
    "moved": "moved to another address",
    "gone": "is gone",
    "back": "is there again",
    "newer": "has a newer edition",
}
_SHORT = {
    "replaced": "replaced",
    "withdrawn": "withdrawn",
    "moved": "moved",
    "gone": "gone",
    "back": "there again",
    "newer": "in a newer edition",
}
_ADDRESSES = ("moved", "papers")
_OUTSIDE = "outside"
_MOST_CHARS = 60  # of a headline


def cited_pages(desk: Desk) -> tuple[CitedPage, ...]:
    """Return a row a thing that became of a cited page or paper, in the order seen."""
    return tuple(_row(desk, each) for each in _on_pages(desk))


def outside_rows(desk: Desk) -> tuple[Outside, ...]:
    """Return a row an event outside the series that puts statements out of date."""
    return tuple(
        Outside(
            capital(each.title),
            each.when,
            Link(urlsplit(each.url).hostname or each.url, http_url(each.url)),
            each.by,
            _rests(desk, each),
        )
        for each in _outside(desk)
    )


def cited_headlines(desk: Desk) -> list[str]:
    """Return in few words what happened outside, and how many cited pages are spoken of."""
    outside = [each.title for each in _outside(desk)]
    long = len(outside) > 1 or any(len(each) > _MOST_CHARS for each in outside)
    found = [f"{counted(len(outside), 'event')} outside the series"] if long else outside
    whats = {each.what for each in _on_pages(desk)}
    what = _SHORT.get(next(iter(whats)), "changed") if len(whats) == 1 else "changed"
    return [*found, *([f"{counted(len(_pages(desk)), 'cited page')} {what}"] if whats else [])]


def outside_sentence(desk: Desk) -> str:
    """Return what happened to things that statements depend on; empty for nothing."""
    events = _outside(desk)
    if not events:
        return ""
    what = listed([f"{each.title} ({each.when})" for each in events])
    return f"{what}{_resting(desk, events, 'it' if len(events) == 1 else 'them')}"


def cited_sentence(desk: Desk) -> str:
    """Return which cited pages are no longer as cited, and how much rests on them; empty for none."""
    events, pages = _on_pages(desk), _pages(desk)
    if not events:
        return ""
    rests = _resting(desk, events, "it" if len(pages) == 1 else "them")
    if len(pages) > 1:
        return f"{number(len(pages))} pages that the briefing cites are no longer as cited{rests}"
    publisher = publisher_in_prose(desk.publisher(events[0].source_id))
    what = listed([f"{_DID[each.what]} ({each.when or desk.day(each.at)})" for each in events])
    return f"a page of {publisher} that the briefing cites {what}{rests}"


def _on_pages(desk: Desk) -> list[CitedEvent]:
    return [each for each in desk.material.cited if each.what != _OUTSIDE]


def _outside(desk: Desk) -> list[CitedEvent]:
    return [each for each in desk.material.cited if each.what == _OUTSIDE]


def _pages(desk: Desk) -> set[tuple[str, str]]:
    return {(each.source_id, each.title) for each in _on_pages(desk)}


def _resting(desk: Desk, events: Sequence[CitedEvent], it: str) -> str:
    resting = {each for event in events for each in _unmarked(desk, event)}
    if not resting:
        return ""
    rest = "rests" if len(resting) == 1 else "rest"
    return f"; {counted(len(resting), 'statement')} of the briefing {rest} on {it}"


def _row(desk: Desk, event: CitedEvent) -> CitedPage:
    source = desk.material.sources.get(event.source_id)
    said, says = event.before, event.after
    if event.what not in _ADDRESSES:
        cap = source.quote_words if source and source.quote_words is not None else UNLICENSED_WORDS
        said, says = (f"“{each}”" if each else "" for each in capped((said, says), cap))
    title = event.title if event.title != desk.publisher(event.source_id) else ""
    address = event.url or (source.url if source else "")
    return CitedPage(
        page=Link(desk.publisher(event.source_id), http_url(address), title),
        happened=f"{capital(_WHAT[event.what])}, {event.when or desk.day(event.at)}",
        said=said,
        says=says,
        lang=language_tag(source.lang) if source and event.what not in _ADDRESSES else "",
        licence=source.licence if source and event.what not in _ADDRESSES else "",
        rests=_rests(desk, event),
    )


def _rests(desk: Desk, event: CitedEvent) -> tuple[str, ...]:
    """The statements by place and first words, those first that have most of the words that went.

    Of others those that bear the mark of a note that cites the page come before those that state its facts.
    """
    edition = desk.material.edition
    wanted = set(_unmarked(desk, event))
    marks = {each.note for each in edition.statements if each.id in event.statements and each.note}
    gone = _telling_words(event.before) - _telling_words(event.after)
    found = sorted(
        (each for each in edition.statements if each.id in wanted),
        key=lambda each: (-len(gone & _telling_words(each.text)), not marks.intersection(each.notes)),
    )
    lines = [f"{where(edition, each)}: “{cut(each.text, _MOST_WORDS)}”" for each in found[:_MOST_NAMED]]
    return (*lines, *([f"and {len(found) - _MOST_NAMED} more"] if len(found) > _MOST_NAMED else ()))


def _telling_words(text: str) -> set[str]:
    """Numbers, and words that are not too short to say anything."""
    return {word for word in _WORD.findall(text.lower()) if len(word) > 4 or word.isdigit()}


def _unmarked(desk: Desk, event: CitedEvent) -> Sequence[str]:
    """The statements that rest on it; a note is named only where no statement bears its mark."""
    resting = [each for each in desk.material.edition.statements if each.id in event.statements]
    marked = {note for each in resting if each.unit is not Unit.NOTE for note in each.notes}
    return [each.id for each in resting if not _is_marked(each, marked)]


def _is_marked(statement: Statement, marked: set[int]) -> bool:
    return statement.unit is Unit.NOTE and statement.note in marked
