"""A report as a mail without its recipient: text, page, and headers that say a machine wrote it.

To and Message-ID differ by recipient and are added when it is delivered. The boundary and the date
come from the report, so that the same report is the same bytes.
"""

import re
from collections.abc import Sequence
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from typing import Protocol

import css_inline

from monitor.model import is_mail_address
from monitor.reports.digest import Sender
from monitor.reports.escape import one_line
from monitor.reports.figures import Figure, content_id

_NOT_IN_DOMAIN = re.compile(r"[^a-z0-9.-]")
_POLICY = SMTP.clone(cte_type="7bit")


class Mailable(Protocol):
    """What a report has for the headers of its mail."""

    @property
    def report_id(self) -> str:
        """Its id, of which the boundary is made."""

    @property
    def subject(self) -> str:
        """What stands in Subject."""

    @property
    def sender(self) -> Sender:
        """Who sends, and about which briefing."""


def mail_bytes(report: Mailable, text: str, page: str, figures: Sequence[Figure] = ()) -> bytes:
    """Return the mail, with CR LF, without To and Message-ID.

    All mails on one briefing refer to one message that never was, so that mail programs show them as one
    conversation.

    Args:
        report: Whose subject, sender and date it bears.
        text: The plain text part.
        page: The HTML part, its styles inlined.
        figures: Pictures that the page names, which travel with it.
    """
    sender = report.sender
    domain = _domain(sender.instance)
    thread = f"<briefing.{_domain(sender.list_id)}@{domain}>"
    message = EmailMessage(policy=_POLICY)
    message["From"] = _from(sender.address, sender.name, domain)
    message["Subject"] = one_line(report.subject)
    message["Date"] = datetime.fromisoformat(sender.made_at)
    message["Auto-Submitted"] = "auto-generated"
    message["List-Id"] = f"<{_domain(sender.list_id)}.{domain}>"
    if is_mail_address(sender.contact):
        message["List-Unsubscribe"] = f"<mailto:{sender.contact}?subject=unsubscribe>"
    message["In-Reply-To"] = thread
    message["References"] = thread
    message.set_content(text, cte="quoted-printable")
    message.add_alternative(page, subtype="html", cte="quoted-printable")
    _add_pictures(message, figures, report.report_id)
    message["Content-Language"] = "en"
    message.set_boundary(f"=_{report.report_id}")
    return message.as_bytes()


def _add_pictures(message: EmailMessage, figures: Sequence[Figure], report_id: str) -> None:
    """Pictures stand beside the page that shows them (RFC 2387), below the choice between text and page."""
    page = message.get_body(("html",))
    if not figures or page is None:
        return
    for each in figures:
        cid = f"<{content_id(each, report_id)}>"
        page.add_related(each.png, "image", "png", cid=cid, filename=f"{each.name}.png")
    page.set_boundary(f"=_{report_id}-pictures")


def with_inline_css(page: str) -> str:
    """Return ``page`` with its styles on the elements; rules for dark, narrow and print stay in the head.

    Nothing is loaded, neither from the network nor from disk.
    """
    return _inliner().inline(page)


def _inliner() -> css_inline.CSSInliner:
    return css_inline.CSSInliner(
        load_remote_stylesheets=False, keep_style_tags=False, keep_link_tags=False, keep_at_rules=True
    )


def _from(address: str, name: str, domain: str) -> Address:
    """The sender; one that is not set, or is no address, is the instance's own."""
    valid = address if is_mail_address(address) else f"monitor@{domain}"
    return Address(display_name=one_line(name), addr_spec=valid)


def _domain(name: str) -> str:
    return _NOT_IN_DOMAIN.sub("", name.lower()).strip(".-") or "monitor.invalid"
