"""What an address in writing points to: read strictly, so that every later reader agrees.

URL libraries differ on odd spellings, and a host that one of them checks is then not the host that
another one dials. Spellings on which they differ are refused, not repaired.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address
from urllib.parse import SplitResult, urlsplit, urlunsplit

_PORTS = {"http": 80, "https": 443}
_HOST = re.compile(
    r"(?=.{1,253}\Z)[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?)*"
)
_BRACKETED = re.compile(r"\[[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*\](:[0-9]+)?")
_NUMBER = re.compile(r"0x[0-9a-f]*|[0-9]+")
# Letters that the two versions of the IDNA standard map to different names.
_AMBIGUOUS_LETTERS = frozenset("ßς\u200c\u200d")


@dataclass(frozen=True, slots=True)
class Target:
    """An address taken apart: ``url`` is its plain form, host in ASCII, no fragment."""

    url: str
    scheme: str
    host: str
    port: int

    @property
    def origin(self) -> tuple[str, str, int]:
        """What must be equal for credentials, cookies and validators to be sent along."""
        return self.scheme, self.host, self.port


@lru_cache(maxsize=512)  # robots, politeness, the gate and its hops each ask of the same address
def parse_target(url: str) -> Target:
    """Return the target of an http or https address.

    Raises:
        ValueError: it is malformed, of another scheme, or spelled in a way that invites mistakes;
            the message says which, for people.
    """
    _refuse_odd_characters(url)
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise ValueError(f"the address is malformed ({error})") from None
    if parts.scheme not in _PORTS:
        raise ValueError("only http and https addresses can be fetched")
    _refuse_odd_authority(parts, host, port)
    host = _plain_host(host)
    port = port or _PORTS[parts.scheme]
    return Target(_plain_url(parts, host, port), parts.scheme, host, port)


def is_literal(host: str) -> bool:
    """Return whether a parsed host is an address in figures rather than a name."""
    return ":" in host or _NUMBER.fullmatch(host.rpartition(".")[2]) is not None


def _refuse_odd_characters(url: str) -> None:
    if "\\" in url or " " in url or not url.isprintable():  # other spaces are not printable
        raise ValueError("the address contains a space, a backslash or a control character")


def _refuse_odd_authority(parts: SplitResult, host: str, port: int | None) -> None:
    if "@" in parts.netloc:
        raise ValueError("the address contains a user name or password; remove it")
    if "%" in parts.netloc:
        raise ValueError("the host contains a per cent sign")
    if not host:
        raise ValueError("the address names no host")
    if "[" in parts.netloc and not _BRACKETED.fullmatch(parts.netloc):
        raise ValueError("the host is not a valid IPv6 address")
    if port == 0:
        raise ValueError("port 0 cannot be dialled")


def _plain_host(host: str) -> str:
    if ":" in host:
        return str(_ipv6(host))
    host = _ascii(host).lower().removesuffix(".")
    if not _HOST.fullmatch(host):
        raise ValueError("the host is not a valid name")
    if is_literal(host):
        return _ipv4(host)
    return host


def _ascii(host: str) -> str:
    if host.isascii():
        return host
    if _AMBIGUOUS_LETTERS & set(host):
        raise ValueError("the host has letters that are read in two ways; write it in its xn-- form")
    try:
        return host.encode("idna").decode("ascii")
    except UnicodeError:
        raise ValueError("the host is not a valid international name; write it in its xn-- form") from None


def _ipv4(host: str) -> str:
    try:
        return str(IPv4Address(host))
    except ValueError:
        raise ValueError("the host is a number in an odd notation; write a name or a plain address") from None


def _ipv6(host: str) -> IPv6Address:
    try:
        return IPv6Address(host)
    except ValueError:
        raise ValueError("the host is not a valid IPv6 address") from None


def _plain_url(parts: SplitResult, host: str, port: int) -> str:
    netloc = f"[{host}]" if ":" in host else host
    if port != _PORTS[parts.scheme]:
        netloc += f":{port}"
    return urlunsplit((parts.scheme, netloc, parts.path or "/", parts.query, ""))
