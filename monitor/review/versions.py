"""The version of what a person decides on: it changes with whatever they would notice."""

import hashlib

from monitor.model import Agreement, Change


def version_of(subject: Change | Agreement) -> str:
    """Return the version of a change, which it carries, or of an agreement, made from what it says."""
    if isinstance(subject, Change):
        return subject.version
    return hashlib.sha256(repr(subject).encode()).hexdigest()[:12]
