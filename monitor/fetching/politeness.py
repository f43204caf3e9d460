"""Leaving a site in peace between two requests."""

import threading

from monitor.ports import Clock


class Politeness:
    """Waits, by the Clock, so that requests to one host start at least ``spacing_s`` apart."""

    def __init__(self, clock: Clock, spacing_s: float) -> None:
        self._clock = clock
        self._spacing_s = spacing_s
        self._free_at: dict[str, float] = {}
        self._lock = threading.Lock()

    def wait(self, host: str) -> None:
        """Return when ``host`` may be asked; several threads take turns."""
        if not self._spacing_s:
            return
        with self._lock:
            now = self._clock.monotonic()
            turn = max(now, self._free_at.get(host, now))
            self._free_at[host] = turn + self._spacing_s
        if turn > now:
            self._clock.sleep(turn - now)
