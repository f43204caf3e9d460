"""What changed between two versions of a text: blocks first, then the words inside changed blocks.

A flat comparison of words takes seconds on a long page; two levels take milliseconds. Above the limits
it says only that much changed. Chinese and Japanese are compared by character.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

_MOST_BLOCKS = 2_000
_MOST_WORDS = 4_000  # in one block; a longer one is replaced as a whole
_MOST_WORK = 4_000_000  # pairs of blocks compared in one changed stretch
_PIECE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|\s+|[^\W\u3040-\u30ff\u3400-\u9fff]+|[^\w\s]")


class Op(StrEnum):
    """What happened to a stretch of text."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of one block."""

    op: Op
    text: str


@dataclass(frozen=True, slots=True)
class BlockDiff:
    """One block of the comparison; ``op`` is SAME also where only words inside it differ."""

    op: Op
    pieces: tuple[Piece, ...]

    @property
    def changed(self) -> bool:
        """Whether anything differs in it."""
        return self.op is not Op.SAME or any(piece.op is not Op.SAME for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class TextDiff:
    """A comparison; ``too_large`` says that the texts were only found to differ."""

    blocks: tuple[BlockDiff, ...]
    too_large: bool = False

    @property
    def changed(self) -> bool:
        """Whether the texts differ."""
        return self.too_large or any(block.changed for block in self.blocks)


def diff_blocks(old: Sequence[str], new: Sequence[str]) -> TextDiff:
    """Return how the blocks of ``new`` come from those of ``old``, in order."""
    if list(old) == list(new):
        return TextDiff(tuple(_whole(Op.SAME, block) for block in new))
    if max(len(old), len(new)) > _MOST_BLOCKS:
        return TextDiff((), too_large=True)
    blocks: list[BlockDiff] = []
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            blocks += [_whole(Op.SAME, block) for block in new[c:d]]
        else:
            blocks += _stretch(old[a:b], new[c:d])
    return TextDiff(tuple(blocks))


def diff_words(old: str, new: str) -> tuple[Piece, ...]:
    """Return the pieces of one block, word by word."""
    left, right = _PIECE.findall(old), _PIECE.findall(new)
    if len(left) * len(right) > _MOST_WORK or max(len(left), len(right)) > _MOST_WORDS:
        return (Piece(Op.REMOVED, old), Piece(Op.ADDED, new))
    pieces: list[Piece] = []
    matcher = SequenceMatcher(None, left, right, autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            pieces.append(Piece(Op.SAME, "".join(right[c:d])))
            continue
        if b > a:
            pieces.append(Piece(Op.REMOVED, "".join(left[a:b])))
        if d > c:
            pieces.append(Piece(Op.ADDED, "".join(right[c:d])))
    return tuple(pieces)


def _whole(op: Op, block: str) -> BlockDiff:
    return BlockDiff(op, (Piece(op, block),))


def _stretch(old: Sequence[str], new: Sequence[str]) -> list[BlockDiff]:
    """Pair changed blocks in order where they resemble each other; the rest is removed or added."""
    found: list[BlockDiff] = []
    rest = list(old)
    for block in new:
        place = next((at for at, other in enumerate(rest[:8]) if _alike(other, block)), None)
        if place is None:
            found.append(_whole(Op.ADDED, block))
            continue
        found += [_whole(Op.REMOVED, gone) for gone in rest[:place]]
        found.append(BlockDiff(Op.SAME, diff_words(rest[place], block)))
        rest = rest[place + 1 :]
    return found + [_whole(Op.REMOVED, gone) for gone in rest]


def _alike(one: str, other: str) -> bool:
    """Return whether two blocks share enough words to be versions of one; cheap, so it can be asked often."""
    left, right = set(_PIECE.findall(one[:5_000])), set(_PIECE.findall(other[:5_000]))
    return len(left & right) * 2 > min(len(left), len(right)) and len(left & right) > 2
