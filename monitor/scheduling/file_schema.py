"""The JSON Schema of subscriptions.yaml, by which editors complete and check while one types.

What only the workspace knows (its briefings, its channels) is checked when the file is read.
"""

from collections.abc import Iterable
from enum import StrEnum
from typing import Any

from monitor.model import Audience, Cadence, ChangeKind, MessagePer, NothingNew, ReportKind, Tell
from monitor.scheduling.values import DAYS, IDENTITY, MOST_DAYS, TIME

REPORTS = (ReportKind.DIGEST, ReportKind.HEALTH, ReportKind.STATE, ReportKind.TABLE)
REQUIRED = ("id", "briefings", "audience", "channel", "to", "cadence")


def schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of the whole file, with a description for every key."""
    entry = {
        "type": "object",
        "additionalProperties": False,
        "properties": _properties(),
        "required": [key for key in REQUIRED if key != "audience"],
        "anyOf": [{"required": ["audience"]}, {"required": ["report"]}],
    }
    hold = _flag("Hold every readers' subscription of the file; reviewers go on reviewing.")
    entries = {"type": "array", "items": entry, "description": "Who gets what, an entry a subscription."}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "subscriptions.yaml of the briefing monitor",
        "type": "object",
        "required": ["subscriptions"],
        "additionalProperties": False,
        "properties": {"hold": hold, "subscriptions": entries},
    }


def _properties() -> dict[str, Any]:
    return {
        "id": _text("What it was told is remembered under it, so keep it.", pattern=IDENTITY),
        "briefings": _several("One briefing's id or a list; each is a report of its own."),
        "report": _word("What is sent; a digest unless said otherwise.", REPORTS),
        "audience": _word("Readers get what may be forwarded, reviewers everything.", Audience),
        "channel": _text("files, atom, smtp where a mail server is set, or webhook."),
        "to": _several("Mail addresses, https addresses for webhook, any name for files and atom."),
        "cadence": _word("How often a report is made.", Cadence),
        "at": _text("The local time from which a digest is due; 07:00 unless said otherwise.", pattern=TIME),
        "weekday": {"enum": list(DAYS), "description": "Of weekly digests; monday unless said otherwise."},
        "day": _whole("Of monthly digests; a shorter month is told on its last day.", 31),
        "timezone": _text("Such as Europe/London."),
        "nothing_new": _word("Whether a digest without news is sent.", NothingNew),
        "hold": _flag("Collect and review, send nothing; lifted, all goes out as one digest."),
        "pause": _flag("Send nothing; what is found meanwhile is counted, not told."),
        "test_to": _several("Addresses of testers; the subscription itself is on hold."),
        "parties": _several("Only changes with one of these parties, by code."),
        "kinds": _several("Only changes of these kinds.", [each.value for each in ChangeKind]),
        "tell": _word("What of what stands on little is told.", Tell),
        "message": _word("All changes in one message, or one each.", MessagePer),
        "urgent": _flag("What cannot wait is told at once as well."),
        "remind_after_days": _whole(
            "Of reviewers: remind them of what has awaited review so long.", MOST_DAYS
        ),
        "deputy": _several("Addresses that are reminded too, after twice that time."),
    }


def _text(description: str, *, pattern: str = "") -> dict[str, Any]:
    kind = {"type": "string", "minLength": 1, "description": description}
    return kind | ({"pattern": f"^(?:{pattern})$"} if pattern else {})


def _several(description: str, words: Iterable[str] = ()) -> dict[str, Any]:
    """One value, or a list of them."""
    one: dict[str, Any] = {"enum": list(words)} if words else {"type": "string", "minLength": 1}
    return {"description": description, "anyOf": [one, {"type": "array", "minItems": 1, "items": one}]}


def _word(description: str, words: Iterable[StrEnum]) -> dict[str, Any]:
    return {"enum": [word.value for word in words], "description": description}


def _flag(description: str) -> dict[str, Any]:
    return {"type": "boolean", "description": description}


def _whole(description: str, most: int) -> dict[str, Any]:
    return {"type": "integer", "minimum": 1, "maximum": most, "description": description}
