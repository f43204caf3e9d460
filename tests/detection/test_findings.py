"""What a finding says beside its sides: quotation, day, place, kind, and why. The examples are invented."""

import unicodedata
from datetime import date

import pytest

from monitor.model import Basis, Document, Kind, Passage, PassageKind, Stage

from .conftest import page

TITLE = "Latvia and Moldova sign rail agreement"
LEAD = "The ministers of Latvia and Moldova signed the agreement on rail freight in Riga on Tuesday."


def only(detection):
    """Return the one conclusion found."""
    (finding,) = [f for f in detection.findings if f.stage is Stage.CONCLUDED]
    return finding


def test_the_quotation_stands_in_the_stored_text(detector) -> None:
    """A finding without its words in the document is worth nothing."""
    document = page(TITLE, "Riga, Thursday.", LEAD)
    finding = only(detector.detect(document))
    assert document.text[finding.start : finding.end] == finding.quote != ""


def test_a_title_outside_the_text_is_never_quoted(detector) -> None:
    """Feeds carry titles that the page does not; the quotation comes from the page."""
    document = page("", LEAD)
    titled = Document(**{name: getattr(document, name) for name in document.__slots__} | {"title": TITLE})
    finding = only(detector.detect(titled))
    assert titled.text[finding.start : finding.end] == finding.quote


def test_the_day_of_signing_is_resolved_against_the_day_of_publication(read) -> None:
    """ "On Tuesday" on a page of Thursday 19 June is the 17th."""
    finding = only(read(TITLE, LEAD))
    assert [s.date.iso for s in finding.signed] == ["2031-06-17"]


def test_without_a_day_the_day_of_publication_stands_for_it_and_says_so(read) -> None:
    """A stand-in must be recognisable as one."""
    finding = only(read(TITLE, "They signed it at a ceremony."))
    assert (finding.date.iso, finding.signed) == ("2031-06-19", ())
    assert any("day of publication stands for it" in reason for reason in finding.reasons)


def test_the_date_of_another_paper_is_not_taken(read) -> None:
    """ "Under the Declaration of 12 July 2023" dates the declaration."""
    finding = only(
        read(
            TITLE,
            "Latvia and Moldova signed an agreement today under the Declaration of 12 July 2023.",
        )
    )
    assert finding.date.iso == "2031-06-19"


def test_place_kind_instrument_and_title(read) -> None:
    """The report names them; they are the sentence's own words."""
    finding = only(read(TITLE, LEAD))
    assert (finding.place, finding.kind, finding.instrument) == ("Riga", Kind.TRANSPORT, "agreement")
    assert "agreement on rail freight" in finding.title


def test_length_and_force_are_said_only_where_the_page_says_them(read) -> None:
    """Whether an agreement binds is never inferred."""
    finding = only(read(TITLE, LEAD, "The agreement is valid for ten years and is legally binding."))
    assert (finding.duration, finding.binding.value) == ("P10Y", "yes")
    assert only(read(TITLE, LEAD)).binding.value == "not stated"


@pytest.mark.parametrize(("official", "basis"), [(True, Basis.RELEASE), (False, Basis.PRESS)])
def test_the_basis_is_the_publishers_standing(read, official, basis) -> None:
    """Press alone confirms nothing."""
    assert only(read(TITLE, LEAD, official=official)).basis is basis


def test_the_agreements_own_text_is_its_best_evidence(read) -> None:
    """Text pages have no verb of signing; their title and form tell."""
    finding = only(
        read(
            "Agreement on rail freight between Latvia and Moldova",
            "3 May 2031",
            "The Government of Latvia and the Government of Moldova, hereinafter “the Parties”, "
            "have agreed as follows:",
            "Article 1",
            "This Agreement shall enter into force on the day of the last notification.",
        )
    )
    assert (finding.basis, finding.sides, finding.date and finding.date.iso) == (
        Basis.TEXT,
        ("LV", "MD"),
        "2031-05-03",
    )


def test_an_earlier_agreement_is_mentioned_and_not_claimed(read) -> None:
    """A page on talks often recalls what was signed years ago."""
    found = read(
        "Latvia and Moldova begin talks on a trade agreement",
        "Latvia and Moldova began negotiations on a trade agreement. "
        "In 2011 Latvia and Georgia signed an agreement on rail.",
    )
    assert [(m.sides, m.signed) for m in found.mentions] == [(("GE", "LV"), None)]
    assert found.stage is Stage.NEGOTIATING


def test_every_finding_explains_itself(read) -> None:
    """A researcher reads the reason, not the code."""
    finding = only(read(TITLE, LEAD))
    assert finding.reasons[0].startswith("the lead says of Latvia and Moldova: “signed the agreement”")
    assert 0.5 <= finding.score <= 1


CHROME = ("Home", "News", "Cookies: we use them.", "Share this page", "© Ministry")
BODY = (
    LEAD,
    "The line was built in 1901 and carries grain.",
    "“It will help our farmers,” the Moldovan minister said.",
)


def _key(detection) -> list[object]:
    return [(f.sides, f.stage, f.kind, f.date and f.date.iso, f.quote) for f in detection.findings]


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param(page(TITLE, *BODY, *CHROME), id="chrome-below"),
        pytest.param(page(TITLE, *CHROME[:3], *BODY), id="chrome-above"),
        pytest.param(page(TITLE, BODY[0], BODY[2], BODY[1]), id="paragraphs-in-another-order"),
        pytest.param(page(TITLE, *BODY, lang=""), id="language-not-declared"),
        pytest.param(page(TITLE, *BODY, lang="en-GB"), id="language-with-a-region"),
    ],
)
def test_the_same_page_in_another_dress_says_the_same(detector, changed) -> None:
    """Furniture and order of independent paragraphs carry no meaning."""
    assert _key(detector.detect(changed)) == _key(detector.detect(page(TITLE, *BODY)))


def test_composed_and_decomposed_letters_say_the_same(detector) -> None:
    """The same text comes in both Unicode forms."""
    words = ("La Lettonie et la Moldavie ont signé aujourd’hui à Riga un accord sur le fret.",)
    title = "Accord signé à Riga"

    def found(form: str) -> list[object]:
        detection = detector.detect(
            page(*(unicodedata.normalize(form, text) for text in (title, *words)), lang="fr")
        )
        return [(f.sides, f.stage, f.date.iso) for f in detection.findings]

    assert found("NFC") == found("NFD") == [(("LV", "MD"), Stage.CONCLUDED, "2031-06-19")]


def test_a_foreign_quotation_is_read_in_its_own_language(read) -> None:
    """Pages of ministries put the English release under their own words."""
    found = read(
        "Besuch in Riga", "Der Minister reiste heute nach Riga und sprach mit den Kollegen.", LEAD, lang="de"
    )
    assert only(found).sides == ("LV", "MD")


def test_a_page_of_nothing_says_nothing(detector) -> None:
    """Empty pages occur; they are no faults."""
    document = page("", "", published=None)
    assert detector.detect(document).findings == ()


def test_a_page_in_passages_of_every_kind(detector) -> None:
    """Items and cells are blocks as paragraphs are."""
    document = page(TITLE)
    passages = (*document.passages, Passage(PassageKind.ITEM, LEAD), Passage(PassageKind.CELL, "Riga | 2031"))
    listed = Document(
        **{name: getattr(document, name) for name in document.__slots__} | {"passages": passages}
    )
    assert only(detector.detect(listed)).date.iso == date(2031, 6, 17).isoformat()


def test_a_recap_of_many_partners_recalls_each(read) -> None:
    """A list with its days is neither news nor one paper of many sides."""
    detection = read(
        "Tax agreements: where things stand",
        "Moldova signed tax agreements with Latvia (12 January 2031), Chile and Kenya (16 February 2031), "
        "Japan (23 February 2031), and Peru and Tonga (24 February 2031).",
    )
    recalled = {"-".join(mention.sides) for mention in detection.mentions}
    assert (detection.stage, detection.findings) == (Stage.RECALLED, ())
    assert recalled == {"LV-MD", "CL-MD", "KE-MD", "JP-MD", "MD-PE", "MD-TO"}


def test_a_place_is_given_as_it_is_called_by_itself(read) -> None:
    """ "Києві" and "Kyiv" side by side would look like two places."""
    finding = only(
        read("Підписано угоду", "Латвія та Молдова сьогодні підписали в Києві угоду про освіту.", lang="uk")
    )
    assert finding.place == "Київ"


@pytest.mark.parametrize(
    ("sentence", "title"),
    [
        (
            "Latvia and Moldova today signed an agreement on rail freight at the NATO summit in Washington.",
            "agreement on rail freight",
        ),
        (
            "The Latvia-Moldova 100 Year Partnership Agreement was signed in Riga today.",
            "Latvia-Moldova 100 Year Partnership Agreement",
        ),
    ],
    ids=["without-the-meeting", "whole-compound"],
)
def test_a_title_is_neither_cut_nor_run_on(read, sentence, title) -> None:
    """What it is called stands in tables; the occasion does not."""
    assert only(read("Riga", sentence)).title == title
