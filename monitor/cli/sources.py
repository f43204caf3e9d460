"""sources, questions, backfill, coverage, checked: what is polled, and who would tell us."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from monitor.cli.common import (
    EXIT_SOURCE_FAILED,
    Commands,
    at_option,
    json_option,
    opened,
    print_rows,
    print_value,
    workspace_option,
)
from monitor.errors import FetchError, NotFoundError

if TYPE_CHECKING:
    from monitor.app.sources import Asked, Proposal


@click.group(cls=Commands)
def sources() -> None:
    """List, check, show, try and add sources; answer what is asked about them."""


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


@sources.command("changes")
@workspace_option
@json_option
@click.argument("source_id", metavar="ID")
def page_changes(workspace: Path, as_json: bool, source_id: str) -> None:
    """Show every change of a watched page, oldest first, with the words that came and went."""
    from monitor.app.sources import page_change_rows

    with opened(workspace) as app:
        rows = page_change_rows(app, source_id)
    if as_json:
        print_rows(rows, as_json=True)
        return
    for row in rows:
        click.echo(f"{row['seen']:%Y-%m-%d %H:%M}  {row['words']}")
        for line in row["diff"]:
            click.echo(f"    {line}")
    if not rows:
        click.echo("no changes so far")


@sources.command()
@workspace_option
@at_option
@click.argument("question_id", metavar="QUESTION_ID")
@click.option("--by", required=True, metavar="NAME", help="Who answers.")
def answer(workspace: Path, at: datetime | None, question_id: str, by: str) -> None:
    """Say that what a source shows is right; its list is taken in at the next poll."""
    from monitor.app.sources import answer_question

    with opened(workspace, at) as app:
        click.echo(answer_question(app, question_id, by))


@sources.command()
@workspace_option
@at_option
@click.argument("url")
@click.option(
    "--id", "source_id", default="", metavar="ID", help="Its name for ever; else made from the host."
)
@click.option("--publisher", default="", help="Who publishes it, as readers should see it.")
@click.option("--voice", default="", metavar="CODE", help="The party it speaks for: UA, GB, EU.")
@click.option("--press", is_flag=True, help="It is press: no voice, only leads.")
@click.option("--lang", default="", metavar="CODE", help="Language of what it publishes.")
@click.option("--licence", default="", help="On what terms it may be quoted, if you have read them.")
@click.option("--path", "paths", multiple=True, metavar="GLOB", help="Of a sitemap: which pages, /en/news/*.")
@click.option("--allow-http", is_flag=True, help="The site has no https: what it says is unauthenticated.")
@click.option("--yes", is_flag=True, help="Ask nothing: write the first offer that works.")
def add(workspace: Path, at: datetime | None, url: str, yes: bool, **given: Any) -> None:
    """Look at URL, show what it offers to be polled, and write the entry into sources.yaml."""
    from monitor.app.sources import Asked, propose_sources, write_source

    asked = Asked(given.pop("source_id"), **given)
    with opened(workspace, at, create=True) as app:
        proposals = propose_sources(app, url, asked)
        for number, proposal in enumerate(proposals, 1):
            _show(number, proposal)
        entry = dict(_first_working(proposals).entry) if yes else _chosen(proposals, asked)
        if entry.get("voice") == "":
            raise click.UsageError("say for which party it speaks, such as --voice UA, or that it is --press")
        line = write_source(app, entry)
    click.echo(f"wrote {entry['id']} into sources.yaml, line {line}")


def _first_working(proposals: "Sequence[Proposal]") -> "Proposal":
    for proposal in proposals:
        if proposal.count:
            return proposal
    raise NotFoundError("nothing there shows any items; describe the source by hand, docs/sources.md")


def _chosen(proposals: "Sequence[Proposal]", asked: "Asked") -> dict[str, Any]:
    """The entry that a person chooses, with what only a person knows; what was given is not asked again."""
    if not proposals:
        return dict(_first_working(proposals).entry)
    number = click.prompt("Which one", type=click.IntRange(1, len(proposals)), default=1)
    entry = dict(proposals[int(number) - 1].entry)
    told = {"id": asked.id, "publisher": asked.publisher, "voice": asked.voice, "lang": asked.lang}
    for name, value in told.items():
        if name in entry and not value:
            entry[name] = click.prompt(name, default=entry[name] or None)
    return entry


def _show(number: int, proposal: "Proposal") -> None:
    entry = proposal.entry
    click.echo(f"{number}. {entry['kind']} {entry['url']}: {proposal.count} items, {proposal.verdict}")
    for name, value in entry.get("listing", {}).items():
        click.echo(f"   {name}: {value}")
    if proposal.detail:
        click.echo(f"   {proposal.detail}")
    for line in proposal.shows[:5]:
        click.echo(f"   - {line}")


@click.command()
@workspace_option
@at_option
@json_option
@click.option("--all", "every", is_flag=True, help="What was answered too.")
def questions(workspace: Path, at: datetime | None, as_json: bool, every: bool) -> None:
    """List what a person is asked about sources; `monitor sources answer` says yes to one."""
    from monitor.app.sources import question_rows

    with opened(workspace, at) as app:
        print_rows(question_rows(app, every=every), as_json=as_json, empty="no questions")


@click.command()
@workspace_option
@at_option
@click.argument("source_id", metavar="SOURCE")
@click.option("--since", required=True, type=click.DateTime(["%Y-%m-%d"]), help="How far back, a day.")
def backfill(workspace: Path, at: datetime | None, source_id: str, since: datetime) -> None:
    """Read a source back to a day, page by page, and close its gap; where it allows that."""
    from monitor.app.sources import backfill_source

    with opened(workspace, at, create=True) as app:
        try:
            done = backfill_source(app, source_id, since.date())
        except FetchError as error:
            click.echo(f"error: {error}; nothing was recorded", err=True)
            raise click.exceptions.Exit(EXIT_SOURCE_FAILED) from error
    click.echo(f"{done.pages} pages, {done.items} items, {done.fresh} new or edited, {done.changes} changes")
    for gap in done.closed:
        click.echo(f"gap closed: {gap.since:%Y-%m-%d} to {gap.until:%Y-%m-%d}")
    if not done.complete:
        click.echo(f"the source's list did not reach back to {done.since}; what is older has to be looked up")


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
@click.option("--gap", is_flag=True, help="The look covered the source's open gaps too: close them.")
def checked(workspace: Path, at: datetime | None, source_id: str, by: str, note: str, gap: bool) -> None:
    """Record that a person looked at a source; it counts as an answer in the coverage."""
    from monitor.app.sources import close_gaps

    with opened(workspace, at, create=True) as app:
        click.echo(app.record_look(source_id, by, note))
        if gap:
            click.echo(f"gaps closed: {close_gaps(app, source_id, by)}")
