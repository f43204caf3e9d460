"""What people do with a briefing itself: import its paper, see which statements are out of date."""

import json
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from monitor.app.core import App
from monitor.app.loading import known_topics, load_sources, load_templates
from monitor.app.naming import party_names
from monitor.app.workspace import Workspace
from monitor.briefing import (
    Imported,
    Proposal,
    StatementState,
    Wording,
    as_docx,
    as_html,
    as_markdown,
    beside,
    import_paper,
    mark_up,
    outside_events,
    propose_wording,
    statement_states,
)
from monitor.errors import ConfigError, Problem, StateError
from monitor.files import load_yaml, make_directory, write_atomically
from monitor.model import Change, Decision, Edition, Finding
from monitor.recognition import load_names

PROPOSED = "proposed.json"
_MODE = 0o644  # people edit these files, and they are kept in git


def import_briefing(
    workspace: Workspace, path: Path, *, briefing_id: str = "", as_of: date | None = None
) -> tuple[Path, Imported]:
    """Import a paper into its folder; return the folder and what was written.

    Raises:
        ConfigError: the paper, or the folder's briefing.yaml as it stands, cannot be read.
        StateError: the folder cannot be written.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ConfigError([Problem(str(path), None, "", f"cannot be read: {error.strerror}")]) from error
    parties_in = load_names().named_in
    folder = workspace.briefings / (briefing_id or _folder_of(workspace, path, content))
    current = load_yaml(folder / "briefing.yaml").data if (folder / "briefing.yaml").is_file() else None
    imported = import_paper(
        content,
        path.name,
        parties_in=parties_in,
        current=current,
        base=_proposed(folder / PROPOSED),
        as_of=as_of,
        briefing_id=folder.name,
        topics=() if current else known_topics(workspace),
        sources=tuple(load_sources(workspace)),
    )
    make_directory(folder / "text")
    write_atomically(folder / imported.text_name, imported.text.encode(), _MODE)
    write_atomically(folder / PROPOSED, _dumped(imported.proposed), _MODE)
    write_atomically(folder / "briefing.yaml", imported.yaml.encode(), _MODE)
    return folder, imported


def _folder_of(workspace: Workspace, path: Path, content: bytes) -> str:
    """The folder of the same paper, if the workspace has it, else one named after the paper."""
    name = import_paper(content, path.name, parties_in=load_names().named_in).briefing_id
    if workspace.briefings.is_dir():
        for folder in sorted(workspace.briefings.iterdir()):
            if folder.name == name or folder.name.endswith(f"-{name}"):
                return folder.name
    return name


def _proposed(path: Path) -> Mapping[str, Any] | None:
    if not path.is_file():
        return None
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        message = (
            f"cannot be read ({error}); remove it, and every value of briefing.yaml counts as a person's"
        )
        raise StateError(str(path), message) from error
    return data if isinstance(data, dict) else None


def _dumped(proposed: Mapping[str, Any]) -> bytes:
    return (json.dumps(proposed, indent=1, ensure_ascii=False, default=str) + "\n").encode()


def statement_rows(app: App, briefing_id: str | None, until: date | None) -> list[dict[str, Any]]:
    """Return a row a statement of a briefing, in its order, with how it stands."""
    edition = app.edition(briefing_id)
    app.take_in()
    changes = app.store.changes(edition.briefing_id)
    decisions = app.store.decisions(subjects=[change.id for change in changes])
    outside = outside_events(app.store.audit(subject=edition.briefing_id), edition)
    states = statement_states(edition, changes, decisions=decisions, outside=outside, until=until)
    return [_row(each) for each in states]


def _row(state: StatementState) -> dict[str, Any]:
    statement = state.statement
    return {
        "id": statement.id,
        "unit": statement.unit.value,
        "section": statement.section,
        "note": statement.note,
        "status": state.status.value,
        "how": state.how.value if state.how else None,
        "since": state.since.iso if state.since else None,
        "because": list(state.because),
        "text": statement.text,
    }


def redline(app: App, briefing_id: str | None, form: str, until: date | None) -> bytes:
    """Return the whole briefing with its proposals, as ``docx``, ``html`` or ``md``."""
    edition = app.edition(briefing_id)
    app.take_in()
    now = app.clock.now()
    changes = app.store.changes(edition.briefing_id)
    findings, proposals = proposals_of(app, edition, changes, until or now.date())
    evidence = {each.id: beside(each, findings) for each in proposals}
    marked = mark_up(edition, text_of(app.workspace, edition), proposals, evidence)
    if form == "docx":
        return as_docx(marked, author="Briefing Monitor", made=now)
    return (as_html(marked) if form == "html" else as_markdown(marked)).encode()


def changes_with_evidence(
    app: App, edition: Edition
) -> tuple[tuple[Change, ...], tuple[Decision, ...], dict[str, Finding]]:
    """Return a briefing's changes, the decisions on them and the findings that they rest on."""
    changes = app.store.changes(edition.briefing_id)
    findings = app.store.findings(ids={each for change in changes for each in change.evidence})
    decisions = app.store.decisions(subjects=[change.id for change in changes])
    return changes, decisions, {each.id: each for each in findings}


def proposals_of(
    app: App, edition: Edition, changes: Iterable[Change], until: date
) -> tuple[dict[str, Finding], tuple[Proposal, ...]]:
    """Return how statements could read because of those of ``changes`` that happened by ``until``."""
    known, decisions, findings = changes_with_evidence(app, edition)
    wanted = {change.id for change in changes if change.date is None or change.date.is_until(until)}
    told = [each for each in known if each.id in wanted or each.as_of != edition.as_of]
    agreements = {each.id: each for each in app.store.agreements(party=edition.topic.focal)}
    wording = Wording(party_names(), load_templates(app.workspace), until)
    proposals = propose_wording(edition, told, agreements, findings, wording, decisions=decisions)
    return findings, proposals


def text_of(workspace: Workspace, edition: Edition) -> str:
    """Return the whole text of an edition.

    Raises:
        ConfigError: it cannot be read.
    """
    path = workspace.briefings / edition.briefing_id / "text" / f"{edition.as_of}.md"
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError([Problem(str(path), None, "", f"cannot be read: {error}")]) from error
