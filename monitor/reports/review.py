"""What reviewers get beside each change: the facts of its detection and the commands to decide it."""

import shlex

from monitor.model import Action, Change, Finding, Scope
from monitor.model import ChangeKind as Kind
from monitor.reports.desk import Desk
from monitor.reports.digest import Decide, Fact, Quotation, Scored
from monitor.reports.escape import one_line
from monitor.reports.evidence import more_findings
from monitor.reports.happened import happened
from monitor.reports.words import counted, field_words, lower

_KINDS = {
    Kind.NEW: "newly concluded",
    Kind.ADVANCED: "a further stage reached",
    Kind.OMITTED: "concluded before the cut-off, not in the edition",
    Kind.DISCREPANCY: "a source contradicts the edition",
    Kind.UNDER_WAY: "under way",
    Kind.LEAD: "press only",
    Kind.UNDATED: "concluded on a day that no source gives",
}
_SCOPES = {
    Scope.SERIES: "in the series",
    Scope.UNDECIDED: "may belong to the series: decide",
    Scope.OTHER: "outside the series",
}
_ACTIONS = (Action.ACCEPT, Action.REJECT, Action.DEFER, Action.NEEDS_SECOND_SOURCE)
_MOST_FINDINGS = 6


def to_decide(desk: Desk, change: Change, quoted: tuple[Quotation, ...]) -> Decide:
    """Return what a reviewer needs to decide a change without leaving the page."""
    findings = desk.findings(change)
    return Decide(
        change_id=change.id,
        headline=f"{desk.party(change)}: {_headline(desk, change)}",
        facts=_facts(desk, change),
        findings=tuple(_scored(desk, finding) for finding in findings[:_MOST_FINDINGS]),
        quotations=quoted,
        commands=tuple(
            f"monitor review {action.value} {change.id} --by NAME --seen {shlex.quote(change.version)}"
            for action in _ACTIONS
        ),
    )


def _headline(desk: Desk, change: Change) -> str:
    if change.kind is Kind.DISCREPANCY:
        return (
            f"{field_words(change.field)}: the briefing says {change.edition_says}, not {change.sources_say}"
        )
    return lower(happened(desk, change))


def _facts(desk: Desk, change: Change) -> tuple[Fact, ...]:
    facts = [
        Fact("Change", f"{change.id}, version {change.version}"),
        Fact("Agreement", change.agreement_id),
        Fact("What", f"{_KINDS[change.kind]}, {_SCOPES[change.scope]}"),
        Fact("On whose word", change.word.value),
    ]
    if change.aged:
        facts.append(
            Fact("Statements", "; ".join(f"{each.statement_id} ({each.how.value})" for each in change.aged))
        )
    if change.entry_id:
        facts.append(Fact("Entry of the edition", change.entry_id))
    if change.first_seen:
        facts.append(Fact("First seen", desk.moment(change.first_seen)))
    facts += _conflicts(desk, change)
    if more := more_findings(desk, change):
        facts.append(Fact("Not quoted here", f"{counted(more, 'finding')}: monitor changes show {change.id}"))
    return tuple(facts)


def _conflicts(desk: Desk, change: Change) -> list[Fact]:
    agreement = desk.agreement(change)
    conflicts = agreement.conflicts if agreement else ()
    return [
        Fact(
            f"Sources disagree on the {field_words(conflict.field)}",
            "; ".join(f"{c.value} ({c.finding_id})" for c in conflict.claims),
        )
        for conflict in conflicts
    ]


def _scored(desk: Desk, finding: Finding) -> Scored:
    return Scored(
        finding.id,
        desk.said_by(finding),
        finding.stage.value,
        f"{finding.score:.2f}",
        tuple(one_line(reason) for reason in finding.reasons),
        one_line(finding.explanation),
    )
