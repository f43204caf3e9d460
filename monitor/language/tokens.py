"""Text into words and marks, with their places; the units that every pattern here is matched on.

A word is a run of letters or of digits; an apostrophe joins letters only inside a Cyrillic word, so
that "l'accord", "Ukraine's" and "Türkiye'nin" fall apart at it. Runs of Chinese or Japanese are cut by
a dictionary (the longest entry first), one character where it has none.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

_CJK = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff々〆ー"
_CYRILLIC = "\u0400-\u04ff"
_MARKS = "\u0300-\u036f\u064b-\u065f\u0670"  # stress, and the vowels of Arabic, which most texts leave out
_LETTER = rf"[^\W\d_{_CJK}{_CYRILLIC}]"
_TOKEN = re.compile(
    rf"[{_CJK}]+"
    rf"|[{_CYRILLIC}][{_CYRILLIC}{_MARKS}]*(?:['’ʼ`][{_CYRILLIC}{_MARKS}]+)*"
    rf"|\d+"
    rf"|(?:{_LETTER}+[{_MARKS}]*)+"
    rf"|[^\w\s'’ʼ`]"
)
_TOKEN_OF_ASCII = re.compile(r"[A-Za-z]+|[0-9]+|[^\w\s'`]")  # finds the same there, and sooner
_IS_CJK = re.compile(f"[{_CJK}]")
_KANA_MARKS = "\u3099\u309a"

Cutter = Callable[[str], list[int]]
"""Lengths of the pieces into which a run of Chinese or Japanese is cut."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """Words and marks of a text in order; ``starts`` and ``ends`` count characters of ``text``."""

    text: str
    words: list[str]
    starts: list[int]
    ends: list[int]

    def __len__(self) -> int:
        return len(self.words)


def tokenise(text: str, cut: Cutter | None = None) -> Tokens:
    """Return the tokens of ``text``; ``cut`` divides runs of Chinese and Japanese."""
    token = _TOKEN_OF_ASCII if text.isascii() else _TOKEN
    matches = list(token.finditer(text))
    if token is _TOKEN and _IS_CJK.search(text) is not None:
        return _tokens_with_pieces(text, matches, cut)
    words = [match[0] for match in matches]
    return Tokens(text, words, [match.start() for match in matches], [match.end() for match in matches])


def distinct_words(text: str, cut: Cutter | None = None) -> set[str]:
    """Return the words and marks that :func:`tokenise` finds, without their places, in less time."""
    if text.isascii():
        return set(_TOKEN_OF_ASCII.findall(text))
    return set(tokenise(text, cut).words) if _IS_CJK.search(text) else set(_TOKEN.findall(text))


def _tokens_with_pieces(text: str, matches: Iterable[re.Match[str]], cut: Cutter | None) -> Tokens:
    words: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for match in matches:
        word, start = match.group(), match.start()
        if len(word) > 1 and _IS_CJK.match(word):
            for piece, at in _pieces(word, start, cut):
                words.append(piece)
                starts.append(at)
                ends.append(at + len(piece))
            continue
        words.append(word)
        starts.append(start)
        ends.append(match.end())
    return Tokens(text, words, starts, ends)


def _pieces(run: str, start: int, cut: Cutter | None) -> Iterator[tuple[str, int]]:
    lengths = cut(run) if cut is not None else [1] * len(run)
    at = 0
    for length in lengths:
        yield run[at : at + length], start + at
        at += length


@lru_cache(maxsize=100_000)
def fold(word: str) -> str:
    """Return ``word`` as it is compared: lower case, without accents and apostrophes.

    Romanian is often written without its marks, Polish names in English too; folding both sides makes
    them equal. Korean and Japanese keep theirs, where a mark is another sound.
    """
    if word.isascii():
        return word.lower().replace("'", "")
    folded = word.casefold()
    decomposed = unicodedata.normalize("NFD", folded)
    kept = "".join(c for c in decomposed if unicodedata.category(c) != "Mn" or c in _KANA_MARKS)
    return unicodedata.normalize("NFC", kept).translate(_ALIKE)


_ALIKE = str.maketrans({"'": None, "’": None, "ʼ": None, "`": None, "ı": "i", "ł": "l", "đ": "d", "ø": "o"})


def word_list(words: str) -> list[str]:
    """Return the words of a table that is written as text, over as many lines as it needs."""
    return words.split()


def is_cjk(word: str) -> bool:
    """Return whether ``word`` is Chinese or Japanese, which has no spaces between words."""
    return _IS_CJK.match(word) is not None
