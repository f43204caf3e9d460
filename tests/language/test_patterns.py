"""The small language of patterns that lexicons and name files are written in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.language import Patterns, tokenise


def found(pattern: str, text: str, proclitics: tuple[str, ...] = ()) -> list[str]:
    """Return the stretches of ``text`` that ``pattern`` takes."""
    patterns = Patterns([(pattern, "hit")], proclitics)
    tokens = tokenise(text, patterns.cut)
    ids = patterns.ids(tokens.words)
    return [
        text[tokens.starts[match.first] : tokens.ends[match.last]]
        for match in patterns.find(ids, 0, len(tokens))
    ]


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        pytest.param("sign*", "They signed; a sign", ["signed", "sign"], id="beginning"),
        pytest.param("*abkommen", "das Luftfahrtabkommen", ["Luftfahrtabkommen"], id="ending"),
        pytest.param("*avtal*", "försvarsavtalet", ["försvarsavtalet"], id="middle"),
        pytest.param("signed|inked", "inked it", ["inked"], id="either"),
        pytest.param("entered into", "entered into talks", ["entered into"], id="two-words"),
        pytest.param(
            "has ~ signed", "has today in Oslo signed", ["has today in Oslo signed"], id="gap-of-three"
        ),
        pytest.param("has ~ signed", "has on this very fine day signed", [], id="gap-too-wide"),
        pytest.param("has ~9 signed", "has: signed", [], id="no-gap-over-a-colon"),
        pytest.param(
            "will_be|is signed", "It will be signed", ["will be signed"], id="alternative-of-two-words"
        ),
        pytest.param("US", "give us the US", ["US"], id="capitals-stay-capitals"),
        pytest.param("^Chad", "chad and Chad", ["Chad"], id="must-begin-with-a-capital"),
        pytest.param("austr*<9", "Austria, Australians", ["Austria"], id="no-longer-than"),
        pytest.param("G7", "the G7 and G8", ["G7"], id="letters-with-figures"),
        pytest.param("# states", "12 states, 2 states", ["12 states"], id="any-number-from-three"),
        pytest.param("協定", "日英協定に", ["協定"], id="without-spaces"),
    ],
)
def test_a_pattern_takes(pattern: str, text: str, expected: list[str]) -> None:
    """Each construct of the language does what docs/languages.md says of it."""
    assert found(pattern, text) == expected


def test_a_proclitic_may_stand_before_a_word() -> None:
    """The Arabic article and "and" are written on the word."""
    assert found("اتفاقية", "والاتفاقية", ("ال", "وال")) == ["والاتفاقية"]


@pytest.mark.parametrize("pattern", ["~ signed", "signed ~", "*", "^"])
def test_a_pattern_without_a_word_at_its_ends_is_refused(pattern: str) -> None:
    """It would match anywhere; the message quotes it."""
    with pytest.raises(ValueError, match="pattern"):
        Patterns([(pattern, "hit")])


def test_a_very_long_word_is_no_word() -> None:
    """A page of one endless word must cost nothing."""
    assert found("a*", "a" * 100_000) == []


WORDS = st.sampled_from(["sign", "signed", "sealed", "talks", "on", "the", "US", "us", ":", "12"])
PATTERNS = st.lists(
    st.lists(st.sampled_from(["sign*", "*ed", "talks|on", "^Us", "US", "the", "#"]), min_size=1, max_size=3)
)


@given(PATTERNS, st.lists(WORDS, max_size=12), st.sampled_from([" ", " ~ "]))
def test_a_quick_look_misses_nothing(patterns: list[list[str]], words: list[str], gap: str) -> None:
    """Where it says that no pattern is there, none is found; a text is not read further then."""
    compiled = Patterns([(gap.join(pattern), len(pattern)) for pattern in patterns])
    cues = compiled.cues(lambda length: length > 1)
    matches = compiled.find(compiled.ids(words), 0, len(words))
    assert cues.any_in(set(words)) or not any(match.label > 1 for match in matches)


def test_a_quick_look_asks_for_all_words_of_a_pattern() -> None:
    """ "Programme" alone is in every list of events; only "programme of cooperation" is an instrument."""
    cues = Patterns([("programme ~1 of ~1 cooperation", "instrument")]).cues(lambda _: True)
    assert not cues.any_in({"programme", "of", "events"})
    assert cues.any_in({"cooperation", "of", "programme"})
