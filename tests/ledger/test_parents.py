"""An amendment leads to what it amends, where that is known for sure."""

import pytest

from monitor.ledger import group
from monitor.model import Relation


@pytest.fixture
def linked(make):
    """Group an amendment with some earlier agreements; return what its parent is."""

    def link(parent_title, *earlier):
        rows = [make.row(title, key=str(at), signed=day) for at, (title, day) in enumerate(earlier)]
        amendment = make.row(
            f"Protocol to amend the {parent_title}",
            key="amendment",
            signed="2031-05-04",
            relation=Relation.AMENDS,
            parent_title=parent_title,
        )
        agreements = {each.id: each for each in group([*rows, amendment], (), ()).agreements}
        return [agreements[each.parent_id].title for each in agreements.values() if each.parent_id]

    return link


ROAD = "Agreement on International Road Transport"


def test_a_parent_is_found_by_its_title(linked):
    """The reader of an amendment wants to see what it amends."""
    parents = linked(ROAD, (f"{ROAD}, done at Zenda", "2005-12-13"), ("Agreement on Fisheries", "2006-01-01"))

    assert parents == [f"{ROAD}, done at Zenda"]


def test_the_day_in_a_title_tells_two_parents_apart(linked):
    """Two agreements on air services; the title says which."""
    earlier = (("Agreement on Air Services", "1951-12-01"), ("Air Services Agreement", "1964-02-02"))

    assert linked("Air Services Agreement dated 1st December 1951", *earlier) == ["Agreement on Air Services"]


def test_a_number_tells_two_parents_apart(linked):
    """ "Agreement No. 3" is amended, not No. 2."""
    earlier = tuple((f"Agreement No. {at} on Road Transport", f"202{at}-01-01") for at in (1, 2, 3))

    assert linked("Agreement No. 3 on Road Transport", *earlier) == ["Agreement No. 3 on Road Transport"]


@pytest.mark.parametrize(
    ("parent", "earlier"),
    [
        pytest.param(ROAD, [(ROAD, "2005-12-13"), (ROAD, "2015-12-13")], id="two-fit-equally"),
        pytest.param(ROAD, [(ROAD, "2035-12-13")], id="signed-later"),
        pytest.param(
            "Loan Agreement 1970 on Roads", [("Loan Agreement on Roads", "1972-11-16")], id="another-year"
        ),
        pytest.param(
            "General Agreement on Tariffs and Trade", [("Trade Agreement", "2005-12-13")], id="one-word"
        ),
    ],
)
def test_no_parent_is_better_than_a_wrong_one(linked, parent, earlier):
    """A wrong link would be printed as a fact."""
    assert linked(parent, *earlier) == []
