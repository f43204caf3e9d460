"""English names for what is shown: parties by code, languages by tag."""

from collections.abc import Mapping
from functools import cache

from monitor.language import known_codes, language_names
from monitor.recognition import load_names


@cache
def party_names() -> Mapping[str, str]:
    """Return the English name of every state and organisation that can be a party."""
    names = load_names()
    former = ("SUHH", "YUCS", "CSHH", "DDDE", "CSXX")
    return {str(code): names.english(code) for code in (*sorted(known_codes()), *former)}


__all__ = ["language_names", "party_names"]
