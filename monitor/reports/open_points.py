"""What is not yet established, and what is under way: the limits of what a digest says."""

from collections.abc import Sequence

from monitor.model import (
    Agreement,
    Basis,
    Binding,
    Change,
    Conflict,
    Entry,
    PartialDate,
    Scope,
    Stage,
    written,
)
from monitor.model import ChangeKind as Kind
from monitor.reports.desk import Desk, is_one_sided, is_reported
from monitor.reports.items import Item, Section
from monitor.reports.material import Lapsed
from monitor.reports.titles import first_words
from monitor.reports.words import counted, field_words, length, parties_counted, sentence

_MOST_NAMED = 5
_MOST_CONFLICTS = 6
_IN_FORCE = (Stage.IN_FORCE, Stage.PROVISIONALLY_APPLIED)
_SIGNED = (Kind.NEW, Kind.UNDATED, Kind.LEAD)
_GIVEN_UP = (Stage.DECLINED, Stage.TERMINATED, Stage.EXPIRED)
_WAITING = (Stage.ANNOUNCED_INTENT, Stage.NEGOTIATING, Stage.AGREED_TEXT)


def not_established(desk: Desk, items: Sequence[Item]) -> tuple[str, ...]:
    """Return what nobody may read into the digest: confirmation, force, membership, a date in dispute."""
    told = [item.change for item in items if item.section in (Section.CONCLUDED, Section.CONFIRMED)]
    signed = [change for change in told if not desk.grown(change)]  # what is open of others was said before
    lines = [
        _unconfirmed([change for change in signed if is_reported(change)], desk),
        *_one_sided([change for change in signed if is_one_sided(change)], desk),
        _force([change for change in signed if not is_reported(change)], desk),
        _membership([change for change in signed if _is_undecided(change)], desk),
        _undated([change for change in signed if change.kind is Kind.UNDATED], desk),
    ]
    lines += [_lapsed(desk, each) for each in desk.material.lapsed]
    lines += _conflicts(desk, items)
    return tuple(sentence(line) for line in lines if line)


def under_way_before(desk: Desk) -> str:
    """Return who is still in talks by the edition and the digests since, where nothing newer is known."""
    told, standing = desk.material.told, desk.standing()
    known = (*told, *standing)
    moved = {code for change in known if _ends_talks(change) for code in change.sides}
    moved |= {code for change in told if change.kind is Kind.UNDER_WAY for code in change.sides}
    waiting = [code for entry in desk.material.edition.entries if _in_talks(entry) for code in entry.sides]
    talks = [change for change in standing if _still_moving(change) and not _came_to_something(change, known)]
    waiting += [code for change in talks for code in desk.partners(change)]
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


def _lapsed(desk: Desk, lapsed: Lapsed) -> str:
    """What was told as reported only, and is dropped; that it was never signed, nobody says."""
    when = f" on {lapsed.earlier.said.written}" if lapsed.earlier.said else ""
    told = f"told as reported only on {written(lapsed.earlier.dated)}"
    return (
        f"The signing by {desk.prose(desk.partners(lapsed.change))}{when}, {told}: no official word"
        f" of it came, and no new report within {counted(lapsed.days, 'day')}, so it is dropped"
    )


def _conflicts(desk: Desk, items: Sequence[Item]) -> list[str]:
    """Sources that disagree stand side by side; none is picked."""
    lines = []
    for item in items:
        agreement = desk.agreement(item.change)
        for conflict in agreement.conflicts if agreement else ():
            field = field_words(conflict.field)
            claims = _claims(desk, conflict)
            lines.append(f"{desk.party(item.change)}, {field}: sources disagree: {'; '.join(claims)}")
    distinct = list(dict.fromkeys(lines))
    if len(distinct) <= _MOST_CONFLICTS:
        return distinct
    more = len(distinct) - _MOST_CONFLICTS
    return [*distinct[:_MOST_CONFLICTS], f"{counted(more, 'further point')} on which sources disagree"]


def _claims(desk: Desk, conflict: Conflict) -> list[str]:
    """Each value with who gives it; two pages of one publisher are told apart by what they are."""
    names = [_claimant(desk, claim.finding_id) for claim in conflict.claims]
    who = [
        _told_apart(desk, claim.finding_id, name) if names.count(name) > 1 else name
        for claim, name in zip(conflict.claims, names, strict=True)
    ]
    values = [_value(conflict.field, claim.value) for claim in conflict.claims]
    return [f"{value} ({by})" for value, by in zip(values, who, strict=True)]


def _value(field: str, value: str) -> str:
    """A value as prose writes it: a day written out, a length in words."""
    if field == "duration":
        return length(value)
    try:
        return PartialDate.parse(value).written
    except ValueError:
        return f"“{value}”" if field == "title" else value


def _claimant(desk: Desk, finding_id: str) -> str:
    finding = desk.material.findings.get(finding_id)
    return desk.said_by(finding) if finding else "a source"


def _told_apart(desk: Desk, finding_id: str, name: str) -> str:
    finding = desk.material.findings.get(finding_id)
    if finding is None:
        return name
    what = f"“{first_words(desk.page_title(finding))}”"
    return f"{name}, {'the agreement itself' if finding.basis is Basis.TEXT else what}"


def _who(desk: Desk, changes: Sequence[Change]) -> str:
    parties = tuple(dict.fromkeys(code for change in changes for code in desk.partners(change)))
    if len(parties) > _MOST_NAMED:
        return parties_counted(parties, desk.material.names)
    return desk.prose(parties)


def _in_talks(entry: Entry) -> bool:
    return entry.in_series and entry.stage in _WAITING


def _ends_talks(change: Change) -> bool:
    """Whether it ends talks on an agreement of the series: signed, or given up."""
    if change.kind is Kind.UNDER_WAY:
        return change.stage in _GIVEN_UP
    return change.kind in _SIGNED and change.scope is not Scope.OTHER


def _came_to_something(talks: Change, known: Sequence[Change]) -> bool:
    """Whether talks that are not known to be on the series ended in what the same sides signed since."""
    if talks.scope is Scope.SERIES:
        return False
    signed = [change for change in known if change.kind in _SIGNED and change.sides == talks.sides]
    return any(
        change.date is None or talks.date is None or change.date.last >= talks.date.first for change in signed
    )


def _still_moving(change: Change) -> bool:
    return change.kind is Kind.UNDER_WAY and change.stage in _WAITING
