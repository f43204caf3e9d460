"""The guard set: figures that may not fall, in every language that has a lexicon's words."""

from functools import cache
from pathlib import Path

import pytest

from monitor.detection import Evaluation, Scored, detect_record, evaluate
from monitor.language import word_list
from monitor.recognition import labelled_records, languages, load_detector

FOLDER = Path(__file__).parent / "guard"
FILES = sorted(FOLDER.glob("*.jsonl"))


@cache
def scored(file: Path) -> Evaluation:
    """Return one file of the guard set scored."""
    records = labelled_records(file)
    return evaluate(file.name, records, lambda record: detect_record(record, load_detector()), lambda _: ())


def guard() -> Evaluation:
    """Return the whole guard set scored."""
    return Evaluation("guard", tuple(one for file in FILES for one in scored(file).scored))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_no_language_misses_or_invents_an_agreement(file) -> None:
    """A change for one language is often a loss in another."""
    wrong = [one.id for one in scored(file).scored if one.outcome in {"miss", "false alarm"}]
    assert wrong == []


def test_sides_are_right() -> None:
    """The wrong partner is worse than none."""
    assert [s.id for s in guard().scored if s.gold != s.found and s.outcome == "hit"] == []


def _share(right: int, of: int) -> float:
    return right / of


@pytest.mark.parametrize(
    ("figure", "floor"),
    [("stages", 0.95), ("dates", 0.95), ("kinds", 0.80)],
    ids=["stages", "dates", "kinds"],
)
def test_figures_keep_their_floor(figure, floor) -> None:
    """Floors are raised when the figures rise."""
    rate = getattr(guard(), figure)
    assert rate.value >= floor, str(rate)


def test_every_language_of_the_first_two_tiers_is_guarded() -> None:
    """A lexicon without an example is a claim without a test."""
    first = "en uk ru de fr it es pt pl ro ja nb"
    second = "cs sk sl hr sr bg nl da sv fi et lv lt el hu tr sq is ka ko zh ar"
    first_two = set(word_list(f"{first} {second}"))
    assert first_two <= {scored.lang for scored in guard().scored} & set(languages())


def test_there_are_as_many_negatives_as_positives() -> None:
    """A set of announcements alone would reward claiming everything."""

    def positive(scored: Scored) -> bool:
        return bool(scored.gold)

    positives = sum(map(positive, guard().scored))
    assert positives * 2 >= len(guard().scored) * 0.5
    assert len(guard().scored) - positives >= positives
