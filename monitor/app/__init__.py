"""Puts a workspace's parts together and runs its jobs; the drivers call this and nothing deeper."""

from monitor.app.core import App
from monitor.app.loading import check_files
from monitor.app.serving import serve_workspace
from monitor.app.workspace import Workspace, find_workspace, init_workspace

__all__ = ["App", "Workspace", "check_files", "find_workspace", "init_workspace", "serve_workspace"]
