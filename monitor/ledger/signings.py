"""When a finding says that both sides signed.

An exchange of letters has a date a side and is one signing, from the first letter to the last. Dates that
lie years apart in one statement (a register's field against its own title) are two claims.
"""

from datetime import timedelta
from typing import Final

from monitor.model import Finding, PartialDate, Precision, Stage

EXACTNESS: Final = {Precision.DAY: 0, Precision.MONTH: 1, Precision.YEAR: 2}
_ONE_EXCHANGE: Final = timedelta(days=366)  # the longest between two letters


def signings_of(finding: Finding) -> tuple[PartialDate, ...]:
    """Return the signings that a finding tells of, by date; two where it contradicts itself."""
    dates = sorted((each.date for each in finding.signed), key=lambda each: (each.first, each.last))
    if not dates:
        stated = finding.date if finding.stage is Stage.CONCLUDED else None
        return (stated,) if stated is not None else ()
    signings = [dates[0]]
    for when in dates[1:]:
        if when.first - signings[-1].last > _ONE_EXCHANGE:
            signings.append(when)
        elif EXACTNESS[when.precision] == EXACTNESS[signings[-1].precision]:
            signings[-1] = _joined(signings[-1], when)
        else:
            signings[-1] = min(signings[-1], when, key=lambda each: EXACTNESS[each.precision])
    return tuple(signings)


def last_of(when: PartialDate) -> PartialDate:
    """Return the day on which an exchange was complete; a month or year as it is."""
    if when.precision is Precision.DAY and not when.is_day:
        return PartialDate.day(when.last, when.words)
    return when


def _joined(one: PartialDate, other: PartialDate) -> PartialDate:
    if one == other:
        return one
    return PartialDate.between(one.first, max(one.last, other.last))
