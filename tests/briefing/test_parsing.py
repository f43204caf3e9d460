"""briefing.yaml: every fault at once, each with its line and what to do."""

import pytest

from monitor.briefing import parse_briefing, schema
from monitor.errors import ConfigError
from monitor.files import load_yaml

EXAMPLE = """\
schema: 1
id: ruritania
title: "Pacts of Ruritania"
as_of: 2031-02-01
published: 2031-02-02
text: text/2031-02-01.md
topic:
  focal: RO
  series:
    id: strelsau
    name: "pacts under the Strelsau Declaration"
    since: 2030-01-01
    kinds: [security]
    evidence: ["Strelsau Declaration"]
sections:
  - id: summary
    title: "Summary"
entries:
  - id: no-talks
    partner: NO
    stage: negotiating
    kind: security
    date: "2030-08"
    date_of: talks-opened
    statements: [summary.1]
    citations: [gazette]
statements:
  - id: summary.0
    section: summary
    unit: heading
    text: "Summary"
  - id: summary.1
    section: summary
    unit: sentence
    text: "Norland negotiates."
    notes: [1]
    depends_on:
      - {on: entry, ref: no-talks}
  - id: note-1
    section: summary
    unit: note
    text: "Gazette, 3 August 2030"
    note: 1
    citations: [gazette]
citations:
  - id: gazette
    note: 1
    publisher: "Gazette"
    date: 2030-08-03
    press: true
"""
TEXT = "## Summary\n\nNorland\nnegotiates.[^1]\n\n[^1]: Gazette, 3 August 2030\n"


@pytest.fixture
def parse(tmp_path):
    """Parse the example with some words replaced."""

    def run(*replacements, text=TEXT):
        content = EXAMPLE
        for old, new in replacements:
            assert old in content
            content = content.replace(old, new, 1)
        path = tmp_path / "briefing.yaml"
        path.write_text(content, encoding="utf-8")
        file = load_yaml(path)
        return parse_briefing(file.data, file.line_of, "briefing.yaml", text)

    return run


def test_what_it_says_is_read(parse):
    """Sides are sorted codes, dates keep their precision, Norway stays Norway."""
    edition = parse()

    (entry,) = edition.entries
    assert entry.sides == ("NO", "RO")
    assert (entry.date.iso, entry.date_of.value) == ("2030-08", "talks-opened")
    assert edition.statement("summary.1").notes == (1,)
    assert edition.citation("gazette").press


@pytest.mark.parametrize(
    ("old", "new", "line", "where", "message"),
    [
        pytest.param(
            "    kind: security\n    date:",
            "    kindd: security\n    date:",
            22,
            "entries[1] (no-talks).kindd",
            "did you mean `kind`?",
            id="unknown-key",
        ),
        pytest.param(
            "stage: negotiating", "stage: sigend", 21, "entries[1] (no-talks).stage", "must be one of"
        ),
        pytest.param("stage: negotiating", "stage: recalled", 21, "entries[1] (no-talks).stage", "documents"),
        pytest.param(
            "partner: NO", "partner: Norway", 20, "entries[1] (no-talks).partner", "not a party code"
        ),
        pytest.param(
            "partner: NO", "partner: RO", 20, "entries[1] (no-talks).partner", "two different sides"
        ),
        pytest.param('"2030-08"', '"August"', 23, "entries[1] (no-talks).date", "not an ISO date"),
        pytest.param('"2030-08"', "2031-08-01", 23, "entries[1] (no-talks).date", "after the cut-off"),
        pytest.param("    date_of: talks-opened\n", "", 23, "entries[1] (no-talks).date", "belong together"),
        pytest.param(
            "statements: [summary.1]", "statements: [summary.9]", 25, ".statements[1]", "no statement"
        ),
        pytest.param("citations: [gazette]", "citations: [herald]", 26, ".citations[1]", "no citation"),
        pytest.param(
            "ref: no-talks", "ref: no-talk", 38, "depends_on[1].ref", "no entry has the id `no-talk`"
        ),
        pytest.param("id: summary.1", "id: summary.0", 28, "statements[1]", "more than once"),
        pytest.param("notes: [1]", "notes: [2]", 36, "statements[2] (summary.1).notes[1]", "no note 2"),
        pytest.param(
            "    note: 1\n    citations", "    citations", 39, "(note-1).note", "each of them needs it"
        ),
        pytest.param(
            "section: summary\n    unit: head", "section: sum\n    unit: head", 29, ".section", "`sum`"
        ),
        pytest.param("published: 2031-02-02", "published: 2031-01-02", 5, "published", "before the cut-off"),
        pytest.param("as_of: 2031-02-01", "as_of: 20310201", 4, "as_of", "write a day as"),
        pytest.param('"Norland negotiates."', '"Norland signed."', 35, ".text", "not in text/2031-02-01.md"),
        pytest.param('title: "Pacts of Ruritania"\n', "", None, "title", "is missing"),
    ],
)
def test_a_fault_says_what_where_and_what_to_do(parse, old, new, line, where, message):
    """The person who edits the file finds the line without counting."""
    with pytest.raises(ConfigError) as caught:
        parse((old, new))

    found = [each for each in caught.value.problems if where in each.where and message in each.message]
    assert found, caught.value
    assert found[0].line == line
    assert str(found[0]).startswith("briefing.yaml:")


def test_all_faults_come_at_once(parse):
    """Nobody wants to run the check once a fault."""
    with pytest.raises(ConfigError) as caught:
        parse(
            ("stage: negotiating", "stage: sigend"), ("unit: heading", "unit: header"), ("note: 1", "note: x")
        )

    assert len(caught.value.problems) == 3


def test_another_version_of_the_format_is_refused_in_one_line(parse):
    """A file of a later version would otherwise give a fault a key."""
    with pytest.raises(ConfigError) as caught:
        parse(("schema: 1", "schema: 2"), ("title:", "titel:"))

    assert len(caught.value.problems) == 1
    assert "this program reads version 1" in str(caught.value)


def test_an_edit_changes_the_hash_and_a_comment_does_not(parse):
    """A changed file is taken in as a revision by its hash."""
    assert parse().sha256 == parse(("schema: 1", "# Checked in March.\nschema: 1")).sha256
    assert parse().sha256 != parse(("Norland negotiates.", "Norland signed."), text="").sha256
    assert parse(text="").sha256 != parse().sha256


def test_editors_get_a_schema():
    """A yaml-language-server completes keys and explains them."""
    described = schema()

    assert described["required"][0] == "schema"
    assert described["$defs"]["EntryShape"]["properties"]["date_of"]["description"]
