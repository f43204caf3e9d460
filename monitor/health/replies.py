"""What speaks against a single reply, before anything is read from it."""

from urllib.parse import urlsplit

from monitor.health.reasons import REASONS, Objection
from monitor.health.shapes import looks_like_page, shape_of
from monitor.model import Exchange, Reply, Source, SourceKind, Transport

_STATUS = {
    401: ("login-asked", "the site asks for a login (HTTP 401); find a public address"),
    402: ("refused", "the site asks for payment (HTTP 402)"),
    403: ("refused", "the site refuses the request (HTTP 403)"),
    404: ("not-found", "the address no longer exists (HTTP 404); find the new one and correct the source"),
    407: ("refused", "a proxy refuses the request (HTTP 407)"),
    410: ("gone", "the address was withdrawn (HTTP 410); find the new one and correct the source"),
    429: ("too-many-requests", "the site asks for fewer requests (HTTP 429); poll it less often"),
    451: ("legal", "the site withholds the page for legal reasons (HTTP 451)"),
    503: ("maintenance", "the site is unavailable (HTTP 503); it is asked again"),
}
_ORIGIN_DOWN = range(520, 531)  # Cloudflare's words for a site that does not answer it
# Second-level names under which registries sell names; those of a state's own bodies among them.
_SHARED_SUFFIXES = {
    "ac",
    "co",
    "com",
    "edu",
    "gc",
    "go",
    "gob",
    "gouv",
    "gov",
    "govt",
    "gub",
    "gv",
    "net",
    "org",
}


_PAGES = (SourceKind.LISTING, SourceKind.PAGE)  # kinds whose answer is a web page


def check_source_reply(source: Source, reply: Reply, *, body_known: bool = False) -> Objection | None:
    """Return what speaks against a reply to a source's own request, None if it may be read.

    With ``body_known`` the bytes were judged before, and were good: only how they came is looked at.
    """
    if body_known and reply.exchange.status == 200 and reply.exchange.transport is Transport.ANSWERED:
        return _check_redirect(reply.exchange)
    objection = _check_answer(reply)
    if objection is not None or reply.exchange.transport is Transport.NOT_MODIFIED:
        return objection
    body = reply.body or b""
    if source.kind not in _PAGES and looks_like_page(body):
        return Objection(
            REASONS["page-instead"], "an HTML page came instead of the list; look at the address"
        )
    return _check_redirect(reply.exchange)


def check_document_reply(reply: Reply) -> Objection | None:
    """Return what speaks against a reply that should be an item's document, None if it may be read.

    A wall's page must never become a document: its words would be quoted as the publisher's.
    """
    objection = _check_answer(reply)
    if objection is not None:
        return objection
    asked, got = urlsplit(reply.exchange.url), urlsplit(reply.exchange.final_url or reply.exchange.url)
    if _is_root(got.path) and not got.query and not _is_root(asked.path):
        return Objection(REASONS["redirected-home"], f"{reply.exchange.url} leads to the site's home page")
    return None


def same_site(one: str, other: str) -> bool:
    """Return whether two addresses are on names that one body registered."""
    return _site(urlsplit(one).hostname or "") == _site(urlsplit(other).hostname or "")


def _check_answer(reply: Reply) -> Objection | None:
    exchange = reply.exchange
    if exchange.transport is Transport.NOT_MODIFIED:
        return None
    if exchange.transport is not Transport.ANSWERED:
        return Objection(REASONS[exchange.transport.value], exchange.detail or exchange.transport.value)
    body = reply.body or b""
    shape = shape_of(exchange, body)
    if exchange.status != 200:
        return _by_status(exchange.status or 0, shape)
    if not body.strip():
        return Objection(REASONS["no-body"], "the reply has no body")
    return shape


def _by_status(status: int, shape: Objection | None) -> Objection:
    """What an error status means. A wall is named by its page where it has one."""
    if shape is not None and shape.reason.code == "challenge" and status not in _ORIGIN_DOWN:
        return Objection(shape.reason, f"{shape.detail} (HTTP {status})")
    if status in _STATUS:
        code, detail = _STATUS[status]
        return Objection(REASONS[code], detail)
    if 500 <= status < 600:
        return Objection(
            REASONS["server-error"], f"the site is in trouble (HTTP {status}); it is asked again"
        )
    if 400 <= status < 500:
        detail = f"the site does not accept the request (HTTP {status}); correct the source's address"
        return Objection(REASONS["request-refused"], detail)
    return Objection(REASONS["odd-status"], f"HTTP {status} is no answer to this request")


def _check_redirect(exchange: Exchange) -> Objection | None:
    url = exchange.url
    asked, got = urlsplit(url), urlsplit(exchange.final_url or exchange.url)
    if not same_site(url, exchange.final_url or url):
        detail = f"{url} leads to {got.hostname}; if that is right, enter the new address"
        return Objection(REASONS["redirected-away"], detail)
    if _is_root(got.path) and not got.query and not _is_root(asked.path):
        return Objection(
            REASONS["redirected-home"], f"{url} leads to the site's home page; find the new address"
        )
    return None


def _is_root(path: str) -> bool:
    return path.strip("/") == ""


def _site(host: str) -> str:
    """The name that somebody registered: the last two labels, or three under gov.xx and the like."""
    labels = host.lower().rstrip(".").split(".")
    if len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in _SHARED_SUFFIXES:
        return ".".join(labels[-3:])
    return host if labels[-1].isdigit() else ".".join(labels[-2:])
