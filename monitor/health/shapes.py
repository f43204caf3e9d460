"""Know pages that are no answer: bot walls, consent, login, maintenance, "not found" with 200, shells.

A marker of a vendor decides only where ordinary pages behind the same vendor do not carry it; words
decide only in the title, or on a page with hardly any text. A false alarm here is a source unread.
"""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from monitor.health.reasons import REASONS, Objection
from monitor.model import Exchange

_HEAD_BYTES = 150_000
_LITTLE_TEXT = 1_500  # characters a reader would see; walls have less
_HARDLY_ANY_TEXT = 400
# Bounded on purpose: this runs on hostile pages in the main process.
_UNSEEN = re.compile(r"<(/?)(?:script|style|noscript|svg|template)\b[^<>]{0,500}>")
_MARKUP = re.compile(r"<[^<>]*>")
_TITLE = re.compile(r"<title[^<>]{0,300}>([^<]{0,300})")


@dataclass(frozen=True, slots=True)
class _Mark:
    """A pattern in the lower-case source of a page, and whose it is; ``alone``: enough on any page."""

    vendor: str
    pattern: re.Pattern[str]
    alone: bool = True


_WALL_MARKS = (
    _Mark("Cloudflare", re.compile(r"_cf_chl_opt|cf-error-details|cf_captcha_kind|cf-browser-verification")),
    _Mark("Akamai", re.compile(r"errors\.edgesuite\.net|sec-if-cpt-container|bm-verify=")),
    _Mark("Imperva", re.compile(r"incapsula incident id|errorcode[^<]{0,20}incapsula")),
    _Mark("Imperva", re.compile(r"_incapsula_resource|visid_incap"), alone=False),
    _Mark("Radware", re.compile(r"validate\.perfdrive\.com|radware bot manager|captcha\.perfdrive\.com")),
    _Mark("DataDome", re.compile(r"captcha-delivery\.com")),
    _Mark("F5", re.compile(r"the requested url was rejected\. please consult with your administrator")),
    _Mark("Sucuri", re.compile(r"sucuri website firewall")),
    _Mark("AWS WAF", re.compile(r"awswafintegration|token\.awswaf\.com"), alone=False),
    _Mark("DDoS-Guard", re.compile(r"ddos-guard"), alone=False),
    _Mark("Anubis", re.compile(r"anubis_challenge|making sure you(?:'|&#39;|’)re not a bot")),
    _Mark("PerimeterX", re.compile(r"px-captcha|_pxappid"), alone=False),
    _Mark("a CAPTCHA", re.compile(r"g-recaptcha|h-captcha|cf-turnstile|smartcaptcha"), alone=False),
)
_WALL_HEADERS = {"cf-mitigated": "Cloudflare", "x-amzn-waf-action": "AWS WAF", "x-datadome": "DataDome"}
_WALL_TITLE = re.compile(
    r"just a moment|attention required|access (?:to this page has been )?denied|pardon our interruption"
    r"|are you (?:a )?(?:robot|human)|(?:bot|human|browser) verification|verify(?:ing)? you are human"
    r"|checking your browser|request (?:blocked|rejected|unsuccessful)|ddos-guard"
    r"|^(?:403|(?:403 )?forbidden|blocked|robot check|captcha|security (?:check|verification)"
    r"|доступ запрещен|доступ заборонено)(?:$| [-–—|])"
)
_CONSENT_TITLE = re.compile(
    r"before you continue|cookie consent|privacy (?:choices|settings)|bevor sie fortfahren"
)
_LOGIN_TITLE = re.compile(r"^(?:log[ -]?in|sign[ -]?in|anmelden|anmeldung|connexion|вхід|вход|ログイン)\b")
_LOGIN_PATH = re.compile(r"/(?:log-?in|sign-?in|signon|sso|saml2?|oauth2?|adfs)(?:[/.?]|$)")
_PASSWORD = re.compile(r"<input[^<>]{0,300}type\s{0,5}=\s{0,5}[\"']?password")
# Not the bare word: states conclude agreements on the maintenance of aircraft.
_MAINTENANCE = re.compile(
    r"(?:under|scheduled|site|planned|system|for|website) maintenance|^maintenance(?: mode)?(?:$| [-–—|])"
    r"|temporarily (?:unavailable|down|closed)|service unavailable|technical difficulties"
    r"|be (?:right )?back soon|wartungsarbeiten|site en maintenance|sito in manutenzione|en mantenimiento"
    r"|przerwa techniczna|технічні роботи|технические работы|メンテナンス中"
)
_NOT_FOUND = re.compile(
    r"^(?:error )?404\b|(?:^|[-–—|:] )(?:page|document|file|content) (?:was |could )?not (?:be )?found"
    r"|^not found\b|seite (?:wurde )?nicht gefunden|page (?:introuvable|non trouvée)"
    r"|pagina non (?:è stata )?trovata|página no encontrada|página não encontrada"
    r"|nie znaleziono strony|strona nie (?:została )?znaleziona|сторінк[уа] не знайден|страница не найдена"
    r"|sidan (?:kunde inte hittas|finns inte)|siden (?:ble|blev) ikke funn?[de]et|siden finnes ikke"
    r"|sivua ei löyt|lapa nav atrasta|puslapis nerastas|lehte ei leitud|stránka nenalezena"
    r"|pagina nu (?:a fost găsită|există)|ページが見つかりません|お探しのページ"
)
_PARKED = re.compile(
    r"domain (?:name )?(?:is|may be) for sale|buy this domain|domain (?:is )?parked|sedoparking|parkingcrew"
)
_SHELL = re.compile(
    r"id\s{0,5}=\s{0,5}[\"']?(?:root|app|__next|__nuxt|app-root)\b|<app-root"
    r"|enable javascript|requires javascript"
)
_BY_HAND = "look at the address in a browser, and bring a saved page with `monitor ingest`"


def shape_of(exchange: Exchange, body: bytes) -> Objection | None:
    """Return what is wrong with a page that came with status 200, or with an error status; None for nothing.

    Args:
        exchange: The reply's headers and final address.
        body: Its bytes; only pages (HTML) are judged, anything else gives None.
    """
    address = exchange.final_url or exchange.url
    if wall := _wall_by_headers(exchange, address):
        return _objection("challenge", f"a bot wall of {wall} answered; {_BY_HAND}")
    if not looks_like_page(body):
        return None
    source = body[:_HEAD_BYTES].decode("utf-8", "replace").lower()
    return _by_source(source, address)


def looks_like_page(body: bytes) -> bool:
    """Return whether ``body`` is HTML, whatever it is declared to be."""
    head = body[:4_096].replace(b"\0", b"").lower()
    html = re.search(rb"<(?:!doctype\s+html|html|head|body|meta\s|title|script|h1)\b", head)
    feed = re.search(rb"<(?:[a-z]+:)?(?:rss|feed|rdf)[\s>:]", head)
    if html is None or head.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")[:1] in (b"{", b"["):
        return False
    return feed is None or html.start() < feed.start()


def _by_source(source: str, address: str) -> Objection | None:
    found = _TITLE.search(source)
    title = " ".join(found[1].split()) if found else ""
    text = " ".join(_MARKUP.sub(" ", _seen(source)).split())
    little = len(text) < _LITTLE_TEXT
    for mark in _WALL_MARKS:
        if (mark.alone or len(text) < _HARDLY_ANY_TEXT) and mark.pattern.search(source):
            return _objection("challenge", f"a page of {mark.vendor} asks for a person; {_BY_HAND}")
    if little and _WALL_TITLE.search(title):
        return _objection("challenge", f"the page is titled “{title}”; {_BY_HAND}")
    if _NOT_FOUND.search(title):
        return _objection(
            "soft-404", f"the page is titled “{title}”; find the new address and correct the source"
        )
    return _by_little_text(source, title, text, address) if little else None


def _by_little_text(source: str, title: str, text: str, address: str) -> Objection | None:
    if _CONSENT_TITLE.search(title) or (urlsplit(address).hostname or "").startswith("consent."):
        return _objection("consent", f"a consent form came instead of the page; {_BY_HAND}")
    if _PASSWORD.search(source) and (_LOGIN_TITLE.search(title) or _LOGIN_PATH.search(address.lower())):
        return _objection("login-asked", "a login form came instead of the page; find a public address")
    if _MAINTENANCE.search(title) or _MAINTENANCE.search(text[:300]):
        return _objection("maintenance", f"the site says: “{(title or text)[:150]}”; it is asked again")
    if _PARKED.search(text) or _PARKED.search(source):
        return _objection("parked", "the name is for sale; find the publisher's new address")
    if len(text) < _HARDLY_ANY_TEXT and "<script" in source and _SHELL.search(source):
        return _objection("shell", f"the page is empty without its scripts; find its feed, or {_BY_HAND}")
    return None


def _seen(source: str) -> str:
    """The source without what browsers do not show as text, in one pass."""
    kept, at, depth = [], 0, 0
    for tag in _UNSEEN.finditer(source):
        if depth == 0:
            kept.append(source[at : tag.start()])
        depth = max(depth - 1, 0) if tag[1] else depth + 1
        at = tag.end()
    return " ".join([*kept, source[at:] if depth == 0 else ""])


def _wall_by_headers(exchange: Exchange, address: str) -> str | None:
    for name, vendor in _WALL_HEADERS.items():
        value = exchange.header(name)
        if value and (name != "x-datadome" or exchange.status == 403):
            return vendor
    return "Radware" if (urlsplit(address).hostname or "").endswith("perfdrive.com") else None


def _objection(code: str, detail: str) -> Objection:
    return Objection(REASONS[code], detail)
