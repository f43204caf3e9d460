"""Plain text in lines of at most 76 columns, counted as a terminal counts them."""

import unicodedata

COLUMNS = 76


def wrapped(text: str, indent: int = 0) -> str:
    """Return one-line ``text`` wrapped and indented; an address or word is never broken.

    Scripts without spaces are broken between characters.
    """
    return _lines(text, " " * indent, " " * indent)


def bullet(text: str, indent: int = 0) -> str:
    """Return one-line ``text`` as a list item."""
    return _lines(text, " " * indent + "- ", " " * indent + "  ")


def _lines(text: str, first: str, rest: str) -> str:
    lines: list[str] = []
    line, width, empty = first, len(first), True
    for word, space in _words(text):
        columns = _columns(word)
        gap = " " if space and not empty else ""
        if not empty and width + len(gap) + columns > COLUMNS:
            lines.append(line)
            line, width, gap = rest, len(rest), ""
        line += gap + word
        width += len(gap) + columns
        empty = False
    return "\n".join([*lines, line])


def _words(text: str) -> list[tuple[str, bool]]:
    """Words with whether a space stands before each; wide characters are words of their own."""
    words: list[tuple[str, bool]] = []
    for chunk in text.split():
        space = True
        piece = ""
        for character in chunk:
            if unicodedata.east_asian_width(character) in "WF":
                if piece:
                    words.append((piece, space))
                    space = False
                words.append((character, space))
                piece, space = "", False
            else:
                piece += character
        if piece:
            words.append((piece, space))
    return words


def _columns(word: str) -> int:
    return sum(_width(character) for character in word)


def _width(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
