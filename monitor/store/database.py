"""One database, SQLite or PostgreSQL: transactions, and its errors in a user's words.

SQLite runs in WAL with synchronous FULL: a commit is on disk before anybody is told of it. Writing
transactions take the write lock when they begin, since one that asks for it half-way can be refused.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError
from sqlalchemy.pool import StaticPool

from monitor.errors import StateError
from monitor.store.rows import DamagedRowError

_BUSY_MS = 20_000  # how long to wait for another process that writes; our transactions take under 1 s
_READ_ONLY = "monitor_reads"


class Database:
    """Hands out connections in transactions; every error of theirs is a StateError naming ``place``."""

    def __init__(self, engine: Engine, place: str, advice: Callable[[], str]) -> None:
        self.engine = engine
        self.place = place
        self.advice = advice  # what to do when it is damaged

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Give up the connections."""
        self.engine.dispose()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection that sees the database as it is now, throughout."""
        with (
            self._as_state_error("nothing was changed"),
            self.engine.connect().execution_options(**{_READ_ONLY: True}) as connection,
        ):
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Give a connection in a transaction that is committed whole, or not at all."""
        with self._as_state_error("nothing of it was recorded"), self.engine.begin() as connection:
            yield connection

    @contextmanager
    def _as_state_error(self, outcome: str) -> Iterator[None]:
        try:
            yield
        except DamagedRowError as error:
            raise StateError(self.place, f"damaged: {error}; {self.advice()}") from error
        except DBAPIError as error:
            said = str(error.orig)
            if _is_damage(said):
                raise StateError(self.place, f"damaged: {said}; {self.advice()}") from error
            raise StateError(self.place, f"{_in_plain_words(said)}; {outcome}") from error
        except UnicodeDecodeError as error:
            raise StateError(self.place, f"damaged: {error}; {self.advice()}") from error
        except (SQLAlchemyError, UnicodeEncodeError) as error:  # no database takes a lone surrogate
            raise StateError(self.place, f"{error}; {outcome}") from error


def _restore() -> str:
    return "restore a backup"


def sqlite_database(
    path: Path | None,
    advice: Callable[[], str] = _restore,
    *,
    foreign_keys: bool = True,
    journal: str = "WAL",
) -> Database:
    """Return the database in a file, or a new one in memory."""
    if path is None:
        engine = create_engine("sqlite://", poolclass=StaticPool)
    else:
        engine = create_engine(URL.create("sqlite", database=str(path)))
    event.listen(engine, "connect", _prepare(journal, foreign_keys=foreign_keys))
    event.listen(engine, "begin", _begin)
    return Database(engine, "memory" if path is None else str(path), advice)


def postgres_database(url: str) -> Database:
    """Return the database at an address such as ``postgresql://user@host/name``.

    Raises:
        StateError: the address is malformed, or the driver is not installed.
    """
    try:
        address = make_url(url).set(drivername="postgresql+psycopg")
        engine = create_engine(address, pool_pre_ping=True)
    except (ArgumentError, ValueError) as error:
        form = "postgresql://user@host:5432/name"
        raise StateError("database", f"the address is not of the form {form}; correct it") from error
    except ModuleNotFoundError as error:
        advice = "install it with `pip install briefing-monitor[postgres]`"
        raise StateError("database", f"the driver for PostgreSQL is missing; {advice}") from error
    return Database(engine, address.render_as_string(hide_password=True), _restore)


def _prepare(journal: str, *, foreign_keys: bool) -> Callable[[Any, Any], None]:
    def prepare(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # the driver begins no transactions of its own; _begin does
        for pragma in (
            f"busy_timeout = {_BUSY_MS}",
            f"journal_mode = {journal}",
            "synchronous = FULL",
            f"foreign_keys = {'ON' if foreign_keys else 'OFF'}",
            "trusted_schema = OFF",
            "cell_size_check = ON",
        ):
            connection.execute(f"PRAGMA {pragma}")

    return prepare


def _begin(connection: Connection) -> None:
    reads = connection.get_execution_options().get(_READ_ONLY, False)
    connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")


_DAMAGE = (
    "malformed",
    "not a database",
    "encrypted",
    "disk image",
    "no such table",
    "no such column",
    "Could not decode",
)


def _is_damage(said: str) -> bool:
    return any(words in said for words in _DAMAGE)


_PLAIN_WORDS = {
    "disk is full": "the disk is full; free some space and run again",
    "No space left": "the database's disk is full; free some space and run again",
    "disk I/O error": "the disk reports an error, or a limit on file sizes is reached; check the disk",
    "database is locked": f"another process has been writing for over {_BUSY_MS // 1000} s; run again later",
    "readonly database": "permission denied; let the user that runs the monitor write the file",
    "unable to open": "cannot be opened; give the user that runs the monitor the right to its folder",
}


def _in_plain_words(said: str) -> str:
    return next((plain for words, plain in _PLAIN_WORDS.items() if words in said), " ".join(said.split()))
