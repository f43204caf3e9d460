"""Titles of one pair are told apart by subject and number, not by names, dates and forms."""

import pytest

from monitor.briefing.titles import are_alike, are_at_odds, core_words, is_distinctive

FREE_TRADE = "Political, Free Trade and Strategic Partnership Agreement"


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        pytest.param(
            FREE_TRADE,
            f"{FREE_TRADE}, done at Zenda on 8 October 2030, between the Kingdom of Ruritania and Borduria",
            True,
            id="a-register-adds-parties-and-date",
        ),
        pytest.param(
            "Agreement on Security Co-operation", "Agreement on security cooperation", True, id="hyphens"
        ),
        pytest.param(FREE_TRADE, f"Agreement No. 3 amending the {FREE_TRADE}", False, id="an-amendment"),
        pytest.param(
            f"Agreement No. 3 to amend {FREE_TRADE}", f"Agreement No. 4 to amend {FREE_TRADE}", False
        ),
        pytest.param(
            "Agreement on Security Cooperation between Borduria and Ruritania",
            "One Hundred Year Partnership Agreement between Borduria and Ruritania",
            False,
            id="partnership-is-not-security",
        ),
        pytest.param("", "Agreement", False, id="nothing-to-compare"),
    ],
)
def test_alike(one, other, expected):
    """Names of parties, days and places are no part of what an instrument is."""
    assert are_alike(one, other) is expected


def test_a_title_that_says_more_is_not_at_odds():
    """One side adds "long-term support"; it does not contradict the other."""
    assert not are_at_odds("Agreement on security cooperation", "Security cooperation and long-term support")
    assert are_at_odds("Agreement on security cooperation", "Agreement on support and cooperation")


def test_generic_titles_are_known_as_such():
    """Two words that half the pacts of the world share do not identify one."""
    assert not is_distinctive("Agreement on security cooperation")
    assert is_distinctive(FREE_TRADE)
    assert (
        core_words("Agreement between the Republic of Borduria and the Kingdom of Ruritania") == frozenset()
    )
