"""Membership of the series needs evidence; kind alone is a question, never an answer."""

from datetime import UTC, datetime

import pytest

from monitor.briefing import standing
from monitor.model import Action, Basis, Decision, Kind, Level, Relation, Scope, Stage

TIES = "The pact was signed in Strelsau.\nIt carries out the Strelsau\u2011Declaration of 2030."
FAR = "They signed.\n" + "Trade grew.\n" * 5 + "Both joined the Strelsau Declaration last year."


def _text(agreement_pair, text):
    return {each.document_id: text for each in agreement_pair[1]}


def _standing(pair, topic, text="", decisions=()):
    findings = {each.id: each for each in pair[1]}
    return standing(pair[0], findings, _text(pair, text), topic, decisions)


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        pytest.param(TIES, Kind.SECURITY, Scope.SERIES, id="a-release-ties-it"),
        pytest.param("They signed.", Kind.SECURITY, Scope.UNDECIDED, id="nothing-ties-it"),
        pytest.param("They signed.", Kind.PARTNERSHIP, Scope.OTHER, id="another-kind"),
        pytest.param(TIES, Kind.PARTNERSHIP, Scope.SERIES, id="another-kind-tied-in-the-next-sentence"),
        pytest.param(FAR, Kind.SECURITY, Scope.SERIES, id="a-page-that-speaks-of-both"),
        pytest.param(FAR, Kind.OTHER, Scope.UNDECIDED, id="friendship-on-a-page-that-speaks-of-both"),
        pytest.param(TIES, Kind.DEFENCE_INDUSTRY, Scope.OTHER, id="an-arms-deal-never-joins"),
        pytest.param("Laut der Strelsauer Erklärung.", Kind.SECURITY, Scope.SERIES, id="german-inflected"),
        pytest.param("本合意はストレルサウ宣言に基づく。", Kind.SECURITY, Scope.SERIES, id="japanese"),
        pytest.param("Strelsau Declarations differ.", Kind.SECURITY, Scope.UNDECIDED, id="another-word"),
    ],
)
def test_evidence_decides(make_agreement, make_topic, text, kind, expected):
    """Agreements of this series have been titled without "security", and others with it."""
    pair = make_agreement(concluded="2031-02-24", kind=kind)

    assert _standing(pair, make_topic(), text) is expected


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        pytest.param({"basis": Basis.TEXT, "official": False}, Scope.SERIES, id="the-text-itself"),
        pytest.param({"basis": Basis.PRESS, "official": False}, Scope.UNDECIDED, id="an-article"),
        pytest.param({"stage": Stage.RECALLED}, Scope.UNDECIDED, id="a-page-that-only-recalls-it"),
        pytest.param({"series": "strelsau", "basis": Basis.PERSON}, Scope.SERIES, id="a-person-said-so"),
    ],
)
def test_who_may_tie_it(make_agreement, make_finding, make_topic, changes, expected):
    """The text, an official release or a person; an article is not enough."""
    finding = make_finding("f-1", **changes)
    pair = make_agreement(concluded="2031-02-24", findings=(finding,))
    text = "" if changes.get("series") else TIES

    assert _standing(pair, make_topic(), text) is expected


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        pytest.param({"concluded": "2029-12-31"}, Scope.OTHER, id="before-the-declaration"),
        pytest.param({"concluded": "2030-01-01"}, Scope.SERIES, id="on-its-day"),
        pytest.param({"concluded": None}, Scope.SERIES, id="undated"),
        pytest.param({"concluded": "2031-02-24", "level": Level.AGENCY}, Scope.OTHER, id="agencies"),
        pytest.param(
            {"concluded": "2031-02-24", "relation": Relation.AMENDS}, Scope.UNDECIDED, id="an-amendment"
        ),
    ],
)
def test_what_no_evidence_makes_a_member(make_agreement, make_topic, values, expected):
    """A declaration has no members older than itself, and an amendment is not a commitment of its own."""
    assert _standing(make_agreement(**values), make_topic(), TIES) is expected


def test_the_last_decision_on_the_series_wins(make_agreement, make_topic):
    """A reviewer's word stands above evidence, and can be taken back."""
    pair = make_agreement(concluded="2031-02-24")

    def decided(name, value):
        at = datetime(2031, 3, 1, tzinfo=UTC)
        return Decision(name, Action.CORRECT, "a-1", "anna", at, values=(("series", value),))

    yes, no = decided("1", "strelsau"), decided("2", "none")

    assert _standing(pair, make_topic(), "", [yes]) is Scope.SERIES
    assert _standing(pair, make_topic(), TIES, [yes, no]) is Scope.OTHER
    assert _standing(pair, make_topic(), "", [no, yes]) is Scope.SERIES
