"""Most entries of a list say nothing of agreements; that is seen at a glance, which must miss nothing."""

from pathlib import Path

import pytest

from monitor.detection import Detection, Detector
from monitor.model import Stage
from monitor.recognition import labelled_records

from .conftest import page

FILES = sorted((Path(__file__).parent / "guard").glob("??.jsonl"))
RECORDS = [record for file in FILES for record in labelled_records(file)[:2]]
LONG = " " * 1_001  # a text that is longer is read whole


def _told(detection: Detection) -> tuple[object, ...]:
    spans = [(f.sides, f.stage, f.quote, f.score) for f in (*detection.findings, *detection.unsure)]
    return detection.stage, spans, detection.mentions, detection.reasons


@pytest.mark.parametrize("lang", sorted({record["lang"] for record in RECORDS}))
def test_a_glance_misses_nothing_that_reading_finds(detector: Detector, lang: str) -> None:
    """Each sentence as an entry of its own says the same where it is read whole."""
    for record in (record for record in RECORDS if record["lang"] == lang):
        for sentence in record["text"].replace("。", "\n").replace(". ", "\n").split("\n"):
            entry, whole = (page(sentence, *more, lang=lang, voice="UA") for more in ((), (LONG,)))
            assert _told(detector.detect(entry)) == _told(detector.detect(whole))


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        pytest.param(
            "uk",
            "Ukraine and Kenya signed the agreement on trade in the capital",
            id="english-among-ukrainian",
        ),
        pytest.param("de", "Ukraine and Kenya signed an agreement on trade today", id="english-among-german"),
        pytest.param(
            "en", "Україна та Кенія підписали угоду про торгівлю в столиці", id="ukrainian-among-english"
        ),
        pytest.param(
            "sr", "Ukrajina i Kenija su potpisale sporazum o trgovini u glavnom gradu", id="other-script"
        ),
        pytest.param("", "Україна та Кенія підписали угоду про торгівлю в столиці", id="no-language-said"),
    ],
)
def test_an_entry_in_another_language_than_its_list_is_read(
    detector: Detector, lang: str, words: str
) -> None:
    """Sites mix languages in their lists; the words of the list's own language are not enough to look for."""
    entry, whole = page(words, lang=lang), page(words, LONG, lang=lang)
    assert _told(detector.detect(entry)) == _told(detector.detect(whole))
    assert detector.detect(entry).stage is Stage.CONCLUDED


def test_an_entry_without_a_word_of_agreements_is_unrelated(detector: Detector) -> None:
    """The answer is the same as that of reading: a list of openings and visits announces nothing."""
    detection = detector.detect(
        page("Minister opens a bridge", "Children of Ukraine and Kenya sang at the harbour")
    )
    assert (detection.stage, detection.findings, detection.reasons) == (
        Stage.UNRELATED,
        (),
        ("it speaks of no agreement between two parties",),
    )
