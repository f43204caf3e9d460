"""Databases to copy: to begin one anew in each test would take most of the time."""

import pytest

from monitor.store import open_store
from tests.store.samples import full_batch


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory):
    """The bytes of a new database."""
    path = tmp_path_factory.mktemp("empty") / "monitor.db"
    open_store(path, create=True).close()
    return path.read_bytes()


@pytest.fixture(scope="session")
def filled_database(tmp_path_factory):
    """The bytes of a database with :func:`full_batch` in it."""
    path = tmp_path_factory.mktemp("filled") / "monitor.db"
    with open_store(path, create=True) as store:
        store.save(full_batch())
    return path.read_bytes()


@pytest.fixture
def filled(tmp_path, filled_database):
    """The path of a database with :func:`full_batch` in it, alone in its folder."""
    path = tmp_path / "state" / "monitor.db"
    path.parent.mkdir()
    path.write_bytes(filled_database)
    return path
