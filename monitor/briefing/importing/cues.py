"""What a sentence of an English briefing reports, by its words: concluded, negotiating, first, a count.

These are cues for proposals that a person checks; they read a briefing's careful prose, not news.
"""

import re
from enum import Flag, auto

from monitor.model import CountOf, Kind

_INSTRUMENT = (
    r"(?:agreement|treat(?:y|ies)|pact|accord|arrangement|guarantee|commitment|assurance|memorandum)s?"
)
_KIND_WORDS = {
    Kind.SECURITY: r"security|defence|defense|military",
    Kind.PARTNERSHIP: r"partnership",
    Kind.ECONOMIC: r"trade|economic|investment|financial",
    Kind.TRANSPORT: r"transport|aviation|air services",
    Kind.EDUCATION: r"education|cultural|scientific",
}
_CONCLUDED = re.compile(
    r"\b(?:concluded|signed|sealed|entered into|formali[sz]ed|followed suit|(?:did|done) (?:so|the same))\b"
    r"|\bto (?:conclude|sign|formali[sz]e|enter into)\b"
)
# "the agreement concluded with X" describes; it does not report a conclusion
_DESCRIBES = re.compile(rf"\b{_INSTRUMENT}\s+(?:\w+ly )?(?:concluded|signed|formali[sz]ed)\b")
# joining a declaration is no agreement between two sides
_ADHERES = re.compile(
    r"\b(?:signed|joined|endorsed)\s+(?:[\w-]+\s+){0,4}?(?:declaration|convention|communiqué|charter|compact)s?\b",
    re.IGNORECASE,
)
_RELATIVE = re.compile(
    r"\b(?:that|which) (?:was|were|has been|had been) (?:concluded|signed|formali[sz]ed)\b"
)
_NOT_YET = re.compile(
    r"\b(?:will|would|could|can|may|might|should|shall|hope[sd]?|hoping|expect(?:s|ed)?|plans?|planned|aims?|intends?)"
    r"\b[^.;]*\b(?:be )?(?:conclude|sign|formali[sz]e|reach|agree)[ds]?\b"
)
_ANAPHORA = re.compile(r"\b(?:followed suit|(?:did|done) (?:so|the same))\b")
_TALKS = re.compile(
    r"\b(?:beg[au]n|open(?:ed)?|start(?:s|ed)?|launch(?:ed)?|enter(?:ed)?|hold(?:ing)?|held|in|continu\w+)\b[^.;]{0,40}"
    r"\b(?:negotiations?|talks|consultations?)\b|\bnegotiat(?:es?|ed|ing)\b"
    r"|\b(?:negotiation|consultation)s? (?:are|have|with|on)\b"
)
_DRAFT = re.compile(
    r"\b(?:present|submit|hand|propos|tabl|g[ai]v|sen)\w*\b[^.;]{0,40}\bdraft\b"
    r"|\bunder (?:discussion|negotiation)\b"
)
_MOMENT = re.compile(
    r"\b(?:at the time of writing|as this is written|so far|to date|currently|at present|remains?|still)\b"
    r"|\bin the coming (?:days|weeks|months)\b|\b(?:soon|shortly)\b",
    re.IGNORECASE,
)
_REST = re.compile(r"\b(?:remaining|other|rest of the|outstanding)\b", re.IGNORECASE)
_FIRST = re.compile(
    r"\b(?:first|only) (?:\w+ )?(?:country|state|nation|member|party|ally|government|time)\b", re.IGNORECASE
)
_SMALL_NUMBERS = "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
_NUMBERS = _SMALL_NUMBERS.split()
_COUNT = re.compile(
    rf"\b(?P<value>\d{{1,3}}|{'|'.join(_NUMBERS)}) (?:\w+ )?"
    r"(?P<whose>countries|states|nations|members|allies|parties)\b"
    r"(?P<rest>[^.;]{0,30}\b(?:signed|joined|endorsed|concluded|acceded|adhered|supported)\b[^.;]*)",
    re.IGNORECASE,
)
_YEARS = re.compile(rf"\b(?P<value>\d{{1,3}}|{'|'.join(_NUMBERS)})[- ]year\b", re.IGNORECASE)
_GROUP = re.compile(r"\b(?P<name>[A-Z][A-Za-z]*\d*|[A-Z]\d+)\s+\((?P<members>[^()]{10,})\)")


class Cue(Flag):
    """What a sentence reports; several may hold."""

    NONE = 0
    CONCLUDED = auto()
    TALKS = auto()
    DRAFT = auto()
    HOPED = auto()  # a conclusion that is expected, not reported
    FIRST = auto()
    MOMENT = auto()
    REST = auto()
    LIKE_THE_LAST = auto()  # "followed suit": what the sentence before reports


def cues(text: str) -> Cue:
    """Return what the words of a sentence report."""
    said = Cue.NONE
    for cue, pattern in (
        (Cue.TALKS, _TALKS),
        (Cue.DRAFT, _DRAFT),
        (Cue.HOPED, _NOT_YET),
        (Cue.FIRST, _FIRST),
        (Cue.MOMENT, _MOMENT),
        (Cue.REST, _REST),
        (Cue.LIKE_THE_LAST, _ANAPHORA),
    ):
        if pattern.search(text):
            said |= cue
    for pattern in (_NOT_YET, _DESCRIBES, _ADHERES, _RELATIVE):
        text = pattern.sub("", text)
    return said | Cue.CONCLUDED if _CONCLUDED.search(text) else said


def kinds_in(text: str) -> list[Kind]:
    """Return the kinds of instrument that the words of ``text`` speak of, strongest first."""
    return [
        kind for kind, words in _KIND_WORDS.items() if re.search(rf"\b(?:{words})\b", text, re.IGNORECASE)
    ]


def names_instrument(text: str) -> bool:
    """Return whether an agreement, guarantee or the like is spoken of."""
    return re.search(rf"\b{_INSTRUMENT}\b", text, re.IGNORECASE) is not None


def count_in(text: str) -> tuple[int, str, CountOf] | None:
    """Return (value, subject, whose) of a number of countries that did something, or None."""
    match = _COUNT.search(text)
    if match is None:
        return None
    rest = match["rest"]
    if re.search(r"\bdeclaration|\bconvention|\bcharter|\bcommuniqu", rest, re.IGNORECASE):
        of = CountOf.ADHERENTS
    else:
        of = CountOf.SERIES if names_instrument(rest) else CountOf.OTHER
    return _number(match["value"]), f"{match['whose'].lower()}{rest}".strip(), of


def years_in(text: str) -> str:
    """Return a length in years as a duration (``P10Y``), empty where none is given."""
    match = _YEARS.search(text)
    return f"P{_number(match['value'])}Y" if match else ""


def groups_in(text: str) -> list[tuple[str, str]]:
    """Return (name, members in words) of every group that the text spells out in brackets."""
    return [(match["name"], match["members"]) for match in _GROUP.finditer(text)]


def _number(words: str) -> int:
    return int(words) if words.isdigit() else _NUMBERS.index(words.casefold()) + 2
