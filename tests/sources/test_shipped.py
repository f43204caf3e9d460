"""The shipped entries: all pass the checks and keep the rules; the registers' field maps are read here."""

import json
from pathlib import Path

import pytest

from monitor.expressions import compile_expression
from monitor.files import load_yaml
from monitor.model import Reach, SourceKind
from monitor.sources import parse_sources, plain_sources, sources_of

ROOT = Path(__file__).parents[2]
REPLIES = Path(__file__).parent / "replies"


def _sources(path: Path):
    file = load_yaml(path)
    return parse_sources(file.data, file.line_of, file.file)


@pytest.fixture(scope="module")
def shipped():
    """The sources that a new workspace begins with."""
    return _sources(ROOT / "sources.yaml")


@pytest.fixture(scope="module")
def captures():
    """The sources of the captured registers."""
    return _sources(ROOT / "examples/captures/sources.yaml")


def _rows(source, reply):
    return compile_expression(source.rows).search(reply)


def _values(source, row):
    return {name: compile_expression(text).search(row) for name, text in source.fields}


def test_what_must_not_be_polled_unasked_is_disabled(shipped):
    """A parliament polls the Kremlin or a news agency only after somebody has signed that off."""
    polled = [source for source in shipped if source.enabled]

    assert [source.id for source in polled if not source.official or source.voice == "RU"] == []
    assert {source.publisher for source in shipped if not source.official} >= {"TASS Russian News Agency"}


def test_everything_polled_is_encrypted(shipped):
    """What comes over plain http is unauthenticated; the one such site is disabled."""
    assert [source.id for source in shipped if source.enabled and source.url.startswith("http:")] == []


def test_the_publishers_that_the_briefing_cites_are_there(shipped):
    """Every official voice that the briefing names has a source, the walled ones too."""
    voices = {source.voice for source in shipped}

    assert {"GB", "US", "CA", "DE", "FR", "IT", "JP", "EU", "UA", "RU", "NL", "LT", "RO", "NATO"} <= voices
    assert shipped.get("ua-president").reach is Reach.WALLED


def test_everybody_who_signed_has_a_voice(shipped):
    """Later signatories have fewer known addresses; none of them may be missing for that."""
    later = {"DK", "FI", "LV", "ES", "BE", "PT", "SE", "NO", "IS", "EE", "PL", "LU", "CZ", "SI", "IE", "HR"}

    assert {"GR", "AL", *later} <= {source.voice for source in shipped if source.enabled}
    assert len(shipped) >= 55


def test_an_entry_that_nobody_saw_answering_says_so_and_may_be_refused(shipped):
    """An address known from other programs only may refuse us; one that does not exist fails the run."""
    unseen = [source for source in shipped if "not opened live" in source.note]

    assert unseen
    assert [source.id for source in unseen if source.verified is not None] == []
    assert {source.reach for source in unseen} <= {Reach.DEPENDS, Reach.WALLED}


def test_terms_that_nobody_read_come_with_a_cap(shipped):
    """Quoting without known terms stays short."""
    uncapped = [
        source.id
        for source in shipped
        if source.enabled and "not established" in source.licence and source.quote_words is None
    ]

    assert uncapped == []


def test_where_machines_are_refused_an_entry_says_where_a_person_looks(shipped):
    """Silence of a walled publisher must not look like news that there is none."""
    closed = [source for source in shipped if source.official and source.reach is Reach.MANUAL]

    assert {source.id for source in closed} >= {"ua-mfa", "jp-mofa", "dk-prime-minister", "us-tias"}
    assert [source.id for source in closed if "person looks" not in source.note.replace("\n", " ")] == []


def test_every_kind_that_needs_no_mailbox_is_in_use(shipped):
    """An inbox is an agreement with somebody who sends; nobody can ship one."""
    assert {source.kind for source in shipped} == set(SourceKind) - {SourceKind.INBOX}


def test_the_parliament_register_reads_its_documented_reply(shipped):
    """Rows stand under items[].value; a treaty without a command paper has no number, not `None`."""
    source = shipped.get("uk-treaties")
    reply = json.loads((REPLIES / "uk-treaties.json").read_text())

    full, bare = (_values(source, row) for row in _rows(source, reply))

    assert compile_expression(source.paging.total).search(reply) == 323
    assert full["numbers"] == ["CP 9001", "Borduria No. 1 (2031)"]
    assert (full["signed"], full["laid"]) == ("2031-02-16T00:00:00", "2031-03-27T00:00:00")
    assert (full["procedure"], full["subject"]) == ("NotConcluded", "Department for Railways")
    assert bare["numbers"] == []
    assert bare["signed"] is None


def test_the_foreign_office_register_reads_the_reply_it_was_seen_to_send(shipped):
    """Parties and references come several in one text, addresses with backslashes."""
    source = shipped.get("uk-treaties-fcdo")
    reply = json.loads((REPLIES / "uk-treaties-fcdo.json").read_text())

    full, thin = (_values(source, row) for row in _rows(source, reply))

    assert compile_expression(source.paging.total).search(reply) == 21957
    assert full["parties"] == ["BORDURIA", "Isle of Example", "RURITANIA"]
    assert (full["signed"], full["in_force"], full["place"]) == ("16/02/2031", "01/04/2031", "Strelsau")
    assert full["numbers"] == ["CP 9001"]
    assert full["link"] == "https://treaties.example/data/Library2/html/90001.html"
    assert thin["parties"] == []
    assert thin["signed"] is None
    assert not thin["numbers"]


@pytest.mark.parametrize(
    ("records", "count"),
    [
        pytest.param({"id": "1"}, 1, id="a-single-record-is-no-list"),
        pytest.param([{"id": "1"}, {"id": "2"}], 2, id="two-records"),
        pytest.param(None, 0, id="none"),
    ],
)
def test_the_foreign_office_register_may_send_one_record_bare(shipped, records, count):
    """The server turns a list of one into an object."""
    results = {} if records is None else {"iStoreRecord": records}

    rows = _rows(shipped.get("uk-treaties-fcdo"), {"csw:GetRecordsResponse": {"csw:SearchResults": results}})

    assert len(rows) == count


def test_a_captured_row_tells_parties_from_extensions(captures):
    """A territory that a treaty was extended to, or a state that succeeded, has concluded nothing."""
    row = {
        "id": "1",
        "title": "Agreement",
        "parties_detail": [
            {"country": "BORDURIA", "action": "Succession"},
            {"country": "Isle of Example", "action": "Extension"},
            {"country": "RURITANIA", "action": None},
            {"country": "SYLDAVIA", "action": "Signature"},
        ],
        "references": ["Country Series 001/2031: CP 9||https://treaties.example/9.pdf", "Notes 4/2: 0"],
    }

    values = _values(captures.get("fcdo-capture"), row)

    assert values["parties"] == ["RURITANIA", "SYLDAVIA"]
    assert values["not_parties"] == ["BORDURIA", "Isle of Example"]
    assert values["numbers"] == ["CP 9"]


def test_captures_are_never_polled(captures):
    """They describe files; nobody answers in that shape."""
    assert {source.reach for source in captures} == {Reach.MANUAL}


def test_citations_are_those_of_the_briefings(shipped):
    """A citation that was renamed would lose its source without a word."""
    known = {
        f"{path.parent.name}/{citation['id']}"
        for path in (ROOT / "state/briefings").glob("*/briefing.yaml")
        for citation in load_yaml(path).data["citations"]
    }
    named = [citation for source in shipped for citation in source.citations]

    assert set(named) - known == set()
    assert len(named) == len(set(named))


@pytest.mark.parametrize("file", ["sources.yaml", "examples/captures/sources.yaml"])
def test_sources_come_back_from_plain_data_as_they_were(file):
    """What was checked at one start is taken from a file at the next; nothing may change on the way."""
    sources = _sources(ROOT / file)

    assert sources_of(json.loads(json.dumps(plain_sources(sources)))) == sources
