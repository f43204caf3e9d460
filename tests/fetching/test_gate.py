"""F4, F7: the address that was checked is the one that is dialled, and the name stays with it."""

import socket

import pytest

from monitor.model import Transport
from tests.fetching.conftest import ask
from tests.fetching.servers import Server, reply

PUBLIC = "93.184.216.34"


def redirected_to(server, dialled):
    """Return a dial hook that notes where it was to connect, and connects to the server instead."""

    def dial(sock, address):
        dialled.append(address)
        sock.connect(("127.0.0.1", server.port))

    return dial


def test_the_vetted_address_is_dialled_and_the_name_is_sent(make_fetcher):
    """Dialling by name would ask the name service again, and it may answer otherwise."""
    dialled = []
    with Server(lambda _: [reply(b"ok")]) as server:
        fetcher = make_fetcher(
            allow_loopback=False,
            resolver=lambda host, port: [PUBLIC],
            dial=redirected_to(server, dialled),
        )
        got = ask(fetcher, "http://mfa.example:8080/news")

    assert got.body == b"ok"
    assert dialled == [(PUBLIC, 8080)]
    assert server.asked[0].headers["host"] == "mfa.example:8080"


def test_a_name_that_changes_its_mind_is_refused(make_fetcher):
    """DNS rebinding: a public address while it is checked, an internal one while it is dialled."""
    answers = [[PUBLIC], ["127.0.0.1"]]
    dialled = []
    with Server(lambda _: [reply(b"ok"), None]) as server:
        fetcher = make_fetcher(
            allow_loopback=False,
            resolver=lambda host, port: answers.pop(0),
            dial=redirected_to(server, dialled),
        )
        first = ask(fetcher, "http://mfa.example/").exchange
        second = ask(fetcher, "http://mfa.example/").exchange

    assert (first.transport, second.transport) == (Transport.ANSWERED, Transport.REFUSED_ADDRESS)
    assert dialled == [(PUBLIC, 80)]


@pytest.mark.parametrize(
    "addresses",
    [
        ["127.0.0.1"],
        [PUBLIC, "127.0.0.1"],
        ["10.0.0.1", PUBLIC],
        ["2606:4700::1111", "::1"],
        [PUBLIC, "64:ff9b::a9fe:a9fe"],
        [PUBLIC, "fe80::1%eth0"],
    ],
    ids=" ".join,
)
def test_a_set_with_one_internal_address_is_refused_whole(make_fetcher, addresses):
    """Which one of a mixed set is dialled is up to chance; so none is."""
    dialled = []
    fetcher = make_fetcher(
        allow_loopback=False, resolver=lambda host, port: addresses, dial=lambda *to: dialled.append(to)
    )
    exchange = ask(fetcher, "https://mfa.example/").exchange

    assert exchange.transport is Transport.REFUSED_ADDRESS
    assert dialled == []


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://169.254.169.254/latest/meta-data/",
        "http://①②⑦.⓪.⓪.①/",
        "http://10.0.0.1:8080/",
    ],
)
def test_an_internal_address_in_figures_is_refused_without_asking_anyone(make_fetcher, url):
    """Figures need no name service, and must not slip past the check for that."""
    fetcher = make_fetcher(
        allow_loopback=False, resolver=lambda host, port: pytest.fail("asked the name service")
    )

    assert ask(fetcher, url).exchange.transport is Transport.REFUSED_ADDRESS


def test_the_message_of_a_refusal_says_what_to_do(make_fetcher):
    """Whoever serves a workspace locally must find the switch."""
    detail = ask(make_fetcher(allow_loopback=False), "http://127.0.0.1/").exchange.detail

    assert detail == (
        "127.0.0.1: leads to 127.0.0.1 (this machine itself), and only public addresses are asked; check "
        "the address, or set allow_loopback under [network] for sources served here"
    )


def test_a_dead_first_address_does_not_lose_the_source(make_fetcher):
    """Half of the world's IPv6 routes lead nowhere; the next address is tried."""
    dialled = []
    with Server(lambda _: [reply(b"ok")]) as server:
        connect = redirected_to(server, dialled)

        def dial(sock, address):
            if sock.family == socket.AF_INET6:
                raise OSError(101, "Network is unreachable")
            connect(sock, address)

        fetcher = make_fetcher(resolver=lambda host, port: ["2606:4700::1111", PUBLIC], dial=dial)
        got = ask(fetcher, "http://mfa.example/")

    assert got.body == b"ok"
    assert dialled == [(PUBLIC, 80)]


def test_a_silent_first_address_takes_only_its_share_of_the_time(make_fetcher):
    """An address that swallows packets must leave time for the next one."""
    shares = []
    with Server(lambda _: [reply(b"ok")]) as server:
        connect = redirected_to(server, [])

        def dial(sock, address):
            shares.append(sock.gettimeout())
            if len(shares) == 1:
                raise TimeoutError("timed out")
            connect(sock, address)

        fetcher = make_fetcher(
            resolver=lambda host, port: [PUBLIC, "93.184.216.35"], dial=dial, deadline_s=8.0
        )
        got = ask(fetcher, "http://mfa.example/")

    assert got.body == b"ok"
    assert shares[0] == pytest.approx(4.0, abs=0.1)


def test_ipv6_loopback_is_reached(make_fetcher):
    """A workspace may be served on ::1."""
    with Server(lambda _: [reply(b"six")], family=socket.AF_INET6) as server:
        got = ask(make_fetcher(), server.url(host="[::1]"))

    assert got.body == b"six"


@pytest.mark.parametrize(
    "failure",
    [
        OSError(-2, "Name or service not known"),
        OSError(-3, "Temporary failure in name resolution"),
        UnicodeError("label empty or too long"),
    ],
    ids=["unknown", "temporary", "unspeakable"],
)
def test_a_name_that_does_not_resolve_is_an_error_never_a_pass(make_fetcher, failure):
    """A check that is skipped because there is no answer lets the next answer through unchecked."""

    def resolver(host, port):
        raise failure

    exchange = ask(
        make_fetcher(resolver=resolver, dial=lambda *_: pytest.fail("dialled")), "https://mfa.example/"
    )

    assert exchange.exchange.transport is Transport.UNRESOLVED


def test_a_name_without_addresses_is_an_error(make_fetcher):
    """An empty set has no bad address in it."""
    fetcher = make_fetcher(resolver=lambda host, port: [], dial=lambda *_: pytest.fail("dialled"))

    assert ask(fetcher, "https://mfa.example/").exchange.transport is Transport.UNRESOLVED


def test_a_closed_port_is_a_connection_that_failed(fetch):
    """The usual way a site is down."""
    with Server(lambda _: []) as server:
        url = server.url()

    exchange = fetch(url).exchange
    assert exchange.transport is Transport.CONNECTION
    assert "does not take connections" in exchange.detail


def test_a_connection_kept_from_before_and_closed_meanwhile_is_made_again(make_fetcher):
    """Servers close idle connections at any moment; that is no failure of the source."""
    fetcher = make_fetcher()
    answers = iter([[reply(b"one")], [None], [reply(b"two")]])
    with Server(lambda _: next(answers)) as server:
        bodies = [ask(fetcher, server.url()).body for _ in range(2)]

    assert bodies == [b"one", b"two"]
    assert server.connections == 2


def test_a_query_is_not_sent_twice(make_fetcher):
    """Only reading may be repeated; a POST may have been taken."""
    fetcher = make_fetcher()
    answers = iter([[reply(b"one")], [None], [reply(b"two")]])
    with Server(lambda _: next(answers)) as server:
        transports = [
            ask(fetcher, server.url(), method="POST", body=b"{}").exchange.transport for _ in range(2)
        ]

    assert transports == [Transport.ANSWERED, Transport.CONNECTION]
    assert [asked.body for asked in server.asked] == [b"{}", b"{}"]


@pytest.mark.parametrize(
    "url",
    [
        "",
        "mfa.example",
        "ftp://mfa.example/",
        "https://user:word@mfa.example/",
        "http://127.1/",
        "https://a b/",
    ],
)
def test_an_address_that_cannot_be_fetched_is_an_outcome(make_fetcher, url):
    """An item's link may be anything; the run goes on."""
    got = ask(make_fetcher(dial=lambda *_: pytest.fail("dialled")), url)

    assert (got.exchange.transport, got.body) == (Transport.BAD_ADDRESS, None)


def test_plain_http_needs_the_source_to_allow_it(make_fetcher):
    """What is not encrypted can be changed on the way; a source says so or is not asked."""
    fetcher = make_fetcher(dial=lambda *_: pytest.fail("dialled"))
    exchange = ask(fetcher, "http://mfa.example/", allow_http=False).exchange

    assert exchange.transport is Transport.BAD_ADDRESS
    assert "allow_http" in exchange.detail
