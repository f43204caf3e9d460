"""A PostgreSQL server of the tests' own: found or installed, on a socket in a temporary folder."""

import os
import pwd
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_ASIDE = ("nobody", "postgres")  # the server refuses to run as root


def require_postgres() -> Path:
    """Return the folder of the server's programs; install them where the system is Debian and we are root.

    Raises:
        RuntimeError: there is no server, and none can be installed.
    """
    found = _programs()
    if found is None and shutil.which("apt-get") and os.geteuid() == 0:
        quiet = {
            "check": True,
            "capture_output": True,
            "env": os.environ | {"DEBIAN_FRONTEND": "noninteractive"},
        }
        subprocess.run(["apt-get", "update", "-q"], **quiet)
        subprocess.run(["apt-get", "install", "-q", "-y", "--no-install-recommends", "postgresql"], **quiet)
        found = _programs()
    if found is None:
        raise RuntimeError("no PostgreSQL server: install one (Debian: apt-get install postgresql)")
    return found


@contextmanager
def running_postgres(folder: Path) -> Iterator[str]:
    """Run a server below ``folder`` and give the URL of its database; stop it at the end."""
    programs, run_as = require_postgres(), _somebody()
    data = folder / "data"
    for each in (folder, data):
        each.mkdir(exist_ok=True)
        if run_as is not None:
            os.chown(each, pwd.getpwnam(run_as).pw_uid, -1)
    options = f"-c listen_addresses='' -k {folder} -c fsync=off"
    _run(run_as, programs / "initdb", "-D", data, "-U", "monitor", "-A", "trust", "-E", "UTF8", "--no-locale")
    _run(run_as, programs / "pg_ctl", "-D", data, "-o", options, "-w", "-l", folder / "log", "start")
    try:
        yield f"postgresql://monitor@/postgres?host={folder}"
    finally:
        _run(run_as, programs / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")


def _programs() -> Path | None:
    on_path = shutil.which("initdb")
    places = [Path(on_path).resolve().parent] if on_path else []
    places += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    places += [Path("/opt/homebrew/bin"), Path("/usr/local/bin")]
    return next((place for place in places if (place / "pg_ctl").exists()), None)


def _somebody() -> str | None:
    """Return another user to run as, where we are root."""
    if os.geteuid() != 0:
        return None
    users = {user.pw_name for user in pwd.getpwall()}
    return next(name for name in _ASIDE if name in users)


def _run(run_as: str | None, *command: str | Path) -> None:
    done = subprocess.run(
        [str(part) for part in command],
        check=False,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        user=run_as,
    )
    if done.returncode != 0:
        raise RuntimeError(f"{command[0]}: {done.stderr.decode()}")
