"""What slow tests borrow from package registries at test time; nothing of it is kept in the project."""

import os
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

_QUIET = {"check": True, "capture_output": True, "text": True}


def require_program(name: str, package: str) -> Path:
    """Return a program; install its Debian package where we may.

    Raises:
        RuntimeError: it is not here and cannot be installed.
    """
    if shutil.which(name) is None and shutil.which("apt-get") and os.geteuid() == 0:
        quiet = _QUIET | {"env": os.environ | {"DEBIAN_FRONTEND": "noninteractive"}}
        subprocess.run(["apt-get", "update", "-q"], **quiet)
        subprocess.run(["apt-get", "install", "-q", "-y", "--no-install-recommends", package], **quiet)
    found = shutil.which(name)
    if found is None:
        raise RuntimeError(f"{name} is needed: install it (Debian: apt-get install {package})")
    return Path(found)


def npm_package(name: str, folder: Path) -> Path:
    """Return the folder of an npm package, unpacked; ``name`` is with its version."""
    npm = require_program("npm", "npm")
    packed = subprocess.run([npm, "pack", "--silent", name], cwd=folder, **_QUIET).stdout.split()[-1]
    return _unpacked(folder / packed, folder / name.replace("/", "-"))


def source_distribution(requirement: str, folder: Path) -> Path:
    """Return the folder of a Python package's sources, unpacked."""
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"]
    subprocess.run([*command, "--no-binary", ":all:", requirement], cwd=folder, **_QUIET)
    (archive,) = folder.glob("*.tar.gz")
    return _unpacked(archive, folder / "sources")


def _unpacked(archive: Path, into: Path) -> Path:
    with tarfile.open(archive) as opened:
        opened.extractall(into, filter="data")
    return next(path for path in into.iterdir() if path.is_dir())
