"""Many small patterns of words, looked up in a text at once.

A pattern is words with spaces between them. ``sign*`` also takes what begins so, ``*abkommen`` what
ends so, ``*abkommen*`` both; ``a|b`` is either; ``~`` is up to three words that may stand between,
``~6`` up to six, but no quotation mark, colon or semicolon; ``will_be|is`` has an alternative of two
words; a word in capitals (``US``) must be in
capitals in the text; ``^Chad`` must begin with a capital there; ``austr*<9`` is no longer than nine
letters; ``#`` is any number from three on. Comparison is by :func:`monitor.language.tokens.fold`.

Each distinct word of a text is looked up once and remembered, so a long text costs little more than
its vocabulary; one long alternation of a regular expression is too slow for a thousand pages.
"""

import re
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any, Generic, NamedTuple, TypeVar

from monitor.language.tokens import fold, is_cjk

Label = TypeVar("Label", bound=Hashable)

_LETTERS_OR_FIGURES = re.compile(r"\d+\*?|\D+")
_ONE_WORD = re.compile(r"[\^*]?[^\W\d_]+\*?(?:<\d+)?\Z")
_GAP = re.compile(r"~(\d*)\Z")
_DEFAULT_GAP = 3
_MOST_REMEMBERED = 200_000  # words; beyond it the memory is emptied, so a hostile text cannot fill it
_BARRIER = (-1,)  # a mark that no gap reaches over
_BARRIERS = frozenset('";:“”„«»「」『』。！？')
_SHORTEST_STEM = 3  # letters that must be left when a proclitic is taken off
_NUMBER = "#"
_FEW = frozenset(["0", "1", "2"])
_SOME = 64  # length of the longest word that is looked up; longer ones are no words


class Match(NamedTuple, Generic[Label]):  # a text has hundreds: a dataclass takes thrice as long to make
    """A pattern found: its label and the first and last token, both included."""

    label: Label
    first: int
    last: int

    def overlaps(self, other: "Match[Label]") -> bool:
        """Return whether both share a token."""
        return self.first <= other.last and other.first <= self.last


class _Step(NamedTuple):
    """The next word of a pattern: how many tokens may stand before it, and the ids that satisfy it."""

    gap: int
    ids: frozenset[int]


_Entry = tuple[Label, tuple[_Step, ...]]
"""A label, and what must follow the first word."""

_Required = tuple[frozenset[int], ...]
"""For each word of a pattern the numbers that satisfy it."""


class Patterns(Generic[Label]):
    """A compiled set of patterns."""

    def __init__(self, patterns: Iterable[tuple[str, Label]], proclitics: Iterable[str] = ()) -> None:
        """Compile (pattern, label) pairs.

        Args:
            patterns: What to look for, and what to call it.
            proclitics: Beginnings that a word may have besides its own, such as the Arabic article.

        Raises:
            ValueError: a pattern is empty or begins with a gap; the message quotes it.
        """
        self._words = _Words(proclitics)
        # Tuples, and shared ones: forty languages have a hundred thousand words of names.
        self._by_first: dict[int, tuple[_Entry[Label], ...]] = {}
        alone: dict[Label, tuple[_Entry[Label], ...]] = {}
        for text, label in patterns:
            if _ONE_WORD.match(text):  # as most names are
                number = self._words.add(text)
                entry = alone.setdefault(label, ((label, ()),))
                self._by_first[number] = self._by_first[number] + entry if number in self._by_first else entry
                continue
            for expanded in _expanded(text) if "_" in text else (text,):
                self._add(expanded, label)

    def _add(self, text: str, label: Label) -> None:
        steps = []
        gap = 0
        for part in _parts(text):
            found = _GAP.match(part)
            if found:
                gap = int(found.group(1) or _DEFAULT_GAP)
                continue
            steps.append(_Step(gap, frozenset(map(self._words.add, part.split("|")))))
            gap = 0
        if not steps or steps[0].gap or gap:
            raise ValueError(f"a pattern must begin and end with a word: {text!r}")
        entry = ((label, tuple(steps[1:])),)
        for first in steps[0].ids:
            self._by_first[first] = self._by_first.get(first, ()) + entry

    def ids(self, words: Sequence[str]) -> list[tuple[int, ...]]:
        """Return, for each token, what it can be; give it to :meth:`find`, a text at a time."""
        return self._words.look_up_all(words)

    def find(self, ids: Sequence[tuple[int, ...]], first: int, last: int) -> list[Match[Label]]:
        """Return every match inside tokens ``first`` to ``last`` (not included), in order of start."""
        found = []
        begin = self._by_first
        present = set().union(*ids[first:last])
        for at in range(first, last):
            for id_ in ids[at]:
                for label, steps in begin.get(id_, ()):
                    if not steps:
                        found.append(Match(label, at, at))
                    elif not steps[-1].ids.isdisjoint(present):  # else it ends nowhere, wherever it begins
                        end = _follow(ids, at, steps, last)
                        if end is not None:
                            found.append(Match(label, at, end))
        return found

    def cues(self, wanted: Callable[[Label], bool]) -> "Cues":
        """Return a quick look whether a text can hold a pattern of the wanted labels."""
        letters = self._words.letters()
        by_rarest: dict[int, list[_Required]] = {}
        for first, entries in self._by_first.items():
            for steps in (steps for label, steps in entries if wanted(label)):
                words = (frozenset([first]), *(step.ids for step in steps))
                rarest = max(reversed(words), key=lambda ids: min(letters[id_] for id_ in ids))
                for id_ in rarest:
                    by_rarest.setdefault(id_, []).append(words)
        return Cues(self._words, by_rarest)

    def cut(self, run: str) -> list[int]:
        """Return the lengths of the pieces of a run of Chinese or Japanese, longest entries first."""
        return self._words.cut(run)

    def cut_with(self, other: "Patterns[Any]", run: str) -> list[int]:
        """Return the lengths of the pieces of ``run`` by the entries of both sets."""
        return self._words.cut(run, other._words)


class Cues:
    """Looks whether a text has all words of any of some patterns, whatever their order."""

    def __init__(self, words: "_Words", by_rarest: Mapping[int, Sequence["_Required"]]) -> None:
        """Take patterns by the number of their longest word, which is the rarest."""
        self._words = words
        self._by_rarest = by_rarest
        self._others: set[str] = set()  # words that are the rarest of no pattern

    def any_in(self, words: AbstractSet[str]) -> bool:
        """Return whether one of the patterns may be found among ``words``; False is sure."""
        if len(self._others) > _MOST_REMEMBERED:
            self._others.clear()
        told = {word: self._words.look_up_all([word])[0] for word in words - self._others}
        rare = {word: ids for word, ids in told.items() if not self._by_rarest.keys().isdisjoint(ids)}
        self._others |= told.keys() - rare
        if not rare:
            return False
        present = {id_ for ids in self._words.look_up_all(list(words)) for id_ in ids}
        patterns = (pattern for id_ in present for pattern in self._by_rarest.get(id_, ()))
        return any(all(not ids.isdisjoint(present) for ids in pattern) for pattern in patterns)


def _expanded(text: str) -> Iterator[str]:
    """Yield a pattern once for each alternative of several words: "will_be|is signed"."""
    parts = text.split()
    for at, part in enumerate(parts):
        if "_" not in part:
            continue
        alternatives = part.split("|")
        single = "|".join(word for word in alternatives if "_" not in word)
        for words in (*([single] if single else []), *(word for word in alternatives if "_" in word)):
            yield from _expanded(" ".join([*parts[:at], words.replace("_", " "), *parts[at + 1 :]]))
        return
    yield text


def _parts(text: str) -> Iterator[str]:
    """Yield the words of a pattern; letters and figures are words of their own, as in texts ("G7")."""
    for part in text.split():
        if part.isalpha() or part.startswith("~") or "|" in part or "<" in part:
            yield part
        else:
            yield from _LETTERS_OR_FIGURES.findall(part)


def _follow(ids: Sequence[tuple[int, ...]], at: int, steps: tuple[_Step, ...], last: int) -> int | None:
    """Return the token at which the rest of a pattern ends, the nearest way, or None."""
    for gap, wanted in steps:
        for place in range(at + 1, min(at + 2 + gap, last)):
            if not wanted.isdisjoint(ids[place]):
                at = place
                break
            if ids[place] == _BARRIER:
                return None
        else:
            return None
    return at


class _Words:
    """Single-word patterns, each with a number; remembers what every word of the texts matches."""

    def __init__(self, proclitics: Iterable[str]) -> None:
        self._proclitics = tuple(fold(proclitic) for proclitic in proclitics)
        self._number: dict[str, int] = {}
        self._exact: dict[str, tuple[int, ...]] = {}
        self._exact_cased: dict[str, tuple[int, ...]] = {}
        self._prefixes: dict[str, list[tuple[int, int, bool]]] = {}
        self._suffixes: dict[str, list[int]] = {}
        self._infixes: list[tuple[str, int]] = []
        self._prefix_lengths: tuple[int, ...] = ()
        self._suffix_lengths: tuple[int, ...] = ()
        self._longest: dict[str, int] = {}  # of Chinese and Japanese entries, by their first sign
        self._remembered: dict[str, tuple[int, ...]] = {}

    def add(self, pattern: str) -> int:
        """Return the number of a one-word pattern."""
        number = self._number.get(pattern)
        if number is None:
            number = self._number[pattern] = len(self._number) + 1
            self._file(pattern, number)
        return number

    def _file(self, pattern: str, number: int) -> None:
        if pattern.isalpha() and pattern.isascii():
            self._file_whole(pattern, fold(pattern), number)
            return
        capital = pattern.startswith("^")
        stem, _, most = pattern.lstrip("^").partition("<")  # "austr*<9": no longer than nine letters
        body = fold(stem.strip("*"))
        if not body:
            raise ValueError(f"a pattern needs a letter: {pattern!r}")
        if stem.startswith("*") and stem.endswith("*"):
            self._infixes.append((body, number))
        elif stem.startswith("*"):
            self._suffixes.setdefault(body, []).append(number)
            self._suffix_lengths = _with(self._suffix_lengths, len(body))
        elif stem.endswith("*"):
            self._prefixes.setdefault(body, []).append((number, int(most or _SOME), capital))
            self._prefix_lengths = _with(self._prefix_lengths, len(body))
        elif capital:
            _append(self._exact_cased, body, -number)
        else:
            self._file_whole(stem, body, number)

    def _file_whole(self, word: str, body: str, number: int) -> None:
        if word.isascii():
            cased = word.isupper()
            _append(self._exact_cased if cased else self._exact, body, number)
            return
        _append(self._exact, body, number)
        if is_cjk(word):
            self._longest[word[0]] = max(self._longest.get(word[0], 1), len(word))

    def letters(self) -> dict[int, int]:
        """Return how many letters each pattern has, by its number."""
        return {number: len(pattern.strip("^*")) for pattern, number in self._number.items()}

    def look_up_all(self, words: Sequence[str]) -> list[tuple[int, ...]]:
        """Return, for each word, the numbers of the patterns that it satisfies, the closest first."""
        remembered = self._remembered
        if len(remembered) > _MOST_REMEMBERED:
            remembered.clear()
        for word in words:
            if word not in remembered:
                remembered[word] = self._matches(word) if len(word) <= _SOME else ()
        return [remembered[word] for word in words]

    def _matches(self, word: str) -> tuple[int, ...]:
        if word in _BARRIERS:
            return _BARRIER
        key = fold(word)
        found = self._of_key(key, word)
        if word.isdecimal() and word not in _FEW:
            found += self._exact.get(_NUMBER, ())
        for proclitic in self._proclitics:
            if key.startswith(proclitic) and len(key) - len(proclitic) >= _SHORTEST_STEM:
                found += self._of_key(key[len(proclitic) :], word)
        return tuple(dict.fromkeys(found))

    def _of_key(self, key: str, word: str) -> list[int]:
        found = list(self._exact.get(key, ()))
        for number in self._exact_cased.get(key, ()):
            if number > 0 and word.isupper():
                found.append(number)
            elif number < 0 and word[:1].isupper():
                found.append(-number)
        for length in reversed(self._prefix_lengths):
            if length <= len(key):
                for number, most, capital in self._prefixes.get(key[:length], ()):
                    if len(key) <= most and (not capital or word[:1].isupper()):
                        found.append(number)
        for length in reversed(self._suffix_lengths):
            if length <= len(key):
                found += self._suffixes.get(key[-length:], ())
        found += [number for body, number in self._infixes if body in key]
        return found

    def cut(self, run: str, other: "_Words | None" = None) -> list[int]:
        """Return piece lengths of ``run`` by the longest known word at each place."""
        also = other if other is not None else self
        lengths = []
        at = 0
        while at < len(run):
            sign = run[at]
            most = max(self._longest.get(sign, 1), also._longest.get(sign, 1))
            length = self._longest_piece(run, at, most, also) if most > 1 else 1
            lengths.append(length)
            at += length
        return lengths

    def _longest_piece(self, run: str, at: int, most: int, also: "_Words") -> int:
        for length in range(min(most, len(run) - at), 1, -1):
            piece = run[at : at + length]
            if piece in self._exact or piece in also._exact:
                return length
        return 1


def _append(filed: dict[str, tuple[int, ...]], key: str, number: int) -> None:
    filed[key] = (*filed.get(key, ()), number)


def _with(lengths: tuple[int, ...], length: int) -> tuple[int, ...]:
    """Return the lengths with one more, in order."""
    return lengths if length in lengths else tuple(sorted((*lengths, length)))
