"""F8, F9: where redirects lead is bounded, checked at each hop, and recorded."""

import pytest

from monitor.model import Transport
from tests.fetching.conftest import ask
from tests.fetching.servers import Server, redirect, reply


def to(routes):
    """Return an answer by path."""
    return lambda asked: [routes[asked.path]]


def test_a_redirect_is_followed_and_recorded(fetch):
    """Health must see that an article list now answers from somewhere else."""
    with Server(to({"/": redirect("/news/"), "/news/": reply(b"list")})) as server:
        got = fetch(server.url())

    assert got.body == b"list"
    assert got.exchange.redirects == (server.url(),)
    assert got.exchange.final_url == server.url("/news/")


def test_without_redirects_the_final_address_is_the_one_asked(fetch):
    """Comparing the two tells whether a site has moved, so spelling must not tell them apart."""
    with Server(lambda _: [reply(b"")]) as server:
        exchange = fetch(server.url("")).exchange

    assert (exchange.final_url, exchange.redirects) == (exchange.url, ())


def test_five_redirects_are_followed_and_a_sixth_is_not(fetch):
    """A chain that never ends would be followed for ever."""
    routes = {f"/{n}": redirect(f"/{n + 1}") for n in range(9)} | {"/5": reply(b"end")}
    with Server(to(routes)) as server:
        assert fetch(server.url("/0")).body == b"end"
        routes["/5"] = redirect("/6")
        exchange = fetch(server.url("/0")).exchange

    assert exchange.transport is Transport.REDIRECT
    assert "more than 5 times" in exchange.detail
    assert len(exchange.redirects) == 5


def test_a_circle_is_seen_at_once(fetch):
    """Asking the same again cannot give another answer."""
    with Server(to({"/a": redirect("/b"), "/b": redirect("/a")})) as server:
        exchange = fetch(server.url("/a")).exchange

    assert exchange.transport is Transport.REDIRECT
    assert len(server.asked) == 2


def test_a_cookie_wall_is_passed_without_keeping_the_cookie(make_fetcher):
    """Some sites send everyone to the same address again until the cookie comes back."""
    fetcher = make_fetcher()

    def answer(asked):
        yield (
            reply(b"in")
            if "seen=1" in asked.headers.get("cookie", "")
            else redirect(asked.path, "Set-Cookie: seen=1; Path=/; HttpOnly")
        )

    with Server(answer) as server:
        bodies = [ask(fetcher, server.url()).body for _ in range(2)]

    assert bodies == [b"in", b"in"]
    assert ["cookie" in asked.headers for asked in server.asked] == [False, True, False, True]


SECRETS = (("Authorization", "Bearer s3cret"), ("X-Api-Key", "s3cret"), ("Cookie", "sid=s3cret"))


@pytest.mark.parametrize("status", ["301 Moved", "302 Found", "303 See Other", "307 Again", "308 Moved"])
def test_nothing_secret_goes_to_another_origin(fetch, status):
    """Another port is another origin: CVE-2018-18074, CVE-2023-32681 and their relatives."""
    with Server(lambda _: [reply(b"other")]) as other:
        first = Server(lambda _: [redirect(other.url("/x"), "Set-Cookie: a=b", status=status)])
        with first:
            got = fetch(
                first.url(),
                headers=(*SECRETS, ("Accept-Language", "uk"), ("User-Agent", "OpenData")),
                etag='"v1"',
                last_modified="Sat, 01 Feb 2031 00:00:00 GMT",
            )

    assert got.body == b"other"
    assert "s3cret" in first.asked[0].headers["authorization"]
    assert first.asked[0].headers["if-none-match"] == '"v1"'
    assert set(other.asked[0].headers) == {
        "host",
        "user-agent",
        "accept",
        "accept-language",
        "accept-encoding",
    }
    assert other.asked[0].headers["user-agent"] == "OpenData"


def test_the_same_origin_keeps_them(fetch):
    """A login or a condition that is dropped on the way would fail every poll."""
    with Server(to({"/": redirect("/x"), "/x": reply(b"ok")})) as server:
        fetch(server.url(), headers=SECRETS, etag='"v1"')

    assert server.asked[1].headers["authorization"] == "Bearer s3cret"
    assert server.asked[1].headers["if-none-match"] == '"v1"'


REFUSED = [
    "ftp://127.0.0.1/",
    "file:///etc/passwd",
    "javascript:alert(1)",
    "data:text/html,x",
    "gopher://127.0.0.1:25/",
    "//user:word@127.0.0.1/",
    "http://127.1/",
    "http://0x7f000001/",
    "http://127.0.0.1\\@other.example/",
    "http://127.0.0.1:99999/",
    "http:///",
]


@pytest.mark.parametrize("location", REFUSED)
def test_a_redirect_to_an_odd_address_is_not_followed(fetch, location):
    """Redirects are written by the other side."""
    with Server(lambda _: [redirect(location)]) as server:
        exchange = fetch(server.url()).exchange

    assert exchange.transport is Transport.REDIRECT
    assert len(server.asked) == 1


@pytest.mark.parametrize(
    "location", ["http://10.0.0.1/", "http://169.254.169.254/", "http://[::ffff:127.0.0.1]/"]
)
def test_each_hop_passes_the_gate(fetch, location):
    """The classic way to an internal service is a public site that redirects there."""
    with Server(lambda _: [redirect(location)]) as server:
        exchange = fetch(server.url()).exchange

    assert exchange.transport is Transport.REFUSED_ADDRESS
    assert exchange.redirects == (server.url(),)


def test_encryption_is_not_left_unless_the_source_allows_it(make_fetcher, tls):
    """A redirect to plain http would let anyone on the way write the news."""
    fetcher = make_fetcher(resolver=lambda host, port: ["127.0.0.1"])
    with (
        Server(lambda _: [reply(b"plain")]) as plain,
        Server(lambda _: [redirect(plain.url())], tls=tls.server("mfa.example")) as server,
    ):
        url = server.url(host="mfa.example")
        refused = ask(fetcher, url, allow_http=False, ca_file=tls.ca_file).exchange
        allowed = ask(fetcher, url, allow_http=True, ca_file=tls.ca_file)

    assert refused.transport is Transport.REDIRECT
    assert "not encrypted" in refused.detail
    assert allowed.body == b"plain"


def test_a_query_becomes_a_plain_request_where_the_standard_says_so(fetch):
    """RFC 9110, 15.4: 303 asks for the result; 301 and 302 mean the same in practice."""
    with Server(to({"/": redirect("/x", status="303 See Other"), "/x": reply(b"ok")})) as server:
        fetch(server.url(), method="POST", body=b'{"q": 1}', headers=(("Content-Type", "application/json"),))

    assert [asked.line.split()[0] for asked in server.asked] == ["POST", "GET"]
    assert server.asked[1].body == b""
    assert "content-type" not in server.asked[1].headers


def test_a_query_is_repeated_on_the_same_host_only(make_fetcher):
    """307 and 308 repeat the body; what was asked of one host is not told another."""
    fetcher = make_fetcher(resolver=lambda host, port: ["127.0.0.1"])
    with Server(lambda asked: [redirect(locations.get(asked.path, ""), status="307 Again")]) as server:
        locations = {"/": "/x", "/x": f"http://other.example:{server.port}/y"}
        exchange = ask(fetcher, server.url(host="mfa.example"), method="POST", body=b"{}").exchange

    assert [asked.path for asked in server.asked] == ["/", "/x"]
    assert server.asked[1].body == b"{}"
    assert exchange.transport is Transport.REDIRECT


def test_locations_that_disagree_are_not_followed(fetch):
    """Which of two addresses is meant cannot be known."""
    with Server(lambda _: [redirect("/a", "Location: /b")]) as server:
        exchange = fetch(server.url()).exchange

    assert exchange.transport is Transport.REDIRECT
    assert len(server.asked) == 1


@pytest.mark.parametrize(
    ("location", "path"),
    [
        ("news", "/a/news"),
        ("../news", "/news"),
        ("?page=2", "/a/b?page=2"),
        ("/новини".encode().decode("latin-1"), "/%D0%BD%D0%BE%D0%B2%D0%B8%D0%BD%D0%B8"),
        ("/a news", "/a%20news"),
        ("/x#part", "/x"),
    ],
)
def test_locations_are_read_as_browsers_do(fetch, location, path):
    """Sites write relative addresses, bare UTF-8 and spaces."""
    with Server(lambda asked: [reply(b"ok") if asked.path == path else redirect(location)]) as server:
        got = fetch(server.url("/a/b"))

    assert got.body == b"ok"


def test_the_connection_is_used_again_after_a_redirect(fetch):
    """A second TLS handshake costs the site and us more than the page."""
    page = reply(b"moved" * 100, "Location: /x", status="301 Moved")
    with Server(to({"/": page, "/x": reply(b"ok")})) as server:
        fetch(server.url())

    assert server.connections == 1
