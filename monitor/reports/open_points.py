"""What is not yet established, and what is under way: the limits of what a digest says."""

from collections.abc import Sequence

from monitor.model import Agreement, Binding, Change, Entry, Scope, Stage
from monitor.model import ChangeKind as Kind
from monitor.reports.desk import Desk, is_one_sided, is_reported
from monitor.reports.items import Item, Section
from monitor.reports.words import counted, field_words, parties_counted, sentence

_MOST_NAMED = 5
_MOST_CONFLICTS = 6
_IN_FORCE = (Stage.IN_FORCE, Stage.PROVISIONALLY_APPLIED)
_WAITING = (Stage.ANNOUNCED_INTENT, Stage.NEGOTIATING, Stage.AGREED_TEXT)


def not_established(desk: Desk, items: Sequence[Item]) -> tuple[str, ...]:
    """Return what nobody may read into the digest: confirmation, force, membership, a date in dispute."""
    signed = [item.change for item in items if item.section in (Section.CONCLUDED, Section.CONFIRMED)]
    lines = [
        _unconfirmed([change for change in signed if is_reported(change)], desk),
        *_one_sided([change for change in signed if is_one_sided(change)], desk),
        _force([change for change in signed if not is_reported(change)], desk),
        _membership([change for change in signed if _is_undecided(change)], desk),
        _undated([change for change in signed if change.kind is Kind.UNDATED], desk),
    ]
    lines += _conflicts(desk, items)
    return tuple(sentence(line) for line in lines if line)


def under_way_before(desk: Desk) -> str:
    """Return who is still in talks by the edition and the digests since, where nothing newer is known."""
    told, standing = desk.material.told, desk.standing()
    moved = {code for change in (*told, *standing) if _ends_talks(change) for code in change.sides}
    moved |= {code for change in told if change.kind is Kind.UNDER_WAY for code in change.sides}
    waiting = [code for entry in desk.material.edition.entries if _in_talks(entry) for code in entry.sides]
    waiting += [code for change in standing if _still_moving(change) for code in desk.partners(change)]
    parties = tuple(dict.fromkeys(code for code in waiting if code != desk.focal and code not in moved))
    if not parties:
        return ""
    return sentence(f"No newer step was found in the talks with {desk.prose(parties)}")


def _unconfirmed(changes: Sequence[Change], desk: Desk) -> str:
    if not changes:
        return ""
    return f"Official confirmation of the signing by {_who(desk, changes)}"


def _one_sided(changes: Sequence[Change], desk: Desk) -> list[str]:
    """What one government alone says is attributed; whose word is missing stays open."""
    silent = [change for change in changes if _partner_is_silent(desk, change)]
    focal = [change for change in changes if change not in silent]
    us = desk.prose([desk.focal])
    lines = []
    if silent:
        they = "they" if len(silent) > 1 else "it"
        lines.append(f"Word from {_who(desk, silent)}: so far only {us} says that {they} signed")
    if focal:
        lines.append(f"Word from {us} on the signing by {_who(desk, focal)}")
    return lines


def _partner_is_silent(desk: Desk, change: Change) -> bool:
    voices = {finding.voice for finding in desk.findings(change)}
    return not voices.intersection(desk.partners(change))


def _force(changes: Sequence[Change], desk: Desk) -> str:
    """A signature settles neither force nor entry into force."""
    agreements = [desk.agreement(change) for change in changes]
    unsaid = [each for each in agreements if each is None or each.binding is Binding.NOT_STATED]
    waiting = [each for each in agreements if each is None or not _is_in_force(each)]
    many = len(changes) > 1
    agreement, takes = ("the agreements are", "they take") if many else ("the agreement is", "it takes")
    if unsaid and waiting:
        return f"Whether {agreement} legally binding, and when {takes} effect: a signature settles neither"
    if waiting:
        return f"When {takes} effect, once signed: a signature does not settle it"
    return f"Whether {agreement} legally binding: a signature does not settle it" if unsaid else ""


def _is_in_force(agreement: Agreement) -> bool:
    return any(agreement.reached(stage) for stage in _IN_FORCE)


def _is_undecided(change: Change) -> bool:
    """Of what is only reported nobody asks yet whether it belongs."""
    return change.scope is Scope.UNDECIDED and not is_reported(change)


def _membership(changes: Sequence[Change], desk: Desk) -> str:
    if not changes:
        return ""
    return f"Whether the agreement with {_who(desk, changes)} belongs to the series that the briefing follows"


def _undated(changes: Sequence[Change], desk: Desk) -> str:
    return f"On which day the agreement with {_who(desk, changes)} was signed" if changes else ""


def _conflicts(desk: Desk, items: Sequence[Item]) -> list[str]:
    """Sources that disagree stand side by side; none is picked."""
    lines = []
    for item in items:
        agreement = desk.agreement(item.change)
        for conflict in agreement.conflicts if agreement else ():
            claims = [f"{each.value} ({_claimant(desk, each.finding_id)})" for each in conflict.claims]
            field = field_words(conflict.field)
            lines.append(f"{desk.party(item.change)}, {field}: sources disagree: {'; '.join(claims)}")
    distinct = list(dict.fromkeys(lines))
    if len(distinct) <= _MOST_CONFLICTS:
        return distinct
    more = len(distinct) - _MOST_CONFLICTS
    return [*distinct[:_MOST_CONFLICTS], f"{counted(more, 'further point')} on which sources disagree"]


def _claimant(desk: Desk, finding_id: str) -> str:
    finding = desk.material.findings.get(finding_id)
    return desk.said_by(finding) if finding else "a source"


def _who(desk: Desk, changes: Sequence[Change]) -> str:
    parties = tuple(dict.fromkeys(code for change in changes for code in desk.partners(change)))
    if len(parties) > _MOST_NAMED:
        return parties_counted(parties, desk.material.names)
    return desk.prose(parties)


def _in_talks(entry: Entry) -> bool:
    return entry.in_series and entry.stage in _WAITING


def _ends_talks(change: Change) -> bool:
    return change.kind in (Kind.NEW, Kind.UNDATED, Kind.LEAD) and change.scope is not Scope.OTHER


def _still_moving(change: Change) -> bool:
    return change.kind is Kind.UNDER_WAY and change.stage in _WAITING
