"""From material to the report that is stored: composed, rendered, with its id and its changes.

The same arguments give the same bytes. Every function raises ConfigError where a template is missing,
does not compile, or fails outside its items.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType

from monitor.model import Rendering, Report, ReportKind
from monitor.reports.alert import compose_alert
from monitor.reports.correction import compose_correction
from monitor.reports.feed import compose_agreements_feed, compose_changes_feed
from monitor.reports.health import Health, compose_health
from monitor.reports.material import FOR_PEOPLE, Material, Occasion
from monitor.reports.printing import Words, dumped, render, render_feed, rendering
from monitor.reports.reminder import compose_reminder
from monitor.reports.running import state_figures
from monitor.reports.state import compose_state
from monitor.reports.table import Known, as_csv, as_json_value, compose_table
from monitor.reports.timeline import timeline_figure
from monitor.reports.weeks import weeks_figure
from monitor.reports.words import local_day
from monitor.reports.writing import compose

_COMPOSERS: Mapping[ReportKind, Callable[[Material, Occasion], Words]] = MappingProxyType(
    {
        ReportKind.DIGEST: compose,
        ReportKind.ALERT: compose_alert,
        ReportKind.CORRECTION: compose_correction,
        ReportKind.REMINDER: compose_reminder,
        ReportKind.STATE: compose_state,
    }
)


def make_report(
    material: Material, occasion: Occasion, templates: Mapping[str, str], *, forms: Sequence[str] = FOR_PEOPLE
) -> Report:
    """Return the report of the occasion's kind on ``material``, in ``forms``."""
    words = _COMPOSERS[occasion.kind](material, occasion)
    figures = state_figures(material, occasion) if occasion.kind is ReportKind.STATE else ()
    plain = [form for form in forms if form != "atom"]
    printed = render(words, templates, name=occasion.kind.value, forms=plain, figures=figures)
    if "atom" in forms:
        printed += (render_feed(compose_changes_feed(material, occasion), templates),)
    changes = [change.id for change in material.told] + [wrong.change.id for wrong in material.wrong]
    return _report(words, material.edition.briefing_id, occasion, printed, tuple(dict.fromkeys(changes)))


def make_health(
    health: Health,
    briefing_id: str,
    occasion: Occasion,
    templates: Mapping[str, str],
    *,
    forms: Sequence[str] = FOR_PEOPLE,
) -> Report:
    """Return the report on the health of the sources."""
    words = compose_health(health, occasion)
    printed = render(
        words, templates, name="health", forms=forms, figures=weeks_figure(health.tracks, occasion)
    )
    return _report(words, briefing_id, occasion, printed)


def make_table(
    known: Known,
    occasion: Occasion,
    templates: Mapping[str, str],
    *,
    forms: Sequence[str] = FOR_PEOPLE,
    updated: Mapping[str, datetime] = MappingProxyType({}),
) -> Report:
    """Return the table of agreements; ``updated`` is when each was last heard of, for the feed."""
    words = compose_table(known, occasion)
    special: Mapping[str, Callable[[], Rendering]] = {
        "json": lambda: rendering("json", dumped(as_json_value(known, occasion))),
        "csv": lambda: rendering("csv", as_csv(known).encode()),
        "atom": lambda: render_feed(compose_agreements_feed(known, occasion, updated), templates),
    }
    plain = [form for form in forms if form not in special]
    figures = timeline_figure(known, occasion)
    printed = dict(
        zip(plain, render(words, templates, name="table", forms=plain, figures=figures), strict=True)
    )
    printed |= {form: special[form]() for form in forms if form in special}
    return _report(words, known.edition.briefing_id, occasion, tuple(printed[form] for form in forms))


def _report(
    words: Words,
    briefing_id: str,
    occasion: Occasion,
    printed: tuple[Rendering, ...],
    changes: tuple[str, ...] = (),
) -> Report:
    return Report(
        id=words.report_id,
        subscription_id=occasion.subscription_id,
        briefing_id=briefing_id,
        made_at=occasion.made_at,
        subject=words.subject,
        renderings=printed,
        changes=changes,
        audience=occasion.audience,
        dated=local_day(occasion.until, occasion.zone),
        kind=occasion.kind,
    )
