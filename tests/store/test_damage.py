"""Flipped bits and cut files: noticed by whoever opens or checks, never passed on as facts (S8)."""

import random

import pytest

from monitor.errors import StateError
from monitor.store import open_store
from tests.store.samples import delivery, full_batch, pending, report


@pytest.fixture(scope="module")
def sound(tmp_path_factory):
    """The bytes of a database, and its export."""
    path = tmp_path_factory.mktemp("sound") / "monitor.db"
    with open_store(path, create=True) as store:
        for number in range(1, 9):
            store.save(full_batch(number))
        store.save_report(report(), [delivery()], [pending()], [])
        export = list(store.export())
    return path.read_bytes(), export


def flip(raw, chance):
    damaged = bytearray(raw)
    for _ in range(chance.choice((1, 1, 1, 8))):
        at = chance.randrange(len(damaged))
        damaged[at] ^= 1 << chance.randrange(8)
    return bytes(damaged)


def cut(raw, chance):
    return raw[: chance.randrange(len(raw))]


def zero(raw, chance):
    at = chance.randrange(0, len(raw), 512)
    return raw[:at] + bytes(512) + raw[at + 512 :]


def outcome(path, export):
    """Return how the damage shows; fail where it does not."""
    before = path.read_bytes()
    try:
        store = open_store(path)
    except StateError:
        assert path.read_bytes() == before
        return "refused"
    with store:
        faults = store.check()
        if faults:
            return "found by check"
        assert list(store.export()) == export
        return "without effect"


def check_damages(sound, tmp_path, seeds):
    raw, export = sound
    path = tmp_path / "monitor.db"
    seen = set()
    for seed in seeds:
        chance = random.Random(seed)
        path.write_bytes(chance.choice((flip, flip, flip, cut, zero))(raw, chance))
        seen.add(outcome(path, export))
        for rest in tmp_path.glob("monitor.db-*"):
            rest.unlink()
    assert {"refused", "found by check"} <= seen


@pytest.mark.slow
def test_no_damage_passes_unnoticed(sound, tmp_path):
    """A flipped bit in a date would be a false claim in a mail to a member of parliament."""
    check_damages(sound, tmp_path, range(60))


@pytest.mark.slow
def test_no_damage_of_many_passes_unnoticed(sound, tmp_path):
    """The same at ten times the number."""
    check_damages(sound, tmp_path, range(1000, 2000))


def test_reading_a_damaged_row_is_refused(sound, tmp_path):
    """Also before anybody runs a check."""
    raw, _ = sound
    path = tmp_path / "monitor.db"
    path.write_bytes(raw.replace(b"two sources", b"ten sources"))

    with open_store(path) as store, pytest.raises(StateError, match="damaged: a row of decisions"):
        store.decisions()
