"""From the set of findings and what people decided to agreements: group, corroborate, conflict."""

from monitor.ledger.group import Grouping, group

__all__ = ["Grouping", "group"]
