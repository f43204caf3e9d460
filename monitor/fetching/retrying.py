"""Whether and when a request is sent again, and for how long a site asks to be left alone.

Only what can be repeated without effect is (GET and HEAD), twice at most, after a fault that passes by
itself, and within the deadline of the fetch. What a site asks for in Retry-After is kept to; where that
is longer than a fetch may wait, nothing is sent before.

Source: RFC 9110, sections 9.2.2 (idempotent methods) and 10.2.3 (Retry-After); RFC 6585, section 4 (429).
"""

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from monitor.model import Exchange, Transport

MOST_RETRIES = 2
LONGEST_REST_S = 86_400.0  # a site that asks for a year is asked again the next day
_FIRST_WAIT_S = 1.0
_REST_S = 60.0  # after "too many requests" without a word on how long
_TIME_FOR_A_REPLY_S = 1.0
_REPEATABLE = frozenset({"GET", "HEAD"})
_PASSING = frozenset({Transport.CONNECTION, Transport.TRUNCATED})
_BUSY = frozenset({429, 503})
_PASSING_STATUS = frozenset({429, 502, 503, 504})


def retry_after_s(value: str | None, now: datetime) -> float | None:
    """Return the seconds that a Retry-After header asks for, at most a day; None if it asks for nothing."""
    if value is None:
        return None
    value = value.strip()
    if value.isascii() and value.isdigit():
        return min(float(value[:9]), LONGEST_REST_S)
    try:
        at = parsedate_to_datetime(value)
    except (ValueError, IndexError):
        return None
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    return min(max((at - now).total_seconds(), 0.0), LONGEST_REST_S)


def wait_before_retry_s(
    method: str, tries: int, transport: Transport, status: int | None, asked_s: float | None, left_s: float
) -> float | None:
    """Return how long to wait before the request is sent again; None if it is not.

    Args:
        method: The request's.
        tries: How often it was sent.
        transport: What became of it, with ``status`` where there was a reply.
        status: The reply's status.
        asked_s: What its Retry-After asks for.
        left_s: Seconds until the deadline of the fetch.
    """
    passing = transport in _PASSING or (transport is Transport.ANSWERED and status in _PASSING_STATUS)
    if method.upper() not in _REPEATABLE or tries > MOST_RETRIES or not passing:
        return None
    if status == 429 and asked_s is None:
        return None
    wait_s = _FIRST_WAIT_S * 2 ** (tries - 1) if asked_s is None else asked_s
    return wait_s if wait_s + _TIME_FOR_A_REPLY_S <= left_s else None


def rest_s(status: int | None, asked_s: float | None) -> float:
    """Return for how long a host is to be left alone after a reply, 0 if it is not."""
    if status not in _BUSY:
        return 0.0
    return asked_s if asked_s is not None else _REST_S if status == 429 else 0.0


def asked_to_rest(exchange: Exchange) -> datetime | None:
    """Return until when the site of ``exchange`` asks to be left alone, None if it does not."""
    if exchange.status not in _BUSY:
        return None
    asked_s = retry_after_s(exchange.header("retry-after"), exchange.asked_at)
    return exchange.asked_at + timedelta(seconds=asked_s) if asked_s else None
