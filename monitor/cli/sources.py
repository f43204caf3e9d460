"""sources, coverage, checked: what is polled, and who would tell us."""

from datetime import datetime
from pathlib import Path

import click

from monitor.cli.common import (
    EXIT_SOURCE_FAILED,
    at_option,
    json_option,
    opened,
    print_rows,
    print_value,
    workspace_option,
)


@click.group()
def sources() -> None:
    """List, check, show and try the sources."""


@sources.command("list")
@workspace_option
@json_option
def list_sources(workspace: Path, as_json: bool) -> None:
    """List every source with its health."""
    with opened(workspace) as app:
        print_rows(app.source_rows(), as_json=as_json, empty="no sources")


@sources.command()
@workspace_option
def check(workspace: Path) -> None:
    """Check sources.yaml, monitor.toml and the briefings; print every fault with its line."""
    from monitor.app.loading import check_files

    for line in check_files(workspace):
        click.echo(line)


@sources.command()
@workspace_option
@json_option
@click.argument("source_id", metavar="ID")
def show(workspace: Path, as_json: bool, source_id: str) -> None:
    """Show one source: its entry, its health, its latest polls."""
    with opened(workspace) as app:
        print_value(app.source_detail(source_id), as_json=as_json)


@sources.command()
@workspace_option
@at_option
@json_option
@click.argument("source_id", metavar="ID")
def test(workspace: Path, at: datetime | None, as_json: bool, source_id: str) -> None:
    """Ask a source now and show what would be read; nothing is stored."""
    with opened(workspace, at) as app:
        tried = app.try_source(source_id)
    print_value(tried, as_json=as_json)
    if tried["verdict"] not in ("ok", "not-modified"):
        raise click.exceptions.Exit(EXIT_SOURCE_FAILED)


@click.command()
@workspace_option
@at_option
@json_option
def coverage(workspace: Path, at: datetime | None, as_json: bool) -> None:
    """Say for each party which official source would tell us, when last read, and who looks by hand."""
    with opened(workspace, at) as app:
        print_rows(app.coverage_rows(), as_json=as_json, empty="no party is covered")


@click.command()
@workspace_option
@at_option
@click.argument("source_id", metavar="SOURCE")
@click.option("--by", required=True, metavar="NAME", help="Who looked.")
@click.option("--note", default="", help='What was seen, such as "nothing new".')
def checked(workspace: Path, at: datetime | None, source_id: str, by: str, note: str) -> None:
    """Record that a person looked at a source; it counts as an answer in the coverage."""
    with opened(workspace, at, create=True) as app:
        click.echo(app.record_look(source_id, by, note))
