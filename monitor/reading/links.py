"""Addresses as pages and feeds write them: made absolute, and one spelling for identity."""

import re
from urllib.parse import urljoin, urlsplit, urlunsplit

_MOST_CHARACTERS = 4_000
_DROPPED = re.compile(r"[\x00-\x1f\x7f]+")  # browsers drop them too; "java\nscript:" is a known trick
_TRACKING = re.compile(r"(?:utm_\w+|fbclid|gclid|msclkid|mc_[ce]id|_ga)(?:=|\Z)", re.IGNORECASE)
_PORTS = {"http": 80, "https": 443}


def web_link(href: str, base: str = "") -> str | None:
    """Return ``href`` as an absolute http or https address, or None where it is none."""
    cleaned = _DROPPED.sub("", href).strip().replace(" ", "%20").replace("\\", "/")
    if not cleaned:
        return None
    try:
        address = urljoin(base, cleaned)
        parts = urlsplit(address)
        usable = parts.scheme.lower() in _PORTS and parts.hostname and parts.username is None
        _ = parts.port  # raises where it is no number
    except ValueError:
        return None
    return address if usable and len(address) <= _MOST_CHARACTERS else None


def canonical(address: str) -> str:
    """Return one spelling for addresses that name one page: for comparing, not for asking.

    Scheme, default port, tracking parameters, a closing slash and a fragment make no difference.
    """
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return address
    host = (parts.hostname or "").rstrip(".")
    if port is not None and port not in _PORTS.values():
        host = f"{host}:{port}"
    query = "&".join(part for part in parts.query.split("&") if part and not _TRACKING.match(part))
    fragment = parts.fragment if parts.fragment.startswith(("!", "/")) else ""
    return urlunsplit(("", host, parts.path.rstrip("/"), query, fragment)).removeprefix("//")
