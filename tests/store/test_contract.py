"""The contract of the store, on a file and in memory."""

import pytest

from monitor.store import open_store
from tests.fakes import MemoryStore
from tests.store.contract import StoreContract


class TestSqliteFile(StoreContract):
    """On disk, as it runs by default."""

    @pytest.fixture
    def make_store(self, tmp_path, empty_database):
        made = []

        def make():
            path = tmp_path / f"{len(made)}.db"
            path.write_bytes(empty_database)
            made.append(open_store(path))
            return made[-1]

        yield make
        for store in made:
            store.close()

    @pytest.fixture
    def store(self, make_store):
        return make_store()


class TestMemory(StoreContract):
    """What the tests of other rooms use."""

    @pytest.fixture
    def make_store(self):
        made = []

        def make():
            made.append(MemoryStore())
            return made[-1]

        yield make
        for store in made:
            store.close()

    @pytest.fixture
    def store(self, make_store):
        return make_store()
