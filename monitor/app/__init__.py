"""Puts a workspace's parts together and runs its jobs; the drivers call this and nothing deeper."""

from monitor.app.core import App, make_reader
from monitor.app.loading import check_files
from monitor.app.serving import serve_workspace
from monitor.app.workspace import Workspace, find_workspace, init_workspace

__all__ = [
    "App",
    "Workspace",
    "check_files",
    "find_workspace",
    "init_workspace",
    "make_reader",
    "serve_workspace",
]
