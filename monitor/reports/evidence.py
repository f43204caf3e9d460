"""On whose word a line stands, and the quotations behind it.

A quotation keeps its language; it is cut to what its source's licence allows, and says so. Text that
came over plain http is marked, since anybody on the way could have written it.
"""

import re

from monitor.model import Audience, Basis, Change, Finding
from monitor.reports.desk import Desk, is_reported
from monitor.reports.digest import Link, OnWhoseWord, Quotation
from monitor.reports.escape import http_url, language_tag
from monitor.reports.words import capital, counted, stage_words

UNAUTHENTICATED = "read over plain http, unauthenticated"
_UNLICENSED_WORDS = 60  # where a source states no cap, a quotation is still no reprint
_MOST_QUOTATIONS = {Audience.READERS: 2, Audience.REVIEWERS: 6}
_MOST_LINKS = 3
_WORD = re.compile(r"[぀-ヿ㐀-鿿가-힣]|[^\s぀-ヿ㐀-鿿가-힣]+")


def whose_word(desk: Desk, change: Change) -> OnWhoseWord:
    """Return the words for the strongest claim of a change, with one link a voice."""
    chosen = _one_a_voice(desk.findings(change))[:_MOST_LINKS]
    cautions = {UNAUTHENTICATED for finding in chosen if _is_plain_http(finding)}
    links = tuple(_link(desk, change, finding) for finding in chosen)
    return OnWhoseWord(capital(change.word.value), links, "".join(cautions))


def quotations(desk: Desk, change: Change) -> tuple[Quotation, ...]:
    """Return the quotations that carry a change: for readers the best of each side, for reviewers more."""
    findings = desk.findings(change)
    if not desk.for_reviewers:
        findings = _one_a_voice(findings)
    most = _MOST_QUOTATIONS[desk.occasion.audience]
    claimed = _claimed(desk, change) - {finding.id for finding in findings[:most]}
    extra = tuple(desk.material.findings[each] for each in sorted(claimed))
    return tuple(_quotation(desk, change, finding) for finding in findings[:most] + extra)


def more_findings(desk: Desk, change: Change) -> int:
    """Return how many findings of a change its quotations leave out."""
    return max(0, len(desk.findings(change)) - _MOST_QUOTATIONS[desk.occasion.audience])


def cut(text: str, most: int) -> str:
    """Return the first ``most`` words, with a mark where more was cut; a character is a word in Chinese."""
    words = list(_WORD.finditer(text))
    if len(words) <= most:
        return text
    return f"{text[: words[most - 1].end()]} […]" if most > 0 else "[…]"


def _one_a_voice(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """The best finding of each voice, in the order of their first: the text, then a page in English."""
    best: dict[object, Finding] = {}
    for finding in findings:
        voice = finding.voice or finding.publisher
        if voice not in best or _preference(finding) < _preference(best[voice]):
            best[voice] = finding
    return tuple(best.values())


def _preference(finding: Finding) -> tuple[bool, bool]:
    return (finding.basis is not Basis.TEXT, not finding.lang.lower().startswith("en"))


def _claimed(desk: Desk, change: Change) -> set[str]:
    """Findings of a conflict: both sides of it are quoted."""
    agreement = desk.agreement(change)
    conflicts = agreement.conflicts if agreement else ()
    claimed = {claim.finding_id for conflict in conflicts for claim in conflict.claims[:3]}
    return claimed & desk.material.findings.keys()


def _link(desk: Desk, change: Change, finding: Finding) -> Link:
    published = desk.published(finding)
    name = finding.publisher or desk.publisher(finding.source_id)
    if (finding.publisher, published) in desk.crowded:
        name = f"{name} on {desk.party(change)}"
    if (finding.publisher,) in desk.crowded and published:
        name = f"{name}, {published}"
    return Link(name, http_url(finding.url))


def _quotation(desk: Desk, change: Change, finding: Finding) -> Quotation:
    source = desk.source(finding)
    document = desk.material.documents.get(finding.document_id)
    cap = source.quote_words if source and source.quote_words is not None else _UNLICENSED_WORDS
    text = cut(finding.quote, cap)
    foreign = bool(finding.lang) and not finding.lang.lower().startswith("en")
    title = (document.title if document else "") or finding.title or finding.publisher
    return Quotation(
        change_id=change.id,
        about=f"{desk.party(change)}: {_claim(change, finding)}",
        text=text,
        cut="" if text == finding.quote else f"cut to {counted(cap, 'word')}",
        lang=language_tag(finding.lang),
        lang_name=_language(desk, finding.lang) if foreign else "",
        gloss=_gloss(desk, finding) if foreign else "",
        publisher=finding.publisher or desk.publisher(finding.source_id),
        page=Link(title, http_url(finding.url)),
        published=finding.published.written if finding.published else "",
        retrieved=desk.moment(document.retrieved) if document else "",
        licence=(source.licence if source else "") or "not recorded",
        caution=UNAUTHENTICATED if _is_plain_http(finding) else "",
    )


def _claim(change: Change, finding: Finding) -> str:
    what = "reported signed" if is_reported(change) else stage_words(finding.stage)
    return f"{what}, {finding.date.written}" if finding.date else what


def _gloss(desk: Desk, finding: Finding) -> str:
    """What the matched words say, in English; not a translation of the sentence."""
    when = f" on {finding.date.written}" if finding.date and finding.date.is_day else ""
    return f"{desk.prose(finding.sides)}: {stage_words(finding.stage)}{when}"


def _language(desk: Desk, tag: str) -> str:
    names = desk.material.languages
    return names.get(tag) or names.get(tag.split("-")[0].lower()) or f"language {tag}"


def _is_plain_http(finding: Finding) -> bool:
    return finding.url.lower().startswith("http:")
