"""Recognition with the files it needs: lexicons and names are read here and handed to the pure rooms."""

from functools import cache
from importlib import resources
from pathlib import Path

from monitor.detection import Detector, Lexicon, parse_lexicon
from monitor.files import load_yaml
from monitor.language import NameData, Names

_LEXICONS = Path(str(resources.files("monitor.detection"))) / "lexicon"
_NAMES = Path(str(resources.files("monitor.language"))) / "names"


@cache
def load_detector() -> Detector:
    """Return a detector on the shipped lexicons and names; each language is read when it is first met."""
    return Detector(_lexicon, load_names())


@cache
def load_names() -> Names:
    """Return the names of parties; each language is read when it is first met."""
    return Names(_names)


def languages() -> tuple[str, ...]:
    """Return the languages that have a lexicon."""
    return tuple(sorted(path.stem for path in _LEXICONS.glob("*.yaml")))


def _lexicon(lang: str) -> Lexicon | None:
    path = _LEXICONS / f"{lang}.yaml"
    return parse_lexicon(load_yaml(path).data, file=str(path)) if path.exists() else None


def _names(lang: str) -> NameData | None:
    path = _NAMES / f"{lang}.yaml"
    return load_yaml(path).data if path.exists() else None
