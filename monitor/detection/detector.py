"""A document into findings: the front of the room."""

from collections.abc import Callable
from dataclasses import dataclass

from monitor.detection.lexicon import Lexicon
from monitor.detection.register import findings_of_row
from monitor.language import Names
from monitor.model import Document, Finding, PartyCode, Sides, Stage

LexiconSource = Callable[[str], Lexicon | None]
"""Gives the lexicon of a language, None where there is none."""

_ENGLISH = "en"


@dataclass(frozen=True, slots=True)
class Mentioned:
    """An agreement that a document only recalls."""

    sides: Sides
    title: str
    signed: str | None = None


@dataclass(frozen=True, slots=True)
class Detection:
    """What a document is about, and what it says of agreements; ``reasons`` are plain sentences."""

    stage: Stage
    findings: tuple[Finding, ...] = ()
    mentions: tuple[Mentioned, ...] = ()
    reasons: tuple[str, ...] = ()


class Detector:
    """Recognises agreements; a language's lexicon is asked for when its first document comes."""

    def __init__(self, lexicons: LexiconSource, names: Names) -> None:
        self._source = lexicons
        self._names = names
        self._lexicons: dict[str, Lexicon | None] = {}

    def detect(self, document: Document, *, focal: PartyCode | None = None) -> Detection:
        """Return what ``document`` says. ``focal`` is whose "our countries" a text means."""
        if document.row is not None:
            return self._of_row(document)
        return Detection(Stage.UNRELATED, reasons=(f"only registers are read so far, not for {focal}",))

    def _of_row(self, document: Document) -> Detection:
        assert document.row is not None  # noqa: S101 - the caller asked
        findings = findings_of_row(document, document.row, self._names, self._lexicon(_ENGLISH))
        if not findings:
            return Detection(Stage.UNRELATED, reasons=("the register's row has not exactly two sides",))
        latest = max(findings, key=lambda finding: finding.stage.order)
        return Detection(latest.stage, findings, reasons=latest.reasons)

    def _lexicon(self, lang: str) -> Lexicon | None:
        if lang not in self._lexicons:
            self._lexicons[lang] = self._source(lang)
        return self._lexicons[lang]
