"""Stored bodies: found by their hash, proved by it, on disk before they are cited."""

import gzip
import hashlib
import os
import stat

import pytest

from monitor.errors import StateError
from monitor.model import Batch
from monitor.store import FileEvidence, check_evidence
from tests.fakes import MemoryEvidence, MemoryStore
from tests.store.samples import T0, document, exchange

PAGE = "<p>Підписано</p>".encode() * 1000


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "evidence"


@pytest.fixture(params=["files", "memory"])
def evidence(request, folder):
    return FileEvidence(folder) if request.param == "files" else MemoryEvidence()


@pytest.mark.parametrize("body", [PAGE, b"", b"\x1f\x8b not gzip", bytes(range(256))], ids=len)
def test_a_body_comes_back_byte_for_byte(evidence, body):
    """Findings are read from it again, years later."""
    assert evidence.get(evidence.put(body)) == body


def test_a_body_that_is_missing_is_said(evidence):
    """A claim whose evidence is lost must be known as such."""
    with pytest.raises(StateError):
        evidence.get("0" * 64)


def test_the_name_is_the_hash(folder):
    """The layout is documented: anybody can check a body with sha256sum."""
    sha256 = FileEvidence(folder).put(b"page")

    assert sha256 == hashlib.sha256(b"page").hexdigest()
    assert gzip.decompress((folder / sha256[:2] / f"{sha256}.gz").read_bytes()) == b"page"


def test_storing_again_costs_and_changes_nothing(folder):
    """Most polls bring what is there already."""
    evidence = FileEvidence(folder)
    path = folder / evidence.put(PAGE)[:2]
    (file,) = path.iterdir()
    before = file.stat()
    evidence.put(PAGE)

    assert (file.stat().st_mtime_ns, file.stat().st_ino) == (before.st_mtime_ns, before.st_ino)


def test_the_same_body_gives_the_same_file(tmp_path):
    """Backups and copies of evidence can be compared."""
    files = []
    for name in "ab":
        FileEvidence(tmp_path / name).put(PAGE)
        files += [path.read_bytes() for path in (tmp_path / name).rglob("*.gz")]

    assert files[0] == files[1]
    assert len(files[0]) < len(PAGE) / 50


def test_bodies_are_private_whatever_the_umask(folder):
    """Archived press pages must not leave the server (K3)."""
    old = os.umask(0)
    try:
        sha256 = FileEvidence(folder).put(PAGE)
    finally:
        os.umask(old)

    modes = [stat.S_IMODE(path.stat().st_mode) for path in (folder, folder / sha256[:2])]
    assert modes == [0o700, 0o700]
    assert stat.S_IMODE((folder / sha256[:2] / f"{sha256}.gz").stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        pytest.param(lambda raw: raw[:-9], "damaged", id="cut"),
        pytest.param(lambda raw: b"", "damaged|not what its name says", id="empty"),
        pytest.param(lambda raw: raw[:40] + b"\xff\xff\xff" + raw[43:], "damaged", id="flipped"),
        pytest.param(lambda raw: gzip.compress(b"another page"), "not what its name says", id="swapped"),
    ],
)
def test_a_damaged_body_is_refused(folder, damage, words):
    """A quotation must never come from bytes that the site did not send."""
    evidence = FileEvidence(folder)
    sha256 = evidence.put(PAGE)
    path = folder / sha256[:2] / f"{sha256}.gz"
    path.write_bytes(damage(path.read_bytes()))

    with pytest.raises(StateError, match=words):
        evidence.get(sha256)


@pytest.mark.parametrize("name", ["../../etc/passwd", "", "A" * 64, "0" * 63, "0" * 64 + "\n"])
def test_what_is_no_hash_names_no_file(folder, name):
    """The hash comes from a row, and later from an address in a browser."""
    with pytest.raises(StateError, match="not the hash"):
        FileEvidence(folder).get(name)


def test_a_full_disk_leaves_no_half_body(folder):
    """What stands under a hash is whole."""
    folder.parent.joinpath("evidence").write_text("a file in the way")

    with pytest.raises(StateError, match="a file stands where a folder is needed"):
        FileEvidence(folder).put(PAGE)


# --- the check


@pytest.fixture
def cited(folder):
    """Evidence and a store that cites two bodies of it."""
    evidence, store = FileEvidence(folder), MemoryStore()
    first, second = evidence.put(b"a page"), evidence.put(b"a reply")
    store.save(
        Batch(
            at=T0,
            documents=(document(body_sha256=first), document(2, body_sha256=None)),
            exchanges=(exchange(body_sha256=second),),
        )
    )
    yield evidence, store, first
    store.close()


def test_sound_evidence_has_no_faults(cited):
    """No alarm without a fault, or nobody reads the alarms."""
    evidence, store, _ = cited

    assert check_evidence(store, evidence) == ()


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        pytest.param(lambda path: path.unlink(), "is cited, but not stored", id="missing"),
        pytest.param(lambda path: path.write_bytes(b"x"), "is damaged", id="damaged"),
        pytest.param(
            lambda path: path.with_name("x.tmp").write_bytes(b""), "nothing cites this file", id="stray"
        ),
        pytest.param(
            lambda path: path.rename(path.parent.parent / path.name),
            "nothing cites this file",
            id="misplaced",
        ),
    ],
)
def test_a_fault_in_the_evidence_is_named(cited, folder, damage, words):
    """What a claim rests on is checked to the byte (S11)."""
    evidence, store, sha256 = cited
    damage(folder / sha256[:2] / f"{sha256}.gz")

    faults = check_evidence(store, evidence)

    assert any(words in fault for fault in faults)


def test_a_body_that_nothing_cites_is_listed(cited):
    """A run that was killed leaves one; it may be deleted."""
    evidence, store, _ = cited
    orphan = evidence.put(b"never cited")

    (fault,) = check_evidence(store, evidence)
    assert orphan in fault
    assert "nothing cites" in fault
