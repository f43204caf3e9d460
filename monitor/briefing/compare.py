"""Compare the agreements known today with what an edition of a briefing says.

By the date of the event, whenever first seen: what was concluded after the edition's cut-off is new, what
moved on after it has advanced, what was concluded before it and belongs to the series but is not there was
omitted. An agreement that no source lists any more is not a change, nor is a date that a source stops giving.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from monitor.briefing.ageing import Event, aged_by
from monitor.briefing.contradictions import Contradiction, contradictions
from monitor.briefing.events import (
    Placed,
    conclusion_date,
    date_of_talks,
    moved_on,
    place,
    place_conclusion,
)
from monitor.briefing.matching import Matched, talks_entries
from monitor.briefing.membership import evidence_of
from monitor.briefing.placing import place_of
from monitor.model import (
    Action,
    Aged,
    Agreement,
    Basis,
    Change,
    ChangeKind,
    Decision,
    Edition,
    Entry,
    Finding,
    Level,
    PartialDate,
    PartyCode,
    Scope,
    Stage,
    change_id,
)

_BASES = (Basis.TEXT, Basis.REGISTER, Basis.RELEASE, Basis.PERSON, Basis.PRESS)
_LATE = timedelta(days=1)  # a run reads and understands a document within minutes of its retrieval


@dataclass(frozen=True, slots=True)
class _Seen:
    """One agreement beside the edition."""

    edition: Edition
    agreement: Agreement
    partner: PartyCode
    findings: Mapping[str, Finding]
    first_seen: Mapping[str, datetime]
    scope: Scope
    matched: Matched
    dismissals: int = 0


def compare(
    edition: Edition,
    agreements: Iterable[Agreement],
    findings: Mapping[str, Finding],
    texts: Mapping[str, str],
    *,
    first_seen: Mapping[str, datetime],
    decisions: Iterable[Decision] = (),
) -> tuple[Change, ...]:
    """Return what a reviewer must look at, by the date of the event, undated last.

    Args:
        edition: What the briefing says.
        agreements: Agreements; those of which the focal party is no side are passed over.
        findings: The agreements' findings by id.
        texts: Texts of the findings' documents by document id; evidence for the series is sought in them.
        first_seen: When each finding was first recorded, by id; now for those not recorded yet.
        decisions: People's decisions, in the order taken.
    """
    evidence = evidence_of(edition.topic.series)
    taken = tuple(decisions)
    changes: list[Change] = []
    for agreement in agreements:
        partner = agreement.partner_of(edition.topic.focal)
        if partner is None or not agreement.is_agreement or agreement.level is Level.COMPANY:
            continue
        scope, concluded = place_of(edition, agreement, findings, texts, taken, evidence=evidence)
        matched = Matched(concluded, () if concluded else talks_entries(edition, agreement, scope))
        dismissals = _dismissals(agreement, taken)
        changes += _changes_of(
            _Seen(edition, agreement, partner, findings, first_seen, scope, matched, dismissals)
        )
    return tuple(sorted(changes, key=lambda change: (*change.sort_key, change.id)))


def _dismissals(agreement: Agreement, decisions: Iterable[Decision]) -> int:
    """How often a person called it none: it stands again, which is news to whoever heard of its end."""
    ids = {agreement.id, *agreement.aliases}
    return sum(each.action is Action.NOT_AN_AGREEMENT and each.subject in ids for each in decisions)


def _changes_of(seen: _Seen) -> list[Change]:
    found = _discrepancies(seen)
    main = _concluded(seen) if seen.agreement.stage.implies_conclusion else _under_way(seen)
    return found if main is None else [*found, main]


def _concluded(seen: _Seen) -> Change | None:
    placed = place_conclusion(seen.agreement, seen.findings, seen.edition.as_of)
    if not seen.agreement.word.is_confirmed:
        return _lead(seen, placed)
    if seen.matched.concluded or placed is Placed.BEFORE:
        return _advanced(seen) or _omitted(seen) or _laid(seen)
    kind = ChangeKind.NEW if placed is Placed.AFTER else ChangeKind.UNDATED
    when = conclusion_date(seen.agreement)
    change = _change(seen, kind, seen.agreement.stage, when)
    return replace(change, aged=_aged(seen, Stage.CONCLUDED, when))


def _advanced(seen: _Seen) -> Change | None:
    later = moved_on(seen.agreement, seen.edition.as_of)
    if later is None:
        return None
    change = _change(seen, ChangeKind.ADVANCED, later.stage, later.date, first=later.findings)
    return replace(change, word=later.word, aged=_aged(seen, later.stage, later.date))


def _laid(seen: _Seen) -> Change | None:
    """Laid before Parliament after the cut-off: no stage, so no sentence ages, yet news of its own."""
    laid = _laid_since(seen)
    if laid is None:
        return None
    first = tuple(each for each in _evidence(seen) if seen.findings[each].procedures)
    return _change(seen, ChangeKind.ADVANCED, Stage.CONCLUDED, laid, first=first)


def _laid_since(seen: _Seen) -> PartialDate | None:
    """The day of laying after the cut-off, of an agreement that has come no further than its conclusion."""
    laid = seen.agreement.laid if seen.agreement.stage is Stage.CONCLUDED else None
    return laid if place(laid, seen.edition.as_of) is Placed.AFTER else None


def _omitted(seen: _Seen) -> Change | None:
    if seen.matched.concluded or seen.scope is Scope.OTHER:
        return None
    when = conclusion_date(seen.agreement)
    change = _change(seen, ChangeKind.OMITTED, seen.agreement.stage, when)
    return replace(change, aged=_aged(seen, Stage.CONCLUDED, when, is_news=False))


def _lead(seen: _Seen, placed: Placed) -> Change | None:
    """Nobody but the press, or a third party, says so: shown, but it ages nothing."""
    if seen.matched.concluded or (seen.scope is Scope.OTHER and placed is not Placed.AFTER):
        return None
    return _change(seen, ChangeKind.LEAD, seen.agreement.stage, conclusion_date(seen.agreement))


def _under_way(seen: _Seen) -> Change | None:
    """Talks, a finalised text or a refusal after the cut-off; outside the series only our own state's."""
    stage = seen.agreement.stage
    when = date_of_talks(seen.agreement, seen.findings)
    concerns = seen.scope is not Scope.OTHER or seen.partner == seen.edition.topic.own_state
    if not concerns or place(when, seen.edition.as_of) is not Placed.AFTER:
        return None
    change = _change(seen, ChangeKind.UNDER_WAY, stage, when)
    return replace(change, aged=_aged(seen, stage, when)) if change.word.is_confirmed else change


def _discrepancies(seen: _Seen) -> list[Change]:
    return [
        _discrepancy(seen, entry, each)
        for entry in seen.matched.concluded
        for each in contradictions(entry, seen.agreement, seen.findings)
    ]


def _discrepancy(seen: _Seen, entry: Entry, found: Contradiction) -> Change:
    """Its evidence is the findings of every contradicting voice, and nothing else."""
    when = found.date or conclusion_date(seen.agreement)
    change = _change(
        seen, ChangeKind.DISCREPANCY, seen.agreement.stage, when, what=f"{entry.id}:{found.field}"
    )
    return replace(
        change,
        version=f"{found.edition_says} / {found.sources_say}",
        entry_id=entry.id,
        evidence=found.evidence,
        first_seen=_first_seen(seen, found.evidence),
        field=found.field,
        edition_says=found.edition_says,
        sources_say=found.sources_say,
    )


def _aged(seen: _Seen, stage: Stage, when: PartialDate | None, *, is_news: bool = True) -> tuple[Aged, ...]:
    event = Event(seen.partner, stage, seen.scope, when, seen.matched.ids, is_news)
    return aged_by(seen.edition, event)


def _change(
    seen: _Seen,
    kind: ChangeKind,
    stage: Stage,
    when: PartialDate | None,
    *,
    what: str = "",
    first: tuple[str, ...] = (),
) -> Change:
    """A change with the agreement's evidence, the findings in ``first`` before the others."""
    agreement, edition = seen.agreement, seen.edition
    evidence = tuple(dict.fromkeys((*first, *_evidence(seen))))
    return Change(
        id=change_id(edition.briefing_id, edition.as_of, kind, agreement.id, what),
        briefing_id=edition.briefing_id,
        as_of=edition.as_of,
        kind=kind,
        scope=seen.scope,
        agreement_id=agreement.id,
        sides=agreement.sides,
        stage=stage,
        agreement_kind=agreement.kind,
        title=agreement.title,
        word=agreement.word,
        version=_version(seen, kind, stage, when),
        date=when,
        entry_id=seen.matched.entry_id,
        evidence=evidence,
        first_seen=_first_seen(seen, evidence),
        found_late=_is_late(seen),
    )


def _is_late(seen: _Seen) -> bool:
    """Whether what first told us had been read long before: our rules understood it only later."""
    told = [finding for each in _evidence(seen) if _carries(finding := seen.findings[each], seen)]
    known = [each for each in told if each.id in seen.first_seen and each.retrieved is not None]
    if not known:
        return False
    first = min(known, key=lambda each: (seen.first_seen[each.id], each.id))
    return first.retrieved is not None and seen.first_seen[first.id] - first.retrieved >= _LATE


def _first_seen(seen: _Seen, evidence: Iterable[str]) -> datetime | None:
    return min((seen.first_seen[each] for each in evidence if each in seen.first_seen), default=None)


def _version(seen: _Seen, kind: ChangeKind, stage: Stage, when: PartialDate | None) -> str:
    """What a reader would notice: stage, day, confirmed or not, membership; of talks, the stage alone.

    A further round of the same talks is no news, a day given for a month is.
    """
    confirmed = "confirmed" if seen.agreement.word.is_confirmed else "unconfirmed"
    if kind is ChangeKind.UNDER_WAY:
        return f"{stage.value} {confirmed}"
    in_force = seen.agreement.reached(Stage.IN_FORCE)
    words = [stage.value, when.iso if when else "undated", confirmed, seen.scope.value]
    if in_force is not None and in_force.date is not None:
        words.append(f"in force {in_force.date.iso}")
    if kind in (ChangeKind.NEW, ChangeKind.UNDATED) and (laid := _laid_since(seen)) is not None:
        words.append(f"laid {laid.iso}")
    if seen.dismissals:
        words.append(f"again {seen.dismissals}")
    return " ".join(words)


def _evidence(seen: _Seen) -> list[str]:
    """The agreement's findings, those that carry the conclusion first, then by strength."""
    known = [seen.findings[each] for each in seen.agreement.findings if each in seen.findings]
    ordered = sorted(known, key=lambda each: (not _carries(each, seen), _BASES.index(each.basis), each.id))
    return [finding.id for finding in ordered]


def _carries(finding: Finding, seen: _Seen) -> bool:
    if seen.agreement.stage.implies_conclusion:
        return finding.stage is Stage.CONCLUDED
    return finding.stage is seen.agreement.stage
