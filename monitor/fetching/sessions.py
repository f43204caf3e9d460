"""Anonymous session cookies for sources whose site answers only to who has one.

They are fetched from the page that the source names, given back to the origin that set them, kept in
memory while the process runs, and recorded nowhere.
"""

from collections.abc import Callable

from monitor.fetching.allowance import Allowance
from monitor.fetching.hops import Cookies
from monitor.model import Request

_NOT_LET_IN = frozenset({401, 403, 419, 440})  # what sites answer to a session that has ended

Visit = Callable[[Request, Cookies, Allowance], object]
"""Fetches a page, keeping the cookies that are set on the way; raises StopError."""


class Sessions:
    """Keeps one set of cookies a page. For several threads, as long as they ask for different pages."""

    def __init__(self, visit: Visit) -> None:
        self._visit = visit
        self._kept: dict[str, Cookies] = {}

    def cookies_for(self, request: Request, allowance: Allowance) -> Cookies:
        """Return the cookies that a fetch starts with: those of its session, or none.

        Raises:
            StopError: the page could not be fetched.
        """
        page = request.cookies_from
        if page is None:
            return Cookies()
        kept = self._kept.get(page)
        if kept is None:
            kept = Cookies()
            visit = Request(
                request.source_id,
                page,
                allow_http=request.allow_http,
                ca_file=request.ca_file,
                max_bytes=request.max_bytes,
            )
            self._visit(visit, kept, allowance)
            self._kept[page] = kept
        return kept

    def note(self, request: Request, status: int) -> None:
        """Forget a session that is not let in any more; the next fetch begins another."""
        if request.cookies_from is not None and status in _NOT_LET_IN:
            self._kept.pop(request.cookies_from, None)
