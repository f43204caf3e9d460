"""The decision whether an agreement belongs to a briefing's series: asked in words, and checked."""

from monitor.app.core import App
from monitor.errors import ConfigError, NotFoundError, Problem
from monitor.model import Scope

OF_NONE = "none"


def question_on_series(app: App, change_id: str) -> str:
    """Return what a person still has to decide on a change that may belong to the series, else nothing."""
    change = next((each for each in app.store.changes() if each.id == change_id), None)
    if change is None or change.scope is not Scope.UNDECIDED:
        return ""
    series = app.edition(change.briefing_id).topic.series
    return (
        f"Whether it belongs to the series ({series.name}) is not decided, and until then it puts no list "
        f"out of date. Say so with: monitor agreements correct {change.agreement_id} --field series "
        f"--value {series.id} --by NAME (or --value {OF_NONE})"
    )


def series_named(app: App, agreement_id: str, value: str) -> str:
    """Return the value to record for a series: its id, or empty for none.

    Raises:
        ConfigError: no briefing on one of the agreement's sides has a series of that id.
        NotFoundError: no such agreement.
    """
    if value in ("", OF_NONE):
        return ""
    agreement = app.store.agreement(agreement_id)
    if agreement is None:
        raise NotFoundError(f"no agreement {agreement_id}; `monitor agreements list` shows their ids")
    known = {each.topic.series.id for each in app.editions if each.topic.focal in agreement.sides}
    if value not in known:
        message = f"no briefing follows it; write {' or '.join((*sorted(known), OF_NONE))}"
        raise ConfigError([Problem("--value", None, value, message)])
    return value
