"""detect, evaluate, schema: recognition by itself, without a workspace."""

import json
from pathlib import Path

import click

from monitor.errors import ConfigError

_REPORTS = ("agreements", "digest", "alert", "correction", "reminder", "health", "state")


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--output", type=click.Path(dir_okay=False, path_type=Path), help="Write here, not to the screen."
)
@click.option("--explain", is_flag=True, help="Say it in words, with the reasons and what is unsure.")
def detect(file: Path, output: Path | None, explain: bool) -> None:
    """Say what each document of FILE announces: JSON Lines in, JSON Lines out.

    In: id, title, text; optional lang, published, url, publisher_party. Out: id, stage, concluded,
    mentions, reasons. A line that cannot be read is named on standard error; every other is read.
    """
    from monitor.cli.common import write_output
    from monitor.recognition import LineFaults, detect_lines, explain_lines

    faults = LineFaults()
    records = (json.dumps(record, ensure_ascii=False) for record in detect_lines(file, faults))
    lines = (f"{words}\n" for words in (explain_lines(file, faults) if explain else records))
    if output is None:
        for line in lines:
            click.echo(line.encode("utf-8", "backslashreplace"), nl=False)
    else:
        write_output(output, "".join(lines).encode("utf-8", "backslashreplace"))
    for problem in faults.passed_over:
        click.echo(f"note: {problem}", err=True)
    if faults.lost:
        raise ConfigError(faults.lost)


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
def evaluate(files: tuple[Path, ...], as_json: bool) -> None:
    """Score recognition on labelled FILES, beside a naive keyword rule.

    A file is a labelled .jsonl of announcements, or a folder with press.csv and labels.jsonl.
    """
    from monitor.recognition import evaluate_files

    click.echo(evaluate_files(files, as_json=as_json))


@click.command()
@click.argument("what", type=click.Choice(["sources", "briefing", "subscriptions", "settings", *_REPORTS]))
def schema(what: str) -> None:
    """Print a JSON Schema: of a file that people edit, for editors; of a report, for programs.

    The files are sources.yaml, briefing.yaml, subscriptions.yaml and monitor.toml (settings).
    """
    from monitor import briefing, reports, scheduling, sources
    from monitor.app import settings_schema

    files = {
        "sources": sources.schema,
        "briefing": briefing.schema,
        "subscriptions": scheduling.schema,
        "settings": settings_schema.schema,
    }
    value = files[what]() if what in files else reports.schema(what)
    click.echo(json.dumps(value, indent=2, ensure_ascii=False))
