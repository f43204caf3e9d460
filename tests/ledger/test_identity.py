"""Which findings are of one agreement. Nothing concluded may be counted twice, or hidden in another."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from monitor.model import Kind, Level, Relation, Stage, Word

PARTIES = "between the Kingdom of Ruritania and the Republic of Borduria"
SECURITY = {"kind": Kind.SECURITY}


def test_two_registers_rows_with_one_number_and_day_are_one(make, parts):
    """A command paper, the sides and the day are one treaty, whatever each register calls it."""
    rows = [
        make.row(
            f"Agreement, done at Zenda on 4 May 2031, {PARTIES} amending the Trade Agreement",
            key="a",
            register="parliament",
            signed="2031-05-04",
            numbers=("CP 12",),
        ),
        make.row(
            f"Agreement No. 1 in the form of an Exchange of Letters {PARTIES} to amend the Trade Agreement",
            key="1",
            register="ministry",
            signed="2031-05-04",
            numbers=("CP 12", "CP 40"),
        ),
    ]

    assert len(parts(rows)) == 1


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        pytest.param({"signed": "2031-05-04"}, {"signed": "2031-05-04"}, 1, id="same-day"),
        pytest.param({"signed": "2031-05-04"}, {"signed": None}, 1, id="one-day-not-stated"),
        pytest.param({"signed": "2031-05-04"}, {"signed": "2029-02-01"}, 2, id="another-day"),
        pytest.param(
            {"signed": "2031-05-04"}, {"signed": "2031-05-04", "sides": ("QB", "QS")}, 2, id="another-partner"
        ),
        pytest.param(
            {"signed": "2031-05-04"},
            {"signed": "2031-05-04", "title": "Agreement on Fisheries"},
            2,
            id="another-subject",
        ),
    ],
)
def test_a_shared_number_alone_joins_nothing(make, parts, first, second, expected):
    """Hundreds of rows share a command paper with rows that they have nothing to do with."""
    titles = (
        "Agreement on Road Transport",
        second.pop("title", "Protocol on the Transport of Goods by Road"),
    )
    rows = [
        make.row(titles[0], key="a", register="parliament", numbers=("CP 12",), **first),
        make.row(titles[1], key="1", register="ministry", numbers=("CP 12",), **second),
    ]

    assert len(parts(rows)) == expected


def test_rows_of_one_register_stay_apart_on_one_paper(make, parts):
    """One paper carried extradition treaties of half a century; a register lists each apart."""
    subjects = ("Extradition", "Extradition to the Islands", "Fisheries", "Air Services")
    rows = [
        make.row(f"Treaty on {subject}", key=str(at), signed="1931-05-04", numbers=("Cmd 4809",))
        for at, subject in enumerate(subjects)
    ]

    assert len(parts(rows)) == len(subjects)


def test_a_row_entered_twice_is_one(make, parts):
    """The same title, sides and day in one register is the same treaty, numbered twice."""
    rows = [make.row("Loan 2031", key=key, signed="2031-05-04") for key in ("1", "2")]

    assert len(parts(rows)) == 1


def test_registers_that_disagree_on_the_day_of_one_paper_are_in_conflict(make, one):
    """A register that prints 2018 for 2019 makes no second treaty, and the reader must see both."""
    agreement = one(
        make.row(
            "Treaty on the Status of Forces",
            key="a",
            register="parliament",
            signed="2018-01-21",
            numbers=("CP 27",),
        ),
        make.row(
            "Treaty on the Status of Forces",
            key="1",
            register="ministry",
            signed="2019-01-21",
            numbers=("CP 27",),
        ),
    )

    assert {claim.value for claim in agreement.conflicts[0].claims} == {"2018-01-21", "2019-01-21"}


@pytest.mark.parametrize(
    "second",
    [
        pytest.param({"kind": Kind.ECONOMIC, "title": "Trade agreement"}, id="another-kind"),
        pytest.param({"title": "Agreement on Classified Information"}, id="another-title"),
        pytest.param({"signed": "2031-07-01"}, id="another-day"),
    ],
)
def test_two_agreements_of_one_pair_are_not_merged(make, parts, second):
    """A merged agreement is one that nobody is told of."""
    first = make.release("Security agreement", signed="2031-05-04", **SECURITY)
    other = {"title": "Security agreement", "signed": "2031-05-04", "voice": "QR", **SECURITY, **second}

    assert len(parts([first, make.release(**other)])) == 2


def test_releases_in_two_languages_on_one_day_are_one(make, parts):
    """Each side announces the same signing in its own language."""
    findings = [
        make.release("Угода про співробітництво у сфері безпеки", lang="uk", signed="2031-05-04", **SECURITY),
        make.release("Accordo di cooperazione", lang="it", voice="QR", signed="2031-05-04", **SECURITY),
        make.press("10-year security deal", signed="2031-05-04", **SECURITY),
    ]

    assert len(parts(findings)) == 1


def test_a_title_in_another_language_that_fits_two_agreements_joins_neither(make, parts):
    """With two instruments of a kind on one day, a guess would credit one with the other's evidence."""
    both = {"document_id": "d-both", "signed": "2031-05-04", **SECURITY}
    agreement = make.release("Agreement on Security Guarantees", **both)
    memorandum = make.release("Memorandum on Security of Harbours", **both)
    foreign = make.release("Угода про безпеку", lang="uk", voice="QR", signed="2031-05-04", **SECURITY)

    assert parts([agreement, memorandum, foreign]) == {
        frozenset({agreement.id}),
        frozenset({memorandum.id}),
        frozenset({foreign.id}),
    }


def test_two_instruments_that_one_page_announces_are_two(make, parts):
    """A visit's release lists all that was signed; the same words in a headline must not fold them."""
    page = {"document_id": "d-visit", "signed": "2031-05-04", "kind": Kind.SECURITY}
    findings = [
        make.release("Agreement on security", instrument="agreement", **page),
        make.release("Memorandum on security", instrument="memorandum", **page),
    ]

    assert len(parts(findings)) == 2


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param({"published": "2031-06-20"}, 1, id="title-words-agree"),
        pytest.param(
            {"published": "2031-05-06", "title": "Accord", "lang": "fr"}, 1, id="published-within-days"
        ),
        pytest.param({"published": "2031-04-01"}, 2, id="published-before-the-signing"),
        pytest.param({"published": "2031-06-20", "title": "Agreement on Fisheries"}, 2, id="another-subject"),
    ],
)
def test_an_undated_text_joins_the_signing_that_it_fits(make, parts, text, expected):
    """A government's page of the text has no date; it is the best word for the signing that others date."""
    release = make.release("Security agreement", signed="2031-05-04", voice="QR", **SECURITY)
    values = {"title": "Agreement on Security", **SECURITY, **text}

    assert len(parts([release, make.text(**values)])) == expected


def test_an_undated_announcement_is_not_of_an_agreement_long_known(make, parts):
    """A second security agreement, announced without its day, would vanish in the first one."""
    findings = [
        make.release("Security agreement", signed="2031-05-04", **SECURITY),
        make.release("Security agreement", published="2034-02-11", **SECURITY),
    ]

    assert len(parts(findings)) == 2


def test_a_day_lost_between_time_zones_is_a_conflict_of_one_agreement(make, one):
    """One side says the 23rd, the other the 24th: one agreement, both days shown."""
    agreement = one(
        make.release("Security agreement", signed="2031-05-23", **SECURITY),
        make.release("Безпекова угода", lang="uk", voice="QR", signed="2031-05-24", **SECURITY),
    )

    assert [conflict.field for conflict in agreement.conflicts] == ["signed"]


def test_an_amendment_is_not_its_parent(make, parts):
    """Amending a treaty is an event of its own, with its parent's title inside its own."""
    findings = [
        make.row("Agreement on Road Transport", key="1", signed="2031-05-04"),
        make.row(
            "Protocol to amend the Agreement on Road Transport",
            key="2",
            register="other",
            signed="2031-05-04",
            relation=Relation.AMENDS,
            parent_title="Agreement on Road Transport",
        ),
        make.row("Agreement No. 2 amending the Road Transport Agreement", key="3", signed="2032-05-04"),
        make.row("Agreement No. 3 amending the Road Transport Agreement", key="4", signed="2032-05-05"),
    ]

    assert len(parts(findings)) == 4


def test_talks_join_the_signing_that_follows_and_no_earlier_one(make, parts):
    """Talks reported under way must stop being so once the agreement that they led to is signed."""
    first = make.release("Security agreement", signed="2029-05-04", **SECURITY)
    talks = make.release("security talks", stage=Stage.NEGOTIATING, date="2030-11-02", **SECURITY)
    text = make.release("security deal", stage=Stage.AGREED_TEXT, published="2031-04-20", **SECURITY)
    second = make.release("Security agreement", signed="2031-05-04", **SECURITY)
    later = make.release("security talks", stage=Stage.NEGOTIATING, date="2031-09-01", **SECURITY)

    assert parts([first, talks, text, second, later]) == {
        frozenset({first.id}),
        frozenset({talks.id, text.id, second.id}),
        frozenset({later.id}),
    }


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        pytest.param({"stage": Stage.RATIFIED, "date": "2031-06-02"}, 1, id="ratified-within-weeks"),
        pytest.param({"stage": Stage.ANNOUNCED_INTENT, "date": "2031-05-02"}, 1, id="announced-days-before"),
        pytest.param(
            {"title": "Agreement on Long-Term Support", "published": "2031-05-04"}, 1, id="undated-text"
        ),
        pytest.param({"title": "Agreement on Fisheries", "published": "2031-05-04"}, 2, id="another-subject"),
        pytest.param({"stage": Stage.RATIFIED, "date": "2033-06-02"}, 2, id="years-later"),
    ],
)
def test_a_paper_whose_kind_a_source_leaves_open_joins_what_is_near(make, parts, values, expected):
    """ "The agreement was ratified" is about the one just signed, if there is only one."""
    signed = make.release("Security agreement", signed="2031-05-04", **SECURITY)

    assert len(parts([signed, make.release(**{"title": "", **values})])) == expected


def test_a_paper_whose_kind_is_left_open_joins_neither_of_two(make, parts):
    """With two papers signed that day nobody can say which of them was ratified."""
    day = {"document_id": "d-visit", "signed": "2031-05-04"}
    findings = [
        make.release("Security agreement", **day, **SECURITY),
        make.release("Trade agreement", kind=Kind.ECONOMIC, **day),
        make.release("", stage=Stage.RATIFIED, date="2031-06-02"),
    ]

    assert len(parts(findings)) == 3


def test_entry_into_force_joins_by_title(make, one):
    """A notice of force names the agreement and not its day."""
    agreement = one(
        make.release("Agreement on Fisheries", signed="2031-05-04"),
        make.release("Fisheries agreement", stage=Stage.IN_FORCE, date="2032-01-01", published="2032-01-01"),
    )

    assert agreement.stage is Stage.IN_FORCE


def test_a_corrected_row_speaks_by_its_latest_version(make, one):
    """A register mends its date; the old one is no second treaty and no conflict."""
    rows = [
        make.row(key="7", signed=day, retrieved=datetime(2031, 6, at, tzinfo=UTC))
        for at, day in ((1, "1931-05-04"), (2, "2031-05-04"))
    ]
    rows[0] = replace(rows[0], document_id="d-older-version")
    agreement = one(*rows)

    assert agreement.concluded.date.iso == "2031-05-04"
    assert agreement.conflicts == ()


def test_an_edited_release_speaks_by_its_latest_version(make, one):
    """A ministry mends a wrong year on its page: no second agreement, and no conflict with itself."""
    page = {"item_key": "k", "url": "https://mfa.example/bees"}
    first = make.release(signed="2030-05-04", retrieved=datetime(2031, 5, 4, tzinfo=UTC), **page)
    second = make.release(signed="2031-05-04", retrieved=datetime(2031, 5, 5, tzinfo=UTC), **page)

    agreement = one(first, second)

    assert (agreement.concluded.date.iso, agreement.conflicts, len(agreement.findings)) == (
        "2031-05-04",
        (),
        2,
    )


def test_a_text_attached_to_a_release_is_not_its_next_version(make, one):
    """Both come from one item; the text must not silence the release, nor the release the text."""
    item = {"item_key": "k", "signed": "2031-05-04"}
    agreement = one(
        make.release(url="https://mfa.example/bees", retrieved=datetime(2031, 5, 5, tzinfo=UTC), **item),
        make.text(url="https://mfa.example/bees.pdf", retrieved=datetime(2031, 5, 4, tzinfo=UTC), **item),
    )

    assert agreement.word is Word.TEXT


def test_what_is_no_agreement_makes_none(make, parts):
    """Company contracts and recalled agreements are mentions."""
    findings = [
        make.press("contract for a harbour", signed="2031-05-04", level=Level.COMPANY),
        make.press("old agreement", stage=Stage.RECALLED),
    ]

    assert parts(findings) == set()
