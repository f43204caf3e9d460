"""What a group of findings says together, as one agreement; the same for any order of findings.

Each field comes from the strongest finding that has it; disagreements are listed beside it.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Final

from monitor.ledger.conflicts import conflicts_of
from monitor.ledger.dates import date_signed, register_dates, signatures
from monitor.ledger.records import current_of
from monitor.ledger.titles import read_title
from monitor.ledger.voices import by_strength, strength, voices_of, without_copies, word_of
from monitor.model import (
    Agreement,
    Basis,
    Binding,
    Finding,
    Kind,
    Level,
    PartialDate,
    PartyCode,
    ProcedureStep,
    Sides,
    Stage,
    StageReached,
    Titled,
)

_PER_SIDE: Final = frozenset({Stage.RATIFIED, Stage.IN_FORCE, Stage.PROVISIONALLY_APPLIED})
_WORDS_THAT_TELL: Final = 14  # a fuller title says more; one that is longer still has swallowed a clause
_SHOWN_LANGUAGE: Final = "en"  # a side's own English page is preferred for what is shown


def assemble(agreement_id: str, aliases: tuple[str, ...], findings: Sequence[Finding]) -> Agreement:
    """Return the agreement that ``findings``, one or more of one pair of sides, make."""
    sides = findings[0].sides
    current = current_of(sorted(findings, key=lambda each: each.id))
    ranked = by_strength(current, sides)
    stages = stages_of(current, sides)
    related = next((each for each in ranked if each.relation is not None), None)
    return Agreement(
        id=agreement_id,
        sides=sides,
        kind=_kind(ranked, sides),
        stage=max((reached.stage for reached in stages), key=lambda stage: stage.order),
        word=word_of(_deciding(current), sides),
        findings=tuple(sorted(each.id for each in findings)),
        title=_title(ranked, sides),
        titles=_titles(ranked),
        instrument=_first(each.instrument for each in ranked),
        level=Level.STATE if any(each.level is Level.STATE for each in current) else Level.AGENCY,
        stages=stages,
        signed=signatures(current, sides),
        place=_place(ranked),
        duration=_first(each.duration for each in ranked),
        binding=_binding(ranked),
        binding_says=_binding_says(ranked),
        numbers=tuple(sorted(set(chain.from_iterable(each.numbers for each in current)))),
        relation=related.relation if related else None,
        parent_title=related.parent_title if related else "",
        procedures=_procedures(current),
        voices=voices_of(_deciding(current), sides),
        conflicts=conflicts_of(current, sides),
        aliases=aliases,
        series=next((each.series for each in ranked if each.series), None),
        register_dates=register_dates(current),
    )


def stages_of(findings: Sequence[Finding], sides: Sides) -> tuple[StageReached, ...]:
    """Return the stages reached, in their order; per side where one side alone reached it."""
    groups: dict[tuple[Stage, PartyCode | None], list[Finding]] = {}
    for finding in findings:
        party = finding.party if finding.stage in _PER_SIDE else None
        groups.setdefault((finding.stage, party), []).append(finding)
    if not any(stage is Stage.CONCLUDED for stage, _ in groups):
        later = [each for each in findings if each.stage.implies_conclusion]
        if later:
            groups[(Stage.CONCLUDED, None)] = later
    reached = (_reached(stage, party, group, sides) for (stage, party), group in groups.items())
    return tuple(sorted(reached, key=lambda each: (each.stage.order, each.party or "")))


def _reached(
    stage: Stage, party: PartyCode | None, findings: Sequence[Finding], sides: Sides
) -> StageReached:
    if stage is Stage.CONCLUDED:
        when = date_signed(findings, sides)
    else:
        dated = [each for each in by_strength(findings, sides) if each.date is not None]
        when = dated[0].date if dated else None
    return StageReached(
        stage, when, tuple(sorted(each.id for each in findings)), word_of(findings, sides), party
    )


def _deciding(findings: Sequence[Finding]) -> Sequence[Finding]:
    """Those that say it is concluded; before that, those of the stage it has come to."""
    concluding = [each for each in findings if each.stage.implies_conclusion]
    if concluding:
        return concluding
    furthest = max(each.stage.order for each in findings)
    return [each for each in findings if each.stage.order == furthest]


def _kind(ranked: Sequence[Finding], sides: Sides) -> Kind:
    """The kind that most findings give; ``other`` only where none says more."""
    telling = [each for each in ranked if each.kind is not Kind.OTHER]
    if not telling:
        return Kind.OTHER
    counts = Counter(each.kind for each in telling)
    best = {kind: min(strength(each, sides) for each in telling if each.kind is kind) for kind in counts}
    return min(counts, key=lambda kind: (-counts[kind], best[kind], kind.value))


def _title(ranked: Sequence[Finding], sides: Sides) -> str:
    """The title given with most care; in English where there is one, without added dates and names."""
    titled = [each for each in ranked if each.title]
    if not titled:
        return ""
    best = min(titled, key=lambda each: _title_rank(each, sides))
    return best.title


def _title_rank(finding: Finding, sides: Sides) -> tuple[int, bool, bool, bool, int, int, int, str]:
    damaged = "\ufffd" in finding.title
    careful = {Basis.TEXT: 0, Basis.REGISTER: 0, Basis.PERSON: 1}.get(finding.basis, 2)
    title = read_title(finding.title, finding.lang)
    return (
        careful,
        damaged,
        finding.lang != _SHOWN_LANGUAGE,
        title.tells_when,
        -min(len(title.whole.split()), _WORDS_THAT_TELL),
        strength(finding, sides),
        len(finding.title),
        finding.id,
    )


def _place(ranked: Sequence[Finding]) -> str:
    """The place in English where there is one, else in letters that an English reader knows."""
    placed = [each for each in ranked if each.place]
    return _first(
        each.place
        for each in sorted(placed, key=lambda each: (each.lang != _SHOWN_LANGUAGE, not each.place.isascii()))
    )


def _titles(ranked: Sequence[Finding]) -> tuple[Titled, ...]:
    """Every title as a voice gives it, once."""
    told: dict[tuple[str, PartyCode | None], Titled] = {}
    for finding in ranked:
        if finding.title:
            told.setdefault((finding.title, finding.voice), Titled(finding.title, finding.voice, finding.id))
    return tuple(told.values())


def _binding(ranked: Sequence[Finding]) -> Binding:
    """What is said, if all who say anything say the same."""
    said = {each.binding for each in ranked} - {Binding.NOT_STATED}
    return said.pop() if len(said) == 1 else Binding.NOT_STATED


def _binding_says(ranked: Sequence[Finding]) -> tuple[str, ...]:
    says = (each for each in without_copies(ranked) if each.binding is not Binding.NOT_STATED)
    return tuple(dict.fromkeys(f"{each.binding.value}: {_who(each)}" for each in by_id(says)))


def by_id(findings: Iterable[Finding]) -> Sequence[Finding]:
    """Return ``findings`` in order of id."""
    return sorted(findings, key=lambda each: each.id)


def _who(finding: Finding) -> str:
    return finding.publisher or finding.voice or finding.source_id


def _procedures(findings: Iterable[Finding]) -> tuple[ProcedureStep, ...]:
    """Every step once, by date; of two wordings the longer."""
    steps: dict[tuple[str, str], ProcedureStep] = {}
    for step in chain.from_iterable(each.procedures for each in by_id(findings)):
        key = (step.step.value, step.date.iso if step.date else "")
        kept = steps.get(key)
        if kept is None or (len(step.words), step.words) > (len(kept.words), kept.words):
            steps[key] = step
    return tuple(
        sorted(
            steps.values(), key=lambda each: (each.date.first.isoformat() if each.date else "9999", each.step)
        )
    )


def _first(values: Iterable[str]) -> str:
    return next((value for value in values if value), "")


def day_of(findings: Sequence[Finding], sides: Sides) -> PartialDate | None:
    """Return the date that an id carries: of the signing, else of what was reported or published."""
    signed = date_signed(findings, sides)
    reported = (each.date or each.published for each in by_strength(findings, sides))
    return signed or next((each for each in reported if each is not None), None)
