"""Findings of an invented pair of countries, QB (Borduria) and QR (Ruritania); a test names what matters."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest

from monitor.ledger import group
from monitor.model import (
    Action,
    Basis,
    Decision,
    Finding,
    Kind,
    PartialDate,
    Signature,
    Stage,
    finding_id,
    sides_of,
)


@dataclass
class Maker:
    """Makes findings with ids of their own; the same calls give the same ids."""

    numbers: count = field(default_factory=lambda: count(1))

    def finding(self, title="Agreement on Beekeeping", *, signed=None, published=None, **values):
        """Build a finding; dates may be text as ``PartialDate.parse`` reads it."""
        number = next(self.numbers)
        sides = sides_of(*values.pop("sides", ("QB", "QR")))
        stage = values.pop("stage", Stage.CONCLUDED)
        document = values.pop("document_id", f"d-{number}")
        when = PartialDate.parse(signed) if isinstance(signed, str) else signed
        reached = values.pop("date", None)
        place = values.get("place", "")
        made = {
            "source_id": "source",
            "kind": Kind.OTHER,
            "basis": Basis.RELEASE,
            "quote": f"{title}, in words of its own, number {number}",
            "voice": "QB",
            "lang": "en",
            **values,
        }
        return Finding(
            id=finding_id(document, number, number + 9, sides, stage, title),
            document_id=document,
            sides=sides,
            stage=stage,
            start=number,
            end=number + 9,
            title=title,
            date=PartialDate.parse(reached) if reached else when,
            signed=(Signature(when, place=place),) if when else (),
            published=PartialDate.parse(published) if published else None,
            **made,
        )

    def row(self, title="Agreement on Beekeeping", *, key, register="register", **values):
        """Build a register row's finding."""
        values = {"basis": Basis.REGISTER, "source_id": register, "item_key": key, **values}
        return self.finding(title, document_id=f"d-{register}-{key}", **values)

    def release(self, title="Agreement on Beekeeping", **values):
        """Build an official announcement's finding."""
        return self.finding(title, **values)

    def press(self, title="Agreement on Beekeeping", **values):
        """Build a finding of the press."""
        return self.finding(title, **{"basis": Basis.PRESS, "official": False, "voice": None, **values})

    def text(self, title="Agreement on Beekeeping", **values):
        """Build a finding of an agreement's own text."""
        return self.finding(title, **{"basis": Basis.TEXT, **values})


@pytest.fixture
def make():
    """Build findings."""
    return Maker()


@pytest.fixture
def parts():
    """Group findings and return the groups as sets of finding ids."""

    def partition(findings, known=(), decisions=()):
        return {frozenset(each.findings) for each in group(findings, known, decisions).agreements}

    return partition


@pytest.fixture
def one():
    """Group findings that make one agreement, and return it."""

    def only(*findings, known=(), decisions=()):
        agreements = group(findings, known, decisions).agreements
        assert len(agreements) == 1, [each.title for each in agreements]
        return agreements[0]

    return only


@pytest.fixture
def decided():
    """Build decisions a minute apart, in the order asked for."""
    minutes = count()

    def decide(action, subject, **values):
        minute = next(minutes)
        at = _instant(minute)
        return Decision(
            f"r-{minute}", Action(action), subject, "Reviewer", at, values=tuple(sorted(values.items()))
        )

    return decide


def _instant(minute):
    return datetime(2031, 3, 1, tzinfo=UTC) + timedelta(minutes=minute)
