"""What a poll that went well has to say all the same: documents that failed, pages that lost their shape."""

from dataclasses import dataclass, replace
from typing import Self

from monitor.model import Batch, Source, Validators
from monitor.pipeline.derive import Detected
from monitor.pipeline.following import Gathered


@dataclass(frozen=True, slots=True)
class Tally:
    """What went wrong with the documents of a poll, over all its batches."""

    is_incomplete: bool = False
    pages: int = 0
    shapeless: int = 0
    refused: tuple[str, ...] = ()

    def plus(self, gathered: Gathered, detected: Detected) -> Self:
        """Return the tally with one more batch."""
        return replace(
            self,
            is_incomplete=self.is_incomplete or bool(gathered.failed_keys or detected.failed),
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
    if tally.is_incomplete:
        return replace(batch, validators=((source.id, source.url, Validators()),))
    return batch


def _notes(source: Source, tally: Tally) -> list[tuple[str, str]]:
    notes = []
    if tally.is_incomplete:
        words = "some items' documents could not be read; they are asked for again at the next poll"
        notes.append(("documents-missing", words))
    if tally.shapeless * 2 > tally.pages:
        count = f"{tally.shapeless} of {tally.pages} pages"
        notes.append(
            ("main-missed", f"`main` ({source.main}) matches nothing on {count} that were read; correct it")
        )
    if tally.refused:
        notes.append(("refused-files", "; ".join(tally.refused[:3])))
    return notes
