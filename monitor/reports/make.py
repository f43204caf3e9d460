"""From material to the report that is stored: composed, rendered, with its id and its changes."""

from collections.abc import Mapping

from monitor.model import Report
from monitor.reports.material import Material, Occasion
from monitor.reports.printing import render
from monitor.reports.words import local_day
from monitor.reports.writing import compose


def make_report(material: Material, occasion: Occasion, templates: Mapping[str, str]) -> Report:
    """Return the report on ``material`` for one subscription; the same arguments give the same bytes.

    Raises:
        ConfigError: a template is missing, does not compile, or fails outside its items.
    """
    digest = compose(material, occasion)
    subject, renderings = render(digest, templates)
    return Report(
        id=digest.report_id,
        subscription_id=occasion.subscription_id,
        briefing_id=material.edition.briefing_id,
        made_at=occasion.made_at,
        subject=subject,
        renderings=renderings,
        changes=tuple(change.id for change in material.told),
        audience=occasion.audience,
        dated=local_day(occasion.until, occasion.zone),
    )
