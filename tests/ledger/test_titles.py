"""Titles of one instrument differ between registers and languages; those of two may look alike."""

import pytest

from monitor.ledger.titles import Match, compare, read_title

PARTIES = "between the Government of the Kingdom of Ruritania and the Government of the Republic of Borduria"


def alike(one, other, *, langs=("en", "en")):
    """Compare two titles."""
    return compare(read_title(one, langs[0]), read_title(other, langs[1]))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(
            f"Digital Trade Agreement, done at Zenda and Szohod on 20 March, 5 and 11 May 2031, {PARTIES}",
            f"Digital Trade Agreement {PARTIES}",
            id="place-and-days-of-an-exchange-worked-in",
        ),
        pytest.param(
            f"Agreement, done at Zenda on 9 May and Szohod on 16 May 2030, {PARTIES} on Air Services",
            f"Agreement {PARTIES} concerning Air Services",
            id="two-places-two-days",
        ),
        pytest.param(
            f"Framework Agreement {PARTIES} on the Harbour\u2019s Capabilities",
            f"Framework Agreement {PARTIES} on the Harbour\ufffds Capabilities",
            id="an-apostrophe-that-a-register-lost",
        ),
        pytest.param(
            "One Hundred Year Partnership Agreement",
            "100-year partnership",
            id="a-number-in-words-or-figures",
        ),
        pytest.param(
            f"Agreement {PARTIES} on Co-operation in Fisheries",
            "Fisheries cooperation agreement",
            id="a-hyphen",
        ),
    ],
)
def test_one_instrument_written_in_two_ways_agrees(one, other):
    """Two registers print the same treaty differently; it must not be reported twice."""
    likeness = alike(one, other)

    assert likeness.match in (Match.AGREE, Match.EQUAL)
    assert likeness.value > 0.6


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("Protocol on Readmission", "Agreement on Fisheries", id="two-subjects"),
        pytest.param("100-year partnership agreement", "Ten-year partnership agreement", id="two-lengths"),
        pytest.param("Convention on Social Security", "Agreement on Air Services", id="nothing-in-common"),
    ],
)
def test_titles_of_two_instruments_differ(one, other):
    """Two agreements of one pair on one day must not be merged."""
    assert alike(one, other).match is Match.DIFFER


@pytest.mark.parametrize(
    ("one", "other", "langs", "expected"),
    [
        pytest.param(
            "Угода про співробітництво у сфері безпеки",
            "Accordo di cooperazione in materia di sicurezza",
            ("uk", "it"),
            Match.OPEN,
            id="security-in-ukrainian-and-italian",
        ),
        pytest.param(
            "安全保障協定",
            "Sicherheitsvereinbarung",
            ("ja", "de"),
            Match.OPEN,
            id="security-in-japanese-and-german",
        ),
        pytest.param(
            "Протокол про реадмісію",
            "Trade agreement",
            ("uk", "en"),
            Match.DIFFER,
            id="readmission-and-trade",
        ),
    ],
)
def test_titles_in_two_languages_are_compared_by_what_they_are_about(one, other, langs, expected):
    """A release in each side's language is one event; about two subjects it is two."""
    assert alike(one, other, langs=langs).match is expected


def test_an_instruments_own_number_is_not_its_parents():
    """ "Agreement No. 4 amending Agreement No. 3" is number 4."""
    title = read_title("Agreement No. 4, done at Zenda on 1 May 2031, amending Agreement No. 3", "en")

    assert (title.numbers, title.parent_numbers, title.changes_another) == ({"4"}, {"3"}, True)


def test_social_security_is_not_security():
    """A pension convention would otherwise fit any security agreement of that day."""
    assert "security" not in read_title("Convention on Social Security", "en").concepts


def test_a_title_of_instrument_words_alone_says_nothing():
    """ "Bilateral cooperation agreement" fits every agreement, so it may not tell two apart."""
    assert alike("Bilateral cooperation agreement", "Agreement on Fisheries").match is Match.OPEN
