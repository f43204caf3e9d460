"""Sources through the command line: a new one, a look back, a question, a watched page."""

import json
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

# Whole commands on a workspace with the shipped briefing: seconds each.
pytestmark = pytest.mark.slow

ATOM = (
    '<feed xmlns="http://www.w3.org/2005/Atom"><title>News</title><id>x</id>{}</feed>',
    (
        '<entry><id>tag:x,{0}</id><title>Visit number {0}</title><link href="/news/{0}"/>'
        "<updated>2024-02-{1:02d}T10:00:00Z</updated></entry>"
    ),
)


def feed(*numbers, prefix=""):
    """An Atom feed of visits by number, a day each."""
    return ATOM[0].format("".join(ATOM[1].format(f"{prefix}{n}", n) for n in numbers))


def news(*numbers, following=""):
    """A page that lists visits by number."""
    rows = "".join(
        f'<article class="teaser"><time datetime="2024-02-{n:02d}">x</time><h3><a href="/news/{n}">'
        f"The minister's visit number {n}</a></h3></article>"
        for n in numbers
    )
    more = f'<a rel="next" href="{following}">Earlier news</a>' if following else ""
    return (
        "<html lang=en><title>News | Ministry of Ruritania</title>"
        "<body><nav><a href=/about>About us</a></nav>"
        f"<main><h1>News</h1>{rows}{more}</main></body></html>"
    )


@dataclass
class Site:
    """A ministry's site on this machine; a test puts pages under paths."""

    url: str
    pages: dict[str, str] = field(default_factory=dict)


@pytest.fixture
def site():
    """A site whose news pages all answer."""
    made = Site("")

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            words = f"<html lang=en><body><main><h1>Visit</h1><p>{self.path}</p></main></body></html>"
            text = made.pages.get(self.path, words if self.path.startswith("/news/") else None)
            body = (text or "not here").encode()
            kind = "application/atom+xml" if "<feed" in body[:100].decode() else "text/html"
            self.send_response(200 if text else 404)
            self.send_header("Content-Type", f"{kind}; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        made.url = f"http://127.0.0.1:{server.server_address[1]}"
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield made
        server.shutdown()
        thread.join()


@pytest.fixture
def only(workspace):
    """Make one source the workspace's only one."""

    def write(**entry):
        lines = [f"    {name}: {json.dumps(value)}" for name, value in entry.items()]
        text = "\n".join(
            [
                "# what is polled",
                "sources:",
                "  - id: ministry",
                "    publisher: Ministry",
                "    voice: XR",
                *lines,
                "    lang: en",
                "    licence: CC0",
                "    allow_http: true  # a test's own site",
                "",
            ]
        )
        (workspace / "sources.yaml").write_text(text)

    return write


AT = ("--at", "2024-02-25T18:00")
LATER = ("--at", "2024-02-26T18:00")


def test_a_feed_that_a_page_names_is_found_and_written(workspace, monitor, site, only):
    """The page a person found leads to the feed; comments of the file stay."""
    only(kind="feed", url=f"{site.url}/feed")
    link = '<link rel="alternate" type="application/atom+xml" title="All news" href="/all.atom">'
    site.pages |= {"/": f"<html><head>{link}</head><body>{news(1)}</body></html>", "/all.atom": feed(2, 1)}
    before = (workspace / "sources.yaml").read_text()
    done = monitor(
        "sources", "add", f"{site.url}/", "--yes", "--allow-http", "--voice", "XB", "--id", "new", *AT
    )
    written = (workspace / "sources.yaml").read_text()

    assert done.returncode == 0, done.stderr
    assert "- 2024-02-02 Visit number 2" in done.stdout
    assert written.startswith(before.rstrip())
    assert [row["id"] for row in json.loads(monitor("sources", "list", "--json").stdout)] == [
        "ministry",
        "new",
    ]


SITEMAP = (
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
    "<url><loc>{0}/news/1</loc><lastmod>2024-02-20</lastmod></url></urlset>"
)
PAPER = (
    "<html lang=en><body><main><h1>A paper</h1>" + "<p>The parties agree.</p>" * 9 + "</main></body></html>"
)


@pytest.mark.parametrize(
    ("page", "kind", "shown"),
    [
        pytest.param(feed(2, 1), "feed", "Visit number 2", id="feed"),
        pytest.param(news(4, 3, 2, 1), "listing", "The minister's visit number 4", id="listing"),
        pytest.param(SITEMAP, "sitemap", "/news/1", id="sitemap"),
        pytest.param(PAPER, "page", "A paper", id="one-page"),
    ],
)
def test_each_kind_of_address_becomes_an_entry_that_is_polled(
    workspace, monitor, site, only, page, kind, shown
):
    """What is offered is what a poll then reads; a page without a list is watched itself."""
    only(kind="feed", url=f"{site.url}/feed")
    site.pages |= {"/feed": feed(1), "/new": page.replace("{0}", site.url) if page == SITEMAP else page}
    added = monitor(
        "sources", "add", f"{site.url}/new", "--yes", "--allow-http", "--voice", "XB", "--id", "new", *AT
    )
    polled = monitor("run", "--source", "new", "--no-deliver", *AT)
    entry = json.loads(monitor("sources", "show", "new", "--json").stdout)

    assert (added.returncode, polled.returncode) == (0, 0), added.stderr + polled.stdout
    assert (entry["kind"], entry["last_verdict"], shown in added.stdout) == (kind, "ok", True)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        pytest.param([], "say for which party it speaks", id="no-voice"),
        pytest.param(["--voice", "ZZ"], "the new entry: 127-0-0-1: voice: not a party code", id="no-party"),
        pytest.param(["--voice", "XB", "--id", "ministry"], "the new entry: ministry: id:", id="id-taken"),
    ],
)
def test_an_entry_that_cannot_stand_is_not_written(workspace, monitor, site, only, options, words):
    """What to give is said in the words of the command, not by a line that the file does not have."""
    only(kind="feed", url=f"{site.url}/feed")
    site.pages |= {"/new": feed(1)}
    before = (workspace / "sources.yaml").read_text()
    done = monitor("sources", "add", f"{site.url}/new", "--yes", "--allow-http", *options, *AT)

    assert (done.returncode, words in done.stderr) == (2, True), done.stderr
    assert (workspace / "sources.yaml").read_text() == before


def test_a_person_may_close_a_gap(monitor, site, only):
    """Where a list shows one page only, somebody looks it through."""
    only(kind="listing", url=f"{site.url}/list", listing={"item": "article.teaser"})
    site.pages["/list"] = news(16, 15)
    monitor("run", *AT)
    site.pages["/list"] = news(22, 21)
    monitor("run", "--all", *LATER)
    refused = monitor("backfill", "ministry", "--since", "2024-02-10", *LATER)
    looked = monitor("checked", "ministry", "--by", "A. Researcher", "--gap", *LATER)

    assert (refused.returncode, "one page only" in refused.stderr) == (2, True)
    assert "gaps closed: 1" in looked.stdout
    assert "GAP" not in monitor("status", *LATER).stdout


def test_a_held_list_is_released_by_an_answer(monitor, site, only):
    """All entries came back under new ids: a person says that it is right, and they are taken in."""
    only(kind="feed", url=f"{site.url}/feed")
    site.pages["/feed"] = feed(4, 3, 2, 1)
    monitor("run", *AT)
    site.pages["/feed"] = feed(4, 3, 2, 1).replace("tag:x,", "urn:new:")
    monitor("run", "--all", *LATER)
    (question,) = json.loads(monitor("questions", "--json", *LATER).stdout)
    answered = monitor("sources", "answer", question["id"], "--by", "A. Researcher", *LATER)
    monitor("run", "--all", "--at", "2024-02-27T18:00")
    state = json.loads(monitor("sources", "show", "ministry", "--json").stdout)

    assert "new identities" in question["question"]
    assert answered.returncode == 0, answered.stderr
    assert state["last_verdict"] == "ok"
    assert json.loads(monitor("questions", "--json", *LATER).stdout) == []
    assert len(json.loads(monitor("questions", "--all", "--json", *LATER).stdout)) == 1


def test_changes_of_a_watched_page_are_shown_with_their_words(monitor, site, only):
    """What was there, what is there now, and when it was seen."""
    only(kind="page", url=f"{site.url}/agreement")
    text = "<html lang=en><body><main><h1>Agreement</h1><p>It runs for {} years.</p></main></body></html>"
    site.pages["/agreement"] = text.format("ten")
    monitor("run", *AT)
    site.pages["/agreement"] = text.format("twelve")
    run = monitor("run", "--all", *LATER)
    shown = monitor("sources", "changes", "ministry")

    assert "WATCHED     Ministry" in run.stdout
    assert shown.stdout.splitlines()[1].strip() == "~ It runs for [-ten-]{+twelve+} years."


def test_a_password_in_an_address_is_not_repeated(monitor):
    """What a command says is copied into tickets and logs."""
    refused = monitor("sources", "add", "https://user:hush@mfa.example/feed")

    assert refused.returncode == 1
    assert "hush" not in refused.stdout + refused.stderr
    assert refused.stderr.startswith(
        "error: https://mfa.example/feed: the address contains a user name or password; remove it"
    )
