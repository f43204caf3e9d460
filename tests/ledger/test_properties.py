"""The grouping is a function of the set of findings, in any order and any batches."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.ledger import group
from monitor.model import Basis, Kind, PartialDate, Signature, Stage
from tests.ledger.conftest import Maker

TITLES = (
    ("Security agreement", "en", Kind.SECURITY),
    ("Угода про безпеку", "uk", Kind.SECURITY),
    ("Agreement", "en", Kind.SECURITY),
    ("Memorandum on Security of Harbours", "en", Kind.SECURITY),
    ("Agreement on Fisheries", "en", Kind.OTHER),
    ("Protocol amending the Agreement on Fisheries", "en", Kind.OTHER),
    ("Agreement No. 2 amending the Agreement on Fisheries", "en", Kind.OTHER),
    ("", "fr", Kind.PARTNERSHIP),
)
STAGES = (
    Stage.CONCLUDED,
    Stage.CONCLUDED,
    Stage.CONCLUDED,
    Stage.IN_FORCE,
    Stage.NEGOTIATING,
    Stage.DECLINED,
)
DAYS = ("2031-05-03", "2031-05-04", "2031-05-05", "2031-05", "2033-01-01", None)


@st.composite
def findings(draw):
    """Up to two dozen findings on a handful of instruments of one pair, as sources would tell of them."""
    make = Maker()
    made = []
    for at in range(draw(st.integers(1, 24))):
        title, lang, kind = draw(st.sampled_from(TITLES))
        stage, day = draw(st.sampled_from(STAGES)), draw(st.sampled_from(DAYS))
        values = {
            "lang": lang,
            "kind": kind,
            "stage": stage,
            "voice": draw(st.sampled_from(("QB", "QR", None))),
        }
        if stage is Stage.CONCLUDED:
            values["signed"] = day
        else:
            values["date"] = day
        values["published"] = draw(st.sampled_from(DAYS))
        if draw(st.booleans()):
            register = draw(st.sampled_from(("parliament", "ministry")))
            numbers = draw(st.sampled_from(((), ("CP 1",), ("CP 2",))))
            made.append(make.row(title, key=str(at), register=register, numbers=numbers, **values))
        else:
            basis = draw(st.sampled_from((Basis.TEXT, Basis.RELEASE, Basis.PRESS)))
            page = draw(st.sampled_from((f"d-{at}", "d-page")))
            made.append(make.finding(title, basis=basis, document_id=page, **values))
    return made


def members(agreements):
    """The findings of each agreement."""
    return {frozenset(each.findings) for each in agreements}


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(made=findings(), seed=st.integers(0, 2**32))
def test_the_order_of_findings_does_not_matter(made, seed):
    """Sources answer in any order; twelve shuffles each give the same agreements, word for word."""
    expected = group(made, (), ()).agreements
    shuffler = random.Random(seed)

    for _ in range(12):
        shuffler.shuffle(made)
        assert group(made, (), ()).agreements == expected


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(made=findings(), seed=st.integers(0, 2**32))
def test_batches_in_any_order_end_in_the_same_grouping(made, seed):
    """Polls bring findings bit by bit; what is stored in the end is what one look would give."""
    shuffler = random.Random(seed)
    shuffler.shuffle(made)
    known, given_ids, at = {}, set(), 0
    while at < len(made):
        at += shuffler.randint(1, 5)
        for agreement in group(made[:at], known.values(), ()).changed:
            for alias in agreement.aliases:
                known.pop(alias, None)
            known[agreement.id] = agreement
            given_ids.add(agreement.id)

    assert members(known.values()) == members(group(made, (), ()).agreements)
    assert given_ids == {each for agreement in known.values() for each in (agreement.id, *agreement.aliases)}


@settings(max_examples=60, deadline=None)
@given(made=findings())
def test_no_finding_is_lost_or_counted_twice(made):
    """Every finding that can be of an agreement is in exactly one."""
    grouped = [each for agreement in group(made, (), ()).agreements for each in agreement.findings]

    assert sorted(grouped) == sorted(each.id for each in made)


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(made=findings())
def test_rows_of_one_register_are_only_joined_if_entered_twice(made):
    """A register lists each treaty once."""
    by_id = {each.id: each for each in made}
    for agreement in group(made, (), ()).agreements:
        rows = {}
        for each in (by_id[finding_id] for finding_id in agreement.findings):
            if each.basis is Basis.REGISTER:
                rows.setdefault(each.source_id, set()).add(each.title)
        assert all(len(titles) == 1 for titles in rows.values())


def many(count, pairs):
    """Rows of many years between many pairs of sides, as a register's whole file has them."""
    make, shuffler = Maker(), random.Random(7)
    subjects = [
        f"{a} {b}"
        for a in ("Mutual", "Financial", "Cultural", "Nuclear")
        for b in ("Fisheries", "Air", "Tax")
    ]
    made = []
    for at in range(count // 2):
        sides = ("QB", f"X{chr(65 + at % pairs % 26)}{chr(65 + at % pairs // 26)}A")
        day = PartialDate.parse(
            f"{1900 + shuffler.randrange(125)}-0{shuffler.randrange(1, 9)}-1{shuffler.randrange(9)}"
        )
        values = {"key": str(at), "sides": sides, "numbers": (f"CP {at}",)}
        title = (
            f"Agreement between the Government of Ruritania and Borduria on {shuffler.choice(subjects)} {at}"
        )
        made.append(make.row(title, signed=day, **values))
        made.append(make.row(title, stage=Stage.IN_FORCE, date=day.iso, **values))
    assert all(isinstance(each, Signature) for finding in made for each in finding.signed)
    return made


@pytest.mark.parametrize("pairs", [pytest.param(40, id="few-a-pair"), pytest.param(4, id="many-a-pair")])
def test_a_whole_register_is_grouped(pairs):
    """A row with its signature and its entry into force is one agreement, however many a pair has."""
    grouping = group(many(1_500, pairs), (), ())

    assert len(grouping.agreements) == 750
