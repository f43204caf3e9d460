"""Anonymous session cookies: fetched where a source says, given back to their origin, kept nowhere else."""

from monitor.model import Transport
from tests.fetching.conftest import ask
from tests.fetching.servers import Server, redirect, reply

SECRET = "s3cret-0123456789"


def _site(asked):
    """A register that answers only to who has been to its front page."""
    if asked.path == "/":
        return [reply(b"<html>Welcome", f"Set-Cookie: JSESSIONID={SECRET}; Path=/; HttpOnly")]
    let_in = asked.headers.get("cookie") == f"JSESSIONID={SECRET}"
    return [reply(b"rows") if let_in else reply(b"who are you", status="403 Forbidden")]


def test_a_source_that_needs_a_session_gets_one(fetch):
    """One treaty register refuses every query of a client without its cookie."""
    with Server(_site) as server:
        without = fetch(server.url("/rows"))
        got = fetch(server.url("/rows"), cookies_from=server.url("/"))

    assert without.exchange.status == 403
    assert (got.exchange.status, got.body) == (200, b"rows")


def test_the_page_is_asked_once_a_run(fetch):
    """Forty pages of a register are one session."""
    with Server(_site) as server:
        for number in range(3):
            fetch(server.url(f"/rows?{number}"), cookies_from=server.url("/"))

    assert [asked.path for asked in server.asked] == ["/", "/rows?0", "/rows?1", "/rows?2"]


def test_a_session_that_ended_is_begun_anew(fetch):
    """The next poll must not go on with a cookie that is refused."""
    current = iter(["one", "two"])
    session = [""]

    def answer(asked):
        if asked.path == "/":
            session[0] = next(current)
            return [reply(b"", f"Set-Cookie: sid={session[0]}")]
        return [reply(b"", status="403 Forbidden" if session[0] == "one" else "200 OK")]

    with Server(answer) as server:
        got = [fetch(server.url("/rows"), cookies_from=server.url("/")).exchange.status for _ in range(2)]

    assert got == [403, 200]


def test_another_origin_never_sees_it(fetch):
    """A redirect to another host would hand it over (F8)."""
    with Server(lambda _: [reply(b"elsewhere")]) as other:

        def answer(asked):
            return _site(asked) if asked.path == "/" else [redirect(other.url("/"))]

        with Server(answer) as server:
            got = fetch(server.url("/rows"), cookies_from=server.url("/"))

    assert got.body == b"elsewhere"
    assert "cookie" not in other.asked[0].headers


def test_its_value_is_recorded_nowhere(fetch):
    """Headers become rows, and rows become exports that are handed on."""
    with Server(_site) as server:
        front = fetch(server.url("/"))

    assert SECRET not in repr(front)
    assert front.exchange.header("set-cookie") == "JSESSIONID=...; Path=/; HttpOnly"


def test_a_page_that_cannot_be_had_is_named(make_fetcher):
    """The fault is at another address than the source's, and its operator must be told which."""
    with Server(_site) as server:
        got = ask(make_fetcher(), server.url("/rows"), cookies_from="http://127.0.0.1:1/start?token=abc")

    assert got.exchange.transport is Transport.CONNECTION
    assert "at the page of its cookies, http://127.0.0.1:1/start?token=..." in got.exchange.detail
