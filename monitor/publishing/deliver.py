"""Try every delivery that is due, each on its own, and record what came of each at once.

A delivery is recorded as sent only after its channel has accepted it, in a transaction of its own: a
crash in between repeats that one delivery with the same bytes and loses none. A channel that fails
time and again is left alone for the rest of the pass, so that it holds up no other; what it still
owes stays due.
"""

import logging
from collections import defaultdict
from collections.abc import Container, Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from monitor.errors import PublishError
from monitor.model import AuditEntry, Delivery, DeliveryStatus, Report
from monitor.ports import Channel, Clock, Store
from monitor.publishing.backoff import next_try

_log = logging.getLogger(__name__)
_MOST_FAILURES_IN_A_ROW = 3


def deliver_due(
    store: Store, channels: Mapping[str, Channel], clock: Clock, *, only: Container[str] | None = None
) -> tuple[Delivery, ...]:
    """Try what is due and return each delivery tried, with what came of it.

    Args:
        store: Where deliveries are.
        channels: The channels that are configured, by name.
        clock: Says what is due.
        only: Ids of the deliveries to try; all that are due if None.

    Raises:
        StateError: an outcome cannot be recorded; nothing more is tried then.
    """
    tried: list[Delivery] = []
    due = [each for each in store.deliveries(due_at=clock.now()) if only is None or each.id in only]
    for name, deliveries in _by_channel(due).items():
        tried += _deliver_over(name, deliveries, store, channels.get(name), clock)
    return tuple(tried)


def _deliver_over(
    name: str, deliveries: Iterable[Delivery], store: Store, channel: Channel | None, clock: Clock
) -> list[Delivery]:
    tried: list[Delivery] = []
    report: Report | None = None
    failures = 0
    for delivery in deliveries:
        if failures >= _MOST_FAILURES_IN_A_ROW:
            _log.warning("%s failed %d times in a row; the rest waits for the next run", name, failures)
            break
        if report is None or report.id != delivery.report_id:
            report = store.report(delivery.report_id)
        outcome = _tried(delivery, report, channel, clock)
        store.save_outcome(outcome, (_audit(outcome, clock.now()),))
        tried.append(outcome)
        failures = failures + 1 if outcome.status is DeliveryStatus.RETRY else 0
    return tried


def _tried(delivery: Delivery, report: Report | None, channel: Channel | None, clock: Clock) -> Delivery:
    """Try once; whatever goes wrong is this delivery's alone."""
    try:
        if channel is None:
            message = "this channel is not configured; see monitor.toml and subscriptions.yaml"
            raise PublishError(delivery.channel, message)
        if report is None:
            raise PublishError(delivery.channel, f"report {delivery.report_id} is missing", permanent=True)
        channel.deliver(report, delivery)
    except PublishError as error:
        _log.warning("delivery %s: %s", delivery.id, error)
        return _failed(delivery, str(error), clock.now(), permanent=error.permanent)
    except Exception as error:  # one delivery of many
        _log.exception("delivery %s", delivery.id)
        return _failed(delivery, f"{type(error).__name__}: {error}", clock.now(), permanent=False)
    sent_at = clock.now()
    return replace(
        delivery,
        status=DeliveryStatus.SENT,
        attempts=delivery.attempts + 1,
        next_try=None,
        last_error="",
        sent_at=sent_at,
    )


def _failed(delivery: Delivery, message: str, now: datetime, *, permanent: bool) -> Delivery:
    attempts = delivery.attempts + 1
    again = None if permanent else next_try(attempts, now)
    status = DeliveryStatus.DEAD if again is None else DeliveryStatus.RETRY
    return replace(delivery, status=status, attempts=attempts, next_try=again, last_error=message)


def _audit(delivery: Delivery, now: datetime) -> AuditEntry:
    """One line a try; addresses are personal data, so the subject is the delivery's id."""
    return AuditEntry(now, "monitor", f"delivery-{delivery.status.value}", delivery.id, delivery.last_error)


def _by_channel(deliveries: Iterable[Delivery]) -> dict[str, list[Delivery]]:
    groups: dict[str, list[Delivery]] = defaultdict(list)
    for delivery in deliveries:
        groups[delivery.channel].append(delivery)
    for group in groups.values():
        group.sort(key=lambda each: (each.report_id, each.id))
    return dict(groups)
