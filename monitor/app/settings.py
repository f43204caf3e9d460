"""monitor.toml: how a workspace runs. Secrets never stand in it."""

import difflib
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from monitor.errors import ConfigError, Problem


@dataclass(frozen=True, slots=True)
class NetworkFile:
    """The [network] table. ``allow_loopback`` opens 127.0.0.0/8 for workspaces served from this machine."""

    contact: str = ""
    deadline_s: float = 30.0
    spacing_s: float = 1.0
    ca_bundle: str | None = None
    proxy: str | None = None
    allow_loopback: bool = False


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that monitor.toml may say, with its defaults.

    ``instance`` names this installation in Message-IDs. ``simulated_time`` lets examples and tests
    say what time it is (``monitor run --at``); a real workspace leaves it off.
    """

    instance: str = "briefing-monitor"
    database: str = "state/monitor.db"
    timezone: str = "Europe/London"
    simulated_time: bool = False
    network: NetworkFile = field(default_factory=NetworkFile)


def load_settings(path: Path) -> Settings:
    """Return the settings of ``path``, or the defaults where there is no such file.

    Raises:
        ConfigError: the file is not TOML, or has unknown keys or values of the wrong type.
    """
    if not path.exists():
        return Settings()
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise ConfigError([Problem(path.name, None, "", f"cannot be read as TOML: {error}")]) from error
    _refuse_unknown(data, path.name)
    from pydantic import TypeAdapter, ValidationError

    try:
        return TypeAdapter(Settings).validate_python(data)
    except ValidationError as error:
        raise ConfigError([_problem(path.name, each) for each in error.errors()]) from error


def _refuse_unknown(data: dict[str, Any], name: str) -> None:
    """A misspelt key that is ignored would be a setting that silently does not hold."""
    unknown = [key for key in data if key not in Settings.__dataclass_fields__]
    table = data.get("network")
    if isinstance(table, dict):
        unknown += [f"network.{key}" for key in table if key not in NetworkFile.__dataclass_fields__]
    if unknown:
        raise ConfigError([Problem(name, None, key, _did_you_mean(key)) for key in unknown])


def _did_you_mean(key: str) -> str:
    known = [
        *Settings.__dataclass_fields__,
        *(f"network.{each}" for each in NetworkFile.__dataclass_fields__),
    ]
    near = difflib.get_close_matches(key, known, n=1)
    return f"unknown key; did you mean {near[0]}?" if near else f"unknown key; known are {', '.join(known)}"


def _problem(name: str, error: Any) -> Problem:
    where = ".".join(str(part) for part in error["loc"])
    return Problem(name, None, where, f"{error['msg']} (got {error['input']!r})")
