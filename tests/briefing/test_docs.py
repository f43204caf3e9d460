"""docs/briefing-file.md: its example is parsed, its tables name every key and word."""

import re
from pathlib import Path

import pytest

from monitor.briefing import parse_briefing, schema
from monitor.files import load_yaml
from monitor.model import CountOf, DateOf, DependsOn, Kind, Stage, Unit

DOCS = (Path(__file__).parents[2] / "docs" / "briefing-file.md").read_text(encoding="utf-8")
EXAMPLE = re.search(r"```yaml\n(.*?)```", DOCS, re.DOTALL).group(1)


def test_the_example_is_a_briefing(tmp_path):
    """A reader who copies it starts from a file without faults."""
    path = tmp_path / "briefing.yaml"
    path.write_text(EXAMPLE, encoding="utf-8")
    file = load_yaml(path)
    edition = parse_briefing(file.data, file.line_of, path.name)

    assert [entry.id for entry in edition.entries] == ["fi-pact", "no-talks"]


def _keys():
    described = schema()
    yield from described["properties"]
    for shape in described["$defs"].values():
        yield from shape.get("properties", ())


@pytest.mark.parametrize("key", sorted(set(_keys())))
def test_every_key_is_explained(key):
    """A key nobody explains is a key nobody dares to use."""
    assert f"`{key}`" in DOCS


@pytest.mark.parametrize("words", [CountOf, DateOf, DependsOn, Kind, Unit], ids=lambda each: each.__name__)
def test_every_word_is_named(words):
    """The words of the file are the words of the docs."""
    assert [word.value for word in words if f"`{word.value}`" not in DOCS] == []


def test_every_stage_of_an_agreement_is_named():
    """Stages are spelled the same everywhere."""
    assert [stage for stage in Stage if stage.is_of_agreement and f"`{stage.value}`" not in DOCS] == []


def test_every_wording_template_and_token_is_explained():
    """Who changes a sentence must know what it may say."""
    folder = Path(__file__).parents[2] / "templates" / "wording"
    tokens = {token for path in folder.glob("*.txt") for token in re.findall(r"\$\w+", path.read_text())}

    assert [path.name for path in folder.glob("*.txt") if f"`{path.name}`" not in DOCS] == []
    assert [token for token in tokens if f"`{token}`" not in DOCS] == []
