"""What became of the pages that a briefing cites: changed, replaced, withdrawn, moved, gone, there again.

Each is told once to each subscription; a page that goes back to what it said at first is told of, too.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from monitor.briefing import resting_on
from monitor.health import words_that_differ
from monitor.model import AuditEntry, Citation, Edition, Source, SourceKind
from monitor.pipeline.parts import Parts
from monitor.pipeline.watching import PAGE_BACK, PAGE_CHANGED, PAGE_GONE, PAGE_MOVED, edit_of
from monitor.reports import CitedEvent

PAGES_TOLD: Final = "pages-told"
_KINDS: Final = (PAGE_CHANGED, PAGE_MOVED, PAGE_GONE, PAGE_BACK)


@dataclass(frozen=True, slots=True)
class Watched:
    """An entry of the audit on a cited page, with the citations of it."""

    id: str
    entry: AuditEntry
    source: Source
    citations: tuple[Citation, ...]


def watched_pages(parts: Parts, edition: Edition) -> tuple[Watched, ...]:
    """Return what was seen of the pages that an edition cites, since its cut-off, oldest first."""
    found = [
        Watched(_id(entry), entry, source, citations)
        for source, citations in pages_cited(parts.sources, edition)
        for entry in parts.store.audit(subject=source.id)
        if entry.action in _KINDS and entry.at.date() >= edition.as_of
    ]
    return tuple(sorted(found, key=lambda each: (each.entry.at, each.id)))


def pages_cited(
    sources: Iterable[Source], edition: Edition
) -> tuple[tuple[Source, tuple[Citation, ...]], ...]:
    """Return the watched pages that an edition cites, with its citations of each."""
    cited = []
    for page in sources:
        if page.kind is SourceKind.PAGE and page.enabled:
            citations = tuple(each for each in edition.citations if _cites(edition, each, page))
            cited += [(page, citations)] if citations else []
    return tuple(cited)


def cited_event(parts: Parts, edition: Edition, watched: Watched) -> CitedEvent:
    """Return what was seen of a page as a digest tells it, with the statements that rest on it."""
    entry = watched.entry
    what, before, after = entry.action.removeprefix("page-"), "", ""
    edit = edit_of(parts, entry)
    if edit is not None:
        what = edit.change.what
        before, after = words_that_differ(edit.change.diff)
        before = before or ", ".join(edit.change.papers_gone)
        after = after or ", ".join(edit.change.papers_new)
    elif entry.action == PAGE_MOVED:
        before, after = entry.detail.split(" ")
    resting = {name for each in watched.citations for name in resting_on(edition, each.id)}
    return CitedEvent(
        watched.id,
        watched.source.id,
        entry.at,
        what,
        title=watched.citations[0].title,
        before=before,
        after=after,
        statements=tuple(each.id for each in edition.statements if each.id in resting),
    )


def _cites(edition: Edition, citation: Citation, page: Source) -> bool:
    return page.url == citation.url or f"{edition.briefing_id}/{citation.id}" in page.citations


def _id(entry: AuditEntry) -> str:
    made = "\0".join((entry.subject, entry.at.isoformat(), entry.action, entry.detail))
    return "p-" + hashlib.sha256(made.encode()).hexdigest()[:16]
