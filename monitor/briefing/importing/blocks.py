"""The blocks of a page, whatever file they came from, and the few signs that their text may hold.

Text is Markdown's inline part cut down to two signs: ``[words](address)`` for a link and ``[^3]`` for the
mark of footnote 3. Everything else is words.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum

MARK = re.compile(r"\[\^(\d+)\]")
LINK = re.compile(r"\[((?:[^\[\]]|\[[^\[\]]*\])*)\]\(([^()\s]*)\)")
_SPACES = re.compile(r"\s+")
_ENDED = re.compile(r"[.?!:;…。？！][\"'”’»)\]]*$")


class BlockKind(StrEnum):
    """What a block is on its page."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    QUOTATION = "quotation"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Block:
    """One block; ``level`` is of headings (1 the title) and items (1 the outermost).

    ``note`` is the number of a footnote. ``lines`` are the lines of the file, where that file has lines.
    ``lifted`` says that furniture or footnotes stood between this block and the one before it.
    """

    kind: BlockKind
    text: str
    level: int = 0
    note: int | None = None
    number: str = ""
    lines: tuple[str, ...] = field(default=(), compare=False)
    lifted: bool = False


def joined(parts: Iterable[str]) -> str:
    """Return parts of one text as one line, white space made single."""
    return _SPACES.sub(" ", " ".join(parts)).strip()


def words_of(text: str) -> str:
    """Return what a reader reads: no marks, no link targets."""
    return _SPACES.sub(" ", LINK.sub(r"\1", MARK.sub("", text))).strip()


def marks_of(text: str) -> tuple[int, ...]:
    """Return the numbers of the footnote marks, in order."""
    return tuple(int(number) for number in MARK.findall(text))


def is_ended(text: str) -> bool:
    """Return whether a text ends as a sentence or an introduction to a list ends."""
    return _ENDED.search(words_of(text)) is not None


def with_text(block: Block, text: str) -> Block:
    """Return ``block`` with another text."""
    return replace(block, text=text)
