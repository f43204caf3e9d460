"""The database file: is it ours and sound, how one begins, how it is copied before an upgrade.

A file that is not what it should be is refused and left as it is. A database is never begun where
evidence shows that there was one, since an empty one would call everything new.
"""

import errno
import itertools
import os
import sqlite3
import tempfile
from collections.abc import Callable, Iterable
from contextlib import closing, suppress
from pathlib import Path

from monitor.errors import StateError
from monitor.files import sync_directory, what_failed

APPLICATION_ID = int.from_bytes(b"BrMo")
_HEADER_BYTES = 100  # https://sqlite.org/fileformat.html, section 1.3
_MAGIC = b"SQLite format 3\0"
_NO_RIGHT = ("readonly database", "unable to open database file")
_GIVE_RIGHT = "give the user that runs the monitor the right"
_FULL_CHECK_BYTES = 64_000_000  # larger files are read through by `monitor check`, not at each start


def backup_advice(path: Path) -> str:
    """Return what to do about a damaged database: which backup to restore, if there is one."""
    newest = max(path.parent.glob(f"{path.name}.backup-*"), key=lambda p: p.stat().st_mtime_ns, default=None)
    if newest is None:
        return f"restore a backup of yours (no {path.name}.backup-* stands beside it)"
    return f"restore the newest backup: move the database away and copy {newest.name} to its place"


def require_sound(path: Path) -> None:
    """Check that a file is a whole database of ours, without changing it.

    Raises:
        StateError: it is not; the message says what it is and names the newest backup.
    """
    try:
        with path.open("rb") as file:
            header = file.read(_HEADER_BYTES)
            size = os.fstat(file.fileno()).st_size
    except OSError as error:
        raise StateError(str(path), what_failed(error)) from error
    wrong = _wrong_with_header(header) or _wrong_inside(path, thorough=size <= _FULL_CHECK_BYTES)
    if wrong:
        raise StateError(str(path), f"{wrong}; {backup_advice(path)}")


def _wrong_with_header(header: bytes) -> str:
    if not header:
        return "the file is empty (0 bytes), where a database should be"
    if len(header) < _HEADER_BYTES:
        return f"the file ends after {len(header)} bytes, where a database should be"
    if not header.startswith(_MAGIC):
        return "the file is not an SQLite database, or its beginning is damaged"
    return ""


def _wrong_inside(path: Path, *, thorough: bool) -> str:
    """Return what SQLite finds wrong: its own check reads 500 MB a second."""
    try:
        with _looking_at(path) as connection:
            if connection.execute("PRAGMA application_id").fetchone() != (APPLICATION_ID,):
                return "the file is the database of another program, or its beginning is damaged"
            check = "integrity_check(3)" if thorough else "schema_version"
            said = [str(row[0]) for row in connection.execute(f"PRAGMA {check}")]
    except (sqlite3.Error, UnicodeError) as error:  # names of tables may be damaged too
        if any(words in str(error) for words in _NO_RIGHT):
            message = (
                f"SQLite cannot write its log beside the file; {_GIVE_RIGHT} to the folder {path.parent}"
            )
            raise StateError(str(path), message) from error
        return f"damaged: {error}"
    return "damaged: " + "; ".join(said) if thorough and said != ["ok"] else ""


def _looking_at(path: Path) -> closing[sqlite3.Connection]:
    return closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=20))


def begin(path: Path, evidence: Path, fill: Callable[[Path], None]) -> None:
    """Make a new database, complete before it gets its name; ``fill`` makes the tables in a file.

    Raises:
        StateError: bodies in ``evidence`` show that there was a database, or it cannot be written.
    """
    if any(evidence.glob("*/*.gz")):
        raise StateError(
            str(path),
            f"the database is gone, but {evidence} holds stored bodies: begun anew, it would call everything "
            f"new; {backup_advice(path)}, or move {evidence.name}/ away if you really want to begin anew",
        )
    _build([path], fill)


def back_up(path: Path, revision: str) -> Path:
    """Copy a database beside itself, as ``<name>.backup-<revision>``, numbered if that is taken.

    Raises:
        StateError: it could not be written; nothing was changed.
    """

    def copy(target: Path) -> None:
        with _looking_at(path) as source, closing(sqlite3.connect(target)) as connection:
            source.backup(connection)
            connection.execute("PRAGMA journal_mode = DELETE")  # a backup is one file

    first = path.with_name(f"{path.name}.backup-{revision}")
    others = (path.with_name(f"{first.name}-{number}") for number in itertools.count(2))
    return _build(itertools.chain([first], others), copy)


def _build(names: Iterable[Path], fill: Callable[[Path], None]) -> Path:
    """Fill a private file; when it is whole and synced, give it the first of the names that is free."""
    names = iter(names)
    wanted = next(names)
    try:
        handle, unfinished = tempfile.mkstemp(prefix=f".{wanted.name}.", suffix=".new", dir=wanted.parent)
        os.fchmod(handle, 0o600)  # a strict umask would take even our own right
        os.close(handle)
        try:
            fill(Path(unfinished))
            _sync(unfinished)
            name = _link(unfinished, itertools.chain([wanted], names))
        finally:
            for ending in ("", "-wal", "-shm", "-journal"):
                with suppress(FileNotFoundError):
                    os.unlink(unfinished + ending)
        sync_directory(name.parent)
    except sqlite3.Error as error:
        raise StateError(str(wanted), f"could not be written: {error}; nothing was changed") from error
    except OSError as error:
        raise StateError(str(wanted), what_failed(error)) from error
    return name


def _link(unfinished: str, names: Iterable[Path]) -> Path:
    for name in names:
        with suppress(FileExistsError):
            os.link(unfinished, name)  # unlike a rename, never replaces a file
            return name
    raise FileExistsError(errno.EEXIST, "another process made this file meanwhile; run again")


def _sync(path: str) -> None:
    handle = os.open(path, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
