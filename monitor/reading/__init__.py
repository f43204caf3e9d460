"""Exchange -> items and documents; one file a kind. Pure: bodies come in, values go out."""

from monitor.reading.agreement_links import agreement_texts, paper_title
from monitor.reading.kinds import parsers_for, preload, read

__all__ = ["agreement_texts", "paper_title", "parsers_for", "preload", "read"]
