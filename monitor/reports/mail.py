"""A digest as a mail without its recipient: text, page, and headers that say a machine wrote it.

To and Message-ID differ by recipient and are added when it is delivered. The boundary and the date
come from the digest, so that the same digest is the same bytes.
"""

import re
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP

import css_inline

from monitor.model import is_mail_address
from monitor.reports.digest import Digest
from monitor.reports.escape import one_line

_NOT_IN_DOMAIN = re.compile(r"[^a-z0-9.-]")
_POLICY = SMTP.clone(cte_type="7bit")


def mail_bytes(digest: Digest, text: str, page: str) -> bytes:
    """Return the mail, with CR LF, without To and Message-ID.

    Args:
        digest: Whose subject, sender and date it bears.
        text: The plain text part.
        page: The HTML part, its styles inlined.
    """
    sender = digest.sender
    domain = _domain(sender.instance)
    message = EmailMessage(policy=_POLICY)
    message["From"] = _from(sender.address, sender.name, domain)
    message["Subject"] = one_line(digest.subject)
    message["Date"] = datetime.fromisoformat(sender.made_at)
    message["Auto-Submitted"] = "auto-generated"
    message["List-Id"] = f"<{_domain(sender.list_id)}.{domain}>"
    message.set_content(text, cte="quoted-printable")
    message.add_alternative(page, subtype="html", cte="quoted-printable")
    message["Content-Language"] = "en"
    message.set_boundary(f"=_{digest.report_id}")
    return message.as_bytes()


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
