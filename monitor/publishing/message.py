"""A stored mail, addressed: To and Message-ID are put before bytes that are the same for everybody.

Both are functions of report and recipient, so every try sends the same bytes.
"""

import re

from monitor.errors import PublishError
from monitor.model import Report, message_id

_ADDRESS = re.compile(
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?"
    r"(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)*\Z"
)
_LONGEST_ADDRESS = 254  # RFC 5321, section 4.5.3.1.3, less the angle brackets


def addressed(report: Report, recipient: str, instance: str) -> bytes:
    """Return the mail of ``report`` to ``recipient``; a recipient that is no address stays undisclosed.

    Raises:
        PublishError: the report has no mail among its forms.
    """
    mail = report.rendering(".eml")
    if mail is None:
        raise PublishError("mail", f"report {report.id} was rendered without a mail", permanent=True)
    to = recipient if is_address(recipient) else "undisclosed-recipients:;"
    head = f"To: {to}\r\nMessage-ID: {message_id(instance, report.id, recipient)}\r\n"
    return head.encode("ascii") + mail.content


def is_address(text: str) -> bool:
    """Return whether ``text`` is a plain mail address, with nothing that a header could be made of."""
    return len(text) <= _LONGEST_ADDRESS and bool(_ADDRESS.match(text))
