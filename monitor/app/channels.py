"""The channels of a workspace: monitor.toml and the environment say which there are."""

import os
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from datetime import datetime

from monitor.app.mail import mail_server
from monitor.app.web import make_gate
from monitor.app.workspace import Workspace
from monitor.model import Reply, Request
from monitor.ports import Channel, Clock, Fetcher
from monitor.publishing import WebhookChannel, channels, secret_from

_SECRET = "MONITOR_WEBHOOK_SECRET"  # noqa: S105 - the variable's name


class LateFetcher:
    """Makes the gate to HTTP when something is first posted: most runs post nothing."""

    def __init__(self, make: Callable[[], Fetcher]) -> None:
        self._make = make
        self._made: Fetcher | None = None

    def fetch(self, request: Request, *, slot: datetime, number: int) -> Reply:
        """Return what came of ``request``."""
        if self._made is None:
            self._made = self._make()
        return self._made.fetch(request, slot=slot, number=number)


def channels_of(workspace: Workspace, clock: Clock, closing: ExitStack) -> Mapping[str, Channel]:
    """Return every channel that is configured, by name; ``closing`` closes what they open.

    Raises:
        ConfigError: settings contradict each other, or a secret cannot be read.
    """
    settings = workspace.settings
    secret = secret_from(os.environ, _SECRET)
    fetcher = LateFetcher(lambda: make_gate(workspace, clock, closing))
    webhook = WebhookChannel(fetcher, clock, secret, allow_http=settings.network.allow_loopback)
    return channels(
        workspace.reports,
        settings.instance,
        smtp=mail_server(settings.mail),
        webhook=webhook if secret else None,
    )


def channel_names(workspace: Workspace) -> tuple[str, ...]:
    """Return the names of the channels that are configured, without reading a secret's file."""
    names = ["atom", "files"]
    names += ["smtp"] if workspace.settings.mail.host else []
    names += ["webhook"] if os.environ.get(_SECRET) or os.environ.get(f"{_SECRET}_FILE") else []
    return tuple(names)
