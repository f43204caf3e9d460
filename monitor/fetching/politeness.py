"""Leaving a site in peace: one request at a time, spaced, and none while it asks for rest."""

import threading
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager

from monitor.ports import Clock

LONGEST_SPACING_S = 30.0  # more than a robots.txt may ask for between two requests


class Politeness:
    """Lets a host be asked by one thread at a time, requests starting at least ``spacing_s`` apart."""

    def __init__(self, clock: Clock, spacing_s: float) -> None:
        self._clock = clock
        self._spacing_s: defaultdict[str, float] = defaultdict(lambda: spacing_s)
        self._free_at: dict[str, float] = {}
        self._rests_until: dict[str, float] = {}
        self._turns: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)
        self._lock = threading.Lock()

    @contextmanager
    def turn(self, host: str) -> Iterator[None]:
        """Hold the turn at ``host``; others wait for it."""
        with self._lock:
            turn = self._turns[host]
        with turn:
            self.wait(host)
            yield

    def wait(self, host: str) -> None:
        """Return when another request to ``host`` may start."""
        with self._lock:
            spacing_s = self._spacing_s[host]
            if not spacing_s:
                return
            now = self._clock.monotonic()
            start = max(now, self._free_at.get(host, now))
            self._free_at[host] = start + spacing_s
        if start > now:
            self._clock.sleep(start - now)

    def slow_down(self, host: str, spacing_s: float) -> None:
        """Space requests to ``host`` further apart from now on, up to 30 seconds."""
        with self._lock:
            self._spacing_s[host] = max(self._spacing_s[host], min(spacing_s, LONGEST_SPACING_S))

    def rest(self, host: str, seconds: float) -> None:
        """Note that ``host`` asks to be left alone for so long."""
        with self._lock:
            self._rests_until[host] = self._clock.monotonic() + seconds

    def rests_for_s(self, host: str) -> float:
        """Return for how many more seconds ``host`` is to be left alone, 0 if it is not."""
        with self._lock:
            return max(0.0, self._rests_until.get(host, 0.0) - self._clock.monotonic())
