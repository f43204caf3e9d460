"""Proposed wording: true, sourced, in the briefing's register, with brackets where a fact is missing."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from monitor.briefing.house import dated, footnote, lasting, length, party_in_text, titled
from monitor.briefing.wording import Wording, propose_wording
from monitor.model import Action, Basis, DateOf, Decision, PartialDate, Stage, Statement, Unit
from monitor.model import Dependency as On
from monitor.model import DependsOn as D

FOLDER = Path(__file__).parents[2] / "templates" / "wording"
TEMPLATES = {f"wording/{path.name}": path.read_text(encoding="utf-8") for path in FOLDER.glob("*.txt")}
NAMES = {
    "XA": "Ruritania",
    "XB": "Borduria",
    "XC": "Syldavia",
    "XD": "Norland",
    "XE": "Sudland",
    "XF": "Westland",
    "XG": "Eastland",
}
TALKS = {"stage": Stage.NEGOTIATING, "title": "", "date": "2030-08", "date_of": DateOf.TALKS_OPENED}


@pytest.fixture
def proposals(compared, make_entry, make_edition):
    """Proposals for one statement, by what it depends on and what was concluded since."""

    def run(depends_on, *pairs, entries=()):
        statement = Statement("s-1", "x", Unit.SENTENCE, "As it stood.", depends_on=depends_on)
        edition = make_edition(*entries, statements=(statement,))
        changes = compared(edition, *pairs)
        findings = {each.id: each for _, known in pairs for each in known}
        agreements = {agreement.id: agreement for agreement, _ in pairs}
        wording = Wording(NAMES, TEMPLATES, date(2031, 5, 31))
        return propose_wording(edition, changes, agreements, findings, wording)

    return run


@pytest.fixture
def worded(compared, make_edition, signed):
    """The proposal for one statement after a person worded it for the first signings of THREE."""

    def run(words, *, spoken_of, known=3):
        edition = make_edition(statements=(LISTS,))
        changes = compared(edition, *signed(*THREE[:known]))
        told = ",".join(change.id for change in compared(edition, *signed(*THREE[:spoken_of])))
        values = (("speaks_of", told), ("statement", "s-1"), ("wording", words))
        at = datetime(2031, 3, 1, tzinfo=UTC)
        said = Decision("r-1", Action.ACCEPT, changes[0].id, "Anna", at, values=values)
        wording = Wording(NAMES, TEMPLATES, date(2031, 5, 31))
        (proposal,) = propose_wording(edition, changes, {}, {}, wording, decisions=[said])
        return proposal

    return run


@pytest.fixture
def signed(make_agreement):
    """Agreements of the series, by partner and day."""

    def run(*events, **values):
        return [
            make_agreement(f"a-{partner}", partner, concluded=when, series="strelsau", **values)
            for partner, when in events
        ]

    return run


THREE = (("XB", "2031-02-23"), ("XC", "2031-02-24"), ("XD", "2031-02-24"))
SEVEN = (*((f"X{letter}", "2031-03-01") for letter in "BCDEFG"), ("EU", "2031-03-02"))


@pytest.mark.parametrize(
    ("events", "text"),
    [
        pytest.param(
            THREE[:1], "Borduria (23 February 2031) has since signed an agreement with Ruritania as well."
        ),
        pytest.param(
            THREE,
            "Borduria (23 February), Syldavia and Norland (24 February 2031) have since signed agreements "
            "with Ruritania as well.",
            id="one-sentence",
        ),
        pytest.param(
            SEVEN,
            "By 31 May 2031, six more countries and the EU had signed agreements with Ruritania.",
            id="beyond-five-a-count",
        ),
    ],
)
def test_several_agreements_read_as_one_sentence(proposals, signed, events, text):
    """Five names read well, seven do not; the EU is never a country."""
    (proposal,) = proposals((On(D.SERIES),), *signed(*events))

    assert (proposal.text, proposal.deletes) == (text, False)
    assert len(proposal.footnotes) > 0


def test_the_talks_with_one_partner_are_replaced_by_the_signing(proposals, signed, make_entry):
    """With title, day, place and length, as far as they are known."""
    draft = make_entry("draft", **TALKS | {"date": "2031-01-15", "date_of": DateOf.DRAFT_PRESENTED})
    known = signed(("XB", "2031-02-24"), title="Agreement on security", place="Strelsau", duration="P10Y")
    (proposal,) = proposals((On(D.ENTRY, "draft"),), *known, entries=(draft,))

    assert proposal.deletes
    assert proposal.text == (
        "Borduria, which had presented a draft on 15 January 2031, signed the Agreement on security with "
        "Ruritania in Strelsau on 24 February 2031. It has a ten-year duration."
    )


def test_a_missing_fact_is_in_brackets(proposals, make_agreement, make_entry):
    """A reviewer fills it in or strikes it; the tool does not guess."""
    talks = make_entry("talks", **TALKS)
    known = make_agreement(concluded=None, series="strelsau")
    (proposal,) = proposals((On(D.ENTRY, "talks"),), known, entries=(talks,))

    assert (
        proposal.text
        == "Borduria signed an agreement [title not stated] with Ruritania [on a date not stated]."
    )
    assert "Borduria: no source dates the signing" in proposal.caveats


def test_of_several_partners_those_that_signed_are_named(proposals, signed):
    """The rest of the sentence is still right."""
    (proposal,) = proposals((On(D.REMAINING, parties=("XB", "XC")),), *signed(THREE[0]))

    assert not proposal.deletes
    assert proposal.text.startswith("Of these, Borduria (23 February 2031) has since signed an agreement")


def test_a_hope_that_came_true_goes(proposals, signed, make_entry):
    """Nothing takes its place: the sentence before it now says so."""
    (proposal,) = proposals(
        (On(D.MOMENT, "talks"),), *signed(THREE[0]), entries=(make_entry("talks", **TALKS),)
    )

    assert (proposal.deletes, proposal.text, proposal.footnotes) == (True, "", ())


def test_a_refusal_is_said(proposals, make_agreement, make_entry):
    """Talks that ended without an agreement are over, too."""
    refused = make_agreement(declined="2031-02-24")
    (proposal,) = proposals((On(D.ENTRY, "talks"),), refused, entries=(make_entry("talks", **TALKS),))

    assert (
        proposal.text == "Borduria has since declined to sign an agreement with Ruritania (24 February 2031)."
    )


def test_a_person_words_it_otherwise(worded):
    """Fact and sentence are two decisions; the evidence is that of the fact."""
    proposal = worded("Three more have joined.", spoken_of=3)

    assert (proposal.text, proposal.deletes) == ("Three more have joined.", False)
    assert len(proposal.clauses[0].evidence) == 3
    assert "worded by Anna" in proposal.caveats


def test_what_is_signed_after_a_person_worded_it_comes_after(worded):
    """Nobody's words are undone, and nothing new is left out."""
    proposal = worded("Borduria has joined.", spoken_of=1)

    assert proposal.text == (
        "Borduria has joined. Syldavia and Norland (24 February 2031) have since signed agreements with "
        "Ruritania as well."
    )


def test_words_on_what_no_longer_stands_are_not_put_in(worded):
    """One of the signings was rejected: the sentence would still name it."""
    proposal = worded("Three more have joined.", spoken_of=3, known=2)

    assert proposal.text.startswith("Borduria (23 February) and Syldavia")
    assert "Anna worded it for signings of which some are not in here" in proposal.caveats


def test_empty_words_ask_for_those_proposed(worded):
    """Whoever wrote something must be able to take it back."""
    assert worded("", spoken_of=3).text.startswith("Borduria (23 February), Syldavia and Norland")


def test_every_clause_has_its_evidence(proposals, signed):
    """A sentence that nothing stored carries is not proposed."""
    (proposal,) = proposals((On(D.SERIES),), *signed(*THREE))

    assert all(clause.evidence for clause in proposal.clauses)
    assert len(proposal.clauses[0].evidence) == 3


def test_an_id_changes_only_with_what_it_tells(proposals, signed):
    """A rejected proposal is not made again until its evidence changes."""
    one, same = (proposals((On(D.SERIES),), *signed(*THREE))[0].id for _ in range(2))
    other = proposals((On(D.SERIES),), *signed(*THREE[:2]))[0].id

    assert one == same != other


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        pytest.param(
            {
                "publisher": "Chancellery",
                "title": "Pact",
                "url": "https://c.example/p",
                "published": "2031-02-24",
            },
            "Chancellery, [Pact](https://c.example/p), 24 February 2031",
            id="release",
        ),
        pytest.param(
            {
                "publisher": "Chancellery",
                "title": "Pact",
                "url": "https://c.example/p.pdf",
                "published": "2031-02",
            },
            "Chancellery, [Pact](https://c.example/p.pdf) (PDF), February 2031",
            id="pdf",
        ),
        pytest.param(
            {
                "publisher": "Daily Gazette",
                "title": "Pact signed",
                "url": "https://g.example/1",
                "published": "2031-02-24",
                "basis": Basis.PRESS,
            },
            "[“Pact signed”](https://g.example/1), Daily Gazette, 24 February 2031",
            id="press",
        ),
        pytest.param(
            {"publisher": "Chancellery", "title": "Pact", "url": "javascript:x", "published": "2031-02-24"},
            "Chancellery, Pact, 24 February 2031",
            id="no-address",
        ),
        pytest.param(
            {"publisher": "Anna", "title": "Pact", "url": "Gazette 7/2031", "basis": Basis.PERSON}
            | {"published": "2031-02-24"},
            "Borduria – Pact, 24 February 2031 (Gazette 7/2031)",
            id="entered-by-a-person",
        ),
        pytest.param(
            {"publisher": "Anna", "title": "Pact with Borduria", "url": "https://g.example/1"}
            | {"basis": Basis.PERSON, "published": "2031-02-24"},
            "[Pact with Borduria](https://g.example/1), 24 February 2031",
            id="entered-by-a-person-with-its-partner-in-the-title",
        ),
    ],
)
def test_footnotes_are_in_house_style(make_finding, values, expected):
    """Publisher, linked title, date; the press the other way round."""
    values["published"] = PartialDate.parse(values["published"])

    assert footnote(make_finding("f-1", **values), partner="Borduria") == expected


@pytest.mark.parametrize(
    ("events", "text"),
    [
        pytest.param("A1", "A (1 May 2031)", id="one"),
        pytest.param("A1 B2", "A (1 May) and B (2 May 2031)", id="two-days"),
        pytest.param("A1 B2 C2", "A (1 May), B and C (2 May 2031)", id="two-on-the-last-day"),
        pytest.param("A1 B1 C2", "A and B (1 May) and C (2 May 2031)", id="two-on-the-first-day"),
        pytest.param("A1 B1 C2 D2", "A and B (1 May), and C and D (2 May 2031)", id="two-on-each-day"),
    ],
)
def test_names_with_their_days_read_as_one_list(events, text):
    """Every list ends with an "and", however the names fall on days."""
    assert dated([(each[0], PartialDate.parse(f"2031-05-0{each[1]}")) for each in events.split()]) == text


def test_names_and_lengths_as_a_library_writes_them():
    """The UK, the Netherlands; ten years as a number in a table, a ten-year duration in a sentence."""
    names = {"NL": "Netherlands", "GB": "United Kingdom", "DK": "Denmark"}

    assert [party_in_text(code, names) for code in names] == ["the Netherlands", "the UK", "Denmark"]
    assert [length(each) for each in ("P10Y", "P1Y", "P6M", "")] == ["10 years", "1 year", "6 months", ""]
    assert [lasting(each) for each in ("P10Y", "P15Y", "P18M", "P8Y", "ten")] == [
        "a ten-year",
        "a 15-year",
        "an 18-month",
        "an eight-year",
        "",
    ]
    assert titled("Accordo di cooperazione") == "an agreement (“Accordo di cooperazione”)"
    assert dated([("Norland", None)]) == "Norland ([date not stated])"


@pytest.fixture
def around(compared, make_edition, signed):
    """Proposals for statements of one section, once three partners signed."""

    def run(*statements):
        edition = make_edition(statements=statements)
        changes = compared(edition, *signed(*THREE))
        return propose_wording(edition, changes, {}, {}, Wording(NAMES, TEMPLATES, date(2031, 5, 31)))

    return run


LISTS = Statement("s-1", "x", Unit.SENTENCE, "Two signed.", depends_on=(On(D.SERIES),))


def test_both_is_not_left_to_speak_of_others(around):
    """New words come in between: "Both are alike" of the first two stays true of the first two."""
    added, pointing = around(LISTS, Statement("s-2", "x", Unit.SENTENCE, "Both are alike."))

    assert not added.deletes
    assert (pointing.statement_id, pointing.deletes) == ("s-2", True)
    assert pointing.text == "The first two are alike."


def test_a_sentence_that_points_back_is_named(around):
    """No rule says what "They" should become: a person looks."""
    (proposal,) = around(LISTS, Statement("s-2", "x", Unit.SENTENCE, "They are alike."))

    assert "the next sentence begins with “They”: check what it now points to" in proposal.caveats


def test_the_same_signings_twice_in_a_section_are_named(around):
    """Both sentences are out of date; an editor says the news once."""
    remaining = (On(D.REMAINING, parties=("XB", "XC", "XD")),)
    _, later = around(LISTS, Statement("s-2", "x", Unit.SENTENCE, "Three negotiate.", depends_on=remaining))

    assert "the same signings would be named at s-1: once may be enough" in later.caveats
