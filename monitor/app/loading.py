"""Reads the files that people edit: sources, briefings, templates."""

from collections.abc import Sequence
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from monitor.app.channels import channel_names
from monitor.app.mail import mail_server
from monitor.app.workspace import Workspace, find_workspace, shipped
from monitor.briefing import parse_briefing
from monitor.errors import ConfigError, Problem
from monitor.files import YamlFile, load_cached, load_made, load_yaml, what_failed
from monitor.model import Edition, Subscription, Topic, written
from monitor.scheduling import parse_subscriptions
from monitor.sources import Sources, plain_sources, sources_of


def load_sources(workspace: Workspace) -> Sources:
    """Return the sources of a workspace.

    Raises:
        ConfigError: sources.yaml is wrong; every fault is listed.
    """

    def checked(file: YamlFile) -> list[dict[str, Any]]:
        from monitor.sources import parse_sources

        return plain_sources(parse_sources(file.data, file.line_of, workspace.sources_file.name))

    kept = workspace.state / "cache"
    return sources_of(load_made(workspace.sources_file, kept, checked, rules=_rules()))


@cache
def _rules() -> str:
    """What tells the code that checks sources from a later one: its files, their sizes and times."""
    folder = Path(str(resources.files("monitor")))
    files = [*(folder / "sources").glob("*.py"), *(folder / "model").glob("*.py"), folder / "expressions.py"]
    stats = ((path.name, path.stat()) for path in sorted(files))
    return ";".join(f"{name} {each.st_size} {each.st_mtime_ns}" for name, each in stats)


def load_editions(workspace: Workspace) -> tuple[tuple[Edition, ...], tuple[Problem, ...]]:
    """Return every briefing that parses, and what is wrong with those that do not."""
    editions: list[Edition] = []
    problems: list[Problem] = []
    for folder in _briefing_folders(workspace):
        try:
            editions.append(_load_edition(folder, workspace.state / "cache"))
        except ConfigError as error:  # one briefing among many
            problems.extend(error.problems)
    return tuple(editions), tuple(problems)


def _briefing_folders(workspace: Workspace) -> list[Path]:
    if not workspace.briefings.is_dir():
        return []
    return sorted(path for path in workspace.briefings.iterdir() if path.is_dir())


def _load_edition(folder: Path, cache: Path) -> Edition:
    path = folder / "briefing.yaml"
    file = load_cached(path, cache)
    text = folder / "text" / f"{file.data.get('as_of', '')}.md"
    name = f"{folder.name}/briefing.yaml"
    words = _text(text) if text.is_file() else ""
    return parse_briefing(file.data, file.line_of, name, words)


def known_topics(workspace: Workspace) -> tuple[Topic, ...]:
    """Return what the workspace's briefings follow, then what the shipped ones do."""
    topics = [edition.topic for edition in load_editions(workspace)[0]]
    for folder in sorted(path for path in shipped("briefings").iterdir() if path.is_dir()):
        file = load_yaml(folder / "briefing.yaml")
        topics.append(parse_briefing(file.data, file.line_of, f"{folder.name}/briefing.yaml").topic)
    return tuple(topics)


def load_subscriptions(workspace: Workspace, channels: Sequence[str]) -> tuple[Subscription, ...] | None:
    """Return what subscriptions.yaml says, or None where there is no such file.

    Raises:
        ConfigError: the file is wrong; every fault is listed.
    """
    path = workspace.root / "subscriptions.yaml"
    if not path.is_file():
        return None
    file = load_yaml(path)
    # Those that do not parse count too: their fault must not be reported as one of this file.
    briefings = [folder.name for folder in _briefing_folders(workspace)]
    return parse_subscriptions(file.data, file.line_of, path.name, briefings=briefings, channels=channels)


def load_templates(workspace: Workspace) -> dict[str, str]:
    """Return every template by its name below templates/; a workspace's own wins over the shipped one."""
    return load_shipped_templates() | _templates_in(workspace.root / "templates")


def check_own_templates(workspace: Workspace) -> int:
    """Check the templates of a workspace's own, those that ship are tested; return how many there are.

    Raises:
        ConfigError: some are wrong; every fault with its file and line.
    """
    own = _templates_in(workspace.root / "templates")
    if own:
        from monitor.reports import check_templates

        check_templates(load_templates(workspace), only=own)
    return len(own)


def load_shipped_templates() -> dict[str, str]:
    """Return the templates that the package ships, by name."""
    return _templates_in(shipped("templates"))


def _templates_in(folder: Path) -> dict[str, str]:
    try:
        if folder.is_dir():
            next(folder.iterdir(), None)  # fails where it cannot be read; a search would find nothing there
    except OSError as error:
        raise ConfigError(
            [Problem(str(folder), None, "", f"cannot be read: {what_failed(error)}")]
        ) from error
    return {
        path.relative_to(folder).as_posix(): _text(path)
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.startswith(".")
    }


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        message = "this is not UTF-8 text; save the file as UTF-8"
        raise ConfigError([Problem(str(path), None, "", message)]) from error
    except OSError as error:
        raise ConfigError([Problem(str(path), None, "", f"cannot be read: {what_failed(error)}")]) from error


def check_files(root: Path) -> tuple[str, ...]:
    """Check every file that people edit; return a line a file.

    Raises:
        ConfigError: something is wrong; every fault of every file is listed.
    """
    workspace = find_workspace(root)
    problems: list[Problem] = []
    lines = []
    for check in (lambda: mail_server(workspace.settings.mail), lambda: load_templates(workspace)):
        try:
            check()
        except ConfigError as error:
            problems.extend(error.problems)
    try:
        sources = load_sources(workspace)
        enabled = sum(source.enabled for source in sources)
        lines.append(f"{workspace.sources_file.name}: {len(sources)} sources, {enabled} enabled")
    except ConfigError as error:
        problems.extend(error.problems)
    editions, faults = load_editions(workspace)
    problems.extend(faults)
    lines += [
        f"{each.briefing_id}: edition of {written(each.as_of)}, {len(each.statements)} statements"
        for each in editions
    ]
    try:
        subscriptions = load_subscriptions(workspace, channel_names(workspace))
        lines += [f"subscriptions.yaml: {len(subscriptions)} subscriptions"] if subscriptions else []
    except ConfigError as error:
        problems.extend(error.problems)
    try:
        own = check_own_templates(workspace)
        lines += [f"templates: {own} of this workspace's own"] if own else []
    except ConfigError as error:
        problems.extend(error.problems)
    if problems:
        raise ConfigError(problems)
    return tuple(lines)
