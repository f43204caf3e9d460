"""What people decide holds for findings, in whatever order decisions and findings arrive."""

import itertools
from datetime import UTC, datetime

import pytest

from monitor.ledger import group
from monitor.model import Basis, Binding, Kind, Stage

SECURITY = {"kind": Kind.SECURITY}
BEFORE, AFTER = datetime(2030, 1, 1, tzinfo=UTC), datetime(2040, 1, 1, tzinfo=UTC)  # of every decision


@pytest.fixture
def group_all():
    """Group findings, with nothing stored."""
    return lambda findings, decisions=(): group(findings, (), decisions)


@pytest.fixture
def two(make):
    """Two findings of two agreements, and the agreements."""
    findings = [
        make.release("Agreement on Fisheries", signed="2031-05-04"),
        make.release("Agreement on Transport", signed="2031-05-04"),
    ]
    by_finding = {each.findings[0]: each for each in group(findings, (), ()).agreements}
    return findings, tuple(by_finding[each.id] for each in findings)


def test_a_merge_keeps_the_agreement_that_the_person_named_first(two, decided, one):
    """A person says which of the two ids stays."""
    findings, agreements = two
    kept, other = reversed(agreements)

    merged = one(*findings, known=agreements, decisions=[decided("merge", kept.id, other=other.id)])

    assert (merged.id, merged.aliases) == (kept.id, (other.id,))


def test_a_merge_holds_before_anything_is_stored(two, decided, one):
    """Ids lead to findings, so decisions hold when everything is read again from the evidence."""
    findings, agreements = two

    merged = one(*findings, decisions=[decided("merge", agreements[0].id, other=agreements[1].id)])

    assert set(merged.findings) == {each.id for each in findings}


def test_a_split_takes_findings_out_for_good(make, decided, parts):
    """What was split must not flow together again when more is found."""
    first = make.release("Security agreement", signed="2031-05-04", **SECURITY)
    second = make.release("Security agreement", voice="QR", signed="2031-05-04", **SECURITY)
    known = group([first, second], (), ()).agreements
    split = decided("split", known[0].id, findings=second.id, rest=first.id)
    third = make.press("Security agreement", signed="2031-05-04", **SECURITY)

    found = parts([first, second, third], known, [split])

    assert not any({first.id, second.id} <= members for members in found)


def test_a_split_can_part_findings_of_one_row(make, decided, parts):
    """A row's entry into force may be another instrument's."""
    row = make.row(key="1", signed="2031-05-04")
    force = make.row(key="1", stage=Stage.IN_FORCE, date="2032-01-01")
    known = group([row, force], (), ()).agreements

    assert (
        len(parts([row, force], known, [decided("split", known[0].id, findings=force.id, rest=row.id)])) == 2
    )


def test_the_later_decision_wins_in_any_order_of_arrival(two, decided):
    """Decisions are a set; the instant at which each was taken orders them."""
    findings, (first, second) = two
    decisions = [
        decided("merge", first.id, other=second.id),
        decided("split", first.id, findings=findings[1].id, rest=findings[0].id),
        decided("merge", first.id, other=second.id),
    ]
    counts = {
        len(group(findings, (first, second), order).agreements) for order in itertools.permutations(decisions)
    }

    assert counts == {1}


def test_decisions_on_other_agreements_and_on_changes_are_ignored(two, decided):
    """Every decision ever taken is handed in."""
    findings, agreements = two
    others = [
        decided("accept", "c-1"),
        decided("merge", "qs-qt-2031-01-01-abcdef", other="qs-qt-2031-01-01-fedcba"),
        decided("not-an-agreement", "qs-qt-2031-01-01-abcdef"),
    ]

    assert group(findings, agreements, others).changed == ()


@pytest.mark.parametrize(
    ("field", "value", "get", "expected"),
    [
        ("title", "Fisheries Agreement", lambda each: each.title, "Fisheries Agreement"),
        ("signed", "2031-05-03", lambda each: each.concluded.date.iso, "2031-05-03"),
        ("place", "Zenda", lambda each: each.place, "Zenda"),
        ("kind", "economic", lambda each: each.kind, Kind.ECONOMIC),
        ("duration", "P10Y", lambda each: each.duration, "P10Y"),
        ("binding", "no", lambda each: each.binding, Binding.NO),
        ("series", "vilnius", lambda each: each.series, "vilnius"),
    ],
)
def test_a_correction_sets_a_field_over_what_sources_say(two, decided, field, value, get, expected):
    """The reader's own knowledge stands in the digest until it is corrected again."""
    findings, agreements = two
    decision = decided("correct", agreements[0].id, field=field, value=value)

    corrected = group(findings, agreements, [decision]).changed

    assert [get(each) for each in corrected] == [expected]


def test_a_correction_settles_the_conflict_on_its_field(make, one, decided):
    """Once a person has looked, the digest must not show both dates again."""
    findings = [
        make.release("Security agreement", signed=day, voice=voice, **SECURITY)
        for day, voice in (("2031-05-04", "QB"), ("2031-05-05", "QR"))
    ]
    agreement = one(*findings)

    corrected = one(
        *findings, decisions=[decided("correct", agreement.id, field="signed", value="2031-05-05")]
    )

    assert ([each.field for each in agreement.conflicts], corrected.conflicts) == (["signed"], ())


def test_what_a_person_calls_no_agreement_stays_so(make, one, decided):
    """A release on the same paper next week must not bring it back."""
    first = make.release("Security agreement", signed="2031-05-04", **SECURITY)
    dismissal = decided("not-an-agreement", one(first).id)
    later = make.press("Security agreement", signed="2031-05-04", **SECURITY)

    agreement = one(first, later, decisions=[dismissal])

    assert (agreement.is_agreement, agreement.concluded, len(agreement.findings)) == (False, None, 2)


def test_a_signing_heard_of_after_a_dismissal_is_asked_about(make, one, decided):
    """ "To be signed tomorrow", misread and dismissed, must not hide the signing of tomorrow."""
    first = make.release("Security agreement", signed="2031-05-04", retrieved=BEFORE, **SECURITY)
    dismissal = decided("not-an-agreement", one(first).id, findings=first.id)
    signing = make.release(
        "Security agreement", voice="QR", signed="2031-05-05", retrieved=AFTER, item_key="2", **SECURITY
    )

    agreement = one(first, signing, decisions=[dismissal])

    assert (agreement.concluded.date.iso, agreement.findings) == ("2031-05-05", (signing.id,))


@pytest.mark.parametrize(
    "later",
    [
        pytest.param({"basis": Basis.PRESS, "official": False, "voice": None}, id="the-press"),
        pytest.param({"item_key": "1"}, id="the-same-page-again"),
        pytest.param({"stage": Stage.NEGOTIATING, "signed": None, "date": "2031-05-20"}, id="talks"),
    ],
)
def test_what_adds_nothing_does_not_bring_a_dismissed_one_back(make, group_all, decided, later):
    """Only somebody who can know, on a page that the person has not judged, and who says "signed"."""
    first = make.release(
        "Security agreement", signed="2031-05-04", retrieved=BEFORE, item_key="1", **SECURITY
    )
    dismissal = decided("not-an-agreement", group_all([first]).agreements[0].id, findings=first.id)
    values = {"signed": "2031-05-04", "item_key": "2", "retrieved": AFTER, **SECURITY, **later}
    agreements = group_all([first, make.release("Security agreement", **values)], [dismissal]).agreements

    assert [each.concluded for each in agreements if first.id in each.findings] == [None]


def test_a_page_that_is_read_again_does_not_bring_a_dismissed_one_back(make, one, decided):
    """The same words, asked for anew: the person judged them."""
    first = make.release("Security agreement", signed="2031-05-04", retrieved=AFTER, **SECURITY)
    dismissal = decided("not-an-agreement", one(first).id, findings=first.id)

    assert one(first, decisions=[dismissal]).concluded is None


def test_a_person_takes_a_dismissal_back_by_a_correction(make, one, decided):
    """A slip of the hand must not hide an agreement for ever."""
    first = make.release("Security agreement", signed="2031-05-04", **SECURITY)
    dismissal = decided("not-an-agreement", one(first).id, findings=first.id)
    correction = decided("correct", one(first).id, field="place", value="Zenda")

    agreement = one(first, decisions=[dismissal, correction])

    assert (agreement.concluded.date.iso, agreement.place) == ("2031-05-04", "Zenda")
