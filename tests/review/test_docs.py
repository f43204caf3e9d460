"""docs/review.md is the closed list that reviewers choose from."""

from pathlib import Path

import pytest

from monitor.model import Action, Correctable, Kind
from monitor.review import COLUMNS, Reason

PAGE = (Path(__file__).parents[2] / "docs/review.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("word", [*Action, *Reason, *Correctable, *COLUMNS, *Kind])
def test_every_word_that_can_be_chosen_is_explained(word):
    """A code that no page explains is used for anything."""
    assert f"`{word}`" in PAGE
