"""An HTML page into blocks: headings, paragraphs, items, quotations, and footnotes by their anchors.

Only what the page's main part shows is read. Footnotes are those that a mark links to.
"""

import re
from collections.abc import Mapping
from html.parser import HTMLParser

from monitor.briefing.importing.blocks import Block, BlockKind, joined

MOST_CHARS = 4_000_000
_UNCLOSED = 1_000  # "<" without ">": the parser would search the rest of the page for each of them
_SKIPPED = frozenset(
    ["head", "script", "style", "nav", "header", "footer", "form", "noscript", "svg", "template", "button"]
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BLOCKS = frozenset(
    ["p", "li", "blockquote", "div", "section", "article", "td", "th", "dd", "dt", "figcaption", "pre"]
)
_LISTS = frozenset(["ul", "ol"])
_VOID = frozenset(["br", "img", "hr", "input", "meta", "link", "source", "wbr", "col"])
# the names that Markdown converters, Word, LibreOffice and MediaWiki give their footnotes
_NOTE_ANCHOR = re.compile(
    r"_?(?:sd)?(?:fn|ftn|footnote|note|cite_note|endnote|edn)[-_:]?(\d+)(?:sym)?\Z", re.IGNORECASE
)
_SIDE_MARGIN = re.compile(r"margin-(left|right):\s*(?:0?\.[1-9]|[1-9])")
_BACK = re.compile(r"[↩↑^⏎]|\[?back\]?|\[?\d+\]?", re.IGNORECASE)


def blocks_of_html(text: str) -> list[Block]:
    """Return the blocks of a page, in its order.

    Raises:
        ValueError: it is too large, or no HTML that can be read.
    """
    if len(text) > MOST_CHARS:
        raise ValueError(f"is larger than {MOST_CHARS:,} characters")
    if text.count("<") - text.count(">") > _UNCLOSED:
        raise ValueError("has thousands of tags that are never closed; it is no HTML page")
    reader = _Reader()
    reader.feed(text)
    reader.close()
    return reader.blocks


def _is_quoted(attributes: Mapping[str, str]) -> bool:
    """Whether an office program has saved a block quotation: by its class, or indented on both sides."""
    indents = _SIDE_MARGIN.findall(attributes.get("style", ""))
    return {"left", "right"} <= set(indents) or "quot" in attributes.get("class", "").lower()


class _Reader(HTMLParser):
    """Collects text into the innermost block that is open."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[Block] = []
        self._words: list[str] = []
        self._open: list[str] = []
        self._skipping = 0
        self._note: int | None = None
        self._note_depth = 0
        self._quoted_depth = 0
        self._link = ""
        self._linked: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a block, a link or a footnote."""
        values = {name: value or "" for name, value in attrs}
        if tag in _VOID:
            self._words.append(" ")
            return
        self._skipping += tag in _SKIPPED
        if self._starts_block(tag):
            self._flush()
        self._open.append(tag)
        if tag == "p" and _is_quoted(values) and not self._quoted_depth:
            self._quoted_depth = len(self._open)
        anchor = _NOTE_ANCHOR.match(values.get("id", ""))
        if anchor and tag in (*_BLOCKS, "aside") and not self._note:
            self._flush()
            self._note, self._note_depth = int(anchor[1]), len(self._open)
        if tag == "a":
            self._begin_link(values.get("href", ""))

    def handle_endtag(self, tag: str) -> None:
        """End it; tags that were left open inside end with it."""
        if tag == "a":
            self._end_link()
        if tag not in self._open:
            return
        if self._starts_block(tag):
            self._flush()
        while self._open:
            last = self._open.pop()
            self._skipping -= last in _SKIPPED
            if len(self._open) < self._quoted_depth:
                self._quoted_depth = 0
            if self._note and len(self._open) < self._note_depth:
                self._flush()
                self._note = None
            if last == tag:
                break

    def handle_data(self, data: str) -> None:
        """Collect what a reader sees."""
        if not self._skipping:
            (self._words if self._linked is None else self._linked).append(data)

    def close(self) -> None:
        """Give out what is left."""
        super().close()
        self._end_link()
        self._flush()

    def _starts_block(self, tag: str) -> bool:
        return tag in _HEADINGS or tag in _BLOCKS or tag in _LISTS or tag == "aside"

    def _begin_link(self, address: str) -> None:
        self._end_link()
        self._link, self._linked = address, []

    def _end_link(self) -> None:
        if self._linked is None:
            return
        words = joined(self._linked)
        self._linked = None
        anchor = _NOTE_ANCHOR.match(self._link.rpartition("#")[2]) if "#" in self._link else None
        if anchor and words.strip("[]()").isdigit() and not self._note:
            self._words.append(f"[^{anchor[1]}]")
        elif self._note and self._link.startswith("#") and _BACK.fullmatch(words):
            return
        elif self._link.startswith(("http://", "https://")):
            self._words.append(f"[{words}]({self._link})")
        else:
            self._words.append(words)

    def _flush(self) -> None:
        text = re.sub(r"\s+(\[\^\d+\])", r"\1", joined(["".join(self._words)]))
        self._words = []
        if not text:
            return
        if self._note is not None:
            self._add_note(text)
            return
        level = next((_HEADINGS[tag] for tag in reversed(self._open) if tag in _HEADINGS), 0)
        if level:
            self.blocks.append(Block(BlockKind.HEADING, text, level))
        elif "blockquote" in self._open or self._quoted_depth:
            self.blocks.append(Block(BlockKind.QUOTATION, text))
        elif "li" in self._open:
            depth = max(sum(tag in _LISTS for tag in self._open), 1)
            self.blocks.append(Block(BlockKind.ITEM, text, depth))
        else:
            self.blocks.append(Block(BlockKind.PARAGRAPH, text))

    def _add_note(self, text: str) -> None:
        """A footnote of several paragraphs is one."""
        last = self.blocks[-1] if self.blocks else None
        if last is not None and last.note == self._note:
            self.blocks[-1] = Block(BlockKind.NOTE, joined((last.text, text)), note=self._note)
        else:
            self.blocks.append(Block(BlockKind.NOTE, text, note=self._note))
