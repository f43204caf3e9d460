"""Which links of an official page lead to an agreement's own text, by the words of the link."""

import re
from urllib.parse import unquote, urlsplit

from monitor.language import normalise
from monitor.model import Attachment, Document

PDF_PATH = re.compile(r"\.pdf(?:$|[?#])", re.IGNORECASE)
PDF_WORD = re.compile(r"\bPDF\b")
_NO_TEXT = 3  # the rank of a paper that is not asked for
_FILE = re.compile(r"[\s,;(\[–-]*\bpdf\b.*\Z|\s*[(\[][^()\[\]]{0,20}\b[km]b\b.*\Z", re.IGNORECASE)
# What an instrument is called, in the languages of those that publish; stems, since links are inflected.
_AGREEMENT = re.compile(
    r"agreement|treat(?:y|ies)\b|convention\b|memorandum|commitments\b|accord\b|traité|arrangement\b"
    r"|abkommen|vereinbarung|vertrag\b|accordo\b|trattato|acuerdo|tratado|convenio|acordo\b|umow[ay]|porozumieni"
    r"|acordul?\b|tratatul|avtale|overenskomst|aftale\b|avtal(?:et)?\b|overeenkomst|verdrag|sopimu[sk]"
    r"|līgum|nolīgum|susitarim|sutart[ię]|leping|kokkulep|dohod[ay]|smlouv|zmluv|sporazum|ugovor\b|договір"
    r"|договор|угод|соглашени|споразум|меморандум|συμφων|συνθήκη|megállapod|egyezmény|anlaşma|marrëveshj"
    r"|samning|შეთანხმება|協定|条約|協力文書|覚書|협정|조약|协定|条约|اتفاق",
    re.IGNORECASE,
)
_TEXT = re.compile(
    r"\b(?:full )?text\b|full document|wortlaut|volltext|\btexte\b"
    r"|\btesto\b|\btexto\b|\btekst|\btext(?:ul|en)?\b"
    r"|текст|κείμενο|teksti|全文|本文",
    re.IGNORECASE,
)


def agreement_texts(document: Document) -> tuple[Attachment, ...]:
    """Return the papers of a document that may be an agreement's own text, the likeliest first."""
    ranked = [(_rank(each), each) for each in document.attachments]
    return tuple(each for rank, each in sorted(ranked, key=lambda one: one[0]) if rank < _NO_TEXT)


def paper_title(paper: Attachment) -> str:
    """Return the title that a link gives a paper, without the file's kind and size; empty if none."""
    return normalise(_FILE.sub("", paper.text)) if says_agreement(paper.text) else ""


def says_agreement(words: str) -> bool:
    """Return whether words, such as a link's, name an instrument."""
    return _AGREEMENT.search(words) is not None


def _rank(paper: Attachment) -> int:
    """0 is best; what names neither an agreement nor a text is a fact sheet, or worse."""
    is_pdf = bool(PDF_PATH.search(paper.url) or PDF_WORD.search(paper.text))
    if _AGREEMENT.search(paper.text):
        return 0 if is_pdf else 1
    name = unquote(urlsplit(paper.url).path).rpartition("/")[2]
    if is_pdf and (_AGREEMENT.search(name) or _TEXT.search(paper.text)):
        return 2
    return _NO_TEXT
