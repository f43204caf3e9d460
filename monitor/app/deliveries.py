"""What people do with deliveries that failed: list them, try them again, give them up."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from monitor.app.core import App
from monitor.errors import ConfigError, NotFoundError, Problem
from monitor.model import AuditEntry, Delivery, DeliveryStatus
from monitor.publishing import deliver_due

_OPEN = (DeliveryStatus.WAITING, DeliveryStatus.RETRY, DeliveryStatus.DEAD)


def delivery_rows(app: App, *, everything: bool = False) -> list[dict[str, Any]]:
    """Return a row a delivery: those that wait or were given up, or all."""
    wanted = tuple(DeliveryStatus) if everything else _OPEN
    found = [each for status in wanted for each in app.store.deliveries(status=status)]
    reports = {report.id: report for report in app.store.reports(ids={each.report_id for each in found})}
    rows = [
        {
            "id": each.id,
            "status": each.status.value,
            "channel": each.channel,
            "to": each.recipient,
            "tries": each.attempts,
            "next_try": each.next_try,
            "report": reports[each.report_id].subject if each.report_id in reports else each.report_id,
            "last_error": each.last_error,
        }
        for each in found
    ]
    return sorted(rows, key=lambda row: (row["status"], row["id"]))


def retry(app: App, ids: Iterable[str], *, every_dead: bool, by: str) -> list[Delivery]:
    """Try deliveries again now, with their tries counted from the start; return what came of each.

    Raises:
        NotFoundError: no such delivery.
        ConfigError: one of them was sent or dropped.
    """
    chosen = _chosen(app, ids)
    if every_dead:
        known = {each.id for each in chosen}
        chosen += [d for d in app.store.deliveries(status=DeliveryStatus.DEAD) if d.id not in known]
    now = app.clock.now()
    for delivery in chosen:
        waiting = replace(delivery, status=DeliveryStatus.WAITING, attempts=0, next_try=None, last_error="")
        entry = AuditEntry(now, by, "delivery-retried", delivery.id, delivery.last_error)
        app.store.save_outcome(waiting, (entry,))
    wanted = {delivery.id for delivery in chosen}
    tried = deliver_due(app.store, app.channels, app.clock, only=wanted)
    return list(tried)


def drop(app: App, ids: Iterable[str], *, by: str, reason: str) -> int:
    """Give deliveries up for good; they stay on record. Return how many.

    Raises:
        NotFoundError: no such delivery.
        ConfigError: one of them was sent or dropped before.
    """
    chosen = _chosen(app, ids)
    now = app.clock.now()
    for delivery in chosen:
        entry = AuditEntry(now, by, "delivery-dropped", delivery.id, reason)
        app.store.save_outcome(replace(delivery, status=DeliveryStatus.DROPPED, next_try=None), (entry,))
    return len(chosen)


def _chosen(app: App, ids: Iterable[str]) -> list[Delivery]:
    """Deliveries by id; a sent one must not be sent again by a slip."""
    known = {each.id: each for each in app.store.deliveries()}
    wanted = list(dict.fromkeys(ids))
    if missing := [each for each in wanted if each not in known]:
        raise NotFoundError(f"no delivery {missing[0]}; `monitor deliver list` shows their ids")
    settled = [known[each] for each in wanted if known[each].status not in _OPEN]
    if settled:
        problems = [
            Problem("delivery", None, each.id, f"it was {each.status.value} already") for each in settled
        ]
        raise ConfigError(problems)
    return [known[each] for each in wanted]
