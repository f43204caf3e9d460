"""Where a workspace's files are, and what the package ships for those it does not have."""

import json
import shutil
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from monitor.app.settings import Settings, load_settings
from monitor.errors import ConfigError, Problem

_SETTINGS = """\
# How this workspace runs; docs/operations.md explains every key. Secrets never stand here.
instance = "briefing-monitor.invalid"  # your monitor's own domain name, from which mail ids are made
timezone = "Europe/London"

[network]
contact = ""  # an address at which a site's operator reaches you; it goes into the User-Agent
"""


@dataclass(frozen=True, slots=True)
class Workspace:
    """A folder with sources.yaml and state/; everything a monitor reads and writes is below it."""

    root: Path
    settings: Settings

    @property
    def sources_file(self) -> Path:
        """What is polled."""
        return self.root / "sources.yaml"

    @property
    def state(self) -> Path:
        """The folder of the database, the evidence, the lock and the briefings."""
        return self.root / "state"

    @property
    def briefings(self) -> Path:
        """One folder a briefing."""
        return self.state / "briefings"

    @property
    def reports(self) -> Path:
        """Where the ``files`` channel writes."""
        return self.root / "reports"

    @property
    def database(self) -> str:
        """The database's address, or the path of its file."""
        name = self.settings.database
        return name if "://" in name else str(self.root / name)


def find_workspace(root: Path) -> Workspace:
    """Return the workspace at ``root``.

    Raises:
        ConfigError: it holds no sources.yaml, or monitor.toml is wrong.
    """
    if not (root / "sources.yaml").is_file():
        message = "no sources.yaml here; run `monitor init FOLDER`, or name the folder with --workspace"
        raise ConfigError([Problem(str(root), None, "", message)])
    return Workspace(root, load_settings(root / "monitor.toml"))


def shipped(name: str) -> Path:
    """Return where the package's own copy of ``templates``, ``sources.yaml`` or ``briefings`` is.

    An installed wheel carries them inside the package; a checkout has them at its top.
    """
    inside = Path(str(resources.files("monitor"))) / "shipped" / name
    if inside.exists():
        return inside
    top = Path(str(resources.files("monitor"))).parent
    return top / ("state/briefings" if name == "briefings" else name)


def init_workspace(root: Path) -> tuple[Path, ...]:
    """Make a workspace at ``root`` from what the package ships; return what was written.

    Raises:
        ConfigError: something is there already; nothing is overwritten.
    """
    wanted = [root / "sources.yaml", root / "monitor.toml", root / "state" / "briefings", root / "templates"]
    there = [path for path in wanted if path.exists()]
    if there:
        message = "is there already; name an empty folder, nothing is overwritten"
        raise ConfigError([Problem(str(path), None, "", message) for path in there])
    try:
        (root / "state").mkdir(parents=True, exist_ok=True, mode=0o700)
        (root / "reports").mkdir(exist_ok=True)
        (root / "templates").mkdir()
        shutil.copy(shipped("sources.yaml"), root / "sources.yaml")
        (root / "schemas").mkdir(exist_ok=True)
        (root / "schemas" / "sources.json").write_text(_editors_schema(), encoding="utf-8")
        shutil.copytree(shipped("briefings"), root / "state" / "briefings")
        (root / "monitor.toml").write_text(_SETTINGS, encoding="utf-8")
    except OSError as error:
        raise ConfigError([Problem(str(root), None, "", f"cannot be written: {error.strerror}")]) from error
    _begin_database(Workspace(root, load_settings(root / "monitor.toml")))
    return tuple(wanted[:3])


def _begin_database(workspace: Workspace) -> None:
    """Begin the database, so that every command works from the first minute on."""
    from monitor.store import open_store

    open_store(workspace.database, evidence=workspace.state / "evidence", create=True).close()


def _editors_schema() -> str:
    """The JSON Schema that the first line of sources.yaml names, for editors."""
    from monitor.sources import schema

    return json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"
