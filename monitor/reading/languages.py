"""The language of a document: what the source declares, unless the page knows better."""

import re

_TAG = re.compile(r"([a-z]{2,3})(?:[-_].*)?\Z", re.IGNORECASE)
# Letters that decide the script, and the languages that are written in it; all others are Latin.
_SCRIPTS = (
    (re.compile("[\u0370-\u03ff]"), frozenset({"el"})),
    (re.compile("[\u0400-\u052f]"), frozenset({"be", "bg", "kk", "ky", "mk", "mn", "ru", "sr", "tg", "uk"})),
    (re.compile("[\u0530-\u058f]"), frozenset({"hy"})),
    (re.compile("[\u0590-\u05ff]"), frozenset({"he", "yi"})),
    (re.compile("[\u0600-\u06ff]"), frozenset({"ar", "fa", "ps", "ur"})),
    (re.compile("[\u10a0-\u10ff]"), frozenset({"ka"})),
    (re.compile("[\u3040-\u30ff\u3400-\u9fff]"), frozenset({"ja", "ko", "zh"})),
    (re.compile("[\uac00-\ud7af]"), frozenset({"ko"})),
)
_LATIN = re.compile("[A-Za-z\u00c0-\u024f]")
_NOT_LATIN = frozenset[str]().union(*(languages for _, languages in _SCRIPTS)) - {"sr"}
_SAMPLE = 4_000


def primary(tag: str) -> str:
    """Return the language of a tag such as ``en-GB``, in lower case; empty where it is none."""
    found = _TAG.match(tag.strip())
    return found[1].lower() if found else ""


def choose_language(declared: str, on_page: str, text: str) -> str:
    """Return the language to read ``text`` in.

    A page in another language than its source declares is believed, unless it says English, which
    templates leave in place, or unless the script of the text contradicts it.
    """
    declared, on_page = primary(declared), primary(on_page)
    if not on_page or on_page == declared:
        return declared
    fits_page, fits_source = _fits(on_page, text), _fits(declared, text)
    if fits_page and (not declared or not fits_source):
        return on_page
    return declared if on_page == "en" or not fits_page else on_page


def _fits(lang: str, text: str) -> bool:
    """Whether the script of most letters of ``text`` is one that ``lang`` is written in."""
    sample = text[:_SAMPLE]
    counts = [(len(pattern.findall(sample)), languages) for pattern, languages in _SCRIPTS]
    most, languages = max(counts, key=lambda each: each[0])
    if most <= len(_LATIN.findall(sample)):
        return lang not in _NOT_LATIN
    return lang in languages
