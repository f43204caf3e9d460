"""agreements: what is known to be concluded, and what people say about it."""

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
    vouching_option,
    workspace_option,
)


@click.group(cls=Commands)
def agreements() -> None:
    """List, show, add, import and correct agreements."""


@agreements.command("list")
@workspace_option
@json_option
@click.option("--party", metavar="CODE", help="Only those of this party, such as UA.")
@click.option("--since", metavar="DATE", help="Only those concluded on or after this date.")
def list_agreements(workspace: Path, as_json: bool, party: str | None, since: str | None) -> None:
    """List agreements by date."""
    with opened(workspace) as app:
        print_rows(app.agreement_rows(party, since), as_json=as_json, empty="no agreements")


@agreements.command()
@workspace_option
@json_option
@click.argument("agreement_id", metavar="ID")
def show(workspace: Path, as_json: bool, agreement_id: str) -> None:
    """Show one agreement with every quotation that it rests on."""
    with opened(workspace) as app:
        print_value(app.agreement_detail(agreement_id), as_json=as_json)


@agreements.command()
@workspace_option
@at_option
@click.option("--parties", required=True, metavar="A,B", help="Two codes, such as UA,CA.")
@click.option("--signed", required=True, metavar="DATE", help="ISO date: 2024-02-24, 2024-02 or 2024.")
@click.option("--title", required=True)
@click.option("--kind", default="other", show_default=True)
@click.option("--place", default="")
@click.option("--series", default="", metavar="ID", help="The series it belongs to.")
@click.option("--evidence", required=True, metavar="ADDRESS", help="Where it is published.")
@click.option("--note", default="")
@vouching_option
def add(workspace: Path, at: datetime | None, by: str, **row: str) -> None:
    """Enter an agreement that a person knows of; it is reported as entered by a person."""
    party_a, comma, party_b = row.pop("parties").partition(",")
    if not comma:
        raise click.BadParameter("must be two codes with a comma, such as UA,CA", param_hint="--parties")
    entry = {"party_a": party_a.strip(), "party_b": party_b.strip(), "duration": "", **row}
    with opened(workspace, at, create=True) as app:
        click.echo(app.add_agreements([entry], by, "agreements add"))


@agreements.command("import")
@workspace_option
@at_option
@vouching_option
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def import_agreements(workspace: Path, at: datetime | None, by: str, file: Path) -> None:
    """Import a CSV: party_a, party_b, signed, place, title, kind, series, duration, evidence, note."""
    with opened(workspace, at, create=True) as app:
        click.echo(app.import_agreements(file, by))


@agreements.command()
@workspace_option
@at_option
@click.option("--by", required=True, metavar="NAME")
@click.option("--reason", default="", help="Why; may be disclosable.")
@click.argument("kept", metavar="ID")
@click.argument("other", metavar="OTHER")
def merge(workspace: Path, at: datetime | None, by: str, reason: str, kept: str, other: str) -> None:
    """Say that OTHER is the same agreement as ID; OTHER's id stays as an alias."""
    with opened(workspace, at) as app:
        click.echo(app.decide_agreement("merge", kept, by, reason, {"other": other}))


@agreements.command()
@workspace_option
@at_option
@click.option("--by", required=True, metavar="NAME")
@click.option("--reason", default="", help="Why; may be disclosable.")
@click.option("--finding", "findings", multiple=True, required=True, metavar="ID", help="Findings to part.")
@click.argument("agreement_id", metavar="ID")
def split(
    workspace: Path, at: datetime | None, by: str, reason: str, findings: tuple[str, ...], agreement_id: str
) -> None:
    """Say that some findings of an agreement are of another one."""
    with opened(workspace, at) as app:
        values = {"findings": ",".join(sorted(findings))}
        click.echo(app.decide_agreement("split", agreement_id, by, reason, values))


@agreements.command()
@workspace_option
@at_option
@click.option("--by", required=True, metavar="NAME")
@click.option("--reason", default="", help="Why; may be disclosable.")
@click.option(
    "--field", required=True, metavar="NAME", help="signed, title, place, kind, duration, series ..."
)
@click.option("--value", required=True)
@click.argument("agreement_id", metavar="ID")
def correct(
    workspace: Path, at: datetime | None, by: str, reason: str, field: str, value: str, agreement_id: str
) -> None:
    """Correct one field of an agreement; what the sources say stays on record.

    The field "series" says whether it belongs to a briefing's series: its id, or "none".
    """
    from monitor.app.membership import series_named

    with opened(workspace, at) as app:
        if field == "series":
            value = series_named(app, agreement_id, value)
        click.echo(
            app.decide_agreement("correct", agreement_id, by, reason, {"field": field, "value": value})
        )


@agreements.command("not-an-agreement")
@workspace_option
@at_option
@click.option("--by", required=True, metavar="NAME")
@click.option("--reason", default="", help="Why; may be disclosable.")
@click.argument("agreement_id", metavar="ID")
def not_an_agreement(workspace: Path, at: datetime | None, by: str, reason: str, agreement_id: str) -> None:
    """Say that this is no agreement; its changes are withdrawn."""
    with opened(workspace, at) as app:
        click.echo(app.decide_agreement("not-an-agreement", agreement_id, by, reason, {}))
