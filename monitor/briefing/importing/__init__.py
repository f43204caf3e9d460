"""Import a published paper (txt, Markdown, HTML, DOCX) into a briefing folder."""

from monitor.briefing.importing.papers import Imported, import_paper

__all__ = ["Imported", "import_paper"]
