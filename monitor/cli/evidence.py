"""evidence, check, reread: the bytes behind what is claimed."""

import sys
from datetime import datetime
from pathlib import Path

import click

from monitor.cli.common import (
    Commands,
    at_option,
    json_option,
    opened,
    print_rows,
    print_value,
    workspace_option,
    write_output,
)

EXIT_DAMAGED = 1


class _WithDefault(Commands):
    """A group whose first word may be an id: ``monitor evidence ID`` is ``monitor evidence show ID``."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        known = args[0] in self.commands or args[0].startswith("-")
        return super().resolve_command(ctx, args if known else ["show", *args])


@click.group(cls=_WithDefault)
def evidence() -> None:
    """Show, list, export and let go of the stored bytes that claims rest on.

    `monitor evidence ID` prints the exact bytes behind a finding, document, agreement or change.
    """


@evidence.command()
@workspace_option
@click.argument("thing", metavar="ID")
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="Write to a file.")
def show(workspace: Path, thing: str, output: Path | None) -> None:
    """Print the exact bytes behind ID: a finding, document, agreement, change, or a body's SHA-256.

    How they came is said on standard error.
    """
    from monitor.app.evidence import body_behind

    with opened(workspace) as app:
        body, came = body_behind(app, thing)
    row = came.row()
    click.echo(f"{row['source']}: {row['url']} asked {row['asked']}, status {row['status']}", err=True)
    click.echo(f"{len(body)} bytes, SHA-256 {came.sha256}", err=True)
    if output is not None:
        write_output(output, body)
        click.echo(f"wrote {output}", err=True)
        return
    sys.stdout.buffer.write(body)
    sys.stdout.buffer.flush()


@evidence.command("list")
@workspace_option
@json_option
@click.argument("thing", metavar="ID")
def list_evidence(workspace: Path, as_json: bool, thing: str) -> None:
    """List every stored body behind ID, with its address, time, status and hash."""
    from monitor.app.evidence import behind

    with opened(workspace) as app:
        print_rows([each.row() for each in behind(app, thing)], as_json=as_json)


@evidence.command()
@workspace_option
@at_option
@click.option("--source", "sources", multiple=True, metavar="ID", help="Only what this source was answered.")
@click.option("--cited", is_flag=True, help="Only what a finding quotes.")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def export(workspace: Path, at: datetime | None, sources: tuple[str, ...], cited: bool, file: Path) -> None:
    """Write stored replies as a WARC file (FILE.warc.gz), every record verified by reading it back."""
    from monitor.app.evidence import export_evidence

    with opened(workspace, at) as app:
        click.echo(export_evidence(app, file, sources=sources, cited=cited))


@evidence.command()
@workspace_option
@at_option
@json_option
@click.option(
    "--older-than", "days", type=click.IntRange(min=1), metavar="DAYS", help="Days that bodies are kept."
)
@click.option("--by", default="monitor", metavar="NAME", help="Who lets them go, for the log.")
@click.option("--dry-run", is_flag=True, help="Only list what would go.")
def dispose(
    workspace: Path, at: datetime | None, as_json: bool, days: int | None, by: str, dry_run: bool
) -> None:
    """Let go of stored bodies that are old and that no finding rests on; each is logged."""
    from monitor.app.evidence import disposal_line, dispose_evidence

    with opened(workspace, at) as app:
        rows = dispose_evidence(app, days, by, dry_run=dry_run)
    print_rows(rows, as_json=as_json, empty="nothing to let go")
    if rows:
        click.echo(disposal_line(rows, dry_run=dry_run), err=True)


@evidence.command()
@workspace_option
@json_option
def disposals(workspace: Path, as_json: bool) -> None:
    """List what was let go of, when, and by whom."""
    from monitor.app.evidence import disposal_rows

    with opened(workspace) as app:
        print_rows(disposal_rows(app), as_json=as_json, empty="nothing was let go")


@click.command()
@workspace_option
@json_option
def check(workspace: Path, as_json: bool) -> None:
    """Read the whole database and every stored body; say what is damaged or missing, and exit with 1 then."""
    from monitor.app.evidence import check_state

    with opened(workspace) as app:
        faults = check_state(app)
    if as_json:
        print_value({"faults": faults}, as_json=True)
    else:
        click.echo("\n".join(faults) or "the database and every stored body are whole")
    if faults:
        raise click.exceptions.Exit(EXIT_DAMAGED)


@click.command()
@workspace_option
@at_option
@json_option
@click.option(
    "--record", is_flag=True, help="Record what is found only now; its changes are marked as found late."
)
@click.option("--by", default="", metavar="NAME", help="Who asks for it; needed with --record.")
def reread(workspace: Path, at: datetime | None, as_json: bool, record: bool, by: str) -> None:
    """Read everything stored again by today's rules, offline, and say what they find or read otherwise."""
    from monitor.app.evidence import reread as read_again
    from monitor.app.evidence import reread_lines, reread_row

    if record and not by:
        raise click.UsageError(
            "--record needs --by NAME: it changes what is known, and the audit says who did it"
        )
    with opened(workspace, at) as app:
        told = read_again(app, by if record else "")
        lines = list(reread_lines(app, told))
    if as_json:
        print_value(reread_row(told), as_json=True)
        return
    for line in lines:
        click.echo(line)
