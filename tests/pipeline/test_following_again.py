"""Pages that are not there yet, or not at the moment, or that we fail on."""

from dataclasses import replace

from monitor.errors import FetchError
from monitor.pipeline import reread
from tests.fakes import Page
from tests.pipeline.conftest import FEED, feed, page

SIGNED = "In Kyiv on 20 February 2024, Canada and Ukraine signed the Agreement on Security Cooperation."
ADDRESS = "https://ministry.example/1.html"


def signings(house):
    """The dates of what was signed with Canada."""
    return [each.concluded.date.iso for each in house.store.agreements(party="CA")]


def asked(house):
    """How often the page was asked for."""
    return [request.url for request in house.parts.fetcher.asked].count(ADDRESS)


def test_a_page_that_a_list_names_too_early_is_asked_for_again(house):
    """The feed is minutes ahead of the site: 404 is not yet "gone"."""
    house.run()
    house.pages[FEED.url] = feed(("1", "Statement by the Prime Minister"), ("0", "Nothing of interest"))
    house.run()
    assert signings(house) == []
    house.pages[ADDRESS] = page("Statement by the Prime Minister", SIGNED)
    house.run()

    assert signings(house) == ["2024-02-20"]


def test_a_page_that_never_comes_is_given_up(house):
    """After some days the list's own words stand for it."""
    house.run()
    house.pages[FEED.url] = feed(("1", "Statement by the Prime Minister"), ("0", "Nothing of interest"))
    house.clock.advance(days=10)
    house.run()
    house.run()
    house.run()

    assert asked(house) == 1


def test_a_known_page_that_fails_is_not_replaced_by_its_entry(house):
    """The entry was edited, the page does not answer: what the page said stands, with its date."""
    house.run()
    house.pages[FEED.url] = feed(("1", "Canada and Ukraine sign agreement"), ("0", "Nothing of interest"))
    house.pages[ADDRESS] = page("Canada and Ukraine sign agreement", SIGNED)
    house.run()
    told = house.told()
    house.pages[FEED.url] = feed(("1", "Canada and Ukraine sign an agreement"), ("0", "Nothing of interest"))
    house.pages[ADDRESS] = FetchError("feed", "timeout", "did not answer")
    house.run()
    house.pages[ADDRESS] = page("Canada and Ukraine sign an agreement", SIGNED)
    house.run()

    assert signings(house) == ["2024-02-20"]
    assert house.told() == told


class Crashing:
    """A detector with a fault of ours, for one page."""

    def __init__(self, detector):
        self.detector = detector

    def detect(self, document, *, focal=None):
        if document.url == ADDRESS:
            raise ZeroDivisionError
        return self.detector.detect(document, focal=focal)


def test_a_page_that_detection_fails_on_is_given_up_and_said(house):
    """It was asked for, and failed on, at every poll for ever, and its source never asked conditionally."""
    house.run()
    detector = house.parts.detector
    house.parts = replace(house.parts, detector=Crashing(detector))
    house.pages[FEED.url] = feed(("1", "Statement by the Prime Minister"), ("0", "Nothing of interest"))
    house.pages[ADDRESS] = page("Statement by the Prime Minister", SIGNED)
    reasons = [outcome.poll.reason for _ in range(5) for outcome in house.run()[1:]]

    assert asked(house) == 3
    assert reasons == ["documents-missing", "documents-missing", "", "same-body", "same-body"]
    assert house.store.source_states()[FEED.id].baffling == ((ADDRESS, 3),)

    house.parts = replace(house.parts, detector=detector)
    reread(house.parts, record_as="A. Reader")
    assert signings(house) == ["2024-02-20"]
    assert house.store.source_states()[FEED.id].baffling == ()


def _run(house):
    """One run, in which what is asked is asked now."""
    house.parts.fetcher.now = house.clock.now()
    return house.run()


def _statement(house):
    """A house that has read a statement which says nothing, from a feed that says the same from then on."""
    _run(house)
    house.pages[FEED.url] = feed(("1", "Statement by the Prime Minister"), ("0", "Nothing of interest"))
    house.pages[ADDRESS] = page("Statement by the Prime Minister", "The Prime Minister is in Kyiv.")
    _run(house)
    house.pages[FEED.url] = None  # "not modified"
    return house


def test_a_page_edited_while_its_list_says_the_same_is_read_again(house):
    """The signing is added to the statement in the evening, and the feed does not say so."""
    _statement(house)
    house.pages[ADDRESS] = page("Statement by the Prime Minister", SIGNED)
    house.clock.advance(days=1)
    _run(house)

    assert signings(house) == ["2024-02-20"]
    assert len(house.told()) == 1


def test_a_recent_page_is_asked_for_once_a_day_and_for_a_week(house):
    """It costs its site one conditional request a day, and old pages none."""
    headers = (("Content-Type", "text/html"), ("ETag", '"1"'))
    _statement(house)
    house.pages[ADDRESS] = Page(page("Statement by the Prime Minister", SIGNED), headers=headers)
    days = []
    for _ in range(12):
        house.clock.advance(hours=22)
        before = asked(house)
        _run(house)
        _run(house)
        days.append(asked(house) - before)

    assert days == [1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0]
    again = [request for request in house.parts.fetcher.asked if request.url == ADDRESS]
    assert [request.etag for request in again[2:]] == ['"1"'] * 6


def test_a_recent_page_that_is_gone_changes_nothing(house):
    """Absence is never an event."""
    _statement(house)
    documents = house.store.documents_by_body(), house.store.item_versions(FEED.id)
    house.pages[ADDRESS] = Page(b"not here", status=404)
    house.clock.advance(days=1)
    _run(house)

    assert (house.store.documents_by_body(), house.store.item_versions(FEED.id)) == documents
