"""What sources say otherwise than the edition is a list of its own."""

import pytest

from monitor.model import Basis, ChangeKind, DateOf, Kind, PartialDate, Signature, Stage

REGISTER = {"basis": Basis.REGISTER, "official": True}


def _findings(make_finding, *dates, **values):
    return tuple(make_finding(f"f-{n}", date=each, **REGISTER | values) for n, each in enumerate(dates))


@pytest.mark.parametrize(
    ("edition_says", "source_says", "expected"),
    [
        pytest.param("2030-11", "2030-10-08", "8 October 2030", id="a-day-outside-the-month"),
        pytest.param("2030-11", "2030-11-30", None, id="a-day-within-the-month"),
        pytest.param("2030-11-03", "2030-11", None, id="the-month-of-the-day"),
        pytest.param("2030-11-03", "2030-11-04", "4 November 2030", id="the-next-day"),
        pytest.param("2030", "2030-05-05", None, id="a-day-within-the-year"),
        pytest.param("2030-05-11", "2030-03-20/2030-05-11", None, id="the-last-of-several-letters"),
    ],
)
def test_a_date_contradicts_only_outside_what_the_edition_says(
    compared, make_edition, make_entry, make_agreement, make_finding, edition_says, source_says, expected
):
    """A month in the briefing is right as long as the day lies in it."""
    entry = make_entry(date=edition_says, title="Political, Free Trade and Strategic Partnership Agreement")
    findings = _findings(make_finding, source_says)
    known = make_agreement(concluded=source_says, findings=findings, title=entry.title)
    changes = compared(make_edition(entry), known)

    assert [change.sources_say for change in changes] == ([expected] if expected else [])
    assert {change.kind for change in changes} <= {ChangeKind.DISCREPANCY}


def test_every_contradicting_voice_is_evidence(
    compared, make_edition, make_entry, make_agreement, make_finding
):
    """Two registers that agree against the briefing are both quoted; an article is not."""
    entry = make_entry(
        date="2030-11", date_of=DateOf.AGREED, title="Treaty of Trade and Strategic Partnership"
    )
    press = make_finding("f-9", date="2030-10-07", basis=Basis.PRESS, official=False)
    findings = (*_findings(make_finding, "2030-10-08", "2030-10-08"), press)
    known = make_agreement(concluded="2030-10-08", findings=findings, title=entry.title)
    (change,) = compared(make_edition(entry), known)

    assert (change.field, change.edition_says) == ("date", "November 2030")
    assert change.evidence == ("f-0", "f-1")
    assert (change.entry_id, change.aged) == ("xb", ())


def test_the_date_of_an_article_is_no_date_of_the_signing(
    compared, make_edition, make_entry, make_agreement, make_finding
):
    """The edition only says when it was reported."""
    entry = make_entry(date="2031-01-05", date_of=DateOf.REPORTED)
    known = make_agreement(concluded="2031-01-03", findings=_findings(make_finding, "2031-01-03"))

    assert compared(make_edition(entry), known) == ()


def test_one_of_several_signatures_agrees(compared, make_edition, make_entry, make_agreement, make_finding):
    """Letters signed on two days: a briefing that gives either day is not contradicted."""
    signed = tuple(Signature(PartialDate.parse(day)) for day in ("2031-01-03", "2031-01-05"))
    findings = _findings(make_finding, "2031-01-05", signed=signed)
    known = make_agreement(concluded="2031-01-05", findings=findings)

    assert compared(make_edition(make_entry(date="2031-01-03")), known) == ()


@pytest.mark.parametrize(
    ("field", "entry", "finding", "says"),
    [
        pytest.param("place", {"place": "Zenda"}, {"place": "Strelsau"}, "Strelsau", id="another-place"),
        pytest.param("place", {"place": "Strelsau Castle"}, {"place": "Strelsau"}, None, id="a-closer-place"),
        pytest.param(
            "place", {"place": "Zenda"}, {"place": "Стрельзау", "lang": "uk"}, None, id="untranslated"
        ),
        pytest.param("duration", {"duration": "P10Y"}, {"duration": "P15Y"}, "P15Y", id="another-length"),
        pytest.param("duration", {"duration": "P10Y"}, {}, None, id="silence"),
        pytest.param(
            "title",
            {"title": "Agreement on security cooperation"},
            {"title": "Agreement on Security Co-operation between Ruritania and Borduria"},
            None,
            id="spelled-otherwise",
        ),
        pytest.param(
            "title",
            {"title": "Agreement on security cooperation"},
            {"title": "Declaration of mutual assistance"},
            "Declaration of mutual assistance",
            id="another-title",
        ),
    ],
)
def test_other_fields(
    compared, make_edition, make_entry, make_agreement, make_finding, field, entry, finding, says
):
    """Only a different fact contradicts; another spelling, language or closer word does not."""
    known = make_agreement(
        concluded="2031-01-05", findings=_findings(make_finding, "2031-01-05", **finding), kind=Kind.SECURITY
    )
    changes = compared(make_edition(make_entry(**entry)), known)

    assert [(each.field, each.sources_say) for each in changes] == ([(field, says)] if says else [])


def test_a_contradiction_stands_beside_an_advance(
    compared, make_edition, make_entry, make_agreement, make_finding
):
    """That it entered into force does not make the briefing's date right."""
    findings = (
        *_findings(make_finding, "2031-01-03"),
        make_finding("f-9", stage=Stage.IN_FORCE, date="2031-03-01", **REGISTER),
    )
    known = make_agreement(concluded="2031-01-03", in_force="2031-03-01", findings=findings)
    changes = compared(make_edition(make_entry()), known)

    assert [change.kind for change in changes] == [ChangeKind.DISCREPANCY, ChangeKind.ADVANCED]


def test_a_register_row_is_quoted_once(compared, make_edition, make_entry, make_agreement, make_finding):
    """A row that also says when it entered into force is one voice, heard by its signing."""
    row = {"document_id": "d-row", **REGISTER}
    findings = (
        make_finding("f-1", stage=Stage.IN_FORCE, date="2031-01-20", signed=_signed("2031-01-03"), **row),
        make_finding("f-2", date="2031-01-03", **row),
    )
    known = make_agreement(concluded="2031-01-03", findings=findings)
    (change,) = compared(make_edition(make_entry()), known)

    assert change.evidence == ("f-2",)


def _signed(*days):
    return tuple(Signature(PartialDate.parse(day)) for day in days)
