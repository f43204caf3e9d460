"""F2, F3: what a site sends is bounded, on the wire and unpacked, in its headers and in its framing."""

import gzip
import itertools
import tracemalloc

import pytest

from monitor.model import Transport
from tests.fetching.conftest import ask
from tests.fetching.servers import Server, head, reply

CAP = 300_000
BOMB = gzip.compress(b"\0" * 30_000_000)


def endless(begin, piece):
    """Return an answer that never ends by itself."""
    return lambda _: itertools.chain([begin], itertools.repeat(piece))


TOO_LARGE = [
    pytest.param(endless(head(), b"a" * 65_536), id="without-length"),
    pytest.param(
        endless(head("Transfer-Encoding: chunked"), b"10000\r\n" + b"a" * 65_536 + b"\r\n"), id="chunked"
    ),
    pytest.param(
        endless(head("Transfer-Encoding: chunked") + b"fffffffff\r\n", b"a" * 65_536), id="one-huge-chunk"
    ),
    pytest.param(endless(head("Transfer-Encoding: chunked") + b"-1\r\n", b"a" * 65_536), id="negative-chunk"),
    pytest.param(lambda _: [reply(b"", length=10**12)], id="announced"),
    pytest.param(lambda _: [reply(b"", length=10**400)], id="announced-beyond-reason"),
    pytest.param(lambda _: [reply(BOMB, "Content-Encoding: gzip")], id="gzip-bomb"),
    pytest.param(
        endless(head("Content-Encoding: gzip"), gzip.compress(b"\0" * 65_536)), id="endless-gzip-members"
    ),
]


@pytest.mark.parametrize("answer", TOO_LARGE)
def test_a_reply_above_the_limit_is_stopped_while_it_comes(fetch, answer):
    """An endless or packed-up reply would fill the memory of the machine."""
    fetch("http://127.0.0.1:1/")  # what is loaded once is not what is measured
    with Server(answer) as server:
        tracemalloc.start()
        got = fetch(server.url(), max_bytes=CAP)
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()

    assert got.body is None
    assert got.exchange.transport in (Transport.TOO_LARGE, Transport.BAD_ENCODING)
    assert peak < 4 * CAP + 1_000_000


def test_a_body_of_exactly_the_limit_is_taken(fetch):
    """A limit that cuts at one byte less loses honest pages."""
    with Server(lambda _: [reply(b"a" * CAP)]) as server:
        assert fetch(server.url(), max_bytes=CAP).exchange.body_bytes == CAP
        assert fetch(server.url(), max_bytes=CAP - 1).exchange.transport is Transport.TOO_LARGE


def test_the_body_of_a_redirect_is_bounded_too(fetch):
    """The library would read and unpack it whole before it follows."""

    def answer(asked):
        yield (
            reply(b"here")
            if asked.path == "/new"
            else reply(BOMB, "Location: /new", "Content-Encoding: gzip", status="301 Moved")
        )

    with Server(answer) as server:
        tracemalloc.start()
        got = fetch(server.url(), max_bytes=CAP)
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()

    assert got.body == b"here"
    assert peak < 4 * CAP + 1_000_000


BAD = [
    pytest.param(b"<html>no status line</html>\r\n\r\n", Transport.BAD_REPLY, id="not-http"),
    pytest.param(b"HTTP/1.1 OK\r\n\r\n", Transport.BAD_REPLY, id="no-status"),
    pytest.param(b"HTTP/1.1 200 " + b"O" * 100_000, Transport.BAD_REPLY, id="endless-status-line"),
    pytest.param(head("X: " + "a" * 100_000), Transport.BAD_REPLY, id="endless-header"),
    pytest.param(head(*(f"X-{n}: y" for n in range(500))), Transport.BAD_REPLY, id="too-many-headers"),
    pytest.param(
        head("Content-Length: 4", "Content-Length: 5") + b"abcde", Transport.BAD_REPLY, id="two-lengths"
    ),
    pytest.param(head("Content-Length: 0x4") + b"abcd", Transport.BAD_REPLY, id="length-no-number"),
    pytest.param(head("Content-Length: -4") + b"abcd", Transport.BAD_REPLY, id="negative-length"),
    pytest.param(head("Content-Length: +4") + b"abcd", Transport.BAD_REPLY, id="signed-length"),
    pytest.param(
        head("Transfer-Encoding: gzip, chunked") + b"0\r\n\r\n", Transport.BAD_REPLY, id="odd-transfer"
    ),
    pytest.param(head("Transfer-Encoding: identity") + b"abcd", Transport.BAD_REPLY, id="retired-transfer"),
    pytest.param(
        head("Transfer-Encoding: chunked") + b"0" * 100_000, Transport.BAD_REPLY, id="endless-chunk-size"
    ),
    pytest.param(
        head("Transfer-Encoding: chunked") + b"zz\r\nab\r\n", Transport.BAD_REPLY, id="chunk-size-no-number"
    ),
    pytest.param(
        head("Transfer-Encoding: chunked") + b"0\r\nX: " + b"a" * 100_000,
        Transport.BAD_REPLY,
        id="endless-trailer",
    ),
    pytest.param(b"HTTP/1.1 103 Early Hints\r\n\r\n", Transport.BAD_REPLY, id="interim-only"),
    pytest.param(reply(b"abcd", "Content-Encoding: br"), Transport.BAD_ENCODING, id="brotli"),
    pytest.param(reply(b"abcd", "Content-Encoding: zstd"), Transport.BAD_ENCODING, id="zstd"),
    pytest.param(
        reply(b"abcd", "Content-Encoding: gzip, gzip"), Transport.BAD_ENCODING, id="repeated-coding"
    ),
    pytest.param(reply(b"abcd", "Content-Encoding: gzip"), Transport.BAD_ENCODING, id="not-gzip"),
    pytest.param(b"", Transport.CONNECTION, id="closed-at-once"),
]


@pytest.mark.parametrize(("raw", "transport"), BAD)
def test_a_reply_that_breaks_the_protocol_is_named(fetch, raw, transport):
    """Each is an outcome with a sentence, never an exception that ends the run, never content."""
    with Server(lambda _: [raw, None]) as server:
        got = fetch(server.url())

    assert (got.exchange.transport, got.body) == (transport, None)
    assert got.exchange.detail.startswith("127.0.0.1: ")


@pytest.mark.parametrize(
    ("raw", "body"),
    [
        pytest.param(head() + b"to the end", b"to the end", id="until-closed"),
        pytest.param(head("Content-Length: 4, 4") + b"abcd", b"abcd", id="length-twice-the-same"),
        pytest.param(
            head("Transfer-Encoding: Chunked") + b"2;x=y\r\nab\r\n0\r\nT: v\r\n\r\n", b"ab", id="chunked"
        ),
        pytest.param(reply(b"", status="204 No Content"), b"", id="no-content"),
        pytest.param(reply(b"", "Content-Encoding: gzip"), b"", id="empty-and-said-to-be-packed"),
        pytest.param(reply(b"gone", status="410 Gone"), b"gone", id="error-page"),
        pytest.param(reply(b"moved", status="302 Found"), b"moved", id="redirect-to-nowhere"),
        pytest.param(b"HTTP/1.1 100 Continue\r\n\r\n" + reply(b"ok"), b"ok", id="after-continue"),
        pytest.param(b"HTTP/1.0 200 OK\r\n\r\nold", b"old", id="http-1.0"),
    ],
)
def test_an_unusual_but_whole_reply_is_an_answer(fetch, raw, body):
    """Official servers are old; what is complete counts, judging it is for others."""
    with Server(lambda _: [raw, None]) as server:
        got = fetch(server.url())

    assert (got.exchange.transport, got.body) == (Transport.ANSWERED, body)


def test_a_fault_in_an_error_page_names_the_status(fetch):
    """A wall that packs its page oddly is still a wall, and an operator must see that."""
    with Server(lambda _: [reply(b"x", "Content-Encoding: br", status="403 Forbidden")]) as server:
        exchange = fetch(server.url()).exchange

    assert exchange.transport is Transport.BAD_ENCODING
    assert "answers with status 403" in exchange.detail


def test_a_head_request_has_no_body(make_fetcher):
    """Its Content-Length speaks of a body that does not come."""
    with Server(lambda _: [reply(b"", length=99_999_999)]) as server:
        got = ask(make_fetcher(), server.url(), method="HEAD")

    assert (got.exchange.transport, got.body) == (Transport.ANSWERED, b"")
