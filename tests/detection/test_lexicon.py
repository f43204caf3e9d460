"""Lexicons are data that anybody can edit; mistakes in them are told, all at once."""

import re

import pytest

from monitor.detection import parse_lexicon
from monitor.detection.lexicon import SECTIONS
from monitor.errors import ConfigError
from monitor.files import load_yaml
from monitor.recognition import languages, load_detector


def test_every_fault_of_a_file_is_listed_with_its_place() -> None:
    """Otherwise a translator mends one mistake a run."""
    data = {"acts": {"pasts": "signed", "past": "~ signed"}, "verbs": {}}
    with pytest.raises(ConfigError) as raised:
        parse_lexicon(data, file="xx.yaml")
    assert sorted(problem.where for problem in raised.value.problems) == [
        "acts.past",
        "acts.pasts",
        "language",
        "verbs",
    ]


def test_an_unknown_key_names_the_known_ones() -> None:
    """The message says what to write instead."""
    with pytest.raises(ConfigError, match="past-perfect"):
        parse_lexicon({"language": "xx", "acts": {"pasts": "signed"}})


@pytest.mark.parametrize("lang", languages())
def test_a_shipped_lexicon_has_what_every_language_needs(lang) -> None:
    """A language without a future or a negation tells plans as facts."""
    from importlib import resources
    from pathlib import Path

    data = load_yaml(Path(str(resources.files("monitor.detection"))) / "lexicon" / f"{lang}.yaml").data
    assert parse_lexicon(data).lang == lang
    needed = {
        "nouns": {"agreement", "memorandum", "declaration"},
        "acts": {"past"},
        "stages": {"negotiating", "announced-intent", "ratified"},
        "links": {"not"},
        "scopes": {"company"},
    }
    missing = {f"{s}.{k}" for s, keys in needed.items() for k in keys if not data.get(s, {}).get(k)}
    assert missing == set()


@pytest.mark.parametrize("lang", languages())
def test_no_pattern_is_lost_behind_a_number_sign(lang) -> None:
    """YAML takes a blank and # for a comment: "any number of countries" and all behind it was not read."""
    from importlib import resources
    from pathlib import Path

    file = Path(str(resources.files("monitor.detection"))) / "lexicon" / f"{lang}.yaml"
    entries = [
        line for line in file.read_text(encoding="utf-8").splitlines() if re.match(r" *[\w-]+: ", line)
    ]
    assert [line for line in entries if " #" in line] == []


def test_a_lexicon_is_read_when_its_language_is_first_met(detector) -> None:
    """Forty languages must not cost a start."""
    asked = []
    from monitor.detection import Detector
    from monitor.recognition import load_names

    from .conftest import page

    lazy = Detector(lambda lang: asked.append(lang), load_names())
    assert asked == []
    lazy.detect(page("Title", "Words.", lang="fr"))
    assert "fr" in asked
    assert "uk" not in asked


def test_the_shipped_detector_is_one() -> None:
    """Words are compiled once a process."""
    assert load_detector() is load_detector()


def test_sections_are_documented() -> None:
    """docs/languages.md is what translators work by."""
    from pathlib import Path

    text = (Path(__file__).parents[2] / "docs" / "languages.md").read_text(encoding="utf-8")
    missing = [f"{s}.{k}" for s, keys in SECTIONS.items() for k in keys if f"`{k}`" not in text]
    assert missing == []
