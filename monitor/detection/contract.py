"""``monitor detect``: one object in, one object out. Its fields are stable; labelled sets use its words."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from unicodedata import normalize

from monitor.detection.detector import Detection, Detector
from monitor.model import (
    Document,
    Finding,
    PartialDate,
    PartyCode,
    Passage,
    PassageKind,
    Stage,
    document_id,
    party_code,
)

_NEVER = datetime(1970, 1, 1, tzinfo=UTC)  # a record says nothing of its retrieval


def detect_record(record: Mapping[str, Any], detector: Detector) -> dict[str, Any]:
    """Return what a record announces.

    Args:
        record: ``id``, ``title``, ``text``; optional ``lang``, ``published`` (ISO), ``url``,
            ``publisher_party`` (a party's code), ``official`` (true unless said), ``focal``.
        detector: Recognises it.

    Returns:
        ``id``, ``stage``, ``concluded`` (a list of ``parties``, ``signed``, ``kind``, ``instrument``,
        ``level``, ``title``, ``quote``, ``score``), ``mentions``, ``reasons``.

    Raises:
        ValueError: ``published`` is no ISO date or ``publisher_party`` no party code.
    """
    document = document_of(record)
    focal = record.get("focal")
    detection = detector.detect(document, focal=party_code(focal) if focal else None)
    return as_record(str(record.get("id", "")), detection)


def explain_record(record: Mapping[str, Any], detector: Detector) -> str:
    """Return in words what a record announces, what is unsure, and why; arguments as above."""
    document = document_of(record)
    focal = record.get("focal")
    detection = detector.detect(document, focal=party_code(focal) if focal else None)
    lines = [f"{record.get('id', '')} {document.title}".strip(), f"  stage: {detection.stage.value}"]
    for finding in detection.findings:
        lines += _explained(finding, finding.stage.value)
    for finding in detection.unsure:
        lines += _explained(finding, "unsure")
    if not detection.findings:
        lines += [f"  {reason}" for reason in detection.reasons]
    lines += [
        f"  recalled: {'-'.join(m.sides)} {m.title} ({m.signed or 'no day'})" for m in detection.mentions
    ]
    return "\n".join(lines)


def _explained(finding: Finding, what: str) -> list[str]:
    day = finding.date.iso if finding.date else "no day"
    named = f"  {what}: {'-'.join(finding.sides)}, {day}, score {finding.score:.2f}"
    return [named, f"    {finding.explanation}"]


def document_of(record: Mapping[str, Any]) -> Document:
    """Return a record as a document: its title, then a passage a line of its text.

    Letters are composed, as the reading room leaves them: a decomposed ガ is two tokens.
    """
    title = normalize("NFC", str(record.get("title") or "")).strip()
    lines = (line.strip() for line in normalize("NFC", str(record.get("text") or "")).splitlines())
    passages = tuple(Passage(PassageKind.PARAGRAPH, line) for line in lines if line)
    if title:
        passages = (Passage(PassageKind.TITLE, " ".join(title.split())), *passages)
    url = str(record.get("url") or "")
    source = str(record.get("id", ""))
    return Document(
        id=document_id(source, url, title, passages),
        source_id=source,
        url=url,
        title=title,
        lang=str(record.get("lang") or ""),
        passages=passages,
        retrieved=_NEVER,
        published=_published(record.get("published")),
        voice=_voice(record.get("publisher_party")),
        official=bool(record.get("official", True)),
    )


def as_record(record_id: str, detection: Detection) -> dict[str, Any]:
    """Return a detection as the contract writes it."""
    return {
        "id": record_id,
        "stage": detection.stage.value,
        "concluded": [_concluded(f) for f in detection.findings if f.stage is Stage.CONCLUDED],
        "mentions": [
            {"parties": list(mention.sides), "title": mention.title, "signed": mention.signed}
            for mention in detection.mentions
        ],
        "reasons": list(detection.reasons),
    }


def _concluded(finding: Finding) -> dict[str, Any]:
    day = finding.date
    return {
        "parties": list(finding.sides),
        "signed": day.iso if day is not None and day.is_day else None,
        "kind": finding.kind.value,
        "instrument": finding.instrument,
        "level": finding.level.value,
        "title": finding.title,
        "quote": finding.quote,
        "score": finding.score,
    }


def _published(value: object) -> PartialDate | None:
    return PartialDate.parse(str(value)[:10]) if value else None


def _voice(value: object) -> PartyCode | None:
    return party_code(str(value)) if value else None
