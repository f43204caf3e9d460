"""The run lock: one polling cycle at a time, and whoever comes second learns who is first.

The lock is the kernel's (flock), not the file: it goes with its process, however that ends, and a
file that is left over never blocks anybody. Children that are forked without exec share it.
"""

import fcntl
import os
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from monitor.errors import LockedError, StateError
from monitor.files import what_failed

_MAX_HOLDER_BYTES = 500


class RunLock:
    """Holds the lock at ``path`` while in its context; ``started`` is what others are told."""

    def __init__(self, path: Path, started: datetime) -> None:
        self._path = path
        self._started = started
        self._handle: int | None = None

    def __enter__(self) -> Self:
        """Take the lock.

        Raises:
            LockedError: another process holds it; its ``holder`` says which.
            StateError: the file cannot be written, or its disk knows no locks.
        """
        try:
            handle = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise StateError(str(self._path), what_failed(error)) from error
        try:
            self._take(handle)
        except BaseException:
            os.close(handle)
            raise
        self._handle = handle
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Give the lock back. The file stays: to remove it could take it from under another run."""
        if self._handle is not None:
            os.ftruncate(self._handle, 0)
            os.close(self._handle)
            self._handle = None

    def _take(self, handle: int) -> None:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            os.fchmod(handle, 0o600)
            os.ftruncate(handle, 0)
            os.pwrite(handle, self._holder().encode(), 0)
        except BlockingIOError as error:
            raise LockedError(_read_holder(handle)) from error
        except OSError as error:
            raise StateError(str(self._path), what_failed(error)) from error

    def _holder(self) -> str:
        return f"process {os.getpid()} on {os.uname().nodename}, started {self._started:%Y-%m-%d %H:%M:%S %Z}"


def _read_holder(handle: int) -> str:
    said = os.pread(handle, _MAX_HOLDER_BYTES, 0).decode("utf-8", "replace").strip()
    return said or "a process that has just started"
