"""The database, the stored bodies and the run lock.

SQLAlchemy takes a quarter of a second to load, so it waits until a store is opened.
"""

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from monitor.store.evidence import FileEvidence, check_evidence
from monitor.store.lock import RunLock

if TYPE_CHECKING:
    from monitor.store.retention import Disposed, disposable, dispose
    from monitor.store.sql_store import SqlStore
    from monitor.store.warc import Archived, read_warc, write_warc

__all__ = [
    "Archived",
    "Disposed",
    "FileEvidence",
    "RunLock",
    "SqlStore",
    "check_evidence",
    "disposable",
    "dispose",
    "open_store",
    "read_warc",
    "write_warc",
]


def open_store(place: str | Path, *, create: bool = False, evidence: Path | None = None) -> "SqlStore":
    """Return the store at ``place``, upgraded to the newest tables where it is older.

    Args:
        place: The path of an SQLite file, the URL of a PostgreSQL database, or ``:memory:``.
        create: Whether to begin a database where there is none.
        evidence: The folder of stored bodies, ``evidence`` beside the file if not given: where it
            holds any, no database is begun, since one was lost.

    Raises:
        StateError: there is no database, or it is damaged, foreign or of a newer program. It is left
            as it is; nothing ever starts empty in its place.
    """
    from monitor.store import opening  # loads SQLAlchemy

    return opening.open_store(place, create=create, evidence=evidence)


_LATER = {
    "retention": ("Disposed", "disposable", "dispose"),
    "sql_store": ("SqlStore",),
    "warc": ("Archived", "read_warc", "write_warc"),
}


def __getattr__(name: str) -> object:
    for module, names in _LATER.items():
        if name in names:
            return getattr(import_module(f"monitor.store.{module}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
