"""``monitor detect``: the shape that other programs and the labelled sets rely on."""

import json

import pytest

from monitor.detection import detect_record, explain_record
from monitor.errors import ConfigError
from monitor.recognition import detect_lines

RECORD = {
    "id": "x1",
    "title": "Latvia and Moldova sign rail agreement",
    "text": "Riga\nLatvia and Moldova signed an agreement on rail freight today.",
    "published": "2031-06-19",
}


def test_the_fields_of_an_answer(detector) -> None:
    """Names of fields are a promise."""
    answer = detect_record(RECORD, detector)
    assert list(answer) == ["id", "stage", "concluded", "mentions", "reasons"]
    (concluded,) = answer["concluded"]
    assert list(concluded) == ["parties", "signed", "kind", "instrument", "level", "title", "quote", "score"]
    assert (answer["id"], answer["stage"], concluded["parties"], concluded["signed"]) == (
        "x1",
        "concluded",
        ["LV", "MD"],
        "2031-06-19",
    )
    assert concluded["quote"] in f"{RECORD['title']}\n{RECORD['text']}"


def test_an_answer_is_plain_json(detector) -> None:
    """It is written a line a record."""
    assert json.loads(json.dumps(detect_record(RECORD, detector)))["stage"] == "concluded"


@pytest.mark.parametrize("record", [{}, {"id": "x", "text": ""}, {"title": "Words"}])
def test_records_with_less_than_everything(detector, record) -> None:
    """Only what is there is read."""
    assert detect_record(record, detector)["concluded"] == []


def test_a_record_says_who_publishes(detector) -> None:
    """The publisher is a side where only the other one is named."""
    record = {
        "title": "Agreement with Moldova signed",
        "text": "The agreement was signed today.",
        "publisher_party": "LV",
        "published": "2031-06-19",
    }
    assert detect_record(record, detector)["concluded"][0]["parties"] == ["LV", "MD"]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("{", "no JSON"),
        ("[1]", "one JSON object"),
        ('{"id": "x", "published": "soon"}', "soon"),
        ('{"id": "x", "publisher_party": "Latvia"}', "Latvia"),
    ],
)
def test_a_bad_line_is_named(tmp_path, line, words) -> None:
    """In a file of thousands the number of the line is what helps."""
    file = tmp_path / "in.jsonl"
    file.write_text(json.dumps(RECORD) + "\n\n" + line + "\n", encoding="utf-8")
    with pytest.raises(ConfigError) as raised:
        list(detect_lines(file))
    (problem,) = raised.value.problems
    assert (problem.line, words in str(raised.value)) == (3, True)


def test_an_explanation_in_words(detector) -> None:
    """A researcher asks why; the answer is sentences."""
    lines = explain_record(RECORD, detector).splitlines()
    assert lines[0] == "x1 Latvia and Moldova sign rail agreement"
    assert lines[2].startswith("  concluded: LV-MD, 2031-06-19, score 0.")
    assert "    the lead says of Latvia and Moldova: “signed an agreement”" in lines


def test_an_explanation_of_nothing(detector) -> None:
    """Why nothing was found is worth as much."""
    assert "  it speaks of no agreement between two parties" in explain_record(
        {"title": "Weather", "lang": "en"}, detector
    )
