"""The mail server of a workspace: monitor.toml says which, the environment holds its password."""

import os
from typing import TYPE_CHECKING

from monitor.app.settings import MailFile
from monitor.errors import ConfigError, Problem

if TYPE_CHECKING:
    from monitor.publishing import SmtpSettings


def mail_server(mail: MailFile) -> "SmtpSettings | None":
    """Return the mail server, or None where none is set.

    Raises:
        ConfigError: the settings contradict each other, or the password cannot be read.
    """
    if not mail.host:
        return None
    from monitor.publishing import Security, SmtpSettings, password_from

    if not mail.sender:
        message = "a mail server needs the address that mail comes from"
        raise ConfigError([Problem("monitor.toml", None, "mail.sender", message)])
    try:
        return SmtpSettings(
            host=mail.host,
            port=mail.port,
            sender=mail.sender,
            security=Security(mail.security),
            username=mail.username,
            password=password_from(os.environ),
            ca_bundle=mail.ca_bundle,
            deadline_s=mail.deadline_s,
        )
    except ValueError as error:
        raise ConfigError([Problem("monitor.toml", None, "mail", str(error))]) from error
