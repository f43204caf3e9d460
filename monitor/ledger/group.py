"""Which findings speak of one agreement, and what they say together.

Pure, and a function of the *set* of findings and of the decisions that merged, split or dismissed: the
same agreements in whatever order and batches findings came. What was stored only says which ids
agreements already have.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from monitor.ledger.assemble import assemble, day_of
from monitor.ledger.clusters import Clusters, Pair
from monitor.ledger.corrections import correct, dismiss, heard_after
from monitor.ledger.names import anchors, name
from monitor.ledger.parents import link
from monitor.ledger.records import Record, records_of
from monitor.ledger.rulings import Rulings, about_agreements, ids_named, rule
from monitor.ledger.signings import signings_of
from monitor.model import Agreement, Decision, Finding, Sides


@dataclass(frozen=True, slots=True)
class Grouping:
    """All agreements that the findings make, by id; ``changed`` are those that are new or differ."""

    agreements: tuple[Agreement, ...]
    changed: tuple[Agreement, ...]


def group(findings: Iterable[Finding], known: Iterable[Agreement], decisions: Iterable[Decision]) -> Grouping:
    """Return the agreements that ``findings`` make.

    Args:
        findings: All findings of the pairs of sides concerned, old and new.
        known: The stored agreements of these pairs.
        decisions: Decisions in any order; those about other agreements and about changes are ignored.
    """
    by_sides: dict[Sides, list[Finding]] = {}
    for finding in findings:
        by_sides.setdefault(finding.sides, []).append(finding)
    stored: dict[Sides, list[Agreement]] = {}
    for agreement in known:
        stored.setdefault(agreement.sides, []).append(agreement)
    taken = about_agreements(decisions)
    found = [
        agreement
        for sides in sorted(by_sides)
        for agreement in _of_sides(by_sides[sides], stored.get(sides, ()), taken)
    ]
    before = {agreement.id: agreement for each in stored.values() for agreement in each}
    agreements = tuple(sorted(found, key=lambda each: each.id))
    return Grouping(agreements, tuple(each for each in agreements if before.get(each.id) != each))


def _of_sides(
    findings: Sequence[Finding], known: Sequence[Agreement], decisions: Sequence[Decision]
) -> tuple[Agreement, ...]:
    ids = {each for agreement in known for each in (agreement.id, *agreement.aliases)}
    finding_of = anchors(ids | ids_named(decisions), findings)
    rulings = rule(decisions, finding_of)
    groups = _groups(findings, rulings)
    names = _names(groups, known, finding_of, rulings)
    return link([_agreement(names[at], members, rulings) for at, members in enumerate(groups)])


def _groups(findings: Sequence[Finding], rulings: Rulings) -> list[tuple[Finding, ...]]:
    """The findings of each agreement, in order of their first finding."""
    records = records_of(findings, rulings.parted_by)
    record_of = {finding.id: record.key for record in records for finding in record.findings}
    clusters = Clusters(
        records, _between(rulings.together, record_of), _between(rulings.apart(), record_of)
    ).grow()
    return sorted((_members(cluster) for cluster in clusters), key=lambda members: members[0].id)


def _members(cluster: Sequence[Record]) -> tuple[Finding, ...]:
    return tuple(sorted((each for record in cluster for each in record.findings), key=lambda each: each.id))


def _between(pairs: Iterable[Pair], record_of: Mapping[str, str]) -> list[Pair]:
    """Pairs of findings as pairs of their records; those within one record say nothing."""
    found = (frozenset(record_of[each] for each in pair if each in record_of) for pair in pairs)
    return [pair for pair in found if len(pair) == 2]


def _agreement(names: tuple[str, ...], members: Sequence[Finding], rulings: Rulings) -> Agreement:
    held = {finding.id for finding in members}
    dismissal = max((last for each, last in rulings.dismissed.items() if each in held), default=None)
    standing = members if dismissal is None else heard_after(members, dismissal)
    agreement = assemble(names[0], names[1:], standing or members)
    for correction in rulings.corrections:
        if correction.finding_id in held:
            agreement = correct(agreement, correction.field, correction.value)
    return agreement if standing else dismiss(agreement)


def _names(
    groups: Sequence[Sequence[Finding]],
    known: Sequence[Agreement],
    finding_of: Mapping[str, str],
    rulings: Rulings,
) -> list[tuple[str, ...]]:
    """The id of each group, then its aliases.

    Every id stays with the finding that it came from. Of two that meet, the one that a person kept stays,
    then one that is no alias yet, then the older by its date.
    """
    aliases = {alias for agreement in known for alias in agreement.aliases}
    given = {each for agreement in known for each in (agreement.id, *agreement.aliases)}
    at_of = {finding.id: at for at, members in enumerate(groups) for finding in members}
    held: dict[int, list[str]] = {}
    for each in sorted(given):
        if (finding_id := finding_of.get(each)) in at_of:
            held.setdefault(at_of[finding_id], []).append(each)
    names = []
    for at, members in enumerate(groups):
        ids = held.get(at, [])
        lost = {other for other, kept in rulings.kept if other in ids and kept in ids}
        if ids:
            names.append(tuple(sorted(ids, key=lambda each: (each in lost, each in aliases, each))))
            continue
        first = _first(members)
        day = day_of([first], first.sides)
        new = name(first.sides, first, day.first.isoformat() if day else "", given)
        given.add(new)
        names.append((new,))
    return names


def _first(members: Sequence[Finding]) -> Finding:
    """The finding that gives the id: one that dates the signing, else one that tells of it."""
    return min(
        members,
        key=lambda each: (not signings_of(each), not each.stage.implies_conclusion, each.id),
    )
