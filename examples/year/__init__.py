"""A year of official pages, written as data and served as the web that a monitor meets.

``load_year`` reads a folder such as ``examples/vilnius-2024``; ``sites`` are its publishers for
``server.Web``, ``mails`` what has come into a dedicated folder. Dates decide everything: what is
published, edited, walled, silent or redesigned at an instant follows from that instant alone, so a
simulated year can be stopped and taken up anywhere.
"""

from .deeds import deeds_on, mended
from .loading import load_year
from .mail import mails
from .site import sites
from .values import Article, Fault, Language, Publisher, Version, Year

__all__ = [
    "Article",
    "Fault",
    "Language",
    "Publisher",
    "Version",
    "Year",
    "deeds_on",
    "load_year",
    "mails",
    "mended",
    "sites",
]
