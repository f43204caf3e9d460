"""English names for what is shown: parties by code, languages by tag; and detection, when it is needed.

All of it takes a fifth of a second to load, and most commands and cycles show and detect nothing.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING

from monitor.model import Document, PartyCode

if TYPE_CHECKING:
    from monitor.detection import Detection


class LateNames(Mapping[str, str]):
    """A mapping that is made when something is first looked up in it."""

    def __init__(self, make: Callable[[], Mapping[str, str]]) -> None:
        self._make = make

    def __getitem__(self, key: str) -> str:
        return self._make()[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._make())

    def __len__(self) -> int:
        return len(self._make())


class LateDetector:
    """A detector that is loaded with the first document; ``ask_from`` is the setting of that name."""

    def __init__(self, ask_from: float) -> None:
        self._ask_from = ask_from

    def detect(self, document: Document, *, focal: PartyCode | None = None) -> "Detection":
        """Return what a document says."""
        from monitor.recognition import load_detector

        return load_detector(self._ask_from).detect(document, focal=focal)


def party_names() -> Mapping[str, str]:
    """Return the English name of every state and organisation that can be a party."""
    return LateNames(_party_names)


def language_names() -> Mapping[str, str]:
    """Return the English name of every language."""
    return LateNames(_language_names)


@cache
def _party_names() -> Mapping[str, str]:
    from monitor.language import known_codes
    from monitor.recognition import load_names

    names = load_names()
    former = ("SUHH", "YUCS", "CSHH", "DDDE", "CSXX")
    return {str(code): names.english(code) for code in (*sorted(known_codes()), *former)}


@cache
def _language_names() -> Mapping[str, str]:
    from monitor import language

    return language.language_names()
