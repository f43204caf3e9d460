"""Whether an agreement belongs to the series that a briefing follows; EDITORIAL's rule.

Membership needs evidence: a person said so, the agreement's own text names the declaration, or an official
release ties the two together. Without it an agreement of a kind that the series has may belong, and a
person decides; any other is another agreement of the focal party. Kind alone never makes a member.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from monitor.briefing.events import conclusion_date
from monitor.briefing.titles import folded
from monitor.model import (
    Action,
    Agreement,
    Basis,
    Decision,
    Finding,
    Kind,
    Level,
    Scope,
    Series,
    Stage,
    Topic,
)

# An official page may speak of the declaration and of something else that was signed; for kinds that the
# series does not name, the two must stand this near to each other, in passages.
_NEAR = 2
_MAY_JOIN = (Kind.SECURITY, Kind.PARTNERSHIP, Kind.OTHER)
_ONLY_RECALLS = (Stage.RECALLED, Stage.ANNIVERSARY, Stage.MULTILATERAL, Stage.UNRELATED, Stage.IMPLEMENTING)


@dataclass(frozen=True, slots=True)
class Evidence:
    """The series' phrases, ready to be looked for."""

    pattern: re.Pattern[str] | None

    def is_in(self, text: str) -> bool:
        """Return whether one of the phrases stands in ``text``."""
        return self.pattern is not None and self.pattern.search(folded(text)) is not None


def evidence_of(series: Series) -> Evidence:
    """Return the series' evidence phrases, compiled once for many agreements."""
    phrases = [_phrase(each) for each in series.evidence]
    return Evidence(re.compile("|".join(phrases)) if phrases else None)


def standing(
    agreement: Agreement,
    findings: Mapping[str, Finding],
    texts: Mapping[str, str],
    topic: Topic,
    decisions: Iterable[Decision] = (),
    *,
    evidence: Evidence | None = None,
) -> Scope:
    """Return where an agreement stands towards the topic's series.

    Args:
        agreement: An agreement of the focal party.
        findings: Findings by id; those of other agreements may be among them.
        texts: Texts of documents by document id.
        topic: What the briefing follows.
        decisions: People's decisions in the order taken; the last one on the series wins.
        evidence: The topic's :func:`evidence_of`, where many agreements are asked about.
    """
    decided = _decided(agreement, decisions, topic.series)
    if decided is not None:
        return decided
    known = [findings[each] for each in agreement.findings if each in findings]
    if agreement.series == topic.series.id or any(each.series == topic.series.id for each in known):
        return Scope.SERIES
    if _is_too_early(agreement, topic.series) or agreement.level is not Level.STATE:
        return Scope.OTHER
    may = Scope.UNDECIDED if agreement.kind in topic.series.kinds else Scope.OTHER
    if agreement.relation is not None or agreement.kind not in (*topic.series.kinds, *_MAY_JOIN):
        return may  # an amendment is not itself a commitment of the series
    return _by_evidence(agreement, known, texts, topic.series, evidence or evidence_of(topic.series)) or may


def _decided(agreement: Agreement, decisions: Iterable[Decision], series: Series) -> Scope | None:
    ids = {agreement.id, *agreement.aliases}
    scope = None
    for decision in decisions:
        if decision.action is Action.CORRECT and decision.subject in ids:
            value = decision.value("series")
            if decision.value("field") == "series":
                value = decision.value("value") or ""
            if value is not None:
                scope = Scope.SERIES if value == series.id else Scope.OTHER
    return scope


def _is_too_early(agreement: Agreement, series: Series) -> bool:
    when = conclusion_date(agreement)
    return when is not None and when.last < series.since


def _by_evidence(
    agreement: Agreement,
    findings: Iterable[Finding],
    texts: Mapping[str, str],
    series: Series,
    evidence: Evidence,
) -> Scope | None:
    """SERIES where a document ties it to the series, UNDECIDED where one only speaks of both."""
    spoken_of = False
    for finding in findings:
        text = texts.get(finding.document_id, "")
        if not _can_tie(finding) or not evidence.is_in(text):
            continue
        fits = finding.basis is Basis.TEXT or agreement.kind in series.kinds
        if fits or evidence.is_in(_around(text, finding)):
            return Scope.SERIES
        spoken_of = True
    return Scope.UNDECIDED if spoken_of else None


def _can_tie(finding: Finding) -> bool:
    if finding.stage in _ONLY_RECALLS:
        return False
    return finding.basis is Basis.TEXT or (finding.official and finding.basis is Basis.RELEASE)


def _around(text: str, finding: Finding) -> str:
    """The passages of the quotation and those next to them."""
    before = text[: finding.start].split("\n")[-1 - _NEAR :]
    after = text[finding.end :].split("\n")[: 1 + _NEAR]
    return "\n".join(before) + text[finding.start : finding.end] + "\n".join(after)


def _phrase(phrase: str) -> str:
    """A pattern for a phrase; ``*`` ends a word in any way, and a hyphen may stand for a space."""
    words = [re.escape(word.rstrip("*")) + r"\w*" * word.endswith("*") for word in folded(phrase).split()]
    joined = r"\s*".join(words)
    # scripts without spaces have no word ends to ask for
    spaced = phrase.isascii() or " " in phrase.strip()
    return rf"(?<!\w){joined}(?!\w)" if spaced else joined
