"""A statement's words as a person writes them, while the fact that puts it out of date is accepted."""

from datetime import date
from typing import Any

from monitor.app.briefings import proposals_of
from monitor.app.core import App
from monitor.briefing import Proposal
from monitor.errors import ConfigError, NotFoundError, Problem
from monitor.model import Change


def proposal_rows(app: App, briefing_id: str | None, until: date | None) -> list[dict[str, Any]]:
    """Return a row a proposal of a briefing, in the order of the page."""
    edition = app.edition(briefing_id)
    app.take_in()
    changes = app.store.changes(edition.briefing_id)
    _, proposals = proposals_of(app, edition, changes, until or app.clock.now().date())
    return [
        {
            "statement": each.statement_id,
            "how": each.how.value,
            "does": "replaces" if each.deletes and each.clauses else "deletes" if each.deletes else "adds",
            "text": each.text,
            "footnotes": list(each.footnotes),
            "notes": list(each.caveats),
            "changes": list(each.changes),
        }
        for each in proposals
    ]


def edited_wording(app: App, change_id: str, statement_id: str, text: str) -> dict[str, str]:
    """Return what to record with a decision: the words, and all changes that they speak of.

    Raises:
        ConfigError: the change puts no such statement out of date, or several and none is named.
        NotFoundError: no such change.
    """
    change = next((each for each in app.store.changes() if each.id == change_id), None)
    if change is None:
        raise NotFoundError(f"no change {change_id}; `monitor changes list` shows their ids")
    proposal = _proposal(app, change, statement_id)
    words = " ".join(text.split())
    return {"statement": proposal.statement_id, "wording": words, "speaks_of": ",".join(proposal.changes)}


def _proposal(app: App, change: Change, statement_id: str) -> Proposal:
    edition = app.edition(change.briefing_id)
    changes = app.store.changes(edition.briefing_id)
    _, proposals = proposals_of(app, edition, changes, app.clock.now().date())
    touched = {aged.statement_id for aged in change.aged}
    found = [
        each
        for each in proposals
        if change.id in each.changes and each.statement_id in touched
        if statement_id in ("", each.statement_id)
    ]
    if len(found) == 1:
        return found[0]
    named = ", ".join(sorted(touched)) or "none"
    message = f"name one of the statements that the change puts out of date: {named}"
    raise ConfigError([Problem("--statement", None, statement_id, message)])
