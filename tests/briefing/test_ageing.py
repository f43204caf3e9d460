"""A statement ages by what it depends on, not by whom it names."""

import pytest

from monitor.briefing.ageing import Event, aged_by
from monitor.model import Count, CountOf, First, How, PartialDate, Scope, Stage, Statement, Unit
from monitor.model import Dependency as On
from monitor.model import DependsOn as D

DAY = PartialDate.parse("2031-02-24")


@pytest.fixture
def hows(make_edition, make_entry):
    """How one statement with these dependencies ages by an event."""
    talks = make_entry("xb-talks", stage=Stage.NEGOTIATING, title="")
    counts = (
        Count("pacts", 3, "pacts of the series", of=CountOf.SERIES),
        Count("adherents", 30, "states that signed the declaration", of=CountOf.ADHERENTS),
    )
    first = First("first", "first to sign", "XB", PartialDate.parse("2031-01-05"))

    def run(*depends_on, **event):
        statement = Statement("s-1", "x", Unit.SENTENCE, "…", depends_on=depends_on)
        edition = make_edition(
            make_entry("xb"), talks, statements=(statement,), counts=counts, firsts=(first,)
        )
        given = {"partner": "XC", "stage": Stage.CONCLUDED, "scope": Scope.SERIES, "date": DAY} | event
        return [each.how for each in aged_by(edition, Event(**given))]

    return run


@pytest.mark.parametrize(
    ("depends_on", "event", "expected"),
    [
        pytest.param(On(D.SERIES), {}, How.INCOMPLETE, id="a-list-lacks-the-new-one"),
        pytest.param(On(D.SERIES), {"scope": Scope.OTHER}, None, id="a-list-and-another-agreement"),
        pytest.param(On(D.SERIES), {"scope": Scope.UNDECIDED}, None, id="a-list-and-an-undecided-one"),
        pytest.param(On(D.SERIES), {"stage": Stage.NEGOTIATING}, None, id="a-list-and-talks"),
        pytest.param(On(D.SERIES, parties=("XC", "XD")), {}, How.INCOMPLETE, id="a-list-of-some-and-one"),
        pytest.param(On(D.SERIES, parties=("XD",)), {}, None, id="a-list-of-some-and-an-outsider"),
        pytest.param(On(D.REMAINING, parties=("XC",)), {}, How.SUPERSEDED, id="one-leaves-the-remaining"),
        pytest.param(On(D.REMAINING, parties=("XD",)), {}, None, id="one-that-was-never-among-them"),
        pytest.param(On(D.COUNT, "pacts"), {}, How.COUNT, id="a-count-of-the-series"),
        pytest.param(On(D.COUNT, "adherents"), {}, None, id="a-count-of-something-else"),
        pytest.param(On(D.FIRST, "first"), {}, None, id="a-first-stays-a-first"),
        pytest.param(
            On(D.FIRST, "first"),
            {"date": PartialDate.parse("2031-01-04"), "is_news": False},
            How.SUPERLATIVE,
            id="a-first-that-was-not",
        ),
        pytest.param(On(D.ENTRY, "xb-talks"), {"entries": {"xb-talks"}}, How.SUPERSEDED, id="talks-ended"),
        pytest.param(On(D.ENTRY, "xb-talks"), {}, None, id="talks-with-another"),
        pytest.param(
            On(D.ENTRY, "xb-talks"),
            {"entries": {"xb-talks"}, "stage": Stage.NEGOTIATING},
            None,
            id="talks-go-on",
        ),
        pytest.param(
            On(D.ENTRY, "xb-talks"),
            {"entries": {"xb-talks"}, "stage": Stage.DECLINED},
            How.SUPERSEDED,
            id="talks-refused",
        ),
        pytest.param(On(D.ENTRY, "xb"), {"entries": {"xb"}, "stage": Stage.IN_FORCE}, None, id="in-force"),
        pytest.param(
            On(D.ENTRY, "xb"), {"entries": {"xb"}, "stage": Stage.TERMINATED}, How.SUPERSEDED, id="terminated"
        ),
        pytest.param(
            On(D.MOMENT, "xb-talks"),
            {"entries": {"xb-talks"}},
            How.RELATIVE_TIME,
            id="at-the-time-of-writing",
        ),
        pytest.param(
            On(D.OUTSIDE, "a convention", ("XC",)), {}, None, id="about-another-topic-that-names-it"
        ),
        pytest.param(On(D.SERIES), {"is_news": False}, None, id="what-was-omitted-is-not-news"),
    ],
)
def test_each_dependency_ages_in_its_own_way(hows, depends_on, event, expected):
    """The commonest false alarm is a statement marked because it names a party."""
    assert hows(depends_on, **event) == ([expected] if expected else [])


def test_the_strongest_way_is_told(hows):
    """A sentence that is overtaken is not also called incomplete."""
    both = (On(D.SERIES), On(D.ENTRY, "xb-talks"))

    assert hows(*both, entries={"xb-talks"}) == [How.SUPERSEDED]


def test_what_depends_on_nothing_never_ages(hows):
    """Most of a briefing is background."""
    assert hows() == []
