"""Options and output that commands share."""

import getpass
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from monitor.app import App

F = TypeVar("F", bound=Callable[..., Any])

EXIT_SOURCE_FAILED = 3
EXIT_DELIVERY_FAILED = 4
EXIT_CHANGES = 10
_WHOLE = 300  # characters of a command's first sentence
_WIDEST = 90  # characters of a cell that others follow


class Commands(click.Group):
    """Commands under one name, listed with their whole first sentence, which click would cut off."""

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands into a help page."""
        names = self.list_commands(ctx)
        rows = [(name, self.commands[name].get_short_help_str(_WHOLE)) for name in names]
        with formatter.section("Commands"):
            formatter.write_dl(rows)


def workspace_option(command: F) -> F:
    """Add ``--workspace``, the folder that holds sources.yaml and state/."""
    return click.option(
        "-w",
        "--workspace",
        type=click.Path(file_okay=False, path_type=Path),
        default=Path(),
        envvar="MONITOR_WORKSPACE",
        help="The folder that holds sources.yaml and state/; default: here.",
    )(command)


def json_option(command: F) -> F:
    """Add ``--json``."""
    return click.option("--json", "as_json", is_flag=True, help="Print JSON instead of a table.")(command)


def at_option(command: F) -> F:
    """Add ``--at``, the instant to pretend, in workspaces with ``simulated_time``."""
    return click.option(
        "--at",
        type=click.DateTime(["%Y-%m-%d", "%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"]),
        help="Pretend that it is this time (UTC); only where monitor.toml says simulated_time = true.",
    )(command)


def vouching_option(command: F) -> F:
    """Add ``--by``, who vouches for what is entered: the login name where no other is given."""
    return click.option(
        "--by",
        default=_login_name,
        show_default="your login name",
        metavar="NAME",
        help="Who vouches for what is entered.",
    )(command)


def _login_name() -> str:
    """Empty where the system knows no name; the command then asks for one."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container's user without an account
        return ""


@contextmanager
def opened(workspace: Path, at: datetime | None = None, *, create: bool = False) -> Iterator["App"]:
    """Open a workspace for one command and close it again."""
    from monitor.app import App
    from monitor.app.workspace import find_workspace

    now = at.replace(tzinfo=UTC) if at else None
    with App(find_workspace(workspace), at=now, create=create) as app:
        yield app


def write_output(path: Path, content: bytes) -> None:
    """Write what a command was asked to write into a file, whole or not at all.

    Raises:
        StateError: it cannot be written.
    """
    from monitor.files import write_atomically

    if path.exists() and not path.is_file():  # a device or a pipe cannot be replaced
        path.write_bytes(content)
    else:
        write_atomically(path, content, 0o644)


def print_rows(rows: Iterable[Mapping[str, Any]], *, as_json: bool, empty: str = "nothing") -> None:
    """Print rows as JSON, or as a table whose columns are the first row's keys."""
    listed = list(rows)
    if as_json:
        click.echo(json.dumps(listed, indent=2, ensure_ascii=False, default=str))
        return
    if not listed:
        click.echo(empty)
        return
    columns = list(listed[0])
    table = [[column.upper().replace("_", " ") for column in columns]]
    for row in listed:
        table += _lines_of([row.get(column) for column in columns])
    click.echo(_aligned(table))


def _lines_of(values: Sequence[Any]) -> list[list[str]]:
    """The lines of a row: what a cell lists stands one below the other, else no screen is wide enough."""
    cells = [[_cell(each) for each in value] if _is_list(value) else [_cell(value)] for value in values]
    cells[:-1] = [[_shortened(text) for text in cell] for cell in cells[:-1]]
    return [list(line) for line in zip_longest(*cells, fillvalue="")]


def _shortened(text: str) -> str:
    """A title of three lines pushes what follows off the screen; ids and addresses are never cut."""
    if len(text) <= _WIDEST or " " not in text:
        return text
    return f"{text[: _WIDEST - 1].rstrip()}…"


def print_value(value: Mapping[str, Any], *, as_json: bool) -> None:
    """Print one thing as JSON or as ``name: value`` lines."""
    if as_json:
        click.echo(json.dumps(value, indent=2, ensure_ascii=False, default=str))
        return
    for name, item in value.items():
        if _is_list(item):
            click.echo(f"{name}:")
            for each in item:
                click.echo(f"  - {_cell(each)}")
        else:
            click.echo(f"{name}: {_cell(item)}")


def _cell(value: Any) -> str:
    if value is None:
        return "-"
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%d %H:%M")
    if isinstance(value, Mapping):
        return ", ".join(f"{key} {_cell(item)}" for key, item in value.items() if item not in (None, ""))
    if _is_list(value):
        return ", ".join(str(each) for each in value)
    return " ".join(str(value).split())


def _is_list(value: Any) -> bool:
    return isinstance(value, list | tuple)


def _aligned(table: Sequence[Sequence[str]]) -> str:
    widths = [max(len(row[column]) for row in table) for column in range(len(table[0]))]
    lines = ("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in table)
    return "\n".join(line.rstrip() for line in lines)
