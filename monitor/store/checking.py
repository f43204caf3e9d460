"""What is wrong with a database: its structure, its rows, and what points to nothing."""

from collections.abc import Callable, Iterator

from sqlalchemy import ColumnElement, Connection, Table, select

from monitor.errors import StateError
from monitor.model import DeliveryStatus, Finding, Reckoning
from monitor.store import rows, tables
from monitor.store.database import Database
from monitor.store.rows import DamagedRowError

_MOST = 20  # sentences a kind of fault: more help nobody
_Check = Callable[[Connection], Iterator[str]]


def faults_of(database: Database) -> tuple[str, ...]:
    """Return a sentence for each fault; a check that cannot be made is one itself."""
    faults: list[str] = []
    for check in _CHECKS:
        try:
            with database.reading() as connection:
                found = list(check(connection))
        except StateError as error:
            found = [str(error)]
        faults += found[:_MOST]
        if len(found) > _MOST:
            faults.append(f"... and {len(found) - _MOST} more like the last")
    return tuple(dict.fromkeys(faults))


def _structure(connection: Connection) -> Iterator[str]:
    if connection.dialect.name == "sqlite":
        for said in connection.exec_driver_sql("PRAGMA integrity_check").scalars():
            if said != "ok":
                yield f"the structure of the file is damaged: {said}"


def _rows_of(table: Table) -> _Check:
    """Each row as it was written; values that can no longer be read count too."""
    values = {shelf.table.name: shelf.value for shelf in rows.SHELVES} | {"documents": rows.document_of}

    def check(connection: Connection) -> Iterator[str]:
        for row in connection.execute(select(table)).mappings():
            try:
                rows.check_seal(table.name, row)
                if table.name in values:
                    values[table.name](row)
            except DamagedRowError as error:
                yield f"damaged: {error}"

    return check


def _points_to_nothing(
    column: ColumnElement[str],
    target: ColumnElement[str],
    sentence: str,
    where: ColumnElement[bool] | None = None,
) -> _Check:
    def check(connection: Connection) -> Iterator[str]:
        query = select(column).where(column.is_not(None), column.not_in(select(target))).distinct()
        for found in connection.execute(query if where is None else query.where(where)).scalars():
            yield sentence.format(found)

    return check


def _quotations(connection: Connection) -> Iterator[str]:
    """A claim rests on words of a stored document, exactly."""
    documents = tables.DOCUMENTS
    quoted: dict[str, list[tuple[str, str, int, int]]] = {}
    for what, each in _quoting(connection):
        quoted.setdefault(each.document_id, []).append(
            (f"{what} {each.id}", each.quote, each.start, each.end)
        )
    for row in connection.execute(select(documents).order_by(documents.c.id)).mappings():
        text = rows.document_of(row).text if row["id"] in quoted else ""
        for what, quote, start, end in quoted.get(row["id"], ()):
            if text[start:end] != quote:
                yield f"the quotation of {what} does not stand in document {row['id']}"


def _quoting(connection: Connection) -> Iterator[tuple[str, Finding | Reckoning]]:
    for row in connection.execute(select(tables.FINDINGS)).mappings():
        yield "finding", rows.FINDINGS.value(row)
    for row in connection.execute(select(tables.RECKONINGS)).mappings():
        yield "reckoning", rows.RECKONINGS.value(row)


def _agreements_rest_on_findings(connection: Connection) -> Iterator[str]:
    known = frozenset(connection.execute(select(tables.FINDINGS.c.id)).scalars())
    for row in connection.execute(select(tables.AGREEMENTS).order_by(tables.AGREEMENTS.c.id)).mappings():
        agreement = rows.AGREEMENTS.value(row)
        for finding_id in sorted(set(agreement.findings) - known):
            yield f"agreement {agreement.id} rests on finding {finding_id}, which is not recorded"


def _reports_have_bytes(connection: Connection) -> Iterator[str]:
    reports, forms = tables.REPORTS.c.id, tables.RENDERINGS.c.report_id
    for found in connection.execute(select(reports).where(reports.not_in(select(forms)))).scalars():
        yield f"report {found} has no bytes to deliver"


_d, _p = tables.DELIVERIES.c, tables.PENDING.c
_CHECKS: tuple[_Check, ...] = (
    _structure,
    *(_rows_of(table) for table in tables.METADATA.sorted_tables),
    _points_to_nothing(
        tables.FINDINGS.c.document_id,
        tables.DOCUMENTS.c.id,
        "a finding quotes document {}, which is not recorded",
    ),
    _points_to_nothing(
        tables.RECKONINGS.c.document_id,
        tables.DOCUMENTS.c.id,
        "a number of agreements is quoted from document {}, which is not recorded",
    ),
    _quotations,
    _agreements_rest_on_findings,
    _points_to_nothing(
        tables.ALIASES.c.agreement_id,
        tables.AGREEMENTS.c.id,
        "an alias stands for agreement {}, which is not recorded",
    ),
    _points_to_nothing(_p.change_id, tables.CHANGES.c.id, "change {} waits to be told, but is not recorded"),
    _points_to_nothing(_p.told_in, tables.REPORTS.c.id, "report {} has told a change, but is not recorded"),
    _points_to_nothing(
        _d.report_id,
        tables.REPORTS.c.id,
        "a delivery of report {} was sent, but the report is not recorded",
        _d.status == DeliveryStatus.SENT.value,
    ),
    _points_to_nothing(
        _d.report_id,
        tables.REPORTS.c.id,
        "a delivery waits for report {}, which is not recorded",
        _d.status != DeliveryStatus.SENT.value,
    ),
    _reports_have_bytes,
    _points_to_nothing(
        tables.RENDERINGS.c.report_id, tables.REPORTS.c.id, "bytes of report {} stand without it"
    ),
)
