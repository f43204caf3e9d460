"""A document of headings, lines and records as PDF: what is kept for years must open without this program.

The library is in the extra ``pdf``, with a font for Latin, Greek and Cyrillic letters. A character that the
font lacks is shown as a replacement mark, and the end of the document says so.
"""

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib.resources import as_file, files
from importlib.util import find_spec
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    pass

_ASCII = 128
_FONT = "Roboto"
_STYLES = {"": "Roboto-Regular.ttf", "B": "Roboto-Bold.ttf"}
_MISSING = "\N{REPLACEMENT CHARACTER}"
_LACKS = f"{_MISSING}: a character that the font of this document lacks; the CSV and JSON files have it."
_SIZES = {"title": 16.0, "heading": 12.0, "text": 9.0}
_MARGIN_MM = 18.0
_INDENT_MM = 5.0
_SPACING = 1.45  # of a line, by the size of its letters
_MM_A_POINT = 0.3528


@dataclass(frozen=True, slots=True)
class Records:
    """A heading and its records, each a list of labels with values; empty values are left out."""

    heading: str
    records: Sequence[Sequence[tuple[str, str]]]


def can_write_pdf() -> bool:
    """Return whether the extra ``pdf`` is installed."""
    return all(find_spec(name) is not None for name in ("fpdf", "font_roboto"))


def pdf_bytes(title: str, paragraphs: Iterable[str], parts: Iterable[Records], *, made: datetime) -> bytes:
    """Return a PDF; the same arguments give the same bytes.

    Args:
        title: The document's title, printed and in its properties.
        paragraphs: What stands below the title.
        parts: What follows, each below its heading.
        made: The instant to enter as the time of making, timezone-aware.

    Raises:
        ImportError: the extra ``pdf`` is not installed; see :func:`can_write_pdf`.
    """
    page = _Page(title, made)
    page.write(title, "title", bold=True)
    for each in paragraphs:
        page.write(each)
    for part in parts:
        page.write(f"{part.heading} ({len(part.records)})", "heading", bold=True, gap_mm=5.0)
        for number, record in enumerate(part.records, start=1):
            page.record(number, record)
    return page.finished()


class _Page:
    """The document being written; lines flow over pages."""

    def __init__(self, title: str, made: datetime) -> None:
        from fpdf import FPDF
        from fpdf.fonts import TTFFont

        self._pdf: FPDF = FPDF(format="A4")
        self._pdf.set_title(title)
        self._pdf.set_lang("en")
        self._pdf.set_creation_date(made)
        self._pdf.set_margin(_MARGIN_MM)
        self._pdf.set_auto_page_break(auto=True, margin=_MARGIN_MM)
        for style, name in _STYLES.items():
            with as_file(files("font_roboto") / "files" / name) as path:
                self._pdf.add_font(_FONT, style, path)
        font = self._pdf.fonts[_FONT.lower()]
        self._known: Container[int] = font.cmap if isinstance(font, TTFFont) else range(_ASCII)
        self._lacks = False
        self._pdf.add_page()

    def write(self, text: str, size: str = "text", *, bold: bool = False, gap_mm: float = 1.5) -> None:
        self._pdf.ln(gap_mm)
        self._line([(text, bold)], _SIZES[size])

    def record(self, number: int, record: Sequence[tuple[str, str]]) -> None:
        self._pdf.ln(2.0)
        size = _SIZES["text"]
        self._line([(f"{number}.", True)], size)
        for label, value in record:
            if value:
                self._line([(f"{label}: ", True), (value, False)], size, indent_mm=_INDENT_MM)

    def finished(self) -> bytes:
        if self._lacks:
            self.write(_LACKS, gap_mm=5.0)
        return bytes(self._pdf.output())

    def _line(self, runs: Sequence[tuple[str, bool]], size: float, *, indent_mm: float = 0.0) -> None:
        self._pdf.set_left_margin(_MARGIN_MM + indent_mm)
        self._pdf.set_x(_MARGIN_MM + indent_mm)
        height = size * _MM_A_POINT * _SPACING
        for text, bold in runs:
            self._pdf.set_font(_FONT, "B" if bold else "", size)
            self._pdf.write(height, self._printable(text))
        self._pdf.ln(height)
        self._pdf.set_left_margin(_MARGIN_MM)

    def _printable(self, text: str) -> str:
        """Text in characters that the font has; line breaks stay, other controls become blanks."""
        kept = []
        for character in text:
            if character == "\n" or ord(character) in self._known:
                kept.append(character)
            elif character.isspace() or not character.isprintable():
                kept.append(" ")
            else:
                kept.append(_MISSING)
                self._lacks = True
        return "".join(kept)
