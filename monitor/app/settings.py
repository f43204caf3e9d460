"""monitor.toml: how a workspace runs. Secrets never stand in it."""

import difflib
import os
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from monitor.errors import ConfigError, Problem
from monitor.files import load_toml
from monitor.model import LEAD_DAYS

_CLAIMED = 0.5  # the score from which a signing is claimed
_SHORTEST_S = 0.1  # no site answers sooner across the world
_SECRET = re.compile(r"(\b|_)(password|passwd|secret|token|api_?key)(\b|_)", re.IGNORECASE)
_TYPES = (  # the first letters of pydantic's names of errors, with what is wanted in words
    ("float", "a number"),
    ("int", "a whole number"),
    ("bool", "true or false"),
    ("string", "text in quotes"),
    ("dataclass", "a table: write it as [its name], with its keys below"),
)
_PASSWORD = re.compile(r"://[^/@]*:[^/@]*@|[?&]password=")
_POSTGRES = ("postgresql://", "postgresql+psycopg://", "postgres://")


@dataclass(frozen=True, slots=True)
class NetworkFile:
    """The [network] table. ``allow_loopback`` opens 127.0.0.0/8 for workspaces served from this machine."""

    contact: str = ""
    deadline_s: float = 30.0
    spacing_s: float = 1.0
    at_once: int = 32
    ca_bundle: str | None = None
    proxy: str | None = None
    allow_loopback: bool = False


@dataclass(frozen=True, slots=True)
class MailFile:
    """The [mail] table; without ``host`` there is no ``smtp`` channel. The password is never here."""

    host: str = ""
    port: int = 587
    sender: str = ""
    sender_name: str = "Briefing Monitor"
    contact: str = ""
    security: Literal["starttls", "tls", "none"] = "starttls"
    username: str = ""
    ca_bundle: str | None = None
    deadline_s: float = 60.0


@dataclass(frozen=True, slots=True)
class RetentionFile:
    """The [retention] table: for how many days bytes are kept on which nothing rests; None is for ever."""

    evidence_days: int | None = None


@dataclass(frozen=True, slots=True)
class RecognitionFile:
    """The [recognition] table: the score from which what is not claimed is asked about; 0.5 asks nothing.

    ``lead_days``: after how many days a signing that only the press reports is dropped, unless repeated.
    """

    ask_from: float = 0.1
    lead_days: int = LEAD_DAYS


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
    mail: MailFile = field(default_factory=MailFile)
    retention: RetentionFile = field(default_factory=RetentionFile)
    recognition: RecognitionFile = field(default_factory=RecognitionFile)


# The tables of the file: every other key stands at its top.
TABLES: Mapping[str, Any] = MappingProxyType(
    {"network": NetworkFile, "mail": MailFile, "retention": RetentionFile, "recognition": RecognitionFile}
)


def load_settings(path: Path) -> Settings:
    """Return the settings of ``path``, or the defaults where there is no such file.

    Raises:
        ConfigError: the file is not TOML, or has unknown keys or values that cannot work; every fault is
            listed, with its line.
    """
    try:
        file = load_toml(path)
    except ConfigError:
        if not os.path.lexists(path):
            return Settings()
        raise
    faults = [*_unknown(file.data), *_of_wrong_type(_known(file.data))]
    sound = _without(_known(file.data), [key for key, _ in faults])
    settings = _in_folder(_validated(sound), path.parent)
    faults += _faults(settings)
    if faults:
        problems = [Problem(path.name, file.line_of(key), key, message) for key, message in faults]
        raise ConfigError(sorted(problems, key=lambda each: each.line or 0))
    return settings


def _validated(data: dict[str, Any]) -> Settings:
    from pydantic import TypeAdapter

    return TypeAdapter(Settings).validate_python(data)


def _of_wrong_type(data: dict[str, Any]) -> list[tuple[str, str]]:
    from pydantic import ValidationError

    try:
        _validated(data)
    except ValidationError as error:
        return [_as_fault(each) for each in error.errors()]
    return []


def _known(data: dict[str, Any]) -> dict[str, Any]:
    """The data without unknown keys, which are faults of their own."""
    return _without(data, [key for key, _ in _unknown(data)])


def _without(data: dict[str, Any], keys: Collection[str]) -> dict[str, Any]:
    kept = {key: value for key, value in data.items() if key not in keys}
    for table in TABLES:
        if isinstance(kept.get(table), dict):
            kept[table] = {key: each for key, each in kept[table].items() if f"{table}.{key}" not in keys}
    return kept


def _in_folder(settings: Settings, folder: Path) -> Settings:
    """The settings with files as they are meant: beside this one, wherever the command is started."""
    network, mail = settings.network, settings.mail
    if network.ca_bundle is not None:
        network = replace(network, ca_bundle=str(folder / network.ca_bundle))
    if mail.ca_bundle is not None:
        mail = replace(mail, ca_bundle=str(folder / mail.ca_bundle))
    return replace(settings, network=network, mail=mail)


def _faults(settings: Settings) -> Iterator[tuple[str, str]]:
    """What types cannot say; found here, before a source is asked, and all at once."""
    try:
        ZoneInfo(settings.timezone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        yield "timezone", f"no time zone {settings.timezone!r}; write one such as Europe/London"
    if not settings.database.strip():
        yield "database", "must not be empty; write a file below the workspace, such as state/monitor.db"
    elif "://" in settings.database and not settings.database.startswith(_POSTGRES):
        yield (
            "database",
            "must be a file, such as state/monitor.db, or an address postgresql://user@host/name",
        )
    elif _PASSWORD.search(settings.database):
        yield (
            "database",
            "leave the password out; it comes from PGPASSWORD, or the file that PGPASSFILE names",
        )
    if not 0 < settings.recognition.ask_from <= _CLAIMED:
        yield "recognition.ask_from", f"must be above 0 and at most {_CLAIMED}, where claims begin"
    network, mail = settings.network, settings.mail
    for key, value, least in (
        ("network.deadline_s", network.deadline_s, _SHORTEST_S),
        ("network.spacing_s", network.spacing_s, 0),
        ("network.at_once", network.at_once, 1),
        ("recognition.lead_days", settings.recognition.lead_days, 1),
        ("retention.evidence_days", settings.retention.evidence_days or 1, 1),
        ("mail.deadline_s", mail.deadline_s, _SHORTEST_S),
        ("mail.port", mail.port, 1),
    ):
        if not value >= least:
            yield key, f"must be {least} or more, not {value}"
    if network.proxy is not None and not network.proxy.startswith(("http://", "https://")):
        yield "network.proxy", f"must start with http:// or https://, not {network.proxy!r}"
    for key, file in (("network.ca_bundle", network.ca_bundle), ("mail.ca_bundle", mail.ca_bundle)):
        if file is not None and not Path(file).is_file():
            yield key, f"there is no file {file}; certificates are read from it"


def _unknown(data: dict[str, Any]) -> list[tuple[str, str]]:
    """A misspelt key that is ignored would be a setting that silently does not hold."""
    unknown = [key for key in data if key not in Settings.__dataclass_fields__]
    for table in TABLES:
        keys = data[table] if isinstance(data.get(table), dict) else ()
        unknown += [f"{table}.{key}" for key in keys if f"{table}.{key}" not in known_keys()]
    return [(key, _did_you_mean(key)) for key in unknown]


def known_keys() -> tuple[str, ...]:
    """Return every key that monitor.toml can have, those of tables with a dot."""
    keys = [key for key in Settings.__dataclass_fields__ if key not in TABLES]
    for table, values in TABLES.items():
        keys += [f"{table}.{key}" for key in values.__dataclass_fields__]
    return tuple(keys)


def _did_you_mean(key: str) -> str:
    if _SECRET.search(key):
        return "secrets never stand in this file; see docs/operations.md for the variable that holds it"
    near = difflib.get_close_matches(key, [*known_keys(), *TABLES], n=1)
    return f"unknown key; did you mean {near[0]}?" if near else "unknown key; remove it"


def _as_fault(error: Any) -> tuple[str, str]:
    key = ".".join(str(part) for part in error["loc"])
    given = error["input"]
    if error["type"] == "literal_error":
        return key, f"must be {error['ctx']['expected']}, not {given!r}"
    wanted = next((words for start, words in _TYPES if error["type"].startswith(start)), None)
    return key, f"must be {wanted}, not {given!r}" if wanted else f"{error['msg']} (got {given!r})"
