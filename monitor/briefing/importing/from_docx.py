"""A Word document into blocks. Footnotes are numbered in the order of their marks, as Word prints them.

Deleted text of tracked changes is left out, inserted text is read; headers and footers are other parts of it.
"""

import re
import zlib
from collections.abc import Iterator, Mapping
from io import BytesIO
from xml.etree import ElementTree
from zipfile import BadZipFile, ZipFile

from monitor.briefing.importing.blocks import Block, BlockKind, joined

MOST_BYTES = 50_000_000
_BROKEN = (
    BadZipFile,
    ElementTree.ParseError,
    KeyError,
    RuntimeError,  # of an encrypted one, or of a way of packing that is not known
    EOFError,
    zlib.error,
)
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_PARTS = ("word/document.xml", "word/footnotes.xml", "word/styles.xml", "word/_rels/document.xml.rels")
_NOTE_RELATIONS = "word/_rels/footnotes.xml.rels"
_HEADING = re.compile(r"heading (\d)")
_UNSEEN = frozenset([f"{_W}del", f"{_W}moveFrom", f"{_W}instrText", f"{_W}pPr", f"{_W}rPr"])


class _Document:
    """What the paragraphs of one file refer to: styles, links, and the numbers of footnotes."""

    def __init__(self, parts: Mapping[str, ElementTree.Element]) -> None:
        self.styles = _style_names(parts.get("word/styles.xml"))
        self.links = _links(parts.get("word/_rels/document.xml.rels"))
        self.note_links = _links(parts.get(_NOTE_RELATIONS))
        self.numbers: dict[str, int] = {}

    def number(self, reference: str) -> int:
        """Return the printed number of a footnote, given at its first mark."""
        return self.numbers.setdefault(reference, len(self.numbers) + 1)


def blocks_of_docx(content: bytes) -> list[Block]:
    """Return the blocks of a document, in its order, the footnotes last.

    Raises:
        ValueError: it is no Word document, or too large, or declares entities.
    """
    parts = _read_parts(content)
    if "word/document.xml" not in parts:
        raise ValueError("is no Word document")
    document = _Document(parts)
    blocks = [
        block
        for paragraph in parts["word/document.xml"].iter(f"{_W}p")
        if (block := _block(paragraph, document)) is not None
    ]
    return [*blocks, *_notes(parts.get("word/footnotes.xml"), document)]


def _read_parts(content: bytes) -> dict[str, ElementTree.Element]:
    try:
        with ZipFile(BytesIO(content)) as file:
            names = [name for name in (*_PARTS, _NOTE_RELATIONS) if name in file.namelist()]
            if sum(file.getinfo(name).file_size for name in names) > MOST_BYTES:
                raise ValueError(f"unpacks to more than {MOST_BYTES:,} bytes")
            return {name: _parsed(file.read(name)) for name in names}
    except _BROKEN as error:
        raise ValueError(f"is no Word document ({error})") from error


def _parsed(xml: bytes) -> ElementTree.Element:
    if b"<!DOCTYPE" in xml or b"<!ENTITY" in xml:
        raise ValueError("declares entities, which no Word document does")
    return ElementTree.fromstring(xml)  # noqa: S314 - no declaration, hence no entity, gets this far


def _style_names(styles: ElementTree.Element | None) -> dict[str, str]:
    """Names of styles by their ids; ids are translated, names are not."""
    found = {}
    for style in styles.iter(f"{_W}style") if styles is not None else ():
        name = style.find(f"{_W}name")
        if name is not None:
            found[style.get(f"{_W}styleId", "")] = name.get(f"{_W}val", "").casefold()
    return found


def _links(relations: ElementTree.Element | None) -> dict[str, str]:
    if relations is None:
        return {}
    return {each.get("Id", ""): each.get("Target", "") for each in relations}


def _block(paragraph: ElementTree.Element, document: _Document) -> Block | None:
    text = joined(["".join(_inline(paragraph, document, document.links))])
    properties = paragraph.find(f"{_W}pPr")
    style = _style(properties, document)
    if not text or style.startswith("toc"):
        return None
    heading = _HEADING.match(style)
    if heading or style == "title":
        # Word's title and first level of headings are this project's first and second
        return Block(BlockKind.HEADING, text, int(heading[1]) + 1 if heading else 1)
    if "quote" in style:
        return Block(BlockKind.QUOTATION, text)
    level = _list_level(properties, style)
    return Block(BlockKind.ITEM, text, level) if level else Block(BlockKind.PARAGRAPH, text)


def _style(properties: ElementTree.Element | None, document: _Document) -> str:
    style = properties.find(f"{_W}pStyle") if properties is not None else None
    name = style.get(f"{_W}val", "") if style is not None else ""
    return document.styles.get(name, name.casefold())


def _list_level(properties: ElementTree.Element | None, style: str) -> int:
    numbering = properties.find(f"{_W}numPr") if properties is not None else None
    if numbering is None:
        return 1 if style.startswith(("list bullet", "list number")) else 0
    level = numbering.find(f"{_W}ilvl")
    return int(level.get(f"{_W}val", "0")) + 1 if level is not None else 1


def _inline(element: ElementTree.Element, document: _Document, links: Mapping[str, str]) -> Iterator[str]:
    for child in element:
        if child.tag in _UNSEEN:
            continue
        if child.tag == f"{_W}t":
            yield child.text or ""
        elif child.tag in (f"{_W}tab", f"{_W}br", f"{_W}cr"):
            yield " "
        elif child.tag == f"{_W}noBreakHyphen":
            yield "-"
        elif child.tag == f"{_W}footnoteReference":
            yield f"[^{document.number(child.get(f'{_W}id', ''))}]"
        elif child.tag == f"{_W}hyperlink":
            yield _linked("".join(_inline(child, document, links)), links.get(child.get(f"{_R}id", ""), ""))
        else:
            yield from _inline(child, document, links)


def _linked(words: str, address: str) -> str:
    return f"[{words}]({address})" if address.startswith(("http://", "https://")) else words


def _notes(footnotes: ElementTree.Element | None, document: _Document) -> Iterator[Block]:
    for note in footnotes if footnotes is not None else ():
        number = document.numbers.get(note.get(f"{_W}id", ""))
        if number is not None:  # the separators have no mark
            words = ["".join(_inline(each, document, document.note_links)) for each in note.iter(f"{_W}p")]
            yield Block(BlockKind.NOTE, joined(words), note=number)
