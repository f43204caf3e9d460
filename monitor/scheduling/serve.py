"""The process that waits: APScheduler wakes one tick, and the tick asks our own table what is due.

In memory, in UTC, coalesced, one instance, any lateness allowed: the defaults of APScheduler 3 drop a
run that is a second late without a word, fire twice when the clock goes back, and keep pickles in a
job store. None of that can matter here, because a tick that comes twice finds nothing due.
"""

import logging
import signal
import threading
from collections.abc import Callable

from apscheduler.events import EVENT_JOB_MAX_INSTANCES, EVENT_JOB_MISSED, JobEvent
from apscheduler.schedulers.background import BackgroundScheduler

_log = logging.getLogger(__name__)

_MOST_FAILURES = 5  # in a row; a process that cannot do its work any more must not look alive


def serve(tick: Callable[[], None], *, every_s: float, stop: threading.Event) -> int:
    """Call ``tick`` at once and then every ``every_s`` seconds until ``stop`` is set; return an exit code.

    A tick that raises is logged and the next one comes all the same; after five in a row the process
    ends with 1, so that whatever supervises it sees that it is unwell. A tick under way is waited for.
    """
    failures = _Failures(tick, stop)
    scheduler = BackgroundScheduler(timezone="UTC")
    scheduler.add_job(
        failures.attempt, "interval", seconds=every_s, coalesce=True, max_instances=1, misfire_grace_time=None
    )
    scheduler.add_listener(_say_missed, EVENT_JOB_MISSED | EVENT_JOB_MAX_INSTANCES)
    failures.attempt()
    scheduler.start()
    try:
        stop.wait()
    finally:
        scheduler.shutdown(wait=True)
    return 1 if failures.in_a_row >= _MOST_FAILURES else 0


def stop_on_signals(stop: threading.Event) -> None:
    """Set ``stop`` on SIGTERM and on Ctrl-C, so that the tick under way can end at a safe point."""
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())


class _Failures:
    """Runs the tick and counts how often in a row it failed."""

    def __init__(self, tick: Callable[[], None], stop: threading.Event) -> None:
        self._tick = tick
        self._stop = stop
        self.in_a_row = 0

    def attempt(self) -> None:
        if self._stop.is_set():
            return
        try:
            self._tick()
            self.in_a_row = 0
        except Exception:  # one tick among many
            _log.exception("the tick failed")
            self.in_a_row += 1
            if self.in_a_row >= _MOST_FAILURES:
                _log.error("%d ticks failed in a row; the process ends", self.in_a_row)
                self._stop.set()


def _say_missed(event: JobEvent) -> None:
    _log.warning("a tick came late, or the last was still under way: %s", event)
