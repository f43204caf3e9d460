"""What pages that are no answer say of themselves, in the languages of the sources.

A saying counts only where it is all that a title, a heading or a sentence says: "Site under maintenance"
is one, "Agreement for the maintenance of aircraft" is none. Each is written in lower case, with plain
apostrophes, single spaces and without marks at its ends, as ``plain`` leaves them.
"""

import html
import re
from collections.abc import Iterable
from functools import cache

_ENDS = " \u00a0.,!?…:;-–—|·»«\"'“”„()"
_APART = re.compile(r"\s+[-–—·‹›•]\s+|\s*[|»«]\s*")
_LED_BY = re.compile(r".*:\s+")
_SENTENCE = re.compile(r"(?<=[.!?…。])\s*")
_MOST = 200  # characters; what is longer is prose

_SITE = r"(?:(?:the|this|our|your) )?(?:requested )?(?:web ?site|site|web ?page|page|service|server|portal)"
_NOW = r"(?:(?:currently|temporarily|momentarily|briefly) )*"
_THING = (
    r"(?:(?:sorry|oops)[,!.]? )?(?:(?:the|this|that|your) )?(?:requested )?"
    r"(?:(?:web ?)?page|document|file|content|url|resource|object|article|file or directory)"
    r"(?: (?:that )?you (?:are looking for|were looking for|requested|have requested))?"
)
_ROBOT = r"(?:a )?(?:human|(?:ro)?bot)"

_SAYINGS: dict[str, tuple[str, ...]] = {
    "too-many-requests": (
        r"(?:(?:error |http )?429 )?too many requests|rate limit exceeded|you are being rate limited",
        r"zu viele anfragen|trop de requêtes|demasiadas solicitudes|забагато запитів|слишком много запросов",
    ),
    "challenge": (
        r"just a moment(?: please)?|one more step|attention required|pardon our interruption",
        (
            r"access (?:to this (?:page|site|website|resource|server) )?(?:(?:has been|is|was) )?"
            r"(?:denied|blocked|forbidden|restricted)(?: by .{3,40})?"
        ),
        (
            r"(?:(?:the|this|your) )?(?:(?:web ?page|request|url|ip(?: address)?|connection) )?"
            r"(?:(?:is|was|has been) )?(?:blocked|rejected|unsuccessful|banned|blacklisted)"
        ),
        r"(?:sorry, )?you (?:have been|are) blocked|(?:web )?application firewall block(?: page)?",
        r"(?:(?:error )?403 )?(?:error )?forbidden|(?:error )?403(?: error)?|restricted access",
        r"you are not authori[sz]ed to (?:access|view) this page",
        r"(?:the )?request could not be satisfied|robot check|captcha",
        r"(?:ro)?bot challenge(?: screen)?|challenge validation",
        rf"are you {_ROBOT}(?: or {_ROBOT})?",
        (
            r"(?:site |web )?(?:(?:ro)?bot|human|browser|security) "
            r"(?:verification|check|validation|challenge)(?: required)?"
        ),
        rf"(?:please )?(?:verify|verifying|confirm|prove)(?: that)? you(?: are|'re) (?:not )?{_ROBOT}",
        rf"(?:one moment, )?(?:we are )?(?:checking|making sure)(?: that)? you(?: are|'re) not {_ROBOT}",
        r"(?:we are )?(?:checking|verifying) your browser(?: before (?:accessing|entering) .{0,80})?",
        r"verification in progress|checking if the site connection is secure",
        r"please enable js and disable any ad blocker|enable javascript and cookies to continue",
        r"(?:your )?browser is not supported|unsupported browser|ddos-guard",
        r"zugriff (?:verweigert|gesperrt|nicht erlaubt)|sicherheits(?:über)?prüfung",
        r"accès (?:refusé|interdit|bloqué)|vérification de (?:sécurité|votre navigateur)",
        r"acceso (?:denegado|prohibido|bloqueado)|verificación de seguridad",
        r"accesso (?:negato|vietato|non consentito)|verifica di sicurezza",
        r"acesso (?:negado|proibido|bloqueado)|verificação de segurança",
        r"odmowa dostępu|dostęp (?:zabroniony|zablokowany)|brak dostępu|weryfikacja bezpieczeństwa",
        r"acces(?:ul)? (?:interzis|refuzat|blocat)|toegang (?:geweigerd|ontzegd)|åtkomst nekad",
        r"adgang nægtet|(?:ingen tilgang|tilgang nektet)|pääsy (?:estetty|evätty)|är du en människa",
        r"přístup (?:odepřen|zamítnut|odmítnut)|prístup (?:zamietnutý|odmietnutý)|hozzáférés megtagadva",
        r"prieiga (?:uždrausta|draudžiama)|piekļuve (?:liegta|aizliegta)|juurdepääs keelatud",
        r"достъп(?:ът е)? (?:отказан|забранен)|pristup (?:odbijen|zabranjen)|dostop zavrnjen",
        r"(?:απαγορεύεται|δεν επιτρέπεται) η πρόσβαση|erişim (?:engellendi|reddedildi)",
        r"доступ(?: к сайту| до сайту)? (?:заборонено|обмежено|закрито|заблоковано)",
        r"доступ(?: к сайту)? (?:запрещ[её]н|ограничен|закрыт|заблокирован)|в[иы] не робот",
        r"(?:перевірка|перевіряємо)(?: ваш(?:ого)?)? браузера?(?: перед .{0,80})?|перевірка безпеки",
        r"проверка(?: вашего)? браузера(?: перед .{0,80})?|проверка безопасности",
        r"アクセスが(?:拒否|制限|禁止)(?:されました|されています)?|アクセス拒否",
        r"(?:비정상적인 )?접근이? ?(?:차단|거부|제한)(?:되었습니다|됨)?",
        r"拒绝访问|访问(?:被)?(?:拒绝|禁止|受限)",
        r".{0,4}安全验证|تم رفض (?:الوصول|الدخول)",
    ),
    "refused": (
        rf"(?:{_SITE} (?:is )?|this content (?:is )?)?not available in your (?:region|country|location)",
        r".{0,80}configured to block access from your country",
    ),
    "consent": (
        r"before you continue(?: to .{3,40})?|cookies?|cookie (?:consent|notice|settings|preferences)",
        r"(?:your |manage (?:your )?)?privacy (?:choices|settings|preferences)|we value your privacy",
        r"(?:this|our) (?:web)?site uses cookies|bevor sie fortfahren|ihre privatsphäre|cookie-einstellungen",
        r"votre vie privée|gestion des cookies|la tua privacy|su privacidad|aviso de cookies",
    ),
    "login-asked": (
        r"(?:please )?(?:log|sign)[ -]?(?:in|on)(?: to (?:your account|continue|.{3,40}))?|authori[sz]ation",
        r"(?:you must|you need to) (?:log|sign) in.{0,60}|anmelden|anmeldung(?: bei .{3,40})?|connexion",
        r"accesso(?: area riservata)?|iniciar (?:sesión|sessão)|entrar|inloggen|logga in|log ind|logg inn",
        r"logowanie|zaloguj się|přihlášení|prihlásenie|bejelentkezés|autentificare|giriş yap",
        r"kirjaudu(?: sisään)?",
        r"вхід(?: (?:до|в) (?:системи|систему|кабінету|кабінет))?|авторизація|увійти|σύνδεση",
        r"вход(?: в (?:систему|кабинет))?|авторизация|войти|ログイン|로그인|登录",
    ),
    "maintenance": (
        (
            rf"(?:{_SITE} is )?{_NOW}(?:under|down for|undergoing|offline for|closed for|unavailable for) "
            r"(?:(?:scheduled|planned|routine|essential|urgent) )?maintenance(?: mode)?"
        ),
        r"(?:(?:site|website|scheduled|planned|system|server) )?maintenance(?: mode| page| in progress)?",
        (
            rf"(?:{_SITE}|we|our services?|it) (?:is|are|isn't|aren't|is not|are not) {_NOW}"
            r"(?:unavailable|down|closed|offline|available|unreachable)"
            r"(?: (?:right now|at the moment|at this time))?(?: (?:for|due to|because of) .{3,60})?"
        ),
        r"(?:currently|temporarily) (?:unavailable|down|offline|closed)",
        (
            r"(?:(?:error|http status|http|error code)[ :]*)?50[0-4][ :]*"
            r"(?:internal server error|bad gateway|service (?:temporarily )?unavailable|gateway time-?out"
            r"|backend fetch failed|server error)?"
        ),
        r"service (?:temporarily )?unavailable|(?:internal )?server error|bad gateway|gateway time-?out",
        r"(?:error )?(?:503 )?backend fetch failed|web server is down|connection timed out",
        r"(?:runtime|application) error|server error in '.{0,40}' application|fatal error|sqlstate\[.{0,120}",
        rf"{_SITE} encountered an unexpected error|there has been a critical error on {_SITE}",
        r"we(?: are|'re) (?:performing|carrying out) .{0,20}maintenance.{0,30}",
        r"error establishing a database connection|database error",
        r"(?:we are |we're )?experiencing technical difficulties|technical difficulties",
        r"(?:(?:we(?:'ll| will) )?be )?(?:right )?back (?:soon|shortly|at .{3,30})",
        rf"(?:(?:{_SITE}|we are|we're) )?(?:is )?(?:launching|coming) soon",
        rf"(?:{_SITE} (?:is )?)?under construction",
        r"you are (?:now )?in (?:line|the queue)|(?:virtual )?waiting room",
        r"wartung(?:sarbeiten|smodus)?|wegen wartung.{0,80}|(?:.{0,30} )?maintenance en cours",
        r"(?:le )?site (?:est )?en (?:cours de )?maintenance|(?:il )?sito (?:è )?in manutenzione",
        r"(?:(?:el |la )?(?:sitio|página|web) (?:está )?)?en mantenimiento|(?:(?:o )?site )?em manutenção",
        r"przerwa techniczna|prace techniczne|(?:site(?:-ul)? (?:este )?)?în mentenanță|bakım çalışması",
        r"(?:(?:de|deze) )?(?:web)?site is in onderhoud|(?:in )?onderhoud|údržba(?: webu)?",
        r"huoltokatko|sivusto on huollossa|underhåll(?: pågår)?|vedlikehold|vedligeholdelse",
        r"(?:технічні|профілактичні) роботи(?: на сайті)?",
        r"(?:на сайті )?(?:ведуться|проводяться|тривають) (?:технічні|профілактичні) роботи(?: на сайті)?",
        r"(?:(?:на сайте )?(?:ведутся|проводятся) )?(?:технические|профилактические) работы(?: на сайте)?",
        r"сайт (?:тимчасово )?(?:не працює|недоступний)|сайт (?:временно )?(?:не работает|недоступен)",
        r"сайт на (?:реконструкц(?:ії|ии)|техническом обслуживании|технічному обслуговуванні)",
        r"(?:ただいま)?メンテナンス中.{0,10}|系统维护(?:中)?|시스템 점검(?: 중)?",
    ),
    "soft-404": (
        (
            r"(?:(?:error|http|http status|code|fehler|erreur|помилка|ошибка|errore|erro|błąd|fel|feil|virhe"
            r"|chyba|hiba|eroare|hata|σφάλμα) )?404(?: error)?(?: (?:page |file )?not found)?"
        ),
        rf"{_THING} (?:not found|(?:was|is|could|can)(?: ?not|n?'t) (?:be )?found|unavailable)",
        rf"{_THING} (?:does(?: not|n't) exist|no longer exists|has been (?:removed|deleted|moved))",
        rf"{_THING} (?:is|was) (?:no longer|not) available",
        r"not found|oops|(?:oops! )?nothing here|(?:error )?410(?: gone)?",
        (
            r"(?:sorry, )?(?:we )?(?:can't|cannot|can not|couldn't|could not) find (?:that|this|the) page"
            r"(?: you .{3,40})?"
        ),
        r".{0,30}seite (?:wurde )?nicht gefunden|.{0,30}page (?:introuvable|non trouvée|n'existe pas)",
        r".{0,20}pagina non (?:è stata )?trovata|.{0,20}página no encontrada|.{0,20}página não encontrada",
        r".{0,20}pagina niet gevonden|nie znaleziono strony|strona nie (?:została )?znaleziona",
        r".{0,20}сторінк[уа] не знайден[оа]|.{0,20}страница не найдена|страницата не е намерена",
        r"sidan (?:kunde inte hittas|finns inte|hittades inte)|siden (?:ble|blev) ikke funn?[de]et",
        r"siden finnes ikke|sivua ei löy[td].{1,8}|lapa (?:nav|netika) atrasta|puslapis nerastas",
        r"leh(?:te|ekülge) ei leitud|la página (?:solicitada )?no existe",
        r"stránka nenalezena|stránka (?:sa )?nenašla|.{0,20}stranica nije pronađena|strani ni mogoče najti",
        r"az oldal nem található|pagina nu (?:a fost găsită|există)|η σελίδα δεν βρέθηκε|sayfa bulunamadı",
        r"síða fannst ekki|faqja nuk u gjet|ページが見つかりません.{0,10}|お探しのページ.{0,30}",
        r"페이지를 찾을 수 없.{0,6}|页面不存在|الصفحة غير موجودة",
    ),
    "parked": (
        r"(?:(?:the|this) )?domain(?: name)?(?: [a-z0-9.-]{4,60})? (?:is|may be) for sale(?: by .{3,60})?",
        r"[a-z0-9-]{1,60}(?:\.[a-z0-9-]{2,30}){1,3} (?:is for sale|steht zum verkauf)",
        r"(?:(?:this|the) )?domain(?: name)? (?:is )?parked(?: .{3,60})?|domain for sale|buy this domain",
        r"(?:this|the) domain(?: name)?(?: [a-z0-9.-]{4,60})? (?:has )?expired(?: .{3,60})?",
        r"this domain (?:is|was) (?:recently )?registered(?: .{3,60})?|diese domain steht zum verkauf",
        r"ce (?:nom de )?domaine est à vendre|questo dominio è in vendita",
        r"deze domeinnaam is te koop|este dominio está (?:en venta|à venda)",
        r"домен (?:[a-z0-9.-]{4,60} )?(?:прода[её]тся|продається|припаркован.?)",
    ),
    "nobody-home": (
        r"welcome to nginx|apache2?.{0,30} default page(?:: it works)?|it works|iis windows server",
        r"(?:this )?account (?:has been )?suspended|bandwidth limit exceeded",
        r"default web ?site page|web server's default page|test page for .{3,40}",
    ),
}


def spoken_in(sayings: Iterable[str], about: str) -> str | None:
    """Return the first of ``sayings`` that is one about ``about``, a code of the table; None if none is."""
    pattern = _pattern(about)
    return next((saying for saying in sayings if pattern.fullmatch(saying)), None)


def sayings_of_title(title: str) -> tuple[str, ...]:
    """Return what a title says: the whole, and each part of "Page not found | Ministry".

    Of "Error: page not found" it is what stands last; what stands before a colon is how headlines begin.
    """
    whole = plain(title)
    parts = _APART.split(whole)
    return (whole, *(plain(_LED_BY.sub("", part)) for part in parts))


def sayings_of_text(text: str) -> tuple[str, ...]:
    """Return the sentences of a text, and the whole of it."""
    return tuple(plain(part) for part in (text, *_SENTENCE.split(text)) if len(part) <= _MOST)


def plain(text: str) -> str:
    """Return lower-case markup text as the table spells it."""
    unmarked = html.unescape(text).replace("’", "'")  # an apostrophe as sites write it
    return " ".join(unmarked.split()).strip(_ENDS)


@cache
def _pattern(about: str) -> re.Pattern[str]:
    return re.compile("|".join(_SAYINGS[about]))
