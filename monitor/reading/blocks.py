"""Cut a parsed page into passages: headings, paragraphs, list items, table rows."""

import re

from bs4.element import Tag

from monitor.language import normalise
from monitor.model import Passage, PassageKind
from monitor.reading.walk import Event, walk

_KINDS = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6", "legend"), PassageKind.HEADING),
    **dict.fromkeys(("li", "dt", "dd"), PassageKind.ITEM),
    **dict.fromkeys(("td", "th", "caption"), PassageKind.CELL),
    "blockquote": PassageKind.PARAGRAPH,
}
_BLOCKS = frozenset(_KINDS) | {
    "address", "article", "aside", "body", "center", "details", "div", "dl", "fieldset", "figcaption",
    "figure", "footer", "form", "header", "hgroup", "hr", "html", "main", "menu", "nav", "ol", "option", "p",
    "pre", "section", "summary", "table", "tbody", "tfoot", "thead", "tr", "ul",
}  # fmt: skip
_IN_CELL = ["table", "ul", "ol", "dl", "h1", "h2", "h3", "h4", "pre"]
_LONGEST_ROW = 1_000  # characters; a longer "row" is a page laid out by tables
_SPACE = re.compile(r"[ \t\r\n\f]+")
_BREAK = re.compile(r"\n[ \n]*\n|(?<=[.!?…:;])[\"'»”’)]{0,2} *\n")
_FIGURE = re.compile(r"\d{1,3}\Z")


def passages_of(region: Tag, without: frozenset[int] = frozenset()) -> tuple[Passage, ...]:
    """Return the passages of ``region`` in reading order, without empty ones.

    A table row is one passage, its cells joined by `` | ``; a term and its definition are one.

    Args:
        region: The element to read.
        without: Ids (of the objects) of elements to leave out.
    """
    blocks = _Blocks(without)
    for event, tag, text in walk(region):
        blocks.take(event, tag, text)
    blocks.flush()
    return tuple(blocks.found)


class _Blocks:
    """Gathers inline text until a block begins or ends."""

    def __init__(self, without: frozenset[int]) -> None:
        self.found: list[Passage] = []
        self._without = without
        self._skipped: Tag | None = None  # the element that is being left out
        self._row: Tag | None = None  # the table row that becomes one passage
        self._cells: list[str] = []
        self._inline: list[str] = []
        self._kinds = [PassageKind.PARAGRAPH]
        self._in_pre = 0

    def take(self, event: Event, tag: Tag, text: str) -> None:
        if self._skipped is not None:
            if event is Event.END and tag is self._skipped:
                self._skipped = None
        elif event is Event.TEXT:
            self._inline.append(text if self._in_pre else _SPACE.sub(" ", text))
        elif event is Event.START and id(tag) in self._without:
            self._skipped = tag
        elif self._row is not None:
            self._within_row(event, tag)
        elif tag.name in _BLOCKS:
            self._boundary(event, tag)
        else:
            self._inline_element(event, tag)

    def flush(self) -> None:
        text = "".join(self._inline)
        self._inline.clear()
        for part in _split(text) if "\n" in text else (text,):
            self._add(self._kinds[-1], part)

    def _inline_element(self, event: Event, tag: Tag) -> None:
        if tag.name == "br" and event is Event.START:
            self._inline.append("\n")
        elif tag.name == "sup" and _FIGURE.match(tag.get_text().strip()):
            # a footnote's mark is not part of the word before it
            self._inline.append("[" if event is Event.START else "]")

    def _within_row(self, event: Event, tag: Tag) -> None:
        if tag.name in ("td", "th") and event is Event.END:
            self._cells.append(normalise("".join(self._inline)))
            self._inline.clear()
        elif tag is self._row:
            self._add(PassageKind.CELL, " | ".join(cell for cell in self._cells if cell))
            self._cells.clear()
            self._row = None
        elif tag.name in _BLOCKS:
            self._inline.append(" ")
        else:
            self._inline_element(event, tag)

    def _boundary(self, event: Event, tag: Tag) -> None:
        starts = event is Event.START
        if starts and tag.name == "tr" and _is_plain_row(tag):
            self.flush()
            self._row = tag
            return
        if tag.name == "dt" and not starts:
            self._inline.append(" " if self._ends_in_colon() else ": ")
        elif not (tag.name == "dd" and starts and self._ends_in_colon()):
            self.flush()
        self._enter(tag.name) if starts else self._leave(tag.name)

    def _enter(self, name: str) -> None:
        self._in_pre += name == "pre"
        if name in _KINDS:
            self._kinds.append(_KINDS[name])

    def _leave(self, name: str) -> None:
        self._in_pre -= name == "pre"
        if name in _KINDS:
            self._kinds.pop()

    def _ends_in_colon(self) -> bool:
        return "".join(self._inline).rstrip().endswith(":")

    def _add(self, kind: PassageKind, text: str) -> None:
        text = normalise(text)
        if text:
            self.found.append(Passage(kind, text))


def _split(text: str) -> list[str]:
    """Line breaks end a passage where two follow each other or a sentence ends."""
    parts, start = [], 0
    for found in _BREAK.finditer(text):
        parts.append(text[start : found.end()])
        start = found.end()
    return [*parts, text[start:]]


def _is_plain_row(row: Tag) -> bool:
    cells = row.find_all(["td", "th"], recursive=False)
    if len(cells) < 2 or row.find(_IN_CELL) is not None:
        return False
    length = 0
    for text in row.strings:
        length += len(text)
        if length > _LONGEST_ROW:
            return False
    return True
