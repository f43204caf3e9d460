"""The parent's end of the child: start it, hand it a job, learn that a worker died, end it."""

import json
import os
import pickle
import selectors
import signal
import subprocess
import sys
import time
from contextlib import suppress
from typing import Any

from monitor.workers.child import NEXT, Work
from monitor.workers.frames import drain, frame, read_frame, take_frame, write_frame

_PIECE = 1024 * 1024
# The child imports from where we do, not from the directory that it happens to be started in.
_START = """
import sys
sys.path[:] = sys.argv[3:]
from monitor.workers.child import main
main(int(sys.argv[1]), int(sys.argv[2]))
"""
# What the interpreter needs. Passwords that the environment may hold are not for a parser's process.
_ENVIRONMENT = ("HOME", "LANG", "LC_ALL", "LC_CTYPE", "LD_LIBRARY_PATH", "PATH", "TMPDIR", "TZ")


class DiedError(Exception):
    """The worker ended instead of answering; ``code`` as subprocess has it, minus the signal's number."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


class LostError(Exception):
    """The child cannot be used any more; the message says why."""


class Process:
    """One keeper with its worker. Not for several threads at once.

    Raises:
        LostError: it does not get ready in ``start_s``.
    """

    def __init__(self, work: Work, *, start_s: float) -> None:
        jobs, self._jobs = os.pipe()
        self._replies, replies = os.pipe()
        self._keeper = _start_keeper(jobs, replies)
        os.close(jobs)
        os.close(replies)
        os.set_blocking(self._jobs, False)
        self._control, self._status = _pipes_of(self._keeper)
        self._selector = selectors.DefaultSelector()
        self._selector.register(self._replies, selectors.EVENT_READ)
        self._selector.register(self._status, selectors.EVENT_READ)
        try:
            self._wait_ready(work, start_s)
        except BaseException:
            self.kill()
            raise

    def ask(self, job: bytes, *, within_s: float) -> bytes:
        """Return what the worker answers.

        Raises:
            DiedError: it died on the job; the next one waits for the next job.
            TimeoutError: it took too long, and the child must be killed.
            LostError: the child has ended.
        """
        self._selector.register(self._jobs, selectors.EVENT_WRITE)
        try:
            if self._status in self._ready(0):
                self._bury()  # it died while it had nothing to do; nobody is to blame
            return self._exchange(frame(job), time.monotonic() + within_s)
        except BrokenPipeError:
            raise LostError("the reading process has ended") from None
        finally:
            with suppress(KeyError):
                self._selector.unregister(self._jobs)

    @property
    def alive(self) -> bool:
        """Whether the child is still there."""
        return self._keeper.poll() is None

    def kill(self) -> None:
        """End the child and its worker at once: they hold nothing that could be lost."""
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self._keeper.pid, signal.SIGKILL)
        self._keeper.wait()
        self._selector.close()
        for stream in (self._keeper.stdin, self._keeper.stdout):
            if stream is not None:
                stream.close()
        os.close(self._jobs)
        os.close(self._replies)

    def _exchange(self, outgoing: bytes, ends: float) -> bytes:
        """Write and read by turns: with large bodies both ends would else wait for the other."""
        rest, received = memoryview(outgoing), bytearray()
        while True:
            ready = self._ready(ends - time.monotonic())
            if not ready:
                raise TimeoutError
            if self._replies in ready:
                received += self._receive()
                if (reply := take_frame(received)) is not None:
                    return reply
            elif self._status in ready:
                raise DiedError(self._bury())
            elif self._jobs in ready:
                rest = rest[os.write(self._jobs, rest[:_PIECE]) :]
                if not rest:
                    self._selector.unregister(self._jobs)

    def _ready(self, seconds: float) -> set[int]:
        return {key.fd for key, _ in self._selector.select(max(seconds, 0))}

    def _receive(self) -> bytes:
        data = os.read(self._replies, _PIECE)
        if not data:
            raise LostError("the reading process has ended")
        return data

    def _bury(self) -> int:
        """Take note of a worker's death and let the next one begin; return what it died of."""
        code = int(self._told()["died"])
        drain(self._replies)  # half an answer may be left of it
        os.write(self._control, NEXT)
        self._told()  # that the rest of the job was thrown away, and a new one may be written
        return code

    def _told(self) -> dict[str, Any]:
        message = read_frame(self._status)
        if message is None:
            raise LostError("the reading process has ended")
        told: dict[str, Any] = json.loads(message)
        return told

    def _wait_ready(self, work: Work, start_s: float) -> None:
        with suppress(BrokenPipeError):  # it has ended already: that is what it then says, or does not
            write_frame(self._control, pickle.dumps(work))
        if not self._ready(start_s):
            raise LostError(f"the reading process did not start within {start_s:g} seconds")
        told = self._told()
        if "failed" in told:
            raise LostError(f"the reading process cannot start: {told['failed']}")


def _start_keeper(jobs: int, replies: int) -> subprocess.Popen[bytes]:
    kept = {
        name: value for name, value in os.environ.items() if name in _ENVIRONMENT or name.startswith("PYTHON")
    }
    return subprocess.Popen(
        [sys.executable, "-c", _START, str(jobs), str(replies), *sys.path],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        pass_fds=(jobs, replies),
        env=kept,
        start_new_session=True,  # Ctrl-C is for us, and keeper and worker can be killed together
        bufsize=0,
    )


def _pipes_of(keeper: subprocess.Popen[bytes]) -> tuple[int, int]:
    if keeper.stdin is None or keeper.stdout is None:
        raise LostError("the reading process has no pipes")
    return keeper.stdin.fileno(), keeper.stdout.fileno()
