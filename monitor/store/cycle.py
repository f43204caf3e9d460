"""The store as one polling cycle sees it: asked once for what every poll needs, written in few commits.

Most polls of most cycles find nothing. Their rows wait here and are recorded together, since a commit
of its own costs more than the poll. A crash loses those that still wait, which is safe: such a poll has
left nothing but "asked then, nothing new", and a source that has no row for its slot is asked again. A
poll that found anything is a transaction of its own, at once.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from functools import partial

from monitor.model import Batch, Exchange, Poll, Question, SourceState, Validators
from monitor.store import writing
from monitor.store.database import Database
from monitor.store.sql_store import SqlStore

_TOGETHER = 200  # polls in one transaction, which then takes about 20 ms


class CycleStore(SqlStore):
    """A store for one cycle, in which nobody else polls. Not for several threads at once."""

    def __init__(self, database: Database) -> None:
        super().__init__(database)
        self._validators = dict(super().all_validators())
        self._questions = super().questions(open_only=False)
        self._waiting: list[Batch] = []

    def save(self, batch: Batch) -> None:
        """Record a batch: at once if it holds anything found, else with others like it."""
        if found_something(batch):
            super().save(batch)
            self._questions = super().questions(open_only=False) if batch.questions else self._questions
        else:
            self._waiting.append(batch)
        self._validators |= {(source, url): kept for source, url, kept in batch.validators}
        if len(self._waiting) >= _TOGETHER:
            self.flush()

    def flush(self) -> None:
        """Record the polls that wait."""
        waiting, self._waiting = self._waiting, []
        writing.save_polls(self.database, waiting)

    # --- what is asked for by every poll, from memory

    def validators(self, source_id: str, url: str) -> Validators | None:
        """Return what to ask conditionally with."""
        return self._validators.get((source_id, url))

    def questions(self, *, open_only: bool = True) -> tuple[Question, ...]:
        """Return what a person is asked, as it stood when the cycle began, with what was asked since."""
        return tuple(each for each in self._questions if not (open_only and each.answered))

    def item_versions(self, source_id: str) -> Mapping[str, str]:
        """Return the version stored under every key of a source's items; looked up if it is looked at."""
        return _Late(partial(super().item_versions, source_id))

    # --- what waits counts as recorded

    def source_states(self) -> dict[str, SourceState]:
        """Return what is known of every source."""
        self.flush()
        return dict(super().source_states())

    def polls(self, source_id: str, *, limit: int = 50) -> tuple[Poll, ...]:
        """Return the latest polls of a source, newest first."""
        self.flush()
        return super().polls(source_id, limit=limit)

    def exchanges(
        self, source_id: str, *, slot: datetime | None = None, since: datetime | None = None
    ) -> tuple[Exchange, ...]:
        """Return the exchanges of a source, oldest first; of one slot, or of slots since one, if given."""
        self.flush()
        return super().exchanges(source_id, slot=slot, since=since)


class _Late(Mapping[str, str]):
    """A mapping that is asked for when something is first looked up in it: most polls never do."""

    def __init__(self, ask: Callable[[], Mapping[str, str]]) -> None:
        self._ask = ask
        self._answer: Mapping[str, str] | None = None

    def __getitem__(self, key: str) -> str:
        return self._asked()[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._asked())

    def __len__(self) -> int:
        return len(self._asked())

    def _asked(self) -> Mapping[str, str]:
        if self._answer is None:
            self._answer = self._ask()
        return self._answer


@contextmanager
def cycle(database: Database) -> Iterator[CycleStore]:
    """Give a store for one cycle; what waits is recorded at its end."""
    store = CycleStore(database)
    yield store
    store.flush()


def found_something(batch: Batch) -> bool:
    """Return whether a batch is anything but a successful poll that found nothing."""
    if batch.poll is None or not batch.poll.verdict.is_success:
        return True
    return replace(batch, poll=None, state=None, exchanges=(), validators=()) != Batch(at=batch.at)
