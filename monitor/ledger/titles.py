"""Titles of instruments as registers, governments and the press write them, made comparable.

One instrument is "Digital Trade Agreement, done at London and Kyiv on 20 March, 5 and 11 May 2023,
between the Government of ..." in one register and "Digital Trade Agreement between ..." in another.
What is left of a title here: the words that say what it is about, its own number ("No. 3"), whether it
changes another instrument, for how many years. Words are cut to their beginnings; nothing is translated
but a small table of concepts.
"""

import re
import unicodedata
from dataclasses import dataclass, replace
from enum import Enum
from functools import lru_cache
from typing import Final

from monitor.ledger.concepts import concepts_of, widened
from monitor.ledger.empty_words import says_nothing

_CACHED: Final = 20_000
_BORROWED: Final = 0.6  # so alike are titles in two languages if they agree word by word
_STEM: Final = 6  # letters of a word that are compared; inflection stands after them
_MONTHS: Final = (
    "january|february|march|april|may|june|july|august|september|october|november|december"
    "|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec"
)
_DAYS: Final = rf"(?:\d{{1,2}}(?:st|nd|rd|th)?(?:\s*(?:,|and|&|/|[-–])\s*)?)+\s*(?:of\s+)?(?:{_MONTHS})\b"
_DATE: Final = rf"(?:{_DAYS}|(?:{_MONTHS})\s+\d{{1,2}}(?:\s*[,/]\s*\d{{1,2}})*)\s*,?\s*(?:\d{{4}})?"
_DONE: Final = re.compile(
    r",?\s*\b(?:done|signed|concluded|adopted|made)\s+(?:at|in)\s+"
    rf"(?:(?!\bbetween\b|\bon\s+\d|\bon\s+the\s+\d)[^,;]){{1,60}}?,?\s*(?:on\s+)?{_DATE}"
    rf"(?:\s*(?:,|and|&)\s*{_DATE})*\s*,?"
)
_ANY_DATE: Final = re.compile(rf"\b{_DATE}|\b\d{{1,2}}[:./]\d{{1,2}}[:./]\d{{2,4}}\b")
_BRACKETED: Final = re.compile(r"[\[(][^\])]*[\])]")
_BETWEEN: Final = re.compile(
    r"\b(?:between|entre|zwischen|tra|fra|między|pomiędzy|між|между|mellom|mellan|mellem|mezi|medzi|između"
    r"|между|starp|tarp|között|μεταξύ|ndërmjet|dintre)\b.*?"
    r"(?=\b(?:on|concerning|regarding|for|respecting|relating|relative|about|in respect|with respect"
    r"|to (?:amend|extend|provide|establish|regulate|define|facilitate|supplement)\w*"
    r"|amending|supplement\w*|extending|constituting|prolonging|terminating|modifying|further|renewing"
    r"|establishing|über|zur|sur|relatif|relative|concernant|sulla?|sobre|про|щодо|о|об|om|despre|privind)\b"
    r"|[,;]|$)"
)
_ORDINAL: Final = re.compile(r"(?:\bno\.?|\bnr\.?|\bnum\.?|№|\bn°|\bn\.º)\s*(\d{1,3})\b")
_ORDINALS: Final = "first second third fourth fifth sixth seventh eighth ninth tenth"
_CHANGES: Final = re.compile(
    r"\b(?:amend|modif|supplement|extend|extension|exten[st]i|prolong|renew|terminat|denunc|denounc|replac"
    r"|supersed|revis|continu|correct|rectif|зміни|змін |внесення змін|внесении изменений|änderung"
    r"|modifi|zmian|změn)"
)
_YEARS: Final = re.compile(
    r"\b(\d{1,3})\s*-?\s*(?:year|yr|річн|рок|літ|лет|jähr|jahr|ans\b|anni|años|anos|år|lat\b|letni|vuot|vuod)"
    r"|(\d{1,3})\s*(?:年|년)"
)
_YEAR_WORDS: Final = (
    (
        100,
        re.compile(
            r"\b(?:(?:one |a )?hundred[ -]years?|centur|centennial|сторічн|столітн|столетн|hundertjähr)"
        ),
    ),
    (10, re.compile(r"\b(?:ten[ -]years?|decade|десятирічн|десятилетн|zehnjähr|décennal|decennal)")),
)
_WORD: Final = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_CJK: Final = re.compile(r"[぀-ヿ㐀-鿿가-힯]+")


class Match(Enum):
    """What two titles say about being one instrument's."""

    EQUAL = "equal"
    AGREE = "agree"
    OPEN = "open"  # one of them says too little, or they are in different languages
    DIFFER = "differ"


@dataclass(frozen=True, slots=True)
class Likeness:
    """A verdict, how alike between 0 and 1, and how many telling words both have."""

    match: Match
    value: float
    shared: int = 0


@dataclass(frozen=True, slots=True)
class Title:
    """What of a title can be compared.

    ``whole`` is the title in plain letters, dates and all. ``words`` are beginnings of telling words.
    ``numbers`` is its own number, ``parent_numbers`` those of what it changes. ``tells_when``: a register
    has worked the place and day of signing into it.
    """

    whole: str = ""
    lang: str = ""
    words: frozenset[str] = frozenset()
    concepts: frozenset[str] = frozenset()
    numbers: frozenset[str] = frozenset()
    parent_numbers: frozenset[str] = frozenset()
    years: int | None = None
    changes_another: bool = False
    tells_when: bool = False

    @property
    def says_nothing(self) -> bool:
        """Whether it may be the title of any agreement."""
        return not (self.words or self.concepts)


@lru_cache(maxsize=_CACHED)
def read_title(text: str, lang: str) -> Title:
    """Return what of a title can be compared; an empty title gives an empty one."""
    title = _read(text)
    return replace(title, lang=lang) if lang else title


@lru_cache(maxsize=_CACHED)
def _read(text: str) -> Title:
    plain = _plain(text)
    if not plain:
        return Title()
    bare = _BRACKETED.sub(" ", plain)
    undated = _DONE.sub(" ", bare)
    stripped = _BETWEEN.sub(" ", _ANY_DATE.sub(" ", undated))
    change = _CHANGES.search(stripped)
    head = stripped[: change.start()] if change else stripped
    tokens = _tokens(stripped)
    concepts = concepts_of(tokens, plain)
    return Title(
        whole=" ".join(re.findall(r"\w+", plain)),
        words=frozenset(_stem(token) for token in tokens if not _is_empty(token)),
        concepts=concepts - {"security"} if "social-security" in concepts else concepts,
        numbers=_numbers(head),
        parent_numbers=_numbers(stripped[change.start() :]) if change else frozenset(),
        years=_years(plain),
        changes_another=change is not None,
        tells_when=undated != bare,
    )


def compare(one: Title, other: Title) -> Likeness:
    """Return how alike two titles of agreements between the same sides are."""
    if one.whole and one.whole == other.whole:
        return Likeness(Match.EQUAL, 1.0, len(one.words))
    if one.years and other.years and one.years != other.years:
        return Likeness(Match.DIFFER, 0.0)
    if one.lang == other.lang:
        return _compare_words(one, other)
    return _compare_concepts(one, other)


def _compare_words(one: Title, other: Title) -> Likeness:
    if not one.words or not other.words:
        same_years = one.years is not None and one.years == other.years
        return Likeness(Match.OPEN, 0.6 if same_years else 0.4)
    shared = len(one.words & other.words)
    if not shared:
        related = not widened(one.concepts).isdisjoint(other.concepts)
        return Likeness(Match.OPEN, 0.3) if related else Likeness(Match.DIFFER, 0.0)
    contained = shared / min(len(one.words), len(other.words))
    union = shared / len(one.words | other.words)
    value = (2 * contained + union) / 3
    return Likeness(Match.AGREE if contained >= 0.5 else Match.DIFFER, value, shared)


def _compare_concepts(one: Title, other: Title) -> Likeness:
    """Across languages, or where one is not known: names and words that both borrow, else concepts."""
    borrowed = _compare_words(one, other)
    if borrowed.match is Match.AGREE and borrowed.value >= _BORROWED:
        return borrowed
    if not one.concepts or not other.concepts:
        return Likeness(Match.OPEN, 0.35)
    shared = len(one.concepts & other.concepts)
    if not shared:
        related = not widened(one.concepts).isdisjoint(other.concepts)
        return Likeness(Match.OPEN, 0.2) if related else Likeness(Match.DIFFER, 0.0)
    return Likeness(Match.OPEN, 0.4 + 0.5 * shared / len(one.concepts | other.concepts))


def _plain(text: str) -> str:
    """The title in lower case, compatibility forms resolved, marks that vary between sites dropped."""
    plain = unicodedata.normalize("NFKC", text).casefold().replace("�", "'").replace("’", "'")
    plain = plain.replace("co-operat", "cooperat").replace("long-term", "longterm")
    return " ".join(plain.split())


def _tokens(text: str) -> frozenset[str]:
    found = [token.removesuffix("'s") for token in _WORD.findall(_CJK.sub(" ", text))]
    for run in _CJK.findall(text):
        found += [run[at : at + 2] for at in range(len(run) - 1)]
    return frozenset(found)


def _stem(token: str) -> str:
    return token[:_STEM].rstrip("s") if token.isascii() else token[: _STEM - 1]


@lru_cache(maxsize=_CACHED)
def _is_empty(token: str) -> bool:
    return len(token) < 2 or _CHANGES.match(token) is not None or says_nothing(token)


def _numbers(text: str) -> frozenset[str]:
    ordinals = _ORDINALS.split()
    words = {str(ordinals.index(word) + 1) for word in text.split() if word in ordinals}
    return frozenset(_ORDINAL.findall(text)) or frozenset(words)


def _years(text: str) -> int | None:
    found = _YEARS.search(text)
    if found:
        return int(found.group(1) or found.group(2))
    return next((years for years, pattern in _YEAR_WORDS if pattern.search(text)), None)
