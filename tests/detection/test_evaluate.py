"""Figures are counts with intervals; the scoring rules are those of the labelled sets."""

import json

import pytest

from monitor.detection import Rate, as_json, evaluate, format_evaluation
from monitor.errors import ConfigError
from monitor.recognition import evaluate_files, labelled_records

AGREED = {"parties": ["MD", "LV"], "signed": "2031-05-03", "kind": "transport", "level": "state"}
COMPANY = AGREED | {"level": "company"}


def scored(labelled, found, *, stage="concluded", found_stage="concluded", naive=()):
    """Return the evaluation of one document."""
    record = {"id": "x", "lang": "en", "stage": stage, "concluded": labelled}
    answer = {
        "stage": found_stage,
        "concluded": [{"score": 0.9, "level": "state"} | entry for entry in found],
        "reasons": [],
    }
    return evaluate("set", [record], lambda _: answer, lambda _: naive)


@pytest.mark.parametrize(
    ("labelled", "found", "outcome"),
    [
        ([AGREED], [AGREED], "hit"),
        ([AGREED], [], "miss"),
        ([], [AGREED], "false alarm"),
        ([], [], "right"),
        pytest.param([COMPANY], [], "right", id="a-companys-contract-is-not-wanted"),
        pytest.param([], [COMPANY], "right", id="nor-is-one-a-false-alarm"),
    ],
)
def test_what_a_document_counts_as(labelled, found, outcome) -> None:
    """A document is the unit: found or not."""
    assert scored(labelled, found).count(outcome) == 1


def test_sides_are_compared_without_order_and_dates_where_labelled() -> None:
    """The label's order of parties means nothing."""
    evaluation = scored([AGREED], [AGREED | {"parties": ["LV", "MD"], "signed": "2031-05-04"}])
    assert (evaluation.parties.right, evaluation.dates.right, evaluation.dates.of) == (1, 0, 1)


@pytest.mark.parametrize(
    ("stage", "found", "right"),
    [
        ("declined", "agreed-text", 1),
        ("multilateral", "unrelated", 1),
        ("recalled", "concluded", 0),
    ],
)
def test_stages_that_count_as_one(stage, found, right) -> None:
    """As the labelled sets define."""
    assert scored([], [], stage=stage, found_stage=found).stages.right == right


def test_a_rate_carries_its_interval() -> None:
    """Forty cases of forty do not make certainty."""
    low, high = Rate(40, 40).interval
    assert 0.90 < low < 0.93
    assert high == 1.0
    assert Rate(0, 0).interval == (0.0, 1.0)


def test_the_report_lists_errors_with_reasons_beside_the_naive_rule() -> None:
    """A figure without its errors cannot be improved."""
    text = format_evaluation(scored([AGREED], [], found_stage="unrelated", naive=("LV", "MD")))
    assert "miss: x [en]" in text
    assert "naive keyword rule: precision 1 of 1" in text
    assert "concluded          unrelated          1" in text


def test_figures_as_data() -> None:
    """The bench compares runs by them."""
    data = as_json(scored([AGREED], [AGREED]))
    assert (data["hit"], data["f1"], data["parties"]["of"]) == (1, 1.0, 1)
    json.dumps(data)


def test_a_folder_of_press_is_read_with_its_labels(tmp_path) -> None:
    """Releases without a label announce nothing."""
    (tmp_path / "press.csv").write_text(
        "source,date,link,headline,summary,body\n"
        "ua,2031-06-19 10:00,https://a.example,Latvia and Moldova sign agreement,,Words\n"
        "ru,2031-06-19 10:00,https://b.example,Weather,,Words\n",
        encoding="utf-8",
    )
    label = {"link": "https://a.example", "id": "a", "stage": "concluded", "concluded": [AGREED]}
    (tmp_path / "labels.jsonl").write_text(json.dumps(label) + "\n", encoding="utf-8")
    records = labelled_records(tmp_path)
    assert [(r["id"], r["stage"], r["publisher_party"]) for r in records] == [
        ("a", "concluded", "UA"),
        ("https://b.example", "unrelated", "RU"),
    ]
    assert "== " in evaluate_files([tmp_path])


def test_a_folder_without_its_files_is_refused(tmp_path) -> None:
    """The message names what is missing."""
    with pytest.raises(ConfigError, match=r"press\.csv and labels\.jsonl"):
        evaluate_files([tmp_path])
