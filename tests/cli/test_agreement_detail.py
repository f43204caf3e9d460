"""`monitor agreements show`: what contradicts what, how long a lead stands, why findings are one."""

import pytest

from monitor.app.views import agreement_detail
from monitor.ledger import group
from monitor.model import Basis, Batch
from tests.fakes import MemoryStore
from tests.store.samples import DAY, T0, document, finding


@pytest.fixture
def detail():
    """Store two findings of one agreement that differ as told; return its detail."""

    def detailed(first, second):
        store = MemoryStore()
        made = (finding(1, title="Paper", **first), finding(2, title="Paper", **second))
        (agreement,) = group(made, (), ()).agreements
        store.save(Batch(at=T0, documents=(document(1), document(2)), findings=made, agreements=(agreement,)))
        return agreement_detail(store, agreement.id), made

    return detailed


def test_a_conflict_shows_both_quotations(detail):
    """Neither is picked, so a reader needs the words of both."""
    shown, made = detail({"duration": "P5Y"}, {"duration": "P10Y"})

    (conflict,) = shown["conflicts"]
    assert conflict.startswith("duration: ")
    assert all(f"“{each.quote}”" in conflict for each in made)


def test_a_press_report_has_a_last_day_as_a_lead(detail):
    """What nobody confirms is not shown for ever; what a government says is no lead."""
    rumour = {"basis": Basis.PRESS, "official": False, "voice": None, "published": DAY}

    assert detail(rumour, rumour)[0]["lead_until"] is not None
    assert detail({}, {})[0]["lead_until"] is None


def test_findings_that_were_joined_say_why(detail):
    """A reviewer who doubts the join must see its reason."""
    shown, _ = detail({}, {})

    assert [joined.split(": ")[1] for joined in shown["joined"]] == [
        "the same number, and the same day or one not stated"
    ]
