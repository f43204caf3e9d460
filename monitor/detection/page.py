"""A document laid out for recognition: its sentences with the words, names and dates found in them.

Every sentence knows the part it plays: the title, the lead, the body, a speech, or background that
only recalls. A passage in another language than the page's is read with that language's words.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from functools import cached_property

from monitor.detection.lexicon import Label, Lexicon
from monitor.language import (
    UNKNOWN,
    Cues,
    DateMention,
    Given,
    Match,
    Mention,
    Names,
    Patterns,
    Role,
    Tokens,
    distinct_words,
    find_dates,
    fold,
    guess_language,
    has_latin_words,
    is_all_latin,
    is_latin,
    sentences,
    tokenise,
    word_list,
)
from monitor.model import Document, PassageKind

LexiconSource = Callable[[str], Lexicon | None]

_LEAD_SENTENCES = 3
_LEAD_OF_TRANSCRIPT = 6  # what is told before a transcript begins sums up what it is of
_EARLY_SENTENCES = 8
CONTENT_TOKENS = 7
"""Tokens of a line that says something; a shorter one is furniture: a date, a credit, a heading."""

_HEADING_TOKENS = 12
_FOREIGN_TOKENS = 8
APART = frozenset(",;:()（）、，،–—")
"""Marks that part a name from what follows it."""

_DESCRIBING = 3  # tokens between a name and the word that makes it a mere description
_MOST_SENTENCES = 60_000  # of a page; 2 MB of prose are 20,000
_LAST_SENTENCES = 2_000  # the end of a treaty says when and where it was done
_TITLE_LINES = 40  # lines from the top among which a title can be repeated
_MOST_NAMES = 60  # in one sentence; a longer list says no more
_SPEAKER = re.compile(r"[A-ZА-ЯІЇЄҐ][\w’'-]+ [A-ZА-ЯІЇЄҐ][\w’'-]+ ?(?:\([\w ]+\))?: ?(?=[A-ZА-ЯІЇЄҐ“\"«])")
_TRANSCRIPT = re.compile(r"\*\s?\*\s?\*")
_DATELINE_CHARACTERS = 400
_FEWEST_SPEAKERS = 3
_OPENING_SPEECH = 40  # sentences of a page that is a transcript from its start


class Part(StrEnum):
    """The part that a sentence plays on its page."""

    TITLE = "title"
    LEAD = "lead"
    EARLY = "early"
    BODY = "body"
    SPEECH = "speech"
    BACKGROUND = "background"


@dataclass(frozen=True)
class Sentence:
    """One sentence: its tokens ``first`` to ``last`` (not included) and what was found in them.

    ``quotable`` is false for a title that the document's text does not contain.
    """

    tokens: Tokens
    first: int
    last: int
    part: Part
    lang: str
    hits: tuple[Match[Label], ...]
    mentions: tuple[Mention, ...]
    dates: tuple[DateMention, ...]
    number: int = 0
    quotable: bool = True
    block: int = 0
    places: frozenset[int] = frozenset()  # first tokens of names whose ending makes them places

    @property
    def start(self) -> int:
        """Where it begins in its text."""
        return self.tokens.starts[self.first]

    @property
    def end(self) -> int:
        """Where it ends in its text."""
        return self.tokens.ends[self.last - 1]

    @property
    def text(self) -> str:
        """Its text, exactly."""
        return self.tokens.text[self.start : self.end]

    def __len__(self) -> int:
        return self.last - self.first

    def of(self, section: str, *keys: str) -> list[Match[Label]]:
        """Return the hits of a section, all or those of some keys."""
        if not self.hits:
            return []
        if len(keys) == 1:
            return self._filed.get((section, keys[0]), [])
        hits = self._filed.get(section, [])
        return [hit for hit in hits if hit.label[1] in keys] if keys and hits else hits

    @cached_property
    def acting(self) -> tuple[Mention, ...]:
        """The names that can be sides: no territories, nothing that only describes what follows."""
        return tuple(m for m in self.mentions if m.role is not Role.OTHER and not self._describes(m))

    def _describes(self, mention: Mention) -> bool:
        """Return whether a name only describes: "EU member", not "the EU and its members"."""
        goes_on = any(hit.first == mention.last + 1 for hit in self.of("links", "and"))
        if mention.role is Role.PERSON or goes_on:
            return False
        return any(
            0 < hit.first - mention.last <= _DESCRIBING
            and APART.isdisjoint(self.tokens.words[mention.last + 1 : hit.first])
            for hit in self.of("links", "not-acting")
        )

    @cached_property
    def _filed(self) -> dict[str | Label, list[Match[Label]]]:
        """Its hits by section of the lexicon, and by section and key."""
        found: dict[str | Label, list[Match[Label]]] = {}
        for hit in self.hits:
            found.setdefault(hit.label[0], []).append(hit)
            found.setdefault(hit.label, []).append(hit)
        return found


@dataclass(frozen=True)
class Page:
    """A laid-out document. ``anchor`` is the day that its "today" means, if that is known.

    One without any word that speaks of an agreement is laid out without its sentences.
    """

    document: Document
    lang: str
    sentences: tuple[Sentence, ...]
    anchor: date | None
    printed: date | None = None
    has_words: bool = True
    titles: tuple[Sentence, ...] = field(default=())

    @property
    def body(self) -> tuple[Sentence, ...]:
        """Every sentence but the title and its repetitions."""
        return tuple(sentence for sentence in self.sentences if sentence.part is not Part.TITLE)


class Layout:
    """Lays documents out; holds the lexicons and names that it reads with."""

    def __init__(self, lexicons: LexiconSource, names: Names) -> None:
        self._lexicons = lexicons
        self._names = names
        self._telling: dict[str, Cues] = {}

    def page(self, document: Document) -> Page:
        """Return ``document`` laid out."""
        text = document.text
        lang = self.language(document)
        if self._is_silent(document.title, text, lang):
            return Page(document, lang, (), None)
        tokens = tokenise(text, self._cutter(lang))
        printed = self._printed_day(tokens, lang)
        anchor = document.published.first if document.published and document.published.is_day else None
        anchor = anchor or printed
        ranges = _most(sentences(tokens))
        parts = _parts(document, tokens, ranges, self._background(lang))
        reading = _Reading(tokens, anchor, self._lexicons, self._names)
        found = [
            self._sentence(reading, span, part, lang, number, block)
            for number, (span, part, block) in enumerate(zip(ranges, parts.parts, parts.blocks, strict=True))
        ]
        if not any(sentence.part is Part.TITLE for sentence in found) and document.title.strip():
            found.insert(0, self._loose_title(document.title, lang, anchor))
        titles = tuple(sentence for sentence in found if sentence.part is Part.TITLE)
        return Page(
            document, lang, tuple(found), anchor, printed, self._lexicons(lang) is not None, titles[:2]
        )

    def _is_silent(self, title: str, text: str, lang: str) -> bool:
        """Return whether no word of a short text speaks of an instrument or of a stage of one.

        Nothing can be found then. Most entries of a list are so, and this takes a tenth of the time.
        """
        if len(text) > _SHORT or self._lexicons(lang) is None:
            return False
        whole = f"{title}\n{text}"
        if lang in _LATIN:
            surely = is_all_latin(whole)
        else:
            surely = lang not in _TWO_SCRIPTS and not has_latin_words(whole)
        if not surely:
            return False  # a sentence of it may be in some other language
        words = distinct_words(whole, self._cutter(lang))
        read_as = {lang, "en"} if lang in _LATIN else {lang}
        return not any(self._cues(each).any_in(words) for each in read_as)

    def _cues(self, lang: str) -> Cues:
        if lang not in self._telling:
            lexicon = self._lexicons(lang)
            patterns = lexicon.patterns if lexicon is not None else Patterns(())
            self._telling[lang] = patterns.cues(_is_telling)
        return self._telling[lang]

    def language(self, document: Document) -> str:
        """Return the language to read ``document`` in: the one it declares, else a guess."""
        declared = document.lang.replace("_", "-").split("-")[0].lower()
        declared = _SAME.get(declared, declared)
        if declared and declared != UNKNOWN and self._lexicons(declared) is not None:
            return declared
        guessed = guess_language(document.title + "\n" + document.text)
        if declared and declared != UNKNOWN and self._lexicons(guessed) is None:
            return declared
        return guessed

    def _cutter(self, lang: str) -> Callable[[str], list[int]]:
        lexicon = self._lexicons(lang)
        names = self._names.patterns(lang)
        if lexicon is None:
            return names.cut
        words, others = lexicon.patterns, names

        def cut(run: str) -> list[int]:
            return words.cut_with(others, run)

        return cut

    def _sentence(
        self, reading: "_Reading", span: tuple[int, int], part: Part, lang: str, number: int, block: int
    ) -> Sentence:
        first, last = span
        tokens = reading.tokens
        own = self._own_language(tokens, first, last, lang)
        hits = reading.hits(own, first, last)
        mentions = reading.mentions(own, first, last)
        dates = reading.dates(own, first, last) if hits or mentions or part is Part.TITLE else ()
        places = _placed(tokens, mentions, self._lexicons(own))
        return Sentence(tokens, first, last, part, own, hits, mentions, dates, number, True, block, places)

    def _loose_title(self, title: str, lang: str, anchor: date | None) -> Sentence:
        tokens = tokenise(title, self._cutter(lang))
        reading = _Reading(tokens, anchor, self._lexicons, self._names)
        return replace(self._sentence(reading, (0, len(tokens)), Part.TITLE, lang, -1, -1), quotable=False)

    def _own_language(self, tokens: Tokens, first: int, last: int, lang: str) -> str:
        """Return the language of a sentence that is plainly in another one than its page."""
        if last - first < _FOREIGN_TOKENS:
            return lang
        text = tokens.text[tokens.starts[first] : tokens.ends[last - 1]]
        if lang in _LATIN or (lang in _TWO_SCRIPTS and is_latin(text)):
            if not text.isascii() and not is_latin(text):
                return guess_language(text)
            if lang != "en" and guess_language(text, ("en", lang)) == "en":
                return "en"
            return lang
        return guess_language(text, _LATIN) if is_latin(text) else lang

    def _background(self, lang: str) -> Callable[[Tokens, int, int], bool]:
        lexicon = self._lexicons(lang)

        def opens(tokens: Tokens, first: int, last: int) -> bool:
            if lexicon is None:
                return False
            ids = lexicon.patterns.ids(tokens.words[first : min(last, first + 4)])
            return any(
                match.label == ("times", "background") and match.first <= 1
                for match in lexicon.patterns.find(ids, 0, len(ids))
            )

        return opens

    def _printed_day(self, tokens: Tokens, lang: str) -> date | None:
        """Return the day that a page prints as its own: the first full date near its top, on a short line."""
        stop = next(
            (at for at, start in enumerate(tokens.starts) if start > _DATELINE_CHARACTERS), len(tokens)
        )
        head = Tokens(tokens.text, tokens.words[:stop], tokens.starts[:stop], tokens.ends[:stop])
        for mention in find_dates(head, lang, None):
            if mention.given is Given.FULL and mention.date is not None:
                start, end = tokens.starts[mention.first], tokens.ends[mention.last]
                line = _line_around(tokens.text, start, end)
                if len(line) - (end - start) <= _DATELINE_REST or start <= 6:
                    return mention.date.first
        return None


_DATELINE_REST = 30  # characters beside the date on its line: an hour, a place, "published"
_SHORT = 1_000  # characters; a longer text is seldom silent


def _is_telling(label: Label) -> bool:
    """Return whether words of a label are needed for anything to be found: acts need an instrument."""
    return label[0] in {"nouns", "stages"}


_SAME = {
    "no": "nb",
    "nn": "nb",
    "bs": "hr",
    "sh": "hr",
    "cnr": "hr",
    "iw": "he",
    "gsw": "de",
    "ms": "id",
    "in": "id",
}
_TWO_SCRIPTS = frozenset(["sr", "uz"])  # written in Latin and Cyrillic letters alike
_LATIN = frozenset(
    word_list("""en de fr it es pt nl ro pl cs sk sl hr sv nb da is fi et lv lt hu tr az sq ca id vi lb""")
)


def _line_around(text: str, start: int, end: int) -> str:
    before = text.rfind("\n", 0, start) + 1
    after = text.find("\n", end)
    return text[before : after if after >= 0 else len(text)]


def _placed(tokens: Tokens, mentions: Sequence[Mention], lexicon: Lexicon | None) -> frozenset[int]:
    endings = lexicon.place_endings if lexicon is not None else ()
    if not endings:
        return frozenset()
    return frozenset(m.first for m in mentions if tokens.words[m.last].casefold().endswith(endings))


def _most(ranges: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the sentences that are read: of more than any book has, the first and the last ones."""
    if len(ranges) <= _MOST_SENTENCES:
        return ranges
    return ranges[: _MOST_SENTENCES - _LAST_SENTENCES] + ranges[-_LAST_SENTENCES:]


class _Reading:
    """A text as each language that occurs in it reads it; every language's look-ups are done once."""

    def __init__(self, tokens: Tokens, anchor: date | None, lexicons: LexiconSource, names: Names) -> None:
        self.tokens = tokens
        self._anchor = anchor
        self._lexicons = lexicons
        self._names = names
        self._words: dict[str, list[tuple[int, ...]]] = {}
        self._called: dict[str, list[tuple[int, ...]]] = {}
        self._dated: dict[str, tuple[list[int], list[DateMention]]] = {}

    def hits(self, lang: str, first: int, last: int) -> tuple[Match[Label], ...]:
        """Return what the lexicon of ``lang`` finds in tokens ``first`` to ``last``, not included."""
        lexicon = self._lexicons(lang)
        if lexicon is None:
            return ()
        if lang not in self._words:
            self._words[lang] = lexicon.patterns.ids(self.tokens.words)
        return tuple(lexicon.patterns.find(self._words[lang], first, last))

    def mentions(self, lang: str, first: int, last: int) -> tuple[Mention, ...]:
        """Return the parties named in those tokens."""
        if lang not in self._called:
            self._called[lang] = self._names.patterns(lang).ids(self.tokens.words)
        found = self._names.mentions_between(self.tokens, lang, self._called[lang], first, last)
        return tuple(found[:_MOST_NAMES])

    def dates(self, lang: str, first: int, last: int) -> tuple[DateMention, ...]:
        """Return the dates that begin in those tokens."""
        if lang not in self._dated:
            mentions = find_dates(self.tokens, lang, self._anchor)
            self._dated[lang] = ([mention.first for mention in mentions], mentions)
        starts, mentions = self._dated[lang]
        return tuple(mentions[bisect_left(starts, first) : bisect_left(starts, last)])


@dataclass
class _Parts:
    """The parts of sentences as they are assigned, and the block each lies in."""

    parts: list[Part] = field(default_factory=list)
    blocks: list[int] = field(default_factory=list)


def _parts(
    document: Document,
    tokens: Tokens,
    ranges: Sequence[tuple[int, int]],
    opens_background: Callable[[Tokens, int, int], bool],
) -> _Parts:
    """Assign every sentence its part and block."""
    assigned = _Parts()
    title = _folded(document.title)
    bounds = _block_ends(document)
    transcript = _transcript_start(tokens.text)
    content = block = spoken_from = 0
    background_block: int | None = None  # a heading "Background": until the next heading
    in_background = False
    for number, (first, last) in enumerate(ranges):
        start, end = tokens.starts[first], tokens.ends[last - 1]
        while block < len(bounds) - 1 and start >= bounds[block]:
            block += 1
        assigned.blocks.append(block)
        kind = document.passages[block].kind if document.passages else PassageKind.PARAGRAPH
        text = tokens.text[start:end]
        if kind is PassageKind.TITLE or (title and number < _TITLE_LINES and _is_title(text, title, content)):
            assigned.parts.append(Part.TITLE)
            continue
        if last - first <= _HEADING_TOKENS and _is_whole_block(tokens.text, start, end):
            in_background = opens_background(tokens, first, last)
        elif opens_background(tokens, first, last):
            background_block = block
        if last - first >= CONTENT_TOKENS:
            content += 1
        if transcript is None or start < transcript:
            spoken_from = content
        if in_background or background_block == block:
            assigned.parts.append(Part.BACKGROUND)
        elif transcript is not None and start >= transcript:
            opening = spoken_from <= _LEAD_SENTENCES and content - spoken_from <= _OPENING_SPEECH
            assigned.parts.append(Part.EARLY if opening else Part.SPEECH)
        elif content <= (_LEAD_SENTENCES if transcript is None else _LEAD_OF_TRANSCRIPT):
            assigned.parts.append(Part.LEAD)
        else:
            assigned.parts.append(Part.EARLY if content <= _EARLY_SENTENCES else Part.BODY)
    return assigned


def _folded(text: str) -> str:
    return " ".join(fold(word) for word in tokenise(text).words if word.isalnum())


def _is_title(text: str, title: str, content: int) -> bool:
    """Return whether a line near the top repeats the title."""
    if content > 2 or len(text) > len(title) * 2 + 20:
        return False
    own = _folded(text)
    return bool(own) and (
        own == title or (len(own) > 20 and (own in title or title in own) and len(own) < len(title) * 1.3)
    )


def _block_ends(document: Document) -> list[int]:
    ends = []
    at = 0
    for passage in document.passages:
        at += len(passage.text) + 1
        ends.append(at)
    return ends or [len(document.text) + 1]


def _is_whole_block(text: str, start: int, end: int) -> bool:
    while start > 0 and text[start - 1] in " \t":
        start -= 1
    while end < len(text) and text[end] in " \t":
        end += 1
    return (start == 0 or text[start - 1] == "\n") and (end == len(text) or text[end] == "\n")


def _transcript_start(text: str) -> int | None:
    """Return where a transcript begins: after three asterisks, or at the first of several speakers."""
    starred = _TRANSCRIPT.search(text)
    if starred is not None:
        return starred.end()
    speakers = [match.start() for match in _SPEAKER.finditer(text)]
    return speakers[0] if len(speakers) >= _FEWEST_SPEAKERS else None
