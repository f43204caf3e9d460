"""Pages that are no answer, and ordinary ones that look a little like them; all written for the project.

Each is what a site of its kind sends, by vendor header, marker, size and title, shortened. The tests
hold the monitor to them one by one; ``bench/shapes.py`` counts how many are recognised.
"""

from dataclasses import dataclass

from monitor.model import Reply
from tests.health.polls import make_reply

PAGE_URL = "https://mfa.example/news/2031/borduria"
ARTICLE = "<p>Ruritania and Borduria signed an agreement on security cooperation in Strelsau.</p>"
LONG = "".join(
    f"<p>The delegations of Ruritania and Borduria held their meeting number {n} on railways and schools "
    "in Strelsau. Both sides welcomed the progress that was made since the last one, and agreed on the next "
    "steps, which their ministries will take by the end of the year.</p>"
    for n in range(8)
)
MENU = "<nav><a href=/>Home</a> <a href=/news>News</a> <a href=/contact>Contact</a></nav>"


@dataclass(frozen=True)
class Shape:
    """A page as it comes; ``code`` is what the monitor must make of it, None for an ordinary page."""

    name: str
    code: str | None
    body: bytes
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    url: str = PAGE_URL
    final_url: str = ""

    def reply(self, url: str = "") -> Reply:
        """Return the reply to a request for ``url``."""
        asked = url or self.url
        return make_reply(
            self.body, status=self.status, url=asked, final_url=self.final_url or asked, headers=self.headers
        )


def page(title: str, body: str = "", head: str = "", lang: str = "en") -> bytes:
    """Return a page."""
    return (
        f'<!DOCTYPE html><html lang="{lang}"><head><meta charset="utf-8"><title>{title}</title>{head}</head>'
        f"<body>{body}</body></html>"
    ).encode()


def _challenge(name: str, body: bytes, **rest: object) -> Shape:
    return Shape(name, "challenge", body, **rest)  # type: ignore[arg-type]  # keywords of a table


WALLS = (
    _challenge(
        "cloudflare-challenge", page("Just a moment...", "<script>window._cf_chl_opt={cvId:'3'}</script>")
    ),
    _challenge(
        "cloudflare-challenge-in-german",
        page("Nur einen Moment…", "<script>window._cf_chl_opt={}</script><noscript>JavaScript</noscript>"),
    ),
    _challenge(
        "cloudflare-block",
        page(
            "Attention Required! | Cloudflare",
            "<div class=cf-error-details><h1>Sorry, you have been blocked</h1></div>",
        ),
        status=403,
    ),
    _challenge("cloudflare-header-alone", b"", status=403, headers=(("CF-Mitigated", "challenge"),)),
    _challenge(
        "cloudflare-error-1020",
        page("Access denied | mfa.example used Cloudflare to restrict access", "<h1>Error 1020</h1>"),
        status=403,
    ),
    _challenge(
        "akamai-denied",
        page(
            "Access Denied",
            "<h1>Access Denied</h1>You don't have permission to access this server.<p>Reference #18.2.17"
            "<p>https://errors.edgesuite.net/18.2.17",
        ),
        status=403,
    ),
    _challenge("akamai-bot-manager", page("", "<div id=sec-if-cpt-container></div><script src=/x></script>")),
    _challenge(
        "akamai-meta-refresh", page("", "", "<meta http-equiv=refresh content='5; URL=/?bm-verify=AAQA'>")
    ),
    _challenge(
        "imperva-frame", page("", "<iframe src=/_Incapsula_Resource?SWUDNSAI=31>Request unsuccessful.")
    ),
    _challenge("imperva-incident", page("mfa.example", "Request unsuccessful. Incapsula incident ID: 9-1")),
    _challenge(
        "imperva-interruption",
        page("Pardon Our Interruption", "<p>As you were browsing something about your browser made us think"),
    ),
    _challenge("radware-captcha", page("Radware Bot Manager Captcha", "<p>Radware Bot Manager")),
    _challenge("radware-redirect", page("", "<p>."), final_url="https://validate.perfdrive.com/?ssa=1"),
    _challenge(
        "datadome-captcha",
        page("mfa.example", "<script>var dd={'host':'geo.captcha-delivery.com'}</script>"),
        status=403,
    ),
    _challenge("datadome-header", page("", "<p>."), status=403, headers=(("X-DataDome", "protected"),)),
    _challenge(
        "f5-rejected",
        page(
            "Request Rejected",
            "The requested URL was rejected. Please consult with your administrator.<br>Support ID: 12",
        ),
    ),
    _challenge(
        "f5-script",
        page(
            "",
            "<script>window['bobcmn']='101110'</script><noscript>Please enable JavaScript to view the page "
            "content.<br/>Your support ID is: 17</noscript>",
        ),
    ),
    _challenge(
        "sucuri-block", page("Sucuri WebSite Firewall - Access Denied", "<p>Block ID: EXP"), status=403
    ),
    _challenge(
        "sucuri-script", page("You are being redirected...", "<script>sucuri_cloudproxy_js='1'</script>")
    ),
    _challenge("aws-waf-action", b"", status=202, headers=(("x-amzn-waf-action", "challenge"),)),
    _challenge("aws-waf-script", page("", "<script src='https://x.token.awswaf.com/challenge.js'></script>")),
    _challenge(
        "aws-waf-captcha", page("Human Verification", "<script>AwsWafIntegration</script>"), status=405
    ),
    _challenge("ddos-guard", page("DDoS-Guard", "<p>Checking your browser before accessing mfa.example.")),
    _challenge(
        "anubis", page("Making sure you&#39;re not a bot!", "<script id=anubis_challenge>{}</script>")
    ),
    _challenge(
        "perimeterx",
        page("Access to this page has been denied", "<div id=px-captcha></div><p>Press &amp; Hold"),
        status=403,
    ),
    _challenge("kasada", page("", "<script src='/149e9513/ips.js?x-kpsdk-v=j'></script>"), status=429),
    _challenge("recaptcha-form", page("mfa", "<form><div class=g-recaptcha data-sitekey=x></div></form>")),
    _challenge("hcaptcha-form", page("One more step", "<form><div class=h-captcha></div></form>")),
    _challenge("turnstile-form", page("mfa.example", "<form><div class=cf-turnstile></div></form>")),
    _challenge("friendly-captcha", page("Sicherheitsprüfung", "<div class=frc-captcha></div>", lang="de")),
    _challenge("yandex-smartcaptcha", page("Вы не робот?", "<div class=SmartCaptcha></div>", lang="ru")),
    _challenge(
        "google-unusual-traffic",
        page("Sorry...", "<p>Our systems have detected unusual traffic from your network"),
    ),
    _challenge(
        "vercel-checkpoint", page("Vercel Security Checkpoint", "<p>We're verifying your browser"), status=429
    ),
    _challenge(
        "imunify360",
        page("One moment, please...", "<h1>Please wait while your request is being verified...</h1>"),
    ),
    _challenge("bitninja", page("Waiting for the redirectiron...", "<p>BitNinja</p><form id=redirectForm>")),
    _challenge(
        "siteground",
        page(
            "Robot Challenge Screen",
            "",
            "<meta http-equiv=refresh content='0;/.well-known/sgcaptcha/?r=%2F'>",
        ),
        status=202,
    ),
    _challenge(
        "wordfence",
        page("Your access to this site has been limited", "<p>Generated by Wordfence"),
        status=503,
    ),
    _challenge(
        "modsecurity", page("Not Acceptable!", "<p>This error was generated by Mod_Security."), status=406
    ),
    _challenge("fortiweb", page("Web Page Blocked!", "<p>The page cannot be displayed. Attack ID: 20000009")),
    _challenge(
        "barracuda",
        page("Access blocked", "<p>Barracuda Networks. The link you are accessing has been blocked"),
    ),
    _challenge("citrix-appfw", page("Application Firewall Block Page", "<p>Transaction ID 1")),
    _challenge("alibaba-waf", page("", "<script>var arg1='3F';</script><script>acw_sc__v2</script>")),
    _challenge(
        "tencent-edgeone",
        page("Restricted Access", "<p>EdgeOne. The site owner has set restrictions"),
        status=567,
    ),
    _challenge(
        "azure-front-door",
        page("Azure WAF", "<script src='/.azwaf/challenge.js'></script><p>Azure WAF is verifying"),
    ),
    _challenge("qrator", page("HTTP 403", "<p>Your request was blocked by Qrator"), status=403),
    _challenge(
        "bunny-shield",
        page("Establishing a secure connection ...", "<script src=/.bunny-shield/x.js></script>"),
    ),
    _challenge(
        "gov-portal-captcha", page("Security Check", "<p>What code is in the image?<img src=/captcha.png>")
    ),
    _challenge(
        "forbidden-with-200", page("403 Forbidden", "<center><h1>403 Forbidden</h1><hr>nginx</center>")
    ),
    _challenge("forbidden-in-ukrainian", page("Доступ заборонено", "<p>Запит заблоковано.", lang="uk")),
    _challenge("forbidden-in-french", page("Accès refusé", "<p>Votre requête a été bloquée.", lang="fr")),
    _challenge(
        "forbidden-in-spanish", page("Acceso denegado", "<p>Su petición ha sido bloqueada.", lang="es")
    ),
    _challenge(
        "forbidden-in-german", page("Zugriff verweigert", "<p>Ihre Anfrage wurde blockiert.", lang="de")
    ),
    _challenge(
        "company-filter", page("Web Filter Violation", "<p>FortiGuard Intrusion Prevention. Access Blocked")
    ),
    _challenge(
        "company-proxy",
        page("Internet Security by Zscaler", "<p>Sorry, you don't have permission to visit this site."),
    ),
    Shape(
        "too-many-with-200",
        "too-many-requests",
        page("Too Many Requests", "<h1>Too Many Requests</h1><p>Rate limit exceeded"),
    ),
    Shape(
        "region-block",
        "refused",
        page("Not available in your region", "<p>This content is not available in your country."),
    ),
)
FORMS = (
    Shape("consent-search-engine", "consent", page("Before you continue", "<form>We use cookies and data")),
    Shape(
        "consent-host",
        "consent",
        page("Anmelden", "<form>", lang="de"),
        final_url="https://consent.news.example/m?continue=x",
    ),
    Shape(
        "consent-german", "consent", page("Bevor Sie fortfahren", "<form>Wir verwenden Cookies", lang="de")
    ),
    Shape(
        "consent-privacy-choices",
        "consent",
        page("Your privacy choices", "<form><button>Accept all</button>"),
    ),
    Shape(
        "consent-cookie-wall",
        "consent",
        page("Cookie consent", "<form><button>I agree</button><button>Refuse</button>"),
    ),
    Shape(
        "consent-french",
        "consent",
        page("Votre vie privée", "<div id=didomi-notice>Accepter les cookies et continuer", lang="fr"),
    ),
    Shape("login-plain", "login-asked", page("Log in", "<form><input name=p type='password'></form>")),
    Shape(
        "login-wordpress",
        "login-asked",
        page("Log In &lsaquo; Ministry &#8212; WordPress", "<form><input type=password id=user_pass>"),
    ),
    Shape(
        "login-drupal",
        "login-asked",
        page("Sign in | Ministry", "<form><input type=password>"),
        final_url="https://mfa.example/user/login?destination=/news",
    ),
    Shape(
        "login-ukrainian", "login-asked", page("Вхід до системи", '<form><input type="password">', lang="uk")
    ),
    Shape(
        "login-microsoft",
        "login-asked",
        page("Sign in to your account", "<form><input type=password name=passwd>"),
        final_url="https://login.microsoftonline.com/common/oauth2/authorize",
    ),
    Shape(
        "login-adfs",
        "login-asked",
        page("Organisation", "<form><input type=password>"),
        final_url="https://sts.mfa.example/adfs/ls/?wa=wsignin1.0",
    ),
    Shape(
        "login-keycloak",
        "login-asked",
        page("Anmeldung bei Ministerium", "<form><input type=password>", lang="de"),
    ),
    Shape(
        "login-french", "login-asked", page("Connexion - Portail", "<form><input type=password>", lang="fr")
    ),
)
BROKEN = (
    Shape("maintenance-plain", "maintenance", page("Site under maintenance", "<p>Back at noon.")),
    Shape(
        "maintenance-wordpress",
        "maintenance",
        page("Maintenance", "Briefly unavailable for scheduled maintenance. Check back in a minute."),
    ),
    Shape("maintenance-503", "maintenance", page("Service", "<p>down"), status=503),
    Shape(
        "maintenance-ukrainian",
        "maintenance",
        page("Ведуться технічні роботи", "<p>Вибачте за незручності.", lang="uk"),
    ),
    Shape(
        "maintenance-german",
        "maintenance",
        page("Wartungsarbeiten", "<p>Wir sind bald wieder da.", lang="de"),
    ),
    Shape("maintenance-french", "maintenance", page("Ministère", "<h1>Site en maintenance</h1>", lang="fr")),
    Shape(
        "maintenance-italian", "maintenance", page("Sito in manutenzione", "<p>Torneremo presto.", lang="it")
    ),
    Shape(
        "maintenance-polish", "maintenance", page("Przerwa techniczna", "<p>Zapraszamy później.", lang="pl")
    ),
    Shape(
        "maintenance-japanese",
        "maintenance",
        page("メンテナンス中", "<p>しばらくお待ちください。", lang="ja"),
    ),
    Shape(
        "technical-difficulties",
        "maintenance",
        page("State", "<p>We are experiencing technical difficulties."),
    ),
    Shape(
        "temporarily-unavailable",
        "maintenance",
        page("503 Service Temporarily Unavailable", "<center>nginx</center>"),
    ),
    Shape(
        "database-down",
        "maintenance",
        page("Database Error", "<h1>Error establishing a database connection</h1>"),
    ),
    Shape(
        "azure-unavailable",
        "maintenance",
        page("Our services aren't available right now", "<p>We're working to restore all services"),
    ),
    Shape(
        "gateway-with-200",
        "maintenance",
        page("502 Bad Gateway", "<center><h1>502 Bad Gateway</h1></center>"),
    ),
    Shape(
        "internal-error-with-200",
        "maintenance",
        page("500 Internal Server Error", "<h1>Internal Server Error</h1>"),
    ),
    Shape("not-found-english", "soft-404", page("Page not found - Ministry", MENU + ARTICLE)),
    Shape(
        "not-found-404-first", "soft-404", page("404 - Ministry of Ruritania", MENU + "<p>Try the search.")
    ),
    Shape("not-found-error-404", "soft-404", page("Error 404", MENU)),
    Shape("not-found-sorry", "soft-404", page("Sorry, we can't find that page", MENU)),
    Shape("not-found-does-not-exist", "soft-404", page("This page does not exist | Ministry", MENU)),
    Shape("not-found-ukrainian", "soft-404", page("Сторінку не знайдено", "<p>Спробуйте пошук", lang="uk")),
    Shape(
        "not-found-russian", "soft-404", page("Страница не найдена", "<p>Воспользуйтесь поиском", lang="ru")
    ),
    Shape("not-found-german", "soft-404", page("Seite nicht gefunden | Ministerium", MENU, lang="de")),
    Shape("not-found-french", "soft-404", page("Page introuvable", MENU, lang="fr")),
    Shape("not-found-italian", "soft-404", page("Pagina non trovata", MENU, lang="it")),
    Shape("not-found-spanish", "soft-404", page("Página no encontrada", MENU, lang="es")),
    Shape("not-found-portuguese", "soft-404", page("Página não encontrada", MENU, lang="pt")),
    Shape("not-found-polish", "soft-404", page("Nie znaleziono strony", MENU, lang="pl")),
    Shape("not-found-romanian", "soft-404", page("Pagina nu a fost găsită", MENU, lang="ro")),
    Shape("not-found-japanese", "soft-404", page("お探しのページは見つかりません", MENU, lang="ja")),
    Shape("not-found-dutch", "soft-404", page("Pagina niet gevonden | Ministerie", MENU, lang="nl")),
    Shape("not-found-danish", "soft-404", page("Siden blev ikke fundet", MENU, lang="da")),
    Shape("not-found-norwegian", "soft-404", page("Siden finnes ikke", MENU, lang="nb")),
    Shape("not-found-swedish", "soft-404", page("Sidan kunde inte hittas", MENU, lang="sv")),
    Shape("not-found-finnish", "soft-404", page("Sivua ei löytynyt", MENU, lang="fi")),
    Shape("not-found-czech", "soft-404", page("Stránka nenalezena", MENU, lang="cs")),
    Shape("not-found-greek", "soft-404", page("Η σελίδα δεν βρέθηκε", MENU, lang="el")),
    Shape("not-found-turkish", "soft-404", page("Sayfa bulunamadı", MENU, lang="tr")),
    Shape("parked-for-sale", "parked", page("mfa.example", "<p>This domain is for sale.")),
    Shape(
        "parked-sedo",
        "parked",
        page("mfa.example", "<script src=//img.sedoparking.com/x.js></script><p>Related links"),
    ),
    Shape("parked-buy", "parked", page("Buy this domain", "<p>Inquire now")),
    Shape(
        "parked-expired",
        "parked",
        page("mfa.example", "<p>This domain has expired. If you are the owner, renew it."),
    ),
    Shape(
        "parked-server-default",
        "soft-404",
        page("Welcome to nginx!", "<p>If you see this page, the nginx web server is successfully installed"),
    ),
    Shape(
        "parked-apache-default",
        "soft-404",
        page("Apache2 Debian Default Page: It works", "<p>This is the default welcome page"),
    ),
    Shape(
        "parked-suspended",
        "soft-404",
        page("Account Suspended", "<p>This Account has been suspended. Contact your hosting provider"),
    ),
    Shape("parked-russian", "parked", page("mfa.example", "<p>Домен продаётся", lang="ru")),
    Shape(
        "shell-react",
        "shell",
        page(
            "News",
            "<noscript>You need to enable JavaScript to run this app.</noscript><div id='root'></div>"
            "<script src=/app.js></script>",
        ),
    ),
    Shape(
        "shell-vue", "shell", page("Ministry", "<div id=app></div><script src=/chunk-vendors.js></script>")
    ),
    Shape(
        "shell-angular",
        "shell",
        page("Ministry", "<app-root></app-root><script src=main.js type=module></script>"),
    ),
    Shape(
        "shell-next",
        "shell",
        page("Ministry", "<div id=__next></div><script src=/_next/static/x.js></script>"),
    ),
    Shape("shell-nuxt", "shell", page("Ministry", "<div id=__nuxt></div><script src=/_nuxt/x.js></script>")),
    Shape(
        "shell-noscript",
        "shell",
        page("Ministry", "<noscript>This site requires JavaScript</noscript><script src=/x.js></script>"),
    ),
    Shape(
        "shell-loading",
        "shell",
        page("Ministry", "<div class=loader>Loading...</div><script src=/bundle.js></script>"),
    ),
    Shape("nothing-at-all", "no-body", b"  \n "),
)


def _fine(name: str, title: str, body: str, head: str = "", lang: str = "en", **rest: object) -> Shape:
    return Shape(name, None, page(title, body, head, lang), **rest)  # type: ignore[arg-type]  # keywords of a table


ORDINARY = (
    _fine("short-release", "Ruritania and Borduria sign agreement", ARTICLE),
    _fine("long-release", "Joint statement", MENU + LONG),
    _fine("aircraft-maintenance", "Agreement on the maintenance of aircraft signed", ARTICLE),
    _fine("railway-maintenance", "Railway maintenance programme 2031", MENU + LONG),
    _fine("login-service", "Minister opens new login service", ARTICLE + "<a href=/login>Log in</a>"),
    _fine("login-box-in-the-header", "News", "<form><input type=password></form>" + MENU + LONG),
    _fine("login-box-on-a-short-page", "Agreement signed", "<form><input type=password></form>" + ARTICLE),
    _fine(
        "behind-imperva", "Statement", ARTICLE * 8 + "<script src=/_Incapsula_Resource?SWJIYLWA=1></script>"
    ),
    _fine(
        "behind-cloudflare",
        "Statement",
        ARTICLE,
        "<script src=/cdn-cgi/challenge-platform/scripts/jsd/main.js></script>",
        headers=(("Server", "cloudflare"), ("CF-RAY", "8a1")),
    ),
    _fine(
        "behind-datadome",
        "Statement",
        LONG,
        "<script src=https://js.datadome.co/tags.js></script>",
        headers=(("X-DataDome", "protected"),),
    ),
    _fine("behind-perimeterx", "Statement", LONG, "<script>window._pxAppId='PX1'</script>"),
    _fine(
        "behind-aws-waf",
        "Statement",
        LONG,
        "<script src=https://x.edge.sdk.awswaf.com/challenge.js></script>",
    ),
    _fine("behind-ddos-guard", "Statement", ARTICLE * 8, headers=(("Server", "ddos-guard"),)),
    _fine("behind-sucuri", "Statement", ARTICLE, headers=(("X-Sucuri-ID", "11005"),)),
    _fine("behind-f5", "Statement", LONG, "<script>window['bobcmn']='10'</script>"),
    _fine("captcha-on-a-contact-form", "Contact", LONG + "<form><div class=g-recaptcha></div></form>"),
    _fine("turnstile-on-a-newsletter-form", "Agreement signed", LONG + "<div class=cf-turnstile></div>"),
    _fine(
        "cookie-banner",
        "Agreement signed",
        "<div id=onetrust-banner-sdk>We use cookies. Accept all</div>" + ARTICLE * 3,
    ),
    _fine("cookie-policy", "Cookies", LONG * 2 + "before you continue"),
    _fine("privacy-notice", "Privacy notice", MENU + LONG),
    _fine("noscript-hint", "Agreement signed", "<noscript>Please enable JavaScript</noscript>" + ARTICLE * 6),
    _fine(
        "single-page-with-text", "Agreement signed", f"<div id=root>{LONG}</div><script src=/app.js></script>"
    ),
    _fine(
        "single-page-with-short-text",
        "Agreement signed",
        f"<div id=__next>{ARTICLE * 6}</div><script src=/x></script>",
    ),
    _fine("missing-persons", "Missing persons not found after flood", ARTICLE),
    _fine("article-number-404", "Resolution 404 of the Security Council", ARTICLE),
    _fine("the-404-days", "404 days of war: statement", ARTICLE),
    _fine("error-corrected", "Error in translation corrected", ARTICLE),
    _fine("access-denied-to-aid", "Statement on access denied to humanitarian convoys", LONG),
    _fine("forbidden-weapons", "Forbidden weapons: Ruritania joins treaty", ARTICLE),
    _fine("blocked-assets", "Blocked assets: agreement with Borduria", ARTICLE),
    _fine("blocked-ports", "Ministers on the blocked ports", LONG),
    _fine("robots-in-schools", "Are robots the future? Speech by the Minister", LONG),
    _fine("security-check", "Security checks at the border: new rules", ARTICLE),
    _fine("human-rights", "Verification mission on human rights", ARTICLE),
    _fine("one-moment", "One moment of silence for the victims", ARTICLE),
    _fine("just-a-moment-in-history", "Not just a moment in history: speech", LONG),
    _fine("sorry", "Sorry is not enough: the Prime Minister's apology", ARTICLE),
    _fine("unusual-traffic", "Unusual traffic at the border crossing", ARTICLE),
    _fine("back-soon", "President: we will be back soon", LONG),
    _fine("temporarily-closed", "Embassy in Klow", LONG + "<p>The consulate is temporarily closed."),
    _fine("service-unavailable-in-text", "Power cuts", LONG + "<p>service unavailable in two districts"),
    _fine("domain-names", "Agreement on domain names signed", ARTICLE),
    _fine("for-sale", "Old barracks for sale", ARTICLE),
    _fine("account", "Account of the negotiations", LONG),
    _fine("suspended", "Agreement suspended by Borduria", ARTICLE),
    _fine("too-many", "Too many questions remain, says Minister", ARTICLE),
    _fine("restricted-access", "Restricted access to the zone: new agreement", ARTICLE),
    _fine("not-available", "Vaccines not available in your region? Ask the ministry", ARTICLE * 4),
    _fine(
        "ukrainian-article",
        "Рутенія та Бордурія підписали угоду",
        "<p>Сторони підписали угоду про безпеку.</p>" * 3,
        lang="uk",
    ),
    _fine(
        "ukrainian-entry",
        "Вхід до Європейського Союзу: переговори",
        "<p>Перемовини тривають.</p>" * 4,
        lang="uk",
    ),
    _fine(
        "japanese-article",
        "両国は協定に署名した",
        "<p>両国の大臣は首都で安全保障協力に関する協定に署名した。</p>" * 2,
        lang="ja",
    ),
    _fine(
        "german-article",
        "Abkommen unterzeichnet",
        "<p>Die Minister unterzeichneten das Abkommen.</p>" * 3,
        lang="de",
    ),
    _fine("french-access", "Accès à l'eau: accord signé", ARTICLE, lang="fr"),
    _fine("spanish-access", "Acceso a la energía: acuerdo firmado", ARTICLE, lang="es"),
    _fine(
        "greek-article",
        "Η συμφωνία υπογράφηκε",
        "<p>Οι δύο υπουργοί υπέγραψαν τη συμφωνία.</p>" * 3,
        lang="el",
    ),
    _fine("table-of-treaties", "Treaties", "<table>" + "<tr><td>Treaty<td>1931</tr>" * 40 + "</table>"),
    _fine(
        "list-of-news",
        "News",
        MENU + "".join(f"<li><a href=/n/{n}>Ministers met again, part {n}</a></li>" for n in range(30)),
    ),
    _fine("very-short-list", "News", "<ul><li><a href=/1>Agreement signed</a></ul>"),
    _fine("loading-dock", "Loading docks modernised", ARTICLE * 3 + "<script src=/x.js></script>"),
    _fine("default-page", "Default of Borduria: statement", ARTICLE),
    _fine("welcome", "Welcome to Ruritania!", LONG),
    _fine("archived-page", "[Withdrawn] Agreement of 1931", "<p>This page was withdrawn.</p>" + ARTICLE * 3),
    Shape("pdf", None, b"%PDF-1.7 captcha-delivery.com"),
    Shape(
        "json",
        None,
        b'{"title": "Just a moment...", "body": "<html>"}',
        headers=(("Content-Type", "application/json"),),
    ),
)

# Written after the patterns were made. Of these they first found 22 of 26, and mistook one ordinary page.
LATER_NO_ANSWERS = (
    _challenge(
        "cloudflare-managed",
        page("mfa.example", "<h1>mfa.example</h1><p>Verifying you are human.<script>_cf_chl_opt={}</script>"),
        status=403,
    ),
    _challenge("akamai-edge-reference", page("Error", "<p>https&#58;//errors.edgesuite.net/0.1"), status=403),
    _challenge("imperva-json-frame", page("", "<iframe src=/_Incapsula_Resource?CWUDNSAI=9 width=100%>")),
    _challenge(
        "datadome-device-check", page("mfa", "<script src=https://ct.captcha-delivery.com/i.js></script>")
    ),
    _challenge(
        "geetest", page("Security verification", "<div id=geetest-box></div><script src=/gt.js></script>")
    ),
    _challenge(
        "arkose", page("Verify you are human", "<div data-pkey=x></div><script src=//x.arkoselabs.com/>")
    ),
    _challenge(
        "ibm-datapower", page("Request blocked", "<p>The request was blocked by the security policy.")
    ),
    _challenge(
        "ministry-captcha", page("Captcha", "<form>Enter the characters: <img src=captcha.php></form>")
    ),
    _challenge("denied-polish", page("Odmowa dostępu", "<p>Brak uprawnień.", lang="pl")),
    _challenge("denied-portuguese", page("Acesso negado", "<p>O pedido foi bloqueado.", lang="pt")),
    _challenge("denied-italian", page("Accesso negato", "<p>La richiesta è stata bloccata.", lang="it")),
    Shape("consent-italian", "consent", page("La tua privacy", "<p>Usiamo i cookie", lang="it")),
    Shape(
        "login-italian",
        "login-asked",
        page("Accesso area riservata", "<form><input type=password>", lang="it"),
    ),
    Shape(
        "login-shibboleth",
        "login-asked",
        page("Web Login Service", "<form><input type=password name=j_password></form>"),
        final_url="https://idp.mfa.example/idp/profile/SAML2/Redirect/SSO?execution=e1s1",
    ),
    Shape("maintenance-portuguese", "maintenance", page("Site em manutenção", "<p>Voltamos já.", lang="pt")),
    Shape("maintenance-romanian", "maintenance", page("Site în mentenanță", "<p>Revenim.", lang="ro")),
    Shape("maintenance-dutch", "maintenance", page("Onderhoud", "<p>De website is in onderhoud.", lang="nl")),
    Shape("upstream-down", "maintenance", page("504 Gateway Time-out", "<center>nginx</center>")),
    Shape("not-found-korean", "soft-404", page("페이지를 찾을 수 없습니다", MENU, lang="ko")),
    Shape("not-found-bulgarian", "soft-404", page("Страницата не е намерена", MENU, lang="bg")),
    Shape("not-found-hungarian", "soft-404", page("Az oldal nem található", MENU, lang="hu")),
    Shape("not-found-oops", "soft-404", page("Oops! Nothing here", MENU + "<h1>404</h1>")),
    Shape("parked-afternic", "parked", page("mfa.example", "<p>The domain name mfa.example is for sale.")),
    Shape("parked-bandwidth", "soft-404", page("509", "<h1>Bandwidth Limit Exceeded</h1>")),
    Shape(
        "shell-svelte",
        "shell",
        page("Ministry", "<div id=svelte></div><script type=module src=/s.js></script>"),
    ),
    Shape("shell-ember", "shell", page("News", "<script src=/assets/vendor.js></script><script src=/a.js>")),
)
LATER_ORDINARY = (
    _fine("aid-convoy", "Access denied to the Red Cross: statement", ARTICLE * 3),
    _fine("maintenance-of-peace", "Maintenance of peace: agreement signed", ARTICLE),
    _fine("login-of-citizens", "Citizens' portal: agreement on sign-in signed", ARTICLE * 2),
    _fine("cookie-agreement", "Agreement on biscuits and cookies", ARTICLE * 3),
    _fine("not-found-in-text", "Wreck located", LONG + "<p>page not found"),
    _fine("five-hundred", "500 days of cooperation", ARTICLE),
    _fine("error-page-office", "The Error Page: a comedy at the national theatre", ARTICLE),
    _fine("captcha-study", "Study on CAPTCHA and accessibility", LONG),
    _fine("web-filter-law", "Law on web filters adopted", ARTICLE * 2),
    _fine(
        "russian-article",
        "Рутения и Бордурия подписали соглашение",
        "<p>Стороны подписали.</p>" * 4,
        lang="ru",
    ),
    _fine("polish-article", "Podpisano umowę", "<p>Ministrowie podpisali umowę.</p>" * 4, lang="pl"),
    _fine("short-with-script", "Agreement signed", ARTICLE + "<script src=/stats.js></script>"),
    _fine(
        "title-only-and-pdf-link",
        "Agreement text",
        "<p>Full text of the agreement: <a href=/a.pdf>PDF</a></p>",
    ),
    _fine(
        "holding-statement",
        "Statement",
        "<p>No further comment will be made at this time by the ministry.</p>",
    ),
)

NO_ANSWERS = (*WALLS, *FORMS, *BROKEN, *LATER_NO_ANSWERS)
ORDINARY_PAGES = (*ORDINARY, *LATER_ORDINARY)
