"""Addresses with gaps: days in a source's own, an item's address in that of its JSON.

``{since}`` and ``{today}`` are days, ISO unless a form follows: ``{since:%d%m%Y}``. Nothing else is
filled in; these are no format strings, which could reach into the program.
"""

import re
from datetime import date
from urllib.parse import quote, urlsplit

_GAP = re.compile(r"\{([^{}]*)\}")
_DAY = re.compile(r"(since|today)(?::((?:%[Ymd]|[-./])+))?\Z")
_TWIN = {"url", "path"}


def day_gaps(address: str) -> tuple[str, ...]:
    """Return the gaps of a source's address, as they stand between braces."""
    return tuple(_GAP.findall(address))


def gap_fault(gap: str) -> str | None:
    """Return what is wrong with a gap of a source's address, None if nothing is."""
    if _DAY.match(gap):
        return None
    return f"has {{{gap}}} in it; only {{since}} and {{today}} are filled in, such as {{since:%d%m%Y}}"


def fill_days(address: str, *, since: date, today: date) -> str:
    """Return the address with its days filled in."""
    days = {"since": since, "today": today}

    def filled(gap: re.Match[str]) -> str:
        found = _DAY.match(gap[1])
        return days[found[1]].strftime(found[2] or "%Y-%m-%d") if found else gap[0]

    return _GAP.sub(filled, address)


def checked_twin(template: str) -> str:
    """Return the template of an address that is made from an item's own.

    Raises:
        ValueError: it is no address, or has another gap than ``{url}`` and ``{path}``.
    """
    if not template.startswith(("https://", "http://")):
        raise ValueError("must be an https:// address with {path} or {url} in it")
    gaps = set(_GAP.findall(template))
    if not gaps or gaps - _TWIN:
        raise ValueError("must have {path} or {url} in it, and nothing else in braces")
    return template


def fill_twin(template: str, address: str) -> str:
    """Return the address of the JSON that stands beside the page at ``address``."""
    values = {"url": quote(address, safe=""), "path": urlsplit(address).path}
    return _GAP.sub(lambda gap: values.get(gap[1], gap[0]), template)
