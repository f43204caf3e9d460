"""The same paper as Markdown, HTML and Word document is the same paper."""

import io
import zipfile

import pytest

from monitor.briefing.importing.from_docx import blocks_of_docx
from monitor.briefing.importing.from_html import blocks_of_html
from monitor.briefing.importing.from_text import blocks_of_text
from monitor.briefing.importing.structure import structure
from monitor.briefing.importing.units import outline

MARKDOWN = """\
# Pacts of Ruritania

## 1 Who has signed?

Borduria concluded [a pact](https://mfa.example/pact) with Ruritania.[^1] It has two aims:

- to train forces, which includes:
  - drills
- to rebuild[^2]

> A pact is more than paper.

### Who has not?

Syldavia negotiates.

[^1]: Gazette, [Pacts](https://gazette.example/1), 6 May 2030
[^2]: In stone and wood.
"""

HTML = """\
<!doctype html><html><head><title>x</title><style>p { color: red }</style></head><body>
<nav><a href="/">Home</a></nav><main>
<h1>Pacts of Ruritania</h1>
<h2>1 Who has signed?</h2>
<p>Borduria concluded <a href="https://mfa.example/pact">a pact</a> with
<b>Ruritania</b>.<sup><a href="#fn1">[1]</a></sup> It has two aims:</p>
<ul><li>to train forces, which includes: <ul><li>drills</li></ul></li>
<li>to rebuild <sup><a href="#fn2">2</a></sup></li></ul>
<blockquote><p>A pact is more than paper.</p></blockquote>
<h3>Who has not?</h3>
<p>Syldavia negotiates.</p>
<section><ol>
<li id="fn1">Gazette, <a href="https://gazette.example/1">Pacts</a>, 6 May 2030 <a href="#ref1">↩</a></li>
<li id="fn2"><p>In stone</p><p>and wood.</p></li>
</ol></section></main><footer>Contact</footer></body></html>
"""

# As LibreOffice and Word save footnotes: a number that leads back stands before the words.
OFFICE = (
    HTML.replace('href="#fn1">[1]', 'name="sdfootnote1anc" href="#sdfootnote1sym">1')
    .replace('href="#fn2"', 'href="#_ftn2"')
    .replace(
        '<section><ol>\n<li id="fn1">Gazette,',
        '<h2>Notes</h2><div id="sdfootnote1"><p><a name="x" href="#sdfootnote1anc">1</a>Gazette,',
    )
    .replace('6 May 2030 <a href="#ref1">↩</a></li>', "6 May 2030</p></div>")
    .replace('<li id="fn2"><p>In stone', '<div id="ftn2"><p><a href="#_ftnref2">[2]</a> In stone')
    .replace("<blockquote><p>", '<p style="margin-left: 0.39in; margin-right: 0.39in">')
    .replace("</p></blockquote>", "</p>")
    .replace("wood.</p></li>\n</ol></section>", "wood.</p></div>")
)

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
)


def _paragraph(content, style="", level=None):
    style = f'<w:pStyle w:val="{style}"/>' if style else ""
    numbering = f'<w:numPr><w:ilvl w:val="{level}"/></w:numPr>' if level is not None else ""
    return f"<w:p><w:pPr>{style}{numbering}</w:pPr>{content}</w:p>"


def _run(text):
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def _mark(number):
    return f'<w:r><w:footnoteReference w:id="{number}"/></w:r>'


def _docx(**replaced):
    """A small document as Word writes it: translated style ids, separators among the footnotes."""
    body = [
        _paragraph(_run("Pacts of Ruritania"), "Titel"),
        _paragraph(_run("Inhalt 1"), "Verzeichnis1"),
        _paragraph(_run("1 Who has signed?"), "berschrift1"),
        _paragraph(
            _run("Borduria concluded ")
            + f'<w:hyperlink r:id="rId1">{_run("a pact")}</w:hyperlink>'
            + "<w:del><w:r><w:delText>never</w:delText></w:r></w:del>"
            + f"<w:ins>{_run(' with Ruritania.')}</w:ins>"
            + _mark(7)
            + _run(" It has two aims:")
        ),
        _paragraph(_run("to train forces, which includes:"), level=0),
        _paragraph(_run("drills"), level=1),
        _paragraph(_run("to rebuild") + _mark(3), level=0),
        _paragraph(_run("A pact is more than paper."), "Zitat"),
        _paragraph(_run("Who has not?"), "berschrift2"),
        _paragraph(_run("Syldavia negotiates.")),
    ]
    link = f'<w:hyperlink r:id="rId9">{_run("Pacts")}</w:hyperlink>'
    notes = (
        f'<w:footnote w:id="-1">{_paragraph(_run(""))}</w:footnote>'
        f'<w:footnote w:id="3">{_paragraph(_run("In stone"))}{_paragraph(_run("and wood."))}</w:footnote>'
        f'<w:footnote w:id="7">{_paragraph(_run("Gazette, ") + link + _run(", 6 May 2030"))}</w:footnote>'
    )
    names = {"Titel": "Title", "berschrift1": "heading 1", "berschrift2": "heading 2", "Zitat": "Quote"}
    names["Verzeichnis1"] = "toc 1"
    styles = "".join(
        f'<w:style w:styleId="{key}"><w:name w:val="{name}"/></w:style>' for key, name in names.items()
    )
    parts = {
        "word/document.xml": f"<w:document {W} {R}><w:body>{''.join(body)}</w:body></w:document>",
        "word/footnotes.xml": f"<w:footnotes {W} {R}>{notes}</w:footnotes>",
        "word/styles.xml": f"<w:styles {W}>{styles}</w:styles>",
        "word/_rels/document.xml.rels": RELATIONS.format(
            '<Relationship Id="rId1" Target="https://mfa.example/pact"/>'
        ),
        "word/_rels/footnotes.xml.rels": RELATIONS.format(
            '<Relationship Id="rId9" Target="https://gazette.example/1"/>'
        ),
    } | replaced
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as written:
        for name, content in parts.items():
            written.writestr(name, content)
    return file.getvalue()


def _damaged():
    """A document whose packed bytes were changed on the way."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as written:
        written.writestr("word/document.xml", "<w:document/>" * 500)
    content = bytearray(file.getvalue())
    at = content.index(b"document.xml") + len(b"document.xml") + 2
    content[at : at + 8] = bytes(8)
    return bytes(content)


def _units(blocks):
    paper = structure(blocks)
    return [(each.unit.value, each.section, each.inline, each.note) for each in outline(paper).units]


@pytest.mark.parametrize(
    "blocks",
    [
        pytest.param(lambda: blocks_of_html(HTML), id="html"),
        pytest.param(lambda: blocks_of_html(OFFICE), id="html-of-an-office-program"),
        pytest.param(lambda: blocks_of_docx(_docx()), id="docx"),
    ],
)
def test_every_form_reads_as_the_markdown_does(blocks):
    """Links, marks, nested items, quotations and footnotes survive; menus and deleted text do not come in."""
    assert _units(blocks()) == _units(blocks_of_text(MARKDOWN))


def test_footnotes_of_a_word_document_are_numbered_by_their_marks():
    """Word stores them under ids of its own and prints them in order."""
    notes = [(each.note, each.text[:7]) for each in blocks_of_docx(_docx()) if each.note]

    assert sorted(notes) == [(1, "Gazette"), (2, "In ston")]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        pytest.param(b"PK nothing", "no Word document", id="no-archive"),
        pytest.param(_docx(**{"word/document.xml": "<w:broken"}), "no Word document", id="broken-xml"),
        pytest.param(_damaged(), "no Word document", id="damaged"),
        pytest.param(
            _docx(**{"word/document.xml": "<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>"}), "entities", id="bomb"
        ),
    ],
)
def test_what_is_no_word_document_is_refused(content, message):
    """A hostile or broken file ends in a sentence, not in a full memory."""
    with pytest.raises(ValueError, match=message):
        blocks_of_docx(content)


@pytest.mark.parametrize("text", ["<a " * 40_000, "x" * 4_000_001], ids=["never-closed", "too-large"])
def test_a_page_that_cannot_be_read_in_time_is_refused(text):
    """The parser would search the whole rest of it for each tag."""
    with pytest.raises(ValueError, match=r"never closed|larger"):
        blocks_of_html(text)
