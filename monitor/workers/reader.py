"""Reading bodies in a child process under limits: what breaks a limit is refused, the rest is read.

The child is started when the first body comes. Its cost is that of importing the parsers once.
"""

import logging
import pickle
import queue
import signal
import threading
from collections.abc import Callable
from types import TracebackType
from typing import Self

from monitor.errors import ExtractError
from monitor.model import DocumentRead, ItemsRead, ReadJob
from monitor.workers.answers import Answer, Read, answer, decode
from monitor.workers.child import Work
from monitor.workers.limits import Limits, refuse_oversized
from monitor.workers.process import DiedError, LostError, Process

_log = logging.getLogger(__name__)


class WorkerReader:
    """A Reader in limited child processes. Several threads take turns; close it after use.

    Args:
        read: What reads a body: a function at the top level of a module, so that a child can import it.
        limits: What one body may cost.
        preload: Called once in a child before the first body, to import parsers; at top level too.
        processes: How many children read at the same time. One is started when all are busy.
    """

    def __init__(
        self,
        read: Read,
        limits: Limits | None = None,
        *,
        preload: Callable[[], None] | None = None,
        processes: int = 1,
    ) -> None:
        self._limits = limits or Limits()
        self._places = [_Place(Work(read, preload, self._limits)) for _ in range(processes)]
        # The one that was used last is used first, so that the others start only if they are needed.
        self._free: queue.LifoQueue[_Place] = queue.LifoQueue()
        for place in reversed(self._places):
            self._free.put(place)

    def read(self, job: ReadJob) -> ItemsRead | DocumentRead:
        """Return what a body holds.

        Raises:
            ExtractError: it has not the expected shape, or reading it broke a limit.
        """
        refuse_oversized(job, self._limits)
        place = self._free.get()
        try:
            given = place.ask(job)
        finally:
            self._free.put(place)
        return _unwrap(given, job)

    def close(self) -> None:
        """End the children; a later job starts another."""
        for place in self._places:
            place.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class _Place:
    """One child process, or none yet; for one thread at a time."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._process: Process | None = None
        self._lock = threading.Lock()

    def ask(self, job: ReadJob) -> Answer:
        """Return what the child answers, whatever becomes of it."""
        with self._lock:
            return self._ask(job)

    def close(self) -> None:
        """End the child, when it has answered."""
        with self._lock:
            self._give_up()

    def _ask(self, job: ReadJob) -> Answer:
        limits = self._work.limits
        try:
            if self._process is not None and not self._process.alive:
                self._give_up()
            if self._process is None:
                self._process = Process(self._work, start_s=limits.start_s)
            reply = self._process.ask(pickle.dumps(job, pickle.HIGHEST_PROTOCOL), within_s=limits.wall_s)
            return decode(reply)
        except DiedError as died:
            return Answer(refused=f"parse refused: {_cause(died.code, limits)}")
        except TimeoutError:
            self._give_up()
            return Answer(refused=f"parse refused: took more than {limits.wall_s:g} seconds")
        except LostError as lost:
            self._give_up()
            return Answer(refused=f"could not be read: {lost}")
        except ValueError as error:
            self._give_up()
            return Answer(refused=f"parse refused: the reading process gave back something else ({error})")

    def _give_up(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process = None


class InlineReader:
    """A Reader in this very process, for tests and bodies of our own making: no limit but on size."""

    def __init__(self, read: Read, limits: Limits | None = None) -> None:
        self._read = read
        self._limits = limits or Limits()

    def read(self, job: ReadJob) -> ItemsRead | DocumentRead:
        """Return what a body holds.

        Raises:
            ExtractError: it has not the expected shape.
        """
        refuse_oversized(job, self._limits)
        try:
            given = answer(self._read, job)
        except MemoryError:
            raise ExtractError(job.source.id, "parse refused: not enough memory") from None
        return _unwrap(given, job)

    def close(self) -> None:
        """There is nothing to end."""


def _unwrap(given: Answer, job: ReadJob) -> ItemsRead | DocumentRead:
    if given.fault:
        _log.error("%s: its reader failed\n%s", job.source.id, given.fault)
    return given.unwrap(job.source.id)


def _cause(code: int, limits: Limits) -> str:
    """Return in words why a worker died; signals come as negative numbers."""
    if code == -signal.SIGXCPU:
        return f"took more than {limits.cpu_s} s of CPU"
    if code == -signal.SIGKILL:
        return "the reading process was killed, most likely for lack of memory"
    if code == -signal.SIGABRT:
        return (
            f"the parser gave up, most likely at its limit of {limits.memory_bytes // 1024**2} MB of memory"
        )
    if code < 0:
        return f"the parser crashed ({signal.strsignal(-code) or -code})"
    return f"the parser ended its process (code {code})"
