"""`make demo`: a year of a researcher's work in minutes, on publishers served from this machine.

Each day on which something happens, and each Monday, is one run of the monitor at that day's evening.
Which day is done is a row of the store's audit, so a demo that was stopped goes on where it was.
"""

import argparse
import shutil
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from server import Web
from year import Year, deeds_on, load_year, mails, mended, sites

from monitor.app import App, find_workspace, make_reader
from monitor.model import AuditEntry, Batch, Change, ChangeKind, Life, Scope, written
from monitor.workers import WorkerReader

HERE = Path(__file__).parent
EXAMPLE = HERE / "vilnius-2024"
SHIPPED_BRIEFINGS = HERE.parent / "state" / "briefings"
USUAL = HERE.parent / "build" / "demo"
PORT = 18724  # pages name their addresses, so a resumed demo needs the same ones
STEP_DONE = "demo-step-done"
STANDING = (Life.OPEN, Life.DECIDED)


def main() -> int:
    """Run the year, or what is left of it, and say what it found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--into", type=Path, default=USUAL, help="the folder of the demo's workspace")
    parser.add_argument("--until", type=datetime.fromisoformat, help="stop after this day, as 2024-03-03")
    parser.add_argument("--resume", action="store_true", help="go on with a demo that was stopped")
    parser.add_argument("--port", type=int, default=PORT, help="the port on every publisher's address")
    arguments = parser.parse_args()
    workspace = arguments.into
    year = load_year(EXAMPLE)
    if not arguments.resume:
        shutil.rmtree(workspace, ignore_errors=True)
    with (
        Web(sites(year), year.steps[0], port=arguments.port) as web,
        closing(make_reader(processes=1)) as reader,
    ):
        prepare(workspace, web)
        until = arguments.until.replace(hour=23, tzinfo=UTC) if arguments.until else year.steps[-1]
        for step in year.steps:
            if step <= until:
                run_step(workspace, year, web, step, reader)
        print(summary(workspace, year))
    return 0


def prepare(workspace: Path, web: Web) -> None:
    """Make the demo's workspace, unless it is there."""
    if (workspace / "sources.yaml").exists():
        return
    (workspace / "state").mkdir(parents=True)
    shutil.copytree(SHIPPED_BRIEFINGS, workspace / "state" / "briefings")
    for name in ("monitor.toml", "subscriptions.yaml"):
        shutil.copy(EXAMPLE / name, workspace)
    (workspace / "sources.yaml").write_text(web.filled((EXAMPLE / "sources.yaml").read_text()))


def run_step(workspace: Path, year: Year, web: Web, step: datetime, reader: WorkerReader) -> None:
    """Do what people do on that day, then run the monitor at its evening; nothing, if it is done."""
    web.today = step
    sources = workspace / "sources.yaml"
    for deed in deeds_on(year, step.date(), "edit"):
        if deed["changes"][0][0] in sources.read_text():
            sources.write_text(mended(sources.read_text(), deed))
    inbox = workspace / "inbox" / "us-state"
    inbox.mkdir(parents=True, exist_ok=True)
    for name, content in mails(year, step).items():
        (inbox / name).write_bytes(content)
    with App(find_workspace(workspace), at=step, create=True, reader=reader) as app:
        if app.store.audit(subject=step.isoformat()):
            return
        for deed in deeds_on(year, step.date(), "checked"):
            app.record_look(deed["source"], deed["by"], deed["note"])
        result = app.run()
        for change in result.changes:
            if change.kind is ChangeKind.NEW and change.first_seen == step:
                print(_line(change, app.parts.names), flush=True)
        done = AuditEntry(step, "demo", STEP_DONE, step.isoformat())
        app.store.save(Batch(at=step, audit=(done,)))


def summary(workspace: Path, year: Year) -> str:
    """Return what the year found, in a few lines."""
    with App(find_workspace(workspace), at=year.steps[-1]) as app:
        signed = [c for c in app.store.changes(lives=STANDING) if c.kind is ChangeKind.NEW]
        reports = app.store.reports()
    series = [change for change in signed if change.scope is Scope.SERIES]
    others = [change for change in signed if change.scope is not Scope.SERIES]
    readers = [report for report in reports if report.audience == "readers"]
    place = workspace.relative_to(HERE.parent) if workspace.is_relative_to(HERE.parent) else workspace
    return (
        f"{len(series)} agreements of the series signed since the edition, {len(others)} others; "
        f"{len(readers)} weekly digests for readers in {place}/reports"
    )


def _line(change: Change, names: dict[str, str]) -> str:
    partner = names[next(side for side in change.sides if side != "UA")].removeprefix("the ")
    when = written(change.date.first) if change.date else "date not stated"
    scope = "" if change.scope is Scope.SERIES else "   (outside the series)"
    return f"{partner:<15} signed {when:<18} {change.word.value}{scope}"


if __name__ == "__main__":
    sys.exit(main())
