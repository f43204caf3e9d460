"""Who concluded it with whom. The examples are invented."""

import pytest

from monitor.model import Stage


def concluded(detection) -> list[tuple[str, str]]:
    """Return the sides of the conclusions found, sorted."""
    return sorted(f.sides for f in detection.findings if f.stage is Stage.CONCLUDED)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Ministers of Latvia and Moldova signed an agreement today.", id="subject"),
        pytest.param("An agreement between Latvia and Moldova was signed today.", id="between"),
        pytest.param("Latvia signed an agreement with Moldova in Paris today.", id="a-capital-as-a-place"),
        pytest.param("Riga and Chisinau signed an agreement today.", id="capitals-that-act"),
        pytest.param(
            "Latvia, a member of the European Union, signed an agreement with Moldova today.",
            id="membership",
        ),
        pytest.param(
            "The Latvian-Moldovan agreement on trade was signed today in Vilnius, Lithuania.",
            id="compound-and-place",
        ),
    ],
)
def test_the_two_sides(read, text) -> None:
    """Places, memberships and third parties in the sentence are not sides."""
    assert concluded(read("Visit", text)) == [("LV", "MD")]


def test_the_publisher_is_the_side_that_is_not_named(read) -> None:
    """Ministries write "we signed with Moldova"."""
    found = read("Agreement with Moldova signed", "The agreement was signed today.", voice="LV")
    assert concluded(found) == [("LV", "MD")]


def test_several_agreements_each_with_its_partner(read) -> None:
    """At a summit one side signs with many; each is an agreement of its own."""
    found = read(
        "Latvia signs agreements with Moldova, Georgia and Albania",
        "Latvia today signed bilateral agreements with Moldova, Georgia and Albania.",
        voice="LV",
    )
    assert concluded(found) == [("AL", "LV"), ("GE", "LV"), ("LV", "MD")]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Latvia, Moldova and Georgia signed a trilateral agreement today.", id="trilateral"),
        pytest.param("The ministers of Latvia, Moldova and Georgia signed an agreement today.", id="three"),
        pytest.param(
            "Twelve countries, among them Latvia and Moldova, signed a convention today.", id="many"
        ),
    ],
)
def test_papers_of_many_sides_are_not_bilateral(read, text) -> None:
    """A trilateral paper must not appear as three bilateral ones."""
    assert concluded(read("Signing", text)) == []


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            "Latvian company Rota Ltd signed a contract with a Moldovan firm today.", id="companies"
        ),
        pytest.param(
            "The cities of Riga in Latvia and Chisinau in Moldova signed a twinning agreement today, "
            "the mayors said.",
            id="towns",
        ),
    ],
)
def test_companies_and_towns_conclude_no_agreements_of_states(read, text) -> None:
    """Bilateral headlines often stand over business deals."""
    assert concluded(read("Deal", text)) == []


def test_with_the_european_union(read) -> None:
    """The EU is a party of its own."""
    found = read("Moldova and the EU sign agreement", "The European Union and Moldova signed it today.")
    assert concluded(found) == [("EU", "MD")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("It continues what began with Ghana, Kenya and Togo.", set(), id="three-alike"),
        pytest.param("It continues what began with Ghana.", {("GH", "ZM")}, id="one"),
    ],
)
def test_talks_are_with_whom_the_page_singles_out(read, text, expected) -> None:
    """Of several partners that a page recalls alike, none is the one of the papers to come."""
    found = read("Zambia will sign new trade agreements in the coming weeks", text, voice="ZM").findings

    assert {finding.sides for finding in found} == expected


def test_who_speaks_in_brussels_is_not_belgium(read) -> None:
    """Ministers of thirty states speak there of agreements of their own."""
    text = "The Prime Minister said in Brussels that he will not sign the agreement with Moldova."
    found = read("No signature", text, voice="LV", focal="MD")

    assert {finding.sides for finding in found.findings} == {("LV", "MD")}
