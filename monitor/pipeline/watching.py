"""Notice that a watched page says something else than before; every change stays in the audit."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from monitor.health import PageChange, page_change
from monitor.model import AuditEntry, Document, ItemsRead, Source, SourceKind
from monitor.pipeline.parts import Parts

PAGE_CHANGED = "page-changed"


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


def page_edits(parts: Parts, source_id: str) -> tuple[PageEdit, ...]:
    """Return the changes of a watched page, oldest first; going back to an earlier text is one too."""
    entries = [each for each in parts.store.audit(subject=source_id) if each.action == PAGE_CHANGED]
    edits = []
    for entry in entries:
        _, before, after = entry.detail.split(" ")
        pair = {document.id: document for document in parts.store.documents([before, after])}
        if before in pair and after in pair:
            edits.append(PageEdit(entry.at, page_change(pair[before], pair[after])))
    return tuple(edits)


def _change(parts: Parts, before_id: str, after: Document) -> PageChange | None:
    before = next(iter(parts.store.documents([before_id])), None)
    return page_change(before, after) if before is not None else None
