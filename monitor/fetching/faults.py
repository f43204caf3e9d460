"""What libraries raise, turned into an outcome and a sentence that a person can act on.

The libraries wrap errors several deep and put the address, with whatever secret it holds, into their
messages; so the whole chain is looked through for types and codes, and no message of theirs is shown.
"""

import http.client
import ssl
from collections.abc import Iterator

from requests import exceptions as requests_errors
from urllib3 import exceptions as urllib3_errors

from monitor.fetching.allowance import Allowance
from monitor.fetching.stop import StopError
from monitor.model import Transport

_LATER = "it is asked again when next due"
_EXPIRED, _NOT_YET, _SELF_SIGNED, _SELF_SIGNED_CA, _NO_ISSUER, _NO_FIRST, _REVOKED = 10, 9, 18, 19, 20, 21, 23
_WRONG_NAME, _WRONG_IP = 62, 64
_OWN_CA = (
    "if you trust it, give this source a ca_file, or where a proxy inspects TLS set ca_bundle under [network]"
)
# OpenSSL's X509_V_ERR codes.
_CERTIFICATE = {
    _EXPIRED: "its certificate has expired; the site must renew it",
    _NOT_YET: "its certificate is not valid yet; check this machine's clock",
    _SELF_SIGNED: f"its certificate is self-signed; {_OWN_CA}",
    _SELF_SIGNED_CA: f"its certificate comes from an authority that is not known here; {_OWN_CA}",
    _NO_ISSUER: f"its certificate comes from an authority that is not known here; {_OWN_CA}",
    _NO_FIRST: f"its certificate comes from an authority that is not known here; {_OWN_CA}",
    _REVOKED: "its certificate has been revoked; the site must replace it",
    _WRONG_NAME: "its certificate is for another name; check the address, or tell the site",
    _WRONG_IP: "its certificate is for another name; check the address, or tell the site",
}
_NOT_HTTP = (
    http.client.HTTPException,
    urllib3_errors.InvalidHeader,
    requests_errors.InvalidHeader,
    ValueError,
)


# All that the libraries and the layers below them raise; anything else is a fault of ours and shows itself.
FAULTS = (
    requests_errors.RequestException,
    urllib3_errors.HTTPError,
    http.client.HTTPException,
    OSError,
    ValueError,
)


def fault_in_head(error: BaseException, allowance: Allowance) -> StopError:
    """Return the outcome of an error before the body: connecting, TLS, status line, headers."""
    chain = tuple(_chain(error))
    known = _stopped(chain, allowance) or _tls(chain)
    if known is not None:
        return known
    if _any(chain, urllib3_errors.ProxyError):
        return StopError(
            Transport.CONNECTION, "the proxy did not let the request through; check proxy under [network]"
        )
    if _any(chain, http.client.RemoteDisconnected):
        return StopError(Transport.CONNECTION, f"closed the connection without an answer; {_LATER}")
    if _any(chain, ConnectionError):
        return StopError(Transport.CONNECTION, f"broke the connection off without an answer; {_LATER}")
    if _any(chain, _NOT_HTTP):
        return _not_http()
    return StopError(Transport.CONNECTION, f"could not be asked; {_LATER}")


def fault_in_body(error: BaseException, allowance: Allowance) -> StopError:
    """Return the outcome of an error while the body was read."""
    chain = tuple(_chain(error))
    known = _stopped(chain, allowance)
    if known is not None:
        return known
    bad_chunk = _any(chain, urllib3_errors.InvalidChunkLength) or _says(
        chain, "exceeded maximum allowed length"
    )
    short = _any(chain, (http.client.IncompleteRead, urllib3_errors.IncompleteRead))
    if bad_chunk or (not short and _any(chain, _NOT_HTTP)):
        return _not_http()
    return StopError(
        Transport.TRUNCATED,
        f"the reply broke off after {allowance.received} bytes; what came is not used, {_LATER}",
    )


def _stopped(chain: tuple[BaseException, ...], allowance: Allowance) -> StopError | None:
    """Return our own verdict if it lies under the libraries' errors, or that the time was up."""
    ours = next((error for error in chain if isinstance(error, StopError)), None)
    if ours is None and (_any(chain, TimeoutError) or _any(chain, urllib3_errors.TimeoutError)):
        return allowance.timeout()
    return ours


def _tls(chain: tuple[BaseException, ...]) -> StopError | None:
    certificate = next((error for error in chain if isinstance(error, ssl.SSLCertVerificationError)), None)
    if certificate is not None:
        known = _CERTIFICATE.get(certificate.verify_code)
        said = known or f"its certificate was refused ({certificate.verify_message}); tell the site"
        return StopError(Transport.TLS, said)
    failed = next((error for error in chain if isinstance(error, ssl.SSLError)), None)
    if failed is None:
        return None
    reason = (failed.reason or "closed early").replace("_", " ").lower()
    return StopError(Transport.TLS, f"no encrypted connection could be agreed on ({reason}); {_LATER}")


def _not_http() -> StopError:
    return StopError(
        Transport.BAD_REPLY,
        "does not answer in valid HTTP; if this stays, look at the address in a browser and tell the site",
    )


def _chain(error: BaseException) -> Iterator[BaseException]:
    """Yield an error and every error that it wraps, in its arguments, its reason or its causes."""
    waiting, seen = [error], set()
    while waiting:
        each = waiting.pop(0)
        if id(each) in seen:
            continue
        seen.add(id(each))
        yield each
        inside = (*each.args, getattr(each, "reason", None), each.__cause__, each.__context__)
        waiting += [one for one in inside if isinstance(one, BaseException)]


def _any(
    chain: tuple[BaseException, ...], kind: type[BaseException] | tuple[type[BaseException], ...]
) -> bool:
    return any(isinstance(error, kind) for error in chain)


def _says(chain: tuple[BaseException, ...], words: str) -> bool:
    return any(words in str(error) for error in chain)
