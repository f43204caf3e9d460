"""The parts of a Word document that are the same in every redline: styles, bullets, types, relations."""

from collections.abc import Iterable
from xml.sax.saxutils import quoteattr

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PARTS = ("styles", "numbering", "footnotes", "comments", "settings")
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_BULLET_LEVELS = 4
# (id, name, space before and after in 1/20 point, outline level or None, size in half points, bold)
_STYLES = (
    ("Title", "Title", (0, 240), None, 40, True),
    ("Heading1", "heading 1", (360, 120), 0, 32, True),
    ("Heading2", "heading 2", (240, 80), 1, 26, True),
    ("Heading3", "heading 3", (200, 60), 2, 22, True),
    ("Quote", "Quote", (0, 160), None, 22, False),
    ("ListBullet", "List Bullet", (0, 60), None, 22, False),
    ("FootnoteText", "footnote text", (0, 0), None, 18, False),
    ("CommentText", "annotation text", (0, 0), None, 20, False),
)


def styles() -> str:
    """Return word/styles.xml."""
    default = (
        '<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="22"/><w:lang w:val="en-GB"/></w:rPr></w:rPrDefault>'
        '<w:pPrDefault><w:pPr><w:spacing w:after="160" w:line="276" w:lineRule="auto"/></w:pPr>'
        "</w:pPrDefault></w:docDefaults>"
    )
    return f"<w:styles {NAMESPACES}>{default}{''.join(_style(*each) for each in _STYLES)}</w:styles>"


def _style(key: str, name: str, space: tuple[int, int], outline: int | None, size: int, bold: bool) -> str:
    level = f'<w:outlineLvl w:val="{outline}"/>' if outline is not None else ""
    keep = "<w:keepNext/>" if outline is not None else ""
    indent = '<w:ind w:left="567" w:right="567"/>' if key == "Quote" else ""
    spacing = f'<w:spacing w:before="{space[0]}" w:after="{space[1]}"/>'
    letters = f'{"<w:b/>" if bold else ""}<w:sz w:val="{size}"/>'
    return (
        f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/>'
        f"<w:pPr>{keep}{spacing}{indent}{level}</w:pPr><w:rPr>{letters}</w:rPr></w:style>"
    )


def numbering() -> str:
    """Return word/numbering.xml: bullets, indented by level."""
    levels = "".join(
        f'<w:lvl w:ilvl="{level}"><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:ind w:left="{360 * (level + 1)}" w:hanging="360"/></w:pPr></w:lvl>'
        for level in range(_BULLET_LEVELS)
    )
    return (
        f'<w:numbering {NAMESPACES}><w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    )


def separators() -> str:
    """Return the two footnotes that every document has: the lines above its footnotes.

    Their ids are those that Word gives them: with others LibreOffice shows every footnote empty.
    """
    return "".join(
        f'<w:footnote w:type="{kind}" w:id="{at}"><w:p><w:r><w:{kind}/></w:r></w:p></w:footnote>'
        for at, kind in enumerate(("separator", "continuationSeparator"), start=-1)
    )


def relations(rows: Iterable[tuple[str, str, str, bool]]) -> str:
    """Return a file of relations from (id, type, target, whether outside the document)."""
    inside = "".join(_relation(*row) for row in rows)
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{inside}</Relationships>'


def _relation(name: str, kind: str, target: str, external: bool) -> str:
    mode = ' TargetMode="External"' if external else ""
    return f'<Relationship Id="{name}" Type="{kind}" Target={quoteattr(target)}{mode}/>'


def content_types() -> str:
    """Return [Content_Types].xml."""
    parts = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_TYPE}.{name}+xml"/>' for name in PARTS
    )
    return (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_TYPE}.document.main+xml"/>{parts}</Types>'
    )
