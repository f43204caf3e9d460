"""What runs in the child: a process that holds the parsers ready, and forks one worker after another.

The keeper imports everything once and never touches a body. It forks a worker, which reads bodies from
the jobs pipe and writes answers to the replies pipe until it retires or breaks a limit; then it forks
the next one, in a few milliseconds. Only a death is reported to the parent, which answers ``NEXT`` when
it has stopped writing. When the parent goes, however it goes, the control pipe ends and both processes
end.
"""

import gc
import json
import math
import os
import pickle
import resource
import select
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from monitor.model import ReadJob
from monitor.workers.answers import Answer, Read, answer, encode
from monitor.workers.frames import drain, read_frame, write_frame
from monitor.workers.limits import Limits, is_pdf

NEXT = b"n"
_RETIRED, _ENDED = 10, 11  # exit codes of a worker that was not stopped


@dataclass(frozen=True, slots=True)
class Work:
    """What the keeper is told first: functions by name, found by import, and limits."""

    read: Read
    preload: Callable[[], None] | None
    limits: Limits


@dataclass(frozen=True, slots=True)
class _Pipes:
    control: int
    status: int
    jobs: int
    replies: int

    def report(self, **what: object) -> None:
        write_frame(self.status, json.dumps(what).encode())


def main(jobs: int, replies: int) -> None:
    """Run the keeper until the parent is gone."""
    pipes = _Pipes(*_take_standard_pipes(), jobs, replies)
    work = _prepare(pipes)
    while work is not None:
        code = _run_worker(work, pipes)
        if code == _ENDED:
            return
        if code != _RETIRED:
            pipes.report(died=code)
            if os.read(pipes.control, 1) != NEXT:
                return
            drain(pipes.jobs)  # what is left there is the rest of a job that nobody reads any more
            pipes.report(ready=True)


def _take_standard_pipes() -> tuple[int, int]:
    """Keep the two pipes for ourselves: what a library prints must not be taken for a message."""
    control, status = os.dup(0), os.dup(1)
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 0)
    os.dup2(2, 1)
    os.close(nowhere)
    return control, status


def _prepare(pipes: _Pipes) -> Work | None:
    """Load what to do; a fault here is told, because it would otherwise look like a silent death."""
    told = read_frame(pipes.control)
    if told is None:
        return None
    try:
        work: Work = pickle.loads(told)  # noqa: S301 - written by our own parent
        if work.preload is not None:
            work.preload()
    except Exception as error:  # whatever an import raises, the parent is the one to say it
        pipes.report(failed=f"{type(error).__name__}: {error}")
        return None
    gc.collect()
    gc.freeze()  # what is shared with the workers is not written to by their collectors
    pipes.report(ready=True)
    return work


def _run_worker(work: Work, pipes: _Pipes) -> int:
    """Fork a worker and wait for its end, or for the parent's."""
    ended, held = os.pipe()
    pid = os.fork()
    if pid == 0:
        for pipe in (ended, pipes.control, pipes.status):
            os.close(pipe)
        os._exit(_serve(work, pipes))
    os.close(held)  # now only the worker holds it: its end, however it comes, can be waited for
    ready, _, _ = select.select([pipes.control, ended], [], [])
    os.close(ended)
    if pipes.control in ready:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        return _ENDED
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def _serve(work: Work, pipes: _Pipes) -> int:
    """Read bodies until it is time to be replaced."""
    _set_limits(work.limits)
    for _ in range(work.limits.bodies):
        told = read_frame(pipes.jobs)
        if told is None:
            return _ENDED
        _grant_cpu(work.limits.cpu_s)
        job: ReadJob = pickle.loads(told)  # noqa: S301 - written by our own parent
        given, must_retire = _read(work, job)
        write_frame(pipes.replies, given)
        if must_retire:
            break
    return _RETIRED


def _read(work: Work, job: ReadJob) -> tuple[bytes, bool]:
    """Return the answer as bytes, and whether the process must be replaced after it."""
    try:
        given = answer(work.read, job)
        pdf = is_pdf(job.body)
        return encode(given), pdf and (given.result is None or len(job.body) > work.limits.pdf_bytes)
    except MemoryError:
        megabytes = work.limits.memory_bytes // (1024 * 1024)
        return encode(Answer(refused=f"parse refused: needed more than {megabytes} MB of memory")), True


def _set_limits(limits: Limits) -> None:
    quiet = os.open(os.devnull, os.O_WRONLY)
    os.dup2(quiet, 2)  # a crashing library's last words are not for the user's terminal
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with suppress(ValueError, OSError):  # macOS does not know this limit; the CPU limit holds there
        resource.setrlimit(resource.RLIMIT_AS, (limits.memory_bytes, limits.memory_bytes))


def _grant_cpu(seconds: int) -> None:
    """Let the kernel end this process after so many more seconds of CPU, at most."""
    used = math.floor(time.process_time())
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (used + seconds, hard))
