"""What stands around the text of a paper: front page, contents, page headers and numbers, end matter."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from monitor.briefing.importing.blocks import Block, BlockKind, words_of
from monitor.briefing.importing.days import find_days

_CONTENTS_LINE = re.compile(
    r"(?:(?P<number>\d+(?:\.\d+)*)\s+)?(?P<title>\S.*?)(?:\t+|\s*\.{3,}\s*|\s{3,})\d+\s*\Z"
)
_REFERENCE = re.compile(
    r"(?:number|no\.?|reference|briefing)\s*:?\s*(?P<number>(?:[A-Z]{2,5}[- ]?)?\d{3,})\Z", re.I
)
_BYLINE = re.compile(r"(?:by|authors?:?)\s+\S", re.IGNORECASE)
_GENRE = re.compile(
    r"(?:research |policy |briefing |library |background )*(?:briefing|paper|note|report)\Z", re.I
)
_PAGE_NUMBER = re.compile(r"(?:page\s+)?\d{1,4}(?:\s+of\s+\d{1,4})?\Z", re.IGNORECASE)
_RUNNING_HEAD_TIMES = 3
_RUNNING_HEAD_CHARS = 120
_END_HEADINGS = frozenset(
    [
        "disclaimer",
        "feedback",
        "about the author",
        "about the authors",
        "contents",
        "sources and subscriptions for mps and staff",
        "contact",
        "copyright",
    ]
)


@dataclass(frozen=True, slots=True)
class Front:
    """What the front page and the contents say; empty or None where they do not."""

    title: str = ""
    reference: str = ""
    published: date | None = None
    contents: tuple[tuple[str, str], ...] = ()  # (number or "", title)


def take_front(blocks: Sequence[Block]) -> tuple[Front, list[Block]]:
    """Return what stands before the text, and the blocks of the text."""
    contents, blocks = _take_contents(blocks)
    begins = _first_heading(blocks, contents)
    front = _front_page(blocks[:begins])
    if begins == 0 and blocks and blocks[0].kind is BlockKind.HEADING and blocks[0].level == 1:
        front, begins = replace(front, title=blocks[0].text), 1
    return replace(front, contents=contents), list(blocks[begins:])


def _take_contents(blocks: Sequence[Block]) -> tuple[tuple[tuple[str, str], ...], list[Block]]:
    entries: list[tuple[str, str]] = []
    rest = []
    for block in blocks:
        matches = [_CONTENTS_LINE.match(line.strip()) for line in block.lines]
        found = [match for match in matches if match]
        if len(found) >= max(3, len(matches) // 2) and block.kind is not BlockKind.NOTE:
            entries += [(match["number"] or "", match["title"].strip()) for match in found]
        else:
            rest.append(block)
    return tuple(entries), rest


def _first_heading(blocks: Sequence[Block], contents: tuple[tuple[str, str], ...]) -> int:
    """Where the text begins: the first entry of the contents, or a summary, or a Markdown heading."""
    wanted = {same(title) for _, title in contents[:2]} | {"summary"}
    for at, block in enumerate(blocks):
        if same(block.text) in wanted or (block.kind is BlockKind.HEADING and block.level > 1):
            return at
    return 0


def _front_page(blocks: Sequence[Block]) -> Front:
    title, reference, published = "", "", None
    for block in blocks:
        for line in block.lines or (block.text,):
            words = words_of(line.strip().lstrip("#").strip())
            number = _REFERENCE.match(words)
            days = find_days(words)
            if number:
                reference = reference or number["number"]
            elif days and days[0].is_day and len(words) <= len(days[0].words) + 12:
                published = published or days[0].first
            elif words and not _BYLINE.match(words) and not _GENRE.match(words):
                title = title or words
    return Front(title, reference, published)


def without_furniture(blocks: Sequence[Block], front: Front) -> list[Block]:
    """Return the blocks without running heads, page numbers and end matter; gaps are marked ``lifted``."""
    running = _running_heads(blocks) | ({same(front.title)} if front.title else set())
    kept: list[Block] = []
    lifted = False
    for at, block in enumerate(blocks):
        if _begins_end_matter(block, blocks[at + 1 :], front):
            break
        if same(block.text) in running or _is_page_number(block, blocks[at + 1 :]):
            lifted = True
            continue
        kept.append(replace(block, lifted=lifted))
        lifted = False
    return kept


def _running_heads(blocks: Sequence[Block]) -> set[str]:
    short = (block for block in blocks if block.kind in (BlockKind.PARAGRAPH, BlockKind.HEADING))
    times = Counter(same(block.text) for block in short if len(block.text) <= _RUNNING_HEAD_CHARS)
    return {text for text, count in times.items() if count >= _RUNNING_HEAD_TIMES}


def _is_page_number(block: Block, following: Sequence[Block]) -> bool:
    """A number alone is a page's, unless a heading comes next, whose number it then is."""
    if block.kind is not BlockKind.PARAGRAPH or not _PAGE_NUMBER.match(block.text):
        return False
    return not (block.text.isdigit() and following and looks_like_heading(following[0]))


def _begins_end_matter(block: Block, following: Sequence[Block], front: Front) -> bool:
    in_contents = same(block.text) in {same(title) for _, title in front.contents}
    return same(block.text) in _END_HEADINGS and not in_contents and bool(following)


def looks_like_heading(block: Block) -> bool:
    """Return whether a block of plain text can be a heading: one short line that ends as no sentence does."""
    if block.kind is BlockKind.HEADING:
        return True
    words = block.text
    if block.kind is not BlockKind.PARAGRAPH or len(block.lines) > 1 or len(words) > _RUNNING_HEAD_CHARS:
        return False
    ends = words.rstrip("”’\"')")[-1:]
    plain = words == words_of(words) and not find_days(words)
    return plain and words[:1].isupper() and ends not in ".,;:!…" and len(words.split()) <= 16


def same(text: str) -> str:
    """Return a heading as it can be compared: casefolded, apostrophes alike, without a full stop."""
    return words_of(text).casefold().replace("’", "'").replace("‘", "'").strip(" .")
