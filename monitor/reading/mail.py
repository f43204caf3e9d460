"""Read a saved mail as a document: subject, date and body; attachments are not read."""

from dataclasses import replace
from datetime import datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

from monitor.errors import ExtractError
from monitor.language import normalise
from monitor.model import DocumentRead, PartialDate, ReadJob, SourceKind
from monitor.reading.charset import decode
from monitor.reading.documents import Content, address_of, build_document, key_of
from monitor.reading.page import html_content
from monitor.reading.plain import plain_lines, plain_passages


def read_mail(job: ReadJob) -> DocumentRead:
    """Return a mail (RFC 5322) as a document; its HTML part where it has one.

    Raises:
        ExtractError: it has no body of text, or its sender is none of the inbox's.
    """
    message = message_from_bytes(job.body, policy=default)
    assert isinstance(message, EmailMessage)  # noqa: S101 - the policy makes these
    _check_sender(job, message)
    part = message.get_body(preferencelist=("html", "plain"))
    payload = part.get_payload(decode=True) if part is not None else None
    if part is None or not isinstance(payload, bytes):
        raise ExtractError(job.source.id, f"{address_of(job)} is a mail without text; save its attachment")
    text = decode(payload, str(part.get("content-type", "")), lang=job.source.lang).text
    if part.get_content_subtype() == "html":
        content = html_content(job, text, url=address_of(job))
    else:
        content = Content("", plain_passages(plain_lines(text)), address_of(job))
    subject = normalise(str(message.get("subject", "")))
    content = replace(content, title=subject, url=address_of(job), published=_day(message), flags=("mail",))
    return DocumentRead(build_document(job, content, item_key=key_of(job)))


def _check_sender(job: ReadJob, message: EmailMessage) -> None:
    """Refuse a mail from elsewhere. A header can be forged: that is for the mail server to find out."""
    if job.source.kind is not SourceKind.INBOX:
        return
    header = message.get("from")
    senders = [address.addr_spec.lower() for address in getattr(header, "addresses", ())]
    if not senders or not all(_is_allowed(sender, job.source.senders) for sender in senders):
        told = ", ".join(senders) or "nobody"
        raise ExtractError(
            job.source.id, f"{address_of(job)} is from {told}, who is not among `senders`", permanent=True
        )


def _is_allowed(sender: str, allowed: tuple[str, ...]) -> bool:
    return sender in allowed or f"@{sender.rpartition('@')[2]}" in allowed


def _day(message: EmailMessage) -> PartialDate | None:
    header = message.get("date")
    sent = getattr(header, "datetime", None)
    return PartialDate.day(sent.date(), str(header)) if isinstance(sent, datetime) else None
