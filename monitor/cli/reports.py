"""report: what the edition lacks, what a subscription would be told, the state of things; nothing is sent."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from monitor.cli.common import Commands, at_option, opened, workspace_option, write_output

if TYPE_CHECKING:
    from monitor.app import App

F = TypeVar("F", bound=Callable[..., Any])

_DAY = click.DateTime(["%Y-%m-%d"])
_PEOPLE = ("md", "html", "txt", "eml", "json")


def _common(*forms: str) -> Callable[[F], F]:
    """Add the options that every report takes."""

    def add(command: F) -> F:
        decorators = (
            workspace_option,
            at_option,
            click.option(
                "--briefing", metavar="ID", help="Which briefing; needed only where there are several."
            ),
            click.option(
                "--format",
                "form",
                type=click.Choice(forms),
                default="md",
                show_default=True,
                help="Markdown, a page, plain text, a mail, or for programs.",
            ),
            click.option(
                "--output", type=click.Path(dir_okay=False, path_type=Path), help="Write to a file."
            ),
        )
        for decorate in reversed(decorators):
            command = decorate(command)
        return command

    return add


_audience = click.option(
    "--audience", type=click.Choice(["readers", "reviewers"]), default="readers", show_default=True
)
_as_of = click.option("--as-of", type=_DAY, metavar="DATE", help="What was known at the end of this day.")


@click.group(cls=Commands, invoke_without_command=True)
@_common(*_PEOPLE)
@_audience
@click.pass_context
def report(context: click.Context, /, audience: str, **common: Any) -> None:
    """Print the digest of everything that the edition lacks today; nothing is sent or ticked off."""
    if context.invoked_subcommand is None:
        _preview(audience=audience, **common)


@report.command("preview")
@_common(*_PEOPLE)
@_audience
@_as_of
@click.option(
    "--since", type=_DAY, metavar="DATE", help="Tell only what was found after the end of this day."
)
@click.option("--subscription", metavar="ID", help="What this subscription would be told now.")
def preview_command(subscription: str | None, **options: Any) -> None:
    """Print a digest: of what the edition lacks, as of a day, since a day, or of one subscription."""
    if subscription is None:
        _preview(**options)
        return
    if options["as_of"] or options["since"]:
        raise click.UsageError("--subscription tells what waits for it now; leave out --as-of and --since")
    from monitor.app.reporting import preview_for

    _show(lambda app: preview_for(app, subscription, options["form"]), options)


@report.command("table")
@_common(*_PEOPLE, "csv")
@_as_of
def table_command(**options: Any) -> None:
    """Print the table of agreements that are known, for people or (json, csv) for programs."""
    _sheet("table", options)


@report.command("state")
@_common(*_PEOPLE)
@_as_of
def state_command(**options: Any) -> None:
    """Print how the briefing stands: which statements are out of date, and because of what."""
    _sheet("state", options)


@report.command("health")
@_common(*_PEOPLE)
@click.option(
    "--since", type=_DAY, metavar="DATE", help="Count polls after the end of this day; a week if not given."
)
def health_command(**options: Any) -> None:
    """Print how the sources did, what may have been missed and what was not sent; for operators."""
    _sheet("health", options)


def _preview(
    *,
    audience: str,
    as_of: datetime | None = None,
    since: datetime | None = None,
    **common: Any,
) -> None:
    from monitor.app.reporting import preview

    if as_of and since and since >= as_of:
        raise click.UsageError("--since must name a day before --as-of")
    days = {"as_of": _date(as_of), "since": _date(since)}
    _show(lambda app: preview(app, common["briefing"], audience, common["form"], **days), common)


def _sheet(kind: str, options: dict[str, Any]) -> None:
    from monitor.app.reporting import sheet
    from monitor.model import ReportKind

    days = {name: _date(options.get(name)) for name in ("as_of", "since")}
    _show(lambda app: sheet(app, ReportKind(kind), options["briefing"], options["form"], **days), options)


def _date(day: datetime | None) -> Any:
    return day.date() if day else None


def _show(make: Callable[["App"], bytes], options: dict[str, Any]) -> None:
    output: Path | None = options["output"]
    with opened(options["workspace"], options["at"], create=True) as app:
        content = make(app)
    if output is None:
        click.echo(content, nl=False)
    else:
        write_output(output, content)
        click.echo(f"wrote {output}")
