"""Reports to their recipients: one folder a channel, and the loop that tries what is due."""

from collections.abc import Mapping
from pathlib import Path

from monitor.ports import Channel
from monitor.publishing.backoff import MOST_ATTEMPTS
from monitor.publishing.deliver import deliver_due
from monitor.publishing.files import FilesChannel

__all__ = ["MOST_ATTEMPTS", "FilesChannel", "channels", "deliver_due"]


def channels(reports: Path, instance: str = "briefing-monitor") -> Mapping[str, Channel]:
    """Return every channel that is configured, by the name that subscriptions use.

    Args:
        reports: Folder of the ``files`` channel.
        instance: The monitor's own domain name, for Message-IDs.
    """
    return {"files": FilesChannel(reports, instance)}
