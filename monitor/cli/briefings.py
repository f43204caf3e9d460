"""briefing: the paper itself, and which of its statements are out of date."""

from datetime import datetime
from pathlib import Path
from typing import Any

import click

from monitor.cli.common import (
    Commands,
    at_option,
    json_option,
    opened,
    print_rows,
    vouching_option,
    workspace_option,
    write_output,
)

_DAY = click.DateTime(["%Y-%m-%d"])


@click.group(cls=Commands)
def briefing() -> None:
    """Import a briefing's paper, and see which of its statements are out of date."""


@briefing.command("import")
@workspace_option
@click.option(
    "--id", "briefing_id", default="", metavar="ID", help="The folder's name below state/briefings/."
)
@click.option("--as-of", type=_DAY, help="The information cut-off; the day of publication if not given.")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def import_file(workspace: Path, briefing_id: str, as_of: datetime | None, file: Path) -> None:
    """Read a paper (.txt, .md, .html, .docx) into a briefing folder; what people corrected stays."""
    from monitor.app.briefings import import_briefing
    from monitor.app.workspace import find_workspace

    day = as_of.date() if as_of else None
    folder, imported = import_briefing(find_workspace(workspace), file, briefing_id=briefing_id, as_of=day)
    for change in imported.changes:
        click.echo(change)
    for line in imported.without_source:
        click.echo(line)
    click.echo(f"{folder / 'briefing.yaml'}: written; check what it proposes before you rely on it")


@briefing.command("statements")
@workspace_option
@json_option
@click.option(
    "--briefing", "briefing_id", metavar="ID", help="Which briefing; needed only where there are several."
)
@click.option("--until", type=_DAY, help="Count only what had happened by this day.")
@click.option("--out-of-date", "only", is_flag=True, help="List only what is out of date.")
def list_statements(
    workspace: Path, as_json: bool, briefing_id: str | None, until: datetime | None, only: bool
) -> None:
    """List every statement: whether it is out of date, how, since when, and because of which agreements."""
    from monitor.app.briefings import statement_rows

    with opened(workspace, create=True) as app:
        rows = statement_rows(app, briefing_id, until.date() if until else None)
    rows = [row for row in rows if row["status"] != "current"] if only else rows
    print_rows(rows, as_json=as_json, empty="nothing is out of date")


@briefing.command("proposals")
@workspace_option
@json_option
@click.option(
    "--briefing", "briefing_id", metavar="ID", help="Which briefing; needed only where there are several."
)
@click.option("--until", type=_DAY, help="Propose only what had happened by this day.")
def list_proposals(workspace: Path, as_json: bool, briefing_id: str | None, until: datetime | None) -> None:
    """List how the statements that are out of date could read, with footnotes and what to beware of."""
    from monitor.app.wordings import proposal_rows

    with opened(workspace, create=True) as app:
        rows = proposal_rows(app, briefing_id, until.date() if until else None)
    print_rows(rows, as_json=as_json, empty="nothing is out of date")


@briefing.command("redline")
@workspace_option
@click.option(
    "--briefing", "briefing_id", metavar="ID", help="Which briefing; needed only where there are several."
)
@click.option("--until", type=_DAY, help="Propose only what had happened by this day.")
@click.option(
    "--format", "form", type=click.Choice(["docx", "html", "md"]), default="docx", show_default=True
)
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="The file to write.",
)
def write_redline(
    workspace: Path, briefing_id: str | None, until: datetime | None, form: str, output: Path
) -> None:
    """Write the whole briefing with proposed deletions and insertions, and the evidence beside them."""
    from monitor.app.briefings import redline

    with opened(workspace, create=True) as app:
        content = redline(app, briefing_id, form, until.date() if until else None)
    write_output(output, content)
    click.echo(f"{output}: written")


@briefing.command("outside")
@workspace_option
@at_option
@json_option
@click.option(
    "--briefing", "briefing_id", metavar="ID", help="Which briefing; needed only where there are several."
)
@click.option("--on", "day", metavar="DATE", help="When it happened: 2024-07-05, 2024-07 or 2024.")
@click.option("--happened", default="", metavar="TEXT", help="What happened, in a few words.")
@click.option("--evidence", default="", metavar="ADDRESS", help="Where it can be read.")
@vouching_option
@click.argument("thing", required=False)
def outside(
    workspace: Path,
    at: datetime | None,
    as_json: bool,
    briefing_id: str | None,
    thing: str | None,
    day: str | None,
    **said: str,
) -> None:
    """List what statements depend on outside the series; with THING, enter what happened to it."""
    from monitor.app.outside import enter_outside, outside_rows

    with opened(workspace, at, create=True) as app:
        if thing is None:
            rows = outside_rows(app, briefing_id)
            print_rows(rows, as_json=as_json, empty="nothing depends on anything outside")
            return
        if day is None:
            raise click.UsageError("say with --on when it happened")
        line = enter_outside(app, briefing_id, thing, day, said["happened"], said["evidence"], said["by"])
    click.echo(line)


@briefing.command("table")
@workspace_option
@click.option(
    "--briefing", "briefing_id", metavar="ID", help="Which briefing; needed only where there are several."
)
@click.option("--until", type=_DAY, help="Only what was signed by this day; today if not given.")
@click.option("--format", "form", type=click.Choice(["md", "html", "csv"]), default="md", show_default=True)
def print_table(workspace: Path, briefing_id: str | None, until: datetime | None, form: str) -> None:
    """Print the table of the series' agreements, to paste: as of a day, with their number."""
    from monitor.app.closing import table_of_agreements

    with opened(workspace, create=True) as app:
        text = table_of_agreements(app, briefing_id, form, until.date() if until else None)
    click.echo(text, nl=False)


@briefing.command("close")
@workspace_option
@at_option
@click.option(
    "--briefing", "briefing_id", metavar="ID", help="Which briefing; needed only where there are several."
)
@click.option("--kind", type=click.Choice(["minor", "major", "correction"]), required=True)
@click.option("--note", required=True, metavar="TEXT", help="What changed, for the readers of the edition.")
@click.option("--as-of", type=_DAY, help="The new information cut-off; today if not given.")
@click.option("--published", type=_DAY, help="The day of publication; the cut-off if not given.")
@click.option("--by", required=True, metavar="NAME", help="Who closes it.")
def close(
    workspace: Path, at: datetime | None, briefing_id: str | None, kind: str, note: str, **given: Any
) -> None:
    """Fold what was accepted into a new edition, and keep the record of the one that ends."""
    from monitor.app.closing import Closing, close_briefing
    from monitor.briefing import EditionKind

    days = {name: given[name].date() if given[name] else None for name in ("as_of", "published")}
    with opened(workspace, at) as app:
        lines = close_briefing(app, briefing_id, Closing(EditionKind(kind), note, given["by"], **days))
    with opened(workspace, at) as app:  # with the new files: what they still lack is compared at once
        app.take_in()
    for line in lines:
        click.echo(line)


@briefing.command("citations")
@workspace_option
@json_option
@click.option(
    "--briefing", "briefing_id", metavar="ID", help="Which briefing; needed only where there are several."
)
@click.option("--watch", is_flag=True, help="First write every cited address into sources.yaml as a page.")
@click.option("--rot", is_flag=True, help="List only what no longer stands as cited, with the stored copies.")
def list_citations(workspace: Path, as_json: bool, briefing_id: str | None, watch: bool, rot: bool) -> None:
    """List what the briefing cites: whether the page still stands, and which statements rest on it."""
    from monitor.app.citations import citation_rows, watch_citations

    if watch:
        with opened(workspace, create=True) as app:
            written = watch_citations(app, briefing_id)
        click.echo(f"{len(written)} pages written into sources.yaml", err=True)
    with opened(workspace, create=True) as app:
        rows = citation_rows(app, briefing_id, rotten_only=rot)
    print_rows(
        rows, as_json=as_json, empty="every watched page stands as cited" if rot else "it cites nothing"
    )
