"""Read a PDF's text layer as a document. It runs where memory and time are limited: PDFs are hostile.

Lines are joined to paragraphs by their length and how they end, since a PDF has no paragraphs. Text is
brought to compatibility form (NFKC): fonts map to ligatures and to radicals that only look like letters.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence

from pypdfium2 import PdfDocument, PdfiumError

from monitor.errors import ExtractError
from monitor.language import normalise
from monitor.model import DocumentRead, Passage, PassageKind, ReadJob
from monitor.reading.documents import Content, address_of, build_document, is_saved, key_of

_MOST_PAGES = 400
_MOST_CHARACTERS = 1_500_000
_LEAST_CHARACTERS = 20  # less in a whole file is a scan with a stamp on it
_LINE_HYPHEN = re.compile("[\x02\ufffe\xad]\\s*(?=(\\w))")
_FURNITURE_LINES = 2  # lines at the top and bottom of a page that may repeat on every page
_PAGE_NUMBER = re.compile(r"(?:page\s*)?[-–—\s]*\d{1,4}[-–—\s]*(?:(?:of|/)\s*\d{1,4})?\Z", re.IGNORECASE)
_MARKER = re.compile(
    r"(?:\(?(?:\d{1,3}|[a-z]|[ivx]{1,5})[.)]|[•▪●◦■–—-])\s"
    r"|(?:article|section|part|chapter|annex|стаття|частина|розділ|artikel|artículo|articolo|artykuł)\s+[\divxlc]+",
    re.IGNORECASE,
)
_CLOSED = re.compile(r"[.:;!?。！？…][\"'»”’)]*\Z")
_CJK = re.compile("[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]")
_JUNK_TITLE = re.compile(
    r"microsoft word|untitled|\.(?:docx?|pdf|indd|qxd|rtf)\b|^document\d*\Z", re.IGNORECASE
)


def read_pdf(job: ReadJob) -> DocumentRead:
    """Return the PDF as a document.

    Raises:
        ExtractError: it is damaged, wants a password, or has no text layer (it needs OCR).
    """
    try:
        given, pages, flags = _pages(job.body)
    except (PdfiumError, ValueError, OSError) as error:
        raise ExtractError(job.source.id, f"{address_of(job)} cannot be read as a PDF: {error}") from error
    paragraphs = _paragraphs(_without_furniture(pages))
    if sum(len(paragraph) for paragraph in paragraphs) < _LEAST_CHARACTERS:
        message = (
            f"{address_of(job)} is a PDF without a text layer: needs OCR; read it and enter what it says"
        )
        raise ExtractError(job.source.id, message)
    item = job.item
    content = Content(
        title=_title(job, given, paragraphs),
        passages=tuple(Passage(PassageKind.PARAGRAPH, paragraph) for paragraph in paragraphs),
        url=address_of(job),
        published=item.published if item else None,
        flags=("pdf", *flags),
    )
    return DocumentRead(build_document(job, content, item_key=key_of(job)))


def _title(job: ReadJob, given: str, paragraphs: Sequence[str]) -> str:
    """The item's title; of a file without one, what the PDF gives, unless it is a file's name."""
    if job.item and job.item.title and not is_saved(job.exchange):
        return job.item.title
    given = normalise(given)
    return given if given and not _JUNK_TITLE.search(given) else paragraphs[0][:300]


def _pages(body: bytes) -> tuple[str, list[list[str]], tuple[str, ...]]:
    """The title in the file's metadata, the lines of each page, and marks of what was left out."""
    pages: list[list[str]] = []
    characters = 0
    with PdfDocument(body) as pdf:
        title = str(pdf.get_metadata_dict().get("Title", ""))
        for number in range(min(len(pdf), _MOST_PAGES)):
            text = _page_text(pdf, number)
            pages.append([line for raw in text.splitlines() if (line := raw.strip())])
            characters += len(text)
            if characters > _MOST_CHARACTERS:
                return title, pages, ("text-cut",)
        return title, pages, ("text-cut",) if len(pdf) > _MOST_PAGES else ()


def _page_text(pdf: PdfDocument, number: int) -> str:
    page = pdf[number]
    try:
        textpage = page.get_textpage()
        try:
            text = str(textpage.get_text_bounded())
        finally:
            textpage.close()
    finally:
        page.close()
    return unicodedata.normalize("NFKC", _LINE_HYPHEN.sub(_hyphen, text))


def _hyphen(found: re.Match[str]) -> str:
    """Before a capital the hyphen was part of the word: Ukrainian-British."""
    return "-" if found[1].isupper() else ""


def _without_furniture(pages: Sequence[Sequence[str]]) -> list[str]:
    """All lines, but for page numbers and for what stands at the edge of most pages."""
    edges = Counter(_shape(line) for page in pages for line in {*_edge(page)})
    repeated = {shape for shape, count in edges.items() if count >= 3 and count > len(pages) / 2}
    lines = []
    for page in pages:
        edge = set(_edge(page))
        lines += [
            line
            for line in page
            if line not in edge or not (_shape(line) in repeated or _PAGE_NUMBER.match(line))
        ]
    return lines


def _edge(page: Sequence[str]) -> Sequence[str]:
    return (*page[:_FURNITURE_LINES], *page[-_FURNITURE_LINES:])


def _shape(line: str) -> str:
    return re.sub(r"\d+", "#", line).casefold()


def _paragraphs(lines: Sequence[str]) -> list[str]:
    paragraphs: list[str] = []
    for at, line in enumerate(lines):
        near = lines[max(at - 1, 0) : at + 2]  # columns and pages differ in width
        if at == 0 or _begins(lines[at - 1], line, full=max(len(each) for each in near)):
            paragraphs.append(line)
        else:
            paragraphs[-1] = _joined(paragraphs[-1], line)
    return [text for paragraph in paragraphs if (text := normalise(paragraph))]


def _begins(before: str, line: str, *, full: int) -> bool:
    """Whether ``line`` begins a paragraph; ``full`` is the length of a full line, in characters."""
    if _MARKER.match(line):
        return True
    capital = line[0].isupper() or line[0] in "\"'«“„"
    if _CLOSED.search(before):
        return len(before) < full * 0.75 or (capital and len(before) < full * 0.9)
    return capital and len(before) < full * 0.6


def _joined(paragraph: str, line: str) -> str:
    tight = _CJK.match(paragraph[-1]) and _CJK.match(line[0])
    return f"{paragraph}{line}" if tight or paragraph.endswith("-") else f"{paragraph} {line}"
