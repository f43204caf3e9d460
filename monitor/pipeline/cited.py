"""What became of what a briefing rests on: cited pages changed or moved, newer editions, events outside.

Each is told once to each subscription; a page that goes back to what it said at first is told of, too.
"""

import hashlib
import json
from dataclasses import dataclass, replace
from typing import Final

from monitor.briefing import OUTSIDE_CHANGED, depending_on, outside_event, outside_events, resting_on
from monitor.health import words_that_differ
from monitor.model import AuditEntry, Citation, Edition, PartialDate, Source, SourceKind
from monitor.pipeline.parts import Parts
from monitor.pipeline.watching import (
    PAGE_BACK,
    PAGE_CHANGED,
    PAGE_GONE,
    PAGE_MOVED,
    PAPER_NEWER,
    covers,
    edit_of,
)
from monitor.reports import CitedEvent

PAGES_TOLD: Final = "pages-told"
_OF_PAGES: Final = (PAGE_CHANGED, PAGE_MOVED, PAGE_GONE, PAGE_BACK)


@dataclass(frozen=True, slots=True)
class Watched:
    """An entry of the audit on a cited page or paper, or on a thing outside that statements depend on."""

    id: str
    entry: AuditEntry
    citations: tuple[Citation, ...] = ()


def watched_pages(parts: Parts, edition: Edition) -> tuple[Watched, ...]:
    """Return what was seen of what an edition rests on, since its cut-off, oldest first."""
    found = []
    for source in parts.sources:
        citations = tuple(each for each in edition.citations if _is_of(source, edition, each))
        if citations and source.enabled:
            for entry in parts.store.audit(subject=source.id):
                found += _watched(entry, source, edition, citations)
    outside = parts.store.audit(subject=edition.briefing_id)
    events = {event.id for event in outside_events(outside, edition)}
    for entry in outside:
        if entry.action == OUTSIDE_CHANGED and outside_event(entry).id in events:
            found.append(Watched(_id(entry), entry))
    return tuple(sorted(found, key=lambda each: (each.entry.at, each.id)))


def _watched(
    entry: AuditEntry, source: Source, edition: Edition, citations: tuple[Citation, ...]
) -> list[Watched]:
    if entry.at.date() < edition.as_of:
        return []
    if entry.action in _OF_PAGES and source.kind is SourceKind.PAGE:
        return [Watched(_id(entry), entry, citations)]
    if entry.action == PAPER_NEWER:
        says = json.loads(entry.detail)
        newer = tuple(each for each in citations if each.id == says["citation"])
        is_ours = newer and says["briefing"] == edition.briefing_id
        return [Watched(_id(entry), entry, newer)] if is_ours else []
    return []


def cited_event(parts: Parts, edition: Edition, watched: Watched) -> CitedEvent:
    """Return what was seen as a digest tells it, with the statements that rest on it."""
    if watched.entry.action == OUTSIDE_CHANGED:
        return _outside(edition, watched)
    resting = {name for each in watched.citations for name in resting_on(edition, each.id)}
    event = CitedEvent(
        watched.id,
        watched.entry.subject,
        watched.entry.at,
        watched.entry.action.removeprefix("page-"),
        title=watched.citations[0].title,
        statements=tuple(each.id for each in edition.statements if each.id in resting),
    )
    return _with_words(parts, event, watched.entry)


def newer_editions(parts: Parts, edition: Edition) -> dict[str, CitedEvent]:
    """Return by citation id the newest edition of a cited paper that its publisher has listed."""
    found = [each for each in watched_pages(parts, edition) if each.entry.action == PAPER_NEWER]
    return {citation.id: cited_event(parts, edition, each) for each in found for citation in each.citations}


def _with_words(parts: Parts, event: CitedEvent, entry: AuditEntry) -> CitedEvent:
    if entry.action == PAGE_MOVED:
        before, after = entry.detail.split(" ")
        return replace(event, before=before, after=after)
    if entry.action == PAPER_NEWER:
        says = json.loads(entry.detail)
        when = PartialDate.parse(says["published"]).written if says["published"] else ""
        return replace(event, what="newer", after=says["title"], url=says["url"], when=when)
    edit = edit_of(parts, entry)
    if edit is None:
        return event
    before, after = words_that_differ(edit.change.diff)
    before = before or ", ".join(edit.change.papers_gone)
    after = after or ", ".join(edit.change.papers_new)
    return replace(event, what=edit.change.what, before=before, after=after)


def _outside(edition: Edition, watched: Watched) -> CitedEvent:
    event = outside_event(watched.entry)
    return CitedEvent(
        watched.id,
        edition.briefing_id,
        watched.entry.at,
        "outside",
        title=event.words,
        statements=depending_on(edition, event.thing),
        url=event.evidence,
        when=event.date.written,
        by=event.by,
    )


def _is_of(source: Source, edition: Edition, citation: Citation) -> bool:
    """Whether it is the cited page itself, or lists what its publisher publishes."""
    return (source.url == citation.url and bool(citation.url)) or covers(source, edition, citation)


def _id(entry: AuditEntry) -> str:
    made = "\0".join((entry.subject, entry.at.isoformat(), entry.action, entry.detail))
    return "p-" + hashlib.sha256(made.encode()).hexdigest()[:16]
