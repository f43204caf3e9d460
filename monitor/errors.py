"""Every error the monitor raises on purpose.

MonitorError          base; the command line prints its message, never a traceback
├── ConfigError       a file that people edit is wrong; .problems lists every fault, not only the first
│   └── DecisionError what a person decided cannot stand; .seen and .current tell an outdated view
├── SourceError       one source failed, the run goes on; .source_id, .permanent
│   ├── FetchError    no usable answer from the site; .reason is the transport code
│   └── ExtractError  an answer came, but it no longer has the expected shape
├── StateError        state/ cannot be read or written, the run stops; .path
├── StaleError        something was recorded since that was read on which it rests; read again
├── LockedError       another run holds the lock; .holder says which
├── StoppedError      the process was told to end, and ends with everything whole
├── NotFoundError     an id that a person named does not exist; the message lists the nearest ones
└── PublishError      a report was not delivered; .channel, .permanent
"""

from collections.abc import Sequence
from dataclasses import dataclass


class MonitorError(Exception):
    """Base of the tree; the command line prints its message without a traceback."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault in a file that people edit: what is wrong, where, and what to do about it."""

    file: str
    line: int | None
    where: str
    message: str

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        return f"{place}: {self.where}: {self.message}" if self.where else f"{place}: {self.message}"


class ConfigError(MonitorError):
    """A configuration or briefing file is wrong; ``problems`` holds every fault found in one pass."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = tuple(problems)


class DecisionError(ConfigError):
    """A decision cannot stand as it was given, each fault a problem.

    Where it was taken on an outdated view, ``seen`` is the version looked at and ``current`` the one
    that stands; both are empty otherwise.
    """

    def __init__(self, problems: Sequence[Problem], *, seen: str = "", current: str = "") -> None:
        super().__init__(problems)
        self.seen = seen
        self.current = current


class SourceError(MonitorError):
    """One source failed; ``permanent``: a retry cannot help (for example HTTP 410)."""

    def __init__(self, source_id: str, message: str, *, permanent: bool = False) -> None:
        super().__init__(f"{source_id}: {message}")
        self.source_id = source_id
        self.permanent = permanent


class FetchError(SourceError):
    """No usable answer came; ``reason`` is a code of :class:`monitor.model.Transport`."""

    def __init__(self, source_id: str, reason: str, message: str, *, permanent: bool = False) -> None:
        super().__init__(source_id, message, permanent=permanent)
        self.reason = reason


class ExtractError(SourceError):
    """An answer came, but it cannot be read as what the source is said to publish."""


class StateError(MonitorError):
    """The database, the evidence or a state file cannot be read or written; ``path`` says which."""

    def __init__(self, path: str, message: str) -> None:
        super().__init__(f"{path}: {message}")
        self.path = path


class StaleError(MonitorError):
    """What was to be recorded rests on a state that another process has changed; nothing was recorded."""


class LockedError(MonitorError):
    """Another polling cycle holds the lock; ``holder`` names its process, host and start."""

    def __init__(self, holder: str) -> None:
        super().__init__(f"another run holds the lock: {holder}; wait for it to end, or stop it")
        self.holder = holder


class StoppedError(MonitorError):
    """The process was told to end; what was recorded is whole, and the rest is done at the next start."""


class NotFoundError(MonitorError):
    """An id that a person named does not exist."""


class PublishError(MonitorError):
    """One delivery failed; ``permanent``: trying again cannot help (an address that is refused)."""

    def __init__(self, channel: str, message: str, *, permanent: bool = False) -> None:
        super().__init__(f"{channel}: {message}")
        self.channel = channel
        self.permanent = permanent
