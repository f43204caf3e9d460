"""Registers: rows by the source's field map, as items with documents. The rows are invented."""

import json

import pytest

from monitor.errors import ExtractError
from monitor.model import ItemsRead, Paging, PassageKind, SourceKind
from monitor.reading import read
from tests.reading.jobs import make_job

ROWS = [
    {
        "id": 7,
        "name": "Agreement on Security\r\n Co-operation &amp; Trade",
        "sides": ["RURITANIA", "BORDURIA"],
        "signed": "16/02/2031",
        "laid": None,
        "paper": {"prefix": "RP", "number": 1277},
        "link": "https://treaties.example\\data\\7.html",
    },
    {"id": 8, "name": "Protocol with Syldavia", "sides": "SYLDAVIA ; RURITANIA", "signed": "", "link": None},
]
FIELDS = (
    ("id", "id"),
    ("title", "name"),
    ("parties", "sides"),
    ("signed", "signed"),
    ("laid", "laid"),
    ("numbers", "paper && join(' ', [paper.prefix, to_string(paper.number)])"),
    ("link", "link"),
)


def rows_of(body: object, *, fields=FIELDS, rows: str = "", **source: object) -> ItemsRead:
    """Return what a register's reply holds."""
    text = body if isinstance(body, bytes) else json.dumps(body).encode()
    result = read(make_job(text, SourceKind.REGISTER, fields=fields, rows=rows, **source))
    assert isinstance(result, ItemsRead)
    return result


@pytest.mark.parametrize(
    ("body", "rows"),
    [
        pytest.param(ROWS, "", id="list"),
        pytest.param(ROWS, "@", id="list-by-at"),
        pytest.param({"items": [{"value": row} for row in ROWS]}, "items[].value", id="nested"),
        pytest.param("\n".join(json.dumps(row) for row in ROWS).encode() + b"\n", "", id="json-lines"),
        pytest.param(json.dumps(ROWS).encode("utf-8-sig"), "", id="byte-order-mark"),
        pytest.param(json.dumps(ROWS, indent=1, ensure_ascii=False).encode("utf-16"), "", id="utf-16"),
    ],
)
def test_rows_are_found_wherever_the_reply_keeps_them(body, rows):
    """The live register and a captured file of it differ in shape only."""
    assert [item.key for item in rows_of(body, rows=rows).items] == ["id:7", "id:8"]


def test_values_stay_as_the_register_writes_them():
    """Days in figures are read where their order is known, not here; nothing is made of a blank."""
    row = rows_of(ROWS).items[0].row

    assert row is not None
    assert (row.one("signed"), row.all("parties"), row.one("numbers")) == (
        "16/02/2031",
        ("RURITANIA", "BORDURIA"),
        "RP 1277",
    )
    assert row.all("laid") == ()


def test_a_row_is_its_own_document_line_by_line():
    """A quotation must be able to span title and date."""
    (document, _) = rows_of(ROWS).documents

    assert document.text == (
        "title: Agreement on Security Co-operation & Trade\n"
        "parties: RURITANIA; BORDURIA\n"
        "signed: 16/02/2031\n"
        "numbers: RP 1277\n"
        "link: https://treaties.example\\data\\7.html"
    )
    assert {passage.kind for passage in document.passages} == {PassageKind.FIELD}
    assert (document.url, document.item_key) == ("https://treaties.example/data/7.html", "id:7")
    assert document.row == rows_of(ROWS).items[0].row


def test_a_broken_letter_stays_visible():
    """Registers hold letters that were lost long ago; dropping the mark would invent a word."""
    assert rows_of([{"id": 1, "name": "Agreement with S&#65533;ldavia"}]).items[0].title == (
        "Agreement with S\ufffdldavia"
    )


def test_a_changed_row_is_another_version_of_the_same_item():
    """A register adds the entry into force months after the signature."""
    before, after = rows_of(ROWS).items[0], rows_of([ROWS[0] | {"inForce": "1/3/2031"}]).items[0]

    assert before.key == after.key
    assert before.version != after.version


def test_the_order_of_a_rows_keys_is_no_change():
    """A register's software may print them in any order."""
    turned = dict(reversed(ROWS[0].items()))

    assert rows_of([ROWS[0]]).items == rows_of([turned]).items


def test_a_row_without_title_is_kept():
    """Thin records hold parties and a date: enough for a treaty, too much to lose."""
    items = rows_of([*ROWS, {"id": 9, "sides": ["RURITANIA", "BORDURIA"], "signed": "1/3/2031"}]).items

    assert (items[2].title, items[2].flags) == ("(no title)", ("title-missing",))


def test_the_stated_total_is_given():
    """Paging ends where the register says that it ends, not where a page happens to be empty."""
    paging = Paging(offset="Skip", size=2, total="totalResults")
    body = {"items": ROWS, "totalResults": 323}

    assert rows_of(body, rows="items", paging=paging).total == 323


BAD_FIELD = (("title", "name"), ("x", "join('', id)"))
NO_TOTAL = {"rows": "items", "paging": Paging("s", 2, "total")}


@pytest.mark.parametrize(
    ("body", "source", "message"),
    [
        pytest.param(b"<html>Difficulties</html>", {}, "expected JSON, got an HTML page", id="page"),
        pytest.param(b'[{"id": 1}', {}, "JSON cannot be read", id="cut-short"),
        pytest.param(b'{"id": 1}\n{"id": 2', {}, "line 2 of the JSON lines", id="line-cut-short"),
        pytest.param({"error": "x"}, {"rows": "items"}, "no list of rows; the reply has error", id="no-rows"),
        pytest.param([{"id": 1, "titel": "x"}], {}, r"fields.title \(name\) finds nothing", id="new-shape"),
        pytest.param(ROWS, {"fields": BAD_FIELD}, r"fields.x .* fails on 2 of 2", id="other-type"),
        pytest.param({"items": ROWS}, NO_TOTAL, "paging.total", id="no-total"),
        pytest.param(b"[" * 100_000, {}, "nested too deeply", id="nested-without-end"),
        pytest.param(b"", {}, "expected JSON", id="nothing"),
    ],
)
def test_another_shape_is_refused(body, source, message):
    """A register that no longer has its shape must never read as one without treaties."""
    with pytest.raises(ExtractError, match=message):
        rows_of(body, **source)


def test_an_empty_register_is_no_fault_of_its_shape():
    """Whether it may be empty is for health to judge."""
    assert rows_of([]).items == ()
