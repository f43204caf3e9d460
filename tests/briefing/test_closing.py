"""Closing an edition: what was accepted is in it, and the same comparison finds nothing of it again.

Facts of the signings: the pages in data/signed-since.csv.
"""

import csv
from datetime import date
from pathlib import Path

import pytest

from monitor.briefing import compare, parse_briefing
from monitor.briefing.closing import Accepted, close_edition
from monitor.briefing.wording import Wording, propose_wording
from monitor.files import load_yaml
from monitor.model import Basis, ChangeKind, Kind, Stage
from monitor.model import DependsOn as D
from monitor.recognition import load_names

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "state" / "briefings" / "cbp-9837"
TEMPLATES = {f"wording/{path.name}": path.read_text() for path in (ROOT / "templates/wording").glob("*.txt")}
NAMES = {"CA": "Canada", "DK": "Denmark", "IT": "Italy", "UA": "Ukraine", "NL": "Netherlands"}
DAY = date(2024, 3, 5)


@pytest.fixture(scope="module")
def signed_rows():
    """Who signed by 5 March 2024: Denmark, Canada, Italy and the Netherlands."""
    with (Path(__file__).parent / "data" / "signed-since.csv").open(encoding="utf-8") as file:
        return [row for row in csv.DictReader(file) if row["signed"] <= DAY.isoformat()]


@pytest.fixture
def known(ukrainian, signed_rows):
    """Their agreements, as a person entered them."""
    return [
        ukrainian(row["partner"], concluded=row["signed"], series="vilnius-2023", basis=Basis.PERSON)
        for row in signed_rows
    ]


@pytest.fixture
def closed(shipped, known, tmp_path):
    """Close the shipped edition with everything accepted; return (new edition, its text, comparison)."""

    def run(*more, accept=lambda change: True):
        pairs = [*known, *more]
        findings = {each.id: each for _, found in pairs for each in found}
        agreements = {agreement.id: agreement for agreement, _ in pairs}

        def comparison(edition):
            return compare(edition, agreements.values(), findings, {}, first_seen={})

        changes = [change for change in comparison(shipped) if accept(change)]
        proposals = propose_wording(shipped, changes, agreements, findings, Wording(NAMES, TEMPLATES, DAY))
        data = load_yaml(FOLDER / "briefing.yaml").data
        text = (FOLDER / "text" / "2024-02-20.md").read_text(encoding="utf-8")
        accepted = Accepted(changes, agreements, proposals)
        names = load_names()
        made = close_edition(
            data, shipped, text, accepted, as_of=DAY, published=DAY, parties_in=names.named_in
        )
        path = tmp_path / "briefing.yaml"
        path.write_text(made.yaml, encoding="utf-8")
        file = load_yaml(path)
        edition = parse_briefing(file.data, file.line_of, path.name, made.text)
        return edition, made.text, comparison(edition)

    return run


def test_everything_accepted_compares_to_nothing(closed):
    """The fixpoint: the next digest must not tell again what the new edition says."""
    edition, _, changes = closed()

    assert changes == ()
    assert (edition.as_of, edition.published) == (DAY, DAY)


def test_the_new_text_says_it(closed):
    """The words that were accepted are in the text, those that were struck are not."""
    edition, text, _ = closed()
    words = " ".join(text.split())

    assert (
        "Denmark (23 February), Canada and Italy (24 February) and the Netherlands (1 March 2024) have"
        in words
    )
    assert "still being discussed" not in words
    assert len({each.note for each in edition.statements if each.note}) == 31 - 2 + 5


def test_the_new_facts_are_entered(closed):
    """Those who signed are concluded and negotiate no more."""
    edition, _, _ = closed()
    concluded = {each.id for each in edition.entries if each.stage is Stage.CONCLUDED and each.in_series}
    talks = {each.id for each in edition.entries if each.stage is Stage.NEGOTIATING}

    assert concluded == {f"{code}-security" for code in ("gb", "de", "fr", "dk", "ca", "it", "nl")}
    assert talks == {"us-talks", "jp-talks", "eu-talks", "lt-talks", "ro-talks"}


def test_the_next_signature_ages_the_new_sentences(closed, ukrainian):
    """The list goes on where it now ends, and "the remaining" are fewer."""
    edition, _, _ = closed()
    lists = [each for each in edition.statements if any(on.on is D.SERIES for on in each.depends_on)]
    (rest,) = [on for each in edition.statements for on in each.depends_on if on.on is D.REMAINING]

    assert any(each.text.startswith("Denmark (23 February)") for each in lists)
    assert rest.parties == ("JP", "US")


def test_what_was_not_accepted_is_asked_again(closed):
    """An agreement of the series that a person left out is an omission of the new edition."""
    _, _, changes = closed(accept=lambda change: "DK" not in change.sides)

    assert [(change.kind, change.sides) for change in changes] == [(ChangeKind.OMITTED, ("DK", "UA"))]


def test_an_accepted_discrepancy_is_corrected(closed, ukrainian):
    """The date that both registers give takes the place of the edition's."""
    title = "Political, Free Trade and Strategic Partnership Agreement"
    trade = ukrainian("GB", kind=Kind.ECONOMIC, title=title, basis=Basis.REGISTER, concluded="2020-10-08")
    edition, _, changes = closed(trade)

    assert edition.entry("gb-trade").date.iso == "2020-10-08"
    assert changes == ()
