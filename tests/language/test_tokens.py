"""Words are what every rule counts in; a wrong cut makes names and verbs invisible."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.language import distinct_words, fold, tokenise


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("Ukraine's allies", ["Ukraine", "s", "allies"], id="english-genitive"),
        pytest.param("l’accord", ["l", "accord"], id="french-elision"),
        pytest.param("Türkiye'nin", ["Türkiye", "nin"], id="turkish-ending"),
        pytest.param("п’ять угод", ["п’ять", "угод"], id="ukrainian-apostrophe-is-a-letter"),
        pytest.param("G7-Staaten, 2024", ["G", "7", "-", "Staaten", ",", "2024"], id="letters-and-figures"),
        pytest.param("підписа\u0301ли", ["підписа\u0301ли"], id="stress-inside-a-word"),
        pytest.param("وق\u0651ع", ["وق\u0651ع"], id="arabic-vowel-signs"),
        pytest.param("Cafe\u0301 ouvert", ["Cafe\u0301", "ouvert"], id="accent-apart-from-its-letter"),
    ],
)
def test_words_and_marks(text: str, words: list[str]) -> None:
    """Elisions and endings behind an apostrophe would otherwise hide the name before them."""
    assert tokenise(text).words == words


def test_every_token_stands_where_it_says() -> None:
    """Quotations are cut from the text by these places."""
    text = "日英両政府は、2024年に署名 (signed) “Київ”\n— fin."
    tokens = tokenise(text)
    assert [text[a:b] for a, b in zip(tokens.starts, tokens.ends, strict=True)] == tokens.words


def test_runs_of_signs_are_cut_by_the_dictionary() -> None:
    """Japanese has no spaces, so the longest known entry is the word."""
    assert tokenise("協定に署名", lambda run: [2, 1, 2]).words == ["協定", "に", "署名"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("România", "romania", id="romanian-without-marks"),
        pytest.param("POLSKĄ", "polska", id="polish-capitals"),
        pytest.param("Łotwa", "lotwa", id="barred-l"),
        pytest.param("Cafe\u0301", "café", id="composed-or-not"),
        pytest.param("İtalya", "italya", id="turkish-dotted-i"),
    ],
)
def test_spellings_that_compare_equal(one: str, other: str) -> None:
    """Texts drop accents that the lexicon has, and the other way round."""
    assert fold(one) == fold(other)


def test_voiced_kana_stay_another_sound() -> None:
    """Taking their mark off would make other Japanese words."""
    assert fold("ガ") != fold("カ")


@given(st.text(st.characters(max_codepoint=127), max_size=40))
def test_english_text_falls_apart_as_any_other(text: str) -> None:
    """Text of plain letters is cut by a simpler rule; one foreign word must not change the others."""
    alone, beside = tokenise(text), tokenise(text + " \u00e9")
    places = list(zip(alone.words, alone.starts, alone.ends, strict=True))
    assert places == list(zip(beside.words, beside.starts, beside.ends, strict=True))[:-1]


@pytest.mark.parametrize("text", ["Ukraine’s 2nd G7 pact", "п’ять угод – 5", "日英両政府は、署名", "a b a"])
def test_distinct_words_are_those_of_the_tokens(text: str) -> None:
    """A quick look at a text must not see other words than reading does."""
    assert distinct_words(text) == set(tokenise(text).words)
