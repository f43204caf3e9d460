"""Values for the briefing room's tests; a test names only what it is about.

The invented edition follows Ruritania (code XA) and its pact under the Strelsau Declaration.
"""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from monitor.briefing import compare, parse_briefing
from monitor.files import load_yaml
from monitor.model import (
    Agreement,
    Basis,
    DateOf,
    Edition,
    Entry,
    Finding,
    Kind,
    PartialDate,
    Series,
    Stage,
    StageReached,
    Topic,
    Word,
    sides_of,
)

SHIPPED = Path(__file__).parents[2] / "state" / "briefings" / "cbp-9837"
SEEN = datetime(2031, 3, 1, tzinfo=UTC)


@pytest.fixture
def make_topic():
    """A topic whose series rests on the Strelsau Declaration of 1 January 2030."""

    def make(**values):
        series = Series(
            "strelsau",
            "pacts under the Strelsau Declaration",
            date(2030, 1, 1),
            (Kind.SECURITY,),
            ("Strelsau Declaration", "strelsauer* erklärung", "ストレルサウ宣言"),
        )
        return Topic("XA", series, **values)

    return make


@pytest.fixture
def make_edition(make_topic):
    """An edition of 1 February 2031."""

    def make(*entries, **values):
        days = {"as_of": date(2031, 2, 1), "published": date(2031, 2, 2)}
        given = {"topic": make_topic(), "entries": entries} | days | values
        return Edition("ruritania", "Pacts of Ruritania", **given)

    return make


@pytest.fixture
def make_entry():
    """What the edition says of an agreement with Borduria (XB): concluded on 5 January 2031."""

    def make(name="xb", partner="XB", **values):
        when = values.pop("date", "2031-01-05")
        given = {
            "stage": Stage.CONCLUDED,
            "kind": Kind.SECURITY,
            "title": "Agreement on security cooperation between Borduria and Ruritania",
            "date": PartialDate.parse(when) if when else None,
            "date_of": DateOf.SIGNED if when else None,
        } | values
        return Entry(name, sides_of(partner, "XA"), **given)

    return make


@pytest.fixture
def make_finding():
    """A release by which Borduria says that the agreement was signed."""

    def make(name="f-1", partner="XB", **values):
        given = {
            "sides": sides_of(partner, "XA"),
            "stage": Stage.CONCLUDED,
            "kind": Kind.SECURITY,
            "basis": Basis.RELEASE,
            "document_id": f"d-{name}",
            "source_id": "borduria-mfa",
            "quote": "signed today",
            "start": 0,
            "end": 12,
            "voice": "XB",
            "lang": "en",
        } | values
        if isinstance(given.get("date"), str):
            given["date"] = PartialDate.parse(given["date"])
        return Finding(name, **given)

    return make


@pytest.fixture
def make_agreement(make_finding):
    """An agreement, with its findings, that reached stages on dates: ``concluded="2031-02-24"``.

    ``None`` as a date is a stage that nobody dates.
    """

    def make(name="a-1", partner="XB", findings=None, word=Word.ONE, **values):
        stages = {key: values.pop(key.name.lower()) for key in Stage if key.name.lower() in values}
        known = findings or tuple(
            make_finding(f"f-{name}-{stage.value}", partner, stage=stage, date=when, **_kind(values))
            for stage, when in stages.items()
        )
        reached = tuple(
            StageReached(stage, PartialDate.parse(when) if when else None, _ids(known, stage), word)
            for stage, when in stages.items()
        )
        given = {"kind": Kind.SECURITY, "title": ""} | values
        furthest = max(stages, key=lambda stage: stage.order)
        ids = tuple(each.id for each in known)
        agreement = Agreement(
            name, sides_of(partner, "XA"), stage=furthest, word=word, findings=ids, stages=reached, **given
        )
        return agreement, known

    return make


def _kind(values):
    return {"kind": values["kind"]} if "kind" in values else {}


def _ids(findings, stage):
    return tuple(each.id for each in findings if each.stage is stage)


@pytest.fixture
def compared():
    """Compare an edition with agreements from ``make_agreement``."""

    def run(edition, *pairs, texts=None, decisions=()):
        findings = {each.id: each for _, known in pairs for each in known}
        seen = dict.fromkeys(findings, SEEN)
        agreements = [agreement for agreement, _ in pairs]
        return compare(edition, agreements, findings, texts or {}, first_seen=seen, decisions=decisions)

    return run


@pytest.fixture(scope="session")
def shipped():
    """The shipped briefing, CBP-9837."""
    file = load_yaml(SHIPPED / "briefing.yaml")
    text = (SHIPPED / "text" / "2024-02-20.md").read_text(encoding="utf-8")
    return parse_briefing(file.data, file.line_of, "briefing.yaml", text)


@pytest.fixture
def ukrainian():
    """An agreement of Ukraine as registers or releases give it."""

    def make(partner, *, kind=Kind.SECURITY, title="", basis=Basis.RELEASE, series=None, **stages):
        sides = sides_of(partner, "UA")
        reached = {Stage[key.upper()]: PartialDate.parse(when) for key, when in stages.items()}
        name = f"ua-{partner}-{next(iter(stages.values()))}".lower()
        findings = tuple(
            Finding(
                f"f-{name}-{stage.value}-{voice}",
                f"d-{name}-{voice}",
                voice,
                sides,
                stage,
                kind,
                basis,
                quote="",
                start=0,
                end=0,
                title=title,
                lang="en",
                date=when,
                publisher=voice,
                series=series,
            )
            for stage, when in reached.items()
            for voice in ("one", "two")
        )
        at = tuple(
            StageReached(stage, when, tuple(each.id for each in findings if each.stage is stage), Word.BOTH)
            for stage, when in reached.items()
        )
        ids = tuple(each.id for each in findings)
        furthest = max(reached, key=lambda stage: stage.order)
        return Agreement(name, sides, kind, furthest, Word.BOTH, ids, title=title, stages=at), findings

    return make
