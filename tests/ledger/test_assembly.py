"""What a group of findings says: on whose word, since when, and where its sources disagree."""

from dataclasses import replace

import pytest

from monitor.ledger import group
from monitor.model import (
    Basis,
    Binding,
    Kind,
    PartialDate,
    Procedure,
    ProcedureStep,
    Relation,
    Signature,
    Stage,
    Word,
)

SIGNED = {"signed": "2031-05-04"}


@pytest.mark.parametrize(
    ("sources", "expected"),
    [
        pytest.param([("text", {})], Word.TEXT, id="the-agreements-own-text"),
        pytest.param([("text", {"official": False})], Word.PRESS, id="a-copy-of-the-text-on-a-news-site"),
        pytest.param([("release", {}), ("release", {"voice": "QR"})], Word.BOTH, id="a-release-by-each"),
        pytest.param([("release", {}), ("release", {})], Word.ONE, id="two-publishers-of-one-government"),
        pytest.param([("row", {"key": "1"})], Word.ONE, id="one-sides-register"),
        pytest.param(
            [("row", {"key": "1"}), ("release", {"voice": "QR"})], Word.BOTH, id="register-and-other-side"
        ),
        pytest.param(
            [("press", {}), ("release", {"voice": "NATO"})], Word.THIRD, id="an-organisation-not-a-side"
        ),
        pytest.param([("press", {}), ("press", {})], Word.PRESS, id="press-alone"),
        pytest.param(
            [("press", {}), ("finding", {"basis": Basis.PERSON, "official": False, "voice": None})],
            Word.PERSON,
            id="entered-by-a-person",
        ),
    ],
)
def test_word_says_on_whose_word_it_stands(make, one, sources, expected):
    """The digest prints these words; each must be what the evidence deserves."""
    agreement = one(*(getattr(make, kind)(**SIGNED, **values) for kind, values in sources))

    assert agreement.word is expected


def test_a_copied_release_is_no_second_voice(make, one):
    """The other government's site repeats the release word by word: still one government's word."""
    words = "Today the two presidents put their names to the agreement on beekeeping in the castle of Zenda."
    agreement = one(
        make.release(quote=words, published="2031-05-04", **SIGNED),
        make.release(quote=words.upper(), voice="QR", published="2031-05-05", **SIGNED),
    )

    assert (agreement.word, agreement.voices) == (Word.ONE, ("QB",))


def test_talks_do_not_make_a_signing_more_certain(make, one):
    """Both governments said that they talk; only the press says that they signed."""
    security = {"kind": Kind.SECURITY}
    agreement = one(
        *(
            make.release(
                "security talks", voice=voice, stage=Stage.NEGOTIATING, date="2031-04-01", **security
            )
            for voice in ("QB", "QR")
        ),
        make.press("security pact", **SIGNED, **security),
    )

    assert (agreement.stage, agreement.word) == (Stage.CONCLUDED, Word.PRESS)


def _exchange(make, **values):
    days = ("2031-03-20", "2031-05-05", "2031-05-11")
    row = make.row(key="a", register="parliament", signed=days[0], **values)
    return replace(row, signed=tuple(Signature(PartialDate.parse(day)) for day in days))


def test_an_exchange_of_letters_is_concluded_on_the_last(make, one):
    """Registers print the first letter's day; the agreement was not there before the last."""
    agreement = one(
        _exchange(make, numbers=("CP 8",)), make.row(key="1", signed="2031-03-20", numbers=("CP 8",))
    )

    assert agreement.concluded.date.iso == "2031-05-11"
    assert [each.date.iso for each in agreement.signed] == ["2031-03-20", "2031-05-05", "2031-05-11"]
    assert [each.value for each in agreement.register_dates] == ["2031-03-20"]
    assert agreement.conflicts == ()


@pytest.mark.parametrize(
    ("claims", "shown"),
    [
        pytest.param(
            [("text", "QB", 4), ("release", "QR", 5), ("release", "QB", 5)], 4, id="the-texts-own-day"
        ),
        pytest.param(
            [("release", "QB", 4), ("release", "QR", 4), ("row", "QB", 5)], 4, id="both-over-a-register"
        ),
        pytest.param([("row", "QB", 4), ("press", None, 5)], 4, id="a-government-over-the-press"),
        pytest.param([("press", None, 5), ("press", None, 4)], 4, id="the-earlier-of-equals"),
        pytest.param([("press", None, 5), ("press", None, 4), ("press", None, 5)], 5, id="what-more-say"),
    ],
)
def test_the_date_shown_is_the_best_claim_and_all_stand_in_the_conflict(make, one, claims, shown):
    """None is picked for good: the reader sees every day with its source."""
    findings = []
    for kind, voice, day in claims:
        extra = {"key": "1"} if kind == "row" else {}
        findings.append(
            getattr(make, kind)(voice=voice, signed=f"2031-05-0{day}", kind=Kind.SECURITY, **extra)
        )

    agreement = one(*findings)

    assert agreement.concluded.date.iso == f"2031-05-0{shown}"
    assert {each.value for each in agreement.conflicts[0].claims} == {"2031-05-04", "2031-05-05"}


def test_a_month_is_no_conflict_with_a_day_in_it(make, one):
    """Less exact is not different."""
    agreement = one(
        make.release(signed="2031-05", kind=Kind.SECURITY),
        make.release(voice="QR", kind=Kind.SECURITY, **SIGNED),
    )

    assert (agreement.conflicts, agreement.concluded.date.iso) == ((), "2031-05-04")


@pytest.mark.parametrize(
    ("one_says", "other_says", "field"),
    [
        pytest.param({"place": "Zenda"}, {"place": "Szohod"}, "place", id="two-places"),
        pytest.param({"duration": "P10Y"}, {"duration": "P5Y"}, "duration", id="two-lengths"),
        pytest.param({"binding": Binding.YES}, {"binding": Binding.NO}, "binding", id="binding-or-not"),
    ],
)
def test_sources_that_contradict_each_other_stand_side_by_side(make, one, one_says, other_says, field):
    """The tool never decides between two governments."""
    agreement = one(make.release(**SIGNED, **one_says), make.release(voice="QR", **SIGNED, **other_says))

    assert [(each.field, len(each.claims)) for each in agreement.conflicts] == [(field, 2)]


@pytest.mark.parametrize(
    ("one_says", "other_says"),
    [
        pytest.param({"place": "Zenda, the castle"}, {"place": "Zenda"}, id="a-place-named-more-closely"),
        pytest.param({"place": "Zenda"}, {"place": "Зенда", "lang": "uk"}, id="a-name-in-another-language"),
        pytest.param({"binding": Binding.NO}, {}, id="one-side-silent"),
    ],
)
def test_what_can_both_be_true_is_no_conflict(make, one, one_says, other_says):
    """Each false conflict costs a reader's trust."""
    kind = {"kind": Kind.SECURITY}
    agreement = one(
        make.release(**SIGNED, **kind, **one_says), make.release(voice="QR", **SIGNED, **kind, **other_says)
    )

    assert agreement.conflicts == ()


def test_binding_is_only_what_somebody_says(make, one):
    """The tool never infers it, and names who says so."""
    agreement = one(
        make.release(binding=Binding.NO, publisher="Ministry of Borduria", **SIGNED), make.press(**SIGNED)
    )

    assert (agreement.binding, agreement.binding_says) == (Binding.NO, ("no: Ministry of Borduria",))


def test_procedures_of_two_registers_are_listed_once_by_date(make, one):
    """Laying before Parliament stands beside the stages."""
    laid = ProcedureStep(Procedure.LAID, PartialDate.parse("2031-06-01"))
    vote = ProcedureStep(Procedure.CONSENT_VOTE, PartialDate.parse("2031-05-20"), "215 for")
    agreement = one(
        make.row(key="1", procedures=(laid,), **SIGNED),
        make.row(key="a", register="other", procedures=(replace(laid, words="CP 8"), vote), **SIGNED),
    )

    assert agreement.procedures == (vote, replace(laid, words="CP 8"))


def test_each_sides_ratification_is_its_own(make, one):
    """One parliament's consent is not force."""
    ratified = {"stage": Stage.RATIFIED, "published": "2031-07-01"}
    agreement = one(
        make.release(**SIGNED),
        make.release(party="QB", date="2031-06-20", **ratified),
        make.release(party="QR", voice="QR", date="2031-07-01", **ratified),
    )

    assert [(each.party, each.date.iso) for each in agreement.stages if each.stage is Stage.RATIFIED] == [
        ("QB", "2031-06-20"),
        ("QR", "2031-07-01"),
    ]


def test_the_title_shown_is_plain_and_all_are_kept(make, one):
    """A register's "done at" belongs in the date column."""
    agreement = one(
        make.row(
            "Agreement, done at Zenda on 4 May 2031, on Beekeeping", key="a", register="parliament", **SIGNED
        ),
        make.row("Agreement on Beekeeping", key="1", **SIGNED),
        make.press("beekeeping deal", **SIGNED),
    )

    assert agreement.title == "Agreement on Beekeeping"
    assert len(agreement.titles) == 3


def test_relation_and_parent_are_kept(make, one):
    """An amendment names what it amends."""
    title = "Protocol to amend the Agreement on Beekeeping"
    agreement = one(
        make.row(title, key="1", relation=Relation.AMENDS, parent_title="Agreement on Beekeeping", **SIGNED)
    )

    assert (agreement.relation, agreement.parent_title) == (Relation.AMENDS, "Agreement on Beekeeping")


def test_a_series_is_only_what_a_person_said(make, one):
    """Membership by evidence is the briefing's to judge."""
    person = {"basis": Basis.PERSON, "official": False, "voice": None, "series": "vilnius"}

    assert one(make.release(**SIGNED), make.finding(**SIGNED, **person)).series == "vilnius"


def test_grouping_sides_apart(make):
    """Findings of several pairs are handed in together."""
    findings = [make.release(sides=sides, **SIGNED) for sides in (("QB", "QR"), ("QB", "QS"), ("QR", "QS"))]

    assert [each.sides for each in group(findings, (), ()).agreements] == [
        ("QB", "QR"),
        ("QB", "QS"),
        ("QR", "QS"),
    ]
