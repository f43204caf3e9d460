"""Addresses and headers as they may be shown and kept: without what could be a secret."""

import re
from collections.abc import Iterable
from urllib.parse import parse_qsl, urlsplit, urlunsplit

_SECRET_NAME = re.compile(r"key|token|secret|sig|auth|pass|pwd|session|sid|code|credential", re.IGNORECASE)
_SECRET_VALUE = re.compile(r"(?=.*[0-9])(?=.*[A-Za-z])[A-Za-z0-9_.+/=~-]{20,}")
_COOKIE_VALUE = re.compile(r"(\A[^=;]*=)[^;]*")
_MASK = "..."
_MAX_SHOWN = 200


def masked(url: str) -> str:
    """Return an address without user, password, fragment and values that look secret, cut at 200 signs."""
    try:
        parts = urlsplit(url)
        query = "&".join(
            _shown(name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True)
        )
    except ValueError:
        return "(an address that cannot be read)"
    netloc = parts.netloc.rpartition("@")[2]
    shown = urlunsplit((parts.scheme, netloc, parts.path, query, ""))
    shown = "".join(char if char.isprintable() else "?" for char in shown)
    return shown if len(shown) <= _MAX_SHOWN else shown[:_MAX_SHOWN] + _MASK


def recorded(headers: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Return reply headers as they are kept: of a cookie its name, since its value lets in who has it."""
    return tuple(
        (name, _COOKIE_VALUE.sub(rf"\1{_MASK}", value, count=1) if name.lower() == "set-cookie" else value)
        for name, value in headers
    )


def _shown(name: str, value: str) -> str:
    hidden = _SECRET_NAME.search(name) or _SECRET_VALUE.fullmatch(value)
    return f"{name}={_MASK if hidden else value}"
