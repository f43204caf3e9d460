"""Pages that are not there yet, or not at the moment."""

from monitor.errors import FetchError
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
