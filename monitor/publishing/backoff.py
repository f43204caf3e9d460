"""When a failed delivery is tried again, and when it is given up."""

from datetime import datetime, timedelta

MOST_ATTEMPTS = 26  # with the waits below three days: a server that is down over a weekend is met again
_FIRST_WAIT_S = 60.0
_LONGEST_WAIT_S = 4 * 3600.0
_MOST_DOUBLINGS = 20  # a larger power only overflows


def next_try(attempts: int, now: datetime) -> datetime | None:
    """Return when to try again after ``attempts`` failed tries, or None to give up.

    The wait is 60 s after the first failure and doubles up to four hours.

    Raises:
        ValueError: ``attempts`` is below 1.
    """
    if attempts < 1:
        raise ValueError(f"attempts must be 1 or more, got {attempts}")
    if attempts >= MOST_ATTEMPTS:
        return None
    wait_s = _FIRST_WAIT_S * 2 ** min(attempts - 1, _MOST_DOUBLINGS)
    return now + timedelta(seconds=min(wait_s, _LONGEST_WAIT_S))
