"""What is told of a source although it was read well: a page that moved, a text that is read less exactly."""

from collections.abc import Sequence
from urllib.parse import urlsplit

from monitor.health.novelty import Novelty
from monitor.health.reasons import NOTES
from monitor.model import ItemsRead, Reply, Source, SourceKind, SourceState

_LASTING = frozenset({"main-missed", "documents-missing"})  # until a document is read again


def note_on(
    source: Source, replies: Sequence[Reply], read: ItemsRead | None, novelty: Novelty, state: SourceState
) -> tuple[str, str] | None:
    """Return the code of a note with its detail, None where there is nothing to note.

    What was noted holds while the source answers that nothing changed.
    """
    if read is None:
        return (state.last_reason, state.last_detail) if state.last_reason in NOTES else None
    if source.kind is SourceKind.PAGE:
        return _on_page(source, replies, read)
    if novelty.new + novelty.edited + novelty.renamed == 0 and state.last_reason in _LASTING:
        return state.last_reason, state.last_detail
    return None


def listed(source: Source, read: ItemsRead) -> int:
    """Return how many entries a source listed; of a sitemap, those outside the window of days too."""
    if source.kind is SourceKind.SITEMAP and read.listed is not None:
        return read.listed
    return len(read.items)


def _on_page(source: Source, replies: Sequence[Reply], read: ItemsRead) -> tuple[str, str] | None:
    if "withdrawn" in read.flags:
        return "withdrawn", f"a notice on {source.url} says that it is withdrawn or no longer current"
    final = replies[-1].exchange.final_url if replies else ""
    if final and _place(final) != _place(source.url):
        return "moved", f"{source.url} now leads to {final}; enter the new address"
    return None


def _place(address: str) -> tuple[str, str, str]:
    parts = urlsplit(address)
    return (parts.hostname or "").removeprefix("www."), parts.path.rstrip("/"), parts.query
