"""Sentences are the scope of most rules; the block is the scope of the rest."""

import pytest

from monitor.language import sentences, tokenise


def cut(text: str) -> list[str]:
    """Return the sentences of ``text``."""
    tokens = tokenise(text)
    return [text[tokens.starts[first] : tokens.ends[last - 1]] for first, last in sentences(tokens)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("They met. They signed.", ["They met.", "They signed."], id="two"),
        pytest.param("Am 12. Juli wurde unterzeichnet.", ["Am 12. Juli wurde unterzeichnet."], id="ordinal"),
        pytest.param("Mr. Novak and J. Doe signed.", ["Mr. Novak and J. Doe signed."], id="abbreviations"),
        pytest.param("A loan of 10.5 million.", ["A loan of 10.5 million."], id="decimal"),
        pytest.param("“We signed.” Then they left.", ["“We signed.”", "Then they left."], id="quotation"),
        pytest.param("署名した。発表した。", ["署名した。", "発表した。"], id="japanese"),
        pytest.param("Heading\nText", ["Heading", "Text"], id="lines-are-apart"),
        pytest.param("У м. Київ, 5 р. тому.", ["У м. Київ, 5 р. тому."], id="ukrainian-abbreviations"),
    ],
)
def test_where_sentences_end(text: str, expected: list[str]) -> None:
    """A cut inside "12. Juli" would part the date from its verb."""
    assert cut(text) == expected


def test_the_ranges_cover_the_text_in_order() -> None:
    """Nothing is read twice or lost."""
    tokens = tokenise("One. Two!\nThree? (Four.) … five " + "word " * 900)
    ranges = sentences(tokens)
    assert [first for first, _ in ranges] == [0, *[last for _, last in ranges[:-1]]]
    assert ranges[-1][1] == len(tokens)


def test_a_list_without_an_end_is_cut_where_it_grows_too_long() -> None:
    """Scopes stay near their words, and a mark that ends nothing does not stretch a sentence."""
    long = tokenise("word " * 400 + "10.5 " + "word " * 900)
    assert [last - first for first, last in sentences(long)] == [401, 401, 401, 100]
