"""Which papers beside an announcement may be the agreement's own text."""

import pytest

from monitor.model import Attachment, Document
from monitor.reading import agreement_texts, paper_title

BASE = "https://mfa.example/"


def document(*papers: tuple[str, str]) -> Document:
    """Return a document that links to some papers, as (path, words)."""
    from datetime import UTC, datetime

    links = tuple(Attachment(BASE + path, words) for path, words in papers)
    return Document("d", "s", BASE, "T", "en", (), datetime(2031, 2, 17, tzinfo=UTC), attachments=links)


@pytest.mark.parametrize(
    "words",
    [
        "Agreement on security cooperation (PDF)", "Read the treaty", "Abkommen über die Zusammenarbeit",
        "L'accord de coopération", "Accordo di cooperazione", "Acuerdo de cooperación", "Текст угоди",
        "Договір про співробітництво", "Соглашение о сотрудничестве", "Umowa o współpracy", "日英協定",
        "Avtale om samarbeid", "Sopimus yhteistyöstä", "Sporazum o sodelovanju", "Acordul de cooperare",
        "Smlouva o spolupráci", "Συμφωνία συνεργασίας", "Līgums par sadarbību", "Marrëveshja e bashkëpunimit",
    ],
)  # fmt: skip
def test_a_link_that_names_an_agreement_is_followed(words):
    """In the language of whoever published it."""
    assert [each.text for each in agreement_texts(document(("x", words)))] == [words]


@pytest.mark.parametrize(
    ("path", "words", "is_followed"),
    [
        pytest.param("files/agreement-on-railways.pdf", "Download", True, id="pdf-named-so"),
        pytest.param("files/7.pdf", "Full text", True, id="pdf-said-to-be-the-text"),
        pytest.param("files/7.pdf", "Fact sheet (PDF)", False, id="fact-sheet"),
        pytest.param("news/agreement", "Read more", False, id="page-only-named-so"),
    ],
)
def test_other_papers_are_not(path, words, is_followed):
    """Two requests an announcement are for the text, not for fact sheets and pictures."""
    assert bool(agreement_texts(document((path, words)))) is is_followed


def test_the_likeliest_comes_first():
    """At most two are asked for."""
    found = agreement_texts(
        document(("a", "The 2019 agreement"), ("b.pdf", "Full text"), ("c.pdf", "Agreement on railways"))
    )

    assert [each.url.removeprefix(BASE) for each in found] == ["c.pdf", "a", "b.pdf"]


@pytest.mark.parametrize(
    ("words", "title"),
    [
        pytest.param("Agreement on railways (PDF, 200 KB)", "Agreement on railways", id="kind-and-size"),
        pytest.param("Agreement on railways [1.2 MB]", "Agreement on railways", id="size"),
        pytest.param("Agreement on railways - PDF", "Agreement on railways", id="dash"),
        pytest.param("Agreement on railways", "Agreement on railways", id="plain"),
        pytest.param("Download (PDF)", "", id="no-title"),
    ],
)
def test_a_link_gives_its_paper_a_title(words, title):
    """Files carry names such as final_v3_clean; the link says what it is."""
    assert paper_title(Attachment("https://mfa.example/final_v3.pdf", words)) == title
