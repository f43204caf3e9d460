"""F1: one deadline over name, connection, TLS, headers, body and all redirects, whatever drips."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from monitor.fetching import HttpFetcher
from monitor.model import NetworkSettings, Transport
from tests.fetching.conftest import ManualClock, ask
from tests.fetching.servers import Server, head, redirect, reply

DEADLINE_S = 0.2
OVERSHOOT_S = 0.5  # the bar is 1 s


# What comes at once, and what then comes a byte at a time.
DRIPS = {
    "silence": (b"", b""),
    "status-line": (b"", b"HTTP/1.1 200 " + b"O" * 10_000),
    "header": (b"HTTP/1.1 200 OK\r\nX: ", b"a" * 10_000),
    "interim-answers": (b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 1_000),
    "body": (head("Content-Length: 10000"), b"a" * 10_000),
    "unframed-body": (head(), b"a" * 10_000),
    "packed-body": (head("Content-Encoding: gzip"), b"\x1f\x8b" + b"a" * 10_000),
    "chunk-size": (head("Transfer-Encoding: chunked"), b"0" * 10_000),
    "chunks": (head("Transfer-Encoding: chunked"), b"1\r\na\r\n" * 2_000),
    "trailer": (head("Transfer-Encoding: chunked"), b"0\r\n" + b"X: y\r\n" * 2_000),
    "redirect-body": (head("Location: /x", "Content-Length: 10000", status="302 Found"), b"a" * 10_000),
}


@pytest.fixture(scope="module")
def cut():
    """Fetch from all dripping servers at once, in threads: what came of each, and how long it took."""

    def answer(asked):
        begin, rest = DRIPS[asked.path[1:]]
        yield begin
        yield from server.drip(rest)
        server.stopped.wait(5)

    def fetch(what):
        # One host is asked one thing at a time by one fetcher; the waiting is not what is measured here.
        with HttpFetcher(settings, ManualClock()) as fetcher:
            started = time.monotonic()
            exchange = ask(fetcher, server.url(f"/{what}")).exchange
            return what, (exchange, time.monotonic() - started)

    settings = NetworkSettings(allow_loopback=True, spacing_s=0.0, deadline_s=DEADLINE_S)
    with Server(answer) as server, ThreadPoolExecutor(len(DRIPS)) as threads:
        return dict(threads.map(fetch, DRIPS))


@pytest.mark.parametrize("what", DRIPS)
def test_a_reply_that_drips_is_cut_at_the_deadline(cut, what):
    """A timeout per read never fires on a byte every second; one slow site would hold a whole run."""
    exchange, took = cut[what]

    assert exchange.transport is Transport.TIMEOUT
    assert DEADLINE_S * 0.9 < took < DEADLINE_S + OVERSHOOT_S
    assert ("nothing came" in exchange.detail) == (what == "silence")


def test_a_tls_handshake_that_drips_is_cut_at_the_deadline(make_fetcher):
    """The handshake happens inside the library, before any of our code reads a byte."""
    fetcher = make_fetcher(deadline_s=DEADLINE_S)
    with Server(lambda _: [], handshake=False) as server:
        started = time.monotonic()
        exchange = ask(fetcher, f"https://127.0.0.1:{server.port}/").exchange
        took = time.monotonic() - started

    assert exchange.transport is Transport.TIMEOUT
    assert took < DEADLINE_S + OVERSHOOT_S


def test_redirects_share_one_deadline(make_fetcher):
    """Five redirects of 25 seconds each would be two minutes."""
    fetcher = make_fetcher(deadline_s=DEADLINE_S)

    def answer(asked):
        yield from server.drip(redirect(f"/{len(server.asked)}")[:5])
        yield redirect(f"/{len(server.asked)}")[5:]

    with Server(answer) as server:
        started = time.monotonic()
        exchange = ask(fetcher, server.url()).exchange
        took = time.monotonic() - started

    assert exchange.transport is Transport.TIMEOUT
    assert len(exchange.redirects) < 5
    assert took < DEADLINE_S + OVERSHOOT_S


def test_a_name_service_that_hangs_is_cut_at_the_deadline(make_fetcher):
    """The system's resolver knows no deadline and may take half a minute."""
    hung = threading.Event()
    fetcher = make_fetcher(deadline_s=DEADLINE_S, resolver=lambda host, port: hung.wait(5) and [])
    started = time.monotonic()
    exchange = ask(fetcher, "https://mfa.example/").exchange
    took = time.monotonic() - started
    hung.set()

    assert exchange.transport is Transport.TIMEOUT
    assert took < DEADLINE_S + OVERSHOOT_S


def test_the_deadline_begins_anew_with_each_fetch_on_a_kept_connection(make_fetcher):
    """A connection that is used again must not carry the deadline of the fetch before."""
    fetcher = make_fetcher(deadline_s=0.5)

    def answer(_):
        yield from server.drip(b"HTTP/1.1")
        yield reply(b"ok")[8:]

    with Server(answer) as server:
        transports = {ask(fetcher, server.url()).exchange.transport for _ in range(4)}

    assert transports == {Transport.ANSWERED}
    assert server.connections == 1
