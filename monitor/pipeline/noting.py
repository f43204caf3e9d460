"""What a poll that went well has to say all the same: documents that failed, pages that lost their shape."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Self

from monitor.model import Batch, Item, Source, Validators
from monitor.pipeline.derive import Detected
from monitor.pipeline.following import Gathered

_FILE = "file:"  # stands before the name of a file in a folder
_MOST_NAMED = 3


@dataclass(frozen=True, slots=True)
class Tally:
    """What went wrong with the documents of a poll, over all its batches.

    ``missing`` names items whose documents are asked for again, ``refused`` what is not.
    """

    missing: tuple[str, ...] = ()
    pages: int = 0
    shapeless: int = 0
    refused: tuple[str, ...] = ()

    def plus(self, gathered: Gathered, detected: Detected) -> Self:
        """Return the tally with one more batch."""
        return replace(
            self,
            missing=self.missing + _missing(gathered, detected),
            pages=self.pages + gathered.pages,
            shapeless=self.shapeless + gathered.shapeless,
            refused=self.refused + gathered.refused,
        )


def noting(batch: Batch, source: Source, tally: Tally) -> Batch:
    """Return ``batch`` with the poll's row and the source's state saying what is to be known.

    Where documents could not be read, the whole list is asked for again next time.
    """
    notes = _notes(source, tally)
    if batch.poll is None or not notes:
        return batch
    reason, detail = notes[0][0], "; ".join(words for _, words in notes)
    poll = replace(batch.poll, reason=reason, detail=detail)
    state = replace(batch.state, last_reason=reason, last_detail=detail) if batch.state else None
    batch = replace(batch, poll=poll, state=state)
    if tally.missing:
        return replace(batch, validators=((source.id, source.url, Validators()),))
    return batch


def _notes(source: Source, tally: Tally) -> list[tuple[str, str]]:
    notes = []
    if tally.missing:
        words = f"not read yet, and asked for again at the next poll: {_some(tally.missing, ', ')}"
        notes.append(("documents-missing", words))
    if tally.shapeless * 2 > tally.pages:
        count = f"{tally.shapeless} of {tally.pages} pages"
        notes.append(
            ("main-missed", f"`main` ({source.main}) matches nothing on {count} that were read; correct it")
        )
    if tally.refused:
        notes.append(("refused-files", _some(tally.refused, "; ")))
    return notes


def _missing(gathered: Gathered, detected: Detected) -> tuple[str, ...]:
    """The items whose documents could not be had or understood, as a person would look for them."""
    names = [_name(item) for item in gathered.items if item.key in gathered.failed_keys]
    names += sorted(gathered.failed_keys - {item.key for item in gathered.items})
    failed = [each for each in gathered.documents if each.id in detected.failed]
    return (*names, *(each.title or each.url for each in failed))


def _name(item: Item) -> str:
    """The file of a folder, else what the item is called."""
    return item.key.removeprefix(_FILE) if item.key.startswith(_FILE) else item.title or item.url or item.key


def _some(names: Sequence[str], between: str) -> str:
    more = len(names) - _MOST_NAMED
    return between.join(names[:_MOST_NAMED]) + (f"{between}and {more} more" if more > 0 else "")
