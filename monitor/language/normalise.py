"""Bring scraped text into the one form in which it is stored, compared and shown.

What cannot be seen must not change what a line means: characters that are invisible or that reorder
their neighbours are removed, lone surrogates become U+FFFD, which can be seen. Compatibility forms
(full-width letters, ligatures) are kept: a quotation shows what the source wrote. The original bytes
are kept as evidence elsewhere.
"""

import re
import unicodedata

_SURROGATE = re.compile("[\ud800-\udfff]")
_SPACE = re.compile(r"\s+")  # in str patterns: NBSP, U+2028, VT, U+0085 and the like too

# C0 and C1 controls that are not white space; soft hyphen; Arabic letter mark; Hangul fillers; Khmer
# inherent vowels; Mongolian vowel separator; zero-width space; LRM and RLM; bidi embeddings,
# overrides, isolates; word joiner and invisible operators; byte order mark; interlinear annotation;
# non-characters that XML forbids; tags. (UAX #9, UTR #36, UAX #44 Default_Ignorable_Code_Point)
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e"
    "\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e007f]"
)
# Joiners are spelling in the scripts from Arabic to Mongolian and in emoji; elsewhere only invisible.
_STRAY_JOINER = re.compile("(?<![\u0600-\u18af\u2600-\u27bf\ufe0f\U0001f000-\U0001faff])[\u200c\u200d]+")
_BLANK = re.compile("[\u2800]+")  # Braille blank: looks like a space


def normalise(text: str, limit: int | None = None) -> str:
    """Return ``text`` on one line, in NFC, without invisible characters and surplus white space.

    Applying it again changes nothing.

    Args:
        text: Anything a parser gave.
        limit: Most characters to keep; a longer text ends in a mark that says so.
    """
    if text.isascii() and text.isprintable():  # most text: its only white space is the blank
        text = text if "  " not in text else _SPACE.sub(" ", text)
    else:
        text = _SPACE.sub(" ", _visible(text))
    text = text.strip()
    return text if limit is None else shorten(text, limit)


def shorten(text: str, limit: int) -> str:
    """Return ``text``, cut after ``limit`` characters with a mark that can be seen."""
    mark = f" [… cut at {limit} characters]"
    if len(text) <= limit + len(mark):
        return text
    return text[:limit].rstrip() + mark


def _visible(text: str) -> str:
    if _SURROGATE.search(text):
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    text = unicodedata.normalize("NFC", text)
    text = _BLANK.sub(" ", _INVISIBLE.sub("", text))
    text = _STRAY_JOINER.sub("", text)
    return unicodedata.normalize("NFC", text)
