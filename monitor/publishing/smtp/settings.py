"""How mail is sent. The password comes from the environment or a file, never from a settings file."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from monitor.publishing.secrets import secret_from

_VARIABLE = "MONITOR_SMTP_PASSWORD"


class Security(StrEnum):
    """How a connection is encrypted."""

    STARTTLS = "starttls"  # usually port 587
    TLS = "tls"  # from the first byte, usually port 465
    NONE = "none"  # a relay on this machine or network; never with a password


@dataclass(frozen=True, slots=True)
class SmtpSettings:
    """A mail server. ``sender`` is the envelope's address; ``deadline_s`` bounds one delivery in all.

    ``ca_bundle`` is a file of certificates to trust instead of the system's.
    """

    host: str
    port: int
    sender: str
    security: Security = Security.STARTTLS
    username: str = ""
    password: str = field(default="", repr=False)
    ca_bundle: str | None = None
    deadline_s: float = 60.0

    def __post_init__(self) -> None:
        if self.username and self.security is Security.NONE:
            raise ValueError("a password must not be sent without encryption; use starttls or tls")


def password_from(environ: Mapping[str, str]) -> str:
    """Return the password of the mail server, or nothing where none is set.

    It is the value of MONITOR_SMTP_PASSWORD, or the first line of the file that
    MONITOR_SMTP_PASSWORD_FILE names.

    Raises:
        ConfigError: both are set, or the file cannot be read or is open to others.
    """
    return secret_from(environ, _VARIABLE)
