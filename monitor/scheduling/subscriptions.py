"""subscriptions.yaml: who gets which digest, when, over which channel.

Pure: the file is read elsewhere. Every fault is reported in one pass, with its line and its
subscription. Nothing is guessed: a slip in one entry must not mail a reviewers' edition to readers.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from monitor.errors import ConfigError, Problem
from monitor.model import (
    Audience,
    Cadence,
    ChangeKind,
    MessagePer,
    NothingNew,
    Subscription,
    Tell,
    party_code,
)
from monitor.scheduling.conflicts import conflicts
from monitor.scheduling.file_schema import REPORTS, REQUIRED
from monitor.scheduling.values import (
    Read,
    among,
    day_of_month,
    days,
    each,
    flag,
    identity,
    near,
    one_of,
    text,
    time_of_day,
    timezone,
    weekday,
)

LineOf = Callable[..., int | None]


def parse_subscriptions(
    data: Mapping[str, Any],
    line_of: LineOf,
    file: str,
    *,
    briefings: Collection[str],
    channels: Collection[str],
) -> tuple[Subscription, ...]:
    """Return the subscriptions of a file.

    Each digest is of one briefing, so an entry for several gives one subscription each, named
    ``<id>.<briefing>``.

    Args:
        data: The file as plain data.
        line_of: Gives the line of an entry by its keys and positions.
        file: The file's name, for messages.
        briefings: Ids of the briefings that there are.
        channels: Names of the channels that are configured.

    Raises:
        ConfigError: something is wrong; every fault is listed.
    """
    faults = _Faults(file, line_of)
    for key in data.keys() - {"subscriptions", "hold"}:
        faults.add((key,), key, "unknown key; the file holds `subscriptions`, and `hold` beside it")
    if not isinstance(data.get("hold", False), bool):
        faults.add(("hold",), "hold", "must be true or false")
    entries = data.get("subscriptions")
    if not isinstance(entries, list):
        faults.add(("subscriptions",), "subscriptions", "must be a list; begin each entry with `- id:`")
        entries = []
    readers = _readers(briefings, channels)
    found = [made for at, entry in enumerate(entries) for made in _subscriptions(at, entry, readers, faults)]
    _refuse_repeated(entries, faults)
    if faults.problems:
        raise ConfigError(faults.problems)
    return tuple(_held(made) if data.get("hold") else made for made in found)


def _held(subscription: Subscription) -> Subscription:
    """With the whole file on hold nothing leaves the house; reviewers go on reviewing."""
    outside = subscription.audience is Audience.READERS and not subscription.test
    return replace(subscription, hold=True) if outside else subscription


def subscription_keys() -> tuple[str, ...]:
    """Return every key that an entry can have; docs/subscriptions.md explains each."""
    return tuple(_readers((), ()))


@dataclass(slots=True)
class _Faults:
    """Everything that is wrong, in the order found."""

    file: str
    line_of: LineOf
    problems: list[Problem] = field(default_factory=list)

    def add(self, place: tuple[str | int, ...], where: str, message: str) -> None:
        """Note a fault; a key that is missing has no line of its own, so its entry's is given."""
        lines = (self.line_of(*place[:length]) for length in range(len(place), 0, -1))
        line = next((found for found in lines if found is not None), None)
        self.problems.append(Problem(self.file, line, where, message))


def _readers(briefings: Collection[str], channels: Collection[str]) -> Mapping[str, Read]:
    """How each key is read; a reader raises ValueError with what to do."""
    return {
        "id": identity,
        "briefings": each(among(briefings, "briefing")),
        "report": one_of(REPORTS),
        "audience": one_of(Audience),
        "channel": among(channels, "channel", _MORE_CHANNELS),
        "to": each(text),
        "cadence": one_of(Cadence),
        "at": time_of_day,
        "weekday": weekday,
        "day": day_of_month,
        "timezone": timezone,
        "nothing_new": one_of(NothingNew),
        "hold": flag,
        "pause": flag,
        "test_to": each(text),
        "parties": each(lambda value: party_code(text(value))),
        "kinds": each(one_of(ChangeKind)),
        "tell": one_of(Tell),
        "message": one_of(MessagePer),
        "urgent": flag,
        "remind_after_days": days,
        "deputy": each(text),
    }


_MORE_CHANNELS = "; `smtp` needs mail.host in monitor.toml, `webhook` needs MONITOR_WEBHOOK_SECRET"
_NAMED_OTHERWISE = {"pause": "paused", "deputy": "deputies"}
_NOT_VALUES = ("id", "briefings", "to", "test_to")


def _subscriptions(
    position: int, entry: object, readers: Mapping[str, Read], faults: _Faults
) -> tuple[Subscription, ...]:
    """The subscriptions of one entry; none where anything in it is wrong."""
    place = ("subscriptions", position)
    if not isinstance(entry, dict):
        faults.add(place, f"entry {position + 1}", "must hold keys and values, such as `id: weekly`")
        return ()
    before = len(faults.problems)
    name = str(entry.get("id", f"entry {position + 1}"))
    values: dict[str, Any] = {}
    for key, value in entry.items():
        try:
            values[key] = _reader(key, readers)(value)
        except ValueError as error:
            faults.add((*place, key), f"{name}: {key}", str(error))
    for key in REQUIRED:
        if key not in entry and not (key == "audience" and entry.get("report", "digest") != "digest"):
            faults.add(place, f"{name}: {key}", "is missing; add it")
    for key, message in conflicts(values):
        faults.add((*place, key), f"{name}: {key}", message)
    return _built(values) if len(faults.problems) == before else ()


def _reader(key: str, readers: Mapping[str, Read]) -> Read:
    if key not in readers:
        raise ValueError(f"unknown key{near(key, readers)}")
    return readers[key]


def _built(values: Mapping[str, Any]) -> tuple[Subscription, ...]:
    """One subscription a briefing; on trial, one more beside it that goes to the testers."""
    same = {_NAMED_OTHERWISE.get(key, key): value for key, value in values.items() if key not in _NOT_VALUES}
    same.setdefault("audience", Audience.REVIEWERS)
    several = len(values["briefings"]) > 1
    made: list[Subscription] = []
    for briefing in values["briefings"]:
        name = f"{values['id']}.{briefing}" if several else values["id"]
        made += _with_trial(
            Subscription(name, briefing, recipients=values["to"], **same), values.get("test_to")
        )
    return tuple(made)


def _with_trial(subscription: Subscription, testers: tuple[str, ...] | None) -> list[Subscription]:
    """On trial the subscription itself collects and sends nothing, so that going live tells everything."""
    if not testers:
        return [subscription]
    trial = replace(
        subscription, id=f"{subscription.id}.test", recipients=testers, deputies=(), test=True, hold=False
    )
    return [replace(subscription, hold=True), trial]


def _refuse_repeated(entries: list[Any], faults: _Faults) -> None:
    seen: set[str] = set()
    for position, entry in enumerate(entries):
        name = str(entry.get("id", "")) if isinstance(entry, dict) else ""
        if name and name in seen:
            faults.add(("subscriptions", position, "id"), f"{name}: id", "stands twice; ids must differ")
        seen.add(name)
