"""WCAG 2.2 AA, as far as markup shows it; colours and reflow are looked at as pictures."""

import re
from collections import defaultdict
from itertools import pairwise

import pytest
from bs4 import BeautifulSoup

from monitor.model import Audience
from tests.reports import sample


@pytest.fixture(params=list(Audience), ids=lambda audience: audience.value)
def page(request, printed):
    """The busiest page for each audience."""
    text = printed(
        sample.busiest(), ".html", request.param, gaps=sample.GAPS, questions=sample.QUESTIONS, awaiting=2
    )
    return BeautifulSoup(text, "lxml")


def test_the_page_says_its_language_and_title(page):
    """3.1.1 and 2.4.2."""
    assert page.html["lang"] == "en"
    assert page.title.text.startswith("[EX-1] Week to 23 February 2031")


def test_headings_are_nested_without_a_jump(page):
    """1.3.1: people jump from heading to heading."""
    levels = [int(heading.name[1]) for heading in page.find_all(["h1", "h2", "h3"])]

    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_every_table_has_header_cells_with_scope(page):
    """1.3.1: a cell is read out with its row and column."""
    for table in page.find_all("table"):
        assert {cell["scope"] for cell in table.thead.find_all("th")} == {"col"}
        rows = table.tbody.find_all("tr")
        assert all(row.find("th", scope="row") for row in rows)
        assert {len(row.find_all(["th", "td"])) for row in rows} == {len(table.thead.find_all("th"))}
        assert table["aria-label"]


def test_each_cell_says_what_it_is_where_cells_stand_below_each_other(page):
    """On a phone a program may take the table for a list of lines; each bears its heading in words."""
    for table in page.find_all("table"):
        for row in table.tbody.find_all("tr"):
            assert all(cell.find("span", class_="key") for cell in row.find_all("td"))


def test_links_with_the_same_text_lead_to_the_same_page(page):
    """2.4.4, in the tables: each text names one address."""
    targets = defaultdict(set)
    for table in page.find_all("table"):
        for link in table.find_all("a"):
            targets[link.text].add(link["href"])

    assert targets
    assert all(len(urls) == 1 for urls in targets.values())


def test_foreign_titles_bear_their_language(page):
    """3.1.2, for titles as well as quotations."""
    assert page.find("span", lang="ja").text == "協力に関する協定"


def test_nothing_is_said_by_colour_alone(page):
    """1.4.1: "press only" stands in words beside each row that is only reported."""
    rows = [row.text for row in page.find("table").tbody.find_all("tr")]

    assert sum("Press only" in row for row in rows) == 2


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, by WCAG's formula."""

    def light(colour):
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    first, second = sorted((light(one), light(other)), reverse=True)
    return (first + 0.05) / (second + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_from_its_ground(templates, scheme):
    """1.4.3: at least 4.5 to 1, in both schemes, for every text colour of the page."""
    style = templates["base/page.html.j2"]
    before, _, after = style.partition("@media (prefers-color-scheme: dark)")
    rules = before if scheme == "light" else after.partition("@media print")[0]
    grounds = re.findall(r"background: (#[0-9a-f]{6})", rules)
    texts = re.findall(r"(?<![-\w])color: (#[0-9a-f]{6})", rules)

    assert texts
    assert min(contrast(text, ground) for text in texts for ground in grounds) >= 4.5
