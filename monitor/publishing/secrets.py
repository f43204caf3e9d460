"""Secrets come from the environment, or from a closed file that it names; never from a settings file."""

import stat
from collections.abc import Mapping
from pathlib import Path

from monitor.errors import ConfigError, Problem

_FOR_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def secret_from(environ: Mapping[str, str], variable: str) -> str:
    """Return the value of ``variable``, or the first line of the file that ``<variable>_FILE`` names.

    Empty where neither is set.

    Raises:
        ConfigError: both are set, or the file cannot be read or is open to others.
    """
    value, file = environ.get(variable, ""), environ.get(f"{variable}_FILE", "")
    if value and file:
        raise ConfigError([Problem("environment", None, variable, f"set this or {variable}_FILE, not both")])
    return _read(Path(file), f"{variable}_FILE") if file else value


def _read(path: Path, where: str) -> str:
    try:
        mode = path.stat().st_mode
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError([Problem(path.name, None, where, f"the file cannot be read: {error}")]) from error
    if mode & _FOR_OTHERS:
        message = "the file can be read by others; run: chmod 600 on it"
        raise ConfigError([Problem(path.name, None, where, message)])
    return text.partition("\n")[0].strip()
