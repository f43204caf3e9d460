"""How a workspace treats sites: the command line, a site that says what it wants, and what is asked of it."""

import json
import shutil

import pytest

from tests.fetching.conftest import Authority
from tests.fetching.servers import Server, reply

# Whole commands on a workspace with the shipped briefing: seconds each.
pytestmark = pytest.mark.slow

FEED = (
    b'<feed xmlns="http://www.w3.org/2005/Atom"><title>News</title><entry><id>urn:1</id>'
    b'<title>A visit</title><link href="http://127.0.0.1/1"/><updated>2024-02-25T10:00:00Z</updated></entry></feed>'
)
FORBIDDING = b"User-agent: *\nDisallow: /feed\n"
ENTRY = """
sources:
  - id: ministry
    kind: feed
    publisher: Example Ministry
    url: {url}
    voice: CA
    lang: en
    licence: example
    allow_http: true
    follow: false
"""
AT = ("--at", "2024-02-25T18:00")


@pytest.fixture
def site(workspace):
    """A site with a feed; ``pages`` says what it answers. The workspace polls its feed alone."""
    pages = {"/feed": reply(FEED, "Content-Type: application/atom+xml")}
    with Server(lambda asked: [pages.get(asked.path, reply(b"", status="404 Not Found"))]) as server:
        server.pages = pages
        (workspace / "sources.yaml").write_text(ENTRY.format(url=server.url("/feed")))
        yield server


@pytest.fixture(scope="session")
def tls(tmp_path_factory):
    """Certificates of an authority that nobody trusts by himself."""
    return Authority(tmp_path_factory.mktemp("tls"))


def test_robots_txt_is_asked_for_first_and_once_a_day(monitor, site):
    """Two runs within a day ask for it once."""
    monitor("run", *AT)
    monitor("run", "--at", "2024-02-25T22:00")

    assert [asked.path for asked in site.asked] == ["/robots.txt", "/feed", "/feed"]


def test_a_forbidden_source_is_blocked_and_says_why(monitor, site):
    """The site is not asked, the run fails, and the message names the way out."""
    site.pages["/robots.txt"] = reply(FORBIDDING)
    done = monitor("run", *AT)

    assert done.returncode == 3
    assert "robots.txt keeps machines away" in done.stdout
    assert [asked.path for asked in site.asked] == ["/robots.txt"]


def test_a_publisher_may_have_agreed(workspace, monitor, site):
    """The exception stands in the file, with a note that says who agreed."""
    site.pages["/robots.txt"] = reply(FORBIDDING)
    entry = (workspace / "sources.yaml").read_text()
    (workspace / "sources.yaml").write_text(entry + "    robots: ignore\n")
    unsaid = monitor("sources", "check")
    (workspace / "sources.yaml").write_text(entry + "    robots: ignore\n    note: agreed by mail\n")
    done = monitor("run", *AT)

    assert unsaid.returncode == 2
    assert "say who of the publisher agreed" in unsaid.stderr
    assert done.returncode == 0
    assert [asked.path for asked in site.asked] == ["/feed"]


def test_a_site_that_asks_for_rest_gets_it_in_later_runs_too(monitor, site):
    """The wish outlives the process; a person who asks for this very source is obeyed all the same."""
    site.pages["/feed"] = reply(b"", "Retry-After: 7200", status="503 Service Unavailable")
    monitor("run", *AT)
    site.pages["/feed"] = reply(FEED, "Content-Type: application/atom+xml")
    asked = len(site.asked)
    monitor("run", "--at", "2024-02-25T19:30")
    left_alone = len(site.asked) - asked
    by_hand = monitor("run", "--at", "2024-02-25T19:40", "--source", "ministry")
    monitor("run", "--at", "2024-02-25T21:00")

    assert left_alone == 0
    assert by_hand.returncode == 0
    assert len(site.asked) - asked == 2


def test_a_session_cookie_is_fetched_and_recorded_nowhere(workspace, monitor, site):
    """One register lets nobody in without it; its value must not be found in anything that is kept."""
    site.pages["/"] = reply(b"hello", "Set-Cookie: sid=s3cret; Path=/")
    entry = (workspace / "sources.yaml").read_text()
    (workspace / "sources.yaml").write_text(entry + f"    cookies_from: {site.url('/')}\n")
    done = monitor("run", *AT)
    feed = next(asked for asked in site.asked if asked.path == "/feed")

    assert done.returncode == 0
    assert feed.headers["cookie"] == "sid=s3cret"
    for path in (path for path in workspace.rglob("*") if path.is_file()):
        assert b"s3cret" not in path.read_bytes(), path


def test_a_ca_file_is_looked_for_in_the_workspace(workspace, monitor, tls):
    """A path in sources.yaml means a file beside it, wherever the command is started."""
    shutil.copy(tls.ca_file, workspace / "ca.pem")
    answer = {"/feed": reply(FEED, "Content-Type: application/atom+xml")}
    with Server(
        lambda asked: [answer.get(asked.path, reply(b"", status="404 Not Found"))],
        tls=tls.server("127.0.0.1"),
    ) as server:
        entry = ENTRY.format(url=server.url("/feed")) + "    ca_file: ca.pem\n"
        (workspace / "sources.yaml").write_text(entry)
        done = monitor("run", *AT, "--json")

    assert json.loads(done.stdout)[0]["sources"][0]["verdict"] == "ok"
