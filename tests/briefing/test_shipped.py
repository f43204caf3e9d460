"""The shipped briefing, CBP-9837 of 20 February 2024, and what the year after it does to each statement.

Facts: the briefing itself for what it says; for the signings, the page in the third column of
data/signed-since.csv. data/out-of-date.csv is a reader's list, made by reading, of what must be marked from
which day on, and why; every other statement must stay unmarked. A second reader's list, made without sight
of the first, was the same. What both weighed and left: "the first step in developing an unshakeable
hundred-year partnership" (uk.2) is a quotation of January 2024, which the partnership of January 2025 does
not alter; "30 countries have signed" (g7.3) counts adherents; "what about the other G7 countries?" asks.
"""

import csv
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from monitor.model import Basis, ChangeKind, DateOf, Kind, Scope, Unit

DATA = Path(__file__).parent / "data"


def _rows(name):
    with (DATA / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


SIGNED = _rows("signed-since.csv")
DAYS = sorted({row["signed"] for row in SIGNED})


def test_every_unit_of_the_paper_is_there_once(shipped):
    """143 units: a reader's list of the whole edition has as many."""
    assert len(shipped.statements) == 143
    assert Counter(each.unit for each in shipped.statements) == {
        Unit.HEADING: 14,
        Unit.SENTENCE: 66,
        Unit.ITEM: 17,
        Unit.QUOTATION: 3,
        Unit.NOTE: 43,
    }
    assert {each.note for each in shipped.statements if each.note} == set(range(1, 32))


def test_the_facts_that_can_age(shipped):
    """Three agreements, and eight negotiating parties with dates in the edition's own precision."""
    stated = {
        (entry.id, entry.stage.value, entry.date.iso if entry.date else "") for entry in shipped.entries
    }

    assert stated >= {
        ("gb-security", "concluded", "2024-01-12"),
        ("de-security", "concluded", "2024-02-16"),
        ("fr-security", "concluded", "2024-02-16"),
        ("us-talks", "negotiating", "2023-08"),
        ("ca-talks", "negotiating", "2023-08"),
        ("ca-draft", "negotiating", "2024-01-15"),
        ("jp-talks", "negotiating", "2023-10"),
        ("it-talks", "negotiating", "2023-11"),
        ("eu-talks", "negotiating", "2023-12-04"),
        ("nl-talks", "negotiating", "2023-10-28"),
        ("lt-talks", "negotiating", ""),
        ("ro-talks", "negotiating", ""),
        ("gb-memorandum", "concluded", "2016-03"),
        ("gb-trade", "concluded", "2020-11"),
    }


def test_nothing_is_assigned_that_the_text_does_not_assign(shipped):
    """Two releases of January 2024 are cited for talks, but not for whose."""
    for name in ("president-2024-01-10", "president-2024-01-14"):
        assert all(name not in entry.citations for entry in shipped.entries)
        assert "no country" in shipped.citation(name).remark
    dates = {entry.id: entry.date_of for entry in shipped.entries}
    assert (dates["nl-talks"], dates["lt-talks"]) == (DateOf.REPORTED, None)


def test_the_count_keeps_its_subject(shipped):
    """Thirty countries signed the declaration; that is no count of bilateral agreements."""
    (count,) = shipped.counts

    assert (count.value, count.of.value, count.statements) == (30, "adherents", ("g7.3",))


@pytest.mark.parametrize("day", DAYS)
def test_what_is_out_of_date_on_each_day_of_signing(shipped, compared, ukrainian, day):
    """By what each statement depends on: nearly all stay right, six do not, each from its own day on."""
    signed = [
        ukrainian(row["partner"], concluded=row["signed"], series="vilnius-2023", basis=Basis.PERSON)
        for row in SIGNED
        if row["signed"] <= day
    ]
    since = {}
    for change in compared(shipped, *signed):
        for aged in change.aged:
            since.setdefault(aged.statement_id, (aged.how.value, aged.since.iso))
    expected = {
        row["statement"]: (row["how"], row["since"])
        for row in _rows("out-of-date.csv")
        if row["since"] <= day
    }

    assert since == expected


def test_the_three_agreements_of_the_edition_are_no_news(shipped, compared, ukrainian):
    """Announcements and articles of January and February 2024 arrive for years."""
    known = [
        ukrainian("GB", concluded="2024-01-12", title="Agreement on Security Co-operation"),
        ukrainian("DE", concluded="2024-02-16"),
        ukrainian("FR", concluded="2024-02-16", title="Agreement on security cooperation"),
    ]

    assert compared(shipped, *known) == ()


# Facts: the UK Parliament's Treaties API and the FCDO's UK Treaties Online, spring 2026.
TRADE = "Political, Free Trade and Strategic Partnership Agreement between the United Kingdom and Ukraine"
REGISTERED = [
    pytest.param(
        {"kind": Kind.PARTNERSHIP, "title": "One Hundred Year Partnership Agreement"},
        {"concluded": "2025-01-16", "in_force": "2025-10-16"},
        (ChangeKind.NEW, Scope.OTHER, "2025-01-16"),
        id="hundred-year-partnership",
    ),
    pytest.param(
        {"kind": Kind.ECONOMIC, "title": "Framework Agreement on Official Credit Support"},
        {"concluded": "2024-07-19", "in_force": "2025-03-14"},
        (ChangeKind.NEW, Scope.OTHER, "2024-07-19"),
        id="framework-on-credit",
    ),
    pytest.param(
        {"kind": Kind.ECONOMIC, "title": f"Agreement No. 4 amending Agreement No. 3 amending the {TRADE}"},
        {"concluded": "2026-01-16"},
        (ChangeKind.NEW, Scope.OTHER, "2026-01-16"),
        id="agreement-no-4",
    ),
    pytest.param(
        {"kind": Kind.ECONOMIC, "title": f"Agreement No. 3 amending the {TRADE}"},
        {"concluded": "2024-02-08", "in_force": "2024-09-23"},
        (ChangeKind.ADVANCED, Scope.OTHER, "2024-09-23"),
        id="agreement-no-3",
    ),
    pytest.param(
        {"kind": Kind.ECONOMIC, "title": "Digital Trade Agreement"},
        {"concluded": "2023-03-20/2023-05-11", "in_force": "2024-09-01"},
        (ChangeKind.ADVANCED, Scope.OTHER, "2024-09-01"),
        id="digital-trade",
    ),
    pytest.param(
        {"kind": Kind.ECONOMIC, "title": TRADE},
        {"concluded": "2020-10-08", "in_force": "2020-12-31"},
        (ChangeKind.DISCREPANCY, Scope.OTHER, "2020-10-08"),
        id="trade-and-partnership",
    ),
    pytest.param(
        {"kind": Kind.TRANSPORT, "title": "Protocol on International Road Transport"},
        {"concluded": "2019-06-07", "in_force": "2021-03-18"},
        None,
        id="road-transport",
    ),
]


@pytest.mark.parametrize(("what", "stages", "expected"), REGISTERED)
def test_what_the_registers_hold(shipped, compared, ukrainian, what, stages, expected):
    """Other agreements with the UK: since when decides, and none of them is the agreement of January 2024."""
    changes = compared(shipped, ukrainian("GB", basis=Basis.REGISTER, **what, **stages))

    assert [(each.kind, each.scope, each.date.iso) for each in changes] == ([expected] if expected else [])
    assert all(each.entry_id in (None, "gb-trade") for each in changes)


def test_both_registers_contradict_the_date_of_the_trade_agreement(shipped, compared, ukrainian):
    """The edition says November 2020; both registers say 8 October, and both are quoted."""
    known = ukrainian("GB", kind=Kind.ECONOMIC, title=TRADE, basis=Basis.REGISTER, concluded="2020-10-08")
    (change,) = compared(shipped, known)

    assert (change.edition_says, change.sources_say) == ("November 2020", "8 October 2020")
    assert len(change.evidence) == 2


def test_its_text_names_itself_a_paraphrase():
    """The published text is the Library's; what ships here is not it, and says so."""
    text = (Path(__file__).parents[2] / "state/briefings/cbp-9837/text/2024-02-20.md").read_text("utf-8")

    assert "paraphrase" in text.splitlines()[0]


def test_the_cut_off_is_a_day(shipped):
    """Everything is compared with it."""
    assert shipped.as_of == date(2024, 2, 20)
