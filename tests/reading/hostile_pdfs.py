"""PDFs made to break readers, each by a trick that its name says; small files all of them."""

import zlib
from collections.abc import Callable, Mapping
from functools import cache
from types import MappingProxyType


@cache
def _bomb() -> bytes:
    return zlib.compress(b"0 0 m " * 20_000_000, 9)


def pdf(*objects: bytes, trailer: bytes = b"", table: bytes | None = None) -> bytes:
    """Return a PDF of objects 1, 2, ...; the first is its catalogue."""
    body, offsets = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, 1):
        offsets.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    rows = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    listed = b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, rows) if table is None else table
    start = len(body)
    end = b"trailer << /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF"
    return body + listed + end % (len(objects) + 1, trailer, start)


def stream(content: bytes, keys: bytes = b"", length: int | None = None) -> bytes:
    """Return a stream; its stated length may be a lie."""
    size = len(content) if length is None else length
    return b"<< /Length %d %s >> stream\n%s\nendstream" % (size, keys, content)


_CATALOGUE = b"<< /Type /Catalog /Pages 2 0 R >>"
_PAGES = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
_FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica %s >>"
_TEXT = b"BT /F 10 Tf 40 800 Td (Ruritania and Borduria signed an agreement.) Tj ET"


def _page(more: bytes = b"", box: bytes = b"0 0 595 842") -> bytes:
    fonts = b"/Resources << /Font << /F 5 0 R >> /XObject << /X 6 0 R >> >>"
    return b"<< /Type /Page /Parent 2 0 R /MediaBox [%s] /Contents 4 0 R %s %s >>" % (box, fonts, more)


def _simple(content: bytes = b"", *more: bytes, page: bytes = b"", font: bytes = b"", **rest: bytes) -> bytes:
    body = content or stream(_TEXT)
    return pdf(_CATALOGUE, _PAGES, page or _page(), body, _FONT % font, *more, **rest)


def _packed(content: bytes, times: int) -> bytes:
    for _ in range(times):
        content = zlib.compress(content, 9)
    return stream(content, b"/Filter [%s]" % (b"/FlateDecode " * times))


def _named(catalogue: bytes, *more: bytes) -> bytes:
    return pdf(catalogue, _PAGES, _page(), stream(_TEXT), _FONT % b"", *more)


HOSTILE: Mapping[str, Callable[[], bytes]] = MappingProxyType(
    {
        "table-that-names-itself-as-earlier": lambda: _simple(trailer=b"/Prev 600"),
        "table-far-away": lambda: _simple(trailer=b"/Prev 99999999999"),
        "table-of-two-thousand-million-rows": lambda: _simple(
            table=b"xref\n0 2000000000\n0000000000 65535 f \n"
        ),
        "pages-in-a-circle": lambda: pdf(
            _CATALOGUE, b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2000000000 /Parent 2 0 R >>"
        ),
        "a-million-pages-claimed": lambda: pdf(_CATALOGUE, b"<< /Type /Pages /Kids [] /Count 1000000 >>"),
        "one-page-ten-thousand-times": lambda: pdf(
            _CATALOGUE,
            b"<< /Type /Pages /Count 10000 /Kids [%s] >>" % (b"3 0 R " * 10_000),
            _page(),
            stream(_TEXT),
            _FONT % b"",
        ),
        "text-of-120-megabytes-in-100-kilobytes": lambda: _simple(stream(_bomb(), b"/Filter /FlateDecode")),
        "bomb-in-a-bomb": lambda: _simple(
            stream(zlib.compress(_bomb(), 9), b"/Filter [/FlateDecode /FlateDecode]")
        ),
        "forty-filters": lambda: _simple(_packed(_TEXT, 40)),
        "lzw-rubbish": lambda: _simple(stream(b"\x80\x0b\x60" * 100_000, b"/Filter /LZWDecode")),
        "run-length-bomb": lambda: _simple(stream(b"\x81a" * 500_000, b"/Filter /RunLengthDecode")),
        "hexadecimal-without-end": lambda: _simple(stream(b"0" * 1_000_001, b"/Filter /ASCIIHexDecode")),
        "base-85-rubbish": lambda: _simple(stream(b"z" * 1_000_000, b"/Filter /ASCII85Decode")),
        "an-unknown-filter": lambda: _simple(stream(_TEXT, b"/Filter /Nonsense")),
        "a-length-beyond-the-file": lambda: _simple(stream(_TEXT, length=4_000_000_000)),
        "a-negative-length": lambda: _simple(stream(_TEXT, length=-1)),
        "a-length-that-is-itself": lambda: _simple(b"<< /Length 4 0 R >> stream\n%s\nendstream" % _TEXT),
        "columns-of-a-predictor": lambda: _simple(
            stream(
                zlib.compress(_TEXT),
                b"/Filter /FlateDecode /DecodeParms << /Predictor 15 /Columns 2000000000 /Colors 32 >>",
            )
        ),
        "a-form-that-shows-itself": lambda: _simple(
            stream(b"/X Do"),
            stream(
                b"/X Do",
                b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 6 0 R >> >>",
            ),
        ),
        "hundred-thousand-brackets": lambda: _simple(stream(b"[" * 100_000 + b"] TJ")),
        "nested-objects": lambda: pdf(_CATALOGUE, _PAGES, b"<< /A " * 50_000 + b"1" + b" >>" * 50_000),
        "states-saved-a-million-times": lambda: _simple(stream(b"q " * 1_000_000 + _TEXT)),
        "a-page-of-giant-size": lambda: _simple(page=_page(box=b"0 0 1e30 1e30")),
        "a-picture-of-giant-size": lambda: _simple(
            stream(b"/X Do"),
            stream(
                b"x",
                b"/Type /XObject /Subtype /Image /Width 2000000000 /Height 2000000000 /BitsPerComponent 8"
                b" /ColorSpace /DeviceRGB",
            ),
        ),
        "a-font-of-two-thousand-million-widths": lambda: _simple(
            font=b"/FirstChar 0 /LastChar 2000000000 /Widths [500]"
        ),
        "letters-mapped-in-a-giant-range": lambda: _simple(
            b"", stream(b"1 beginbfrange <0000> <FFFFFFFF> <0000> endbfrange"), font=b"/ToUnicode 6 0 R"
        ),
        "outlines-in-a-circle": lambda: _named(
            b"<< /Type /Catalog /Pages 2 0 R /Outlines 6 0 R >>",
            b"<< /Type /Outlines /First 6 0 R /Next 6 0 R /Prev 6 0 R /Last 6 0 R /Count 9 >>",
        ),
        "a-script-that-runs-on-opening": lambda: _named(
            b"<< /Type /Catalog /Pages 2 0 R /OpenAction << /S /JavaScript /JS (while(1){}) >> >>"
        ),
        "a-program-to-launch": lambda: _named(
            b"<< /Type /Catalog /Pages 2 0 R /OpenAction << /S /Launch /F (/bin/sh) >> >>"
        ),
        "an-attached-file": lambda: _named(
            b"<< /Type /Catalog /Pages 2 0 R /Names << /EmbeddedFiles << /Names [(a) 6 0 R] >> >> >>",
            b"<< /Type /Filespec /F (a) /EF << /F 7 0 R >> >>",
            stream(_bomb(), b"/Filter /FlateDecode"),
        ),
        "forms-in-xml": lambda: _named(
            b"<< /Type /Catalog /Pages 2 0 R /AcroForm << /XFA 6 0 R /Fields [6 0 R] >> >>",
            stream(b"<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>"),
        ),
        "locked-by-rubbish": lambda: _simple(
            trailer=b"/Encrypt << /Filter /Standard /V 9 /R 9 /O () /U () /P 0 >>"
        ),
        "nothing-but-a-beginning": lambda: b"%PDF-1.7\n" + b"\0" * 500_000,
        "a-mark-in-the-middle": lambda: b"x" * 1_000 + _simple(),
    }
)
