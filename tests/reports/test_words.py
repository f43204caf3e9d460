"""The English of the digest."""

from datetime import date

import pytest

from monitor.model import PartialDate, PartyCode
from monitor.reports.words import (
    in_prose,
    length,
    length_adjective,
    listed,
    parties_counted,
    publisher_in_prose,
    short_day,
)
from tests.reports.sample import NAMES


@pytest.mark.parametrize(
    ("codes", "expected"),
    [
        pytest.param(["QS", "QT", "QU"], "3 countries", id="countries"),
        pytest.param(["QS", "QT", "QU", "EU"], "3 countries and the EU", id="eu-beside-the-count"),
        pytest.param(["QS", "QS"], "1 country", id="each-once"),
        pytest.param(["EU"], "the EU", id="eu-alone"),
        pytest.param(["EU", "NATO", "QS"], "1 country, the EU and NATO", id="two-organisations"),
    ],
)
def test_an_organisation_is_never_counted_as_a_country(codes, expected):
    """The EU is a party: "28 countries and the EU", never "29 countries"."""
    assert parties_counted([PartyCode(code) for code in codes], NAMES) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("United Kingdom", "the United Kingdom"),
        ("Netherlands", "the Netherlands"),
        ("Marshall Islands", "the Marshall Islands"),
        ("Canada", "Canada"),
        ("Uganda", "Uganda"),
    ],
)
def test_names_take_the_article_that_english_gives_them(name, expected):
    """A sentence that misses an article reads as a machine's."""
    assert in_prose(PartyCode("QS"), {"QS": name}) == expected


@pytest.mark.parametrize(
    ("publisher", "expected"),
    [
        ("Government of Borduria", "the Government of Borduria"),
        ("Prime Minister's Office", "the Prime Minister's Office"),
        ("NATO", "NATO"),
        ("Borduria Today", "Borduria Today"),
    ],
)
def test_offices_take_an_article_in_prose(publisher, expected):
    """Attribution reads "according to the Government of Borduria"."""
    assert publisher_in_prose(publisher) == expected


@pytest.mark.parametrize(
    ("given", "words", "adjective"),
    [
        ("P10Y", "10 years", "ten-year"),
        ("P1Y", "1 year", "one-year"),
        ("P100Y", "100 years", "100-year"),
        ("10 years", "10 years", "ten-year"),
        ("until both sides agree", "until both sides agree", ""),
    ],
)
def test_a_length_is_written_out(given, words, adjective):
    """What is no plain length is shown as it was given, and never bent into an adjective."""
    assert (length(given), length_adjective(given)) == (words, adjective)


def test_a_list_has_one_and():
    """No comma before "and", as the house writes it."""
    assert listed(["a", "b", "c"]) == "a, b and c"


def test_a_date_known_to_the_month_keeps_its_year():
    """ "February" alone would claim less than it seems to."""
    assert short_day(PartialDate.month(2031, 2)) == "February 2031"
    assert short_day(PartialDate.day(date(2031, 2, 3))) == "3 February"
