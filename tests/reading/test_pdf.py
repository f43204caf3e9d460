"""PDFs: their text layer in paragraphs, or a plain refusal."""

from dataclasses import replace

import pytest

from monitor.errors import ExtractError
from monitor.model import Document, DocumentRead
from monitor.reading import read
from tests.reading.jobs import make_item, make_job
from tests.reading.pdfs import make_pdf

LONG = "The Participants will cooperate for ten years from the date of signature of this"


def document_of(
    body: bytes, *, title: str = "The agreement", url: str = "https://mfa.example/a.pdf"
) -> Document:
    """Return the document that a PDF holds."""
    item = replace(make_item(url), title=title)
    result = read(make_job(body, url=url, item=item))
    assert isinstance(result, DocumentRead)
    return result.document


def paragraphs(*lines: str) -> list[str]:
    """Return the paragraphs that a page of ``lines`` is read as."""
    return [passage.text for passage in document_of(make_pdf(lines)).passages[1:]]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        pytest.param((LONG, "agreement."), [f"{LONG} agreement."], id="lines-of-one-paragraph"),
        pytest.param(("Article 1", LONG), ["Article 1", LONG], id="heading"),
        pytest.param(
            (LONG, "agreement.", "They meet yearly."),
            [f"{LONG} agreement.", "They meet yearly."],
            id="short-last-line",
        ),
        pytest.param(
            ("1. They cooperate in the field of", "security.", "2. They meet."),
            ["1. They cooperate in the field of security.", "2. They meet."],
            id="numbered",
        ),
        pytest.param(("Уряд Руританії підписав угоду",), ["Уряд Руританії підписав угоду"], id="ukrainian"),
        pytest.param(
            ("令和六年二月十六日に両国は協定に", "署名しました。"),
            ["令和六年二月十六日に両国は協定に署名しました。"],
            id="japanese",
        ),
        pytest.param(
            ("eﬃcient ﬁnance and ⽇本 cooperate",), ["efficient finance and 日本 cooperate"], id="look-alikes"
        ),
    ],
)
def test_lines_become_paragraphs(lines, expected):
    """A sentence cut at each line end is found by no rule."""
    assert paragraphs(*lines) == expected


def test_a_word_cut_at_the_line_end_is_one_word():
    """ "secu-rity" is no security agreement."""
    assert "security cooperation" in " ".join(
        paragraphs("They agreed on secu\u00adrity cooperation this year")
    )


def test_page_numbers_and_running_heads_are_left_out():
    """They would cut the sentence that goes on over the page."""
    words = ("first", "second", "third", "fourth")
    pages = [
        ("Treaty Series No. 7", f"in the {word} part {LONG}", f"{word} agreement and", str(number))
        for number, word in enumerate(words, 1)
    ]

    text = document_of(make_pdf(*pages)).text

    assert "Treaty Series" not in text
    assert "first agreement and in the second part" in text


def test_the_title_is_the_items():
    """The list's title is an editor's; a PDF's own is often a file's name."""
    assert document_of(make_pdf([LONG]), title="Agreement with Borduria").title == "Agreement with Borduria"


@pytest.mark.parametrize(
    ("given", "title"),
    [
        pytest.param("Agreement with Borduria", "Agreement with Borduria", id="given"),
        pytest.param(
            "Microsoft Word - draft7.docx", "Agreement between Ruritania and Borduria", id="file-name"
        ),
        pytest.param("", "Agreement between Ruritania and Borduria", id="none"),
    ],
)
def test_a_saved_file_is_called_by_what_it_says(given, title):
    """A file that a person brings is an item named after the file."""
    body = make_pdf(["Agreement between Ruritania and Borduria", LONG], title=given)

    assert document_of(body, title="a.pdf", url="a.pdf").title == title


def test_a_scan_is_named_as_one():
    """A PDF of pictures has no words; guessing "nothing there" would be false."""
    with pytest.raises(ExtractError, match="needs OCR"):
        document_of(make_pdf([], [" "]))


@pytest.mark.parametrize("cut", [9, 200, 700])
def test_a_damaged_file_is_refused(cut):
    """Truncated downloads and hostile files end as a sentence, not as a crash."""
    with pytest.raises(ExtractError):
        document_of(make_pdf([LONG])[:cut])
