"""Bodies as they came, one compressed file each, named by their SHA-256.

A body is on disk, synced, before any row cites it. Files never change; `get` proves that one is
what its name says.
"""

import gzip
import hashlib
import re
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from monitor.errors import StateError
from monitor.files import make_directory, what_failed, write_atomically

_LEVEL = 6  # of nine: the last three cost twice the time for a hundredth of the size
_NAME = re.compile(r"([0-9a-f]{2})([0-9a-f]{62})\Z")


class FileEvidence:
    """:class:`monitor.ports.Evidence` in a folder, as ``ab/abcdef....gz``."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, body: bytes) -> str:
        """Store ``body`` durably and return its SHA-256; storing it again is free.

        Raises:
            StateError: it could not be written.
        """
        sha256 = hashlib.sha256(body).hexdigest()
        path = self._path(sha256)
        try:
            is_known = path.exists()
        except OSError as error:
            raise StateError(str(path), what_failed(error)) from error
        if not is_known:
            make_directory(path.parent)
            write_atomically(path, gzip.compress(body, _LEVEL, mtime=0))
        return sha256

    def get(self, sha256: str) -> bytes:
        """Return a stored body.

        Raises:
            StateError: it is missing, or no longer what its name says.
        """
        path = self._path(sha256)
        try:
            body = gzip.decompress(path.read_bytes())
        except FileNotFoundError as error:
            raise StateError(str(path), "this stored body is missing; restore it from a backup") from error
        except (zlib.error, EOFError, gzip.BadGzipFile) as error:
            raise StateError(str(path), "this stored body is damaged; restore it from a backup") from error
        except OSError as error:
            raise StateError(str(path), what_failed(error)) from error
        if hashlib.sha256(body).hexdigest() != sha256:
            raise StateError(
                str(path), "this stored body is not what its name says; restore it from a backup"
            )
        return body

    def remove(self, sha256: str) -> bool:
        """Remove a stored body, and return whether it was there.

        Raises:
            StateError: it could not be removed.
        """
        path = self._path(sha256)
        try:
            path.unlink()
        except FileNotFoundError:
            return False
        except OSError as error:
            raise StateError(str(path), what_failed(error)) from error
        return True

    def hashes(self) -> Iterator[str]:
        """Yield the hash of every stored body."""
        named = (self.hash_of(path) for path in self.files())
        return (sha256 for sha256 in named if sha256 is not None)

    def files(self) -> Iterator[Path]:
        """Yield every file in the folder, in order, also those that do not belong there."""
        return (path for path in sorted(self._folder.rglob("*")) if path.is_file())

    def hash_of(self, path: Path) -> str | None:
        """Return the SHA-256 of the body that a file in the folder is named after, None if of none."""
        sha256 = path.name.removesuffix(".gz")
        return sha256 if path.name.endswith(".gz") and path == self._path_or_none(sha256) else None

    def _path(self, sha256: str) -> Path:
        path = self._path_or_none(sha256)
        if path is None:
            raise StateError(str(self._folder), f"not the hash of a stored body: {sha256!r}")
        return path

    def _path_or_none(self, sha256: str) -> Path | None:
        return self._folder / sha256[:2] / f"{sha256}.gz" if _NAME.match(sha256) else None


class Citing(Protocol):
    """What cites stored bodies: the store."""

    def body_hashes(self) -> frozenset[str]:
        """Return the hashes of all bodies that are cited."""


def check_evidence(store: Citing, evidence: FileEvidence) -> tuple[str, ...]:
    """Return a sentence for each fault: a body missing or damaged, a file that nothing cites.

    Reads every body. A file that nothing cites is what a run leaves that was killed between
    storing a body and recording it: harmless, and safe to delete while no run is under way.
    """
    cited = store.body_hashes()
    found: set[str] = set()
    faults = []
    for path in evidence.files():
        sha256 = evidence.hash_of(path)
        if sha256 is None or sha256 not in cited:
            faults.append(f"{path}: nothing cites this file")
            continue
        found.add(sha256)
        try:
            evidence.get(sha256)
        except StateError as error:
            faults.append(str(error))
    faults += [f"the body {sha256} is cited, but not stored" for sha256 in sorted(cited - found)]
    return tuple(faults)
