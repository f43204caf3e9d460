"""A pytest plugin that notes who opens connections: ``python -m pytest -p tests.slow.connections``.

F11: within the package only the gate to HTTP, the channels of mail and webhooks, and the database's
driver may. Connections that a test makes by itself are its own business.
"""

import sys
from pathlib import Path
from types import FrameType

import monitor

PACKAGE = str(Path(monitor.__file__).parent)
MAY_CONNECT = frozenset({"fetching", "publishing", "store"})
_found: dict[str, int] = {}
_seen: dict[str, int] = {}


def _hook(event: str, _arguments: tuple[object, ...]) -> None:
    if event in ("socket.connect", "socket.getaddrinfo"):
        room = _room_of(sys._getframe(1))
        if room is not None:
            target = _seen if room.split("/")[0] in MAY_CONNECT else _found
            target[room] = target.get(room, 0) + 1


def _room_of(frame: FrameType | None) -> str | None:
    """The file of the package that is nearest to the connection; None if none is on the stack."""
    while frame is not None:
        name = frame.f_code.co_filename
        if name.startswith(PACKAGE):
            return name.removeprefix(PACKAGE).lstrip("/")
        frame = frame.f_back
    return None


sys.addaudithook(_hook)


def pytest_terminal_summary(terminalreporter):
    """Say what was seen, so that a run that watched nothing does not pass for a clean one."""
    terminalreporter.write_line(f"connections by {dict(sorted(_seen.items()))}")
    terminalreporter.write_line(f"forbidden connections by {dict(sorted(_found.items()))}")


def pytest_sessionfinish(session, exitstatus):
    """Fail the run where somebody else connected."""
    if _found and exitstatus == 0:
        session.exitstatus = 9
