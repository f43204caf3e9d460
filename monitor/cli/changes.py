"""changes and review: what an edition lacks, and what people decide on it."""

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
)


@click.group(cls=Commands)
def changes() -> None:
    """List and show the differences between what is known and what a briefing says."""


@changes.command("list")
@workspace_option
@json_option
@click.option("--briefing", metavar="ID")
@click.option(
    "--life", type=click.Choice(["open", "decided", "superseded", "withdrawn", "any"]), default="any"
)
def list_changes(workspace: Path, as_json: bool, briefing: str | None, life: str) -> None:
    """List changes by the date of the event."""
    with opened(workspace) as app:
        print_rows(app.change_rows(briefing, life), as_json=as_json, empty="no changes")


@changes.command("show")
@workspace_option
@json_option
@click.argument("change_id", metavar="ID")
def show_change(workspace: Path, as_json: bool, change_id: str) -> None:
    """Show one change with its quotations, the statements it touches and the decisions on it."""
    with opened(workspace) as app:
        print_value(app.change_detail(change_id), as_json=as_json)


@click.group(cls=Commands)
def review() -> None:
    """Decide on changes: accept, reject, defer, needs-second-source."""


@review.command("list")
@workspace_option
@json_option
@click.option("--briefing", metavar="ID")
def list_review(workspace: Path, as_json: bool, briefing: str | None) -> None:
    """List what waits for a decision."""
    with opened(workspace) as app:
        print_rows(app.change_rows(briefing, "open"), as_json=as_json, empty="nothing waits for a decision")


@review.command("show")
@workspace_option
@json_option
@click.argument("change_id", metavar="ID")
def show_review(workspace: Path, as_json: bool, change_id: str) -> None:
    """Show one change with its evidence."""
    with opened(workspace) as app:
        print_value(app.change_detail(change_id), as_json=as_json)


def _decision(action: str, about: str) -> click.Command:
    """A command for one kind of decision; they differ only in name."""

    @click.command(action, help=about)
    @workspace_option
    @at_option
    @click.option("--by", required=True, metavar="NAME", help="Who decides.")
    @click.option("--reason", default="", help="Why; may be disclosable.")
    @click.option(
        "--seen", default="", metavar="VERSION", help="The version looked at; another one is refused."
    )
    @click.argument("change_id", metavar="ID")
    def command(
        workspace: Path,
        at: datetime | None,
        by: str,
        reason: str,
        seen: str,
        change_id: str,
        wording: str | None = None,
        statement: str = "",
    ) -> None:
        from monitor.app.membership import question_on_series
        from monitor.app.wordings import edited_wording

        with opened(workspace, at) as app:
            values = {} if wording is None else edited_wording(app, change_id, statement, wording)
            click.echo(app.decide_change(action, change_id, by, reason, seen, values))
            question = question_on_series(app, change_id) if action == "accept" else ""
        if question:
            click.echo(question)

    return _with_wording(command) if action == "accept" else command


def _with_wording(command: click.Command) -> click.Command:
    """Add the options that word a statement otherwise than proposed."""
    wording = click.Option(
        ["--wording"],
        metavar="TEXT",
        help="The words instead of those proposed; empty: as proposed.",
    )
    statement = click.Option(
        ["--statement"], default="", metavar="ID", help="Which statement, where the change touches several."
    )
    command.params += [wording, statement]
    return command


_DECISIONS: tuple[tuple[str, str], ...] = (
    ("accept", "It is true and belongs in the briefing."),
    ("reject", "It is not proposed again unless its evidence changes."),
    ("defer", "It stays on the list; decide later."),
    ("needs-second-source", "It waits until another voice says so."),
)
for _action, _about in _DECISIONS:
    review.add_command(_decision(_action, _about))
