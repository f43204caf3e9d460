"""Make a decision out of what a person said, or say why it cannot stand.

Pure: the caller gives the instant and records the decision. All faults are listed at once.
"""

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, replace
from datetime import datetime
from types import MappingProxyType
from typing import Final

from monitor.errors import DecisionError, Problem
from monitor.model import (
    Action,
    Agreement,
    Binding,
    Change,
    Correctable,
    Decision,
    Kind,
    Level,
    PartialDate,
    Relation,
)
from monitor.review.reasons import Reason, split_reason
from monitor.review.versions import version_of

ON_CHANGES: Final = frozenset({Action.ACCEPT, Action.REJECT, Action.DEFER, Action.NEEDS_SECOND_SOURCE})
_WORDED: Final = frozenset({"statement", "wording", "speaks_of"})
_DURATION: Final = re.compile(r"P(?=\d)(\d+Y)?(\d+M)?(\d+W)?(\d+D)?\Z")


def decide(
    action: str,
    subject: Change | Agreement,
    *,
    by: str,
    at: datetime,
    reason: str = "",
    values: Mapping[str, str] = MappingProxyType({}),
    evidence: Iterable[str] = (),
    seen_version: str = "",
) -> Decision:
    """Return the decision that a person took.

    Args:
        action: A word of :class:`monitor.model.Action` that fits the subject.
        subject: The change or agreement as it stands now.
        by: The reviewer's name or user id.
        at: When, timezone-aware.
        reason: A code of :class:`Reason`, ``code: free text``, or free text alone.
        values: ``other`` for a merge, ``findings`` (ids with commas) for a split, ``field`` and ``value``
            for a correction; ``wording`` of a ``statement`` for an accepted change, with the ids of the
            changes that it ``speaks_of``.
        evidence: Finding ids or addresses that it rests on.
        seen_version: The version of the subject that the person looked at; empty if not known.

    Raises:
        DecisionError: what is wrong with it, every fault; or the subject has changed since it was seen.
    """
    current = version_of(subject)
    if seen_version and seen_version != current:
        raise DecisionError([_outdated(subject, seen_version, current)], seen=seen_version, current=current)
    known = next((each for each in Action if each == action), None)
    faults = list(_faults(action, known, subject, by, at, values))
    if faults or known is None:
        raise DecisionError([Problem("decision", None, subject.id, fault) for fault in faults])
    particulars = tuple(sorted(_completed(known, subject, values).items()))
    made = Decision(
        "", known, subject.id, by.strip(), at, _as_written(reason), particulars, tuple(evidence), current
    )
    return replace(made, id=_id(made))


def _as_written(reason: str) -> str:
    code, text = split_reason(reason)
    if code is Reason.OTHER:
        return text
    return f"{code.value}: {text}" if text else code.value


def _faults(
    action: str,
    known: Action | None,
    subject: Change | Agreement,
    by: str,
    at: datetime,
    values: Mapping[str, str],
) -> Iterable[str]:
    fitting = sorted(each for each in Action if (each in ON_CHANGES) is isinstance(subject, Change))
    if known not in fitting:
        what = "a change" if isinstance(subject, Change) else "an agreement"
        yield f"{action!r} cannot be decided on {what}; use one of {', '.join(fitting)}"
    if not by.strip():
        yield "a decision needs the name of the person who takes it"
    if at.tzinfo is None:
        yield "a decision needs an instant with a time zone"
    if known is not None and isinstance(subject, Agreement):
        yield from _CHECKS.get(known, _no_faults)(subject, values)
    if isinstance(subject, Change) and values and (known is not Action.ACCEPT or set(values) != _WORDED):
        yield f"only an accepted change is worded, with {', '.join(sorted(_WORDED))}"


def _no_faults(_: Agreement, values: Mapping[str, str]) -> Iterable[str]:
    if values:
        yield f"it takes no particulars, got {', '.join(sorted(values))}"


def _faults_of_merge(agreement: Agreement, values: Mapping[str, str]) -> Iterable[str]:
    other = values.get("other", "")
    if not other:
        yield "a merge needs the other agreement's id as 'other'"
    elif other in (agreement.id, *agreement.aliases):
        yield f"{other} is this agreement already"
    elif other.split("-")[:2] != agreement.id.split("-")[:2]:
        yield f"{other} is between other sides, so it cannot be the same agreement"


def _faults_of_split(agreement: Agreement, values: Mapping[str, str]) -> Iterable[str]:
    parted = _listed(values.get("findings", ""))
    strangers = sorted(parted - set(agreement.findings))
    if not parted:
        yield "a split needs the ids of the findings to part as 'findings'"
    elif strangers:
        yield f"not findings of this agreement: {', '.join(strangers)}"
    elif parted == set(agreement.findings):
        yield "a split must leave a finding in the agreement"


def _faults_of_correction(_: Agreement, values: Mapping[str, str]) -> Iterable[str]:
    name, value = values.get("field", ""), values.get("value")
    field = next((each for each in Correctable if each == name), None)
    if field is None:
        yield f"{name!r} cannot be corrected; use one of {', '.join(Correctable)}"
    elif value is None:
        yield "a correction needs a value"
    elif fault := _fault_of_value(field, value):
        yield f"{field.value} cannot be {value!r}: {fault}"


def _fault_of_value(field: Correctable, value: str) -> str:
    if not value:
        return "" if field in _MAY_BE_EMPTY else "it must not be empty"
    try:
        _PARSERS.get(field, str)(value)
    except ValueError as error:
        return str(error)
    return ""


def _duration(text: str) -> str:
    if not _DURATION.match(text):
        raise ValueError("not an ISO 8601 duration such as P10Y")
    return text


_CHECKS: Final[Mapping[Action, Callable[[Agreement, Mapping[str, str]], Iterable[str]]]] = MappingProxyType(
    {
        Action.MERGE: _faults_of_merge,
        Action.SPLIT: _faults_of_split,
        Action.CORRECT: _faults_of_correction,
    }
)
_PARSERS: Final[Mapping[Correctable, Callable[[str], object]]] = MappingProxyType(
    {
        Correctable.SIGNED: PartialDate.parse,
        Correctable.DURATION: _duration,
        Correctable.KIND: Kind,
        Correctable.LEVEL: Level,
        Correctable.BINDING: Binding,
        Correctable.RELATION: Relation,
    }
)
_MAY_BE_EMPTY: Final = frozenset(
    {
        Correctable.PLACE,
        Correctable.DURATION,
        Correctable.RELATION,
        Correctable.PARENT_TITLE,
        Correctable.SERIES,
    }
)


def _completed(action: Action, subject: Change | Agreement, values: Mapping[str, str]) -> dict[str, str]:
    """A split also records what stayed, so that it means the same when findings are added.

    A dismissal records the findings that were judged.
    """
    complete = dict(values)
    if action is Action.NOT_AN_AGREEMENT and isinstance(subject, Agreement):
        complete["findings"] = ",".join(sorted(subject.findings))
    if action is Action.SPLIT and isinstance(subject, Agreement):
        parted = _listed(values["findings"])
        complete["findings"] = ",".join(sorted(parted))
        complete["rest"] = ",".join(sorted(set(subject.findings) - parted))
    return complete


def _listed(text: str) -> set[str]:
    return {part.strip() for part in text.split(",") if part.strip()}


def _outdated(subject: Change | Agreement, seen: str, current: str) -> Problem:
    message = f"it has changed since you looked: you saw version {seen}, now it is {current}; look again"
    return Problem("decision", None, subject.id, message)


def _id(decision: Decision) -> str:
    """From content, the instant included: the same form sent twice is one decision."""
    text = "\0".join(str(getattr(decision, each.name)) for each in fields(decision))
    return "r-" + hashlib.sha256(text.encode()).hexdigest()[:16]
