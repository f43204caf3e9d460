"""Every kind of source through a whole poll: what is asked, recorded, noted, and never taken for news."""

import json
from dataclasses import replace

import pytest

from monitor.errors import FetchError
from monitor.fetching import FolderFetcher
from monitor.model import JsonDocument, Listing, Paging, PagingBy, Source, SourceKind, Verdict
from monitor.pipeline import page_edits
from monitor.sources import Sources
from tests.fakes import Page
from tests.pipeline.conftest import page

HOST = "https://ministry.example"
COMMON = {"publisher": "Example Ministry", "lang": "en", "voice": "CA", "licence": "example"}
LISTING = Source(
    "list",
    SourceKind.LISTING,
    url=f"{HOST}/news",
    listing=Listing(item="li.news", date="time", next="a.next"),
    **COMMON,
)
API = Source(
    "api",
    SourceKind.API,
    url=f"{HOST}/api?page=1",
    rows="items",
    fields=(("id", "id"), ("title", "title"), ("link", "link")),
    paging=Paging("page", 2, "total", by=PagingBy.PAGES, first=1),
    **COMMON,
)
SITEMAP = Source("map", SourceKind.SITEMAP, url=f"{HOST}/sitemap.xml", paths=("/news/*",), days=30, **COMMON)
WATCHED = Source("page", SourceKind.PAGE, url=f"{HOST}/agreement", **COMMON)
INBOX = Source("mail", SourceKind.INBOX, url=HOST, folder="inbox", senders=("@ministry.example",), **COMMON)


def listed(*numbers, following=""):
    """A page that lists news by number."""
    rows = "".join(
        f'<li class=news><time datetime="2024-02-{n:02d}">x</time><a href="/news/{n}">Visit {n}</a></li>'
        for n in numbers
    )
    more = f'<a class=next href="{following}">Earlier</a>' if following else ""
    return f"<html><body><main><ul>{rows}</ul>{more}</main></body></html>".encode()


def api_page(*numbers, total):
    """A page of a press service."""
    items = [{"id": n, "title": f"Visit {n}", "link": f"/news/{n}"} for n in numbers]
    return json.dumps({"items": items, "total": total}).encode()


@pytest.fixture
def home(house):
    """The house with only the sources that a test names, whose news pages all answer."""

    def with_sources(*sources):
        house.parts.fetcher.now = house.clock.now()
        house.parts = replace(house.parts, sources=Sources(sources))
        house.pages.update(
            {f"{HOST}/news/{n}": page(f"Visit {n}", "The minister travelled.") for n in range(100)}
        )
        return house

    return with_sources


def known(house, source):
    """The numbers of the items that are stored of a source."""
    return sorted(
        int(key.rpartition("/")[2]) for key in house.store.item_versions(source.id) if key.startswith("link:")
    )


def asked(house):
    """The paths that were asked, in order."""
    return [request.url.removeprefix(HOST) for request in house.parts.fetcher.asked]


# --- listing


def test_a_listing_is_followed_to_its_pages(home):
    """An entry's page is the document that detection reads."""
    house = home(LISTING)
    house.pages[LISTING.url] = listed(2, 1)
    (outcome,) = house.run()

    assert (outcome.poll.verdict, outcome.poll.items_new) == (Verdict.OK, 2)
    assert asked(house) == ["/news", "/news/2", "/news/1"]


def test_a_poll_goes_back_to_what_is_known(home):
    """A week of downtime on a list of two entries: nothing passes unseen, and there is no gap."""
    house = home(LISTING)
    house.pages[LISTING.url] = listed(2, 1)
    house.run()
    house.pages[LISTING.url] = listed(8, 7, following="/news?page=2")
    house.pages[f"{HOST}/news?page=2"] = listed(6, 5, following="/news?page=3")
    house.pages[f"{HOST}/news?page=3"] = listed(4, 2, following="/news?page=4")
    house.run()

    assert known(house, LISTING) == [1, 2, 4, 5, 6, 7, 8]
    assert house.store.gaps() == ()
    assert "/news?page=4" not in asked(house)


def test_a_first_poll_reads_one_page(home):
    """Nothing is known yet, so there is nothing to go back to; a backfill is asked for by a person."""
    house = home(LISTING)
    house.pages[LISTING.url] = listed(8, 7, following="/news?page=2")
    house.run()

    assert "/news?page=2" not in asked(house)


@pytest.mark.parametrize(
    "earlier",
    [
        pytest.param(FetchError("list", "timeout", "slow"), id="timeout"),
        pytest.param(Page(b"x", 404), id="404"),
    ],
)
def test_an_earlier_page_that_fails_leaves_a_gap_and_loses_nothing(home, earlier):
    """What the first page shows is read all the same."""
    house = home(LISTING)
    house.pages[LISTING.url] = listed(2, 1)
    house.run()
    house.pages[LISTING.url] = listed(8, 7, following="/news?page=2")
    house.pages[f"{HOST}/news?page=2"] = earlier
    (outcome,) = house.run()

    assert outcome.poll.verdict is Verdict.OK
    assert known(house, LISTING) == [1, 2, 7, 8]
    assert len(house.store.gaps()) == 1


@pytest.mark.parametrize(
    ("earlier", "second", "third"),
    [
        pytest.param(Paging("page", 0, "", first=0, by=PagingBy.PAGES), "page=1", "page=2", id="pages"),
        pytest.param(Paging("start", 0, "", first=0, by=PagingBy.ROWS), "start=2", "start=4", id="rows"),
    ],
)
@pytest.mark.parametrize(
    "last",
    [
        pytest.param(listed(6, 5), id="last-page-again"),
        pytest.param(listed(), id="empty-page"),
    ],
)
def test_a_list_whose_pages_are_numbered_ends_where_it_shows_nothing_new(home, earlier, second, third, last):
    """Beyond its last page a site shows none, or the last one again: that is the end, and no fault."""
    source = replace(LISTING, listing=replace(LISTING.listing, next=""), paging=earlier)
    house = home(source)
    house.pages[source.url] = listed(2, 1)
    house.run()
    house.pages[source.url] = listed(8, 7)
    house.pages[f"{source.url}?{second}"] = listed(6, 5)
    house.pages[f"{source.url}?{third}"] = last
    (outcome,) = house.run()

    assert outcome.poll.verdict is Verdict.OK
    assert known(house, source) == [1, 2, 5, 6, 7, 8]
    assert len([url for url in asked(house) if "=" in url]) == 2


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(b"<html><body><main><p>Welcome to our new site</p></main></body></html>", id="redesign"),
        pytest.param(b"<html><title>Just a moment...</title><script></script></html>", id="wall"),
        pytest.param(listed(), id="empty"),
        pytest.param(b"", id="nothing"),
        pytest.param(listed(9, 8).replace(b"datetime", b"data-x"), id="days-are-gone"),
    ],
)
def test_a_rebuilt_or_walled_list_changes_nothing_but_health(home, body):
    """One of the peers' faults, on a listing: the items stay, and the failure is told."""
    house = home(LISTING)
    house.pages[LISTING.url] = listed(2, 1)
    house.run()
    before = house.store.item_versions(LISTING.id)
    house.pages[LISTING.url] = body
    (outcome,) = house.run()

    assert not outcome.poll.verdict.is_success
    assert outcome.failed
    assert house.store.item_versions(LISTING.id) == before


# --- api


def test_a_press_service_is_read_to_its_total(home):
    """Page by page, by the number of the page."""
    house = home(API)
    house.pages |= {
        f"{HOST}/api?page=1": api_page(5, 4, total=5),
        f"{HOST}/api?page=2": api_page(3, 2, total=5),
        f"{HOST}/api?page=3": api_page(1, total=5),
    }
    house.run()

    assert known(house, API) == [1, 2, 3, 4, 5]


@pytest.mark.parametrize(
    ("second", "detail"),
    [
        pytest.param(Page(b"busy", 503), "HTTP 503", id="unavailable"),
        pytest.param(api_page(total=5), "is empty", id="empty"),
        pytest.param(api_page(5, 4, total=5), "repeats earlier rows", id="the-same-page-again"),
        pytest.param(b'{"items": [', "the JSON cannot be read", id="cut-short"),
    ],
)
def test_a_failed_page_is_a_failed_poll(home, second, detail):
    """A failed page that passed for "no more results" once lost thousands of documents to another tool."""
    house = home(API)
    house.pages |= {f"{HOST}/api?page=1": api_page(5, 4, total=5), f"{HOST}/api?page=2": second}
    (outcome,) = house.run()

    assert not outcome.poll.verdict.is_success
    assert detail in outcome.poll.detail
    assert known(house, API) == []


class Endless:
    """A press service that shows fresh rows on page after page, for ever."""

    def __init__(self):
        self.pages = 0

    def get(self, url, _):
        self.pages += 1
        return api_page(2 * self.pages, 2 * self.pages + 1, total=10**9)


@pytest.mark.slow
def test_a_list_without_end_is_a_fault_that_is_said(home):
    """H11: it is asked for so many pages and no more, and half of it never looks like the whole."""
    house = home(API)
    house.parts.fetcher.pages = Endless()
    (outcome,) = house.run()

    assert (outcome.poll.verdict, known(house, API)) == (Verdict.ERROR, [])
    assert "more than 500 pages" in outcome.poll.detail
    assert len(asked(house)) == 500


class Counting:
    """A Reader that counts the lists that it reads."""

    def __init__(self, reader):
        self.reader, self.lists = reader, 0

    def read(self, job):
        self.lists += job.item is None
        return self.reader.read(job)


def paged(home):
    """A house with a press service of two pages that was read once, and what counts its lists."""
    house = home(API)
    reader = Counting(house.parts.reader)
    house.parts = replace(house.parts, reader=reader)
    house.pages |= {
        f"{HOST}/api?page=1": api_page(5, 4, total=3),
        f"{HOST}/api?page=2": api_page(3, total=3),
    }
    house.run()
    reader.lists = 0
    house.parts.fetcher.asked.clear()
    return house, reader


def test_pages_that_are_all_the_same_are_not_read_again(home):
    """Reading costs a hundred times what asking costs, and most of a year's polls find nothing new."""
    house, reader = paged(home)
    house.pages[f"{HOST}/api?page=1"] = None  # "not modified"
    (outcome,) = house.run()

    assert (outcome.poll.verdict, reader.lists) == (Verdict.NOT_MODIFIED, 0)
    assert asked(house) == ["/api?page=1", "/api?page=2"]


def test_a_change_on_the_second_page_alone_is_seen(home):
    """Nobody promises that page two is unchanged because page one is."""
    house, reader = paged(home)
    full = house.pages[f"{HOST}/api?page=1"]
    house.pages |= {f"{HOST}/api?page=1": full, f"{HOST}/api?page=2": api_page(2, total=3)}
    house.run()

    assert known(house, API) == [2, 3, 4, 5]
    assert reader.lists == 2
    assert asked(house)[:2] == ["/api?page=1", "/api?page=2"]
    assert asked(house).count("/api?page=2") == 1  # what came is not asked for twice


def test_a_page_that_fails_where_the_first_is_unchanged_fails_the_poll(home):
    """Half of what was asked is no success, whatever the other half said."""
    house, _ = paged(home)
    house.pages |= {f"{HOST}/api?page=1": None, f"{HOST}/api?page=2": Page(b"busy", 503)}
    (outcome,) = house.run()

    assert (outcome.poll.verdict, known(house, API)) == (Verdict.ERROR, [3, 4, 5])


def test_json_behind_a_page_is_read_in_its_place(home):
    """Pages that are built by scripts: their words come from what the script asks."""
    document = JsonDocument("title", "text", url=f"{HOST}/content{{path}}.json")
    house = home(replace(API, document=document, paging=None))
    house.pages |= {
        API.url: api_page(5, total=1),
        f"{HOST}/content/news/5.json": b'{"title": "Visit", "text": "<p>The minister travelled.</p>"}',
    }
    (outcome,) = house.run()

    assert (outcome.poll.verdict, outcome.poll.reason) == (Verdict.OK, "")
    assert "/news/5" not in asked(house)


# --- sitemap


def sitemap(*entries):
    """A sitemap of (number, lastmod)."""
    urls = "".join(f"<url><loc>{HOST}/news/{n}</loc><lastmod>{day}</lastmod></url>" for n, day in entries)
    return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>'.encode()


def test_a_sitemap_gives_pages_their_titles(home):
    """Its items have no words of their own until their pages are read."""
    house = home(SITEMAP)
    house.pages[SITEMAP.url] = sitemap((5, "2024-02-20"), (1, "2019-01-01"))
    house.run()

    assert known(house, SITEMAP) == [5]
    assert asked(house) == ["/sitemap.xml", "/news/5"]


def test_a_page_that_changed_is_read_again(home):
    """A correction shows in a sitemap as another day."""
    house = home(SITEMAP)
    house.pages[SITEMAP.url] = sitemap((5, "2024-02-20"))
    house.run()
    house.run()
    house.pages[SITEMAP.url] = sitemap((5, "2024-02-21"))
    house.run()

    assert asked(house).count("/news/5") == 2


def test_an_index_is_read_with_its_sitemaps(home):
    """A failed sitemap is a failed poll; other publishers' sitemaps are not asked."""
    house = home(SITEMAP)
    house.pages |= {
        SITEMAP.url: f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
        f"<sitemap><loc>{HOST}/map-1.xml</loc></sitemap><sitemap><loc>{HOST}/map-2.xml</loc></sitemap>"
        f"<sitemap><loc>https://elsewhere.test/map.xml</loc></sitemap></sitemapindex>".encode(),
        f"{HOST}/map-1.xml": sitemap((5, "2024-02-20")),
    }
    (first,) = house.run()
    house.pages[f"{HOST}/map-2.xml"] = sitemap((6, "2024-02-20"))
    (second,) = house.run()

    assert (first.poll.verdict.is_success, second.poll.verdict) == (False, Verdict.OK)
    assert known(house, SITEMAP) == [5, 6]
    assert not any("elsewhere" in path for path in asked(house))


def test_after_a_pause_a_sitemap_is_read_as_far_back_as_it_was_long(home):
    """Two months of downtime, thirty days of window: what came in the first month is read too."""
    house = home(SITEMAP)
    house.pages[SITEMAP.url] = sitemap((1, "2024-02-20"))
    house.run()
    house.parts.fetcher.now = house.clock.advance(days=60)
    house.pages[SITEMAP.url] = sitemap((3, "2024-04-19"), (2, "2024-02-25"), (1, "2024-02-20"))
    house.run()

    assert known(house, SITEMAP) == [1, 2, 3]
    assert house.store.gaps() == ()


# --- page


def watched(words, title="Agreement on mutual support"):
    """The watched page with some words."""
    return page(title, "Article 1 is about support.", words, "Article 3 is about its end.")


def test_a_watched_page_tells_every_edit_and_going_back_too(home):
    """A, B, A: two edits, the second one back to the first text, both on record with what changed."""
    house = home(WATCHED)
    seen = []
    for words in ("Article 2, ten years.", "Article 2, twelve years.", "Article 2, ten years."):
        house.pages[WATCHED.url] = watched(words)
        (outcome,) = house.run()
        seen.append(len(outcome.seen))
    first, second = page_edits(house.parts, WATCHED.id)

    assert seen == [0, 1, 1]
    assert (first.change.before, first.change.after) == (second.change.after, second.change.before)
    assert first.change.words == "the text was changed: 0 passages added, 0 removed, 1 edited"


@pytest.mark.parametrize(
    ("body", "what"),
    [
        pytest.param(watched("This agreement was withdrawn on 1 March 2024."), "withdrawn", id="notice"),
        pytest.param(page("Programme of visits", "Monday.", "Tuesday."), "replaced", id="another-text"),
        pytest.param(
            watched("Article 2, ten years.").replace(b"</main>", b"<a href=/v2.pdf></a></main>"),
            "papers",
            id="another-paper",
        ),
    ],
)
def test_what_became_of_a_watched_page_is_named(home, body, what):
    """A reader must not find out by comparing texts that one was withdrawn."""
    house = home(WATCHED)
    house.pages[WATCHED.url] = watched("Article 2, ten years.")
    house.run()
    house.pages[WATCHED.url] = body
    house.run()

    assert [edit.change.what for edit in page_edits(house.parts, WATCHED.id)] == [what]


def test_a_page_that_moved_is_read_where_it_is_now_and_said_to_have_moved(home):
    """The address in the briefing's footnote is the one that no longer answers."""
    house = home(WATCHED)
    house.pages[WATCHED.url] = Page(watched("Article 2."), final_url=f"{HOST}/texts/agreement-2024")
    (outcome,) = house.run()

    assert (outcome.poll.verdict, outcome.poll.reason) == (Verdict.OK, "moved")
    assert "texts/agreement-2024" in outcome.poll.detail


@pytest.mark.parametrize(
    ("reply", "verdict"),
    [
        pytest.param(Page(b"<title>Gone</title>", 410), Verdict.GONE, id="gone"),
        pytest.param(Page(b"<html><title>Page not found</title></html>"), Verdict.GONE, id="soft-404"),
        pytest.param(Page(watched("A"), final_url=f"{HOST}/"), Verdict.SUSPECT, id="sent-to-the-home-page"),
        pytest.param(Page(b"<html><body><main></main></body></html>"), Verdict.ERROR, id="empty"),
    ],
)
def test_a_page_that_does_not_answer_is_no_edit(home, reply, verdict):
    """The last good text stays what later ones are compared with."""
    house = home(WATCHED)
    house.pages[WATCHED.url] = watched("Article 2.")
    house.run()
    house.pages[WATCHED.url] = reply
    (outcome,) = house.run()

    assert outcome.poll.verdict is verdict
    assert page_edits(house.parts, WATCHED.id) == ()


def test_a_rebuilt_page_does_not_pass_for_an_edited_text(home):
    """Its selector matches nothing: a person is told, and the text stays."""
    house = home(replace(WATCHED, main="article.text"))
    good = (
        watched("Article 2.").replace(b"<main>", b"<article class=text>").replace(b"</main>", b"</article>")
    )
    house.pages[WATCHED.url] = good
    house.run()
    house.pages[WATCHED.url] = watched("Article 2.")
    (outcome,) = house.run()

    assert (outcome.poll.verdict, outcome.poll.reason) == (Verdict.SUSPECT, "selector-missed")
    assert page_edits(house.parts, WATCHED.id) == ()


# --- inbox


def mail(sender, subject):
    """A mail with a release."""
    head = f"From: {sender}\r\nSubject: {subject}\r\nDate: Tue, 20 Feb 2024 10:00:00 +0000\r\n"
    return f"{head}Content-Type: text/plain; charset=utf-8\r\n\r\nThe minister travelled.\r\n".encode()


@pytest.fixture
def inbox(home, tmp_path):
    """A house with a folder of mail."""
    (tmp_path / "inbox").mkdir()
    house = home(INBOX)
    fetcher = FolderFetcher(tmp_path, house.parts.fetcher, house.clock)
    house.parts = replace(house.parts, fetcher=fetcher)
    return house


def test_mail_is_read_and_a_strangers_refused_once(inbox, tmp_path):
    """A refused file is named in the note of the poll, and not asked for at every poll."""
    (tmp_path / "inbox/1.eml").write_bytes(mail("press@ministry.example", "A visit"))
    (tmp_path / "inbox/2.eml").write_bytes(mail("stranger@elsewhere.test", "Signed!"))
    (first,) = inbox.run()
    (second,) = inbox.run()

    assert (first.poll.verdict, first.poll.items_new, first.poll.reason) == (Verdict.OK, 2, "refused-files")
    assert first.poll.detail.startswith("2.eml: ")
    assert "stranger@elsewhere.test" in first.poll.detail
    assert (second.poll.items_new, second.poll.items_edited) == (0, 0)


def test_a_file_that_cannot_be_read_is_named_at_every_poll(inbox, tmp_path):
    """Whoever put it there must learn which one to mend."""
    (tmp_path / "inbox/1.eml").write_bytes(mail("press@ministry.example", "A visit"))
    for number in range(2, 7):
        (tmp_path / f"inbox/{number}.pdf").write_bytes(b"%PDF-1.4 cut short")
    (first,) = inbox.run()

    assert first.poll.reason == "documents-missing"
    assert first.poll.detail.endswith("2.pdf, 3.pdf, 4.pdf, and 2 more")


def test_an_emptied_folder_is_no_event(inbox, tmp_path):
    """People move files away once they were read."""
    for number in range(5):
        (tmp_path / f"inbox/{number}.eml").write_bytes(mail("press@ministry.example", f"Visit {number}"))
    inbox.run()
    for path in (tmp_path / "inbox").iterdir():
        path.unlink()
    (empty,) = inbox.run()
    (tmp_path / "inbox/new.eml").write_bytes(mail("press@ministry.example", "Visit"))
    (again,) = inbox.run()

    assert (empty.poll.verdict.is_success, again.poll.verdict) == (True, Verdict.OK)
    assert inbox.store.gaps() == ()
    assert inbox.store.questions() == ()
