"""Entries of a list with their own text: what becomes an item, and what a document beside it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from monitor.errors import ExtractError
from monitor.model import Attachment, Document, Item, PartialDate, Passage, ReadJob
from monitor.reading.documents import Content, build_document
from monitor.reading.identity import distinct_keys

TITLE_CHARACTERS = 500
SUMMARY_CHARACTERS = 5_000
_FUTURE = timedelta(hours=48)


@dataclass(frozen=True, slots=True)
class Entry:
    """What a list says of one item. ``passages`` are its text, empty where there is none."""

    item: Item
    passages: tuple[Passage, ...] = ()
    attachments: tuple[Attachment, ...] = ()


def settle(
    job: ReadJob, entries: Sequence[Entry], *, with_text: bool
) -> tuple[tuple[Item, ...], tuple[Document, ...]]:
    """Return the items under keys of their own, and the documents of those whose text is at hand.

    Args:
        job: What is read.
        entries: In the list's order.
        with_text: Whether an entry's own text stands for its page even where that will be asked for.
    """
    keys = distinct_keys([each.item.keys for each in entries], [each.item.version for each in entries])
    items, documents = [], []
    for entry, own in zip(entries, keys, strict=True):
        if own is None:
            continue
        item = replace(entry.item, keys=own)
        items.append(item)
        if with_text or not (job.source.follow and item.url):
            document = _document(job, item, entry)
            documents += [document] if document else []
    return tuple(items), tuple(documents)


def odd_day(job: ReadJob, day: PartialDate | None, written: str) -> tuple[str, ...]:
    """Return flags for a day that is odd; days order and inform, they never decide newness."""
    if day is None:
        return ("date-unread",) if written else ("date-missing",)
    return ("date-future",) if day.first > (job.exchange.asked_at + _FUTURE).date() else ()


def _document(job: ReadJob, item: Item, entry: Entry) -> Document | None:
    if not entry.passages:
        return None
    content = Content(
        title=item.title,
        passages=entry.passages,
        url=item.url or job.source.url,
        lang=item.lang,
        published=item.published,
        attachments=entry.attachments,
    )
    try:
        return build_document(job, content, item_key=item.key)
    except ExtractError:  # its text repeats its title: the item says as much
        return None
