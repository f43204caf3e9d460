"""``monitor detect``: the shape that other programs and the labelled sets rely on."""

import json

import pytest

from monitor.detection import detect_record, explain_record
from monitor.recognition import LineFaults, detect_lines

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


@pytest.fixture
def heard(tmp_path):
    """Read lines from a file, the first and the last of them sound; return the ids read and the faults."""

    def read(line: bytes) -> tuple[list[str], LineFaults]:
        file, faults = tmp_path / "in.jsonl", LineFaults()
        sound = json.dumps(RECORD).encode()
        file.write_bytes(sound + b"\n\n" + line + b"\n" + sound + b"\n")
        return [record["id"] for record in detect_lines(file, faults)], faults

    return read


@pytest.mark.parametrize(
    ("line", "words"),
    [
        pytest.param(b"{", "no JSON", id="cut"),
        pytest.param(b"[1]", "one JSON object", id="a-list"),
        pytest.param(b'{"id": "x", "title": "\xff"}', "not UTF-8", id="encoding"),
        pytest.param(b"[" * 100_000, "no JSON", id="deep"),
    ],
)
def test_a_bad_line_is_named_and_loses_no_other(heard, line, words) -> None:
    """In a file of thousands the number of the line is what helps, and the others are what is wanted."""
    ids, faults = heard(line)
    (problem,) = faults.lost
    assert (problem.line, words in problem.message) == (3, True)
    assert ids == ["x1", "x1"]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        pytest.param(b'{"id": "x", "published": "soon"}', "published: not an ISO date", id="published"),
        pytest.param(b'{"id": "x", "publisher_party": "Latvia"}', "publisher_party: not a party", id="party"),
    ],
)
def test_an_optional_value_that_is_none_is_passed_over(heard, line, words) -> None:
    """The title and the text are what counts; what is missing of the rest is said."""
    ids, faults = heard(line)
    (problem,) = faults.passed_over
    assert (problem.line, words in problem.message) == (3, True)
    assert (ids, faults.lost) == (["x1", "x", "x1"], [])


@pytest.mark.parametrize(
    "record",
    [
        pytest.param({"id": "x"}, id="nothing-but-an-id"),
        pytest.param({"id": "x", "title": None, "text": None, "lang": None, "published": ""}, id="empty"),
        pytest.param({"id": "x", "title": "Latvia", "text": "x", "lang": "tlh-Latn"}, id="unknown-language"),
        pytest.param({"id": "x", "title": "\ud800", "text": "\u2028\x00"}, id="no-characters"),
        pytest.param({"id": "x", "title": "t", "text": "word " * 50_000, "lang": "en"}, id="long"),
        pytest.param({"id": "x", "title": "t", "other": {"a": [1]}}, id="more-fields"),
    ],
)
def test_whatever_a_record_lacks_it_is_answered(heard, record) -> None:
    """A thousand records come from a thousand hands."""
    ids, faults = heard(json.dumps(record).encode())
    assert (ids, faults) == (["x1", "x", "x1"], LineFaults())


def test_an_explanation_in_words(detector) -> None:
    """A researcher asks why; the answer is sentences."""
    lines = explain_record(RECORD, detector).splitlines()
    assert lines[0] == "x1 Latvia and Moldova sign rail agreement"
    assert lines[2].startswith("  concluded: LV-MD, 2031-06-19, score 0.")
    assert lines[3].startswith(
        "    The lead says of Latvia and Moldova: “signed an agreement”; so does the title;"
    )
    assert lines[3].endswith("; of 100 such findings about 98 are right.")


def test_an_explanation_of_nothing(detector) -> None:
    """Why nothing was found is worth as much."""
    assert "  it speaks of no agreement between two parties" in explain_record(
        {"title": "Weather", "lang": "en"}, detector
    )
