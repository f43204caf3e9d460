"""What is due, worked out from our own table; and the processes that wait for it."""

from monitor.scheduling.digests import digest_due, period_of
from monitor.scheduling.due import Due, due_sources, slot_at
from monitor.scheduling.file_schema import schema
from monitor.scheduling.subscriptions import parse_subscriptions, subscription_keys
from monitor.scheduling.telling import may_tell
from monitor.scheduling.urgency import is_urgent, urgency

__all__ = [
    "Due",
    "digest_due",
    "due_sources",
    "is_urgent",
    "may_tell",
    "parse_subscriptions",
    "period_of",
    "schema",
    "slot_at",
    "subscription_keys",
    "urgency",
]
