"""deliver: what was not delivered, tried again or given up by a person."""

from datetime import datetime
from pathlib import Path

import click

from monitor.cli.common import (
    EXIT_DELIVERY_FAILED,
    Commands,
    at_option,
    json_option,
    opened,
    print_rows,
    workspace_option,
)


@click.group(cls=Commands)
def deliver() -> None:
    """List deliveries that wait or were given up, try them again, or drop them."""


@deliver.command("list")
@workspace_option
@json_option
@click.option("--all", "everything", is_flag=True, help="Those that were sent or dropped too.")
def list_deliveries(workspace: Path, as_json: bool, everything: bool) -> None:
    """List deliveries with the server's last answer."""
    from monitor.app.deliveries import delivery_rows

    with opened(workspace) as app:
        print_rows(delivery_rows(app, everything=everything), as_json=as_json, empty="nothing waits")


@deliver.command()
@workspace_option
@at_option
@click.option("--dead", "every_dead", is_flag=True, help="All that were given up.")
@click.option("--by", default="operator", show_default=True, metavar="NAME", help="Who tries again.")
@click.argument("ids", nargs=-1, metavar="ID...")
def retry(workspace: Path, at: datetime | None, every_dead: bool, by: str, ids: tuple[str, ...]) -> None:
    """Try deliveries again now; the same bytes, with a fresh count of tries."""
    from monitor.app import deliveries

    if not ids and not every_dead:
        raise click.UsageError("name deliveries by their ids, or give --dead")
    with opened(workspace, at) as app:
        tried = deliveries.retry(app, ids, every_dead=every_dead, by=by)
    for delivery in tried:
        click.echo(f"{delivery.id}: {delivery.status.value}  {delivery.last_error}".rstrip())
    if any(delivery.last_error for delivery in tried):
        raise click.exceptions.Exit(EXIT_DELIVERY_FAILED)


@deliver.command()
@workspace_option
@at_option
@click.option("--by", required=True, metavar="NAME", help="Who gives them up.")
@click.option("--reason", default="", help="Why.")
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
def drop(workspace: Path, at: datetime | None, by: str, reason: str, ids: tuple[str, ...]) -> None:
    """Give deliveries up for good; they stay on record as dropped."""
    from monitor.app import deliveries

    with opened(workspace, at) as app:
        count = deliveries.drop(app, ids, by=by, reason=reason)
    click.echo(f"dropped: {count}")
