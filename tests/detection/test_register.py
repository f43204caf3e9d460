"""Register rows: exact dates and parties without reading of language. The rows are invented."""

import pytest

from monitor.detection.register import own_dates, register_date
from monitor.model import Basis, DateOrder, Procedure, Relation, Stage

TITLE = "Agreement between the Government of Latvia and the Government of Moldova on Rail Freight"


def test_a_row_is_a_conclusion_with_its_day_and_its_lines_as_quotation(of_row) -> None:
    """The quotation runs from the title's line to the date's, so both can be seen."""
    (finding,) = of_row(TITLE, parties=("LATVIA", "MOLDOVA"), signed="03/05/2031", date_order="dmy").findings
    assert (finding.sides, finding.stage, finding.basis) == (("LV", "MD"), Stage.CONCLUDED, Basis.REGISTER)
    assert finding.date.iso == "2031-05-03"
    assert finding.quote.startswith("title: Agreement")
    assert finding.quote.endswith("signed: 03/05/2031")


def test_entry_into_force_is_a_finding_of_its_own(of_row) -> None:
    """It is news on another day than the signing."""
    found = of_row(TITLE, parties=("LATVIA", "MOLDOVA"), signed="2031-05-03", in_force="2031-09-01").findings
    assert [(f.stage, f.date.iso) for f in found] == [
        (Stage.CONCLUDED, "2031-05-03"),
        (Stage.IN_FORCE, "2031-09-01"),
    ]


@pytest.mark.parametrize(
    ("parties", "sides"),
    [
        pytest.param(("LATVIA", "MOLDOVA", "Gibraltar"), ("LV", "MD"), id="territories-are-no-sides"),
        pytest.param(("LATVIA", "MOLDOVA", "GEORGIA"), None, id="three-states"),
        pytest.param(("LATVIA", "ATLANTIS"), None, id="an-unknown-state-makes-no-wrong-pair"),
        pytest.param(("LATVIA", "Moldova"), None, id="one-state-and-who-it-was-extended-to"),
        pytest.param(("Latvia", "Moldova"), ("LV", "MD"), id="a-register-in-small-letters"),
    ],
)
def test_the_parties_of_a_row(of_row, parties, sides) -> None:
    """Exactly two sides, or no bilateral agreement."""
    found = of_row(TITLE if sides else "Agreement", parties=parties, signed="2031-05-03").findings
    assert [f.sides for f in found] == ([sides] if sides else [])


@pytest.mark.parametrize(
    ("title", "sides"),
    [
        (TITLE, ("LV", "MD")),
        ("Latvian-Moldovan Agreement on Grain", ("LV", "MD")),
        (
            "Exchange of Notes between Latvia and Moldova concerning Visas for Citizens of Georgia",
            ("LV", "MD"),
        ),
        ("Convention on the Conservation of Sturgeon", None),
    ],
)
def test_sides_come_from_the_title_where_the_register_names_none(of_row, title, sides) -> None:
    """The register of a parliament gives papers, not parties."""
    assert [f.sides for f in of_row(title, laid="2031-06-01").findings] == ([sides] if sides else [])


@pytest.mark.parametrize(
    ("title", "days"),
    [
        pytest.param(
            "Protocol, done at Riga on 3 May 2031, between Latvia and Moldova", ["2031-05-03"], id="own"
        ),
        pytest.param(
            "Protocol amending the Agreement signed at Riga on 3 May 2011", [], id="the-parents-date"
        ),
        pytest.param("Agreement of 3 May 2031 on Rail", [], id="no-word-of-signing"),
        pytest.param(
            "Exchange of Letters, done on 20 March, 5 and 11 May 2031, between Latvia and Moldova",
            ["2031-03-20", "2031-05-05", "2031-05-11"],
            id="several-days",
        ),
    ],
)
def test_a_titles_day_is_a_signing_day_only_where_it_says_so(title, days) -> None:
    """Most titles date the agreement that they amend."""
    assert [signature.date.iso for signature in own_dates(title)] == days


@pytest.mark.parametrize(
    ("words", "order", "day"),
    [
        ("2031-05-03", DateOrder.ISO, "2031-05-03"),
        ("2031-05-03T00:00:00", DateOrder.ISO, "2031-05-03"),
        ("03/05/2031", DateOrder.DMY, "2031-05-03"),
        ("03/05/2031", DateOrder.MDY, "2031-03-05"),
        ("25/12/2031", DateOrder.MDY, "2031-12-25"),
        ("", DateOrder.DMY, None),
        ("not stated", DateOrder.DMY, None),
        ("31/02/2031", DateOrder.DMY, None),
    ],
)
def test_days_in_figures(words, order, day) -> None:
    """A blank is "not stated", never today."""
    found = register_date(words, order)
    assert (found.iso if found else None) == day


def test_relation_and_parent_come_from_the_title(of_row) -> None:
    """An amendment belongs to its agreement in the ledger."""
    (finding,) = of_row(
        "Protocol amending the Agreement between Latvia and Moldova on Rail Freight",
        parties=("LATVIA", "MOLDOVA"),
        signed="2031-05-03",
    ).findings
    assert finding.relation is Relation.AMENDS
    assert finding.parent_title.startswith("Agreement between Latvia and Moldova")


def test_numbers_are_written_one_way(of_row) -> None:
    """The ledger finds the same paper in two registers by its number."""
    (finding,) = of_row(
        TITLE, parties=("LATVIA", "MOLDOVA"), numbers="Treaty Series No. 007/2031 Cm. 8951"
    ).findings
    assert finding.numbers == ("Cm 8951", "TS 7/2031")


def test_what_parliament_did_is_kept_with_its_day(of_row) -> None:
    """A treaty can be read in parliament long before it is in force."""
    (finding,) = of_row(TITLE, laid="2031-06-01", procedure="CanRatify").findings
    assert [(step.step, step.date and step.date.iso) for step in finding.procedures] == [
        (Procedure.LAID, "2031-06-01"),
        (Procedure.CAN_RATIFY, None),
    ]


def test_a_multilateral_row_is_no_finding(of_row) -> None:
    """The register's own form says so."""
    assert of_row(TITLE, parties=("LATVIA", "MOLDOVA"), form="Multilateral").findings == ()
