"""Plain text and Markdown into blocks.

Plain text is what a PDF gives when its text is copied: superscript figures as footnote marks, footnotes at
the foot of each page in the middle of the running text, headings that only their place and length tell.
"""

import re
from collections.abc import Iterator

from monitor.briefing.importing.blocks import Block, BlockKind, joined

_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_RAISED = re.compile("[⁰¹²³⁴⁵⁶⁷⁸⁹]+")
_NOTE = re.compile(r"(?:(?P<raised>[⁰¹²³⁴⁵⁶⁷⁸⁹]+)\s+|\[\^(?P<marked>\d+)\]:\s*)(?P<text>.*)\Z")
_ITEM = re.compile(r"(?P<indent>\s*)(?:[-*•–◦▪]|\d{1,2}[.)])\s+(?P<text>.+)\Z")
_HEADING = re.compile(r"(?P<level>#{1,6})\s+(?P<text>.+?)\s*#*\Z")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!>])")
_EMPHASIS = re.compile(r"(?<![\w*])(\*{1,3})(?=\S)(.+?)(?<=\S)\1(?![\w*])")


def blocks_of_text(text: str) -> list[Block]:
    """Return the blocks of a plain text or Markdown file, in its order; nothing is left out."""
    text = _COMMENT.sub("", text.replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff"))
    blocks: list[Block] = []
    for paragraph in re.split(r"\n[ \t\f]*\n|\f", text):
        blocks += _blocks([line for line in paragraph.split("\n") if line.strip()])
    return blocks


def _blocks(lines: list[str]) -> Iterator[Block]:
    """The blocks of lines without an empty one between them."""
    gathered: list[str] = []
    for line in lines:
        started = _started(line)
        if started is None:
            gathered.append(line)
            continue
        yield from _running(gathered)
        gathered = []
        if started.kind is BlockKind.HEADING:
            yield started
        else:
            gathered.append(line)
    yield from _running(gathered)


def _started(line: str) -> Block | None:
    """The block that this line begins, or None where it goes on with the one before it."""
    heading = _HEADING.match(line)
    if heading:
        return Block(BlockKind.HEADING, _inline(heading["text"]), len(heading["level"]), lines=(line,))
    note = _NOTE.match(line.strip())
    if note:
        number = int((note["raised"] or "").translate(_SUPERSCRIPTS) or note["marked"])
        return Block(BlockKind.NOTE, _inline(note["text"]), note=number, lines=(line,))
    item = _ITEM.match(line)
    if item:
        level = 2 if item["indent"] else 1
        return Block(BlockKind.ITEM, _inline(item["text"]), level, lines=(line,))
    return None


def _running(lines: list[str]) -> Iterator[Block]:
    """One block from its lines; lines of a front page stay apart in ``lines``."""
    if not lines:
        return
    first = _started(lines[0])
    if first is not None and first.kind is not BlockKind.HEADING:
        rest = [_inline(line) for line in lines[1:]]
        yield Block(first.kind, joined([first.text, *rest]), first.level, first.note, lines=tuple(lines))
    elif all(line.lstrip().startswith(">") for line in lines):
        words = joined(_inline(line.lstrip()[1:]) for line in lines)
        yield Block(BlockKind.QUOTATION, words, lines=tuple(lines))
    else:
        words = joined(_inline(line) for line in lines)
        yield Block(BlockKind.PARAGRAPH, words, lines=tuple(lines))


def _inline(line: str) -> str:
    """A line with its marks as ``[^3]``, without emphasis and escapes."""
    line = _ESCAPE.sub(r"\1", line)
    line = _RAISED.sub(lambda raised: f"[^{raised[0].translate(_SUPERSCRIPTS)}]", line)
    return _EMPHASIS.sub(r"\2", line).strip()
