"""The bytes behind what is claimed: shown, handed on, read again, and let go."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import monitor
from monitor import pipeline
from monitor.app.core import App
from monitor.errors import ConfigError, NotFoundError, Problem, StateError
from monitor.model import Document, Exchange, Finding
from monitor.pipeline import Reread
from monitor.store import (
    Archived,
    Disposed,
    FileEvidence,
    RunLock,
    check_evidence,
    disposable,
    dispose,
    write_warc,
)

_SHA256 = re.compile(r"[0-9a-f]{64}\Z")
_ACTION = "disposed"


@dataclass(frozen=True, slots=True)
class Behind:
    """One stored body behind something: how it came, the document read from it, who quotes it."""

    sha256: str
    exchange: Exchange | None = None
    document: Document | None = None
    finding: Finding | None = None

    def row(self) -> dict[str, Any]:
        """Return it for a table, or in JSON."""
        came, document = self.exchange, self.document
        return {
            "finding": self.finding.id if self.finding else None,
            "document": document.id if document else None,
            "source": document.source_id if document else came.source_id if came else None,
            "asked": came.asked_at if came else None,
            "status": came.status if came else None,
            "url": came.url if came else document.url if document else None,
            "final_url": came.final_url if came else None,
            "bytes": came.body_bytes if came else None,
            "sha256": self.sha256,
            "quote": self.finding.quote if self.finding else None,
        }


def behind(app: App, thing: str) -> tuple[Behind, ...]:
    """Return the stored bodies behind a finding, document, agreement, change, or body named by its hash.

    Raises:
        NotFoundError: there is no such thing, or no stored body behind it.
    """
    if _SHA256.match(thing):
        return (_of_body(app, thing),)
    findings, documents = _cited(app, thing)
    held = {document.id: document for document in app.store.documents(documents)}
    told: list[Finding | None] = list(findings)
    pairs = [(finding, held.get(finding.document_id)) for finding in findings]
    quoted = {finding.document_id for finding in findings}
    bare = [(None, held[each]) for each in documents if each in held and each not in quoted]
    found = [
        Behind(document.body_sha256, _exchange_of(app, document), document, finding)
        for finding, document in [*pairs, *bare]
        if document is not None and document.body_sha256
    ]
    if not found:
        why = "it was entered by a person, or its bytes were disposed of" if told or held else "no such thing"
        raise NotFoundError(
            f"no stored bytes behind {thing!r} ({why}); `monitor evidence disposals` lists those"
        )
    return tuple(found)


def body_behind(app: App, thing: str) -> tuple[bytes, Behind]:
    """Return the one stored body behind a thing, byte for byte, with how it came.

    Raises:
        NotFoundError: there is none.
        ConfigError: there are several; the message lists their hashes.
        StateError: it is missing, or no longer what its name says.
    """
    found = behind(app, thing)
    hashes = {each.sha256: each for each in found}
    if len(hashes) > 1:
        listed = ", ".join(
            f"{sha256} ({each.row()['source']}, {each.row()['url']})" for sha256, each in hashes.items()
        )
        message = f"several stored bodies stand behind it; name one by its hash: {listed}"
        raise ConfigError([Problem("evidence", None, thing, message)])
    (sha256,) = hashes
    return _files(app).get(sha256), found[0]


def export_evidence(app: App, path: Path, *, sources: Sequence[str] = (), cited: bool = False) -> str:
    """Write stored replies into a WARC file, each verified by reading it back; return what was written.

    Args:
        app: The workspace.
        path: The file, ``.warc.gz``.
        sources: Only those of these sources; all if empty.
        cited: Only those that a finding quotes.

    Raises:
        NotFoundError: there is no such source.
        StateError: a body is missing or damaged, or the file cannot be written.
    """
    if not path.name.endswith(".warc.gz"):
        raise ConfigError([Problem(str(path), None, "", "must end in .warc.gz, which is what it becomes")])
    for source_id in sources:
        app.sources.get(source_id)
    software = f"briefing-monitor/{monitor.__version__}"
    count = write_warc(
        path, _archived(app, frozenset(sources), cited=cited), software=software, at=app.clock.now()
    )
    return f"{path}: {count} replies with their bytes, each read back and verified"


def _archived(app: App, sources: frozenset[str], *, cited: bool) -> Iterator[Archived]:
    quoting = _findings_by_body(app)
    files = _files(app)
    for exchange in app.store.stored_replies():
        sha256 = exchange.body_sha256 or ""
        if (not sources or exchange.source_id in sources) and (not cited or sha256 in quoting):
            yield Archived(exchange, files.get(sha256), quoting.get(sha256, ()))


def _findings_by_body(app: App) -> dict[str, list[str]]:
    quoting = app.store.findings_by_document()
    found: dict[str, list[str]] = {}
    for sha256, documents in app.store.documents_by_body().items():
        ids = [finding for document in documents for finding in quoting.get(document, ())]
        if ids:
            found[sha256] = ids
    return found


# --- looking for damage


def check_state(app: App) -> tuple[str, ...]:
    """Return a sentence for each fault of the database and of the stored bodies; reads all of both.

    Raises:
        LockedError: a run is under way, whose bodies are stored before they are recorded.
    """
    with RunLock(app.workspace.state / "run.lock", app.clock.now()):
        return (*app.store.check(), *check_evidence(app.store, _files(app)))


# --- reading again


def reread(app: App, record_as: str) -> Reread:
    """Read everything stored by today's rules; with ``record_as``, record what is found only now.

    Raises:
        LockedError: a run is under way.
    """
    with RunLock(app.workspace.state / "run.lock", app.clock.now()):
        return pipeline.reread(app.parts, record_as=record_as)


def reread_lines(app: App, told: Reread) -> Iterator[str]:
    """Yield what came of it in words."""
    yield f"{told.documents} documents in {told.bodies} stored bodies read again"
    for late in told.found:
        document = late.document
        day = document.published.iso if document.published else f"{document.retrieved:%Y-%m-%d}"
        yield f"  FOUND LATE  {_claim(app, late.finding)}, in an announcement of {day}: {document.url}"
    for finding in told.lost:
        yield f"  NOT FOUND   {_claim(app, finding)} ({finding.id}); it stays as recorded"
    for why in told.unread:
        yield f"  NOT READ    {why}"
    yield (
        f"technical: {told.requoted} other quotations, {told.reweighed} other scores or reasons, "
        f"{told.retold} texts read otherwise; {told.same_findings} findings as before"
    )
    for said, document in told.reckoned:
        number = "a list" if said.number is None else f"{said.number} {said.of.value}"
        yield f"  READ LATE   {number} of a series, in {document.url}"
    if told.agreements:
        yield f"{len(told.agreements)} agreements would be new"
    if told.recorded:
        yield f"{told.recorded} findings recorded; their changes are marked as found late"
    elif told.found or told.reckoned:
        yield "nothing was recorded; `monitor reread --record --by NAME` takes in what was found late"


def _claim(app: App, finding: Finding) -> str:
    sides = " and ".join(app.parts.names.get(side, side) for side in finding.sides)
    day = f" on {finding.date.iso}" if finding.date else ""
    return f"{sides}: {finding.stage.value}{day}"


def reread_row(told: Reread) -> dict[str, Any]:
    """Return what came of it as one JSON object."""
    return {
        "bodies": told.bodies,
        "documents": told.documents,
        "found_late": [
            {"finding": late.finding.id, "document": late.document.id, "url": late.document.url}
            for late in told.found
        ],
        "not_found": [finding.id for finding in told.lost],
        "not_read": list(told.unread),
        "technical": {
            "quotations": told.requoted,
            "scores_or_reasons": told.reweighed,
            "texts": told.retold,
        },
        "same_findings": told.same_findings,
        "read_late": [said.id for said, _ in told.reckoned],
        "agreements": [agreement.id for agreement in told.agreements],
        "recorded": told.recorded,
    }


# --- letting go


def dispose_evidence(app: App, days: int | None, by: str, *, dry_run: bool = False) -> list[dict[str, Any]]:
    """Let go of bodies that nothing rests on and that are older than ``days``; return a row a body.

    Args:
        app: The workspace.
        days: How long bodies are kept, in days; what monitor.toml says if None.
        by: Who lets them go, for the log.
        dry_run: Only list them.

    Raises:
        ConfigError: nobody says how long they are kept.
        LockedError: a run is under way.
    """
    days = days if days is not None else app.workspace.settings.retention.evidence_days
    if days is None:
        message = "is not set, so everything is kept; set it, or give --older-than"
        raise ConfigError([Problem("monitor.toml", None, "retention.evidence_days", message)])
    now = app.clock.now()
    with RunLock(app.workspace.state / "run.lock", now):
        going = disposable(app.store.database, now - timedelta(days=days))
        if not dry_run:
            dispose(app.store.database, _files(app), going, by=by, at=now)
    return [_disposed_row(each) for each in going]


def disposal_line(rows: Sequence[Mapping[str, Any]], *, dry_run: bool) -> str:
    """Return how much went, or would go."""
    freed = sum(row["bytes"] for row in rows)
    what = f"{len(rows)} stored bod{'y' if len(rows) == 1 else 'ies'} of {freed} bytes unpacked"
    return f"would let go of {what}; nothing was changed" if dry_run else f"let go of {what}"


def disposal_rows(app: App) -> list[dict[str, Any]]:
    """Return the disposal log: what went when, and who let it go."""
    return [
        {"at": entry.at, "by": entry.actor, "sha256": entry.subject, "what": entry.detail}
        for entry in app.store.audit()
        if entry.action == _ACTION
    ]


def _disposed_row(each: Disposed) -> dict[str, Any]:
    return {
        "sha256": each.sha256,
        "source": each.source_id,
        "asked": each.asked_at,
        "bytes": each.body_bytes,
        "url": each.url,
    }


# --- finding the bytes


def _cited(app: App, thing: str) -> tuple[tuple[Finding, ...], list[str]]:
    """The findings behind a thing, and the ids of documents."""
    findings = app.store.findings(ids=[thing])
    if findings:
        return findings, [finding.document_id for finding in findings]
    if app.store.documents([thing]):
        by_document = app.store.findings_by_document().get(thing, ())
        return app.store.findings(ids=by_document), [thing]
    agreement = app.store.agreement(thing)
    if agreement is None:
        change = next((each for each in app.store.changes() if each.id == thing), None)
        agreement = app.store.agreement(change.agreement_id) if change else None
    if agreement is None:
        raise NotFoundError(
            f"there is no finding, document, agreement, change or stored body {thing!r}; "
            "`monitor agreements show` and `monitor changes show` name them"
        )
    findings = app.store.findings(ids=agreement.findings)
    return findings, [finding.document_id for finding in findings]


def _of_body(app: App, sha256: str) -> Behind:
    for exchange in app.store.stored_replies():
        if exchange.body_sha256 == sha256:
            return Behind(sha256, exchange)
    try:
        _files(app).get(sha256)
    except StateError as error:
        raise NotFoundError(
            f"no stored body {sha256}; `monitor evidence disposals` lists those let go"
        ) from error
    return Behind(sha256)


def _exchange_of(app: App, document: Document) -> Exchange | None:
    """The exchange that brought a document's bytes first."""
    came = (
        exchange
        for exchange in app.store.exchanges(document.source_id)
        if exchange.body_sha256 == document.body_sha256
    )
    return next(came, None)


def _files(app: App) -> FileEvidence:
    return FileEvidence(app.workspace.state / "evidence")
