"""P7: what is stored is what can be seen."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.language.normalise import normalise, shorten

ANY_TEXT = st.text(st.characters(exclude_categories=()))  # lone surrogates too


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        pytest.param("signed\u202e\u202c today", "signed today", id="bidi-override"),
        pytest.param("not\u200b signed", "not signed", id="zero-width-space"),
        pytest.param("co\xadoperation", "cooperation", id="soft-hyphen"),
        pytest.param("Borduria\x00 and\x07 Syldavia", "Borduria and Syldavia", id="control-characters"),
        pytest.param("one\u2028two\x0bthree\x85four\xa0five", "one two three four five", id="odd-line-ends"),
        pytest.param("Cafe\u0301", "Café", id="decomposed"),
        pytest.param("\ud83d\ude00 \ud800x", "😀 \ufffdx", id="surrogates"),
        pytest.param("می\u200cشود", "می\u200cشود", id="joiner-that-is-spelling"),
        pytest.param("sig\u200dned", "signed", id="joiner-that-hides"),
        pytest.param("a\u2800b\u3164", "a b", id="blank-letters"),
        pytest.param("x\ufeffy\U000e0041", "xy", id="byte-order-mark-and-tags"),
        pytest.param("令和６年", "令和６年", id="full-width-figures-stay"),
    ],
)
def test_text_becomes_what_can_be_seen(raw, expected):
    """A hidden character in a title must neither hide a word from the rules nor reorder a digest."""
    assert normalise(raw) == expected


@given(ANY_TEXT)
def test_normalising_again_changes_nothing(text):
    """Stored text is compared with newly read text, so the form must be a fixpoint."""
    once = normalise(text)

    assert normalise(once) == once


@given(ANY_TEXT)
def test_the_result_can_be_stored_and_mailed(text):
    """Lone surrogates, NUL and line separators break databases, mail headers and XML."""
    result = normalise(text)

    result.encode("utf-8")
    assert not any(unicodedata.category(each) in {"Cc", "Cs", "Zl", "Zp"} for each in result)
    assert unicodedata.is_normalized("NFC", result)


def test_a_cut_text_says_so():
    """A reader must see that a title goes on."""
    cut = shorten("word " * 100, 40)

    assert cut.startswith("word word")
    assert cut.endswith("[… cut at 40 characters]")


def test_a_text_within_the_limit_is_left_alone():
    """The mark must not be longer than what it replaces."""
    assert shorten("x" * 60, 50) == "x" * 60
