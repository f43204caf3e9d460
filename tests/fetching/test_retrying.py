"""F15: what is asked again and when, what a site's wish for rest does, and that a host is asked in turn."""

import threading
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from monitor.fetching import Politeness, asked_to_rest
from monitor.fetching.retrying import retry_after_s
from monitor.model import Exchange, Transport
from tests.fetching.conftest import SLOT, ManualClock, ask
from tests.fetching.servers import Server, head, reply

BUSY = "503 Service Unavailable"
TOO_MANY = "429 Too Many Requests"


def _answers(*given):
    """A server's answers in turn, the last one for ever."""
    left = list(given)
    return lambda _: [left.pop(0) if len(left) > 1 else left[0], None]


@pytest.mark.parametrize(
    "fault",
    [
        pytest.param(b"", id="closed-without-a-word"),
        pytest.param(reply(b"half", length=8), id="broken-off"),
        pytest.param(reply(b"", status=BUSY), id="busy"),
        pytest.param(reply(b"", status="502 Bad Gateway"), id="bad-gateway"),
        pytest.param(reply(b"", status="504 Gateway Timeout"), id="gateway-timeout"),
    ],
)
def test_a_fault_that_passes_is_asked_again(fetch, clock, fault):
    """A single hiccup of a proxy would make a source fail for an hour."""
    with Server(_answers(fault, fault, reply(b"ok"))) as server:
        got = fetch(server.url())

    assert (got.body, got.exchange.status, got.exchange.tries) == (b"ok", 200, 3)
    assert clock.waits == [1.0, 2.0]


def test_it_is_asked_three_times_and_no_more(fetch):
    """A site in trouble is not helped by a client that insists."""
    with Server(_answers(reply(b"down", status=BUSY))) as server:
        got = fetch(server.url())

    assert len(server.asked) == 3
    assert (got.exchange.status, got.exchange.tries, got.body) == (503, 3, b"down")


@pytest.mark.parametrize(
    ("status", "body"),
    [("200 OK", b"ok"), ("404 Not Found", b""), ("403 Forbidden", b""), ("500 Internal Server Error", b"")],
)
def test_an_answer_is_an_answer(fetch, status, body):
    """What a second request cannot change is not asked a second time."""
    with Server(_answers(reply(body, status=status))) as server:
        fetch(server.url())

    assert len(server.asked) == 1


def test_what_may_have_an_effect_is_sent_once(fetch):
    """A query that is posted may be counted, or worse; nobody promises that twice is the same as once."""
    with Server(_answers(reply(b"", status=BUSY))) as server:
        fetch(server.url(), method="POST", body=b"{}")

    assert len(server.asked) == 1


def test_no_retry_goes_past_the_deadline(make_fetcher):
    """Three tries of thirty seconds each would be a fetch of ninety (F1)."""
    fetcher = make_fetcher(deadline_s=1.5)
    with Server(_answers(reply(b"", status=BUSY))) as server:
        got = ask(fetcher, server.url())

    assert len(server.asked) < 3
    assert got.exchange.status == 503


def test_retry_after_is_kept_to(fetch, clock):
    """The site knows best when it can be asked again."""
    with Server(_answers(reply(b"", "Retry-After: 3", status=TOO_MANY), reply(b"ok"))) as server:
        got = fetch(server.url())

    assert got.body == b"ok"
    assert clock.waits == [3.0]


def test_too_many_requests_without_a_word_is_not_asked_again(fetch):
    """The answer to "too many" cannot be one more."""
    with Server(_answers(reply(b"", status=TOO_MANY))) as server:
        fetch(server.url())

    assert len(server.asked) == 1


def test_a_long_rest_holds_for_everything_of_the_host(fetch, clock):
    """Forty sources on one host: when it says "in an hour", the other thirty-nine are not asked."""
    busy = reply(b"", "Retry-After: 3600", status=BUSY)
    with Server(_answers(busy)) as server:
        first = fetch(server.url("/1"))
        second = fetch(server.url("/2"))
        clock.passed_s += 3600
        third = fetch(server.url("/3"))

    assert [asked.path for asked in server.asked] == ["/1", "/3"]
    assert (first.exchange.status, first.exchange.tries) == (503, 1)
    assert (second.exchange.transport, second.exchange.tries, second.body) == (Transport.RESTING, 0, None)
    assert "asks to be left alone for 3600 more seconds" in second.exchange.detail
    assert third.exchange.status == 503


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        (None, None),
        ("120", 120.0),
        (" 7 ", 7.0),
        ("99999999999999999999", 86_400.0),
        ("-5", None),
        ("1.5", None),
        ("٣", None),
        ("soon", None),
        ("", None),
        (format_datetime(SLOT + timedelta(seconds=90), usegmt=True), 90.0),
        (format_datetime(SLOT - timedelta(days=2), usegmt=True), 0.0),
        (format_datetime(SLOT + timedelta(days=900), usegmt=True), 86_400.0),
        ("Mon, 99 Foo 2031 00:00:00 GMT", None),
    ],
    ids=str,
)
def test_retry_after_is_read_in_both_forms_and_capped(value, seconds):
    """A year, a date in the past or a word must neither silence a source for ever nor stop a run."""
    assert retry_after_s(value, SLOT) == seconds


@pytest.mark.parametrize(
    ("status", "headers", "until"),
    [
        (503, (("Retry-After", "60"),), SLOT + timedelta(seconds=60)),
        (429, (("retry-after", "60"),), SLOT + timedelta(seconds=60)),
        (429, (), None),
        (200, (("Retry-After", "60"),), None),
        (301, (("Retry-After", "60"),), None),
    ],
    ids=str,
)
def test_until_when_a_site_asks_for_rest(status, headers, until):
    """The next cycles keep to it too, so it is told in a form that outlives the process."""
    exchange = Exchange(
        "src",
        SLOT,
        0,
        "GET",
        "https://a.example/",
        SLOT,
        0.1,
        Transport.ANSWERED,
        status=status,
        headers=headers,
    )

    assert asked_to_rest(exchange) == until


def test_a_host_is_asked_one_thing_at_a_time(make_fetcher):
    """Forty sources on one small ministry's server must not arrive together, whatever threads there are."""
    at_once, most, lock = [], [], threading.Lock()

    def answer(asked):
        with lock:
            at_once.append(asked)
            most.append(len(at_once))
        server.stopped.wait(0.02)
        with lock:
            at_once.remove(asked)
        yield reply(b"ok")

    fetcher = make_fetcher()
    with Server(answer) as server:
        threads = [
            threading.Thread(target=ask, args=(fetcher, server.url(f"/{number}"))) for number in range(6)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(20)

    assert len(server.asked) == 6
    assert max(most) == 1


def test_a_wish_for_more_space_is_kept_to_and_capped():
    """A crawl delay of an hour would be a way to stop the monitor."""
    clock = ManualClock()
    politeness = Politeness(clock, 1.0)
    politeness.slow_down("a.example", 5.0)
    politeness.slow_down("b.example", 3600.0)
    politeness.slow_down("c.example", 0.1)
    for host in ("a.example", "a.example", "b.example", "b.example", "c.example", "c.example"):
        politeness.wait(host)

    assert clock.waits == [5.0, 30.0, 1.0]


def test_times_are_those_of_the_try_that_counts():
    """A date in Retry-After is counted from now, in UTC, whatever zone it is written in."""
    now = datetime(2031, 2, 1, 7, 0, tzinfo=UTC)

    assert retry_after_s("Sat, 01 Feb 2031 09:01:00 +0200", now) == 60.0


def test_a_redirect_is_followed_anew_on_every_try(fetch):
    """The trail of the first try must not count against the second."""
    first = iter([head("Location: /b", "Content-Length: 0", status="302 Found")] * 2)

    def answer(asked):
        if asked.path == "/a":
            return [next(first)]
        return [reply(b"ok") if len(server.asked) > 2 else b"", None]

    with Server(answer) as server:
        got = fetch(server.url("/a"))

    assert got.body == b"ok"
    assert got.exchange.redirects == (server.url("/a"),)
