"""Reports that a person asks for; nothing is stored, sent or ticked off."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

from monitor import pipeline
from monitor.app.core import App
from monitor.errors import NotFoundError
from monitor.model import Audience, Report, ReportKind, Subscription


def preview(
    app: App,
    briefing_id: str | None,
    audience: str,
    form: str,
    *,
    as_of: date | None = None,
    since: date | None = None,
) -> bytes:
    """Return the digest of what the edition lacks: of all that is known, or was known at the end of a day.

    Args:
        app: The workspace.
        briefing_id: Which briefing; None where there is only one.
        audience: For whom.
        form: ``md``, ``html``, ``txt``, ``eml`` or ``json``.
        as_of: What was known at the end of this day, by the workspace's time zone; now if None.
        since: Tell only what was found after the end of this day.
    """
    edition = app.edition(briefing_id)
    app.take_in()
    reader = Subscription("preview", edition.briefing_id, Audience(audience), "files", ("preview",))
    at = _end_of(app, as_of) if as_of else None
    after = _end_of(app, since) if since else None
    case = pipeline.Briefcase(app.parts, edition)
    report = pipeline.render_known(app.parts, app.press, reader, case, at=at, since=after, forms=(form,))
    return _content(report, form)


def preview_for(app: App, subscription_id: str, form: str) -> bytes:
    """Return the digest that a subscription would be sent now.

    Raises:
        NotFoundError: no such subscription.
    """
    found = next((each for each in app.subscriptions if each.id == subscription_id), None)
    if found is None:
        known = ", ".join(each.id for each in app.subscriptions) or "none"
        raise NotFoundError(f"no subscription {subscription_id}; there are: {known}")
    app.take_in()
    case = pipeline.Briefcase(app.parts, app.edition(found.briefing_id))
    turn = pipeline.Round(app.parts, app.press, found, case)
    return _content(turn.preview((form,)), form)


def sheet(
    app: App,
    kind: ReportKind,
    briefing_id: str | None,
    form: str,
    *,
    as_of: date | None = None,
    since: date | None = None,
) -> bytes:
    """Return the health of the sources, the state of the briefing, or the table of agreements.

    Of health ``since`` is the day after which polls count, a week ago if None.
    """
    edition = app.edition(briefing_id)
    app.take_in()
    at = _end_of(app, as_of) if as_of else None
    until = at or app.clock.now()
    reader = Subscription(
        "preview", edition.briefing_id, Audience.REVIEWERS, "files", ("preview",), report=kind
    )
    after = _end_of(app, since) if since else until - timedelta(days=7) if kind is ReportKind.HEALTH else None
    case = pipeline.Briefcase(app.parts, edition)
    occasion = replace(pipeline.occasion_of(app.press, reader, after, until, kind), made_at=app.clock.now())
    return _content(pipeline.report_on(app.parts, app.press, case, occasion, (form,), at=at), form)


def _end_of(app: App, day: date) -> datetime:
    """The last instant of a local day."""
    return datetime.combine(day + timedelta(days=1), time(), app.press.zone) - timedelta(microseconds=1)


def _content(report: Report, form: str) -> bytes:
    rendering = report.rendering(f".{form}")
    if rendering is None:
        raise NotFoundError(f"the report has no .{form} form")
    return rendering.content
