"""Make foreign text harmless in each form: on one line, visible, and without meaning to the format.

Markdown has no escaping of its own in Jinja. What a table, a link, raw HTML, mathematics or an
automatic link could be made of becomes a character reference, which every engine prints as the
character; emphasis and brackets get a backslash, which people read past.
"""

import re
from urllib.parse import urlsplit

from monitor.language.normalise import normalise

_REFERENCES = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    "|": "&#124;",
    "~": "&#126;",
    "$": "&#36;",
    "@": "&#64;",
    "^": "&#94;",
    "\\": "&#92;",
}
_REFERENCED = re.compile("[" + re.escape("".join(_REFERENCES)) + "]")
_SLASHED = re.compile(r"([*_`\[\]])")
_AUTOMATIC = re.compile(r"(?<=[A-Za-z]):(?=//)|(?<=\bwww)\.", re.IGNORECASE)
_SHORTCODE = re.compile(r":(?=(?:[0-9_+-]*[A-Za-z][A-Za-z0-9_+-]*|100|1234|[+-]1):)")  # of emoji
_LINE_START = re.compile(r"\A([#=:]|[+-](?![A-Za-z0-9]))|\A(\d{1,9})([.)])(?=\s|\Z)")
_LANG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*\Z")
_URL_UNSAFE = re.compile(r"[^A-Za-z0-9\-._~:/?#@!$&+,;=%]")


def one_line(value: object) -> str:
    """Return a value as visible text on one line; None is empty."""
    return "" if value is None else normalise(str(value))


def markdown(value: object) -> str:
    """Return a value as Markdown that shows it as plain text, wherever on a line it stands."""
    text = _SLASHED.sub(r"\\\1", _REFERENCED.sub(lambda found: _REFERENCES[found[0]], one_line(value)))
    text = _AUTOMATIC.sub(lambda found: f"&#{ord(found[0])};", text)
    text = _SHORTCODE.sub("&#58;", text)
    return _LINE_START.sub(lambda found: f"{found[2] or ''}\\{found[3] or found[1]}", text)


def http_url(url: object) -> str:
    """Return an http(s) address that is safe inside any format's link, or nothing.

    Characters that a format could take for the link's end are percent-encoded, which leaves the
    address the same; other schemes (``javascript:``, ``data:``) and addresses with credentials in
    them give no link.
    """
    text = one_line(url)
    try:
        parts = urlsplit(text)
        if parts.scheme.lower() not in ("http", "https") or not parts.hostname or "@" in parts.netloc:
            return ""
    except ValueError:
        return ""
    return _URL_UNSAFE.sub(lambda found: _percent(found[0]), text)


def language_tag(lang: str) -> str:
    """Return a well-formed language tag for a ``lang`` attribute, or nothing."""
    return lang if _LANG.match(lang) else ""


def _percent(character: str) -> str:
    return "".join(f"%{byte:02X}" for byte in character.encode("utf-8", "replace"))
