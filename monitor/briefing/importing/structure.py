"""From a file's blocks to the paper: its sections, whole paragraphs, lists and quotations, and its footnotes.

Footnotes and page furniture that stand in the middle of a sentence, list or quotation are lifted out of it,
and its two halves become one again.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from monitor.briefing.importing.blocks import Block, BlockKind, is_ended, joined, words_of
from monitor.briefing.importing.days import find_days
from monitor.briefing.importing.front import (
    Front,
    looks_like_heading,
    same,
    take_front,
    without_furniture,
)

_SPLIT_LINK = re.compile(r"\]\((?P<one>[^()\s]*)\) \[(?=[^\]^][^\]]*\]\((?P=one)\))")
_NUMBERED = re.compile(r"(?P<number>\d+(?:\.\d+)*)\.?\s+(?P<title>\D.*)\Z")
_QUOTED = re.compile(r"[“\"].*[”\"]\.?\Z")
_ATTRIBUTION_CHARS = 160
_NOTE_HEADINGS = frozenset(["notes", "footnotes", "endnotes", "references"])


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper as read: ``blocks`` in the order of the page, ``notes`` by number."""

    title: str
    reference: str
    published: date | None
    blocks: tuple[Block, ...]
    notes: tuple[Block, ...]


def structure(blocks: Sequence[Block]) -> Paper:
    """Return the paper that a file's blocks make."""
    front, rest = take_front(blocks)
    whole = _without_notes(without_furniture(rest, front))
    body = _without_note_heading(_quotations(_rejoined(_headings(whole, front))))
    notes = sorted((block for block in rest if block.note is not None), key=lambda block: block.note or 0)
    return Paper(front.title, front.reference, front.published, tuple(body), tuple(notes))


def _without_notes(blocks: Sequence[Block]) -> list[Block]:
    kept: list[Block] = []
    lifted = False
    for block in blocks:
        if block.kind is BlockKind.NOTE:
            lifted = True
        else:
            kept.append(replace(block, lifted=lifted or block.lifted))
            lifted = False
    return kept


def _without_note_heading(blocks: list[Block]) -> list[Block]:
    """The heading of a list of footnotes at the end stands over nothing once they are lifted."""
    over_nothing = blocks and blocks[-1].kind is BlockKind.HEADING and same(blocks[-1].text) in _NOTE_HEADINGS
    return blocks[:-1] if over_nothing else blocks


def _headings(blocks: Sequence[Block], front: Front) -> list[Block]:
    """Mark headings, by the contents or by their look, and give them the numbers that stand before them."""
    numbers = {same(title): number for number, title in front.contents}
    found: list[Block] = []
    number, within = "", False
    for at, block in enumerate(blocks):
        if block.kind is BlockKind.PARAGRAPH and block.text.isdigit():
            number = block.text
            continue
        if not _is_heading(block, numbers, blocks, at):
            found.append(block)
            continue
        numbered = _NUMBERED.match(block.text)
        own = number or (numbered["number"] if numbered else "") or numbers.get(same(block.text), "")
        title = numbered["title"] if numbered else block.text
        level = block.level or (2 if own or not within else 3)
        within = within or bool(own)
        found.append(replace(block, kind=BlockKind.HEADING, text=title, number=own, level=level))
        number = ""
    return found


def _is_heading(block: Block, contents: dict[str, str], blocks: Sequence[Block], at: int) -> bool:
    if block.kind is BlockKind.HEADING or same(block.text) in contents:
        return True
    numbered = _NUMBERED.match(block.text)
    if numbered and same(numbered["title"]) in contents:
        return True
    before = blocks[at - 1] if at else None
    goes_on = before is not None and before.kind is BlockKind.PARAGRAPH and not _closes(before)
    return looks_like_heading(block) and not goes_on and at + 1 < len(blocks)


def _closes(block: Block) -> bool:
    """Whether nothing is cut off at its end: it ends as a sentence, or is short enough to be a heading."""
    return is_ended(block.text) or looks_like_heading(block) or bool(find_days(block.text))


def _rejoined(blocks: Sequence[Block]) -> list[Block]:
    """Join what footnotes or furniture cut in two."""
    whole: list[Block] = []
    for block in blocks:
        if whole and _goes_on(whole[-1], block):
            text = _SPLIT_LINK.sub(" ", joined((whole[-1].text, block.text)))
            whole[-1] = replace(whole[-1], text=text)
        else:
            whole.append(block)
    return whole


def _goes_on(before: Block, block: Block) -> bool:
    if not block.lifted or block.kind is not BlockKind.PARAGRAPH or is_ended(before.text):
        return False
    if before.kind in (BlockKind.PARAGRAPH, BlockKind.QUOTATION):
        return True
    return before.kind is BlockKind.ITEM and words_of(block.text)[:1].islower()


def _quotations(blocks: Sequence[Block]) -> list[Block]:
    """Mark block quotations: a paragraph in quotation marks, or one that "... that:" introduces."""
    marked: list[Block] = []
    for block in blocks:
        before = marked[-1] if marked else None
        if block.kind is not BlockKind.PARAGRAPH:
            marked.append(block)
        elif before is not None and _is_attribution(before, block):
            marked[-1] = replace(before, text=joined((before.text, block.text)))
        elif _is_introduced(before) or _QUOTED.match(words_of(block.text)):
            marked.append(replace(block, kind=BlockKind.QUOTATION))
        else:
            marked.append(block)
    return marked


def _is_introduced(before: Block | None) -> bool:
    return before is not None and before.kind is BlockKind.PARAGRAPH and words_of(before.text).endswith(":")


def _is_attribution(quotation: Block, block: Block) -> bool:
    """The line below a quotation that says whose it is."""
    if quotation.kind is not BlockKind.QUOTATION or not _QUOTED.match(words_of(quotation.text)):
        return False
    return len(block.text) <= _ATTRIBUTION_CHARS and not is_ended(block.text)
