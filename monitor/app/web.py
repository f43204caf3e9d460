"""How a workspace asks the web: the gate, obedient to robots.txt, and folders that answer like sites."""

from contextlib import ExitStack
from typing import TYPE_CHECKING

from monitor.app.workspace import Workspace
from monitor.model import NetworkSettings, Robots
from monitor.ports import Clock
from monitor.sources import Sources

if TYPE_CHECKING:
    from monitor.ports import Fetcher


def make_fetcher(workspace: Workspace, sources: Sources, clock: Clock, closing: ExitStack) -> "Fetcher":
    """Return what fetches for a workspace; ``closing`` closes it."""
    from monitor.fetching import FolderFetcher, HttpFetcher, ObedientFetcher

    web = HttpFetcher(network_of(workspace), clock, folder=workspace.root)
    closing.callback(web.close)
    obedient = ObedientFetcher(
        web,
        clock,
        exempt=[source.id for source in sources if source.robots is Robots.IGNORE],
        slow_down=web.politeness.slow_down,
        remembered=workspace.state / "cache" / "robots.json",
    )
    closing.callback(obedient.close)
    return FolderFetcher(workspace.root, obedient, clock)


def make_gate(workspace: Workspace, clock: Clock, closing: ExitStack) -> "Fetcher":
    """Return the gate alone, for what is posted: a receiver's robots.txt is about what reads it."""
    from monitor.fetching import HttpFetcher

    web = HttpFetcher(network_of(workspace), clock, folder=workspace.root)
    closing.callback(web.close)
    return web


def network_of(workspace: Workspace) -> NetworkSettings:
    """Return the [network] table as the gate takes it."""
    table = workspace.settings.network
    return NetworkSettings(
        contact=table.contact,
        deadline_s=table.deadline_s,
        spacing_s=table.spacing_s,
        ca_bundle=table.ca_bundle,
        proxy=table.proxy,
        allow_loopback=table.allow_loopback,
    )
