"""Reading under limits, in a child process that is forked from one with the parsers ready.

``WorkerReader`` and ``InlineReader`` implement :class:`monitor.ports.Reader`. What reads a body is handed in.
"""

from monitor.workers.limits import Limits
from monitor.workers.reader import InlineReader, WorkerReader

__all__ = ["InlineReader", "Limits", "WorkerReader"]
