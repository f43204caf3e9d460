"""Everything stored, read again: what today's rules find late, and what is merely technical."""

from dataclasses import replace

import pytest

from monitor.detection import Detection
from monitor.model import Stage
from monitor.pipeline import reread
from tests.pipeline.conftest import FEED, REGISTER, feed, page, row, rows

SIGNING = "Canada and Ukraine sign an agreement on security cooperation"
TEXT = "On 24 February 2024 in Kyiv, Canada and Ukraine signed an Agreement on Security Cooperation."


class Rules:
    """The real detector, as it was before somebody changed its rules."""

    def __init__(self, detector, change):
        self._detector, self._change = detector, change

    def detect(self, document, *, focal=None):
        found = self._detector.detect(document, focal=focal)
        return replace(found, findings=tuple(self._change(each) for each in found.findings))


class DeafRules:
    """Rules that understand no announcement, only register rows."""

    def __init__(self, detector):
        self._detector = detector

    def detect(self, document, *, focal=None):
        if document.row is None:
            return Detection(Stage.UNRELATED)
        return self._detector.detect(document, focal=focal)


class NoNetwork:
    """Reading again is offline: to ask anybody is a fault."""

    def fetch(self, request, *, slot, number):
        raise AssertionError(f"asked for {request.url}")


@pytest.fixture
def told(house):
    """A house that has polled a register row and an announcement with its page."""
    house.pages[REGISTER.url] = rows(row(0, "2019-01-01"), row(1))
    house.pages[FEED.url] = feed(("1", SIGNING), ("0", "Nothing of interest"))
    house.pages["https://ministry.example/1.html"] = page(SIGNING, TEXT)
    house.parts.fetcher.now = house.clock.now()
    return house


def _offline(house):
    return replace(house.parts, fetcher=NoNetwork())


def test_the_same_rules_find_the_same(told):
    """What is stored is enough: every claim comes out of the bytes again (H10)."""
    told.run()
    findings = told.store.findings()

    again = reread(_offline(told))

    assert again.same_findings == len(findings) > 1
    assert (again.found, again.lost, again.unread, again.agreements) == ((), (), (), ())
    assert (again.requoted, again.reweighed, again.retold, again.recorded) == (0, 0, 0, 0)
    assert again.documents == len({finding.document_id for finding in findings}) + 1


def test_what_earlier_rules_missed_is_found_late(told):
    """An upgrade understands an old announcement: say so, and record nothing unasked."""
    detector = told.parts.detector
    told.parts = replace(told.parts, detector=DeafRules(detector))
    told.run()
    told.parts = replace(told.parts, detector=detector)
    before = list(told.store.export())

    again = reread(_offline(told))

    assert [late.document.title for late in again.found] == [SIGNING]
    assert [agreement.sides for agreement in again.agreements] == [("CA", "UA")]
    assert list(told.store.export()) == before


def test_recorded_it_is_a_change_marked_as_found_late_and_told_once(told):
    """Readers must see that it is old news which only we are late with."""
    detector = told.parts.detector
    told.parts = replace(told.parts, detector=DeafRules(detector))
    told.run()
    told.parts = replace(told.parts, detector=detector)
    told.clock.advance(days=90)

    again = reread(_offline(told), record_as="A. Librarian")
    told.run()
    told.run()
    change = next(each for each in told.store.changes() if "security cooperation" in each.title.lower())

    assert again.recorded == 1
    assert change.found_late
    assert told.told().count(change.title) == 1
    assert [entry.actor for entry in told.store.audit() if entry.action == "reread"] == ["A. Librarian"]
    assert reread(_offline(told)).found == ()


@pytest.mark.parametrize(
    ("change", "technical"),
    [
        pytest.param(lambda finding: replace(finding, score=0.5), (0, 1), id="another-score"),
        pytest.param(lambda finding: replace(finding, reasons=("because",)), (0, 1), id="other-reasons"),
        pytest.param(
            lambda finding: replace(finding, quote=finding.quote[:-1]), (1, 0), id="another-quotation"
        ),
    ],
)
def test_another_quotation_score_or_reason_is_technical(told, change, technical):
    """It is no news for anybody who reads digests."""
    told.run()
    count = len(told.store.findings())
    rules = Rules(told.parts.detector, change)

    again = reread(replace(_offline(told), detector=rules))

    assert (again.requoted, again.reweighed) == (technical[0] * count, technical[1] * count)
    assert (again.found, again.lost) == ((), ())


def test_what_is_no_longer_found_stays(told):
    """A quotation that was true once is not taken back by a program."""
    told.run()
    before = list(told.store.export())

    again = reread(replace(_offline(told), detector=DeafRules(told.parts.detector)), record_as="A. Librarian")

    assert [finding.sides for finding in again.lost] == [("CA", "UA")]
    assert list(told.store.export()) == before


def test_a_body_that_is_lost_is_named_and_stops_no_other(told):
    """One damaged file must not keep the rest from being read."""
    told.run()
    document = next(d for d in told.store.documents([f.document_id for f in told.store.findings()]) if d.row)
    del told.parts.evidence.bodies[document.body_sha256]

    again = reread(_offline(told))

    assert len(again.unread) == 1
    assert REGISTER.url in again.unread[0]
    assert again.documents > 0


def test_a_source_that_left_the_file_is_left_alone(told):
    """Nobody says any more how its bytes are to be read."""
    told.run()
    kept = type(told.parts.sources)((REGISTER,))

    again = reread(replace(_offline(told), sources=kept))

    assert again.lost == ()
    assert again.unread == ()
