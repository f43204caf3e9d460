"""Numbers and lists of a series against what is known: what cannot both be true, and only that."""

from datetime import UTC, date, datetime, timedelta

import pytest

from monitor.ledger import Member, disputes
from monitor.model import Kind, PartialDate, Reckoned, Reckoning

FOCAL = "QF"
STATES = ("QA", "QB", "QC", "QD", "QE")
DAY = date(2033, 1, 1)


def member(party, days=0, *, certain=True):
    """Who signed so many days after the new year of 2033."""
    return Member(party, PartialDate.day(DAY + timedelta(days=days)), certain, f"f-{party}")


KNOWN = (*(member(party, 10 * at) for at, party in enumerate(STATES)), member("EU", 50))


def said(number, *, days=70, source="mfa", of=Reckoned.AGREEMENTS, parties=(), **values):
    """A number that the focal party's ministry gives so many days after the new year."""
    given = {
        "kinds": (Kind.SECURITY,),
        "voice": FOCAL,
        "published": PartialDate.day(DAY + timedelta(days=days)) if days is not None else None,
        "retrieved": datetime(2033, 4, 1, tzinfo=UTC),
        "url": f"https://{source}.example/{number}-{days}",
        **values,
    }
    key = f"k-{source}-{number}-{days}-{'-'.join(parties)}"
    return Reckoning(key, f"d-{key}", source, of, number, "words", 0, 5, parties=parties, **given)


def found(*reckonings, members=KNOWN):
    """The disputes."""
    return disputes(reckonings, members, FOCAL, (Kind.SECURITY,))


@pytest.mark.parametrize(
    "reckoning",
    [
        pytest.param(said(6), id="as-known"),
        pytest.param(said(5, of=Reckoned.COUNTRIES), id="countries-without-the-organisation"),
        pytest.param(said(6, of=Reckoned.COUNTRIES), id="the-organisation-counted-as-a-country"),
        pytest.param(said(5, days=55), id="written-before-it-had-heard-of-the-last"),
        pytest.param(said(3, days=25), id="as-of-another-day"),
        pytest.param(said(4, over_time=True), id="of-a-stretch-of-time"),
        pytest.param(said(4, days=None), id="undated"),
        pytest.param(said(4, official=False), id="press"),
        pytest.param(said(4, kinds=(Kind.ECONOMIC,)), id="of-something-else"),
        pytest.param(said(4, subject=("QA",), voice="QA"), id="of-another-party"),
        pytest.param(said(None, parties=("QA", "QB")), id="names-few"),
        pytest.param(said(None, parties=(*STATES, FOCAL), is_open=True), id="list-says-it-is-not-all"),
        pytest.param(said(6, parties=STATES), id="list-shorter-than-its-number"),
    ],
)
def test_what_can_be_true_is_no_dispute(reckoning):
    """A false alarm here sets a reviewer against a source that is right."""
    assert found(reckoning) == ()


def test_a_number_that_fits_no_day_is_disputed():
    """27 against 28: both stand, with what is known of states and organisations."""
    (dispute,) = found(said(7))

    assert (dispute.known, dispute.known_states) == ((6, 6), (5, 5))
    assert [each.number for each in dispute.reckonings] == [7]


def test_what_may_belong_leaves_both_numbers_open():
    """Nobody has decided on the last: a source that counts it and one that does not may be right."""
    members = (*KNOWN, member("QG", 40, certain=False))

    assert found(said(6), said(7, source="other"), members=members) != ()
    assert found(said(6), members=members) == found(said(7), members=members) == ()


def test_two_sources_of_one_week_contradict_each_other():
    """No signing lies between them, so they cannot both be right; both are shown."""
    members = (*KNOWN, member("QG", 40, certain=False))
    (dispute,) = found(said(6), said(7, source="other", days=72), members=members)

    assert [each.source_id for each in dispute.reckonings] == ["mfa", "other"]
    assert dispute.known is None


def test_two_sources_between_whom_somebody_signed_agree():
    """The one that came later counts one more."""
    members = (*KNOWN, member("QG", 69, certain=False))

    assert found(said(6), said(7, source="other", days=72), members=members) == ()


def test_a_whole_list_that_leaves_one_out_is_disputed():
    """Croatia without Greece: who is missing, and the finding that says that it signed."""
    (dispute,) = found(said(6, parties=("QA", "QB", "QC", "QD", "EU", "QX")))

    assert (dispute.missing, dispute.surplus) == (("QE",), ("QX",))
    assert dispute.findings == ("f-QE",)


def test_a_list_without_a_number_is_whole_if_it_names_most():
    """An explainer that lists all but one, and says nothing of others."""
    (dispute,) = found(said(None, parties=(*STATES,)))

    assert dispute.missing == ("EU",)


def test_a_source_that_counts_right_later_ends_its_dispute():
    """Only its last word counts; what was settled is told to nobody any more."""
    assert found(said(7), said(6, days=80)) == ()


def test_a_page_that_was_mended_ends_its_dispute():
    """Of a page in several versions the one that stands now speaks."""
    wrong = said(7, item_key="page")
    mended = said(6, item_key="page", retrieved=datetime(2033, 4, 2, tzinfo=UTC))

    assert found(wrong, mended) == ()


def test_said_again_it_is_the_same_dispute():
    """Else every page that repeats the number would be told as news."""
    (first,) = found(said(7))
    (again,) = found(said(7), said(7, days=90))

    assert again.id == first.id


def test_any_order_gives_the_same():
    """What is told must not hang on which source was read first."""
    members = (*KNOWN, member("QG", 40, certain=False))
    said_by_two = (said(6), said(7, source="other", days=72))

    assert found(*said_by_two, members=members) == found(*reversed(said_by_two), members=members[::-1])
