"""How long a lead is shown: what the press alone, or a third party, says that two sides have concluded.

It ends when a side, the text or a person confirms it, when a side denies it (a conflict on the stage), or
when nobody has said so again for a while.
"""

from collections.abc import Mapping
from datetime import date, timedelta

from monitor.model import LEAD_DAYS, Agreement, Finding


def lead_expires(
    agreement: Agreement, findings: Mapping[str, Finding], *, days: int = LEAD_DAYS
) -> date | None:
    """Return the last day on which an unconfirmed conclusion is shown as a lead.

    None if it is no lead: not said to be concluded, confirmed, or without any date to count from.
    """
    if not agreement.stage.implies_conclusion or agreement.word.is_confirmed:
        return None
    said = [findings[each] for each in agreement.findings if each in findings]
    dates = [when.last for each in said for when in (each.published, each.date) if when is not None]
    return max(dates) + timedelta(days=days) if dates else None
