"""What Parliament is given to look at is news of its own: told once, apart from signing and from force."""

from dataclasses import replace

import pytest

from monitor.model import ChangeKind
from monitor.sources import Sources
from tests.pipeline.conftest import FEED, REGISTER, row, rows

DATED = replace(REGISTER, fields=(*REGISTER.fields, ("laid", "laid"), ("in_force", "in_force")))


@pytest.fixture
def shown(house):
    """Run the house with one row of the register as it stands that day; return the new digests' subjects."""
    house.parts = replace(house.parts, sources=Sources((DATED, FEED)))

    def run(**dates):
        before = len(house.channels["files"].delivered)
        house.pages[REGISTER.url] = rows(row(0, "2019-01-01"), row(1) | dates)
        house.parts.fetcher.now = house.clock.now()  # the later version of a row is the one that holds
        house.run()
        house.clock.advance(days=1)
        return [report.subject for report, _ in house.channels["files"].delivered[before:] if report.changes]

    return run


def test_a_laying_is_told_once_and_entry_into_force_after_it(house, shown):
    """Signed before the cut-off: nothing in the edition ages, yet its Parliament's members want to know."""
    assert shown(signed="2024-02-08") == []
    (laid,) = shown(signed="2024-02-08", laid="2024-03-25")
    assert laid.endswith("1 other agreement with the United Kingdom laid before Parliament")
    assert shown(signed="2024-02-08", laid="2024-03-25") == []
    (force,) = shown(signed="2024-02-08", laid="2024-03-25", in_force="2024-09-23")
    assert force.endswith("1 other agreement with the United Kingdom in force")
    assert {change.kind for change in house.store.changes()} == {ChangeKind.ADVANCED}


def test_a_signing_that_was_told_is_not_told_again_when_it_is_laid(shown):
    """The digest of the laying says so; it does not announce the signing a second time."""
    (signed,) = shown(signed="2024-07-19")
    assert signed.endswith("1 other agreement with the United Kingdom signed")
    (laid,) = shown(signed="2024-07-19", laid="2024-09-02")
    assert laid.endswith("1 other agreement with the United Kingdom laid before Parliament")


def test_a_laying_that_is_known_from_the_start_is_a_note(house, shown):
    """A register that is read late shows signing and laying together: one piece of news."""
    (subject,) = shown(signed="2024-07-19", laid="2024-09-02")
    assert subject.endswith("1 other agreement with the United Kingdom signed")
    assert shown(signed="2024-07-19", laid="2024-09-02") == []


def test_a_laying_before_the_cut_off_is_no_news(shown):
    """The edition's authors knew of it, or could have."""
    assert shown(signed="2024-01-08", laid="2024-02-01") == []
