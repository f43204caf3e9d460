"""Rows that the command line and the review desk list; plain dictionaries, in reading order."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from monitor.errors import ConfigError, NotFoundError, Problem
from monitor.model import (
    LEAD_DAYS,
    Agreement,
    Change,
    Conflict,
    Coverage,
    Decision,
    Document,
    Edition,
    Finding,
    Life,
    PartialDate,
    PartyCode,
    Poll,
    Source,
    SourceState,
    party_code,
)
from monitor.pipeline import Ingested
from monitor.ports import Store

_TIME_ZONES = timedelta(days=1)  # it may be tomorrow already where they signed
STANDING = (Life.OPEN, Life.DECIDED)
OPEN = (Life.OPEN,)


def source_row(source: Source, state: SourceState | None) -> dict[str, Any]:
    """Return a source with its health, one line."""
    return {
        "id": source.id,
        "kind": source.kind.value,
        "publisher": source.publisher,
        "voice": source.voice,
        "enabled": "yes" if source.enabled else "no",
        "reach": source.reach.value,
        "last_verdict": state.last_verdict.value if state and state.last_verdict else None,
        "last_success": state.last_success if state else None,
    }


def source_detail(source: Source, state: SourceState | None, polls: Iterable[Poll]) -> dict[str, Any]:
    """Return a source's entry, its health and its latest polls."""
    detail = source_row(source, state) | {
        "url": source.url,
        "lang": source.lang,
        "licence": source.licence,
        "verified": source.verified.isoformat() if source.verified else None,
        "note": source.note,
    }
    if state is not None:
        detail |= {"failing_since": state.failing_since, "detail": state.last_detail}
    detail["polls"] = [
        {"slot": poll.slot, "verdict": poll.verdict.value, "reason": poll.reason, "new": poll.items_new}
        for poll in polls
    ]
    return detail


def coverage_row(coverage: Coverage) -> dict[str, Any]:
    """Return how we would learn of a party's announcements."""
    return {
        "party": coverage.party,
        "covered": "yes" if coverage.is_covered else "no",
        "read": [f"{each.publisher} ({each.last_success:%Y-%m-%d})" for each in coverage.sources_read],
        "trouble": [f"{each.publisher}: {each.words}" for each in coverage.trouble],
        "by_hand": [f"{each.publisher}, {each.by} ({each.at:%Y-%m-%d})" for each in coverage.manual],
    }


def ingested_row(ingested: Ingested) -> dict[str, Any]:
    """Return what a file gave."""
    return {
        "file": ingested.file,
        "items": ingested.items,
        "new": ingested.fresh,
        "changes": ingested.changes,
    }


def agreement_rows(store: Store, party: str | None, since: str | None) -> list[dict[str, Any]]:
    """Return a row an agreement, by date of conclusion, undated last."""
    code = _party(party) if party else None
    first = _day(since) if since else None
    rows = [agreement_row(each) for each in store.agreements(party=code) if _since(each, first)]
    return sorted(rows, key=lambda row: (row["concluded"] or "9999", row["id"]))


def _party(text: str) -> PartyCode:
    try:
        return party_code(text)
    except ValueError as error:
        raise NotFoundError(str(error)) from error


def _day(text: str) -> date:
    try:
        return PartialDate.parse(text).first
    except ValueError as error:
        raise ConfigError([Problem("--since", None, "", str(error))]) from error


def _since(agreement: Agreement, first: Any) -> bool:
    if first is None:
        return True
    concluded = agreement.concluded
    return bool(concluded and concluded.date and concluded.date.last >= first)


def agreement_row(agreement: Agreement) -> dict[str, Any]:
    """Return an agreement, one line."""
    concluded = agreement.concluded
    return {
        "id": agreement.id,
        "parties": "-".join(agreement.sides),
        "concluded": concluded.date.iso if concluded and concluded.date else None,
        "stage": agreement.stage.value,
        "kind": agreement.kind.value,
        "word": agreement.word.value,
        "title": agreement.title,
    }


def agreement_detail(store: Store, agreement_id: str, *, lead_days: int = LEAD_DAYS) -> dict[str, Any]:
    """Return an agreement with every quotation that it rests on."""
    agreement = store.agreement(agreement_id)
    if agreement is None:
        raise NotFoundError(f"no agreement {agreement_id}; `monitor agreements list` shows their ids")
    from monitor.ledger import explain, lead_expires

    findings = store.findings(ids=agreement.findings)
    told = {each.id: each for each in findings}
    documents = {d.id: d for d in store.documents({f.document_id for f in findings})}
    until = lead_expires(agreement, told, days=lead_days)
    return agreement_row(agreement) | {
        "aliases": list(agreement.aliases),
        "place": agreement.place,
        "duration": agreement.duration,
        "numbers": list(agreement.numbers),
        "stages": [
            {"stage": s.stage.value, "date": s.date.written if s.date else "not stated", "word": s.word.value}
            for s in agreement.stages
        ],
        "procedures": [
            {"step": p.step.value, "date": p.date.written if p.date else "", "words": p.words}
            for p in agreement.procedures
        ],
        "relation": f"{agreement.relation.value} {agreement.parent_title}" if agreement.relation else None,
        "lead_until": until.isoformat() if until else None,
        "conflicts": [_conflict(each, told) for each in agreement.conflicts],
        "joined": [f"{each.finding_id} to {each.to}: {each.because}" for each in explain(findings)],
        "evidence": [evidence_row(each, documents.get(each.document_id)) for each in findings],
    }


def _conflict(conflict: Conflict, told: Mapping[str, Finding]) -> str:
    """Return what contradicts what, each with the words that say so; none is picked."""
    claims = (f"{claim.value}{_quoted(told.get(claim.finding_id))}" for claim in conflict.claims)
    return f"{conflict.field}: {' / '.join(claims)}"


def _quoted(finding: Finding | None) -> str:
    return f" (“{' '.join(finding.quote.split())}”)" if finding is not None and finding.quote else ""


def evidence_row(finding: Finding, document: Document | None) -> dict[str, Any]:
    """Return a quotation with who said it, when it was published and when it was read."""
    return {
        "finding": finding.id,
        "stage": finding.stage.value,
        "publisher": finding.publisher or finding.source_id,
        "published": finding.published.written if finding.published else "not stated",
        "retrieved": document.retrieved.isoformat() if document else None,
        "url": finding.url,
        "quote": finding.quote,
        "score": round(finding.score, 3),
        "because": finding.explanation,
        "stored": document.body_sha256 if document else None,
    }


def entered_lines(
    entered: Collection[Finding], fresh: int, by: str, changes: int, now: datetime, series: Collection[str]
) -> Iterator[str]:
    """Yield what came of agreements that a person entered, with what looks like a slip."""
    follow = "1 change follows" if changes == 1 else f"{changes} changes follow"
    yield f"{fresh} of {len(entered)} recorded as entered by {by}; {follow}"
    for each in entered:
        what = f"note: {'-'.join(each.sides)}, {each.title}"
        if each.date is not None and each.date.first > (now + _TIME_ZONES).date():
            yield f"{what}: {each.date.written} has not come yet; if that is a slip, correct it"
        if each.series and each.series not in series:
            known = ", ".join(sorted(series))
            yield f"{what}: no briefing follows a series {each.series!r}; there are: {known}"


def change_rows(store: Store, briefing_id: str | None, life: str) -> list[dict[str, Any]]:
    """Return a row a change, by date of the event."""
    lives = () if life == "any" else (Life(life),)
    return [change_row(each) for each in store.changes(briefing_id, lives=lives)]


def change_row(change: Change) -> dict[str, Any]:
    """Return a change, one line."""
    return {
        "id": change.id,
        "briefing": change.briefing_id,
        "life": change.life.value,
        "kind": change.kind.value,
        "scope": change.scope.value,
        "parties": "-".join(change.sides),
        "stage": change.stage.value,
        "date": change.date.iso if change.date else None,
        "word": change.word.value,
        "title": change.title,
        "agreement": change.agreement_id,
    }


def change_detail(
    store: Store, change: Change, edition: Edition | None, decisions: Iterable[Decision]
) -> dict[str, Any]:
    """Return a change with its quotations, the statements it touches and the decisions on it."""
    findings = {f.id: f for f in store.findings(ids=change.evidence)}
    documents = {d.id: d for d in store.documents({f.document_id for f in findings.values()})}
    detail = change_row(change) | {"version": change.version}
    if change.field:
        detail |= {"field": change.field, "edition": change.edition_says, "sources": change.sources_say}
    statements = [(aged, edition.statement(aged.statement_id) if edition else None) for aged in change.aged]
    detail["out_of_date"] = [
        {"statement": aged.statement_id, "how": aged.how.value, "text": each.text if each else ""}
        for aged, each in statements
    ]
    detail["evidence"] = [
        evidence_row(findings[key], documents.get(findings[key].document_id))
        for key in change.evidence
        if key in findings
    ]
    detail["decisions"] = [
        {"action": d.action.value, "by": d.by, "at": d.at, "reason": d.reason} for d in decisions
    ]
    return detail
