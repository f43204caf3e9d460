"""What is kept of an edition when it is closed: decisions, digests and the list of evidence, as tables."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from monitor.briefing.tables import Table
from monitor.model import Change, Decision, Document, Finding, Report


@dataclass(frozen=True, slots=True)
class Kept:
    """Everything that the record is made of; ``documents`` are the findings' ones by id."""

    changes: Sequence[Change]
    decisions: Sequence[Decision]
    reports: Sequence[Report]
    findings: Mapping[str, Finding]
    documents: Mapping[str, Document]


def record_tables(kept: Kept) -> tuple[Table, ...]:
    """Return the tables of decisions, digests and evidence."""
    return (_decisions(kept), _digests(kept), _evidence(kept))


def _decisions(kept: Kept) -> Table:
    titles = {change.id: change.title for change in kept.changes}
    rows = tuple(
        (
            each.action.value,
            each.subject,
            titles.get(each.subject, ""),
            each.by,
            _moment(each.at),
            each.reason,
            "; ".join(f"{name}: {value}" for name, value in each.values),
            each.seen_version,
        )
        for each in kept.decisions
    )
    columns = ("Decision", "Subject", "Title", "By", "At", "Reason", "Particulars", "Version seen")
    return Table("decisions", "Decisions", columns, rows)


def _digests(kept: Kept) -> Table:
    rows = tuple(
        (each.id, _moment(each.made_at), each.subject, each.audience.value, ", ".join(each.changes))
        for each in kept.reports
    )
    return Table("digests", "Digests", ("Digest", "Made", "Subject", "Audience", "Changes"), rows)


def _evidence(kept: Kept) -> Table:
    rows = tuple(
        _evidence_row(change, kept.findings[each], kept.documents.get(kept.findings[each].document_id))
        for change in kept.changes
        for each in change.evidence
        if each in kept.findings
    )
    columns = ("Change", "Finding", "Publisher", "Published", "Read", "Address", "Quotation", "Stored as")
    return Table("evidence", "Evidence", columns, rows)


def _evidence_row(change: Change, finding: Finding, document: Document | None) -> tuple[str, ...]:
    url = finding.url
    return (
        change.id,
        finding.id,
        finding.publisher or finding.source_id,
        finding.published.written if finding.published else "not stated",
        _moment(document.retrieved) if document else "",
        f"[{url}]({url})" if url.startswith(("http://", "https://")) else url,
        finding.quote,
        (document.body_sha256 or "") if document else "",
    )


def _moment(when: datetime) -> str:
    return f"{when.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
