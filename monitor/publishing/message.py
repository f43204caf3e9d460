"""A stored mail, addressed: To and Message-ID are put before bytes that are the same for everybody.

Both are functions of report and recipient, so every try sends the same bytes.
"""

from monitor.errors import PublishError
from monitor.model import Report, is_mail_address, message_id


def addressed(report: Report, recipient: str, instance: str) -> bytes:
    """Return the mail of ``report`` to ``recipient``; a recipient that is no address stays undisclosed.

    Raises:
        PublishError: the report has no mail among its forms.
    """
    mail = report.rendering(".eml")
    if mail is None:
        raise PublishError("mail", f"report {report.id} was rendered without a mail", permanent=True)
    to = recipient if is_mail_address(recipient) else "undisclosed-recipients:;"
    head = f"To: {to}\r\nMessage-ID: {message_id(instance, report.id, recipient)}\r\n"
    return head.encode("ascii") + mail.content
