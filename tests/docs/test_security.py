"""docs/security.md promises what some test shows; a promise whose test is gone is none."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs/security.md").read_text()
NAMED = sorted(set(re.findall(r"`([\w/]+\.py)::(\w+)`", TEXT)))
LISTED = {"F": 16, "P": 13, "H": 12}


@cache
def _tests_in(path):
    return {node.name for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.FunctionDef)}


@pytest.mark.parametrize(("file", "name"), NAMED, ids=[f"{file}::{name}" for file, name in NAMED])
def test_what_is_named_exists(file, name):
    """A test that was renamed must be renamed here too."""
    assert name in _tests_in(ROOT / "tests" / file)


def test_every_promise_names_what_shows_it():
    """None is left out, and none stands there on its word alone."""
    rows = dict(re.findall(r"^\| ([FPH]\d+) \| .* \| (.*) \|$", TEXT, re.M))

    assert set(rows) == {
        f"{letter}{number}" for letter, count in LISTED.items() for number in range(1, count + 1)
    }
    assert [row for row, shown in rows.items() if "::" not in shown] == []


@pytest.mark.parametrize("bench", sorted(set(re.findall(r"`(bench/\w+\.py)`", TEXT))))
def test_benches_that_are_named_exist(bench):
    """They are run by hand."""
    assert (ROOT / bench).is_file()
