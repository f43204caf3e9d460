"""What people decided about agreements, as constraints on findings.

A decision names agreements by id, and every id leads to the finding that it came from; so what was
decided holds for findings, whatever the agreements are called today, and in any order of arrival. Later
decisions undo earlier ones about the same findings; what is about findings not given is left alone.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from monitor.model import Action, Decision, Finding

Pair = frozenset[str]

_ABOUT_AGREEMENTS = frozenset({Action.MERGE, Action.SPLIT, Action.CORRECT, Action.NOT_AN_AGREEMENT})


@dataclass(frozen=True, slots=True)
class Correction:
    """A field's value by a person's word, for the agreement that a finding is part of."""

    finding_id: str
    field: str
    value: str


@dataclass(frozen=True, slots=True, order=True)
class Dismissal:
    """When a person said that an agreement is none, and the findings that they judged."""

    at: datetime
    judged: frozenset[str] = field(default=frozenset(), compare=False)

    def covers(self, finding: Finding) -> bool:
        """Return whether the person could see a finding."""
        return finding.id in self.judged or finding.retrieved is None or finding.retrieved <= self.at


@dataclass(frozen=True, slots=True)
class Split:
    """Findings that a person took out of an agreement, and those that stayed in it."""

    parted: frozenset[str]
    rest: frozenset[str]

    def divides(self, one: set[str], other: set[str]) -> bool:
        """Return whether it stands between two groups of findings."""
        return bool((self.parted & one and self.rest & other) or (self.parted & other and self.rest & one))


@dataclass(slots=True)
class Rulings:
    """Pairs of findings that belong together, splits, corrections (the latest last), what is no agreement.

    ``dismissed`` holds the last word that a finding's agreement is none. ``kept`` says which id stays
    when a person merged two: (other, kept).
    """

    together: set[Pair] = field(default_factory=set)
    splits: list[Split] = field(default_factory=list)
    corrections: list[Correction] = field(default_factory=list)
    dismissed: dict[str, Dismissal] = field(default_factory=dict)
    kept: set[tuple[str, str]] = field(default_factory=set)

    def parted_by(self, finding_id: str) -> tuple[int, ...]:
        """Return which splits took a finding out; findings of one record may be told apart by it."""
        return tuple(at for at, split in enumerate(self.splits) if finding_id in split.parted)

    def apart(self) -> set[Pair]:
        """Return the pairs of findings that splits keep apart."""
        return {
            frozenset((one, other)) for split in self.splits for one in split.parted for other in split.rest
        }


def about_agreements(decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """Return the decisions that concern agreements, in the order taken."""
    chosen = (each for each in decisions if each.action in _ABOUT_AGREEMENTS)
    return tuple(sorted(chosen, key=lambda each: (each.at, each.id)))


def ids_named(decisions: Iterable[Decision]) -> set[str]:
    """Return the agreement ids that decisions name."""
    return {each for decision in decisions for each in (decision.subject, decision.value("other")) if each}


def rule(decisions: Sequence[Decision], finding_of: Mapping[str, str]) -> Rulings:
    """Return what ``decisions``, in the order taken, ask for.

    Args:
        decisions: Only those about agreements.
        finding_of: The finding that an agreement's id leads to; decisions on other ids are left out.
    """
    rulings = Rulings()
    for decision in decisions:
        finding_id = finding_of.get(decision.subject)
        if finding_id is None:
            continue
        if decision.action is Action.MERGE:
            _merge(rulings, decision, finding_id, finding_of)
        elif decision.action is Action.SPLIT:
            _split(rulings, decision, finding_id)
        elif decision.action is Action.CORRECT:
            name, value = decision.value("field"), decision.value("value")
            rulings.corrections.append(Correction(finding_id, name or "", value or ""))
            rulings.dismissed.pop(finding_id, None)  # what a person corrects they take for one
        else:
            rulings.dismissed[finding_id] = Dismissal(decision.at, frozenset(listed(decision, "findings")))
    return rulings


def listed(decision: Decision, name: str) -> tuple[str, ...]:
    """Return the ids of a particular that is a list, written with commas between."""
    return tuple(part.strip() for part in (decision.value(name) or "").split(",") if part.strip())


def _merge(rulings: Rulings, decision: Decision, finding_id: str, finding_of: Mapping[str, str]) -> None:
    other = decision.value("other") or ""
    other_finding = finding_of.get(other)
    if other_finding is None or other_finding == finding_id:
        return
    first, second = _group(rulings, finding_id), _group(rulings, other_finding)
    rulings.splits = [split for split in rulings.splits if not split.divides(first, second)]
    rulings.together.add(frozenset((finding_id, other_finding)))
    for each in (finding_id, other_finding):
        rulings.dismissed.pop(each, None)
    rulings.kept.discard((decision.subject, other))
    rulings.kept.add((other, decision.subject))


def _split(rulings: Rulings, decision: Decision, finding_id: str) -> None:
    parted = frozenset(listed(decision, "findings"))
    rest = frozenset(listed(decision, "rest")) or frozenset({finding_id})
    split = Split(parted, rest - parted)
    rulings.together = {pair for pair in rulings.together if not split.divides(*_halves(pair))}
    first, *others = sorted(parted) or [finding_id]
    rulings.together |= {frozenset((first, other)) for other in others}
    rulings.splits.append(split)


def _halves(pair: Pair) -> tuple[set[str], set[str]]:
    one, other = pair
    return {one}, {other}


def _group(rulings: Rulings, finding_id: str) -> set[str]:
    """The findings that people said belong with one."""
    group, size = {finding_id}, 0
    while len(group) != size:
        size = len(group)
        group.update(*(pair for pair in rulings.together if pair & group))
    return group
