"""A change and an agreement of invented countries to decide on."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from monitor.model import Agreement, Change, ChangeKind, Kind, Scope, Stage, Word

AT = datetime(2031, 3, 1, 9, 0, tzinfo=UTC)


@pytest.fixture
def at():
    """When somebody decides."""
    return AT


@pytest.fixture
def change():
    """A change to decide on; a test replaces what it is about."""

    def build(**values):
        return replace(
            Change(
                id="c-1",
                briefing_id="b",
                as_of=date(2031, 2, 1),
                kind=ChangeKind.NEW,
                scope=Scope.SERIES,
                agreement_id="qb-qr-2031-02-16-abcdef",
                sides=("QB", "QR"),
                stage=Stage.CONCLUDED,
                agreement_kind=Kind.SECURITY,
                title="Agreement on Beekeeping",
                word=Word.ONE,
                version="v1",
            ),
            **values,
        )

    return build


@pytest.fixture
def agreement():
    """An agreement of two findings."""
    return Agreement(
        id="qb-qr-2031-02-16-abcdef",
        sides=("QB", "QR"),
        kind=Kind.SECURITY,
        stage=Stage.CONCLUDED,
        word=Word.ONE,
        findings=("f-1", "f-2", "f-3"),
        aliases=("qb-qr-2031-02-17-012345",),
    )
