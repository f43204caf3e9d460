"""Titles in tables: short enough to read, in the source's own words."""

import pytest

from monitor.reports.titles import first_words, short_title

_LONG_SIDES = (
    "between the Government of the Kingdom of Borduria and Northern Zubrowka and the Government of Ruritania"
)

_YEARS = "Memorandum on what both Governments intend to do about railways between 2029 and 2034, year by year"


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        pytest.param(
            "Agreement on security cooperation between Borduria and Ruritania",
            "Agreement on security cooperation between Borduria and Ruritania",
            id="short-enough-as-it-is",
        ),
        pytest.param(
            f"Framework Agreement {_LONG_SIDES} on Official Credit Support",
            "Framework Agreement on Official Credit Support",
            id="sides-in-the-middle",
        ),
        pytest.param(
            f"Partnership Agreement, done at Strelsau on 8 October 2030, {_LONG_SIDES}",
            "Partnership Agreement",
            id="sides-and-day-at-the-end",
        ),
        pytest.param(
            f"Agreement No. 4 in the form of an Exchange of Letters {_LONG_SIDES} amending Agreement No. 3"
            f" in the form of an Exchange of Letters {_LONG_SIDES}, of 3 May 2029, on trade in grain and in"
            " the seed of oil plants",
            "Agreement No. 4 amending Agreement No. 3, of 3 May 2029, on trade in grain and in"
            " the seed of oil plants",
            id="nested-with-its-form",
        ),
        pytest.param(_YEARS, _YEARS, id="between-two-years"),
        pytest.param("word " * 60, ("word " * 24).strip() + "…", id="cut-between-words"),
        pytest.param("約" * 200, "約" * 120 + "…", id="no-spaces"),
    ],
)
def test_a_long_title_loses_what_the_row_says_anyhow(title, expected):
    """A cell of 300 characters makes a table that nobody reads; the whole title stands with the quotation."""
    assert short_title(title) == expected


def test_first_words_end_between_words():
    """They tell one link from another, no more."""
    assert first_words("Canada and Borduria sign an agreement on security cooperation") == (
        "Canada and Borduria sign an agreement on…"
    )
