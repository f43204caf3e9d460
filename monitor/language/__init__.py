"""Words, sentences, dates, names of parties, languages and differences of text. Pure, below the rooms."""

from monitor.language.dates import DateMention, Given, find_dates, resolve_no_year
from monitor.language.diff import BlockDiff, Op, Piece, TextDiff, diff_blocks, diff_words
from monitor.language.display import language_names
from monitor.language.names import Mention, NameData, Names, NameSource, Role, known_codes, split_list
from monitor.language.normalise import normalise, shorten
from monitor.language.patterns import Cues, Match, Patterns
from monitor.language.scripts import UNKNOWN, guess_language, has_latin_words, is_all_latin, is_latin
from monitor.language.sentences import sentences
from monitor.language.tokens import Tokens, distinct_words, fold, is_cjk, tokenise, word_list

__all__ = [
    "UNKNOWN",
    "BlockDiff",
    "Cues",
    "DateMention",
    "Given",
    "Match",
    "Mention",
    "NameData",
    "NameSource",
    "Names",
    "Op",
    "Patterns",
    "Piece",
    "Role",
    "TextDiff",
    "Tokens",
    "diff_blocks",
    "diff_words",
    "distinct_words",
    "find_dates",
    "fold",
    "guess_language",
    "has_latin_words",
    "is_all_latin",
    "is_cjk",
    "is_latin",
    "known_codes",
    "language_names",
    "normalise",
    "resolve_no_year",
    "sentences",
    "shorten",
    "split_list",
    "tokenise",
    "word_list",
]
