"""Compare titles of instruments by the words that tell them apart.

The parties' names, the form ("in the form of an exchange of letters") and the date in a title do not
tell two instruments of one pair apart; a number ("No. 3") and the subject do.
"""

import re
import unicodedata

_UNSEEN = re.compile("[\u00ad\u2010-\u2015\u2212\"'\u2018-\u201f\u00ab\u00bb\u2032\u2033\u300c-\u300f-]")
_PARTIES = re.compile(
    r"\bbetween\b.*?(?=\b(?:on|concerning|regarding|relating|amending|to amend|in the form|for)\b|$)"
)
_DONE = re.compile(r",?\s*(?:done|signed|adopted)\s+(?:at|in|on)\b[^,]*(?:,[^,]*\d{4})?,?")
_FORM = re.compile(r"\bin the form of an? exchange of (?:letters|notes)\b")
_OF_ANOTHER = re.compile(r"amend|protocol|supplement|extend|extension|terminat")
_WORD = re.compile(r"\w+")
_SMALL = "a an and at between by for from in its of on the their to with agreement agreements no number"
_STOP = frozenset(_SMALL.split())


def folded(text: str) -> str:
    """Return ``text`` casefolded, without hyphens and quotation marks, white space made single."""
    return " ".join(_UNSEEN.sub("", unicodedata.normalize("NFKC", text).casefold()).split())


def core_words(title: str) -> frozenset[str]:
    """Return the words that tell an instrument apart from others of the same pair; numbers included."""
    text = folded(title)
    for pattern in (_FORM, _DONE, _PARTIES):
        text = pattern.sub(" ", text)
    return frozenset(word for word in _WORD.findall(text) if word not in _STOP)


def are_alike(one: str, other: str) -> bool:
    """Return whether two titles can name one instrument: the same core words, but for a few."""
    first, second = core_words(one), core_words(other)
    if not first or not second or _marks(first) != _marks(second):
        return False
    return len(first & second) / len(first | second) >= 0.6


def are_at_odds(one: str, other: str) -> bool:
    """Return whether two titles in one language contradict: neither's core words hold the other's."""
    first, second = core_words(one), core_words(other)
    return bool(first and second) and not (first <= second or second <= first)


def is_distinctive(title: str) -> bool:
    """Return whether a title says enough to know the instrument by it alone."""
    return len(core_words(title)) >= 3


def changes_another(title: str) -> bool:
    """Return whether a title says that the instrument amends, extends or ends another one."""
    return any(_OF_ANOTHER.match(word) for word in core_words(title))


def _marks(words: frozenset[str]) -> frozenset[str]:
    """What must be the same: numbers, and whether it changes another instrument."""
    changes = {"amends"} if any(_OF_ANOTHER.match(word) for word in words) else set()
    return frozenset(word for word in words if word.isdigit()) | changes
