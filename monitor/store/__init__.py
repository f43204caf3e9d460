"""The database, the stored bodies and the run lock.

SQLAlchemy takes a quarter of a second to load, so it waits until a store is opened.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from monitor.store.evidence import FileEvidence, check_evidence
from monitor.store.lock import RunLock

if TYPE_CHECKING:
    from monitor.store.sql_store import SqlStore

__all__ = ["FileEvidence", "RunLock", "SqlStore", "check_evidence", "open_store"]


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


def __getattr__(name: str) -> object:
    if name == "SqlStore":
        from monitor.store.sql_store import SqlStore

        return SqlStore
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
