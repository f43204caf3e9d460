"""How the monitor presents itself, spaces its requests, and speaks about faults."""

import pytest

import monitor
from monitor.fetching import Politeness, identify, masked
from monitor.model import NetworkSettings, Transport
from tests.fetching.conftest import ask
from tests.fetching.servers import Server, reply


def test_the_user_agent_says_who_asks_and_whom_to_write_to(make_fetcher):
    """A webmaster who is bothered writes a mail instead of blocking."""
    with Server(lambda _: [reply(b"")]) as server:
        ask(make_fetcher(contact="library@parliament.example"), server.url())

    expected = f"briefing-monitor/{monitor.__version__} (+library@parliament.example)"
    assert server.asked[0].headers["user-agent"] == expected == identify("library@parliament.example")


def test_a_source_may_need_a_name_of_its_own(make_fetcher):
    """One open-data service wants a fixed user agent; encodings stay ours."""
    headers = (("User-Agent", "OpenData"), ("Accept-Encoding", "br"), ("Host", "other.example"))
    with Server(lambda _: [reply(b"")]) as server:
        ask(make_fetcher(), server.url(), headers=headers)

    sent = server.asked[0].headers
    assert (sent["user-agent"], sent["accept-encoding"]) == ("OpenData", "gzip, deflate")
    assert sent["host"] == f"127.0.0.1:{server.port}"


def test_requests_to_one_host_are_spaced(clock):
    """A register of forty pages must not arrive as forty requests in a second."""
    politeness = Politeness(clock, 1.0)
    for host in ("a.example", "a.example", "b.example", "a.example"):
        politeness.wait(host)

    assert clock.waits == [1.0, 1.0]


def test_time_that_passed_anyway_counts(clock):
    """Waiting after a slow reply would only slow the run down."""
    politeness = Politeness(clock, 1.0)
    politeness.wait("a.example")
    clock.passed_s += 5
    politeness.wait("a.example")

    assert clock.waits == []


def test_the_fetcher_waits_by_the_clock(make_fetcher, clock):
    """A simulated year must not take a year."""
    fetcher = make_fetcher(spacing_s=2.0)
    with Server(lambda _: [reply(b"")]) as server:
        exchanges = [ask(fetcher, server.url()).exchange for _ in range(3)]

    assert clock.waits == [2.0, 2.0]
    assert [(each.asked_at - exchanges[0].asked_at).total_seconds() for each in exchanges] == [0, 2, 4]


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://u:pw@a.example/x", "https://a.example/x"),
        ("https://a.example/?token=abc&page=2", "https://a.example/?token=...&page=2"),
        ("https://a.example/?api_key=abc#frag", "https://a.example/?api_key=..."),
        ("https://a.example/?q=eyJhbGciOiJIUzI1NiIsInR5cCI6", "https://a.example/?q=..."),
        ("https://a.example/?q=ukraine&from=2024-02-20", "https://a.example/?q=ukraine&from=2024-02-20"),
        ("https://a.example/\r\nX", "https://a.example/X"),
        ("http://[", "(an address that cannot be read)"),
    ],
)
def test_addresses_in_messages_hide_what_may_be_secret(url, shown):
    """Messages go into digests and logs, which are forwarded."""
    assert masked(url) == shown


def test_a_refused_redirect_shows_no_secret(fetch):
    """The only address that comes from the other side into a message."""
    location = "http://user:word@10.0.0.1/?session=s3cret"
    with Server(lambda _: [reply(b"", f"Location: {location}", status="302 Found")]) as server:
        detail = fetch(server.url(path="/?token=s3cret")).exchange.detail

    assert "s3cret" not in detail
    assert "word" not in detail.replace("password", "")


FAULTS = {
    "unresolved": ("https://mfa.invalid/?token=s3cret", Transport.UNRESOLVED),
    "refused": ("https://10.0.0.1/?token=s3cret", Transport.REFUSED_ADDRESS),
    "down": ("http://127.0.0.1:1/?token=s3cret", Transport.CONNECTION),
    "malformed": ("https://user:s3cret@mfa.example/", Transport.BAD_ADDRESS),
}


@pytest.mark.parametrize(("url", "transport"), FAULTS.values(), ids=FAULTS.keys())
def test_a_fault_says_host_fault_and_remedy_in_one_sentence(make_fetcher, url, transport):
    """It stands in the digest as it is; libraries' messages carry the address with its secrets."""

    def resolver(host, port):
        raise OSError(-2, "Name or service not known")

    exchange = ask(make_fetcher(resolver=resolver), url).exchange

    assert exchange.transport is transport
    assert "s3cret" not in exchange.detail
    assert ": " in exchange.detail
    assert "; " in exchange.detail
    assert "Error" not in exchange.detail
    assert "\n" not in exchange.detail


@pytest.mark.parametrize(
    "settings",
    [
        {"deadline_s": 0},
        {"deadline_s": 10_000},
        {"max_redirects": -1},
        {"spacing_s": -1},
        {"contact": "a\r\nX-Evil: 1"},
        {"proxy": "socks5://127.0.0.1"},
    ],
    ids=str,
)
def test_settings_out_of_range_are_refused(settings):
    """A deadline of nought, or a line break in a header, is a mistake of the person who wrote it."""
    with pytest.raises(ValueError, match=next(iter(settings))):
        NetworkSettings(**settings)
