"""robots.txt: what it forbids is not asked, what it says of waiting is kept to, and it is asked for daily."""

from datetime import timedelta

import pytest

from monitor.errors import FetchError
from monitor.fetching.robots import ObedientFetcher
from monitor.model import Exchange, Reply, Request, Transport
from tests.fakes import FakeFetcher, FixedClock, Page
from tests.fetching.conftest import SLOT, ask
from tests.fetching.servers import Server, reply

SITE = "https://mfa.example"
NEWS = f"{SITE}/news"
FORBIDDING = b"User-agent: *\nDisallow: /news\n"


def _fetch(pages, url=NEWS, source="src", **settings):
    """Fetch one address obediently; return the reply and what the site was asked."""
    web = FakeFetcher({NEWS: b"list", **pages})
    fetcher = ObedientFetcher(web, FixedClock(), **settings)
    got = fetcher.fetch(Request(source, url), slot=SLOT, number=3)
    return got, [request.url for request in web.asked]


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        pytest.param(b"", True, id="empty"),
        pytest.param(b"User-agent: *\nDisallow:\n", True, id="nothing-forbidden"),
        pytest.param(FORBIDDING, False, id="all-machines"),
        pytest.param(b"User-agent: *\nDisallow: /\nAllow: /news", True, id="the-longer-rule-wins"),
        pytest.param(b"User-agent: briefing-monitor\nDisallow: /", False, id="us-by-name"),
        pytest.param(
            b"User-agent: briefing-monitor\nAllow: /\n\nUser-agent: *\nDisallow: /", True, id="us-let-in"
        ),
        pytest.param(b"User-agent: badbot\nDisallow: /", True, id="somebody-else"),
        pytest.param(b"<html>Page not found", True, id="a-page-instead"),
        pytest.param(b"\xff\xfe\0garbage", True, id="garbage"),
        pytest.param(b"\xef\xbb\xbf" + FORBIDDING, False, id="behind-the-mark-of-an-encoding"),
        pytest.param(FORBIDDING + b"#" * 600_000, False, id="before-much-else"),
    ],
)
def test_what_robots_txt_forbids_is_not_asked(text, asked):
    """A parliament's machine must not be the one that does not keep to what a ministry asks for."""
    got, urls = _fetch({f"{SITE}/robots.txt": text})

    assert (NEWS in urls) is asked
    assert (got.body == b"list") is asked


def test_the_refusal_says_what_to_do():
    """Nobody finds a rule in a robots.txt by looking at a page that opens well in a browser."""
    got, _ = _fetch({f"{SITE}/robots.txt": FORBIDDING})

    assert (got.exchange.transport, got.exchange.url, got.exchange.number) == (Transport.ROBOTS, NEWS, 3)
    assert "robots: ignore" in got.exchange.detail


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 451])
def test_no_robots_txt_forbids_nothing(status):
    """RFC 9309, section 2.3.1.3: where there is none, everything may be asked."""
    got, _ = _fetch({f"{SITE}/robots.txt": Page(b"Disallow: /", status=status)})

    assert got.body == b"list"


def test_one_that_redirects_in_circles_forbids_nothing():
    """RFC 9309, section 2.3.1.2: it is as if there were none, and the source must not stay unread for it."""
    got, _ = _fetch({f"{SITE}/robots.txt": FetchError("src", Transport.REDIRECT, "redirects in a circle")})

    assert got.body == b"list"


@pytest.mark.parametrize("fault", [Transport.BAD_ENCODING, Transport.TRUNCATED, Transport.TIMEOUT])
def test_a_fault_of_the_file_is_told_as_one(fault):
    """Who looks at the source's own address in a browser finds nothing wrong there."""
    got, _ = _fetch({f"{SITE}/robots.txt": FetchError("src", fault, "cannot be unpacked")})

    assert got.exchange.transport is fault
    assert got.exchange.detail.endswith("(at its robots.txt)")


@pytest.mark.parametrize("status", [500, 503])
def test_one_that_cannot_be_read_forbids_everything(status):
    """RFC 9309, section 2.3.1.4; the poll fails, and says why."""
    got, urls = _fetch({f"{SITE}/robots.txt": Page(b"", status=status)})

    assert urls == [f"{SITE}/robots.txt"]
    assert got.exchange.transport is Transport.ROBOTS
    assert f"HTTP {status}" in got.exchange.detail


def test_a_site_that_is_down_is_reported_as_down():
    """The fault is the site's, not that of its robots.txt."""
    from monitor.errors import FetchError

    got, _ = _fetch({f"{SITE}/robots.txt": FetchError("src", "timeout", "no reply")})

    assert (got.exchange.transport, got.exchange.url) == (Transport.TIMEOUT, NEWS)


def test_a_source_may_be_exempt():
    """Where the publisher has agreed, its robots.txt is not even asked for."""
    got, urls = _fetch({f"{SITE}/robots.txt": FORBIDDING}, exempt=["src"])

    assert (got.body, urls) == (b"list", [NEWS])


def test_it_is_asked_for_once_a_run():
    """Forty sources on one host are one robots.txt."""
    web = FakeFetcher({})
    fetcher = ObedientFetcher(web, FixedClock())
    for number in range(3):
        fetcher.fetch(Request(f"s{number}", f"{SITE}/{number}"), slot=SLOT, number=0)

    assert [request.url for request in web.asked].count(f"{SITE}/robots.txt") == 1


def test_it_is_remembered_for_a_day(tmp_path):
    """A run every five minutes must not ask 288 times a day for the same file."""
    path, clock = tmp_path / "cache" / "robots.json", FixedClock()
    asked = []
    for hours in (0, 1, 22, 25):
        web = FakeFetcher({f"{SITE}/robots.txt": FORBIDDING})
        fetcher = ObedientFetcher(web, FixedClock(clock.now() + timedelta(hours=hours)), remembered=path)
        got = fetcher.fetch(Request("src", NEWS), slot=SLOT, number=0)
        fetcher.close()
        asked.append(len(web.asked))
        assert got.exchange.transport is Transport.ROBOTS

    assert asked == [1, 0, 0, 1]


@pytest.mark.parametrize("content", [b"", b"{", b"[1]", b'{"a": 1}', b'{"a": ["x", "y"]}'], ids=repr)
def test_a_damaged_memory_costs_a_request(tmp_path, content):
    """It is a cache: whatever stands in it, the site is asked again."""
    path = tmp_path / "robots.json"
    path.write_bytes(content)

    got, urls = _fetch({f"{SITE}/robots.txt": FORBIDDING}, remembered=path)

    assert urls == [f"{SITE}/robots.txt"]
    assert got.body is None


def test_a_failure_is_not_remembered(tmp_path):
    """A site that was down for a minute must not be shut out for a day."""
    path = tmp_path / "robots.json"
    for page, body in ((Page(b"", status=503), None), (b"", b"list")):
        web = FakeFetcher({NEWS: b"list", f"{SITE}/robots.txt": page})
        fetcher = ObedientFetcher(web, FixedClock(), remembered=path)
        assert fetcher.fetch(Request("src", NEWS), slot=SLOT, number=0).body == body
        fetcher.close()


def test_a_crawl_delay_is_passed_on():
    """Not part of the standard, but sites that ask for it mean it."""
    told = []
    _fetch(
        {f"{SITE}/robots.txt": b"User-agent: *\nCrawl-delay: 10\n"},
        slow_down=lambda host, seconds: told.append((host, seconds)),
    )

    assert told == [("mfa.example", 10.0)]


def test_each_port_and_scheme_has_its_own():
    """RFC 9309, section 2.3: the file belongs to an authority."""
    web = FakeFetcher({})
    fetcher = ObedientFetcher(web, FixedClock())
    for url in (f"{SITE}/a", f"{SITE}:8443/a", "http://mfa.example/a"):
        fetcher.fetch(Request("src", url), slot=SLOT, number=0)

    robots = [request.url for request in web.asked if request.url.endswith("robots.txt")]
    assert robots == [f"{SITE}/robots.txt", f"{SITE}:8443/robots.txt", "http://mfa.example/robots.txt"]


@pytest.mark.parametrize("url", ["inbox:mail", "https://user@mfa.example/", "ftp://mfa.example/"])
def test_what_the_gate_refuses_is_left_to_the_gate(url):
    """Its message is the better one."""
    web = FakeFetcher({})
    ObedientFetcher(web, FixedClock()).fetch(Request("src", url), slot=SLOT, number=0)

    assert [request.url for request in web.asked] == [url]


def test_over_the_wire(make_fetcher, clock):
    """The real gate under it: one request for the file, none for what it forbids."""
    texts = {"/robots.txt": reply(b"User-agent: *\nDisallow: /secret\nCrawl-delay: 2\n")}
    web = make_fetcher()
    with Server(lambda asked: [texts.get(asked.path, reply(b"page"))]) as server:
        fetcher = ObedientFetcher(web, clock, slow_down=web.politeness.slow_down)
        got = [ask(fetcher, server.url(path)) for path in ("/open", "/secret/1", "/open/2")]

    assert [each.body for each in got] == [b"page", None, b"page"]
    assert [asked.path for asked in server.asked] == ["/robots.txt", "/open", "/open/2"]
    assert clock.waits == [2.0]


def test_an_enormous_one_holds_no_rules():
    """It is no robots.txt, and a site must not be able to make us read it."""

    class Huge:
        def fetch(self, request, *, slot, number):
            transport = Transport.TOO_LARGE if request.url.endswith("robots.txt") else Transport.ANSWERED
            exchange = Exchange("src", slot, number, "GET", request.url, SLOT, 0.0, transport, status=200)
            return Reply(exchange, b"list" if transport is Transport.ANSWERED else None)

    got = ObedientFetcher(Huge(), FixedClock()).fetch(Request("src", NEWS), slot=SLOT, number=0)

    assert got.body == b"list"
