"""Language codes of ISO 639-1, and what people write for them by mistake."""

import difflib
import re

_LISTED = """
aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee
el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io
is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn
mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se
sg si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo
wa wo xh yi yo za zh zu
"""
_CODES = frozenset(_LISTED.split())
# A country's code in the place of its language's; those that are another language's code are left out.
_MISTAKEN = {
    "al": "sq",
    "at": "de",
    "au": "en",
    "cn": "zh",
    "cz": "cs",
    "dk": "da",
    "gb": "en",
    "gr": "el",
    "jp": "ja",
    "kz": "kk",
    "rs": "sr",
    "ua": "uk",
    "us": "en",
}
_SHAPE = re.compile(r"(?P<language>[a-z]{2})(?:-[A-Z][a-z]{3})?(?:-[A-Z]{2})?\Z")


def language_code(text: str) -> str:
    """Return ``text`` if it is a language code, such as ``uk``, ``pt-BR`` or ``sr-Latn``.

    Raises:
        ValueError: it is none; the message says which one may be meant.

    Source: ISO 639-1; RFC 5646 for script and region.
    """
    if text in _MISTAKEN:
        raise ValueError(f"{text!r} is a country; did you mean the language `{_MISTAKEN[text]}`?")
    match = _SHAPE.match(text)
    if match is None:
        near = difflib.get_close_matches(text.lower()[:2], _CODES, n=1, cutoff=0.9)
        hint = f"; did you mean `{near[0]}`?" if near else ""
        raise ValueError(f"must be a language code such as en, uk or pt-BR, not {text!r}{hint}")
    if match["language"] not in _CODES:
        raise ValueError(f"there is no language {match['language']!r} in ISO 639-1")
    return text
