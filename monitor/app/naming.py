"""English names for what is shown: parties by code, languages by tag."""

from collections.abc import Mapping
from functools import cache

from monitor.language import known_codes, language_names
from monitor.model import PartyCode
from monitor.recognition import load_names


@cache
def party_names() -> Mapping[PartyCode, str]:
    """Return the English name of every state and organisation that can be a party."""
    names = load_names()
    former = ("SUHH", "YUCS", "CSHH", "DDDE", "CSXX")
    return {PartyCode(code): names.english(code) for code in (*sorted(known_codes()), *former)}


__all__ = ["language_names", "party_names"]
