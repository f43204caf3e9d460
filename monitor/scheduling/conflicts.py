"""What cannot stand together in one entry of subscriptions.yaml.

A key that means nothing where it stands is a fault: whoever wrote it believes that it holds.
"""

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from monitor.model import Audience, Cadence, ReportKind, is_mail_address

_MAIL, _WEBHOOK = "smtp", "webhook"
_OF_DIGESTS = ("tell", "message", "urgent", "parties", "kinds", "nothing_new", "remind_after_days")
_OF_CADENCE = {"weekday": Cadence.WEEKLY, "day": Cadence.MONTHLY}


def conflicts(values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the key and what is wrong, for each fault between the values of one entry."""
    yield from _of_addresses(values)
    yield from _of_cadence(values)
    yield from _of_kind(values)
    yield from _of_reminders(values)
    if values.get("hold") and values.get("pause"):
        yield "pause", "stands beside `hold`; hold collects what is found, pause does not: choose one"


def _of_addresses(values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    check = {_MAIL: _not_a_mail_address, _WEBHOOK: _not_an_https_address}.get(values.get("channel", ""))
    if check is not None:
        for key in ("to", "test_to", "deputy"):
            yield from ((key, fault) for each in values.get(key, ()) if (fault := check(each)))


def _not_a_mail_address(value: str) -> str:
    return "" if is_mail_address(value) else f"{value!r} is not a mail address such as name@example.org"


def _not_an_https_address(value: str) -> str:
    """Plain http only to this machine, which only examples and tests open."""
    try:
        parts = urlsplit(value)
        host = parts.hostname or ""
    except ValueError:
        return f"{value!r} is not an address"
    local = parts.scheme == "http" and (host == "localhost" or host.startswith("127."))
    if "@" in parts.netloc or not host or not (parts.scheme == "https" or local):
        return f"{value!r} must be an https address without a user name or password in it"
    return ""


def _of_cadence(values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    cadence = values.get("cadence")
    for key, wanted in _OF_CADENCE.items():
        if key in values and cadence is not None and cadence is not wanted:
            yield key, f"means nothing with `cadence: {cadence}`; it goes with `cadence: {wanted}`"
    if values.get("urgent") and cadence is Cadence.AT_ONCE:
        yield "urgent", "means nothing with `cadence: at-once`, which sends everything at once"


def _of_kind(values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    kind = values.get("report", ReportKind.DIGEST)
    if kind is ReportKind.DIGEST:
        return
    for key in _OF_DIGESTS:
        if key in values:
            yield key, f"means nothing with `report: {kind}`; it goes with digests"
    if values.get("cadence") is Cadence.AT_ONCE:
        yield "cadence", f"a `report: {kind}` comes daily, weekly or monthly"


def _of_reminders(values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    if "deputy" in values and "remind_after_days" not in values:
        yield "deputy", "is reminded after twice `remind_after_days`; add that"
    if "remind_after_days" in values and values.get("audience") is Audience.READERS:
        yield "remind_after_days", "reminds reviewers; it goes with `audience: reviewers`"
