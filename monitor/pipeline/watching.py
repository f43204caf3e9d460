"""Notice that a watched page says something else than before, moved or went; all of it stays in the audit."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from monitor.briefing import is_newer_edition
from monitor.health import PageChange, page_change
from monitor.model import (
    AuditEntry,
    Citation,
    Document,
    Edition,
    Exchange,
    Item,
    ItemsRead,
    Poll,
    Source,
    SourceKind,
    SourceState,
    Verdict,
)
from monitor.pipeline.parts import Parts

PAGE_CHANGED = "page-changed"
PAGE_MOVED = "page-moved"
PAGE_GONE = "page-gone"
PAGE_BACK = "page-back"
PAPER_NEWER = "paper-newer"
MOVED = "moved"  # the reason that judging gives
_ANSWERED = (200, 304)


@dataclass(frozen=True, slots=True)
class Seen:
    """What became of watched pages: entries for the audit, and sentences for whoever started the run."""

    audit: tuple[AuditEntry, ...] = ()
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PageEdit:
    """One change of a watched page: when it was seen, and what changed."""

    at: datetime
    change: PageChange


def watch(parts: Parts, source: Source, read: ItemsRead, known: Mapping[str, str], now: datetime) -> Seen:
    """Return what to record of a watched page. Its first version is what later ones are compared with."""
    if source.kind is not SourceKind.PAGE:
        return Seen()
    audit, words = [], []
    for item, document in zip(read.items, read.documents, strict=False):
        before = known.get(item.key)
        if before is None or before == item.version:
            continue
        change = _change(parts, before.partition(" ")[0], document)
        if change is not None:
            detail = f"{change.what} {change.before} {change.after}"
            audit.append(AuditEntry(now, "monitor", PAGE_CHANGED, source.id, detail))
            words.append(f"{source.publisher}, {source.url}: {change.words}")
    return Seen(tuple(audit), tuple(words))


def newer_papers(
    parts: Parts, source: Source, items: Iterable[Item], now: datetime
) -> tuple[AuditEntry, ...]:
    """Return what to record of cited papers of which a source lists a newer edition.

    Args:
        parts: The parts of the run.
        source: Who lists them.
        items: What it lists that was not known.
        now: When.
    """
    cited = [
        (edition, citation)
        for edition in parts.editions
        for citation in edition.citations
        if source.kind is not SourceKind.PAGE and covers(source, edition, citation)
    ]
    if not cited:
        return ()
    return tuple(
        AuditEntry(now, "monitor", PAPER_NEWER, source.id, _listed_as(item, edition, citation))
        for item in items
        for edition, citation in cited
        if is_newer_edition(citation, item.title, item.published, edition=edition, now=now.date())
    )


def covers(source: Source, edition: Edition, citation: Citation) -> bool:
    """Return whether a source would tell of a change of a cited paper, by its entry or the edition's."""
    return citation.source == source.id or f"{edition.briefing_id}/{citation.id}" in source.citations


def _listed_as(item: Item, edition: Edition, citation: Citation) -> str:
    when = item.published.iso if item.published else ""
    says = {
        "briefing": edition.briefing_id,
        "citation": citation.id,
        "url": item.url or "",
        "published": when,
    }
    return json.dumps({**says, "title": item.title}, ensure_ascii=False)


def address_of_page(
    parts: Parts,
    source: Source,
    poll: Poll,
    state: SourceState,
    exchanges: Sequence[Exchange],
    now: datetime,
) -> tuple[AuditEntry, ...]:
    """Return what to record of a watched page's address: that it moved, is gone, or is there again.

    Args:
        parts: The parts of the run.
        source: Any source; nothing is recorded of what is no watched page.
        poll: As judged.
        state: Of the source before it.
        exchanges: Its requests and replies.
        now: When.
    """
    if source.kind is not SourceKind.PAGE or not exchanges:
        return ()
    found = []
    if poll.verdict is Verdict.GONE or (poll.verdict.is_success and state.failures):
        action = PAGE_BACK if poll.verdict.is_success else PAGE_GONE
        if action != _last_word_on_address(parts, source):
            found.append(AuditEntry(now, "monitor", action, source.id, source.url))
    final = exchanges[-1].final_url
    if poll.reason == MOVED and _place(_answered_at(parts, source)) != _place(final):
        moved = f"{_answered_at(parts, source)} {final}"
        found.append(AuditEntry(now, "monitor", PAGE_MOVED, source.id, moved))
    return tuple(found)


def _place(address: str) -> tuple[str, str]:
    """Host and path: what else differs may differ at every visit."""
    parts = urlsplit(address)
    return parts.netloc, parts.path


def _last_word_on_address(parts: Parts, source: Source) -> str:
    """A page is there until it is gone."""
    entries = parts.store.audit(subject=source.id)
    said = (each.action for each in reversed(entries) if each.action in (PAGE_GONE, PAGE_BACK))
    return next(said, PAGE_BACK)


def _answered_at(parts: Parts, source: Source) -> str:
    answers = (each for each in reversed(parts.store.exchanges(source.id)) if each.status in _ANSWERED)
    return next((each.final_url for each in answers if each.final_url), source.url)


def page_edits(parts: Parts, source_id: str) -> tuple[PageEdit, ...]:
    """Return the changes of a watched page, oldest first; going back to an earlier text is one too."""
    edits = [edit_of(parts, each) for each in parts.store.audit(subject=source_id)]
    return tuple(edit for edit in edits if edit is not None)


def edit_of(parts: Parts, entry: AuditEntry) -> PageEdit | None:
    """Return the change of a page that an entry records, if it records one and both texts are kept."""
    if entry.action != PAGE_CHANGED:
        return None
    _, before, after = entry.detail.split(" ")
    pair = {document.id: document for document in parts.store.documents([before, after])}
    if before not in pair or after not in pair:
        return None
    return PageEdit(entry.at, page_change(pair[before], pair[after]))


def _change(parts: Parts, before_id: str, after: Document) -> PageChange | None:
    before = next(iter(parts.store.documents([before_id])), None)
    return page_change(before, after) if before is not None else None
