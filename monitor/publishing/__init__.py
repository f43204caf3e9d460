"""Reports to their recipients: one folder a channel, and the loop that tries what is due."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from monitor.ports import Channel
from monitor.publishing.atom import AtomChannel
from monitor.publishing.backoff import MOST_ATTEMPTS
from monitor.publishing.deliver import deliver_due
from monitor.publishing.files import FilesChannel
from monitor.publishing.secrets import secret_from
from monitor.publishing.webhook import WebhookChannel

if TYPE_CHECKING:
    from monitor.publishing.smtp import Security, SmtpChannel, SmtpSettings, password_from

__all__ = [
    "MOST_ATTEMPTS",
    "AtomChannel",
    "FilesChannel",
    "Security",
    "SmtpChannel",
    "SmtpSettings",
    "WebhookChannel",
    "channels",
    "deliver_due",
    "password_from",
    "secret_from",
]


def channels(
    reports: Path,
    instance: str = "briefing-monitor",
    *,
    smtp: "SmtpSettings | None" = None,
    webhook: WebhookChannel | None = None,
) -> Mapping[str, Channel]:
    """Return every channel that is configured, by the name that subscriptions use.

    Args:
        reports: Folder of the ``files`` and ``atom`` channels.
        instance: The monitor's own domain name, for Message-IDs.
        smtp: The mail server, where there is one.
        webhook: What posting needs, where there is a secret to sign with.
    """
    found: dict[str, Channel] = {"files": FilesChannel(reports, instance), "atom": AtomChannel(reports)}
    if webhook is not None:
        found["webhook"] = webhook
    if smtp is not None:
        from monitor.publishing.smtp import SmtpChannel

        found["smtp"] = SmtpChannel(smtp, instance)
    return found


def __getattr__(name: str) -> object:
    """Load the mail library only where mail is sent."""
    if name in ("Security", "SmtpChannel", "SmtpSettings", "password_from"):
        from monitor.publishing import smtp

        return getattr(smtp, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
