"""The command line: parse, call, print. Heavy imports happen inside commands."""

import gc
import logging
import os
import sys
from collections.abc import Sequence
from copy import copy

import click

from monitor import __version__
from monitor.cli.agreements import agreements
from monitor.cli.briefings import briefing
from monitor.cli.changes import changes, review
from monitor.cli.common import Commands
from monitor.cli.deliveries import deliver
from monitor.cli.evidence import check, evidence, reread
from monitor.cli.recognising import detect, evaluate, schema
from monitor.cli.reports import report
from monitor.cli.running import ingest, init, run, serve, status
from monitor.cli.sources import backfill, checked, coverage, questions, sources
from monitor.errors import ConfigError, LockedError, MonitorError, NotFoundError

EXIT_UNEXPECTED = 1
EXIT_USAGE = 2
EXIT_LOCKED = 5

# What a start imports stays; to look through it for garbage every 700 objects takes 6 % of the start.
_OBJECTS_BEFORE_COLLECTING = 100_000


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="monitor")
@click.option("-v", "--verbose", count=True, help="Say more on standard error; twice for everything.")
def group(verbose: int) -> None:
    """Watch official sources for newly concluded agreements, and say what in a briefing is out of date.

    Exit codes: 0 done; 1 unexpected; 2 usage or configuration; 3 a source that was expected to answer
    failed; 4 a delivery failed; 5 another run holds the lock; 10 changes found (with --exit-code).
    """
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter((logging.Formatter if verbose else _Brief)("%(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(
        level=(logging.ERROR, logging.INFO, logging.DEBUG)[min(verbose, 2)], handlers=[handler]
    )


class _Brief(logging.Formatter):
    """An error that was caught in a line: its traceback is for those who ask for more."""

    def format(self, record: logging.LogRecord) -> str:
        brief = copy(record)
        brief.exc_info = brief.exc_text = None
        error = record.exc_info[1] if record.exc_info else None
        told = super().format(brief)
        return told if error is None else f"{told}: {type(error).__name__}: {error}"


for _command in (
    init,
    run,
    serve,
    status,
    report,
    deliver,
    ingest,
    briefing,
    review,
    changes,
    agreements,
    sources,
    coverage,
    evidence,
    check,
    reread,
    checked,
    questions,
    backfill,
    detect,
    evaluate,
    schema,
):
    group.add_command(_command)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line; every error the monitor knows is one message and an exit code.

    Args:
        arguments: The words after ``monitor``; the process's own if not given.

    Raises:
        SystemExit: always, with the exit code.
    """
    gc.set_threshold(_OBJECTS_BEFORE_COLLECTING)
    try:
        group.main(arguments, prog_name="monitor")
    except MonitorError as error:
        click.echo(f"error: {error}", err=True)
        sys.exit(_exit_code(error))
    except BrokenPipeError:
        # The reader of our output has gone, as `head` does; there is nobody to tell.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(EXIT_UNEXPECTED)
    except OSError as error:  # of a path that a user gave or owns, with what to do about it
        from monitor.files import what_failed

        place = f"{error.filename}: " if error.filename else ""
        click.echo(f"error: {place}{what_failed(error)}", err=True)
        sys.exit(EXIT_UNEXPECTED)
    except Exception as error:  # the last line of defence: a user never reads a traceback
        logging.getLogger(__name__).debug("unexpected error", exc_info=True)
        hint = "run again with -vv before the command for the details"
        click.echo(f"error: unexpected {type(error).__name__}: {error}; {hint}", err=True)
        sys.exit(EXIT_UNEXPECTED)


def _exit_code(error: MonitorError) -> int:
    if isinstance(error, ConfigError | NotFoundError):
        return EXIT_USAGE
    return EXIT_LOCKED if isinstance(error, LockedError) else EXIT_UNEXPECTED
