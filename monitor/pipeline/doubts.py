"""What a document may announce, asked of a reviewer instead of told.

A question a document, sides and sentence, asked once; only of what concerns a briefing, and not where the
ledger already has a signing of these sides around that day.
"""

from datetime import datetime, timedelta
from typing import Final

from monitor.model import Finding, Question
from monitor.pipeline.derive import Detected
from monitor.pipeline.parts import Parts

_AROUND: Final = timedelta(days=30)
_LONGEST: Final = 300  # characters quoted


def doubts(parts: Parts, detected: Detected, now: datetime) -> tuple[Question, ...]:
    """Return what a reviewer is asked about the documents that ``detected`` is from."""
    focals = {edition.topic.focal for edition in parts.editions}
    concerned = [each for each in detected.unsure if focals & set(each.sides)]
    if not concerned:
        return ()
    asked = {question.id for question in parts.store.questions(open_only=False)}
    told = {each.sides for each in detected.findings}
    found = {_id(each): each for each in concerned if each.sides not in told and not _is_known(parts, each)}
    return tuple(
        Question(question_id, each.source_id, now, _text(parts, each))
        for question_id, each in found.items()
        if question_id not in asked
    )


def _id(finding: Finding) -> str:
    return f"unsure-{finding.id}"


def _is_known(parts: Parts, finding: Finding) -> bool:
    """Whether a signing of the same sides is known around the day that this would be of."""
    when = finding.date or finding.published
    for agreement in parts.store.agreements(sides=[finding.sides]):
        concluded = agreement.concluded
        if concluded is None:
            continue
        if when is None or concluded.date is None:
            return True
        if when.first - _AROUND <= concluded.date.last and concluded.date.first <= when.last + _AROUND:
            return True
    return False


def _text(parts: Parts, finding: Finding) -> str:
    """Return the question: who may have signed, in whose words, where, and what to do then."""
    first, second = (parts.names.get(side, side) for side in finding.sides)
    quote = " ".join(finding.quote.split())
    quote = quote if len(quote) <= _LONGEST else quote[: _LONGEST - 1] + "…"
    return (
        f"may announce that {first} and {second} signed an agreement: “{quote}” ({finding.url}). "
        "If it does, `monitor agreements add` enters it"
    )
