"""Where a workspace's files are, and what the package ships for those it does not have."""

from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from monitor.errors import ConfigError, Problem
from monitor.app.settings import Settings, load_settings


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


def load_templates(workspace: Workspace | None) -> dict[str, str]:
    """Return every template by its name below templates/; a workspace's own wins."""
    folders = [shipped("templates")]
    if workspace is not None and (workspace.root / "templates").is_dir():
        folders.append(workspace.root / "templates")
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for folder in folders
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.startswith(".")
    }
