"""F11: one gate to HTTP. Read from every import and call in the package, and from a fresh interpreter."""

import ast
import subprocess
import sys
from functools import cache
from pathlib import Path

import monitor

PACKAGE = Path(monitor.__file__).parent
MODULES = sorted(PACKAGE.rglob("*.py"))
HTTP = {"requests", "urllib3", "http.client", "urllib.request", "xmlrpc.client", "ftplib"}
HTTP |= {"httpx", "aiohttp", "httplib2", "pycurl", "websockets"}
SOCKETS = {"socket", "ssl", "socketserver", "smtplib", "imaplib", "poplib", "asyncio", "http.server"}
# Sockets that are not HTTP: mail, the database's driver, the review desk.
MAY_OPEN_SOCKETS = {"fetching", "publishing", "store", "web"}


@cache
def _nodes(path):
    return tuple(ast.walk(ast.parse(path.read_text())))


def _imported(path):
    for node in _nodes(path):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def test_nothing_but_fetching_speaks_http():
    """A second way out would have none of the limits that this room is for."""
    assert {path: found for path in MODULES if (found := _ways_out(path))} == {}


def _ways_out(path):
    room = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
    names = {part for name in _imported(path) for part in _prefixes(name)}
    http = names & HTTP if room != "fetching" else set()
    sockets = names & SOCKETS if room not in MAY_OPEN_SOCKETS else set()
    return http | sockets


def _prefixes(name):
    parts = name.split(".")
    return (".".join(parts[:length]) for length in range(1, len(parts) + 1))


def test_certificates_are_never_switched_off():
    """There is no setting for it, and no code."""
    assert {path: found for path in MODULES if (found := _unverified(path))} == {}


def _unverified(path):
    found = []
    for node in _nodes(path):
        if isinstance(node, ast.keyword) and node.arg in ("verify", "check_hostname", "assert_hostname"):
            found += [
                node.arg for value in [node.value] if isinstance(value, ast.Constant) and value.value is False
            ]
        if isinstance(node, ast.Attribute) and node.attr in (
            "CERT_NONE",
            "CERT_OPTIONAL",
            "_create_unverified_context",
        ):
            found.append(node.attr)
    return found


def test_importing_the_room_does_not_import_the_library():
    """`monitor --help` must not pay a tenth of a second for a client that it does not use."""
    code = "import sys, monitor.fetching; sys.exit(bool({'requests', 'urllib3'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], check=False)

    assert done.returncode == 0
