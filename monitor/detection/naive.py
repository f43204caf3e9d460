"""The rule that a search box would be: a verb of signing, a noun of agreement, two names. For comparison.

It has no tenses, no dates, no lists and no titles; what the recogniser is worth is its distance from
this.
"""

import re

from monitor.language import Names, Role, guess_language, tokenise
from monitor.model import PartyCode, is_organisation

_SIGNED = re.compile(
    r"\b(?:sign(?:s|ed|ing)?|signature|conclud\w+|підпис\w*|подпис\w*|unterzeichn\w*|sign[ée]\w*|firm\w+|assin\w+|"
    r"podpis\w*|semn\w+|undert\w+|allekirj\w+|imza\w+|υπ[οέ]γρ\w+)|署名|締結|签署",
    re.IGNORECASE,
)
_AGREEMENT = re.compile(
    r"\b(?:agreement|treaty|deal|pact|accord\w*|memorand\w+|declaration|угод\w*|соглашени\w*|договор\w*|меморандум\w*|"
    r"\w*abkommen\w*|\w*vereinbarung\w*|intesa|acuerdo|acordo|porozumien\w*|acord\w*|\w*avtale\w*|\w*sopimu\w*|anlaşma\w*|"
    r"συμφων\w*|sporazum\w*|smlouv\w*|dohod\w*)|協定|协议",
    re.IGNORECASE,
)
_LOOKED_AT = 1_500  # characters


def naive_sides(title: str, text: str, lang: str, names: Names) -> tuple[PartyCode, ...]:
    """Return the two commonest parties of a page that has both words near its top, else none."""
    head = f"{title}\n{text[:_LOOKED_AT]}"
    if not (_SIGNED.search(head) and _AGREEMENT.search(head)):
        return ()
    lang = lang or guess_language(head)
    tokens = tokenise(head, names.patterns(lang).cut)
    counts: dict[PartyCode, int] = {}
    for mention in names.mentions(tokens, lang):
        if mention.role is not Role.OTHER and not is_organisation(mention.code):
            counts[mention.code] = counts.get(mention.code, 0) + 1
    ranked = sorted(counts, key=lambda code: (-counts[code], code))[:2]
    return tuple(sorted(ranked)) if len(ranked) == 2 else ()
