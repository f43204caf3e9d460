"""Fold what people accepted into a new edition: its text, its facts, and what its statements depend on.

The publisher's system publishes; here an edition is *closed*. What was accepted is in the new edition, so
that the same comparison finds nothing of it again; what was not accepted stays with the sources.
"""

import copy
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from monitor.briefing.importing import Imported, import_paper
from monitor.briefing.importing.prose import sentences
from monitor.briefing.importing.units import unused
from monitor.briefing.out_of_date import last_word_on, last_words, standing_changes
from monitor.briefing.redline import accepted_markdown, mark_up
from monitor.briefing.wording import Proposal
from monitor.model import (
    Action,
    Agreement,
    Change,
    ChangeKind,
    Decision,
    Edition,
    PartyCode,
    Scope,
    Stage,
)

_ENTERED = (ChangeKind.NEW, ChangeKind.OMITTED, ChangeKind.UNDATED)
_BEFORE_CONCLUSION = (Stage.ANNOUNCED_INTENT, Stage.NEGOTIATING, Stage.AGREED_TEXT, Stage.DECLINED)


class EditionKind(StrEnum):
    """What a new edition is to its readers."""

    MINOR = "minor"
    MAJOR = "major"
    CORRECTION = "correction"


@dataclass(frozen=True, slots=True)
class Accepted:
    """What people accepted: changes with their agreements by id, and the wording for some statements."""

    changes: Sequence[Change]
    agreements: Mapping[str, Agreement]
    proposals: Sequence[Proposal]


def accepted_changes(
    edition: Edition, changes: Iterable[Change], decisions: Iterable[Decision], *, as_of: date
) -> tuple[Change, ...]:
    """Return what people accepted and the next edition can state: of its cut-off or before.

    What may belong to the series is left until a person says whether it does.
    """
    known = {change.id: change for change in changes}
    words = last_words(decisions)
    taken = {key for key, action in words.items() if action in (Action.ACCEPT, Action.REJECT)}
    found = []
    for change in standing_changes(edition, known.values()):
        last = last_word_on(change, known, taken)
        if last is None or words[last] is not Action.ACCEPT or change.scope is Scope.UNDECIDED:
            continue
        if change.date is None or change.date.is_until(as_of):
            found.append(change)
    return tuple(found)


def close_edition(
    current: Mapping[str, Any],
    edition: Edition,
    text: str,
    accepted: Accepted,
    *,
    as_of: date,
    published: date,
    parties_in: Callable[[str], tuple[PartyCode, ...]],
) -> Imported:
    """Return the files of the next edition.

    Args:
        current: The data of briefing.yaml as it stands.
        edition: The same, as an edition.
        text: Its whole text in Markdown.
        accepted: What people accepted.
        as_of: The new information cut-off.
        published: The new day of publication, the cut-off or later.
        parties_in: Gives the parties that English words name.

    Raises:
        ConfigError: the new edition would contradict itself.
    """
    data = copy.deepcopy(dict(current))
    data |= {"as_of": as_of, "published": published, "text": f"text/{as_of}.md"}
    entries = data.setdefault("entries", [])
    for change in accepted.changes:
        if change.kind in _ENTERED:
            _enter(entries, change, accepted.agreements.get(change.agreement_id), edition)
        elif change.kind is ChangeKind.DISCREPANCY:
            _correct(entries, change)
    _end_talks(data, accepted, edition)
    _carry_on(data, accepted)
    markdown = accepted_markdown(mark_up(edition, text, accepted.proposals, {}))
    return import_paper(
        markdown.encode(),
        "edition.md",
        parties_in=parties_in,
        current=data,
        as_of=as_of,
        briefing_id=data["id"],
    )


def _enter(
    entries: list[dict[str, Any]], change: Change, agreement: Agreement | None, edition: Edition
) -> None:
    """The agreement as the new edition states it."""
    focal = edition.topic.focal
    partner = change.sides[1] if change.sides[0] == focal else change.sides[0]
    taken = [each["id"] for each in entries]
    entry: dict[str, Any] = {
        "id": unused(f"{partner.lower()}-{change.agreement_kind.value}", taken),
        "partner": partner,
        "stage": Stage.CONCLUDED.value,
        "kind": change.agreement_kind.value,
        "in_series": change.scope is Scope.SERIES,
    }
    if change.title:
        entry["title"] = change.title
    if change.date is not None:
        entry |= {"date": change.date.iso, "date_of": "signed"}
    if agreement is not None:
        entry |= {key: value for key in ("place", "duration") if (value := getattr(agreement, key))}
    entries.append(entry)


def _correct(entries: list[dict[str, Any]], change: Change) -> None:
    """A discrepancy that was accepted: the entry says what the sources say."""
    entry = next((each for each in entries if each["id"] == change.entry_id), None)
    if entry is None:
        return
    value = change.date.iso if change.field == "date" and change.date is not None else change.sources_say
    entry[change.field] = value


def _end_talks(data: dict[str, Any], accepted: Accepted, edition: Edition) -> None:
    """Talks that ended in a signature leave the entries, and those who signed leave "the remaining"."""
    signed = {
        code
        for change in accepted.changes
        if change.kind in _ENTERED and change.scope is not Scope.OTHER
        for code in change.sides
        if code != edition.topic.focal
    }
    over = {
        each["id"]
        for each in data["entries"]
        if each["stage"] in _BEFORE_CONCLUSION and each.get("partner") in signed
    }
    data["entries"] = [each for each in data["entries"] if each["id"] not in over]
    for statement in data.get("statements", []):
        kept = [_without(on, signed) for on in statement.get("depends_on", []) if on.get("ref") not in over]
        statement["depends_on"] = [on for on in kept if on is not None]


def _without(on: Mapping[str, Any], signed: set[PartyCode]) -> dict[str, Any] | None:
    """A dependency on who remains, without those who signed; None once nobody remains."""
    if on["on"] != "remaining":
        return dict(on)
    parties = [code for code in on.get("parties", []) if code not in signed]
    return {**on, "parties": parties} if parties else None


def _carry_on(data: dict[str, Any], accepted: Accepted) -> None:
    """Enter the sentences that come in, with what the next signature makes of them.

    A sentence added to a list, or to one on who negotiates, is the one that the next signature makes
    incomplete. One that takes another's place depends on what that one still depends on; a second sentence
    of a proposal on nothing. They have no ids yet: the import that follows finds them by their words.
    """
    talks = {each["id"] for each in data["entries"] if each["stage"] in _BEFORE_CONCLUSION}
    wanted = {each.statement_id: each for each in accepted.proposals if each.clauses}
    taken = {each["id"] for each in data.get("statements", [])}
    statements: list[dict[str, Any]] = []
    for statement in data.get("statements", []):
        statements.append(statement)
        proposal = wanted.get(statement["id"])
        if proposal is None:
            continue
        first, *rest = sentences(proposal.text)
        if proposal.deletes:
            statement["text"] = first
        else:
            depends_on = statement.get("depends_on", [])
            carried = [on for on in depends_on if _goes_on(on, talks)]
            statement["depends_on"] = [on for on in depends_on if on not in carried]
            statements.append(_added(statement, first, carried, taken))
        statements += [_added(statement, each, [], taken) for each in rest]
    data["statements"] = statements


def _goes_on(on: Mapping[str, Any], talks: set[str]) -> bool:
    """Whether a dependency is on a list, or on who is left of those that negotiate."""
    return on["on"] in ("series", "remaining") or (on["on"] == "entry" and on.get("ref") in talks)


def _added(
    after: Mapping[str, Any], text: str, depends_on: list[dict[str, Any]], taken: set[str]
) -> dict[str, Any]:
    name = unused(after["id"], taken)
    taken.add(name)
    kept = {key: value for key, value in after.items() if key not in ("notes", "citations")}
    return {**kept, "id": name, "text": text, "depends_on": depends_on}
