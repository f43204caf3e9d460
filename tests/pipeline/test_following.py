"""From an announcement to the agreement's own text beside it, and what is said of pages without shape."""

from dataclasses import replace

from monitor.errors import FetchError
from monitor.model import Verdict
from monitor.sources import Sources
from tests.fakes import Page
from tests.pipeline.conftest import FEED, feed, page

HOST = "https://ministry.example"
RELEASE = f"{HOST}/1.html"


def release(*links, words="The minister travelled by train."):
    """An official page with links, as (address, words)."""
    anchors = "".join(f'<p><a href="{address}">{text}</a></p>' for address, text in links)
    return page("A visit to Kyiv", words).replace(b"</main>", f"{anchors}</main>".encode())


def follow(house, *links, **pages):
    """Poll the feed once with a release that links to papers; return the addresses asked."""
    house.parts = replace(house.parts, sources=Sources((FEED,)))
    house.run()
    house.pages[FEED.url] = feed(("1", "A visit to Kyiv"), ("0", "Nothing of interest"))
    house.pages[RELEASE] = release(*links)
    before = len(house.parts.fetcher.asked)
    house.outcome = house.run()[0]
    return [request.url for request in house.parts.fetcher.asked[before + 1 :]]


def texts(house):
    """Titles of the stored documents of the release, by address."""
    exported = [line for line in house.store.export() if '"record":"document"' in line]
    return sorted(line.split('"url":"')[1].split('"')[0] for line in exported if "id:tag" in line)


def test_the_text_beside_a_release_is_read(house):
    """The agreement's own words, where they were published; fact sheets are left alone."""
    house.pages[f"{HOST}/text"] = page("Agreement on railways", "Article 1. The parties build a line.")
    asked = follow(house, (f"{HOST}/facts.pdf", "Fact sheet (PDF)"), ("/text", "Agreement on railways"))

    assert asked == [RELEASE, f"{HOST}/text"]
    assert f"{HOST}/text" in texts(house)


def test_at_most_two_papers_are_read(house):
    """An article that links to ten agreements is not a reason for ten requests."""
    links = [(f"/text-{n}", f"Agreement number {n}") for n in range(10)]
    for n in range(10):
        house.pages[f"{HOST}/text-{n}"] = page(f"Agreement number {n}", "Article 1. The parties agree.")

    assert follow(house, *links) == [RELEASE, f"{HOST}/text-0", f"{HOST}/text-1"]


def test_a_page_that_is_only_the_door_to_its_text_is_walked_through(house):
    """Publication pages hold a summary and the text as a file."""
    door = release(("/files/text", "Agreement on railways (PDF)"), words="This page holds the text.")
    house.pages[f"{HOST}/publication"] = door
    house.pages[f"{HOST}/files/text"] = page("Agreement on railways", "Article 1. The parties build.")
    asked = follow(house, ("/publication", "Agreement on railways"))

    assert asked == [RELEASE, f"{HOST}/publication", f"{HOST}/files/text"]


def test_papers_of_others_are_not_read(house):
    """Only what the publisher itself publishes is its word; its further hosts are named in the entry."""
    links = [("https://elsewhere.test/a", "The agreement"), ("https://files.test/b", "The agreement")]
    house.pages["https://files.test/b"] = page("Agreement", "Article 1. The parties agree.")
    named = replace(FEED, hosts=("files.test",))
    house.parts = replace(house.parts, sources=Sources((named,)))
    house.run()
    house.pages[FEED.url] = feed(("1", "A visit to Kyiv"), ("0", "Nothing of interest"))
    house.pages[RELEASE] = release(*links)
    house.run()
    asked = [request.url for request in house.parts.fetcher.asked]

    assert "https://files.test/b" in asked
    assert "https://elsewhere.test/a" not in asked


def test_pages_that_are_not_followed_lead_to_no_papers(house):
    """Where pages are walled, nothing beside them is asked for either."""
    house.parts = replace(house.parts, sources=Sources((replace(FEED, follow=False),)))
    house.run()

    assert [request.url for request in house.parts.fetcher.asked] == [FEED.url]


def test_a_paper_that_does_not_answer_is_asked_for_again(house):
    """The release is recorded, the text comes with the next poll."""
    house.pages[f"{HOST}/text"] = FetchError("feed", "timeout", "slow")
    follow(house, ("/text", "Agreement on railways"))
    first = house.outcome
    house.pages[f"{HOST}/text"] = page("Agreement on railways", "Article 1. The parties build a line.")
    house.run()

    assert (first.poll.verdict, first.poll.reason) == (Verdict.OK, "documents-missing")
    assert f"{HOST}/text" in texts(house)


def test_a_paper_that_is_refused_holds_nothing_up(house):
    """A file server behind a wall must not make every poll ask for the release again."""
    house.pages[f"{HOST}/text"] = Page(b"<title>Access denied</title>", 403)
    follow(house, ("/text", "Agreement on railways"))
    count = len(house.parts.fetcher.asked)
    house.run()

    assert house.outcome.poll.reason == ""
    assert len(house.parts.fetcher.asked) == count + 1


def test_pages_that_lost_their_shape_are_read_and_noted(house):
    """The selector matches nothing any more: news is read less exactly, and status and digest say so."""
    house.parts = replace(house.parts, sources=Sources((replace(FEED, main=".article"),)))
    house.run()
    (quiet,) = house.run()
    state = house.store.source_states()[FEED.id]

    assert (state.last_reason, quiet.poll.verdict) == ("main-missed", Verdict.NOT_MODIFIED)
    assert "`main` (.article) matches nothing on 1 of 1 pages" in state.last_detail
    report = house.channels["files"].delivered[-1][0]
    assert "Read, but to be noted: Example Ministry" in report.rendering(".md").content.decode()


def test_the_note_goes_when_the_selector_is_right_again(house):
    """A corrected entry is read anew, and nothing is noted any more."""
    house.parts = replace(house.parts, sources=Sources((replace(FEED, main=".article"),)))
    house.run()
    house.parts = replace(house.parts, sources=Sources((replace(FEED, main="main"),)))
    house.pages[FEED.url] = feed(("1", "A visit to Kyiv"), ("0", "Nothing of interest"))
    house.pages[RELEASE] = release()
    house.run()

    assert house.store.source_states()[FEED.id].last_reason == ""
