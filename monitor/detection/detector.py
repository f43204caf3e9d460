"""A document into findings: the front of the room."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from monitor.detection.announcing import conclusions_found, stages_found, text_found, unsure_found
from monitor.detection.judge import Judgement, Statement, Thresholds, judge
from monitor.detection.lexicon import Lexicon
from monitor.detection.page import Layout, LexiconSource, Page
from monitor.detection.reckonings import reckonings_of
from monitor.detection.register import findings_of_row
from monitor.detection.sides import cast_of
from monitor.detection.texts import text_page
from monitor.detection.wording import title_of_claim
from monitor.language import Names
from monitor.model import Document, Finding, PartyCode, Reckoning, Sides, Stage

_ENGLISH = "en"
_TIME_ZONES = timedelta(days=2)  # a page is dated where it is already tomorrow


@dataclass(frozen=True, slots=True)
class Mentioned:
    """An agreement that a document only recalls; ``signed`` is an ISO date where it says one."""

    sides: Sides
    title: str
    signed: str | None = None


@dataclass(frozen=True, slots=True)
class Detection:
    """What a document is about, and what it says of agreements; ``reasons`` are plain sentences.

    ``unsure`` are conclusions whose score lies between the two thresholds: questions for a reviewer.
    ``reckonings`` are what it says of a series as a whole.
    """

    stage: Stage
    findings: tuple[Finding, ...] = ()
    mentions: tuple[Mentioned, ...] = ()
    reasons: tuple[str, ...] = ()
    unsure: tuple[Finding, ...] = ()
    reckonings: tuple[Reckoning, ...] = ()


class Detector:
    """Recognises agreements; a language's lexicon is asked for when its first document comes."""

    def __init__(self, lexicons: LexiconSource, names: Names, thresholds: Thresholds | None = None) -> None:
        self._thresholds = thresholds or Thresholds()
        self._source = lexicons
        self._names = names
        self._lexicons: dict[str, Lexicon | None] = {}
        self._layout = Layout(self._lexicon, names)

    def detect(self, document: Document, *, focal: PartyCode | None = None) -> Detection:
        """Return what ``document`` says. ``focal`` is whose "our countries" a text means."""
        if document.row is not None:
            return self._of_row(document)
        detection = self._of_page(document, focal)
        if not (detection.findings or detection.unsure):
            return detection
        return replace(
            detection,
            findings=tuple(_stamped(document, detection.findings)),
            unsure=tuple(_stamped(document, detection.unsure)),
        )

    def _of_page(self, document: Document, focal: PartyCode | None) -> Detection:
        page = self._layout.page(document)
        if not page.sentences:
            return Detection(Stage.UNRELATED, reasons=_why(page, Judgement(Stage.UNRELATED)))
        cast = cast_of(page, focal)
        text = text_page(page, cast, self._names)
        if text is not None:
            finding = text_found(page, text, self._names)
            if finding is not None:
                return Detection(Stage.CONCLUDED, (finding,), (), finding.reasons)
        judgement = judge(page, cast, self._thresholds)
        findings = tuple(conclusions_found(page, judgement, self._names))
        if not findings:
            findings = stages_found(page, judgement, cast, self._names)
        reasons = tuple(reason for finding in findings for reason in finding.reasons)
        return Detection(
            judgement.stage,
            findings,
            tuple(_mentioned(judgement)),
            reasons or _why(page, judgement),
            tuple(unsure_found(page, judgement, self._names)),
            reckonings_of(page, self._lexicon),
        )

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


def _stamped(document: Document, findings: Iterable[Finding]) -> Iterator[Finding]:
    """Yield findings with their document's key and time: a later version of a page is no second page."""
    for finding in findings:
        possible = _without_days_to_come(finding, document.retrieved)
        yield replace(possible, item_key=document.item_key, retrieved=document.retrieved)


def _without_days_to_come(finding: Finding, retrieved: datetime) -> Finding:
    """Return a conclusion without a day that lies ahead of its retrieval: the page's own day is wrong then.

    A record that says nothing of its retrieval carries the epoch and is taken at its word.
    """
    if finding.stage is not Stage.CONCLUDED or retrieved.timestamp() <= 0:
        return finding
    latest = retrieved.date() + _TIME_ZONES
    signed = tuple(each for each in finding.signed if each.date.first <= latest)
    ahead = finding.date is not None and finding.date.first > latest
    if not ahead and signed == finding.signed:
        return finding
    reason = "the day that the page gives lies ahead of the day it was read, so the day is not known"
    kept = None if ahead else finding.date
    return replace(finding, date=kept, signed=signed, reasons=(*finding.reasons, reason))


def _mentioned(judgement: Judgement) -> list[Mentioned]:
    announced = {conclusion.sides for conclusion in judgement.conclusions}
    found: dict[Sides, Mentioned] = {}
    for statement in judgement.recalled:
        for sides in statement.parties.pairs:
            if sides not in announced and sides not in found:
                found[sides] = Mentioned(sides, title_of_claim(statement.claim), _day(statement))
    return list(found.values())


def _day(statement: Statement) -> str | None:
    day = statement.when.date
    return day.iso if day is not None and day.is_day else None


def _why(page: Page, judgement: Judgement) -> tuple[str, ...]:
    """Return why a page announces nothing."""
    if not page.has_words:
        return (f"there are no words for the language {page.lang!r}; only names and numbers were read",)
    carrier = judgement.stage_statement
    if carrier is not None:
        return (f"it is about {judgement.stage.value.replace('-', ' ')}: “{_short(carrier.text)}”",)
    return ("it speaks of no agreement between two parties",)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 200 else line[:197] + "…"
