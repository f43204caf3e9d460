"""What people do in a simulated year: look at a walled site, mend an entry of sources.yaml."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from .values import Year


def deeds_on(year: Year, day: date, do: str) -> list[Mapping[str, Any]]:
    """Return what is done on ``day`` of one sort: ``checked`` or ``edit``."""
    return [deed for deed in year.deeds if deed["on"] == day and deed["do"] == do]


def mended(sources: str, deed: Mapping[str, Any]) -> str:
    """Return the text of sources.yaml with one entry changed as an ``edit`` says.

    Raises:
        ValueError: the entry, or what is to be changed in it, is not there.
    """
    entry = re.search(rf"^  - id: {re.escape(deed['source'])}\n(?:(?!  - id: ).*\n)*", sources, re.MULTILINE)
    if entry is None:
        raise ValueError(f"sources.yaml has no entry {deed['source']}")
    text = entry[0]
    for old, new in deed["changes"]:
        if old not in text:
            raise ValueError(f"the entry {deed['source']} has no {old!r}")
        text = text.replace(old, new)
    return sources[: entry.start()] + text + sources[entry.end() :]
