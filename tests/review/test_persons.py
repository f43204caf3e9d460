"""What a person enters is a quoted finding like any other; entering it twice changes nothing."""

from datetime import timedelta

import pytest

from monitor.errors import ConfigError
from monitor.ledger import group
from monitor.model import Basis, Kind, PartialDate, Stage, Word
from monitor.review import COLUMNS, person_findings, read_rows

HEADER = ",".join(COLUMNS)
ROW = (
    "QR,QB,2031-02-16,Zenda,Agreement on Beekeeping,security,honey,P10Y,https://mfa.example/bees,heard there"
)


@pytest.fixture
def entered(at):
    """Read a CSV text as if a person imported it."""

    def enter(*lines, by="A. Reader", when=at):
        rows = read_rows("\n".join((HEADER, *lines)) + "\n", "known.csv")
        return person_findings(rows, by=by, at=when, file="known.csv")

    return enter


def test_a_row_becomes_a_finding_that_quotes_the_persons_own_words(entered):
    """Nothing is claimed without a quotation from a stored source, a person's word included."""
    made = entered(ROW)
    document, finding = made.documents[0], made.findings[0]

    assert (finding.sides, finding.stage, finding.kind, finding.basis) == (
        ("QB", "QR"),
        Stage.CONCLUDED,
        Kind.SECURITY,
        Basis.PERSON,
    )
    assert finding.quote == document.text[finding.start : finding.end]
    assert "heard there" in finding.quote
    assert (finding.series, finding.duration, finding.url) == ("honey", "P10Y", "https://mfa.example/bees")
    assert (finding.signed[0].date, finding.signed[0].place) == (PartialDate.parse("2031-02-16"), "Zenda")
    assert (document.source_id, finding.publisher) == ("person", "A. Reader")


def test_importing_twice_gives_the_same_ids(entered, at):
    """A file is imported again after a row was added."""
    first = entered(ROW)
    second = entered(ROW, ROW.replace("Zenda", "Szohod"), when=at + timedelta(days=3))

    assert first.findings[0].id == second.findings[0].id
    assert first.documents[0].id == second.documents[0].id
    assert second.findings[1].id != second.findings[0].id


def test_it_counts_as_confirmed_and_says_that_a_person_entered_it(entered):
    """The digest prints that a person says so."""
    agreement = group(entered(ROW).findings, (), ()).agreements[0]

    assert (agreement.word, agreement.word.is_confirmed, agreement.series) == (Word.PERSON, True, "honey")


@pytest.mark.parametrize(
    ("signed", "iso"),
    [
        ("2031-02", "2031-02"),
        ("2031", "2031"),
        ("2031-02-16/2031-03-01", "2031-02-16/2031-03-01"),
        ("", None),
    ],
)
def test_a_date_may_be_known_in_part(entered, signed, iso):
    """People know the month before the day."""
    finding = entered(ROW.replace("2031-02-16", signed, 1)).findings[0]

    assert (finding.date.iso if finding.date else None) == iso


def test_every_fault_is_listed_with_its_line(entered):
    """A file of forty rows is mended in one round."""
    with pytest.raises(ConfigError) as caught:
        entered(
            ROW,
            "QR,QR,16 February,,,pact,,ten years,,",
            '"QR","QB",2031,,"A title,\nin two lines",other,,,x,',
        )

    lines = [problem.line for problem in caught.value.problems]
    assert lines == [3] * 5
    assert str(caught.value.problems[0]).startswith("known.csv:3: QR-QR: title is missing")


def test_a_line_after_a_cell_of_two_lines_is_still_right(entered):
    """Spreadsheets put line feeds into cells."""
    with pytest.raises(ConfigError) as caught:
        entered('QR,QB,2031,,"A title,\nin two lines",other,,,x,', "QR,QB,soon,,B,other,,,x,")

    assert [problem.line for problem in caught.value.problems] == [4]


@pytest.mark.parametrize(
    ("header", "words"),
    [
        pytest.param("party_a,party_b,signed,title,kind", "'evidence' is missing", id="a-missing-column"),
        pytest.param(HEADER + ",colour", "'colour' is not known", id="an-unknown-column"),
    ],
)
def test_a_wrong_header_is_named(header, words):
    """A misspelt column would otherwise be silently empty."""
    with pytest.raises(ConfigError, match=words):
        read_rows(header + "\n", "known.csv")


def test_somebody_must_vouch_for_it(entered):
    """An entry without a name is a rumour."""
    with pytest.raises(ConfigError, match="name of the person"):
        entered(ROW, by=" ")


def test_a_spreadsheets_byte_order_mark_is_no_part_of_a_name():
    """Excel writes one."""
    assert read_rows("\ufeff" + HEADER + "\n" + ROW + "\n", "known.csv")[0]["party_a"] == "QR"


@pytest.mark.parametrize("between", [";", "\t"], ids=["semicolons", "tabs"])
def test_a_spreadsheet_of_another_country_is_read(between):
    """Excel separates by what the country's numbers leave free, and people write headings in capitals."""
    text = f"{HEADER.upper()}\n{ROW}\n".replace(",", between)

    assert read_rows(text, "known.csv")[0]["party_a"] == "QR"


@pytest.mark.parametrize(
    "signed", ["16/02/2031", "16.02.2031", "16 February 2031", "2031-02-30", "2031-13-01"]
)
def test_a_date_in_another_spelling_is_shown_whole_with_the_right_one(entered, signed):
    """A spreadsheet rewrites dates; 2/3/2031 is two days, so none is guessed."""
    with pytest.raises(
        ConfigError, match=r"not an ISO date \(2024-02-20, 2024-02 or 2024\): '" + signed + "'"
    ):
        entered(ROW.replace("2031-02-16", signed, 1))
