"""Stored exchanges answer again, so that everything can be re-read without a network."""

from datetime import timedelta

import pytest

from monitor.fetching import ReplayFetcher
from monitor.model import Exchange, Reply, Request, Transport
from tests.fetching.conftest import SLOT

DAY = timedelta(days=1)
URL = "https://mfa.example/feed"


def stored(body, *, day=0, number=1, url=URL, method="GET", transport=Transport.ANSWERED):
    exchange = Exchange("src", SLOT + day * DAY, number, method, url, SLOT, 0.1, transport)
    return Reply(exchange, body)


NOT_MODIFIED = stored(None, day=1, transport=Transport.NOT_MODIFIED)


@pytest.mark.parametrize(
    ("replies", "day", "expected"),
    [
        pytest.param([stored(b"mon"), stored(b"tue", day=1)], 1, b"tue", id="the-slot-asked-for"),
        pytest.param([stored(b"mon"), stored(b"thu", day=3)], 2, b"mon", id="the-last-slot-before"),
        pytest.param([stored(b"tue", day=1), stored(b"mon")], 5, b"tue", id="whatever-order-they-come-in"),
        pytest.param([stored(b"mon"), NOT_MODIFIED], 1, b"mon", id="the-body-that-a-304-confirmed"),
        pytest.param([stored(b"one"), stored(b"two", number=2)], 0, b"one", id="pages-told-apart-by-number"),
        pytest.param([stored(b"tue", day=1)], 0, None, id="nothing-from-the-future"),
        pytest.param([stored(b"x", url=URL + "?p=2")], 0, None, id="another-address"),
        pytest.param([stored(b"x", method="POST")], 0, None, id="another-method"),
    ],
)
def test_a_request_is_answered_by_what_was_known_at_its_slot(replies, day, expected):
    """Re-reading must see what the run saw, not what came later."""
    reply = ReplayFetcher(replies).fetch(Request("src", URL), slot=SLOT + day * DAY, number=1)

    assert reply.body == expected


def test_a_conditional_request_gets_its_304_back():
    """A run that is replayed step by step takes the same turns."""
    fetcher = ReplayFetcher([stored(b"mon"), NOT_MODIFIED])

    assert fetcher.fetch(Request("src", URL, etag='"v1"'), slot=SLOT + DAY, number=1) == NOT_MODIFIED


def test_what_is_not_stored_is_a_failed_exchange():
    """Offline is a reason like any other why a source could not be read."""
    exchange = ReplayFetcher([]).fetch(Request("src", URL), slot=SLOT, number=4).exchange

    assert (exchange.transport, exchange.number, exchange.url) == (Transport.CONNECTION, 4, URL)
    assert "offline" in exchange.detail
