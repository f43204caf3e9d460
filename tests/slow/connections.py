"""A pytest plugin that notes who opens connections: ``pytest -p tests.slow.connections``, also with ``-n``.

F11: within the package only the gate to HTTP, the channels of mail, and the database's driver may.
Connections that a test makes by itself are its own business. Each process adds what it saw to the file that
``NOTED_CONNECTIONS`` names, as a line of JSON: files of the package with how often they connected.
"""

import json
import os
import sys
from collections import Counter
from pathlib import Path
from types import FrameType

import monitor

PACKAGE = str(Path(monitor.__file__).parent)
NOTED = "NOTED_CONNECTIONS"
MAY_CONNECT = frozenset({"fetching", "publishing", "store"})
_seen: Counter[str] = Counter()


def noted(file: Path) -> Counter[str]:
    """Return what all processes saw."""
    return sum((Counter(json.loads(line)) for line in file.read_text().splitlines()), Counter())


def _hook(event: str, _arguments: tuple[object, ...]) -> None:
    if event in ("socket.connect", "socket.getaddrinfo"):
        room = _room_of(sys._getframe(1))
        if room is not None:
            _seen[room] += 1


def _room_of(frame: FrameType | None) -> str | None:
    """The file of the package that is nearest to the connection; None if none is on the stack."""
    while frame is not None:
        name = frame.f_code.co_filename
        if name.startswith(PACKAGE):
            return name.removeprefix(PACKAGE).lstrip("/")
        frame = frame.f_back
    return None


if NOTED in os.environ:
    sys.addaudithook(_hook)


def pytest_sessionfinish(session, exitstatus):
    """Add what this process saw."""
    if NOTED in os.environ and _seen:
        with Path(os.environ[NOTED]).open("a") as file:
            file.write(json.dumps(_seen) + "\n")
