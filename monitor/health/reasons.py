"""Every reason for a verdict, in one table: its code, the verdict, and the words that readers get.

The words complete the sentence "its site ...". docs/health.md lists the same codes for operators.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from monitor.model import Transport, Verdict


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a poll got its verdict. ``words`` complete "its site ..."."""

    code: str
    verdict: Verdict
    words: str


@dataclass(frozen=True, slots=True)
class Objection:
    """What speaks against a reply. ``detail`` is a sentence for the person who looks after it."""

    reason: Reason
    detail: str


_REFUSES = "refuses machines"
_SILENT = "has not answered"
_BROKEN = "answers with errors"

_TABLE = (
    Reason("login-asked", Verdict.BLOCKED, "asks for a login"),
    Reason("refused", Verdict.BLOCKED, _REFUSES),
    Reason("too-many-requests", Verdict.BLOCKED, "asks us to come back later"),
    Reason("legal", Verdict.BLOCKED, "withholds its pages for legal reasons"),
    Reason("challenge", Verdict.BLOCKED, _REFUSES),
    Reason("consent", Verdict.BLOCKED, "shows a consent form instead of its pages"),
    Reason("page-instead", Verdict.WRONG_TYPE, "sends a web page instead of its list"),
    Reason("not-text", Verdict.WRONG_TYPE, "sends a file that is not its list"),
    Reason("no-body", Verdict.EMPTY, "sends nothing"),
    Reason("no-items", Verdict.EMPTY, "sends an empty list"),
    Reason("shell", Verdict.EMPTY, "shows its pages only to browsers that run scripts"),
    Reason("few-items", Verdict.SUSPECT, "lists fewer entries than it should"),
    Reason("items-dropped", Verdict.SUSPECT, "suddenly lists far fewer entries"),
    Reason("unclosed", Verdict.SUSPECT, "sends its list cut short"),
    Reason("selector-missed", Verdict.SUSPECT, "no longer looks as expected"),
    Reason("phrase-missing", Verdict.SUSPECT, "no longer looks as expected"),
    Reason("redirected-away", Verdict.SUSPECT, "sends us to another site"),
    Reason("redirected-home", Verdict.SUSPECT, "sends us to its home page"),
    Reason("identity-changed", Verdict.SUSPECT, "has given its entries new identities"),
    Reason("not-found", Verdict.GONE, "no longer has the page that lists its news"),
    Reason("gone", Verdict.GONE, "has withdrawn the page that lists its news"),
    Reason("soft-404", Verdict.GONE, "no longer has the page that lists its news"),
    Reason("parked", Verdict.GONE, "no longer belongs to its publisher"),
    Reason("maintenance", Verdict.ERROR, "is under maintenance"),
    Reason("server-error", Verdict.ERROR, _BROKEN),
    Reason("request-refused", Verdict.ERROR, "does not understand our request"),
    Reason("odd-status", Verdict.ERROR, _BROKEN),
    Reason("unreadable", Verdict.ERROR, "sends something that cannot be read"),
    Reason("unexpected", Verdict.ERROR, "could not be read because of a fault of ours"),
    Reason(Transport.BAD_ADDRESS, Verdict.ERROR, "is entered with an address that cannot be asked"),
    Reason(Transport.UNRESOLVED, Verdict.ERROR, "cannot be found under its name"),
    Reason(Transport.REFUSED_ADDRESS, Verdict.ERROR, "has an address that must not be asked"),
    Reason(Transport.CONNECTION, Verdict.ERROR, _SILENT),
    Reason(Transport.TLS, Verdict.ERROR, "cannot prove its identity"),
    Reason(Transport.TIMEOUT, Verdict.ERROR, _SILENT),
    Reason(Transport.TOO_LARGE, Verdict.ERROR, "sends more than is accepted"),
    Reason(Transport.BAD_ENCODING, Verdict.ERROR, _BROKEN),
    Reason(Transport.TRUNCATED, Verdict.ERROR, "breaks off in the middle of its answer"),
    Reason(Transport.REDIRECT, Verdict.ERROR, "sends us in circles"),
    Reason(Transport.BAD_REPLY, Verdict.ERROR, _BROKEN),
    Reason(Transport.RESTING, Verdict.BLOCKED, "asks us to come back later"),
    Reason(Transport.ROBOTS, Verdict.BLOCKED, _REFUSES),
)
# What is told of a source although it was read well.
_NOTES = (
    Reason("moved", Verdict.OK, "has moved the page to another address"),
    Reason("withdrawn", Verdict.OK, "marks the page as withdrawn"),
    Reason("main-missed", Verdict.OK, "has changed its pages, whose text is read less exactly"),
    Reason("documents-missing", Verdict.OK, "has announcements that could not be read yet"),
    Reason("refused-files", Verdict.OK, "has sent something that is refused"),
)
NOTES: Mapping[str, Reason] = MappingProxyType({reason.code: reason for reason in _NOTES})
REASONS: Mapping[str, Reason] = MappingProxyType({reason.code: reason for reason in _TABLE})


def words_for(code: str, verdict: Verdict) -> str:
    """Return what readers are told, for codes of earlier versions too."""
    known = REASONS.get(code) or NOTES.get(code)
    if known is not None:
        return known.words
    return _REFUSES if verdict is Verdict.BLOCKED else "could not be read"
