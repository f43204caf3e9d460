"""A lead is shown, attributed and never counted; it ends confirmed, denied or expired."""

from datetime import date

import pytest

from monitor.ledger import explain, lead_expires
from monitor.model import Kind, Stage, Word

SECURITY = {"kind": Kind.SECURITY}


def test_a_lead_expires_when_nobody_repeats_it(make, one):
    """A rumour of spring must not stand in every digest of the year."""
    findings = [make.press(signed="2031-05-04", published=day) for day in ("2031-05-04", "2031-05-20")]
    agreement = one(*findings)

    assert lead_expires(agreement, {each.id: each for each in findings}, days=10) == date(2031, 5, 30)


@pytest.mark.parametrize("kind", ["release", "text"])
def test_what_is_confirmed_does_not_expire(make, one, kind):
    """A side's own word stands."""
    findings = [make.press(signed="2031-05-04"), getattr(make, kind)(signed="2031-05-04")]

    assert lead_expires(one(*findings), {each.id: each for each in findings}) is None


def test_a_denial_stands_beside_the_report(make, one):
    """The press says signed, a government says no: the reader sees both, and no confirmation."""
    agreement = one(
        make.press("security pact", signed="2031-05-04", published="2031-05-04", **SECURITY),
        make.release(
            "security pact", stage=Stage.DECLINED, date="2031-05-11", published="2031-05-11", **SECURITY
        ),
    )

    assert agreement.word is Word.PRESS
    assert [(each.field, [claim.value for claim in each.claims]) for each in agreement.conflicts] == [
        ("stage", ["declined", "concluded"])
    ]


def test_a_refusal_before_the_signing_is_no_denial(make, one):
    """They refused in spring and signed in summer."""
    agreement = one(
        make.release("security pact", stage=Stage.DECLINED, date="2031-03-11", **SECURITY),
        make.release("security pact", signed="2031-05-04", **SECURITY),
    )

    assert agreement.conflicts == ()


def test_every_join_is_explained(make):
    """A reviewer who doubts a merge must see what it rests on before splitting it."""
    row = {"key": "1", "numbers": ("CP 1",)}
    findings = [
        make.row("Agreement on Beekeeping", signed="2031-05-04", **row),
        make.row("Agreement on Beekeeping", stage=Stage.IN_FORCE, date="2032-01-01", **row),
        make.row("Accord", register="other", signed="2031-05-04", **row),
    ]

    reasons = {each.because for each in explain(findings)}

    assert reasons == {
        "they stand in one document or row",
        "the same number, and the same day or one not stated",
    }
    assert len(explain(findings)) == 2
