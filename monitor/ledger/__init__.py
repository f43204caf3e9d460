"""From the set of findings and what people decided to agreements: group, corroborate, conflict."""

from monitor.ledger.explain import Joined, explain
from monitor.ledger.group import Grouping, group
from monitor.ledger.leads import lead_expires
from monitor.ledger.reckonings import Member, disputes

__all__ = ["Grouping", "Joined", "Member", "disputes", "explain", "group", "lead_expires"]
