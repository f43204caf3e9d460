"""Parties to agreements: states and a closed list of organisations, always as codes."""

from types import MappingProxyType
from typing import Final, NewType

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


def _codes(text: str) -> frozenset[str]:
    return frozenset(text.split())


# ISO 3166-1, the codes in use, with XK for Kosovo.
_STATES: Final = _codes(
    """
    AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT
    BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH
    ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT
    HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS
    LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI
    NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG
    SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG
    UM US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW"""
)
# ISO 3166-3: states and territories that are no more.
_FORMER: Final = _codes(
    """
    AIDJ ANHH BQAQ BUMM BYAA CSHH CSXX CTKI DDDE DYBJ FQHH FXFR GEHH HVBF JTUM MIUM NHVU NQAQ NTHH PCHH
    PUUM PZPA RHZW SKIN SUHH TPTL VDVN WKUM YDYE YUCS ZRCD"""
)
_OFTEN_WRITTEN: Final = MappingProxyType({"UK": "GB", "EL": "GR", "EN": "GB", "UKR": "UA", "USA": "US"})


def party_code(text: str) -> PartyCode:
    """Return ``text`` as a party code.

    Raises:
        ValueError: ``text`` is none, such as ``UA``, ``SUHH`` or ``NATO``.
    """
    if text in ORGANISATIONS or text in _STATES or text in _FORMER or _is_made_up(text):
        return PartyCode(text)
    meant = _OFTEN_WRITTEN.get(text) or (text.upper() if text.upper() in _STATES else None)
    if meant:
        raise ValueError(f"{text!r} is no ISO 3166-1 code; did you mean `{meant}`?")
    raise ValueError(f"not a party code (UA, SUHH, EU, NATO ...): {text!r}")


def _is_made_up(text: str) -> bool:
    """Codes that ISO 3166-1 leaves to its users, or unused: examples have states of their own."""
    return len(text) in (2, 4) and text[0] in "QX" and text.isascii() and text.isalpha() and text.isupper()


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
