"""Cited pages: what became of them, in words, and which statements of the briefing rest on them."""

import re
from collections.abc import Sequence

from monitor.model import Statement, Unit
from monitor.reports.desk import Desk
from monitor.reports.digest import CitedPage, Link
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
}
_DID = {
    "changed": "was changed",
    "replaced": "was replaced by another text",
    "withdrawn": "was marked as withdrawn",
    "papers": "links other papers",
    "moved": "moved to another address",
    "gone": "is gone",
    "back": "is there again",
}
_SHORT = {"replaced": "replaced", "withdrawn": "withdrawn", "moved": "moved", "gone": "gone", "back": "back"}
_ADDRESSES = ("moved", "papers")


def cited_pages(desk: Desk) -> tuple[CitedPage, ...]:
    """Return a row a thing that became of a cited page, in the order seen."""
    return tuple(_row(desk, each) for each in desk.material.cited)


def cited_headline(desk: Desk) -> str:
    """Return how many cited pages are spoken of, in few words; empty for none."""
    pages = _pages(desk)
    whats = {each.what for each in desk.material.cited}
    what = _SHORT.get(next(iter(whats)), "changed") if len(whats) == 1 else "changed"
    return f"{counted(len(pages), 'cited page')} {what}" if pages else ""


def cited_sentence(desk: Desk) -> str:
    """Return which cited pages are no longer as cited, and how much rests on them; empty for none."""
    events = desk.material.cited
    if not events:
        return ""
    resting = {each for event in events for each in _unmarked(desk, event)}
    rests = ""
    if resting:
        rest = "rests" if len(resting) == 1 else "rest"
        it = "it" if len(_pages(desk)) == 1 else "them"
        rests = f"; {counted(len(resting), 'statement')} of the briefing {rest} on {it}"
    if len(_pages(desk)) > 1:
        return f"{number(len(_pages(desk)))} pages that the briefing cites are no longer as cited{rests}"
    publisher = publisher_in_prose(desk.publisher(events[0].source_id))
    what = listed([f"{_DID[each.what]} ({desk.day(each.at)})" for each in events])
    return f"a page of {publisher} that the briefing cites {what}{rests}"


def _pages(desk: Desk) -> set[str]:
    return {each.source_id for each in desk.material.cited}


def _row(desk: Desk, event: CitedEvent) -> CitedPage:
    source = desk.material.sources.get(event.source_id)
    said, says = event.before, event.after
    if event.what not in _ADDRESSES:
        cap = source.quote_words if source and source.quote_words is not None else UNLICENSED_WORDS
        said, says = (f"“{each}”" if each else "" for each in capped((said, says), cap))
    title = event.title if event.title != desk.publisher(event.source_id) else ""
    return CitedPage(
        page=Link(desk.publisher(event.source_id), http_url(source.url) if source else "", title),
        happened=f"{capital(_WHAT[event.what])}, {desk.day(event.at)}",
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
