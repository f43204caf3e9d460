"""Many hosts are waited for at once, while our own code works on one source at a time.

A poll waits: for a site, for a reading process, for the disk. Whoever waits gives up the turn, and
the next source goes on meanwhile. What lies between two waits runs alone, as if nothing else were
under way: no other poll reads or writes the store between looking a thing up and recording it.
"""

import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Generic, TypeVar

from monitor.model import DocumentRead, ItemsRead, ReadJob, Reply, Request
from monitor.ports import Evidence, Fetcher, Reader

T = TypeVar("T")
_EVERY_S = 1.0
_FIRST = 2  # threads; more only where they would find the processor idle
_LOOK_S = 0.005
_IDLE = 0.8  # of the time since the last look, below which more hosts are asked


class TurnsEndedError(Exception):
    """The run is over: whoever still waited has nothing to come back to. Never leaves this room."""


class Turn:
    """Held by the thread whose source is worked on."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._holder: int | None = None
        self._over = False

    @contextmanager
    def held(self) -> Iterator[None]:
        """Wait for the turn, and pass it on at the end.

        Raises:
            TurnsEndedError: the run is over.
        """
        self._take()
        try:
            yield
        finally:
            self._pass_on()

    @contextmanager
    def given_up(self) -> Iterator[None]:
        """Let others go on while this thread waits for something; nothing if it has no turn.

        Raises:
            TurnsEndedError: the run was ended meanwhile.
        """
        if self._holder != threading.get_ident():
            yield
            return
        self._pass_on()
        try:
            yield
        finally:
            self._take()

    def end(self) -> None:
        """Let nobody begin or come back; returns when nobody is in the middle of anything."""
        self._over = True
        with self._lock:
            pass

    def _take(self) -> None:
        self._lock.acquire()
        if self._over:
            self._lock.release()
            raise TurnsEndedError
        self._holder = threading.get_ident()

    def _pass_on(self) -> None:
        if self._holder == threading.get_ident():
            self._holder = None
            self._lock.release()


def in_turns(
    queues: Iterable[Sequence[T]],
    work: Callable[[T], None],
    turn: Turn,
    *,
    at_once: int,
    meanwhile: Callable[[], None],
) -> None:
    """Do ``work`` on everything: the entries of a queue one after the other, ``at_once`` queues abreast.

    Args:
        queues: What must not be done at the same time stands in one queue.
        work: Called with the turn held.
        turn: The turn, which ``work`` gives up where it waits.
        at_once: The most queues that are worked on at the same time: so many where sites are slow.
            Where they answer faster than we work, more threads would only be in each other's way.
        meanwhile: Called about once a second with the turn held, as long as there is work.

    Raises:
        Exception: the first that ``work`` or ``meanwhile`` raised; nothing more is begun after it.
    """
    crew = _Crew(queues, work, turn)
    crew.grow_to(min(_FIRST, at_once))
    looked_at, used = time.monotonic(), time.process_time()
    next_time = looked_at + _EVERY_S
    try:
        while not crew.done.wait(_LOOK_S if crew.size < at_once and crew.has_more else _EVERY_S):
            now, used_now = time.monotonic(), time.process_time()
            if used_now - used < _IDLE * (now - looked_at):
                crew.grow_to(min(2 * crew.size, at_once))
            looked_at, used = now, used_now
            if now >= next_time:
                next_time = now + _EVERY_S
                with turn.held():
                    meanwhile()
    finally:
        if not crew.done.is_set():
            turn.end()
    if crew.failure is not None:
        raise crew.failure


class _Crew(Generic[T]):
    """The threads, and the queues that nobody has begun."""

    def __init__(self, queues: Iterable[Sequence[T]], work: Callable[[T], None], turn: Turn) -> None:
        self._queues = deque(queues)
        self._work = work
        self._turn = turn
        self._left = 0
        self._lock = threading.Lock()
        self.size = 0
        self.done = threading.Event()
        self.failure: Exception | None = None

    @property
    def has_more(self) -> bool:
        """Whether there are queues that nobody has begun."""
        return bool(self._queues)

    def grow_to(self, size: int) -> None:
        """Work with so many threads, or with one a queue."""
        more = min(size - self.size, len(self._queues))
        with self._lock:
            if self.size and not self._left:
                return  # everything is done, or given up
            self._left += more
            self.size += more
            if not self._left:
                self.done.set()
        for number in range(self.size - more, self.size):
            # A process that is told to end does not wait for a site that drips.
            threading.Thread(target=self._run, name=f"poll-{number}", daemon=True).start()

    def _run(self) -> None:
        try:
            while self.failure is None and (queue := self._next()) is not None:
                for entry in queue:
                    with self._turn.held():
                        self._work(entry)
        except TurnsEndedError:
            pass
        except Exception as error:  # handed to the thread that waits for all
            self.failure = self.failure or error
            self._turn.end()
            self.done.set()
        with self._lock:
            self._left -= 1
            if not self._left:
                self.done.set()

    def _next(self) -> Sequence[T] | None:
        try:
            return self._queues.popleft()
        except IndexError:
            return None


# --- ports that give up the turn while they wait


class WaitingFetcher:
    """A Fetcher during whose requests other sources go on."""

    def __init__(self, fetcher: Fetcher, turn: Turn) -> None:
        self._fetcher = fetcher
        self._turn = turn

    def fetch(self, request: Request, *, slot: datetime, number: int) -> Reply:
        """Return what came of ``request``."""
        with self._turn.given_up():
            return self._fetcher.fetch(request, slot=slot, number=number)


class WaitingReader:
    """A Reader during whose work other sources go on."""

    def __init__(self, reader: Reader, turn: Turn) -> None:
        self._reader = reader
        self._turn = turn

    def read(self, job: ReadJob) -> ItemsRead | DocumentRead:
        """Return what a body holds."""
        with self._turn.given_up():
            return self._reader.read(job)


class WaitingEvidence:
    """Evidence during whose writing other sources go on."""

    def __init__(self, evidence: Evidence, turn: Turn) -> None:
        self._evidence = evidence
        self._turn = turn

    def put(self, body: bytes) -> str:
        """Store ``body`` and return its SHA-256."""
        with self._turn.given_up():
            return self._evidence.put(body)

    def get(self, sha256: str) -> bytes:
        """Return a stored body."""
        return self._evidence.get(sha256)
