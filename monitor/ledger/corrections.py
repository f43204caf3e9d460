"""What a person corrected: one field's value, on their word, over what the sources say.

The sources' claims stay with their findings; a conflict on a corrected field is settled and goes.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from monitor.ledger.records import page_of
from monitor.ledger.rulings import Dismissal
from monitor.model import (
    Agreement,
    Basis,
    Binding,
    Correctable,
    Finding,
    Kind,
    Level,
    PartialDate,
    Relation,
    Signature,
    Stage,
    StageReached,
    Word,
)


def correct(agreement: Agreement, field: str, value: str) -> Agreement:
    """Return ``agreement`` with a field set; a field or value that is none leaves it as it is.

    :func:`monitor.review.decide` refuses such decisions, so only one written by an older version can be.
    """
    setter = _SETTERS.get(field)
    if setter is None:
        return agreement
    try:
        corrected = setter(agreement, value)
    except ValueError:
        return agreement
    return replace(corrected, conflicts=tuple(each for each in agreement.conflicts if each.field != field))


def dismiss(agreement: Agreement) -> Agreement:
    """Return what is left of ``agreement`` once a person said that it is none: its findings and names."""
    return replace(agreement, stage=Stage.UNRELATED, stages=(), signed=(), conflicts=(), procedures=())


def heard_after(findings: Sequence[Finding], dismissal: Dismissal) -> list[Finding]:
    """Return what was heard only after a person called an agreement none, if it says that it was concluded.

    They judged what they could see. "To be signed tomorrow", misread and dismissed, must not hide
    tomorrow's signing; so an official word, a register's or a person's, read later on another page, is
    asked about again. The press is not, nor is the same page in a new version.
    """
    pages = {page for each in findings if dismissal.covers(each) and (page := page_of(each)) is not None}
    after = [each for each in findings if not dismissal.covers(each) and page_of(each) not in pages]
    telling = any(each.stage.implies_conclusion and _is_own_word(each) for each in after)
    return after if telling else []


def _is_own_word(finding: Finding) -> bool:
    return finding.official or finding.basis is Basis.PERSON


def _signed(agreement: Agreement, value: str) -> Agreement:
    when = PartialDate.parse(value)
    concluded = agreement.concluded or StageReached(Stage.CONCLUDED, when, agreement.findings, Word.PERSON)
    others = tuple(each for each in agreement.stages if each.stage is not Stage.CONCLUDED)
    stages = sorted(
        (replace(concluded, date=when), *others), key=lambda each: (each.stage.order, each.party or "")
    )
    stage = max((each.stage for each in stages), key=lambda each: each.order)
    return replace(
        agreement, signed=(Signature(when, place=agreement.place),), stages=tuple(stages), stage=stage
    )


_SETTERS: Final[Mapping[str, Callable[[Agreement, str], Agreement]]] = MappingProxyType(
    {
        Correctable.SIGNED: _signed,
        Correctable.TITLE: lambda agreement, value: replace(agreement, title=value),
        Correctable.PLACE: lambda agreement, value: replace(agreement, place=value),
        Correctable.DURATION: lambda agreement, value: replace(agreement, duration=value),
        Correctable.INSTRUMENT: lambda agreement, value: replace(agreement, instrument=value),
        Correctable.KIND: lambda agreement, value: replace(agreement, kind=Kind(value)),
        Correctable.LEVEL: lambda agreement, value: replace(agreement, level=Level(value)),
        Correctable.BINDING: lambda agreement, value: replace(agreement, binding=Binding(value)),
        Correctable.RELATION: lambda agreement, value: replace(
            agreement, relation=Relation(value) if value else None
        ),
        Correctable.PARENT_TITLE: lambda agreement, value: replace(agreement, parent_title=value),
        Correctable.SERIES: lambda agreement, value: replace(agreement, series=value or None),
    }
)
