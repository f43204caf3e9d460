"""The one gate to HTTP, and its offline twin that answers from stored exchanges.

``HttpFetcher`` and ``ReplayFetcher`` implement :class:`monitor.ports.Fetcher`; ``FolderFetcher`` answers
for folders of the workspace. Importing this room does
not import requests; making an ``HttpFetcher`` does.
"""

from monitor.fetching.addresses import why_refused
from monitor.fetching.fetcher import HttpFetcher, identify
from monitor.fetching.folder import FolderFetcher
from monitor.fetching.masking import masked
from monitor.fetching.politeness import Politeness
from monitor.fetching.replay import ReplayFetcher
from monitor.fetching.retrying import asked_to_rest
from monitor.fetching.robots import ObedientFetcher

__all__ = [
    "FolderFetcher",
    "HttpFetcher",
    "ObedientFetcher",
    "Politeness",
    "ReplayFetcher",
    "asked_to_rest",
    "identify",
    "masked",
    "why_refused",
]
