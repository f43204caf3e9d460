"""A redline as a Word document with real tracked changes, comments that hold the evidence, and footnotes.

Word numbers footnotes itself, so those that come in or go renumber the others. The same redline gives the
same bytes.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from io import BytesIO
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from monitor.briefing.importing.blocks import LINK, BlockKind
from monitor.briefing.redline.docx_parts import (
    HEAD,
    NAMESPACES,
    PARTS,
    RELATION,
    content_types,
    numbering,
    relations,
    separators,
    styles,
)
from monitor.briefing.redline.marked import RedBlock, Redline, RedNote, Run
from monitor.language import Op

_TOKEN = re.compile(rf"\[\^(?P<mark>\+?\d+)\]|{LINK.pattern}")
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_COMMENTED = '<w:r><w:commentReference w:id="{}"/></w:r>'
# A footnote's mark, whole, with the change that it is in.
_MARKED = re.compile(
    r"(?:<w:(?:ins|del) [^>]*>)?<w:r><w:rPr><w:vertAlign [^>]*/></w:rPr><w:footnoteReference "
)
_FIRST_NOTE = 1  # after the two separators that every document has


@dataclass(slots=True)
class _Writer:
    """Counters and relations of one document while it is written."""

    redline: Redline
    author: str
    made: str
    changes: int = 0
    links: dict[str, str] = field(default_factory=dict)
    note_links: dict[str, str] = field(default_factory=dict)
    commented: dict[int, str] = field(default_factory=dict)  # the words that a comment is on
    moved: set[int] = field(default_factory=set)

    def tracked(self, op: Op, runs: str) -> str:
        """Return runs as inserted or deleted by the author."""
        if op is Op.SAME or not runs:
            return runs
        self.changes += 1
        tag = "w:ins" if op is Op.ADDED else "w:del"
        by = f'w:id="{self.changes}" w:author={quoteattr(self.author)} w:date="{self.made}"'
        return f"<{tag} {by}>{runs}</{tag}>"

    def note_id(self, key: str) -> int:
        """Return the id of a footnote in the file."""
        keys = [note.key for note in self.redline.notes]
        return keys.index(key) + _FIRST_NOTE


def as_docx(redline: Redline, *, author: str, made: datetime) -> bytes:
    """Return the document.

    Args:
        redline: What to write.
        author: Whose tracked changes these are.
        made: When they were proposed; the only time in the file.
    """
    writer = _Writer(redline, author, made.strftime("%Y-%m-%dT%H:%M:%SZ"))
    title = _paragraph("Title", _text(redline.title, Op.SAME)) if redline.title else ""
    body = title + "".join(_block(block, writer) for block in redline.blocks)
    body = _comments_apart(body, writer)
    notes = "".join(_note(note, writer) for note in redline.notes)
    files = {
        "[Content_Types].xml": content_types(),
        "_rels/.rels": relations([("rId1", f"{RELATION}/officeDocument", "word/document.xml", False)]),
        "word/document.xml": f"<w:document {NAMESPACES}><w:body>{body}<w:sectPr/></w:body></w:document>",
        "word/footnotes.xml": f"<w:footnotes {NAMESPACES}>{separators()}{notes}</w:footnotes>",
        "word/comments.xml": f"<w:comments {NAMESPACES}>{_comments(writer)}</w:comments>",
        "word/styles.xml": styles(),
        "word/numbering.xml": numbering(),
        "word/settings.xml": f"<w:settings {NAMESPACES}><w:trackRevisions/></w:settings>",
        "word/_rels/document.xml.rels": relations(_document_relations(writer)),
        "word/_rels/footnotes.xml.rels": relations(_link_relations(writer.note_links)),
    }
    return _zipped(files)


def _zipped(files: dict[str, str]) -> bytes:
    written = BytesIO()
    with ZipFile(written, "w", ZIP_DEFLATED) as archive:
        for name, content in files.items():
            entry = ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = ZIP_DEFLATED
            archive.writestr(entry, HEAD + content)
    return written.getvalue()


def _block(block: RedBlock, writer: _Writer) -> str:
    runs = "".join(_run(run, writer, writer.links) for run in block.runs)
    if block.kind is BlockKind.HEADING:
        number = _text(f"{block.number} ", Op.SAME) if block.number else ""
        return _paragraph(f"Heading{min(max(block.level - 1, 1), 3)}", number + runs)
    if block.kind is BlockKind.ITEM:
        level = f'<w:numPr><w:ilvl w:val="{block.level - 1}"/><w:numId w:val="1"/></w:numPr>'
        return _paragraph("ListBullet", runs, level)
    return _paragraph("Quote" if block.kind is BlockKind.QUOTATION else "", runs)


def _paragraph(style: str, runs: str, more: str = "") -> str:
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    properties = f"<w:pPr>{named}{more}</w:pPr>" if named or more else ""
    return f"<w:p>{properties}{runs}</w:p>"


def _run(run: Run, writer: _Writer, links: dict[str, str]) -> str:
    first, *rest = [piece for piece in _pieces(run, writer, links) if piece] or [""]
    number = run.comment
    if number is None or not writer.redline.comments[number] or number in writer.commented:
        return "".join((first, *rest))
    writer.commented[number] = _TOKEN.sub(lambda token: token[2] or "", run.text).strip()
    return (
        f'<w:commentRangeStart w:id="{number}"/>{first}<w:commentRangeEnd w:id="{number}"/>'
        f"{_COMMENTED.format(number)}{''.join(rest)}"
    )


def _comments_apart(body: str, writer: _Writer) -> str:
    """Take comments that stand between the first two footnotes before the first.

    LibreOffice 7.4 gives every footnote another one's words where a comment stands there. Such a comment
    says which words it is on.
    """
    marks = [match.start() for match in _MARKED.finditer(body)]
    if not marks:
        return body
    between = body[marks[0] : marks[1]] if len(marks) > 1 else body[marks[0] :]
    moved = [number for number in writer.commented if _COMMENTED.format(number) in between]
    for number in moved:
        writer.moved.add(number)
        for name in ("commentRangeStart", "commentRangeEnd"):
            body = body.replace(f'<w:{name} w:id="{number}"/>', "")
        body = body.replace(_COMMENTED.format(number), "")
    at = next(_MARKED.finditer(body)).start()
    return body[:at] + "".join(_COMMENTED.format(number) for number in moved) + body[at:]


def _pieces(run: Run, writer: _Writer, links: dict[str, str]) -> Iterator[str]:
    at = 0
    for match in _TOKEN.finditer(run.text):
        yield writer.tracked(run.op, _text(run.text[at : match.start()], run.op))
        if match["mark"]:
            mark = f'<w:footnoteReference w:id="{writer.note_id(match["mark"])}"/>'
            yield writer.tracked(
                run.op, f'<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr>{mark}</w:r>'
            )
        else:
            yield _link(match[2], match[3], run.op, writer, links)
        at = match.end()
    yield writer.tracked(run.op, _text(run.text[at:], run.op))


def _link(words: str, address: str, op: Op, writer: _Writer, links: dict[str, str]) -> str:
    runs = writer.tracked(
        op, _text(words, op, '<w:rPr><w:color w:val="0B4F94"/><w:u w:val="single"/></w:rPr>')
    )
    if not address.startswith(("http://", "https://")):
        return writer.tracked(op, _text(words, op))
    name = links.setdefault(address, f"link{len(links) + 1}")
    return f'<w:hyperlink r:id="{name}">{runs}</w:hyperlink>'


def _text(words: str, op: Op, properties: str = "") -> str:
    if not words:
        return ""
    tag = "w:delText" if op is Op.REMOVED else "w:t"
    shown = escape(_NOT_XML.sub("\ufffd", words))
    return f'<w:r>{properties}<{tag} xml:space="preserve">{shown}</{tag}></w:r>'


def _note(note: RedNote, writer: _Writer) -> str:
    mark = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteRef/></w:r>'
    runs = "".join(_pieces(Run(note.op, f" {note.text}"), writer, writer.note_links))
    paragraph = _paragraph("FootnoteText", mark + runs)
    return f'<w:footnote w:id="{writer.note_id(note.key)}">{paragraph}</w:footnote>'


def _comments(writer: _Writer) -> str:
    parts = []
    for at, text in enumerate(writer.redline.comments):
        if at in writer.moved:
            text = f"On “{writer.commented[at]}”:\n{text}"
        if at in writer.commented:
            paragraphs = "".join(
                _paragraph("CommentText", _text(line, Op.SAME)) for line in text.splitlines()
            )
            by = f'w:author={quoteattr(writer.author)} w:date="{writer.made}" w:initials="BM"'
            parts.append(f'<w:comment w:id="{at}" {by}>{paragraphs}</w:comment>')
    return "".join(parts)


def _document_relations(writer: _Writer) -> list[tuple[str, str, str, bool]]:
    own = [(f"part{at}", f"{RELATION}/{name}", f"{name}.xml", False) for at, name in enumerate(PARTS)]
    return [*own, *_link_relations(writer.links)]


def _link_relations(links: dict[str, str]) -> list[tuple[str, str, str, bool]]:
    return [(name, f"{RELATION}/hyperlink", address, True) for address, name in links.items()]
