"""Closing an edition, and the table of agreements: what a researcher takes to the publisher's system."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

from monitor.app.briefings import PROPOSED, changes_with_evidence, proposals_of, text_of
from monitor.app.core import App
from monitor.app.naming import party_names
from monitor.briefing import (
    Accepted,
    EditionKind,
    Kept,
    Table,
    accepted_changes,
    agreement_table,
    as_html,
    beside,
    close_edition,
    mark_up,
    record_tables,
    table_csv,
    table_html,
    table_markdown,
    table_records,
    table_rows,
    tables_page,
)
from monitor.errors import ConfigError, Problem
from monitor.files import load_yaml, make_directory, write_atomically
from monitor.files.pdf import Records, can_write_pdf, pdf_bytes
from monitor.model import AuditEntry, Batch, Change, ChangeKind, Edition, Scope, written
from monitor.recognition import load_names

_MODE = 0o644
_NO_PDF = " (without record.pdf: install briefing-monitor[pdf], or print index.html)"


@dataclass(frozen=True, slots=True)
class Closing:
    """How an edition is closed: what it is, why, by whom, its cut-off and its day of publication."""

    kind: EditionKind
    note: str
    by: str
    as_of: date | None = None
    published: date | None = None


def close_briefing(app: App, briefing_id: str | None, closing: Closing) -> tuple[str, ...]:
    """Fold what was accepted into a new edition of the folder; return what was done, in lines.

    The files of the edition that ends, and its record, are kept in ``closed/`` below the folder.

    Raises:
        ConfigError: the days do not fit, nothing was accepted, or the new edition would contradict itself.
        StateError: the folder cannot be written.
    """
    edition = app.edition(briefing_id)
    app.take_in()
    as_of = closing.as_of or max(app.clock.now().date(), edition.as_of)
    published = closing.published or as_of
    _check(edition, closing, as_of, published)
    changes = app.store.changes(edition.briefing_id)
    decisions = app.store.decisions(subjects=[change.id for change in changes])
    accepted = accepted_changes(edition, changes, decisions, as_of=as_of)
    if not accepted:
        message = "no change was accepted that a new edition could state; see `monitor review list`"
        raise ConfigError([Problem(edition.briefing_id, None, "", message)])
    return _close(app, edition, accepted, closing, as_of, published)


def _check(edition: Edition, closing: Closing, as_of: date, published: date) -> None:
    faults = []
    if as_of < edition.as_of:
        faults.append(("--as-of", f"lies before the cut-off of this edition, {written(edition.as_of)}"))
    if published < as_of:
        faults.append(("--published", f"lies before the cut-off, {written(as_of)}"))
    if not closing.by.strip() or not closing.note.strip():
        faults.append(("--by, --note", "say who closes the edition, and what changed"))
    if faults:
        raise ConfigError([Problem("close", None, name, message) for name, message in faults])


def _close(
    app: App,
    edition: Edition,
    accepted: tuple[Change, ...],
    closing: Closing,
    as_of: date,
    published: date,
) -> tuple[str, ...]:
    folder = app.workspace.briefings / edition.briefing_id
    findings, proposals = proposals_of(app, edition, accepted, as_of)
    agreements = {each.id: each for each in app.store.agreements(party=edition.topic.focal)}
    text = text_of(app.workspace, edition)
    made = close_edition(
        load_yaml(folder / "briefing.yaml").data,
        edition,
        text,
        Accepted(accepted, agreements, proposals),
        as_of=as_of,
        published=published,
        parties_in=load_names().named_in,
    )
    page = as_html(mark_up(edition, text, proposals, {each.id: beside(each, findings) for each in proposals}))
    kept = _unused(folder / "closed", f"{published}-{closing.kind.value}")
    _write_record(app, edition, kept, closing, accepted, {"as_of": as_of, "published": published})
    _write(kept / "briefing.yaml", (folder / "briefing.yaml").read_bytes())
    _write(kept / f"{edition.as_of}.md", text.encode())
    _write(kept / "redline.html", page.encode())
    make_directory(folder / "text")
    _write(folder / made.text_name, made.text.encode())
    _write(folder / PROPOSED, _dumped(made.proposed))
    _write(folder / "briefing.yaml", made.yaml.encode())
    now = app.clock.now()
    entry = AuditEntry(now, closing.by, "edition-closed", edition.briefing_id, f"{published}: {closing.note}")
    app.store.save(Batch(at=now, audit=(entry,)))
    left = _left(app, edition, accepted, as_of)
    days = f"edition of {written(published)} (cut-off {written(as_of)})"
    return (
        f"{edition.briefing_id}: {days}, {closing.kind.value}",
        f"{_counted(len(accepted), 'accepted change')} in it, {_otherwise(len(proposals))}",
        *left,
        f"record: {kept}{'' if can_write_pdf() else _NO_PDF}",
    )


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun} is" if count == 1 else f"{count} {noun}s are"


def _otherwise(count: int) -> str:
    return "1 statement reads otherwise" if count == 1 else f"{count} statements read otherwise"


def _unused(folder: Path, name: str) -> Path:
    """Two corrections of one day have a record each."""
    names = (name if at == 1 else f"{name}-{at}" for at in count(1))
    return next(folder / each for each in names if not (folder / each).exists())


def _left(app: App, edition: Edition, accepted: Iterable[Change], as_of: date) -> list[str]:
    """What was accepted or waits, and is not in the new edition."""
    inside = {change.id for change in accepted}
    waiting = [
        change
        for change in app.store.changes(edition.briefing_id)
        if change.as_of == edition.as_of and change.life == "open"
    ]
    undecided = [
        change
        for change in app.store.changes(edition.briefing_id)
        if change.life == "decided" and change.scope is Scope.UNDECIDED and change.id not in inside
    ]
    over = [
        change
        for change in waiting
        if change.kind is ChangeKind.UNDER_WAY and change.date is not None and change.date.is_until(as_of)
    ]
    lines = (
        [f"{len(waiting) - len(over)} changes still wait for a decision"] if len(waiting) > len(over) else []
    )
    lines += [
        f"{'-'.join(change.sides)}, {change.stage.value}: nobody decided on it, and it lies before the new "
        "cut-off, so it is not asked again"
        for change in over
    ]
    return lines + [
        f"{change.title or change.id} is not in it: say whether it belongs to the series with `monitor "
        f"agreements correct {change.agreement_id} --field series --value "
        f"{edition.topic.series.id}` (or `none`)"
        for change in undecided
    ]


def _write_record(
    app: App,
    edition: Edition,
    folder: Path,
    closing: Closing,
    accepted: tuple[Change, ...],
    days: Mapping[str, date],
) -> None:
    """Decisions, digests and evidence as CSV and JSON, as one page that prints, and as PDF."""
    make_directory(folder)
    kept = _kept(app, edition)
    facts = {
        "briefing": edition.briefing_id,
        "kind": closing.kind.value,
        "note": closing.note,
        "closed_by": closing.by,
        "closed_at": app.clock.now().isoformat(timespec="seconds"),
        **{name: day.isoformat() for name, day in days.items()},
        "previous_as_of": edition.as_of.isoformat(),
        "previous_published": edition.published.isoformat(),
        "accepted": [change.id for change in accepted],
    }
    tables = record_tables(kept)
    for table in tables:
        _write(folder / f"{table.name}.csv", ("\ufeff" + table_csv(table)).encode())
        _write(folder / f"{table.name}.json", _dumped(table_rows(table)))
    _write(folder / "edition.json", _dumped(facts))
    paragraphs = (
        f"{closing.kind.value.capitalize()}: {closing.note}",
        f"Cut-off {written(days['as_of'])}, published {written(days['published'])}. Closed by {closing.by}.",
    )
    title = f"{edition.reference or edition.briefing_id}: record of the edition closed"
    _write(folder / "index.html", tables_page(title, paragraphs, tables).encode())
    if can_write_pdf():
        parts = [Records(table.caption, table_records(table)) for table in tables]
        _write(folder / "record.pdf", pdf_bytes(title, paragraphs, parts, made=app.clock.now()))


def _kept(app: App, edition: Edition) -> Kept:
    """All that happened to this edition, and the digests since the last one was closed."""
    changes = [each for each in app.store.changes(edition.briefing_id) if each.as_of == edition.as_of]
    findings = {
        each.id: each
        for each in app.store.findings(ids={each for change in changes for each in change.evidence})
    }
    subjects = {each.id for each in changes} | {each.agreement_id for each in changes}
    told = {change.id for change in changes}
    return Kept(
        changes=changes,
        decisions=app.store.decisions(subjects=subjects),
        reports=[
            each for each in app.store.reports(briefing_id=edition.briefing_id) if _is_of(each.changes, told)
        ],
        findings=findings,
        documents={
            each.id: each for each in app.store.documents({found.document_id for found in findings.values()})
        },
    )


def _is_of(told: Iterable[str], changes: set[str]) -> bool:
    """Whether a digest told one of the edition's changes; "nothing new" is of every edition."""
    ids = set(told)
    return not ids or bool(ids & changes)


def table_of_agreements(app: App, briefing_id: str | None, form: str, until: date | None) -> str:
    """Return the series' agreements, to paste: as ``md``, ``html`` or ``csv``."""
    table = _agreement_table(app, briefing_id, until)
    if form == "csv":
        return table_csv(table)
    return table_html(table) + "\n" if form == "html" else table_markdown(table)


def _agreement_table(app: App, briefing_id: str | None, until: date | None) -> Table:
    edition = app.edition(briefing_id)
    app.take_in()
    changes, decisions, _ = changes_with_evidence(app, edition)
    agreements = {each.id: each for each in app.store.agreements(party=edition.topic.focal)}
    found = app.store.findings(ids={each for agreement in agreements.values() for each in agreement.findings})
    return agreement_table(
        edition,
        changes,
        agreements,
        {each.id: each for each in found},
        party_names(),
        as_of=until or app.clock.now().date(),
        decisions=decisions,
    )


def _write(path: Path, content: bytes) -> None:
    write_atomically(path, content, _MODE)


def _dumped(value: Any) -> bytes:
    return (json.dumps(value, indent=1, ensure_ascii=False, default=str) + "\n").encode()
