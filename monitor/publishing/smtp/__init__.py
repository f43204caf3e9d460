"""The ``smtp`` channel: one recipient a delivery, over verified TLS, within a total deadline.

Accepted means that the server answered 250 to the whole message; what happens afterwards (a connection
lost while saying goodbye) changes nothing. A server that does not offer the encryption that is asked for gets
no message: somebody on the way may have taken the offer out.
"""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager

from monitor.errors import PublishError
from monitor.model import Delivery, Report, is_mail_address
from monitor.publishing.message import addressed
from monitor.publishing.smtp.session import session
from monitor.publishing.smtp.settings import Security, SmtpSettings, password_from

__all__ = ["Security", "SmtpChannel", "SmtpSettings", "password_from"]

_NAME = "smtp"
_REFUSED_FOR_GOOD = 500  # RFC 5321, section 4.2.1: 5yz is a permanent, 4yz a transient refusal


class SmtpChannel:
    """Mails reports; ``instance`` is the monitor's own domain name, for Message-IDs and the greeting."""

    def __init__(self, settings: SmtpSettings, instance: str) -> None:
        self._settings = settings
        self._instance = instance

    def deliver(self, report: Report, delivery: Delivery) -> None:
        """Mail ``report`` to the recipient of ``delivery``.

        Raises:
            PublishError: the server did not accept it; permanent where it refused this recipient or
                this message for good, not where a setting or the connection is at fault.
        """
        if not is_mail_address(delivery.recipient):
            raise PublishError(_NAME, "the recipient is not a mail address", permanent=True)
        message = addressed(report, delivery.recipient, self._instance)
        with _as_publish_error(self._settings), session(self._settings, self._instance) as client:
            client.sendmail(self._settings.sender, [delivery.recipient], message)


@contextmanager
def _as_publish_error(settings: SmtpSettings) -> Iterator[None]:
    where = f"{settings.host}:{settings.port}"
    try:
        yield
    except smtplib.SMTPRecipientsRefused as error:
        code, words = next(iter(error.recipients.values()))
        raise _refusal("the recipient was refused", code, words) from error
    except smtplib.SMTPDataError as error:
        raise _refusal("the message was refused", error.smtp_code, error.smtp_error) from error
    except smtplib.SMTPNotSupportedError as error:
        message = f"{where} does not offer what the settings ask for ({error}); nothing was sent"
        raise PublishError(_NAME, message) from error
    except smtplib.SMTPAuthenticationError as error:
        message = f"{where} refused the user name or password ({error.smtp_code})"
        raise PublishError(_NAME, message) from error
    except smtplib.SMTPResponseException as error:
        message = f"{where} answered {error.smtp_code} {_words(error.smtp_error)}"
        raise PublishError(_NAME, message) from error
    except ssl.SSLCertVerificationError as error:
        message = f"{where} has a certificate that cannot be trusted: {error.verify_message}"
        raise PublishError(_NAME, message) from error
    except (smtplib.SMTPException, OSError) as error:
        raise PublishError(_NAME, f"{where} cannot be reached or stopped answering: {error}") from error


def _refusal(what: str, code: int, words: bytes | str) -> PublishError:
    permanent = code >= _REFUSED_FOR_GOOD
    return PublishError(_NAME, f"{what}: {code} {_words(words)}", permanent=permanent)


def _words(answer: bytes | str) -> str:
    """A server's answer on one line, of a length for a log."""
    text = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer
    return " ".join(text.split())[:300]
