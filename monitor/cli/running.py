"""init, run, status, ingest: the daily work."""

import shlex
from datetime import datetime
from pathlib import Path

import click

from monitor.cli.common import (
    EXIT_CHANGES,
    EXIT_DELIVERY_FAILED,
    EXIT_SOURCE_FAILED,
    at_option,
    json_option,
    opened,
    print_rows,
    workspace_option,
)
from monitor.errors import ConfigError


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
def init(folder: Path) -> None:
    """Make a workspace in FOLDER: sources, templates and the shipped briefing, ready to edit."""
    from monitor.app import init_workspace

    for path in init_workspace(folder):
        click.echo(f"wrote {path}")
    place = shlex.quote(str(folder))
    click.echo(f"Next: monitor sources check --workspace {place} && monitor run --workspace {place}")


@click.command()
@workspace_option
@at_option
@json_option
@click.option("--all", "all_now", is_flag=True, help="Poll every enabled source now, due or not.")
@click.option("--source", "only", multiple=True, metavar="ID", help="Poll only this source, now.")
@click.option("--no-deliver", is_flag=True, help="Write no digest and deliver nothing.")
@click.option("--exit-code", is_flag=True, help="Exit with 10 when changes were found.")
def run(
    workspace: Path,
    at: datetime | None,
    as_json: bool,
    all_now: bool,
    only: tuple[str, ...],
    no_deliver: bool,
    exit_code: bool,
) -> None:
    """Poll what is due, compare with the briefings, write and deliver the digests."""
    with opened(workspace, at, create=True) as app:
        result = app.run(all_now=all_now, only=only, deliver=not no_deliver)
    if as_json:
        print_rows([result.as_row()], as_json=True)
    else:
        for line in result.lines():
            click.echo(line)
    if result.deliveries_failed:
        raise click.exceptions.Exit(EXIT_DELIVERY_FAILED)
    if result.sources_failed:
        raise click.exceptions.Exit(EXIT_SOURCE_FAILED)
    if exit_code and result.changes:
        raise click.exceptions.Exit(EXIT_CHANGES)


@click.command()
@workspace_option
@at_option
@json_option
def status(workspace: Path, at: datetime | None, as_json: bool) -> None:
    """Say how every source, briefing and delivery stands; exits with 3 where one fails or is overdue."""
    with opened(workspace, at) as app:
        report = app.status()
    if as_json:
        print_rows([report.as_row()], as_json=True)
    else:
        for line in report.lines():
            click.echo(line)
    if report.failing or report.overdue:
        raise click.exceptions.Exit(EXIT_SOURCE_FAILED)


@click.command()
@workspace_option
@at_option
@json_option
@click.option("--source", "source_id", required=True, metavar="ID", help="The source that published it.")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
def ingest(
    workspace: Path, at: datetime | None, as_json: bool, source_id: str, files: tuple[Path, ...]
) -> None:
    """Read FILES that a person saved as if the source had answered with them."""
    with opened(workspace, at, create=True) as app:
        rows, problems = app.ingest(source_id, files)
    if rows or as_json:
        print_rows(rows, as_json=as_json)
    if problems:
        raise ConfigError(problems)


@click.command()
@workspace_option
@click.option(
    "--every",
    "every_s",
    type=click.IntRange(1, 86_400),
    default=60,
    show_default=True,
    help="Seconds between two looks at what is due.",
)
def serve(workspace: Path, every_s: int) -> None:
    """Do what `run` does again and again, until SIGTERM or Ctrl-C; ends at a safe point."""
    import threading

    from monitor.app import serve_workspace
    from monitor.scheduling.serve import stop_on_signals

    stop = threading.Event()
    stop_on_signals(stop)
    code = serve_workspace(workspace, every_s=every_s, stop=stop)
    if code:
        raise click.exceptions.Exit(code)
