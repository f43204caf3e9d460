"""The system's clock, and one that stands where an example says it is."""

import time
from datetime import UTC, datetime, timedelta


class SystemClock:
    """The machine's own time, in UTC."""

    def now(self) -> datetime:
        """Return the instant, in UTC."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """Return seconds that never go back."""
        return time.monotonic()

    def sleep(self, seconds: float) -> None:
        """Wait."""
        time.sleep(seconds)


class SetClock:
    """A clock that stands where it is set and moves only when somebody waits; for examples.

    Deadlines of requests are still measured on the machine's own clock: a server of the example that
    hangs must not hang the example.
    """

    def __init__(self, start: datetime) -> None:
        self._now = start.astimezone(UTC)

    def now(self) -> datetime:
        """Return the simulated instant, in UTC."""
        return self._now

    def monotonic(self) -> float:
        """Return the machine's own seconds."""
        return time.monotonic()

    def sleep(self, seconds: float) -> None:
        """Move the simulated time on without waiting."""
        self._now += timedelta(seconds=seconds)
