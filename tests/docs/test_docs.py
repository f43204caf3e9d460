"""Documentation is part of the program: what it names exists, what exists is named, its commands run."""

import re
import shlex
import tomllib
from datetime import date
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from monitor.app.settings import known_keys
from monitor.cli import group

ROOT = Path(__file__).parents[2]
DOCS = sorted((ROOT / "docs").glob("*.md"))
ALL_DOCS = "\n".join(path.read_text(encoding="utf-8") for path in [ROOT / "README.md", *DOCS])


def _commands(command: click.Command, name: str = "monitor") -> list[str]:
    if isinstance(command, click.Group):
        return [each for key, sub in command.commands.items() for each in _commands(sub, f"{name} {key}")]
    return [name]


@pytest.mark.parametrize("name", _commands(group))
def test_every_command_is_documented(name):
    """A command that no page mentions is found by nobody."""
    assert name in ALL_DOCS


def test_every_dependency_has_its_reason():
    """docs/dependencies.md lists what pyproject.toml asks for, and nothing else."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    asked = [
        *project["project"]["dependencies"],
        *(each for extra in project["project"]["optional-dependencies"].values() for each in extra),
        *(each for group in project["dependency-groups"].values() for each in group),
    ]
    names = {re.split(r"[\[<>=!;, ]", each)[0].lower() for each in asked}
    table = re.findall(r"^\| ([a-z0-9.-]+) \|", (ROOT / "docs/dependencies.md").read_text(), re.M)

    assert sorted(set(table) - {"library", "---"}) == sorted(names)


def test_every_setting_is_documented():
    """A key of monitor.toml that operations.md does not explain cannot be used with confidence."""
    text = (ROOT / "docs/operations.md").read_text()

    assert [key for key in known_keys() if f"| `{key}` |" not in text] == []


@pytest.mark.parametrize("path", [ROOT / "README.md", *DOCS], ids=lambda path: path.name)
def test_links_between_pages_lead_somewhere(path):
    """A dead link in the documentation costs a reader's trust."""
    targets = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", path.read_text(encoding="utf-8"))

    assert [target for target in targets if not (path.parent / target).exists()] == []


def _console_lines(text: str) -> list[str]:
    blocks = re.findall(r"```console\n(.*?)```", text, re.S)
    joined = "\n".join(blocks).replace("\\\n", " ")
    return [line[2:] for line in joined.splitlines() if line.startswith("$ ")]


@pytest.fixture
def example_web(monkeypatch):
    """The example's publishers, served from this machine."""
    monkeypatch.syspath_prepend(str(ROOT / "examples"))
    from server import Web

    with Web(ROOT / "examples/first-days/site", date(2024, 2, 25)) as web:
        yield web


def test_the_tutorial_runs(tmp_path, monkeypatch, example_web):
    """Every command of the tutorial does what it says, on the example's sources."""
    monkeypatch.chdir(tmp_path)
    example = ROOT / "examples/first-days"
    runner = CliRunner()
    failed = []
    for line in _console_lines((ROOT / "docs/tutorial.md").read_text()):
        words = shlex.split(line)
        if words[0] == "cd":
            monkeypatch.chdir(words[1])
            # The example's publishers stand in for the real ones: tests never leave this machine.
            Path("sources.yaml").write_text(example_web.filled((example / "sources.yaml").read_text()))
            Path("monitor.toml").write_text((example / "monitor.toml").read_text())
            register = (example / "site/uk-treaties/treaties.json").read_text()
            Path("treaties.json").write_text(example_web.filled(register))
        elif words[0] == "monitor":
            arguments = [_real_id(word, runner) for word in words[1:]]
            result = runner.invoke(group, arguments)
            if result.exit_code:
                failed.append((line, result.exit_code, result.output, repr(result.exception)))

    assert failed == []


def _real_id(word: str, runner: CliRunner) -> str:
    if not word.startswith("c-0123"):
        return word
    listing = runner.invoke(group, ["review", "list"]).output
    return re.findall(r"^(c-[0-9a-f]{16})", listing, re.M)[0]
