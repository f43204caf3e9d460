"""Whatever a value holds, its row gives it back; whatever a row lost, is noticed."""

from dataclasses import asdict, fields, replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.model import Document, Item, PartialDate, Rendering, Report
from monitor.store import rows
from tests.store.samples import T0, document

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
FIRST = datetime(1970, 1, 1, tzinfo=UTC)
DAYS = st.dates(date(1900, 1, 1), date(2100, 1, 1))
TIMES = st.timedeltas(timedelta(0), timedelta(days=50_000)).map(lambda since: FIRST + since)
DATES = st.builds(lambda a, b, words: PartialDate.between(min(a, b), max(a, b), words), DAYS, DAYS, TEXT)
for kind, strategy in (
    (str, TEXT),
    (datetime, TIMES),
    (float, st.floats(allow_nan=False, allow_infinity=False)),
    (PartialDate, DATES),
):
    st.register_type_strategy(kind, strategy)
PARTICULARS = {
    Item: {"keys": st.lists(TEXT, min_size=1, max_size=3).map(tuple)},
    Report: {"renderings": st.just(())},
    Document: {"passages": st.just(())},
}


def filled(kind):
    """Values with something in every field, defaults or not."""
    every = {field.name: ... for field in fields(kind)}
    return st.builds(kind, **(every | PARTICULARS.get(kind, {})))


@pytest.mark.parametrize("shelf", rows.SHELVES, ids=lambda shelf: shelf.kind.__name__)
@settings(max_examples=10, deadline=None)
@given(data=st.data())
def test_every_value_comes_back_from_its_row(shelf, data):
    """A field that is forgotten on the way is a fact that is forgotten; compared or not."""
    value = data.draw(filled(shelf.kind))

    assert asdict(shelf.value(shelf.row(value))) == asdict(value)


@settings(max_examples=10, deadline=None)
@given(st.builds(Document))
def test_a_document_comes_back_with_its_passages(value):
    """They are kept apart, compressed."""
    assert rows.document_of(rows.document_row(value)) == value


@given(st.binary(max_size=200))
def test_the_bytes_of_a_report_come_back(content):
    """Every try of a delivery sends the same."""
    form = Rendering(".eml", "message/rfc822", content)

    assert rows.rendering_of(rows.rendering_row("r-1", 0, form)) == form


def test_a_row_holds_only_what_differs_from_the_usual():
    """Thousands of register rows would hold mostly defaults."""
    assert '"official"' not in rows.document_row(document())["value"]
    assert '"official":false' in rows.document_row(document(official=False))["value"]


@pytest.mark.parametrize("column", ["id", "body_sha256", "value", "passages"])
def test_a_change_in_any_column_breaks_the_seal(column):
    """SQLite would read it without a word."""
    row = rows.document_row(document())
    row[column] = row[column] + (b"x" if isinstance(row[column], bytes) else "x")

    with pytest.raises(rows.DamagedRowError, match="a row of documents"):
        rows.document_of(row)


def test_instants_sort_as_text():
    """Rows are ordered by the database, which knows no times."""
    times = [T0, T0.replace(microsecond=5), T0.replace(hour=9), T0.replace(year=2100)]

    assert sorted(map(rows.instant, times)) == list(map(rows.instant, times))
    assert [rows.from_instant(rows.instant(at)) for at in times] == times


def test_an_unknown_field_of_a_newer_program_is_not_dropped_in_silence():
    """It is refused as damage rather than read without its meaning."""
    row = rows.sealed({**rows.document_row(document()), "value": '{"id": "d-1", "new_field": 1}'})

    with pytest.raises(rows.DamagedRowError):
        rows.document_of(row)


def test_documents_of_one_version_make_one_row():
    """The row is a function of the value: exports compare."""
    assert rows.document_row(document()) == rows.document_row(replace(document()))
