"""F14: validators go back byte for byte, and "not modified" counts only where it was asked for."""

import hashlib

import pytest

from monitor.model import Transport
from tests.fetching.servers import Server, head, reply

DATES = [
    "Sat, 01 Feb 2031 00:00:00 GMT",
    "Saturday, 01-Feb-31 00:00:00 GMT",
    "2031-02-01",
    "yesterday",
    "Sat, 1 Feb 2031 0:0:0",
]
ETAGS = ['"v1"', 'W/"v1"', "unquoted", '"caf\xe9"', '"a, b"', "'x'"]


@pytest.mark.parametrize("date", DATES)
def test_the_servers_own_date_goes_back_unchanged(fetch, date):
    """Sending our clock, or the same instant in other words, misses edits or never gets a 304."""
    with Server(lambda asked: [reply(b"", f"Last-Modified: {date}")]) as server:
        given = fetch(server.url()).exchange.header("Last-Modified")
        fetch(server.url(), last_modified=given)

    assert server.asked[1].headers["if-modified-since"] == date


@pytest.mark.parametrize("etag", ETAGS)
def test_the_servers_own_tag_goes_back_unchanged(fetch, etag):
    """A tag is opaque: quotes, weakness and odd letters are part of it."""
    with Server(lambda asked: [reply(b"", f"ETag: {etag}")]) as server:
        given = fetch(server.url()).exchange.header("etag")
        fetch(server.url(), etag=given)

    assert server.asked[1].headers["if-none-match"] == etag


def test_nothing_is_asked_conditionally_unless_told(fetch):
    """A full fetch must be a full fetch."""
    with Server(lambda _: [reply(b"", 'ETag: "v1"')]) as server:
        for _ in range(2):
            fetch(server.url())

    assert not [name for name in server.asked[1].headers if name.startswith("if-")]


def test_not_modified_is_an_answer_of_its_own(fetch):
    """It is success without a body, and the connection can be used again."""
    with Server(lambda _: [head('ETag: "v1"', status="304 Not Modified")]) as server:
        got = [fetch(server.url(), etag='"v1"') for _ in range(2)]

    assert {(each.exchange.transport, each.body, each.exchange.body_sha256) for each in got} == {
        (Transport.NOT_MODIFIED, None, None)
    }
    assert server.connections == 1


def test_not_modified_without_being_asked_is_a_bad_reply(fetch):
    """Taken as success it would hide a source for ever."""
    with Server(lambda _: [head(status="304 Not Modified")]) as server:
        exchange = fetch(server.url()).exchange

    assert exchange.transport is Transport.BAD_REPLY


def test_a_query_by_post_is_never_conditional(fetch):
    """Conditions are defined for reading."""
    with Server(lambda _: [reply(b"ok")]) as server:
        fetch(server.url(), method="POST", body=b"{}", etag='"v1"')

    assert "if-none-match" not in server.asked[0].headers


def test_the_exchange_names_the_body_by_its_hash(fetch):
    """Evidence is found by the hash of the unpacked body."""
    with Server(lambda _: [reply(b"list")]) as server:
        exchange = fetch(server.url()).exchange

    assert (exchange.body_sha256, exchange.body_bytes) == (hashlib.sha256(b"list").hexdigest(), 4)


def test_repeated_headers_are_all_kept(fetch):
    """Headers are evidence; joining them loses where one ends."""
    with Server(lambda _: [reply(b"", "Link: <a>", "Link: <b>")]) as server:
        headers = fetch(server.url()).exchange.headers

    assert [value for name, value in headers if name == "Link"] == ["<a>", "<b>"]
