"""From what is known to reports: every subscription in its turn, none of which stops another.

What is on hold is collected and goes out as one digest once the hold is lifted; what is paused is not.
"""

import logging
from dataclasses import dataclass

from monitor.errors import StateError
from monitor.model import Report
from monitor.pipeline.briefcase import Briefcase
from monitor.pipeline.parts import Parts
from monitor.pipeline.press import Press
from monitor.pipeline.rounds import Round

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Written:
    """The reports that were written, and the subscriptions whose report could not be, with the reason."""

    reports: tuple[Report, ...] = ()
    failed: tuple[tuple[str, str], ...] = ()


def write_reports(parts: Parts, press: Press) -> Written:
    """Render every report that is due.

    "Checked, nothing new" is a result and is reported too. A report that cannot be rendered stops no
    other and ticks nothing off, so that the next run tries again.

    Raises:
        StateError: nothing can be recorded any more.
    """
    written: list[Report] = []
    failed: list[tuple[str, str]] = []
    cases = {edition.briefing_id: Briefcase(parts, edition) for edition in parts.editions}
    for subscription in parts.subscriptions:
        case = cases.get(subscription.briefing_id)
        if case is None or subscription.hold or subscription.paused:
            continue
        for write in Round(parts, press, subscription, case).jobs():
            try:
                written += write()
            except StateError:
                raise
            except Exception as error:  # one report among many
                _log.exception("a report for %s could not be written", subscription.id)
                failed.append((subscription.id, f"{type(error).__name__}: {error}"))
    return Written(tuple(written), tuple(failed))
