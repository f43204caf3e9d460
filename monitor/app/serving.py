"""The process that waits and runs; every tick opens the workspace anew, so that edited files count."""

import logging
import threading
from contextlib import closing
from pathlib import Path

from monitor.app.core import App, make_reader
from monitor.app.workspace import find_workspace
from monitor.errors import LockedError, StoppedError

_log = logging.getLogger(__name__)


def serve_workspace(root: Path, *, every_s: float, stop: threading.Event) -> int:
    """Run the workspace at ``root`` every ``every_s`` seconds until ``stop`` is set; return an exit code.

    Raises:
        ConfigError: the workspace cannot be opened at the start; later faults are logged and waited out.
    """
    from monitor.scheduling.serve import serve  # loads a scheduler that no other command needs

    with App(find_workspace(root), create=True) as app:
        reader = make_reader(app.sources)
        _ = app.store  # what is wrong from the start is said at the start

    def tick() -> None:
        with App(find_workspace(root), create=True, reader=reader, is_stopping=stop.is_set) as app:
            try:
                result = app.run()
            except (LockedError, StoppedError) as error:
                _log.warning("%s", error)
                return
            for line in result.lines():
                _log.info("%s", line)

    with closing(reader):
        return serve(tick, every_s=every_s, stop=stop)
