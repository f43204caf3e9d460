"""The same announcement in another dress says the same; over the whole guard set, in every language."""

import unicodedata
from pathlib import Path

import pytest

from monitor.detection import detect_record, document_of
from monitor.recognition import labelled_records, load_detector

FILES = sorted((Path(__file__).parent / "guard").glob("*.jsonl"))
RECORDS = [record for file in FILES for record in labelled_records(file)]

pytestmark = pytest.mark.slow


def _said(record):
    found = detect_record(record, load_detector())
    return [(c["parties"], c["signed"], c["kind"], c["instrument"]) for c in found["concluded"]]


def _decomposed(record):
    return record | {name: unicodedata.normalize("NFD", record[name]) for name in ("title", "text")}


def _with_hard_spaces(record):
    return record | {"text": record["text"].replace(" ", "\u00a0")}


def _with_curly_apostrophes(record):
    return record | {"text": record["text"].replace("'", "\u2019")}


def _with_page_around(record):
    return record | {"text": f"Home\nNews\nContact\n{record['text']}\nShare\nPrint\n© 2036\nCookies"}


def _with_empty_lines(record):
    return record | {"text": record["text"].replace("\n", "\r\n\r\n")}


def _with_another_article_below(record):
    return record | {"text": record["text"] + "\nThe weather will be fine in the north and wet in the south."}


@pytest.mark.parametrize(
    "dressed",
    [
        _decomposed,
        _with_hard_spaces,
        _with_curly_apostrophes,
        _with_page_around,
        _with_empty_lines,
        _with_another_article_below,
    ],
)
def test_another_dress_says_the_same(dressed) -> None:
    """Sites change their templates and encodings more often than governments sign."""
    differing = [record["id"] for record in RECORDS if _said(record) != _said(dressed(record))]
    assert differing == []


def test_every_quotation_stands_in_its_text() -> None:
    """Nothing is claimed, or asked, without words that a reader can look up."""
    wrong = []
    for record in RECORDS:
        document = document_of(record)
        detection = load_detector().detect(document)
        for finding in (*detection.findings, *detection.unsure):
            if not finding.quote or document.text[finding.start : finding.end] != finding.quote:
                wrong.append(record["id"])
    assert wrong == []
