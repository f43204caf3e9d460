"""What one fetch may take: seconds until its end and bytes from the wire.

Read from the machine's own monotonic clock, not from the Clock behind its port: sockets wait in
real seconds, and a simulated clock that stands still would let a dripping server hold us for ever.
"""

import time

from monitor.fetching.stop import StopError
from monitor.model import Transport

# Status line, headers, chunk sizes and the bodies of redirects, beside the body's own limit.
_BESIDE_THE_BODY = 1_000_000


class Allowance:
    """Counts one fetch down over all its redirects; every socket of the fetch asks it before it waits."""

    def __init__(self, seconds: float, max_bytes: int) -> None:
        self.seconds = seconds
        self.max_bytes = max_bytes
        self.received = 0  # bytes since the last request was sent
        self.dialled = False  # whether that request made a new connection
        self.ended = False  # whether the other end has closed since
        self._left_bytes = max_bytes + _BESIDE_THE_BODY
        self._ends = time.monotonic() + seconds

    def start_request(self) -> None:
        """Note that another request begins, on whichever connection."""
        self.received = 0
        self.dialled = self.ended = False

    @property
    def unused_s(self) -> float:
        """The seconds left, or none."""
        return max(self._ends - time.monotonic(), 0.0)

    def left_s(self) -> float:
        """Return the seconds left, above zero.

        Raises:
            StopError: none are left.
        """
        left = self._ends - time.monotonic()
        if left <= 0:
            raise self.timeout()
        return left

    def start_again(self) -> None:
        """Let the bytes be counted from the beginning for another try; the time goes on."""
        self._left_bytes = self.max_bytes + _BESIDE_THE_BODY

    def take(self, count: int) -> None:
        """Count bytes that came; none means that the other end has closed.

        Raises:
            StopError: they are more than any body within the limit can need.
        """
        self.ended = self.ended or not count
        self.received += count
        self._left_bytes -= count
        if self._left_bytes < 0:
            raise self.too_large("sends")

    def timeout(self) -> StopError:
        """Return how the fetch ends when its time is up."""
        came = f"{self.received} bytes came" if self.received else "nothing came"
        return StopError(
            Transport.TIMEOUT,
            f"no complete reply within {self.seconds:g} seconds ({came}); the site is slow or stuck, "
            "it is asked again when next due",
        )

    def too_large(self, verb: str, size: int | None = None) -> StopError:
        """Return how the fetch ends when the reply is, or says it is, above the limit."""
        what = f"{size} bytes" if size is not None else "more"
        return StopError(
            Transport.TOO_LARGE,
            f"{verb} {what} where at most {self.max_bytes} bytes are taken; "
            "point the source at a shorter list or a feed",
        )
