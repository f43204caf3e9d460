"""A PDF of plain text, by hand: Helvetica in the standard encoding of the format, as many pages as it needs.

Only characters of Windows-1252 can be written, which is enough for English, French and Norwegian.
Source: ISO 32000-1, sections 7.5 (file structure), 9.4 (text) and 9.6.2 (standard fonts).
"""

import textwrap

_LINES = 52
_WIDTH = 88  # characters; Helvetica at 11 points stays within the margins of A4


def pdf_of(title: str, paragraphs: tuple[str, ...], note: str) -> bytes:
    """Return a PDF with a title and paragraphs, and ``note`` at the foot of every page."""
    lines = [title, ""]
    for paragraph in paragraphs:
        lines += [*textwrap.wrap(paragraph, _WIDTH), ""]
    pages = [lines[at : at + _LINES] for at in range(0, len(lines), _LINES)]
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {len(pages)} /Kids [{kids}] >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for number, page in enumerate(pages):
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >>"
            + f" /Contents {5 + 2 * number} 0 R >>".encode()
        )
        objects.append(_stream(_drawn(page, note)))
    return _file([*objects, b"<< /Title " + _text(title) + b" /Subject " + _text(note) + b" >>"])


def _drawn(lines: list[str], note: str) -> bytes:
    shown = b"\n".join(_text(line) + b" Tj T*" for line in lines)
    return (
        b"BT /F1 11 Tf 14 TL 60 790 Td\n" + shown + b"\nET\nBT /F1 8 Tf 60 40 Td " + _text(note) + b" Tj ET"
    )


def _text(text: str) -> bytes:
    raw = text.encode("cp1252", "replace")
    return b"(" + raw.replace(b"\\", rb"\\").replace(b"(", rb"\(").replace(b")", rb"\)") + b")"


def _stream(content: bytes) -> bytes:
    return f"<< /Length {len(content)} >>\nstream\n".encode() + content + b"\nendstream"


def _file(objects: list[bytes]) -> bytes:
    """Number the objects and write the table of where each begins; the last one is the information."""
    body = b"%PDF-1.4\n"
    offsets = []
    for number, content in enumerate(objects, 1):
        offsets.append(len(body))
        body += f"{number} 0 obj\n".encode() + content + b"\nendobj\n"
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    trailer = f"trailer << /Size {len(objects) + 1} /Root 1 0 R /Info {len(objects)} 0 R >>\n"
    end = f"{trailer}startxref\n{len(body)}\n%%EOF\n"
    return body + f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}{end}".encode()
