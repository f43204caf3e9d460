"""Cut running text into sentences, and footnotes into parts; marks stay with the sentence before them."""

import re
from itertools import pairwise

from monitor.briefing.importing.blocks import LINK

_END = re.compile(
    r"""(?P<end>(?:[.?!]|\.\.\.|…)[”’"')\]]*    # a full stop, with what closes on it
        (?:\[\^\d+\])*)                         # and its footnote marks
        \s+
        (?=[“‘"'(\[]*[A-Z0-9À-ÖØ-Þ])            # before something that can begin a sentence
    """,
    re.VERBOSE,
)
_NOT_AN_END = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|St|Sir|Rt|Hon|Gen|Col|Lt|No|Nos|Art|Arts|para|paras|p|pp|vol|cf|eg|ie|e\.g|i\.e|vs?"
    r"|Cm|Cmnd|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|etc)|\b[A-Z])\.\Z"
)
_SEPARATOR = re.compile(r"(?:;\s+(?:and\s+)?|,\s+and\s+|,\s+|\s+and\s+)")
# a dated paper without a link ends with its year, and another dated one begins with a name
_BETWEEN_DATED = re.compile(r"(?<=\b(?:19|20)\d\d)(?:;\s+|,?\s+and\s+|,\s+)(?=[“‘\"A-Z].*\b(?:19|20)\d\d)")
_COUNTRY = re.compile(r"(?:[A-Z][\w’'.-]*\s+)+[–-]\s+\Z")


def sentences(text: str) -> list[str]:
    """Return the sentences of one block, in order, without white space at their ends."""
    links = [(link.start(), link.end()) for link in LINK.finditer(text)]
    found = []
    start = 0
    for match in _END.finditer(text):
        within_link = any(first < match.start() < last - 1 for first, last in links)
        if within_link or _NOT_AN_END.search(text[start : match.end("end")]):
            continue
        found.append(text[start : match.end("end")].strip())
        start = match.end()
    rest = text[start:].strip()
    return [*found, rest] if rest else found


def note_parts(text: str) -> list[str]:
    """Return the parts of a footnote: its sentences, each cut before every further cited paper.

    A part begins where a separator (a semicolon, "and", a comma) stands before another linked title, or
    before the publisher or country that leads to it.
    """
    return [part for sentence in sentences(text) for part in _cut_at_citations(sentence)]


def _cut_at_citations(sentence: str) -> list[str]:
    links = list(LINK.finditer(sentence))
    if not links:
        return [part.strip() for part in _BETWEEN_DATED.split(sentence) if part.strip()]
    cuts = [
        cut
        for before, link in pairwise(links)
        if (cut := _cut_between(sentence, before.end(), link.start())) is not None
    ]
    bounds = [(0, 0), *cuts, (len(sentence), len(sentence))]
    parts = [sentence[start:end].strip() for (_, start), (end, _) in pairwise(bounds)]
    return [part for part in parts if part]


def _cut_between(sentence: str, end: int, start: int) -> tuple[int, int] | None:
    """Where to cut between two links: (end of the one part, start of the next), or None if nowhere.

    A dated paper ends with its date or pinpoint, so the cut is the last separator that leaves after it no
    more than a country's name, or else a semicolon.
    """
    between = sentence[end:start]
    separators = list(_SEPARATOR.finditer(between))
    if not separators or not _is_cited(between, separators):
        return None
    semicolons = [each for each in separators if each[0].startswith(";")]
    chosen = semicolons[0] if semicolons else _before_the_name(separators, between)
    return end + chosen.start(), end + chosen.end()


def _is_cited(between: str, separators: list[re.Match[str]]) -> bool:
    """Whether the first link is a citation of its own: a date, a country's dash or a semicolon follows it."""
    dated = re.search(r"\d{4}", between) is not None
    country = _COUNTRY.search(between) is not None
    return dated or country or any(each[0].startswith(";") for each in separators)


def _before_the_name(separators: list[re.Match[str]], between: str) -> re.Match[str]:
    for separator in reversed(separators):
        following = between[separator.end() :]
        if not following or _COUNTRY.match(following):
            return separator
    return separators[-1]
