"""Parties to agreements: states and a closed list of organisations, always as codes."""

import re
from typing import NewType

PartyCode = NewType("PartyCode", str)
"""ISO 3166-1 alpha-2, ISO 3166-3 alpha-4 for former states, ``XK``, or an organisation below."""

Sides = tuple[PartyCode, PartyCode]
"""The two sides of an agreement, in alphabetical order."""

ORGANISATIONS = frozenset(
    [
        "EU",
        "NATO",
        "UN",
        "OSCE",
        "COE",
        "AFU",
        "ASEAN",
        "EFTA",
        "EURATOM",
        "ECSC",
        "IMF",
        "WORLDBANK",
        "EBRD",
        "EIB",
        "IAEA",
        "WHO",
        "ICC",
        "CIS",
        "CSTO",
        "EAEU",
        "GCC",
        "OAS",
        "ILO",
        "UNESCO",
        "UNICEF",
        "UNDP",
        "UNHCR",
        "FAO",
        "WFP",
        "WTO",
        "OECD",
        "INTERPOL",
        "EUROPOL",
        "ESA",
    ]
)
"""Organisations that can be a side. The EU is a party, never a country; the African Union is AFU, for AU is
Australia."""

_STATE = re.compile(r"[A-Z]{2}(?:[A-Z]{2})?\Z")


def party_code(text: str) -> PartyCode:
    """Return ``text`` as a party code.

    Raises:
        ValueError: ``text`` has not the form of a code, such as ``UA``, ``SUHH`` or ``NATO``.
    """
    if text in ORGANISATIONS or _STATE.match(text):
        return PartyCode(text)
    raise ValueError(f"not a party code (UA, SUHH, EU, NATO ...): {text!r}")


def is_organisation(code: PartyCode) -> bool:
    """Return whether ``code`` is an organisation rather than a state."""
    return code in ORGANISATIONS


def sides_of(one: str, other: str) -> Sides:
    """Return the two codes as sides, sorted.

    Raises:
        ValueError: a code is malformed, or both are the same.
    """
    if one == other:
        raise ValueError(f"an agreement has two different sides, got {one} twice")
    first, second = sorted((party_code(one), party_code(other)))
    return first, second
