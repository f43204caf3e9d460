"""Briefing Monitor: change tracking and update publishing for research briefings."""

__version__ = "0.1.0"
