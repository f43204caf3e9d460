"""Read a saved mail as a document: subject, date and body; attachments are not read."""

from datetime import datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

from monitor.errors import ExtractError
from monitor.language import normalise
from monitor.model import DocumentRead, PartialDate, ReadJob
from monitor.reading.charset import decode
from monitor.reading.documents import Content, address_of, build_document, key_of
from monitor.reading.page import html_content
from monitor.reading.plain import plain_lines, plain_passages


def read_mail(job: ReadJob) -> DocumentRead:
    """Return a mail (RFC 5322) as a document; its HTML part where it has one.

    Raises:
        ExtractError: it has no body of text.
    """
    message = message_from_bytes(job.body, policy=default)
    assert isinstance(message, EmailMessage)  # noqa: S101 - the policy makes these
    part = message.get_body(preferencelist=("html", "plain"))
    payload = part.get_payload(decode=True) if part is not None else None
    if part is None or not isinstance(payload, bytes):
        raise ExtractError(job.source.id, f"{address_of(job)} is a mail without text; save its attachment")
    text = decode(payload, str(part.get("content-type", "")), lang=job.source.lang).text
    if part.get_content_subtype() == "html":
        content = html_content(job, text, url=address_of(job))
        passages, lang = content.passages, content.lang
    else:
        passages, lang = plain_passages(plain_lines(text)), ""
    subject = normalise(str(message.get("subject", "")))
    content = Content(subject, passages, address_of(job), lang=lang, published=_day(message), flags=("mail",))
    return DocumentRead(build_document(job, content, item_key=key_of(job)))


def _day(message: EmailMessage) -> PartialDate | None:
    header = message.get("date")
    sent = getattr(header, "datetime", None)
    return PartialDate.day(sent.date(), str(header)) if isinstance(sent, datetime) else None
