"""What is due, worked out from our own table; and the processes that wait for it."""

from monitor.scheduling.due import Due, due_sources, slot_at

__all__ = ["Due", "due_sources", "slot_at"]
