"""Turn bytes into text: what the bytes are declared to be, in a fixed order, and a guess last.

Order: byte order mark, header, XML declaration or meta element, UTF-8 if valid, guess. A declaration
that the bytes contradict is passed over; a few broken characters, such as sites leave where they cut
a summary short, contradict none. The same text gives the same result in any encoding.
"""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass

_BOMS = (  # the longer ones first: UTF-32-LE begins like UTF-16-LE
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# What browsers understand by a label (WHATWG Encoding Standard, section 4.2), where Python differs.
_WIDER = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "koi8-r": "koi8_u",  # differs in eight box-drawing characters, which are letters in Ukrainian
    "utf-16": "utf-16-le",
}
_NO_PAGE_USES = {"utf-7", "unicode_escape", "raw_unicode_escape", "punycode", "idna", "undefined"}
# Guesses among single-byte encodings are wrong too often without the language.
_BY_LANGUAGE = {
    **dict.fromkeys(("cs", "hr", "hu", "pl", "ro", "sk", "sl", "sq"), ("cp1250", "iso8859_2")),
    **dict.fromkeys(("et", "lt", "lv"), ("cp1257", "iso8859_13")),
    **dict.fromkeys(
        ("de", "fr", "it", "es", "pt", "nl", "da", "sv", "no", "nb", "nn", "fi", "is"), ("cp1252",)
    ),
    **dict.fromkeys(("be", "bg", "mk", "ru", "sr", "uk"), ("cp1251", "koi8_u", "iso8859_5", "cp866")),
    "el": ("cp1253", "iso8859_7"),
    "tr": ("cp1254",),
}
_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([\w:.-]+)", re.IGNORECASE)
_XML = re.compile(rb"\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w:.-]+)", re.IGNORECASE)
_META = re.compile(rb"<meta[^>]{0,500}?charset\s*=\s*[\"']?\s*([\w:.-]+)", re.IGNORECASE)
_MARKUP = re.compile(rb"<[^<>]{0,2000}>|[\x00-\x7f]{40,}")
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]+")
_BROKEN = "\ufffd"
_WHOLE_FOR_A_BROKEN_ONE = 8
_OF_UTF_8 = 2  # hardly any other bytes look like it
_HEAD_BYTES = 4_096
_SAMPLE_BYTES = 32_768


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text with the encoding that it was read in; ``guessed`` where nothing declared it."""

    text: str
    encoding: str
    guessed: bool = False


def decode(body: bytes, content_type: str | None = None, *, lang: str = "") -> Decoded:
    """Return ``body`` as text without its byte order mark; never fails.

    Args:
        body: What was fetched.
        content_type: The reply's Content-Type header.
        lang: Language of the source, which narrows the guess.
    """
    for mark, encoding in _BOMS:
        if body.startswith(mark):
            return Decoded(body[len(mark) :].decode(encoding, "replace"), encoding)
    labels = tuple(_declared(body, content_type))
    for label in labels:
        text = _strictly(body, label)
        if text is not None:
            return Decoded(text, label)
    for label in ("utf-8", *labels):
        text = _but_for_a_few(body, label)
        if text is not None:
            return Decoded(text, label, guessed=True)
    return _guess(body, lang)


def _declared(body: bytes, content_type: str | None) -> Iterator[str]:
    in_header = _CHARSET.search(content_type or "")
    if in_header and (codec := _codec(in_header[1])):
        yield codec
    if wide := _wide(body):
        yield wide
    for pattern in (_XML, _META):
        found = (pattern.match if pattern is _XML else pattern.search)(body[:_HEAD_BYTES])
        codec = _codec(found[1].decode("ascii", "replace")) if found else None
        if codec is not None:
            # ASCII bytes that call themselves UTF-16 have been converted since
            yield "utf-8" if codec.startswith(("utf-16", "utf-32")) else codec
    yield "utf-8"


def _codec(label: str) -> str | None:
    try:
        name = codecs.lookup(label.strip().lower().removeprefix("x-")).name
    except (LookupError, ValueError):  # ValueError: a NUL in the label
        return None
    return None if name in _NO_PAGE_USES else _WIDER.get(name, name)


def _wide(body: bytes) -> str | None:
    """UTF-16 without its mark: zero bytes, all of them on odd or all on even places."""
    head = body[:1024]
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if even + odd < max(4, len(head) // 16) or min(even, odd) > max(even, odd) // 8:
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def _strictly(body: bytes, encoding: str) -> str | None:
    try:
        return body.decode(encoding)
    except (UnicodeError, LookupError):  # LookupError: a codec that is not of text, such as zip
        return None


def _but_for_a_few(body: bytes, encoding: str) -> str | None:
    """The text with a mark for each broken character, where nearly all others outside ASCII are whole."""
    try:
        text = body.decode(encoding, "replace")
    except (UnicodeError, LookupError):
        return None
    broken = text.count(_BROKEN)
    whole = sum(map(len, _BEYOND_ASCII.findall(text))) - broken
    enough = _OF_UTF_8 if encoding == "utf-8" else _WHOLE_FOR_A_BROKEN_ONE
    return text if whole >= broken * enough else None


def _guess(body: bytes, lang: str) -> Decoded:
    from charset_normalizer import from_bytes  # most bodies say what they are

    sample = _MARKUP.sub(b" ", body)[:_SAMPLE_BYTES]
    among = _BY_LANGUAGE.get(lang[:2])
    best = from_bytes(sample, cp_isolation=list(among)).best() if among else None
    best = best or from_bytes(sample).best()
    encoding = _codec(best.encoding) if best else None
    encoding = encoding or "cp1252"
    return Decoded(body.decode(encoding, "replace"), encoding, guessed=True)
