"""The published paper itself, where it lies beside the project: ../shared/data, or $BRIEFING_DATA."""

import os
import re
from collections import Counter
from pathlib import Path

import pytest

from monitor.briefing import parse_briefing
from monitor.briefing.importing import import_paper
from monitor.files import load_yaml
from monitor.model import Basis, Unit
from monitor.recognition import load_names

ROOT = Path(__file__).parents[2]
PAPER = Path(os.environ.get("BRIEFING_DATA", ROOT.parent / "shared" / "data")) / "briefing-9837.txt"
SHIPPED = ROOT / "state" / "briefings" / "cbp-9837" / "briefing.yaml"

pytestmark = pytest.mark.skipif(not PAPER.exists(), reason=f"the published paper is not at {PAPER}")


@pytest.fixture(scope="module")
def imported():
    """The paper, imported into an empty folder."""
    return import_paper(PAPER.read_bytes(), PAPER.name, parties_in=load_names().named_in)


@pytest.fixture(scope="module")
def edition(imported, tmp_path_factory):
    """It, as its file is read."""
    path = tmp_path_factory.mktemp("real") / "briefing.yaml"
    path.write_text(imported.yaml, encoding="utf-8")
    file = load_yaml(path)
    return parse_briefing(file.data, file.line_of, path.name, imported.text)


def test_every_unit_is_there_once(edition):
    """143 units, as a reader counts them; all 31 notes, split into 39 citations."""
    assert Counter(each.unit for each in edition.statements) == {
        Unit.HEADING: 14,
        Unit.SENTENCE: 66,
        Unit.ITEM: 17,
        Unit.QUOTATION: 3,
        Unit.NOTE: 43,
    }
    assert {each.note for each in edition.statements if each.note} == set(range(1, 32))
    assert len(edition.citations) == 39


def _words(text):
    text = text.replace("\\", "")
    plain = re.sub(r"\]\([^)]*\)|[\[\]>#*-]|\^\d+|[⁰¹²³⁴⁵⁶⁷⁸⁹]", " ", text)
    return Counter(plain.replace(":", " ").split())


def test_no_word_is_lost_or_added(imported):
    """What is written is what was read, from the summary to the last note."""
    text = PAPER.read_text(encoding="utf-8")
    body = text[text.index("Summary\n\nAt the") : text.index("Disclaimer\n")]
    title = "Security guarantees to Ukraine"

    assert _words(imported.text) == _words(f"{title}\n{body}")


def test_the_same_statements_age_as_in_the_shipped_file(edition, shipped):
    """Proposed from the real words, the dependencies are those that a reader gave the paraphrase."""

    def ageing(it):
        kinds = {"series", "remaining", "count", "first", "moment"}
        return [
            sorted((on.on.value, on.parties) for on in each.depends_on if on.on.value in kinds)
            for each in it.statements
        ]

    assert ageing(edition) == ageing(shipped)


def test_it_fits_over_the_shipped_paraphrase(shipped):
    """A user imports the published text over the shipped folder: every id and correction stays."""
    current = load_yaml(SHIPPED).data
    over = import_paper(PAPER.read_bytes(), PAPER.name, parties_in=load_names().named_in, current=current)

    assert not [line for line in over.changes if ": new" in line or ": gone" in line]
    assert over.briefing_id == "cbp-9837"


def test_it_is_marked_as_the_shipped_file_is(shipped, compared, ukrainian, tmp_path):
    """Imported into an empty folder it follows the same series, and the same places go out of date."""
    made = import_paper(
        PAPER.read_bytes(), PAPER.name, parties_in=load_names().named_in, topics=(shipped.topic,)
    )
    path = tmp_path / "briefing.yaml"
    path.write_text(made.yaml, encoding="utf-8")
    file = load_yaml(path)
    edition = parse_briefing(file.data, file.line_of, "briefing.yaml", made.text)
    signed = [
        ukrainian(code, concluded=when, series="vilnius-2023", basis=Basis.PERSON)
        for code, when in (("DK", "2024-02-23"), ("CA", "2024-02-24"), ("NL", "2024-03-01"))
    ]

    def marks(it):
        at = {each.id: number for number, each in enumerate(it.statements)}
        return [
            (at[aged.statement_id], aged.how, aged.since)
            for change in compared(it, *signed)
            for aged in change.aged
        ]

    assert edition.topic == shipped.topic
    assert marks(edition) == marks(shipped)
