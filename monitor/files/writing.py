"""Write files whole or not at all, durably, with the rights that are asked for whatever the umask."""

import errno
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from monitor.errors import StateError


def write_atomically(path: Path, content: bytes, mode: int = 0o600) -> None:
    """Replace ``path`` by ``content``, whole or not at all, and durably.

    A reader sees the old file or the new one; after a crash it is one of the two. The folder must
    exist.

    Raises:
        StateError: it could not be written; the old file stands as it was. A failed fsync counts,
            since the system may have dropped the pages and a second try would lie.
    """
    with _as_state_error(path):
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".tmp", dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                os.fchmod(file.fileno(), mode)
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            os.replace(name, path)
        except BaseException:
            with suppress(OSError):
                os.unlink(name)
            raise
        sync_directory(path.parent)


def make_directory(path: Path, mode: int = 0o700) -> None:
    """Create ``path`` and the folders above it that are missing; one that exists keeps its rights.

    Raises:
        StateError: it could not be created, or a file is in the way.
    """
    if path.is_dir():
        return
    if not path.parent.is_dir():
        make_directory(path.parent, mode)
    with _as_state_error(path):
        with suppress(FileExistsError):  # another process may be faster
            path.mkdir()
            path.chmod(mode)
        sync_directory(path)  # fails where a file stands in the way
        sync_directory(path.parent)


def sync_directory(path: Path) -> None:
    """Make durable what was created, renamed or removed in ``path``.

    Raises:
        OSError: it could not be synced, or is no folder.
    """
    handle = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


_ADVICE = {
    errno.ENOSPC: "the disk is full; free some space and run again",
    errno.EDQUOT: "the disk quota is used up; free some space and run again",
    errno.EACCES: "permission denied; give the user that runs the monitor the right to this path",
    errno.EPERM: "not permitted; give the user that runs the monitor the right to this path",
    errno.EROFS: "the disk is mounted read-only; mount it for writing, or move the workspace",
    errno.ENOENT: "there is no such file or folder; check the path",
    errno.ENOTDIR: "a file stands where a folder is needed; move it away",
    errno.EISDIR: "a folder stands where a file is needed; move it away",
    errno.EIO: "the disk reports an error; check it before running again",
}


def what_failed(error: OSError) -> str:
    """Return what an error of the system means to a user, and what to do about it."""
    return _ADVICE.get(error.errno or 0, f"the system says: {error.strerror or error}")


@contextmanager
def _as_state_error(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise StateError(str(path), what_failed(error)) from error
