"""Health, state and table: for people as tables, for programs with a versioned schema."""

import csv
import io
import json
from dataclasses import fields, replace
from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup
from pydantic import TypeAdapter

from monitor.model import (
    Audience,
    Delivery,
    Life,
    PartialDate,
    Poll,
    ReportKind,
    Scope,
    SourceState,
    Stage,
    StageReached,
    Verdict,
    Word,
)
from monitor.reports import Health, Known, Placed, make_health, make_report, make_table, schema
from monitor.reports.digest import Digest
from monitor.reports.printing import json_bytes
from monitor.reports.table import SCHEMA, Row
from tests.reports import sample
from tests.reports.sample import FAULTS, UNTIL, Week

FORMS = ("md", "html", "txt", "eml", "json")


@pytest.fixture
def health():
    """Two sources, one of which fails."""
    week = sample.three()
    sources = tuple(replace(week.sources[key], enabled=True) for key in ("src-qs", "src-press"))
    polls = tuple(
        Poll("src-qs", UNTIL - timedelta(hours=n), UNTIL, Verdict.OK if n else Verdict.ERROR, items_new=n)
        for n in range(3)
    )
    return Health(
        sources=sources,
        states={"src-qs": SourceState("src-qs", last_verdict=Verdict.ERROR, last_reason="timeout")},
        polls={"src-qs": polls},
        faults=FAULTS,
        dead=(Delivery("y-1", "r-1", "smtp", "secret@x.example", attempts=26, last_error="550 unknown"),),
        waiting=2,
    )


@pytest.fixture
def known():
    """Three agreements: of the series and in force, another one, and one that was never concluded."""
    week = Week()
    week.tell("QS", date(2031, 2, 19), word=Word.BOTH)
    week.tell("EU", date(2030, 5, 3), scope=Scope.OTHER, title='=HYPERLINK("https://evil.example")')
    week.tell("QX", date(2031, 2, 1), stage=Stage.NEGOTIATING)
    first, other, talks = week.agreements.values()
    force = StageReached(Stage.IN_FORCE, PartialDate.day(date(2031, 3, 1)), first.findings, Word.TEXT)
    first = replace(first, stages=(*first.stages, force), stage=Stage.IN_FORCE)
    places = (
        Placed(first, Scope.SERIES, in_edition=True),
        Placed(other, Scope.OTHER, in_edition=False),
        Placed(talks, Scope.SERIES, in_edition=False),
    )
    return Known(sample.EDITION, places, week.findings, sample.NAMES)


def table(known, templates, form):
    """The table in one form, as text."""
    report = make_table(known, sample.occasion(kind=ReportKind.TABLE), templates, forms=(form,))
    return report.rendering(f".{form}").content.decode()


class TestHealth:
    """For operators: verdicts, counts and ids."""

    def test_the_subject_says_how_many_fail(self, health, templates):
        """Known refusals do not count: nobody can mend them."""
        report = make_health(health, "ex-1", sample.occasion(kind=ReportKind.HEALTH), templates, forms=FORMS)

        assert report.subject == "[Briefing Monitor] Week to 23 February 2031: 1 of 2 sources fails"

    def test_every_source_and_fault_is_listed(self, health, templates):
        """With what to look for in the logs."""
        report = make_health(health, "ex-1", sample.occasion(kind=ReportKind.HEALTH), templates)
        text = " ".join(report.rendering(".txt").content.decode().split())

        assert "src-qs Kind: feed Last verdict: error (timeout) Polls: 3 Read well: 2 New items: 3" in text
        assert "Freedonia Today Its site ...: has not answered Since: 3 February 2031 Expected: no" in text
        assert "y-1 Channel: smtp Tries: 26 Last answer: 550 unknown" in text

    def test_recipients_are_not_named(self, health, templates):
        """Addresses are personal data; the id finds them."""
        report = make_health(health, "ex-1", sample.occasion(kind=ReportKind.HEALTH), templates, forms=FORMS)

        assert all(b"secret@x.example" not in form.content for form in report.renderings)

    def test_nothing_polled_is_not_all_well(self, health, templates):
        """False comfort."""
        quiet = replace(health, polls={}, faults=())
        report = make_health(quiet, "ex-1", sample.occasion(kind=ReportKind.HEALTH), templates)

        assert report.subject.endswith(": no source was polled")


class TestState:
    """How an edition stands today."""

    def test_it_counts_what_is_out_of_date(self, templates):
        """The researcher's question in one line."""
        week = sample.busiest()
        week.told[0] = replace(week.told[0], life=Life.DECIDED)
        occasion = sample.occasion(Audience.REVIEWERS, kind=ReportKind.STATE)
        report = make_report(week.material(), occasion, templates)
        text = report.rendering(".md").content.decode()

        assert report.subject == "[EX-1] State of the briefing: 2 statements of 4 are out of date"
        assert "11 changes stand, of which 10 await review." in text
        assert "1 country and the EU signed in the series, on good word." in text
        assert "Sources contradict the date of signature: 2030-10-08" in text

    def test_links_that_read_alike_lead_to_one_page(self, templates):
        """WCAG 2.4.4: "Text read" five times is five riddles."""
        occasion = sample.occasion(Audience.REVIEWERS, kind=ReportKind.STATE)
        page = BeautifulSoup(
            make_report(sample.many(12).material(), occasion, templates).rendering(".html").content, "lxml"
        )
        links = {(link.text, link["href"]) for link in page.find_all("a")}

        assert len({text for text, _ in links}) == len(links)


class TestTable:
    """The agreements that are known."""

    def test_only_what_was_concluded_stands_in_it(self, known, templates):
        """Talks are no agreement."""
        text = table(known, templates, "md")

        assert "# 2 agreements of Ruritania" in text
        assert "| Borduria | 19 February 2031 | Strelsau |" in text
        assert "| in force | 1 March 2031 | both governments | yes |" in text

    def test_json_names_its_schema_and_gives_days_in_iso(self, known, templates):
        """A program must know what it reads, today and in five years."""
        read = json.loads(table(known, templates, "json"))

        assert read["schema"] == SCHEMA == "briefing-monitor/agreements/1"
        assert [(row["party"], row["concluded"], row["in_force"]) for row in read["agreements"]] == [
            ("EU", "2030-05-03", ""),
            ("QS", "2031-02-19", "2031-03-01"),
        ]
        rows = TypeAdapter(tuple[Row, ...]).validate_python(read["agreements"])
        assert rows[1].in_edition

    def test_csv_is_read_back_with_the_same_columns(self, known, templates):
        """And no cell is a formula to a spreadsheet."""
        rows = list(csv.DictReader(io.StringIO(table(known, templates, "csv"))))

        assert list(rows[0]) == ["schema", *(each.name for each in fields(Row))]
        assert {row["schema"] for row in rows} == {SCHEMA}
        assert rows[0]["title"].startswith("'=HYPERLINK")
        assert rows[1]["sources"] == "https://qs.example/0-QS; https://qr.example/0-QR"

    @pytest.mark.parametrize("form", FORMS)
    def test_the_same_table_is_the_same_bytes(self, known, templates, form):
        """A repeat is recognised as one."""
        assert table(known, templates, form) == table(known, templates, form)


@pytest.mark.parametrize(
    "kind", ["agreements", "digest", "alert", "correction", "reminder", "health", "state"]
)
def test_each_kind_has_a_schema_that_names_its_version(kind):
    """What programs are promised; the mail's addresses are no part of it."""
    found = schema(kind)

    assert found["title"] == f"briefing-monitor/{kind}/1"
    assert "sender" not in found["properties"]
    assert set(found["required"]) == set(found["properties"])


def test_a_digests_json_is_its_words(digest):
    """What the schema says is what comes; read back it is the same digest."""
    made = digest(sample.busiest(), Audience.REVIEWERS)
    read = json.loads(json_bytes("digest", made))

    assert set(read) == set(schema("digest")["properties"])
    again = TypeAdapter(Digest).validate_python({**read, "sender": made.sender} | {"schema": None})
    assert again.concluded == made.concluded
    assert again.to_decide == made.to_decide
