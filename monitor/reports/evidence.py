"""On whose word a line stands, and the quotations behind it.

A quotation keeps its language; it is cut to what its source's licence allows, and says so. Text that
came over plain http is marked, since anybody on the way could have written it.
"""

import re
from collections.abc import Iterable
from dataclasses import replace

from monitor.model import Audience, Basis, Change, ChangeKind, Finding, PartialDate, Reckoning, Stage
from monitor.reports.desk import Desk, is_reported
from monitor.reports.digest import Link, OnWhoseWord, Quotation
from monitor.reports.escape import http_url, language_tag, one_line
from monitor.reports.words import capital, counted, listed, stage_words

UNAUTHENTICATED = "read over plain http, unauthenticated"
UNLICENSED_WORDS = 60  # where a source states no cap, a quotation is still no reprint
_MOST_QUOTATIONS = {Audience.READERS: 3, Audience.REVIEWERS: 6}
_MOST_LINKS = 3
_TOLD_BESIDE = (Stage.PROVISIONALLY_APPLIED, Stage.IN_FORCE, Stage.TERMINATED, Stage.EXPIRED)
_WORD = re.compile(r"[぀-ヿ㐀-鿿가-힣]|[^\s぀-ヿ㐀-鿿가-힣]+")


def whose_word(desk: Desk, change: Change) -> OnWhoseWord:
    """Return the words for the strongest claim of a change, with one link a voice."""
    chosen = _chosen(desk, change)[:_MOST_LINKS]
    cautions = {UNAUTHENTICATED for finding in chosen if _is_plain_http(finding)}
    links = tuple(dict.fromkeys(_link(desk, finding) for finding in chosen))
    return OnWhoseWord(capital(change.word.value), links, "".join(cautions))


def quotations(desk: Desk, change: Change) -> tuple[Quotation, ...]:
    """Return the quotations that carry a change: for readers the best of each side, for reviewers more."""
    findings = desk.findings(change) if desk.for_reviewers else _news_of(desk, change)
    most = _MOST_QUOTATIONS[desk.occasion.audience]
    claimed = _claimed(desk, change) - {finding.id for finding in findings[:most]}
    extra = tuple(desk.material.findings[each] for each in sorted(claimed))
    return tuple(_of_change(desk, change, finding) for finding in findings[:most] + extra)


def _news_of(desk: Desk, change: Change) -> tuple[Finding, ...]:
    """The best of each voice; where only a further voice, or the text, is news, of that alone."""
    chosen = _chosen(desk, change)
    grown = desk.grown(change)
    read = "text" in grown
    new = tuple(each for each in chosen if each.voice in grown or (read and each.basis is Basis.TEXT))
    return new or chosen


def more_findings(desk: Desk, change: Change) -> int:
    """Return how many findings of a change its quotations leave out."""
    return max(0, len(desk.findings(change)) - _MOST_QUOTATIONS[desk.occasion.audience])


def cut(text: str, most: int) -> str:
    """Return the first ``most`` words, with a mark where more was cut; a character is a word in Chinese."""
    words = list(_WORD.finditer(text))
    if len(words) <= most:
        return text
    return f"{text[: words[most - 1].end()]} […]" if most > 0 else "[…]"


def capped(lines: tuple[str, ...], most: int) -> tuple[str, ...]:
    """Return lines of together ``most`` words, the longest cut first, so that a long title hides no date."""
    counts = [_words(line) for line in lines]
    while sum(counts) > most and max(counts) > 0:
        longest = counts.index(max(counts))
        rival = max((count for at, count in enumerate(counts) if at != longest), default=0)
        counts[longest] = max(counts[longest] - (sum(counts) - most), min(rival, counts[longest] - 1))
    return tuple(cut(line, count) for line, count in zip(lines, counts, strict=True))


def _words(text: str) -> int:
    return sum(1 for _ in _WORD.finditer(text))


def _chosen(desk: Desk, change: Change) -> tuple[Finding, ...]:
    """The best finding of each voice on each stage that is told: the text, then a page in English.

    Where the briefing is contradicted every publisher counts: two registers of one government that agree
    against it are worth more than one, and who corrects it wants to see both.
    """
    each_publisher = change.kind is ChangeKind.DISCREPANCY
    told = _told_dates(desk, change)
    best: dict[object, Finding] = {}
    for finding in _saying_so(desk.findings(change), change):
        voice = (finding.voice if not each_publisher else None) or finding.publisher
        claim = voice, finding.stage if finding.stage in _TOLD_BESIDE else None
        if claim not in best or _preference(finding, told) < _preference(best[claim], told):
            best[claim] = finding
    return tuple(each for each in best.values() if not _is_within_another(each, best.values()))


def _saying_so(findings: tuple[Finding, ...], change: Change) -> tuple[Finding, ...]:
    """Findings without those of the talks that came before, where others tell of the conclusion."""
    if not change.stage.implies_conclusion:
        return findings
    return tuple(each for each in findings if each.stage.implies_conclusion) or findings


def _is_within_another(finding: Finding, others: Iterable[Finding]) -> bool:
    """Whether another quotation of the same page holds this one whole."""
    return any(
        other is not finding and other.url == finding.url and other.quote.startswith(finding.quote)
        for other in others
        if len(other.quote) > len(finding.quote)
    )


def _told_dates(desk: Desk, change: Change) -> set[PartialDate]:
    agreement = desk.agreement(change)
    reached = agreement.stages if agreement else ()
    return {each.date for each in reached if each.date} | ({change.date} if change.date else set())


def _preference(finding: Finding, told: set[PartialDate]) -> tuple[bool, bool, bool]:
    """Smaller is better: it gives the day that is told, it is the text, it is in English."""
    given = {finding.date, *(signing.date for signing in finding.signed)} - {None}
    gives_another = bool(given) and not given & told
    return (gives_another, finding.basis is not Basis.TEXT, not finding.lang.lower().startswith("en"))


def _claimed(desk: Desk, change: Change) -> set[str]:
    """Findings of a conflict: both sides of it are quoted."""
    agreement = desk.agreement(change)
    conflicts = agreement.conflicts if agreement else ()
    claimed = {claim.finding_id for conflict in conflicts for claim in conflict.claims[:3]}
    return claimed & desk.material.findings.keys()


def _link(desk: Desk, finding: Finding) -> Link:
    name = desk.links.get(finding.url) or Link(desk.said_by(finding))
    return replace(name, url=http_url(finding.url))


def quotation(
    desk: Desk, said: Finding | Reckoning, *, change_id: str, about: str, gloss: str = ""
) -> Quotation:
    """Return a quotation with all that is needed to check it; ``gloss`` only where it is not English."""
    source = desk.source(said)
    document = desk.material.documents.get(said.document_id)
    cap = source.quote_words if source and source.quote_words is not None else UNLICENSED_WORDS
    whole = tuple(line for line in map(one_line, said.quote.splitlines()) if line)
    lines = capped(whole, cap)
    foreign = bool(said.lang) and not said.lang.lower().startswith("en")
    title = desk.page_title(said) or said.publisher
    return Quotation(
        change_id=change_id,
        about=about,
        lines=lines,
        cut="" if lines == whole else f"cut to {counted(cap, 'word')}",
        lang=language_tag(said.lang),
        lang_name=_language(desk, said.lang) if foreign else "",
        gloss=gloss if foreign else "",
        publisher=desk.said_by(said),
        page=Link(title, http_url(said.url)),
        published=said.published.written if said.published else "",
        retrieved=desk.moment(document.retrieved) if document else "",
        licence=(source.licence if source else "") or "not recorded",
        caution=UNAUTHENTICATED if _is_plain_http(said) else "",
    )


def _of_change(desk: Desk, change: Change, finding: Finding) -> Quotation:
    about = f"{desk.party(change)}: {_claim(change, finding)}"
    return quotation(desk, finding, change_id=change.id, about=about, gloss=_gloss(desk, finding))


def _claim(change: Change, finding: Finding) -> str:
    what = "reported signed" if is_reported(change) else stage_words(finding.stage)
    days = list(dict.fromkeys(signing.date.written for signing in finding.signed))
    if finding.stage is Stage.CONCLUDED and len(days) > 1:  # an exchange of letters
        return f"{what}, {listed(days)}"
    return f"{what}, {finding.date.written}" if finding.date else what


def _gloss(desk: Desk, finding: Finding) -> str:
    """What the matched words say, in English; not a translation of the sentence."""
    when = f" on {finding.date.written}" if finding.date and finding.date.is_day else ""
    return f"{desk.prose(finding.sides)}: {stage_words(finding.stage)}{when}"


def _language(desk: Desk, tag: str) -> str:
    names = desk.material.languages
    return names.get(tag) or names.get(tag.split("-")[0].lower()) or f"language {tag}"


def _is_plain_http(said: Finding | Reckoning) -> bool:
    return said.url.lower().startswith("http:")
