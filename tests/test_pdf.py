"""The PDF of a record: its words can be read by any program, in every script that has letters in the font."""

from datetime import UTC, datetime

import pypdfium2
import pytest

from monitor.files.pdf import Records, pdf_bytes

pytestmark = pytest.mark.slow  # a font is read anew for every document

MADE = datetime(2031, 2, 1, 12, tzinfo=UTC)


def pdf_text(content):
    """All words of a PDF, its line ends as blanks."""
    with pypdfium2.PdfDocument(content) as document:
        pages = [page.get_textpage().get_text_range() for page in document]
    return " ".join(" ".join(pages).split())


@pytest.fixture(scope="module")
def written():
    """A record in four scripts, of which the font lacks one."""
    decided = [
        ("Decision", "accept"),
        ("Title", "Угода про безпеку"),
        ("Reason", ""),
        ("By", "Ελένη"),
    ]
    evidence = [
        ("Quotation", "words " * 2_000 + "the last one"),
        ("Address", f"https://a.example/{'x' * 300}"),
    ]
    parts = [Records("Decisions", [decided, [("Title", "協定")]]), Records("Evidence", [evidence])]
    return pdf_bytes("Record of the edition", ["Minor: two signings"], parts, made=MADE)


def test_every_word_is_in_it(written):
    """Labels with values, Cyrillic and Greek too, more than a page of them; no label without a value."""
    text = pdf_text(written)

    assert "Decisions (2) 1. Decision: accept Title: Угода про безпеку By: Ελένη 2." in text
    assert "the last one Address: https://a.example/xxx" in text
    assert "Reason" not in text


def test_what_the_font_lacks_is_said(written):
    """A record must not lose a title silently."""
    assert "a character that the font of this document lacks; the CSV and JSON files have it" in pdf_text(
        written
    )


def test_nothing_is_said_where_nothing_is_lacking():
    """Most records are in letters that it has."""
    assert "lacks" not in pdf_text(pdf_bytes("Record", (), [Records("Decisions", [])], made=MADE))


def test_the_same_record_has_the_same_bytes():
    """Two copies can be compared by their hash."""
    one, other = (pdf_bytes("Record", ["Minor"], [Records("Decisions", [])], made=MADE) for _ in range(2))

    assert one == other


def test_its_title_and_day_are_in_its_properties(written):
    """A library's catalogue reads them there."""
    with pypdfium2.PdfDocument(written) as document:
        assert document.get_metadata_value("Title") == "Record of the edition"
        assert document.get_metadata_value("CreationDate").startswith("D:20310201120000")
